// SPDX-License-Identifier: BSD-2-Clause
// RSA keys: made, taken as they come, and used through the paddings of PKCS #1.
#include "engine/rsa.h"

#include "base/row.h"
#include "engine/botan_faults.h"
#include "engine/botan_rng.h"
#include "engine/rsa_operation.h"
#include "engine/rsa_padding.h"

#include <botan/rsa.h>

#include <array>

namespace capishim::engine {
namespace {

using Botan::BigInt;

constexpr std::size_t public_exponent = 65537;
constexpr std::size_t min_bits = 384;
constexpr std::size_t max_bits = 16384;

class Key final : public RsaKey {
  public:
    Key(RsaNumbers numbers, std::shared_ptr<const RsaPublicOperation> public_operation,
        std::unique_ptr<const RsaPrivatePool> private_pool)
        : numbers_(std::move(numbers)), public_(std::move(public_operation)),
          private_(std::move(private_pool)), bits_(public_->modulus().bits())
    {
    }

    const RsaNumbers& numbers() const noexcept override { return numbers_; }
    bool has_private() const noexcept override { return private_ != nullptr; }
    std::size_t bits() const noexcept override { return bits_; }

    Bytes public_operation(ByteView block) const override
    {
        require(is_block(block), Fault::bad_data);
        return power(block);
    }

    SecureBytes private_operation(ByteView block) const override
    {
        require(has_private(), Fault::no_private_key);
        require(is_block(block), Fault::bad_data);
        return translate([&] { return private_->run(block); });
    }

    Bytes encrypt_pkcs1(ByteView message) const override
    {
        return public_operation(pkcs1_encode(message, size()));
    }

    SecureBytes decrypt_pkcs1(ByteView ciphertext) const override
    {
        return pkcs1_decode(private_operation(ciphertext));
    }

    Bytes encrypt_oaep(ByteView message, HashId hash, ByteView label) const override
    {
        return public_operation(oaep_encode(message, hash, label, size()));
    }

    SecureBytes decrypt_oaep(ByteView ciphertext, HashId hash, ByteView label) const override
    {
        return oaep_decode(private_operation(ciphertext), hash, label);
    }

    Bytes sign_pkcs1(ByteView encoded) const override
    {
        return sign(pkcs1_signature_block(encoded, size()));
    }

    bool verify_pkcs1(ByteView encoded, ByteView signature) const override
    {
        if (!is_block(signature) || encoded.size() + 11 > size())
            return false;
        return constant_time_equal(power(signature), pkcs1_signature_block(encoded, size()));
    }

    Bytes sign_pss(ByteView digest, HashId hash, std::size_t salt_size) const override
    {
        return sign(pss_encode(digest, hash, salt_size, bits_));
    }

    bool verify_pss(ByteView digest, HashId hash, std::size_t salt_size,
                    ByteView signature) const override
    {
        return is_block(signature) && pss_matches(power(signature), digest, hash, salt_size, bits_);
    }

  private:
    Bytes sign(ByteView block) const
    {
        const SecureBytes signature = private_operation(block);
        return {signature.begin(), signature.end()};
    }

    bool is_block(ByteView bytes) const
    {
        return bytes.size() == size() && compat::number(bytes) < public_->modulus();
    }

    Bytes power(ByteView block) const
    {
        return translate([&] { return (*public_)(block); });
    }

