// SPDX-License-Identifier: BSD-2-Clause
// CryptSignHash and CryptVerifySignature with RSA: cryptoapi.md 7.4.
#include "csp/context.h"
#include "csp/hash_state.h"
#include "csp/key.h"
#include "csp/pairs.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

constexpr std::uint32_t signature_flags = CRYPT_NOHASHOID | CRYPT_TYPE2_FORMAT | CRYPT_X931_FORMAT;
constexpr std::size_t pkcs1_overhead = 11;
constexpr std::size_t x931_overhead = 4; // 6B .. BA id CC

/// What is asked of a signature whatever the key.
void check_signature_arguments(const HashRow& hash, std::uint32_t flags)
{
    require((flags & ~signature_flags) == 0, Fault::bad_flags);
    const bool x931 = (flags & CRYPT_X931_FORMAT) != 0;
    require(!x931 || (flags & CRYPT_NOHASHOID) == 0, Fault::bad_flags); // U-151
    require(!hash.keyed(), Fault::bad_algorithm);                       // U-58
    require(!x931 || hash.x931_id != 0, Fault::bad_algorithm);          // U-150
}

SecureBytes digest_info(const HashRow& hash, ByteView value, bool with_oid)
{
    SecureBytes encoded;
    if (with_oid && hash.kind == HashKind::plain) {
        const ByteView prefix = engine::digest_info_prefix(hash.engine_id);
        encoded.assign(prefix.begin(), prefix.end());
    }
    encoded.insert(encoded.end(), value.begin(), value.end());
    return encoded;
}

/// The bytes that go between the fixed parts of the padding, to see whether they fit.
bool fits(const engine::RsaKey& rsa, const HashRow& hash, std::uint32_t flags)
{
    if (flags & CRYPT_X931_FORMAT)
        return hash.size + x931_overhead <= rsa.size();
    const std::size_t oid = (flags & CRYPT_NOHASHOID) == 0 && hash.kind == HashKind::plain
                                ? engine::digest_info_prefix(hash.engine_id).size()
                                : 0;
    return oid + hash.size + pkcs1_overhead <= rsa.size();
}

/// ANSI X9.31: 6B BB .. BB BA, hash, its number, CC.
Bytes x931_block(const HashRow& hash, ByteView value, std::size_t size)
{
    Bytes block(size, 0xBB);
    block.front() = 0x6B;
    block[size - value.size() - 3] = 0xBA;
    std::ranges::copy(value, block.end() - static_cast<std::ptrdiff_t>(value.size() + 2));
    block[size - 2] = hash.x931_id;
    block[size - 1] = 0xCC;
    return block;
}

/// modulus - number, both big-endian and equally long, the number below the modulus.
Bytes complement(ByteView modulus, ByteView number)
{
    Bytes difference(number.size());
    int borrow = 0;
    for (std::size_t i = number.size(); i-- > 0;) {
        const int digit = modulus[i] - number[i] - borrow;
        borrow = digit < 0 ? 1 : 0;
        difference[i] = static_cast<std::uint8_t>(digit & 0xFF);
    }
    return difference;
}

/// The modulus without leading zeros in exactly size() bytes.
ByteView modulus_of(const engine::RsaKey& rsa)
{
    const ByteView modulus = rsa.numbers().modulus;
    return modulus.last(rsa.size());
}

Bytes sign_x931(const engine::RsaKey& rsa, const HashRow& hash, ByteView value)
{
    const SecureBytes root = rsa.private_operation(x931_block(hash, value, rsa.size()));
    Bytes other = complement(modulus_of(rsa), root);
    if (std::ranges::lexicographical_compare(other, root))
        return other;
    return {root.begin(), root.end()};
}

bool verify_x931(const engine::RsaKey& rsa, const HashRow& hash, ByteView value, ByteView signature)
{
    const Bytes expected = x931_block(hash, value, rsa.size());
    const Bytes power = rsa.public_operation(signature);
    return std::ranges::equal(power, expected) ||
           std::ranges::equal(complement(modulus_of(rsa), power), expected);
}

/// observed.md: with flags 0 a signature made with CRYPT_NOHASHOID verifies too.
bool verify_pkcs1(const engine::RsaKey& rsa, const HashRow& hash, ByteView value,
                  ByteView signature, std::uint32_t flags)
{
    const auto matches = [&](bool with_oid) {
        const SecureBytes encoded = digest_info(hash, value, with_oid);
        return encoded.size() + pkcs1_overhead <= rsa.size() &&
               rsa.verify_pkcs1(encoded, signature);
    };
    const bool oid_possible = (flags & CRYPT_NOHASHOID) == 0 && hash.kind == HashKind::plain;
    return (oid_possible && matches(true)) || matches(false); // U-149
}

bool signature_matches(const engine::RsaKey& rsa, const HashRow& hash, ByteView value,
                       ByteView signature, std::uint32_t flags)
{
    try {
        return flags & CRYPT_X931_FORMAT
                   ? fits(rsa, hash, flags) && verify_x931(rsa, hash, value, signature)
                   : verify_pkcs1(rsa, hash, value, signature, flags);
    } catch (const Error& error) {
        require(error.fault() == Fault::bad_data, error.fault());
        return false; // a number that is not below the modulus
    }
}

SecureBytes utf16le(const std::u16string& text)
{
    SecureBytes bytes;
    LittleEndianWriter writer(bytes);
    for (const char16_t unit : text)
        writer.u16(unit);
    return bytes;
}

} // namespace

/// 7.4.4: the description joins the data; U-153: which a finished hash can't take.
SecureBytes Hash::described_value(const std::optional<std::u16string>& description)
{
    if (description && !description->empty()) {
        require(algorithm_->kind == HashKind::plain, Fault::bad_hash_state);
        hash_data(utf16le(*description), 0);
    }
    return value();
}

void Hash::sign(std::uint32_t key_spec, const std::optional<std::u16string>& description,
                std::uint32_t flags, OutBuffer& out)
{
    check_signature_arguments(*algorithm_, flags);
    require(key_spec == AT_KEYEXCHANGE || key_spec == AT_SIGNATURE, Fault::bad_algorithm);
    const ContainerPair pair = require_private_pair(*context_, static_cast<KeySpec>(key_spec));
    const engine::RsaKey& rsa = *pair.rsa;
    if (!out.offer(rsa.size()))
        return;                                                // U-154
    require(fits(rsa, *algorithm_, flags), Fault::bad_length); // U-59
    const SecureBytes value = described_value(description);
    const bool with_oid = (flags & CRYPT_NOHASHOID) == 0;
    const Bytes signature = flags & CRYPT_X931_FORMAT
                                ? sign_x931(rsa, *algorithm_, value)
                                : rsa.sign_pkcs1(digest_info(*algorithm_, value, with_oid));
    out.write(reversed(signature));
}

void Hash::verify(ByteView signature, Key& public_key,
                  const std::optional<std::u16string>& description, std::uint32_t flags)
{
    require(signature.data() != nullptr, Fault::invalid_parameter);
    check_signature_arguments(*algorithm_, flags);
    const PairKey* const pair = public_key.pair();
    require(pair != nullptr && same_provider(*context_, public_key.context()), Fault::bad_key);
    public_key.require_container();
    require(signature.size() == pair->rsa->size(), Fault::bad_signature); // U-61
    const SecureBytes value = described_value(description);
    require(signature_matches(*pair->rsa, *algorithm_, value, reversed(signature), flags),
            Fault::bad_signature);
}

} // namespace capishim::csp
