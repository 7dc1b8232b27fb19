// SPDX-License-Identifier: BSD-2-Clause
// Polynomials over Z_3329 as FIPS 203 writes them. What is secret is neither branched on nor
// divided: remainders are taken by multiplication.
#include "engine/ml_kem_expanded.h"

#include "engine/botan_faults.h"

#include <botan/hash.h>

#include <array>
#include <string>

namespace capishim::engine {
namespace {

constexpr std::uint32_t q = 3329;
constexpr std::size_t n = 256;

struct Parameters {
    std::size_t k, eta1, du, dv;
};

constexpr Parameters parameters_of(KemSet set)
{
    constexpr Parameters rows[] = {{2, 3, 10, 4}, {3, 2, 10, 4}, {4, 2, 11, 5}};
    return rows[static_cast<std::size_t>(set)];
}

/// x mod q for x below 23,000,000, by Barrett: a product of two, or two such products.
constexpr std::uint32_t reduced(std::uint32_t x)
{
    const auto quotient = static_cast<std::uint32_t>(std::uint64_t{x} * 5039 >> 24);
    const std::uint32_t rest = x - quotient * q - q; // wraps if it went too far
    return rest + (q & (std::uint32_t{0} - (rest >> 31)));
}

/// A polynomial; what it held is wiped.
struct Polynomial {
    std::array<std::uint32_t, n> c{};

    Polynomial() = default;
    Polynomial(const Polynomial&) = default;
    Polynomial& operator=(const Polynomial&) = default;
    ~Polynomial() { wipe(c.data(), sizeof c); }
};

constexpr std::uint32_t bit_reversed_7(std::uint32_t i)
{
    std::uint32_t reversed = 0;
    for (int bit = 0; bit < 7; ++bit)
        reversed |= (i >> bit & 1) << (6 - bit);
    return reversed;
}

constexpr std::uint32_t power_of_17(std::uint32_t exponent)
{
    std::uint32_t power = 1;
    while (exponent-- > 0)
        power = power * 17 % q;
    return power;
}

constexpr auto zetas = [] { // 17^BitRev7(i)
    std::array<std::uint32_t, 128> table{};
    for (std::uint32_t i = 0; i < 128; ++i)
        table[i] = power_of_17(bit_reversed_7(i));
    return table;
}();

constexpr auto gammas = [] { // 17^(2 BitRev7(i) + 1)
    std::array<std::uint32_t, 128> table{};
    for (std::uint32_t i = 0; i < 128; ++i)
        table[i] = power_of_17(2 * bit_reversed_7(i) + 1);
    return table;
}();

/// Algorithm 9
void ntt(Polynomial& f)
{
    std::size_t i = 1;
    for (std::size_t length = 128; length >= 2; length /= 2)
        for (std::size_t start = 0; start < n; start += 2 * length) {
            const std::uint32_t zeta = zetas[i++];
            for (std::size_t j = start; j < start + length; ++j) {
                const std::uint32_t t = reduced(zeta * f.c[j + length]);
                f.c[j + length] = reduced(f.c[j] + q - t);
                f.c[j] = reduced(f.c[j] + t);
            }
        }
}

/// Algorithm 10
void inverse_ntt(Polynomial& f)
{
    std::size_t i = 127;
    for (std::size_t length = 2; length <= 128; length *= 2)
        for (std::size_t start = 0; start < n; start += 2 * length) {
            const std::uint32_t zeta = zetas[i--];
            for (std::size_t j = start; j < start + length; ++j) {
                const std::uint32_t t = f.c[j];
                f.c[j] = reduced(t + f.c[j + length]);
                f.c[j + length] = reduced(zeta * (f.c[j + length] + q - t));
            }
        }
    for (std::uint32_t& c : f.c)
        c = reduced(c * 3303); // 128^-1
}

/// sum += a * b, all three transformed (algorithms 11 and 12).
void add_product(Polynomial& sum, const Polynomial& a, const Polynomial& b)
{
    for (std::size_t i = 0; i < n / 2; ++i) {
        const std::uint32_t a0 = a.c[2 * i], a1 = a.c[2 * i + 1];
        const std::uint32_t b0 = b.c[2 * i], b1 = b.c[2 * i + 1];
        sum.c[2 * i] = reduced(sum.c[2 * i] + a0 * b0 + reduced(a1 * b1) * gammas[i]);
        sum.c[2 * i + 1] = reduced(sum.c[2 * i + 1] + a0 * b1 + a1 * b0);
    }
}

/// Integers of `bits` bits each, the least significant bit first (algorithm 6).
Polynomial decode(ByteView bytes, std::size_t bits)
{
    Polynomial f;
    for (std::size_t i = 0; i < n * bits; ++i)
        f.c[i / bits] |= std::uint32_t{static_cast<std::uint8_t>(bytes[i / 8] >> i % 8 & 1)}
                         << i % bits;
    return f;
}

void encode_12(const Polynomial& f, SecureBytes& out)
{
    for (std::size_t i = 0; i < n; i += 2) {
        const std::uint32_t pair = f.c[i] | f.c[i + 1] << 12;
        for (int shift = 0; shift < 24; shift += 8)
            out.push_back(static_cast<std::uint8_t>(pair >> shift));
    }
}

/// Compressed coefficients, which are public, to those that they stand for.
Polynomial decompress(ByteView bytes, std::size_t bits)
{
    Polynomial f = decode(bytes, bits);
    for (std::uint32_t& c : f.c)
        c = (c * q + (1U << (bits - 1))) >> bits;
    return f;
}

/// Compress_1: whether each coefficient is nearer to q / 2 than to 0.
SecureBytes message_of(const Polynomial& f)
{
    SecureBytes message(n / 8);
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint32_t bit = (f.c[i] * 2 + 1665) * 80635 >> 28 & 1;
        message[i / 8] = static_cast<std::uint8_t>(message[i / 8] | bit << i % 8);
    }
    return message;
}

SecureBytes digest(const std::string& name, std::initializer_list<ByteView> parts)
{
    const auto hash = Botan::HashFunction::create_or_throw(name);
    for (const ByteView part : parts)
        hash->update(part.data(), part.size());
    SecureBytes out(hash->output_length());
    hash->final(out.data());
    return out;
}

/// Algorithm 8 on PRF(sigma, nonce).
Polynomial sample_noise(ByteView sigma, std::uint8_t nonce, std::size_t eta)
{
    const std::string prf = "SHAKE-256(" + std::to_string(8 * 64 * eta) + ")";
    const SecureBytes bytes = digest(prf, {sigma, {&nonce, 1}});
    const auto ones = [&](std::size_t first) {
        std::uint32_t sum = 0;
        for (std::size_t bit = first; bit < first + eta; ++bit)
            sum += bytes[bit / 8] >> bit % 8 & 1;
        return sum;
    };
    Polynomial f;
    for (std::size_t i = 0; i < n; ++i)
        f.c[i] = reduced(q + ones(2 * i * eta) - ones(2 * i * eta + eta));
    return f;
}

} // namespace

