// SPDX-License-Identifier: BSD-2-Clause
// Hashes: cryptoapi.md 3 and 7.2.
#include "csp/hash_algorithms.h"

#include "base/fault.h"
#include "base/row.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

using engine::HashId;

constexpr HashRow table[] = {
    {CALG_SCHANNEL_MASTER_HASH, HashKind::schannel_master, {}, {}, 0, 0},
    {CALG_MD2, HashKind::plain, "MD2", HashId::md2, 0, 16},
    {CALG_MD4, HashKind::plain, "MD4", HashId::md4, 0, 16},
    {CALG_MD5, HashKind::plain, "MD5", HashId::md5, 0, 16},
    {CALG_SHA1, HashKind::plain, "SHA1", HashId::sha1, 0x33, 20},
    {CALG_MAC, HashKind::mac, {}, {}, 0, 0},
    {CALG_SSL3_SHAMD5, HashKind::ssl3_shamd5, {}, {}, 0, 36},
    {CALG_HMAC, HashKind::hmac, {}, {}, 0, 0},
    {CALG_TLS1PRF, HashKind::tls1_prf, {}, {}, 0, 12}, // U-147: verify_data's size, when asked
    {CALG_SHA_256, HashKind::plain, "SHA256", HashId::sha256, 0x34, 32},
    {CALG_SHA_384, HashKind::plain, "SHA384", HashId::sha384, 0x36, 48},
    {CALG_SHA_512, HashKind::plain, "SHA512", HashId::sha512, 0x35, 64},
};
static_assert(sorted_by(table, &HashRow::id));

} // namespace

const HashRow* find_hash(const Profile& profile, std::uint32_t algorithm_id) noexcept
{
    return profile.find(algorithm_id) ? find_row(table, &HashRow::id, algorithm_id) : nullptr;
}

const HashRow& require_hash(const Profile& profile, std::uint32_t algorithm_id)
{
    const HashRow* const hash = find_hash(profile, algorithm_id);
    require(hash != nullptr, Fault::bad_algorithm);
    return *hash;
}

} // namespace capishim::csp
