// SPDX-License-Identifier: BSD-2-Clause
// ML-DSA by Botan 3. Its key objects share a hash in use, so that one serves one thread at a time:
// each call makes its own from the bytes.
#include "engine/ml_dsa.h"

#include "engine/botan_faults.h"
#include "engine/botan_rng.h"
#include "engine/random.h"

#include <botan/ml_dsa.h>
#include <botan/pubkey.h>

namespace capishim::engine {
namespace {

Botan::ML_DSA_Mode mode_of(MlDsaSet set)
{
    constexpr Botan::ML_DSA_Mode::Mode modes[] = {Botan::ML_DSA_Mode::ML_DSA_4x4,
                                                  Botan::ML_DSA_Mode::ML_DSA_6x5,
                                                  Botan::ML_DSA_Mode::ML_DSA_8x7};
    return modes[static_cast<std::size_t>(set)];
}

} // namespace

bool has_ml_dsa() noexcept
{
    return true;
}

std::shared_ptr<const MlDsaKey> MlDsaKey::generate(MlDsaSet set)
{
    SecureBytes seed(ml_dsa_seed_size);
    random_bytes(seed);
    return from_seed(set, seed);
}

std::shared_ptr<const MlDsaKey> MlDsaKey::from_public(MlDsaSet set, ByteView key, bool)
{
    require(key.size() == ml_dsa_sizes(set).public_key, Fault::bad_data);
    return std::make_shared<const MlDsaKey>(set, Bytes(key.begin(), key.end()), SecureBytes{});
}

std::shared_ptr<const MlDsaKey> MlDsaKey::from_private(MlDsaSet set, ByteView key, bool)
{
    require(key.size() == ml_dsa_sizes(set).private_key, Fault::bad_data);
    throw Error(Fault::not_supported);
}

std::shared_ptr<const MlDsaKey> MlDsaKey::from_seed(MlDsaSet set, ByteView seed)
{
    require(seed.size() == ml_dsa_seed_size, Fault::bad_data);
    return translate([&] {
        const Botan::ML_DSA_PrivateKey key(seed, mode_of(set));
        return std::make_shared<const MlDsaKey>(set, key.public_key_bits(), secure_copy(seed));
    });
}

const SecureBytes& MlDsaKey::private_key() const
{
    require(has_private(), Fault::no_private_key);
    throw Error(Fault::not_supported);
}

const SecureBytes& MlDsaKey::seed() const
{
    require(has_private(), Fault::no_private_key);
    return seed_;
}

Bytes MlDsaKey::sign(ByteView message) const
{
    const SecureBytes& secret = seed();
    return translate([&] {
        const Botan::ML_DSA_PrivateKey key(secret, mode_of(set_));
        Botan::PK_Signer signer(key, thread_rng(), "Randomized");
        return signer.sign_message(message, thread_rng());
    });
}

bool MlDsaKey::verify(ByteView message, ByteView signature) const
{
    if (signature.size() != ml_dsa_sizes(set_).signature)
        return false;
    return translate([&] {
        const Botan::ML_DSA_PublicKey key(public_, mode_of(set_));
        Botan::PK_Verifier verifier(key, "Pure");
        return verifier.verify_message(message, signature);
    });
}

} // namespace capishim::engine
