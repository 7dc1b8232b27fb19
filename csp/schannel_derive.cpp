// SPDX-License-Identifier: BSD-2-Clause
#include "csp/schannel_derive.h"

#include "csp/context.h"
#include "csp/derive.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

constexpr std::size_t expanded_key_size = 16; // RC2's and RC4's in exportable suites

cng::SslSuite suite_of(const Handshake& handshake, const CipherRow& cipher)
{
    const SchannelAlgorithm& asked = *handshake.cipher;
    const std::size_t asked_size = asked.bits / 8;
    const std::size_t full_size = cipher.key_bytes != 0 ? cipher.key_bytes : asked_size;
    cng::SslSuite suite = {};
    suite.mac_size = handshake.mac->bits / 8;
    suite.material_size = asked.exportable ? asked_size : full_size;
    suite.key_size = asked.exportable && cipher.key_bytes == 0 ? expanded_key_size : full_size;
    suite.iv_size = cipher.block_bytes;
    suite.exportable = asked.exportable;
    return suite;
}

SessionKey write_key(const Profile& profile, const CipherRow& cipher, cng::SslWriteKeys keys,
                     std::uint32_t flags)
{
    if (cipher.parity)
        set_odd_parity(keys.key); // U-117
    const std::size_t size = keys.key.size();
    const SaltPlan plan = plan_salt(profile, cipher, size, salt_choice(flags & CRYPT_NO_SALT));
    SessionKey session(cipher, std::move(keys.key), SecureBytes(plan.size),
                       initial_effective_bits(profile, cipher, size));
    if (!cipher.is_stream())
        session.set_iv(keys.iv);
    return session;
}

} // namespace

bool is_schannel_key(std::uint32_t algorithm_id) noexcept
{
    return algorithm_id == CALG_SCHANNEL_ENC_KEY || algorithm_id == CALG_SCHANNEL_MAC_KEY;
}

std::shared_ptr<Key> derive_schannel_key(const std::shared_ptr<Context>& context,
                                         std::uint32_t algorithm_id, const Handshake& handshake,
                                         std::uint32_t flags)
{
    require(handshake.cipher && handshake.mac, Fault::bad_flags);
    const Profile& profile = context->profile();
    const CipherRow& cipher = require_cipher(profile, handshake.cipher->id);
    cng::SslWriteKeys keys =
        cng::ssl_write_keys(handshake.protocol, handshake.master_secret, handshake.randoms,
                            suite_of(handshake, cipher), (flags & CRYPT_SERVER) != 0);
    const std::uint32_t permissions = initial_permissions(flags);
    if (algorithm_id == CALG_SCHANNEL_MAC_KEY)
        return std::make_shared<Key>(context, algorithm_id, MacKey{std::move(keys.mac)},
                                     permissions);
    return std::make_shared<Key>(context, cipher.id,
                                 write_key(profile, cipher, std::move(keys), flags), permissions);
}

} // namespace capishim::csp
