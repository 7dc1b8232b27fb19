// SPDX-License-Identifier: BSD-2-Clause
// Key derivation: cryptoapi.md 2.5, 2.6 and 5, with observed.md on salts and on 3DES_112.
#include "csp/derive.h"

#include "cng/derive.h"
#include "csp/hash.h"
#include "csp/hash_algorithms.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

constexpr std::size_t weak_key_size = 5; // "exactly 40 bits"
// U-81: no hash bytes become the salt of a 128-bit key (observed.md overrules it for CryptGenKey)
constexpr std::size_t full_key_size = 16;

/// K = H[0..n-1] for most, the double construction for AES and 3DES.
SecureBytes derive_material(const CipherRow& cipher, const HashRow& hash, ByteView value,
                            std::size_t size)
{
    if (cipher.expanded) {
        require(hash.kind == HashKind::plain, Fault::bad_hash); // U-115
        return cng::capi_derive(hash.engine_id, value, true, size);
    }
    require(size <= value.size(), Fault::bad_length); // U-114
    return secure_copy(value.first(size));
}

} // namespace

SaltChoice salt_choice(std::uint32_t flags)
{
    const bool create = (flags & CRYPT_CREATE_SALT) != 0;
    const bool none = (flags & CRYPT_NO_SALT) != 0;
    require(!(create && none), Fault::bad_flags); // U-82
    if (create)
        return SaltChoice::create;
    return none ? SaltChoice::none : SaltChoice::by_length;
}

SaltPlan plan_salt(const Profile& profile, const CipherRow& cipher, std::size_t key_size,
                   SaltChoice choice) noexcept
{
    if (!cipher.salted || choice == SaltChoice::none)
        return {0, false};
    if (choice == SaltChoice::by_length)
        return {key_size == weak_key_size ? default_salt_size : 0, false};
    // observed.md: CRYPT_CREATE_SALT in Enhanced; in Base and Strong 11 bytes whatever the key
    return {profile.salt_rule == SaltRule::none_created ? 0 : default_salt_size, true};
}

std::uint32_t initial_effective_bits(const Profile& profile, const CipherRow& cipher,
                                     std::size_t key_size) noexcept
{
    if (cipher.id != CALG_RC2)
        return 0;
    if (profile.default_rc2_effective_bits != 0) // observed.md: RC2 effective length, Base
        return profile.default_rc2_effective_bits;
    return static_cast<std::uint32_t>(key_size * 8); // U-87
}

SessionKey session_key_from(const Profile& profile, const CipherRow& cipher, SecureBytes material,
                            SaltChoice salt, ByteView source)
{
    const std::size_t size = material.size();
    if (cipher.parity)
        set_odd_parity(material); // U-117
    SaltPlan plan = plan_salt(profile, cipher, size, salt);
    if (plan.created && size >= full_key_size)
        plan.size = 0;
    SecureBytes salt_bytes(plan.size);
    if (plan.created && plan.size != 0) { // section 5 rule 4
        require(size + plan.size <= source.size(), Fault::bad_length);
        std::ranges::copy(source.subspan(size, plan.size), salt_bytes.begin());
    }
    return SessionKey(cipher, std::move(material), std::move(salt_bytes),
                      initial_effective_bits(profile, cipher, size));
}

SessionKey derive_session_key(const Profile& profile, const CipherRow& cipher, std::size_t size,
                              SaltChoice salt, Hash& base)
{
    const HashRow& hash = base.algorithm();
    require(hash.kind != HashKind::tls1_prf && hash.kind != HashKind::schannel_master,
            Fault::bad_hash); // section 5 rule 2
    require(!cipher.expanded || hash.kind == HashKind::plain, Fault::bad_hash);
    const SecureBytes value = base.value();
    return session_key_from(profile, cipher, derive_material(cipher, hash, value, size), salt,
                            value);
}

} // namespace capishim::csp
