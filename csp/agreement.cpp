// SPDX-License-Identifier: BSD-2-Clause
#include "csp/agreement.h"

#include "base/big_number.h"
#include "cng/hash.h"
#include "csp/derive.h"

#include <capishim/wincrypt.h>

#include <charconv>

namespace capishim::csp {
namespace {

// ---- OtherInfo of RFC 2631 2.1.2, in DER -------------------------------------------------------

constexpr std::uint8_t der_octets = 0x04, der_oid = 0x06, der_sequence = 0x30, der_context = 0xA0;

Bytes der(std::uint8_t tag, ByteView contents)
{
    Bytes encoded{tag};
    Bytes length; // big-endian
    for (std::size_t rest = contents.size(); rest != 0; rest >>= 8)
        length.insert(length.begin(), static_cast<std::uint8_t>(rest));
    if (contents.size() >= 0x80)
        encoded.push_back(static_cast<std::uint8_t>(0x80 | length.size()));
    if (length.empty())
        length.push_back(0);
    encoded.insert(encoded.end(), length.begin(), length.end());
    encoded.insert(encoded.end(), contents.begin(), contents.end());
    return encoded;
}

Bytes joined(ByteView a, ByteView b)
{
    Bytes both(a.begin(), a.end());
    both.insert(both.end(), b.begin(), b.end());
    return both;
}

Bytes big_endian_u32(std::uint32_t value)
{
    Bytes bytes;
    LittleEndianWriter(bytes).u32(value);
    return reversed(bytes);
}

/// One arc in base 128, most significant digit first.
void append_arc(Bytes& out, std::uint64_t arc)
{
    Bytes digits{static_cast<std::uint8_t>(arc & 0x7F)};
    while (arc >>= 7)
        digits.insert(digits.begin(), static_cast<std::uint8_t>(0x80 | (arc & 0x7F)));
    out.insert(out.end(), digits.begin(), digits.end());
}

std::uint32_t take_arc(std::string_view& dotted)
{
    std::uint32_t arc = 0;
    const auto [end, fault] = std::from_chars(dotted.data(), dotted.data() + dotted.size(), arc);
    require(fault == std::errc(), Fault::bad_data);
    dotted.remove_prefix(static_cast<std::size_t>(end - dotted.data()));
    if (!dotted.empty()) {
        require(dotted.front() == '.' && dotted.size() > 1, Fault::bad_data);
        dotted.remove_prefix(1);
    }
    return arc;
}

Bytes encode_oid(std::string_view dotted)
{
    const std::uint64_t first = take_arc(dotted);
    require(first <= 2 && !dotted.empty(), Fault::bad_data);
    const std::uint64_t second = take_arc(dotted);
    require(first == 2 || second < 40, Fault::bad_data);
    Bytes contents;
    append_arc(contents, 40 * first + second);
    while (!dotted.empty())
        append_arc(contents, take_arc(dotted));
    return der(der_oid, contents);
}

Bytes other_info(ByteView oid, std::uint32_t counter, ByteView public_info, std::uint32_t key_bits)
{
    const Bytes count = der(der_octets, big_endian_u32(counter));
    Bytes contents = der(der_sequence, joined(oid, count));
    if (!public_info.empty())
        contents = joined(contents, der(der_context | 0, der(der_octets, public_info)));
    const Bytes bits = der(der_octets, big_endian_u32(key_bits));
    return der(der_sequence, joined(contents, der(der_context | 2, bits)));
}

} // namespace

KeyBody make_agreed_key(const Profile& profile, std::uint32_t algorithm_id, std::uint32_t flags,
                        ByteView secret)
{
    if (const MasterRow* const master = find_master(profile, algorithm_id))
        return MasterKey(*master, secure_copy(without_leading_zeros(secret)));
    const SaltChoice salt = salt_choice(flags);
    const CipherRow* const cipher = find_cipher(algorithm_id);
    require(cipher != nullptr && profile.has_key_of(algorithm_id), Fault::bad_algorithm);
    const std::size_t size = requested_key_size(profile, *cipher, flags >> 16);
    const auto source = reversed<SecureBytes>(secret);
    require(size <= source.size(), Fault::bad_length);
    return session_key_from(profile, *cipher, secure_copy(ByteView(source).first(size)), salt,
                            source);
}

SecureBytes derive_x942(ByteView secret, std::string_view oid, ByteView public_info,
                        std::size_t size)
{
    const Bytes algorithm = encode_oid(oid);
    SecureBytes key;
    for (std::uint32_t counter = 1; key.size() < size; ++counter) {
        cng::Hash hash(cng_algorithm("SHA1"), false);
        hash.update(secret);
        hash.update(
            other_info(algorithm, counter, public_info, static_cast<std::uint32_t>(8 * size)));
        SecureBytes digest(hash.size());
        hash.finish(digest);
        key.insert(key.end(), digest.begin(), digest.end());
    }
    key.resize(size);
    return key;
}

} // namespace capishim::csp
