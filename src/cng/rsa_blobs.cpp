// SPDX-License-Identifier: BSD-2-Clause
// RSA key blobs of both worlds. The order of the numbers is a table; reader and writer walk it.
#include "cng/rsa_blobs.h"

#include "base/big_number.h"

#include <capishim/wincrypt.h>

#include <algorithm>
#include <array>

namespace capishim::cng {
namespace {

using engine::RsaKey;
using engine::RsaNumbers;

constexpr std::size_t max_modulus_bits = 16384;

// ---- CryptoAPI ---------------------------------------------------------------------------------

enum class CapiSize : std::uint8_t { half, full };

/// One little-endian number of a PRIVATEKEYBLOB after the modulus (cryptoapi.md 4.3).
struct CapiField {
    SecureBytes RsaNumbers::*number;
    CapiSize size;
};

constexpr std::array capi_private_fields = {
    CapiField{&RsaNumbers::prime1, CapiSize::half},
    CapiField{&RsaNumbers::prime2, CapiSize::half},
    CapiField{&RsaNumbers::exponent1, CapiSize::half},
    CapiField{&RsaNumbers::exponent2, CapiSize::half},
    CapiField{&RsaNumbers::coefficient, CapiSize::half},
    CapiField{&RsaNumbers::private_exponent, CapiSize::full},
};

std::size_t capi_size(CapiSize size, std::size_t bits)
{
    return size == CapiSize::half ? (bits + 15) / 16 : (bits + 7) / 8; // U-95
}

constexpr std::uint32_t capi_magic(RsaPart part)
{
    return static_cast<std::uint32_t>(part == RsaPart::public_part ? CngRsaBlob::public_key
                                                                   : CngRsaBlob::private_key);
}

void write_reversed(LittleEndianWriter<SecureBytes>& writer, ByteView number, std::size_t size)
{
    writer.bytes(reversed<SecureBytes>(padded_number(number, size)));
}

std::uint32_t exponent_u32(const RsaKey& key)
{
    const SecureBytes exponent = padded_number(key.numbers().public_exponent, 4);
    std::uint32_t value = 0;
    for (const std::uint8_t byte : exponent)
        value = value << 8 | byte;
    return value;
}

Bytes big_endian(std::uint32_t value)
{
    return {static_cast<std::uint8_t>(value >> 24), static_cast<std::uint8_t>(value >> 16),
            static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
}

/// observed.md: the length of d is taken from the buffer. A d whose end is missing, or that is zero
/// (U-97), is computed anew.
SecureBytes read_private_exponent(LittleEndianReader& reader, std::size_t size)
{
    if (reader.remaining() < size)
        return {};
    auto exponent = reversed<SecureBytes>(reader.bytes(size));
    return is_zero_number(exponent) ? SecureBytes{} : exponent;
}

std::shared_ptr<const RsaKey> read_capi_private(LittleEndianReader& reader, RsaNumbers numbers,
                                                std::size_t bits)
{
    for (const CapiField& field : capi_private_fields) {
        const std::size_t size = capi_size(field.size, bits);
        numbers.*field.number = field.size == CapiSize::full
                                    ? read_private_exponent(reader, size)
                                    : reversed<SecureBytes>(reader.bytes(size));
    }
    return RsaKey::from_private(std::move(numbers));
}

RsaPart part_of_type(std::uint8_t type)
{
    require(type == PUBLICKEYBLOB || type == PRIVATEKEYBLOB, Fault::bad_type);
    return type == PUBLICKEYBLOB ? RsaPart::public_part : RsaPart::private_part;
}

// ---- CNG ---------------------------------------------------------------------------------------

/// BCRYPT_RSAKEY_BLOB after its magic.
struct CngHeader {
    std::uint32_t bits, exponent_size, modulus_size, prime1_size, prime2_size;
};

/// One big-endian number of an RSA2 or RSA3 blob after the modulus (cng.md 5.2).
struct CngField {
    SecureBytes RsaNumbers::*number;
    std::uint32_t CngHeader::*size;
    CngRsaBlob since; // the least blob that has it
};

constexpr std::array cng_private_fields = {
    CngField{&RsaNumbers::prime1, &CngHeader::prime1_size, CngRsaBlob::private_key},
    CngField{&RsaNumbers::prime2, &CngHeader::prime2_size, CngRsaBlob::private_key},
    CngField{&RsaNumbers::exponent1, &CngHeader::prime1_size, CngRsaBlob::full_private_key},
    CngField{&RsaNumbers::exponent2, &CngHeader::prime2_size, CngRsaBlob::full_private_key},
    CngField{&RsaNumbers::coefficient, &CngHeader::prime1_size, CngRsaBlob::full_private_key},
    CngField{&RsaNumbers::private_exponent, &CngHeader::modulus_size, CngRsaBlob::full_private_key},
};

CngHeader header_for(const RsaKey& key, CngRsaBlob kind)
{
    const RsaNumbers& numbers = key.numbers();
    const bool has_primes = kind != CngRsaBlob::public_key;
    const auto size_of = [](ByteView number) {
        return static_cast<std::uint32_t>(without_leading_zeros(number).size());
    };
    return {static_cast<std::uint32_t>(key.bits()), size_of(numbers.public_exponent),
            size_of(numbers.modulus), has_primes ? size_of(numbers.prime1) : 0,
            has_primes ? size_of(numbers.prime2) : 0};
}

/// The blob's whole length by its header; 64 bits hold any sum of these.
std::uint64_t announced_size(const CngHeader& header, CngRsaBlob kind)
{
    std::uint64_t size = 24 + std::uint64_t{header.exponent_size} + header.modulus_size;
    for (const CngField& field : cng_private_fields)
        if (kind >= field.since)
            size += header.*field.size;
    return size;
}

CngHeader read_header(LittleEndianReader& reader)
{
    CngHeader header{};
    for (std::uint32_t CngHeader::*member :
         {&CngHeader::bits, &CngHeader::exponent_size, &CngHeader::modulus_size,
          &CngHeader::prime1_size, &CngHeader::prime2_size})
        header.*member = reader.u32();
    return header;
}

/// dividend mod divisor, big-endian, by shift and subtract; in time that depends on lengths only.
SecureBytes remainder(ByteView dividend, ByteView divisor)
{
    const std::size_t size = divisor.size() + 1; // one byte of room for the shift
    SecureBytes rest(size), difference(size);
    const SecureBytes wide = padded_number(divisor, size);
    for (std::size_t bit = 0; bit < dividend.size() * 8; ++bit) {
        unsigned carry = dividend[bit / 8] >> (7 - bit % 8) & 1U;
        for (std::size_t i = size; i-- > 0; carry >>= 8) {
            carry |= static_cast<unsigned>(rest[i]) << 1;
            rest[i] = static_cast<std::uint8_t>(carry);
        }
        unsigned borrow = 0;
        for (std::size_t i = size; i-- > 0;) {
            const unsigned value = 0x100U + rest[i] - wide[i] - borrow;
            difference[i] = static_cast<std::uint8_t>(value);
            borrow = value >> 8 ^ 1U;
        }
        const auto keep = static_cast<std::uint8_t>(0U - borrow); // all ones: it went below zero
        for (std::size_t i = 0; i < size; ++i)
            rest[i] = static_cast<std::uint8_t>((rest[i] & keep) | (difference[i] & ~keep));
    }
    return rest;
}

bool equal_numbers(ByteView a, ByteView b)
{
    const std::size_t size = std::max(a.size(), b.size());
    return constant_time_equal(padded_number(a, size), padded_number(b, size));
}

/// d mod (prime - 1) is the exponent that belongs to the prime.
bool matches_prime(ByteView private_exponent, ByteView prime, ByteView exponent)
{
    SecureBytes less_one = padded_number(prime, prime.size());
    less_one[prime.size() - 1] ^= 1; // a prime here is odd
    return equal_numbers(remainder(private_exponent, less_one), exponent);
}

/// N-143: an RSA3 blob's numbers belong together: e * d = 1 modulo lcm(p - 1, q - 1).
void check_full_private(const RsaNumbers& given)
{
    RsaNumbers primes_only;
    primes_only.modulus = given.modulus;
    primes_only.public_exponent = given.public_exponent;
    primes_only.prime1 = given.prime1;
    primes_only.prime2 = given.prime2;
    const auto computed = RsaKey::from_private(std::move(primes_only));
    const RsaNumbers& right = computed->numbers();
    require(equal_numbers(given.exponent1, right.exponent1) &&
                equal_numbers(given.exponent2, right.exponent2) &&
                equal_numbers(given.coefficient, right.coefficient) &&
                matches_prime(given.private_exponent, given.prime1, given.exponent1) &&
                matches_prime(given.private_exponent, given.prime2, given.exponent2),
            Fault::bad_data);
}

void check_public(const CngHeader& header, const RsaNumbers& numbers)
{
    const ByteView modulus = numbers.modulus, exponent = numbers.public_exponent;
    require(header.bits <= max_modulus_bits && header.bits == bit_length(modulus) &&
                (modulus.back() & 1) != 0,
            Fault::bad_data);
    require(bit_length(exponent) >= 2 && (exponent.back() & 1) != 0, Fault::bad_data);
}

} // namespace

SecureBytes write_capi_rsa_blob(const RsaKey& key, RsaPart part, std::uint32_t algorithm_id)
{
    require(part == RsaPart::public_part || key.has_private(), Fault::no_private_key);
    const std::size_t bits = key.bits();
    SecureBytes blob;
    LittleEndianWriter writer(blob);
    writer.u8(part == RsaPart::public_part ? PUBLICKEYBLOB : PRIVATEKEYBLOB);
    writer.u8(CUR_BLOB_VERSION);
    writer.u16(0);
    writer.u32(algorithm_id);
    writer.u32(capi_magic(part));
    writer.u32(static_cast<std::uint32_t>(bits));
    writer.u32(exponent_u32(key));
    write_reversed(writer, key.numbers().modulus, capi_size(CapiSize::full, bits));
    if (part == RsaPart::private_part)
        for (const CapiField& field : capi_private_fields)
            write_reversed(writer, key.numbers().*field.number, capi_size(field.size, bits));
    return blob;
}

CapiRsaHeader read_capi_rsa_header(ByteView blob)
{
    LittleEndianReader reader(blob);
    CapiRsaHeader header{};
    header.type = reader.u8();
    reader.bytes(3); // version, reserved
    header.algorithm_id = reader.u32();
    reader.u32(); // magic
    header.bits = reader.u32();
    return header;
}

std::size_t CapiRsaHeader::blob_size() const noexcept
{
    if (bits > max_modulus_bits)
        return static_cast<std::size_t>(-1);
    std::size_t size = capi_rsa_header_size + capi_size(CapiSize::full, bits);
    if (type == PRIVATEKEYBLOB)
        for (const CapiField& field : capi_private_fields)
            size += capi_size(field.size, bits);
    return size;
}

CapiRsaBlob read_capi_rsa_blob(ByteView blob)
{
    LittleEndianReader reader(blob);
    const RsaPart part = part_of_type(reader.u8());
    require(reader.u8() == CUR_BLOB_VERSION, Fault::bad_version);
    reader.u16(); // reserved: U-50
    const std::uint32_t algorithm_id = reader.u32();
    require(algorithm_id == CALG_RSA_KEYX || algorithm_id == CALG_RSA_SIGN, Fault::bad_algorithm);
    require(reader.u32() == capi_magic(part), Fault::bad_data);
    const std::size_t bits = reader.u32();
    require(bits != 0 && bits <= max_modulus_bits, Fault::bad_data);
    RsaNumbers numbers;
    numbers.public_exponent = big_endian(reader.u32());
    numbers.modulus = reversed(reader.bytes(capi_size(CapiSize::full, bits)));
    require(is_odd_number(numbers.modulus), Fault::bad_data);
    if (part == RsaPart::private_part)
        return {algorithm_id, read_capi_private(reader, std::move(numbers), bits)};
    return {algorithm_id, RsaKey::from_public(numbers.modulus, numbers.public_exponent)};
}

SecureBytes write_cng_rsa_blob(const RsaKey& key, CngRsaBlob kind)
{
    require(kind == CngRsaBlob::public_key || key.has_private(), Fault::no_private_key);
    const CngHeader header = header_for(key, kind);
    SecureBytes blob;
    LittleEndianWriter writer(blob);
    writer.u32(static_cast<std::uint32_t>(kind));
    for (const std::uint32_t value : {header.bits, header.exponent_size, header.modulus_size,
                                      header.prime1_size, header.prime2_size})
        writer.u32(value);
    writer.bytes(padded_number(key.numbers().public_exponent, header.exponent_size));
    writer.bytes(padded_number(key.numbers().modulus, header.modulus_size));
    for (const CngField& field : cng_private_fields)
        if (kind >= field.since)
            writer.bytes(padded_number(key.numbers().*field.number, header.*field.size));
    return blob;
}

CngRsaBlob cng_rsa_blob_kind(ByteView blob)
{
    require(blob.size() >= 24, Fault::bad_blob_length);
    return static_cast<CngRsaBlob>(LittleEndianReader(blob).u32());
}

std::shared_ptr<const RsaKey> read_cng_rsa_blob(ByteView blob, CngRsaBlob kind)
{
    require(cng_rsa_blob_kind(blob) == kind, Fault::bad_data);
    LittleEndianReader reader(blob.subspan(4));
    const CngHeader header = read_header(reader);
    require(header.exponent_size <= 8, Fault::long_exponent);
    require(announced_size(header, kind) == blob.size(), Fault::bad_blob_length);
    require(header.exponent_size != 0 && header.modulus_size != 0, Fault::bad_data);
    RsaNumbers numbers;
    const ByteView exponent = reader.bytes(header.exponent_size);
    const ByteView modulus = reader.bytes(header.modulus_size);
    numbers.public_exponent.assign(exponent.begin(), exponent.end());
    numbers.modulus.assign(modulus.begin(), modulus.end());
    check_public(header, numbers);
    if (kind == CngRsaBlob::public_key)
        return RsaKey::from_public(numbers.modulus, numbers.public_exponent);
    for (const CngField& field : cng_private_fields)
        if (kind >= field.since)
            numbers.*field.number = secure_copy(reader.bytes(header.*field.size));
    require(is_odd_number(numbers.prime1) && is_odd_number(numbers.prime2), Fault::bad_data);
    if (kind == CngRsaBlob::full_private_key)
        check_full_private(numbers);
    return RsaKey::from_private(std::move(numbers));
}

} // namespace capishim::cng
