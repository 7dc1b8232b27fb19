// SPDX-License-Identifier: BSD-2-Clause
// RSA signatures: cryptoapi.md 7.4.1.
#include "csp/rsa_pair.h"

#include "cng/rsa_blobs.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

constexpr std::size_t pkcs1_overhead = 11;
constexpr std::size_t x931_overhead = 4; // 6B .. BA id CC

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

} // namespace

bool RsaPair::same_key(const PairNumbers& other) const
{
    return other.rsa() && other.rsa()->numbers().modulus == key_->numbers().modulus;
}

SecureBytes RsaPair::public_blob(std::uint32_t algorithm_id, std::uint8_t) const
{
    return cng::write_capi_rsa_blob(*key_, cng::RsaPart::public_part, algorithm_id);
}

SecureBytes RsaPair::private_blob(std::uint32_t algorithm_id, std::uint8_t) const
{
    return cng::write_capi_rsa_blob(*key_, cng::RsaPart::private_part, algorithm_id);
}

void RsaPair::store(StoredPair& record) const
{
    record.key_info = cng::write_rsa_key_info(*key_);
}

SharedNumbers RsaPair::load(const StoredPair& record)
{
    return std::make_shared<RsaPair>(cng::read_rsa_key_info(record.key_info));
}

bool RsaPair::fits(const HashRow& hash, std::uint32_t flags) const
{
    if (flags & CRYPT_X931_FORMAT)
        return hash.size + x931_overhead <= key_->size();
    const std::size_t oid = (flags & CRYPT_NOHASHOID) == 0 && hash.kind == HashKind::plain
                                ? engine::digest_info_prefix(hash.engine_id).size()
                                : 0;
    return oid + hash.size + pkcs1_overhead <= key_->size();
}

Bytes RsaPair::sign(const HashRow& hash, ByteView value, std::uint32_t flags) const
{
    const bool with_oid = (flags & CRYPT_NOHASHOID) == 0;
    return reversed(flags & CRYPT_X931_FORMAT
                        ? sign_x931(*key_, hash, value)
                        : key_->sign_pkcs1(digest_info(hash, value, with_oid)));
}

bool RsaPair::verify(const HashRow& hash, ByteView value, ByteView signature,
                     std::uint32_t flags) const
{
    const Bytes number = reversed(signature);
    try {
        return flags & CRYPT_X931_FORMAT
                   ? fits(hash, flags) && verify_x931(*key_, hash, value, number)
                   : verify_pkcs1(*key_, hash, value, number, flags);
    } catch (const Error& error) {
        require(error.fault() == Fault::bad_data, error.fault());
        return false; // a number that is not below the modulus
    }
}

} // namespace capishim::csp
