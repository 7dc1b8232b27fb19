// SPDX-License-Identifier: BSD-2-Clause
// CryptGenKey, CryptDeriveKey, CryptGetUserKey, CryptGenRandom:
// cryptoapi.md 1.11, 1.12, 1.19, 1.31.
#include "base/row.h"
#include "csp/context.h"
#include "csp/derive.h"
#include "csp/dh_pair.h"
#include "csp/dss_pair.h"
#include "csp/gen_flags.h"
#include "csp/hash.h"
#include "csp/key.h"
#include "csp/pairs.h"
#include "csp/random.h"
#include "csp/rsa_pair.h"
#include "csp/schannel_derive.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

// U-116: CRYPT_SERVER says something of SChannel keys alone.
constexpr std::uint32_t taken_by_derive_key =
    CRYPT_EXPORTABLE | CRYPT_CREATE_SALT | CRYPT_UPDATE_KEY | CRYPT_NO_SALT | CRYPT_SERVER;

constexpr std::uint32_t requested_bits(std::uint32_t flags)
{
    return flags >> 16;
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

/// How CryptGenKey makes pairs of one algorithm.
struct PairMaker {
    std::uint32_t algorithm_id;
    Fault bad_range, bad_step;      // observed.md: lengths of DSS and DH pairs
    std::uint32_t pregen_step_bits; // U-77: where the caller brings P; 0: CRYPT_PREGEN is refused
    SharedNumbers (*generate)(std::size_t bits);
};

SharedNumbers generate_rsa(std::size_t bits)
{
    return std::make_shared<RsaPair>(engine::RsaKey::generate(bits));
}

SharedNumbers generate_dss(std::size_t bits)
{
    return std::make_shared<DssPair>(
        cng::CapiDsaKey{engine::DsaKey::generate(engine::make_dsa_group(bits)), {}});
}

SharedNumbers generate_dh(std::size_t bits)
{
    return std::make_shared<DhPair>(
        cng::DhBlob{engine::DhKey::generate(engine::make_dh_group(bits))}); // U-172
}

constexpr PairMaker pair_makers[] = {
    {CALG_DSS_SIGN, Fault::bad_flags, Fault::uneven_dss_length, 64, generate_dss},
    {CALG_RSA_SIGN, Fault::bad_key_length, Fault::bad_key_length, 0, generate_rsa}, // U-34
    {CALG_RSA_KEYX, Fault::bad_key_length, Fault::bad_key_length, 0, generate_rsa},
    {CALG_DH_SF, Fault::bad_flags, Fault::bad_flags, 8, generate_dh},
    {CALG_DH_EPHEM, Fault::bad_flags, Fault::bad_flags, 8, generate_dh},
};
static_assert(sorted_by(pair_makers, &PairMaker::algorithm_id));

/// @return null for what is no pair
const PairMaker* find_pair_maker(const Profile& profile, std::uint32_t key_spec_or_algorithm_id)
{
    const std::optional<KeySpec> spec = key_spec_of(profile, key_spec_or_algorithm_id);
    return find_row(pair_makers, &PairMaker::algorithm_id,
                    spec ? pair_algorithm(profile, *spec) : key_spec_or_algorithm_id);
}

std::size_t pair_bits(const PairMaker& maker, const AlgorithmLimits& limits, std::uint32_t flags)
{
    const std::uint32_t bits = requested_bits(flags);
    if (bits == 0)
        return limits.default_bits;
    const std::uint32_t step = flags & CRYPT_PREGEN ? maker.pregen_step_bits : limits.step_bits;
    require(bits >= limits.min_bits && bits <= limits.max_bits, maker.bad_range);
    require(bits % step == 0, maker.bad_step);
    return bits;
}

/// No lock is held: a pair takes from milliseconds to minutes.
std::shared_ptr<Key> generate_pair(const std::shared_ptr<Context>& context, const PairMaker& maker,
                                   std::uint32_t flags)
{
    const bool pregen = (flags & CRYPT_PREGEN) != 0;
    const AlgorithmLimits* const limits = context->profile().find(maker.algorithm_id);
    require(limits != nullptr, Fault::bad_algorithm);
    require(!pregen || maker.pregen_step_bits != 0, Fault::bad_flags); // U-31
    const std::size_t bits = pair_bits(maker, *limits, flags);
    refuse_user_interface(*context, flags);
    // U-29: pairs of CALG_DH_EPHEM have no place; U-35: ephemeral contexts keep theirs in memory
    const std::optional<KeySpec> spec = key_spec_of(context->profile(), maker.algorithm_id);
    if (spec)
        context->pairs().load(*spec); // a deleted container is told before the long work (U-206)
    if (pregen)
        return std::make_shared<Key>(context, maker.algorithm_id,
                                     PregenPair{maker.algorithm_id, bits, spec, flags, {}},
                                     initial_permissions(flags));
    PairKey pair{maker.generate(bits), spec, (flags & CRYPT_USER_PROTECTED) != 0};
    if (spec)
        store_pair(*context, *spec, maker.algorithm_id, pair.numbers, flags);
    return std::make_shared<Key>(context, maker.algorithm_id, std::move(pair),
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
    require((flags & refused_by_gen_key & ~CRYPT_PREGEN) == 0, Fault::bad_flags);
    if (const PairMaker* const maker = find_pair_maker(profile(), algorithm_id))
        return generate_pair(shared_from_this(), *maker, flags);
    require((flags & CRYPT_PREGEN) == 0, Fault::bad_flags); // U-31
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
    const std::optional<KeySpec> spec = key_spec_of(profile(), key_spec);
    require(spec.has_value(), Fault::bad_key);
    std::optional<ContainerPair> pair = load_pair(*this, *spec);
    require(pair.has_value(), Fault::no_key);
    const std::uint32_t flags = pair->record.exportable ? CRYPT_EXPORTABLE : 0;
    return std::make_shared<Key>(
        shared_from_this(), pair->algorithm_id,
        PairKey{std::move(pair->numbers), *spec, pair->record.user_protected},
        initial_permissions(flags));
}

void Context::gen_random(MutableBytes out)
{
    random_bytes(out);
}

} // namespace capishim::csp