    RsaNumbers numbers_;
    std::shared_ptr<const RsaPublicOperation> public_;
    std::unique_ptr<const RsaPrivatePool> private_; // null in a public key
    std::size_t bits_;
};

std::shared_ptr<const RsaPublicOperation> make_public_operation(ByteView modulus, ByteView exponent)
{
    const BigInt n = compat::number(modulus);
    const BigInt e = compat::number(exponent);
    require(n.is_odd() && n > 1 && !e.is_zero(), Fault::bad_data);
    return std::make_shared<const RsaPublicOperation>(n, e);
}

/// Computes those of d, dp, dq and the coefficient that are missing, as long as the number that
/// each is below. `p`, `q`: the primes.
void complete(RsaNumbers& numbers, const BigInt& e, const BigInt& p, const BigInt& q)
{
    const auto fill = [](SecureBytes& place, std::size_t size, auto compute) {
        if (place.empty())
            place = compat::stored<SecureBytes>(compute(), size);
    };
    const BigInt p1 = p - 1;
    const BigInt q1 = q - 1;
    fill(numbers.private_exponent, numbers.modulus.size(),
         [&] { return Botan::inverse_mod(e, Botan::lcm(p1, q1)); });
    const BigInt d = compat::number(numbers.private_exponent);
    fill(numbers.exponent1, numbers.prime1.size(), [&] { return d % p1; });
    fill(numbers.exponent2, numbers.prime2.size(), [&] { return d % q1; });
    fill(numbers.coefficient, numbers.prime1.size(), [&] { return Botan::inverse_mod(q % p, p); });
}

struct Primes {
    BigInt p;
    BigInt q;
};

/// Botan makes keys from 1024 bits on, in steps of 16 here so that the primes have one length.
Primes botan_primes(std::size_t modulus_bits)
{
    const Botan::RSA_PrivateKey key(thread_rng(), modulus_bits, public_exponent);
    return {key.get_p(), key.get_q()};
}

/// For the lengths that Botan refuses: draws until the product has exactly the bits wanted.
Primes drawn_primes(std::size_t modulus_bits)
{
    const std::size_t p_bits = (modulus_bits + 1) / 2;
    while (true) {
        Primes primes{Botan::random_prime(thread_rng(), p_bits, public_exponent),
                      Botan::random_prime(thread_rng(), modulus_bits - p_bits, public_exponent)};
        if (primes.p != primes.q && (primes.p * primes.q).bits() == modulus_bits)
            return primes;
    }
}

std::shared_ptr<const RsaKey> make_pair(std::size_t modulus_bits)
{
    auto [p, q] = modulus_bits >= 1024 && modulus_bits % 16 == 0 ? botan_primes(modulus_bits)
                                                                 : drawn_primes(modulus_bits);
    if (p < q)
        std::swap(p, q);
    RsaNumbers numbers;
    numbers.modulus = compat::stored<Bytes>(p * q, modulus_bits / 8);
    numbers.public_exponent = compat::stored<Bytes>(public_exponent, 3);
    numbers.prime1 = compat::stored<SecureBytes>(p, p.bytes());
    numbers.prime2 = compat::stored<SecureBytes>(q, q.bytes());
    return RsaKey::from_private(std::move(numbers));
}

} // namespace

std::shared_ptr<const RsaKey> RsaKey::generate(std::size_t modulus_bits)
{
    require(modulus_bits >= min_bits && modulus_bits <= max_bits && modulus_bits % 8 == 0,
            Fault::bad_length);
    return translate([&] { return make_pair(modulus_bits); });
}

std::shared_ptr<const RsaKey> RsaKey::from_public(ByteView modulus, ByteView exponent)
{
    return translate([&]() -> std::shared_ptr<const RsaKey> {
        RsaNumbers numbers;
        numbers.modulus.assign(modulus.begin(), modulus.end());
        numbers.public_exponent.assign(exponent.begin(), exponent.end());
        return std::make_shared<Key>(std::move(numbers), make_public_operation(modulus, exponent),
                                     nullptr);
    });
}

std::shared_ptr<const RsaKey> RsaKey::from_private(RsaNumbers numbers)
{
    return translate([&]() -> std::shared_ptr<const RsaKey> {
        auto public_part = make_public_operation(numbers.modulus, numbers.public_exponent);
        const BigInt p = compat::number(numbers.prime1);
        const BigInt q = compat::number(numbers.prime2);
        require(p > 1 && q > 1 && p * q == public_part->modulus(), Fault::bad_data);
        complete(numbers, public_part->exponent(), p, q);
        auto pool = std::make_unique<const RsaPrivatePool>(
            public_part, RsaSecret{p, q, compat::number(numbers.private_exponent)});
        return std::make_shared<Key>(std::move(numbers), std::move(public_part), std::move(pool));
    });
}

namespace {

struct PrefixRow {
    HashId id;
    std::array<std::uint8_t, 19> bytes;
    std::size_t size;
};

// cryptoapi.md 7.4.1
constexpr std::array prefixes = {
    PrefixRow{HashId::md2,
              {0x30, 0x20, 0x30, 0x0c, 0x06, 0x08, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x02,
               0x05, 0x00, 0x04, 0x10},
              18},
    PrefixRow{HashId::md4,
              {0x30, 0x20, 0x30, 0x0c, 0x06, 0x08, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x04,
               0x05, 0x00, 0x04, 0x10},
              18},
    PrefixRow{HashId::md5,
              {0x30, 0x20, 0x30, 0x0c, 0x06, 0x08, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05,
               0x05, 0x00, 0x04, 0x10},
              18},
    PrefixRow{
        HashId::sha1,
        {0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 0x14},
        15},
    PrefixRow{HashId::sha256,
              {0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
               0x01, 0x05, 0x00, 0x04, 0x20},
              19},
    PrefixRow{HashId::sha384,
              {0x30, 0x41, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
               0x02, 0x05, 0x00, 0x04, 0x30},
              19},
    PrefixRow{HashId::sha512,
              {0x30, 0x51, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
               0x03, 0x05, 0x00, 0x04, 0x40},
              19},
    // cng.md 7.5: the same arc
    PrefixRow{HashId::sha3_256,
              {0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
               0x08, 0x05, 0x00, 0x04, 0x20},
              19},
    PrefixRow{HashId::sha3_384,
              {0x30, 0x41, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
               0x09, 0x05, 0x00, 0x04, 0x30},
              19},
    PrefixRow{HashId::sha3_512,
              {0x30, 0x51, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
               0x0a, 0x05, 0x00, 0x04, 0x40},
              19},
};
static_assert(sorted_by(prefixes, &PrefixRow::id));

} // namespace

ByteView digest_info_prefix(HashId id) noexcept
{
    const PrefixRow& row = *find_row(prefixes, &PrefixRow::id, id);
    return ByteView(row.bytes).first(row.size);
}

} // namespace capishim::engine
