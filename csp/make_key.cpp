// SPDX-License-Identifier: BSD-2-Clause
// CryptGenKey, CryptDeriveKey, CryptGetUserKey, CryptGenRandom:
// cryptoapi.md 1.11, 1.12, 1.19, 1.31.
#include "csp/context.h"
#include "csp/derive.h"
#include "csp/hash.h"
#include "csp/key.h"
#include "csp/pairs.h"
#include "csp/random.h"
#include "csp/schannel_derive.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

// U-33: 0x8 and 0x20 are invalid; U-31: so is CRYPT_PREGEN where there is no DH or DSS
constexpr std::uint32_t refused_by_gen_key = CRYPT_UPDATE_KEY | 0x20 | CRYPT_PREGEN;
constexpr std::uint32_t taken_by_derive_key =
    CRYPT_EXPORTABLE | CRYPT_CREATE_SALT | CRYPT_UPDATE_KEY | CRYPT_NO_SALT | CRYPT_SERVER;

constexpr std::uint32_t requested_bits(std::uint32_t flags)
{
    return flags >> 16;
}

/// U-30, U-32: nobody can be asked here.
void refuse_user_interface(const Context& context, std::uint32_t flags)
{
    require((flags & CRYPT_FORCE_KEY_PROTECTION_HIGH) == 0, Fault::silent_context);
    require((flags & CRYPT_USER_PROTECTED) == 0 || !context.silent(), Fault::silent_context);
}

SessionKey generate_session_key(const Profile& profile, const CipherRow& cipher, std::size_t size,
                                SaltChoice choice)
{
    SecureBytes material(size);
    random_bytes(material);
    if (cipher.parity)
        set_odd_parity(material);
    const SaltPlan plan = plan_salt(profile, cipher, size, choice);
    SecureBytes salt(plan.size);
    if (plan.created)
        random_bytes(salt);
    return SessionKey(cipher, std::move(material), std::move(salt),
                      initial_effective_bits(profile, cipher, size));
}

/// For what has the same limits in every length: pairs and master keys.
std::size_t bits_within(const AlgorithmLimits& limits, std::uint32_t bits)
{
    if (bits == 0)
        return limits.default_bits;
    const std::uint32_t step = std::max(limits.step_bits, 1U);
    require(bits >= limits.min_bits && bits <= limits.max_bits && bits % step == 0,
            Fault::bad_key_length); // U-34
    return bits;
}

/// No lock is held: a pair takes from milliseconds to minutes.
std::shared_ptr<Key> generate_pair(const std::shared_ptr<Context>& context, KeySpec spec,
                                   std::uint32_t flags)
{
    const std::uint32_t algorithm_id = pair_algorithm(spec);
    const AlgorithmLimits* const limits = context->profile().find(algorithm_id);
    require(limits != nullptr, Fault::bad_algorithm);
    const std::size_t bits = bits_within(*limits, requested_bits(flags));
    refuse_user_interface(*context, flags);
    context->pairs().load(spec); // a deleted container is told before the long work (U-206)
    PairKey pair{engine::RsaKey::generate(bits), spec, (flags & CRYPT_USER_PROTECTED) != 0};
    store_pair(*context, spec, algorithm_id, pair.rsa, flags);
    return std::make_shared<Key>(context, algorithm_id, std::move(pair),
                                 initial_permissions(flags));
}

/// 8.4 item 1.
std::shared_ptr<Key> generate_master(const std::shared_ptr<Context>& context, const MasterRow& row,
                                     std::uint32_t flags)
{
    const std::size_t bits = bits_within(*context->profile().find(row.id), requested_bits(flags));
    refuse_user_interface(*context, flags);
    return std::make_shared<Key>(context, row.id, MasterKey::generate(row, bits / 8),
                                 initial_permissions(flags));
}

} // namespace

std::shared_ptr<Key> Context::gen_key(std::uint32_t algorithm_id, std::uint32_t flags)
{
    require((flags & refused_by_gen_key) == 0, Fault::bad_flags);
    if (const std::optional<KeySpec> spec = key_spec_of(algorithm_id))
        return generate_pair(shared_from_this(), *spec, flags);
    const SaltChoice salt = salt_choice(flags);
    if (const MasterRow* const master = find_master(profile(), algorithm_id))
        return generate_master(shared_from_this(), *master, flags);
    const CipherRow& cipher = require_cipher(profile(), algorithm_id);
    const std::size_t size = requested_key_size(profile(), cipher, requested_bits(flags));
    refuse_user_interface(*this, flags);
    return std::make_shared<Key>(shared_from_this(), algorithm_id,
                                 generate_session_key(profile(), cipher, size, salt),
                                 initial_permissions(flags));
}

std::shared_ptr<Key> Context::derive_key(std::uint32_t algorithm_id, Hash& base,
                                         std::uint32_t flags)
{
    require(same_provider(*this, base.context()), Fault::bad_hash);
    require((flags & 0xFFFF & ~taken_by_derive_key) == 0, Fault::bad_flags);
    const SaltChoice salt = salt_choice(flags);
    if (is_schannel_key(algorithm_id) && profile().find(algorithm_id)) {
        require(base.handshake() != nullptr, Fault::bad_hash); // section 5 rule 2
        return derive_schannel_key(shared_from_this(), algorithm_id, *base.handshake(), flags);
    }
    const CipherRow& cipher = require_cipher(profile(), algorithm_id);
    const std::size_t size = requested_key_size(profile(), cipher, requested_bits(flags));
    return std::make_shared<Key>(shared_from_this(), algorithm_id,
                                 derive_session_key(profile(), cipher, size, salt, base),
                                 initial_permissions(flags));
}

std::shared_ptr<Key> Context::user_key(std::uint32_t key_spec)
{
    const std::optional<KeySpec> spec = key_spec_of(key_spec);
    require(spec.has_value(), Fault::bad_key);
    std::optional<ContainerPair> pair = load_pair(*this, *spec);
    require(pair.has_value(), Fault::no_key);
    const std::uint32_t flags = pair->record.exportable ? CRYPT_EXPORTABLE : 0;
    return std::make_shared<Key>(shared_from_this(), pair->algorithm_id,
                                 PairKey{std::move(pair->rsa), *spec, pair->record.user_protected},
                                 initial_permissions(flags));
}

void Context::gen_random(MutableBytes out)
{
    random_bytes(out);
}

} // namespace capishim::csp
