// SPDX-License-Identifier: BSD-2-Clause
// ML-KEM by Botan 3. Its key objects share a hash in use, so that one serves one thread at a time:
// each call makes its own from the bytes.
#include "engine/ml_kem.h"

#include "engine/botan_compat.h"
#include "engine/botan_faults.h"
#include "engine/botan_rng.h"
#include "engine/constant_time.h"
#include "engine/ml_kem_expanded.h"
#include "engine/random.h"

#include <botan/ml_kem.h>
#include <botan/pubkey.h>

namespace capishim::engine {
namespace {

Botan::ML_KEM_Mode mode_of(KemSet set)
{
    constexpr Botan::ML_KEM_Mode::Mode modes[] = {Botan::ML_KEM_Mode::ML_KEM_512,
                                                  Botan::ML_KEM_Mode::ML_KEM_768,
                                                  Botan::ML_KEM_Mode::ML_KEM_1024};
    return modes[static_cast<std::size_t>(set)];
}

/// Gives the message that an encapsulation is made from.
class FixedMessage final : public compat::RandomSource {
  public:
    explicit FixedMessage(ByteView message) : message_(message) {}

  private:
    void fill(MutableBytes out) override
    {
        require(out.size() == message_.size(), Fault::internal);
        std::ranges::copy(message_, out.begin());
    }

    ByteView message_;
};

} // namespace

bool has_ml_kem() noexcept
{
    return true;
}

std::shared_ptr<const KemKey> KemKey::generate(KemSet set)
{
    SecureBytes seed(kem_seed_size);
    random_bytes(seed);
    return from_seed(set, seed);
}

std::shared_ptr<const KemKey> KemKey::from_public(KemSet set, ByteView key, bool)
{
    return translate([&] {
        const Botan::ML_KEM_PublicKey checked(key, mode_of(set));
        return std::make_shared<const KemKey>(set, Bytes(key.begin(), key.end()), SecureBytes{},
                                              SecureBytes{});
    });
}

std::shared_ptr<const KemKey> KemKey::from_private(KemSet set, ByteView key, bool validate)
{
    require(key.size() == kem_sizes(set).private_key, Fault::bad_data);
    const KemPrivateParts parts = kem_private_parts(set, key);
    const auto public_part = from_public(set, parts.public_key, validate);
    require(!validate || std::ranges::equal(kem_hash(parts.public_key), parts.public_hash),
            Fault::bad_data);
    return std::make_shared<const KemKey>(set, public_part->public_key(), secure_copy(key),
                                          SecureBytes{});
}

std::shared_ptr<const KemKey> KemKey::from_seed(KemSet set, ByteView seed)
{
    require(seed.size() == kem_seed_size, Fault::bad_data);
    return translate([&] {
        const Botan::ML_KEM_PrivateKey key(seed, mode_of(set));
        Bytes public_key = key.public_key_bits();
        SecureBytes expanded = kem_expand(set, seed, public_key);
        return std::make_shared<const KemKey>(set, std::move(public_key), std::move(expanded),
                                              secure_copy(seed));
    });
}

const SecureBytes& KemKey::private_key() const
{
    require(has_private(), Fault::no_private_key);
    return private_;
}

const SecureBytes& KemKey::seed() const
{
    require(has_private(), Fault::no_private_key);
    require(!seed_.empty(), Fault::not_supported);
    return seed_;
}

Encapsulation KemKey::encapsulate() const
{
    SecureBytes message(32);
    random_bytes(message);
    return encapsulate(message);
}

Encapsulation KemKey::encapsulate(ByteView message) const
{
    return translate([&] {
        const Botan::ML_KEM_PublicKey key(public_, mode_of(set_));
        Botan::PK_KEM_Encryptor encryptor(key, "Raw");
        FixedMessage source(message);
        Encapsulation made{SecureBytes(kem_secret_size), Bytes(kem_sizes(set_).ciphertext)};
        encryptor.encrypt(made.ciphertext, made.secret, source);
        return made;
    });
}

/// FIPS 203 algorithm 18: decrypt, encapsulate anew, and compare.
SecureBytes KemKey::decapsulate(ByteView ciphertext) const
{
    require(has_private(), Fault::no_private_key);
    require(ciphertext.size() == kem_sizes(set_).ciphertext, Fault::bad_blob_length);
    const KemPrivateParts parts = kem_private_parts(set_, private_);
    Encapsulation again = encapsulate(kem_decrypt(set_, parts.secret, ciphertext));
    const SecureBytes rejected = kem_rejection(parts.rejection, ciphertext);
    std::size_t difference = 0;
    for (std::size_t i = 0; i < ciphertext.size(); ++i)
        difference |= static_cast<std::size_t>(ciphertext[i] ^ again.ciphertext[i]);
    const Mask equal = is_zero(difference);
    for (std::size_t i = 0; i < rejected.size(); ++i)
        again.secret[i] = static_cast<std::uint8_t>(select(equal, again.secret[i], rejected[i]));
    return std::move(again.secret);
}

} // namespace capishim::engine
