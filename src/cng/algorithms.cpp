// SPDX-License-Identifier: BSD-2-Clause
// The rows of cng.md 2.1 and 3.2. A new algorithm is a row here and its vectors in the tests.
#include "cng/algorithms.h"

#include "engine/ml_dsa.h"
#include "engine/ml_kem.h"

#include <algorithm>
#include <array>

namespace capishim::cng {
namespace {

using engine::BlockCipherId;
using engine::CurveId;
using engine::HashId;
using engine::XofId;

constexpr Algorithm block_cipher(std::string_view id, KeyLengths lengths, std::uint32_t block,
                                 std::uint32_t object, std::uint32_t strength, BlockCipherId cipher)
{
    return {.id = id,
            .family = Family::block_cipher,
            .interface = Interface::cipher,
            .key_lengths = lengths,
            .block_length = block,
            .object_length = object,
            .fixed_strength = strength,
            .cipher = cipher};
}

/// A cipher whose ChainingMode says nothing.
constexpr Algorithm modeless(std::string_view id, Family family, KeyLengths lengths,
                             std::uint32_t block, std::uint32_t object)
{
    return {.id = id,
            .family = family,
            .interface = Interface::cipher,
            .key_lengths = lengths,
            .block_length = block,
            .object_length = object};
}

constexpr Algorithm digest(std::string_view id, std::uint32_t block, std::uint32_t object,
                           HashId hash)
{
    return {.id = id,
            .family = Family::hash,
            .interface = Interface::hash,
            .block_length = block,
            .object_length = object,
            .hash = hash};
}

constexpr Algorithm xof(std::string_view id, std::uint32_t block, XofId xof)
{
    return {.id = id,
            .family = Family::xof,
            .interface = Interface::hash,
            .block_length = block,
            .object_length = 560,
            .xof = xof};
}

/// A MAC made of a block cipher; it belongs to the hash functions (N-86).
constexpr Algorithm mac(std::string_view id, Family family)
{
    return {.id = id,
            .family = family,
            .interface = Interface::hash,
            .block_length = 16,
            .object_length = 896};
}

constexpr Algorithm rsa(std::string_view id, Interface first)
{
    return {.id = id,
            .family = Family::rsa,
            .interface = first,
            .second_interface = Interface::signature,
            .key_lengths = {512, 16384, 64}};
}

constexpr Algorithm finite_field(std::string_view id, Family family, Interface interface,
                                 std::uint32_t max_bits)
{
    return {.id = id, .family = family, .interface = interface, .key_lengths = {512, max_bits, 64}};
}

constexpr Algorithm post_quantum(std::string_view id, Family family, Interface interface,
                                 bool (*available)() noexcept)
{
    return {.id = id, .family = family, .interface = interface, .available = available};
}

constexpr Algorithm ec(std::string_view id, Interface interface, std::uint32_t bits, CurveId curve)
{
    return {.id = id,
            .family = Family::ec,
            .interface = interface,
            .key_lengths = {bits, bits, 0},
            .curve = curve};
}

/// For every curve: the handle or the key says which.
constexpr Algorithm any_curve(std::string_view id, Interface interface)
{
    return {.id = id, .family = Family::ec, .interface = interface};
}

constexpr Algorithm rng(std::string_view id)
{
    return {.id = id, .family = Family::rng, .interface = Interface::rng};
}

/// Keys of any length (N-43).
constexpr Algorithm kdf(std::string_view id)
{
    return {.id = id,
            .family = Family::kdf,
            .interface = Interface::key_derivation,
            .key_lengths = {0, 0xFFFFFFF8, 8},
            .object_length = 464};
}

/// Longer keys under BCRYPT_EXTENDED_KEYSIZE (N-220).
constexpr Algorithm extended_to(std::uint32_t bits, Algorithm algorithm)
{
    algorithm.extended_max_bits = bits;
    return algorithm;
}

constexpr std::array table = {
    block_cipher("AES", {128, 256, 64}, 16, 704, 0, BlockCipherId::aes),
    modeless("XTS-AES", Family::xts, {256, 512, 256}, 16, 1280),
    block_cipher("DES", {64, 64, 0}, 8, 384, 56, BlockCipherId::des),
    block_cipher("DESX", {192, 192, 0}, 8, 384, 0, BlockCipherId::desx), // strength 192
    block_cipher("3DES", {192, 192, 0}, 8, 640, 168, BlockCipherId::triple_des),
    block_cipher("3DES_112", {128, 128, 0}, 8, 640, 112, BlockCipherId::triple_des),
    extended_to(1024, block_cipher("RC2", {16, 128, 8}, 8, 288, 0, BlockCipherId::rc2)),
    extended_to(2048, modeless("RC4", Family::stream_cipher, {8, 512, 8}, 1, 464)),
    modeless("CHACHA20_POLY1305", Family::aead, {256, 256, 0}, 64, 464), // N-82
    digest("MD2", 16, 288, HashId::md2),
    digest("MD4", 64, 288, HashId::md4),
    digest("MD5", 64, 288, HashId::md5),
    digest("SHA1", 64, 304, HashId::sha1),
    digest("SHA256", 64, 304, HashId::sha256),
    digest("SHA384", 128, 496, HashId::sha384),
    digest("SHA512", 128, 496, HashId::sha512),
    digest("SHA3-256", 136, 560, HashId::sha3_256),
    digest("SHA3-384", 104, 560, HashId::sha3_384),
    digest("SHA3-512", 72, 560, HashId::sha3_512),
    xof("SHAKE128", 168, XofId::shake128),
    xof("SHAKE256", 136, XofId::shake256),
    xof("CSHAKE128", 168, XofId::shake128), // N-209: both strings are empty
    xof("CSHAKE256", 136, XofId::shake256),
    xof("KMAC128", 168, XofId::kmac128),
    xof("KMAC256", 136, XofId::kmac256),
    mac("AES-CMAC", Family::cmac),
    mac("AES-GMAC", Family::gmac),
    rsa("RSA", Interface::asymmetric_encryption),
    post_quantum("ML-KEM", Family::ml_kem, Interface::asymmetric_encryption,
                 engine::has_ml_kem), // N-80
    finite_field("DH", Family::dh, Interface::secret_agreement, 4096),
    ec("ECDH_P256", Interface::secret_agreement, 256, CurveId::p256),
    ec("ECDH_P384", Interface::secret_agreement, 384, CurveId::p384),
    ec("ECDH_P521", Interface::secret_agreement, 521, CurveId::p521),
    any_curve("ECDH", Interface::secret_agreement),
    rsa("RSA_SIGN", Interface::signature), // observed.md part 2 A: opens, and its pairs work
    finite_field("DSA", Family::dsa, Interface::signature, 3072),
    ec("ECDSA_P256", Interface::signature, 256, CurveId::p256),
    ec("ECDSA_P384", Interface::signature, 384, CurveId::p384),
    ec("ECDSA_P521", Interface::signature, 521, CurveId::p521),
    any_curve("ECDSA", Interface::signature),
    post_quantum("ML-DSA", Family::ml_dsa, Interface::signature, engine::has_ml_dsa),
    rng("RNG"),
    rng("FIPS186DSARNG"), // N-87
    rng("DUALECRNG"),
    kdf("CAPI_KDF"),
    kdf("SP800_108_CTR_HMAC"),
    kdf("SP800_56A_CONCAT"),
    kdf("PBKDF2"),
    kdf("TLS1_1_KDF"),
    kdf("TLS1_2_KDF"),
    kdf("HKDF"),
};
static_assert(std::ranges::is_sorted(table, {}, &Algorithm::interface),
              "the listing goes by interface");

constexpr bool ids_differ()
{
    for (std::size_t i = 0; i < table.size(); ++i)
        for (std::size_t j = i + 1; j < table.size(); ++j)
            if (table[i].id == table[j].id)
                return false;
    return true;
}
static_assert(ids_differ());

} // namespace

std::span<const Algorithm> algorithms() noexcept
{
    return table;
}

ChainingMode default_mode(Family family) noexcept
{
    return family == Family::block_cipher ? ChainingMode::cbc : ChainingMode::not_applicable;
}

std::uint32_t default_message_block(Family family) noexcept
{
    return family == Family::xts ? 512 : 1; // N-139
}

void require_message_block(const Algorithm& algorithm, ChainingMode mode, std::size_t bytes)
{
    const bool xts = algorithm.family == Family::xts;
    const std::size_t block = algorithm.block_length;
    require(xts || mode == ChainingMode::cfb, Fault::not_supported);
    const bool fits = xts ? bytes != 0 && bytes % block == 0 : bytes == 1 || bytes == block;
    require(fits, Fault::invalid_parameter);
}

const Algorithm* find_algorithm(std::string_view id) noexcept
{
    const auto* const found = std::ranges::find(table, id, &Algorithm::id);
    return found == table.end() || !found->is_available() ? nullptr : &*found;
}

} // namespace capishim::cng