KemPrivateParts kem_private_parts(KemSet set, ByteView private_key)
{
    LittleEndianReader reader(private_key);
    const ByteView secret = reader.bytes(384 * parameters_of(set).k);
    const ByteView public_key = reader.bytes(kem_sizes(set).public_key);
    const ByteView hash = reader.bytes(32);
    return {secret, public_key, hash, reader.bytes(32)};
}

SecureBytes kem_expand(KemSet set, ByteView seed, ByteView public_key)
{
    return translate([&] {
        const Parameters parameters = parameters_of(set);
        const auto rank = static_cast<std::uint8_t>(parameters.k);
        const SecureBytes rho_sigma = digest("SHA-3(512)", {seed.first(32), {&rank, 1}});
        SecureBytes key;
        key.reserve(kem_sizes(set).private_key);
        for (std::uint8_t i = 0; i < rank; ++i) {
            Polynomial s = sample_noise(ByteView(rho_sigma).subspan(32), i, parameters.eta1);
            ntt(s);
            encode_12(s, key);
        }
        const Bytes hash = kem_hash(public_key);
        for (const ByteView part : {public_key, ByteView(hash), seed.subspan(32)})
            key.insert(key.end(), part.begin(), part.end());
        return key;
    });
}

SecureBytes kem_decrypt(KemSet set, ByteView secret, ByteView ciphertext)
{
    const Parameters parameters = parameters_of(set);
    const std::size_t u_size = 32 * parameters.du;
    Polynomial product;
    for (std::size_t i = 0; i < parameters.k; ++i) {
        Polynomial u = decompress(ciphertext.subspan(i * u_size, u_size), parameters.du);
        ntt(u);
        Polynomial s = decode(secret.subspan(384 * i, 384), 12);
        for (std::uint32_t& c : s.c)
            c = reduced(c);
        add_product(product, s, u);
    }
    inverse_ntt(product);
    Polynomial w = decompress(ciphertext.subspan(parameters.k * u_size), parameters.dv);
    for (std::size_t i = 0; i < n; ++i)
        w.c[i] = reduced(w.c[i] + q - product.c[i]);
    return message_of(w);
}

SecureBytes kem_rejection(ByteView rejection, ByteView ciphertext)
{
    return translate([&] { return digest("SHAKE-256(256)", {rejection, ciphertext}); });
}

Bytes kem_hash(ByteView bytes)
{
    return translate([&] {
        const SecureBytes hash = digest("SHA-3(256)", {bytes});
        return Bytes(hash.begin(), hash.end());
    });
}

} // namespace capishim::engine
