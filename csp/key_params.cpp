// SPDX-License-Identifier: BSD-2-Clause
// CryptGetKeyParam and CryptSetKeyParam: cryptoapi.md section 8 as a table. Look-ups of what never
// changes (algorithm, block and key length) take no lock and allocate nothing.
#include "base/row.h"
#include "csp/context.h"
#include "csp/data_blob.h"
#include "csp/derive.h"
#include "csp/key.h"
#include "csp/pairs.h"
#include "csp/schannel_params.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

constexpr std::size_t max_salt_size = 23; // observed.md: KP_SALT_EX, length

std::uint32_t read_u32(const std::uint8_t* data)
{
    return LittleEndianReader({data, 4}).u32();
}

// ---- What a parameter applies to: each gives the key's part or NTE_BAD_TYPE ---------------------

SessionKey& session_of(Key& key)
{
    SessionKey* const session = key.session();
    require(session != nullptr, Fault::bad_type);
    return *session;
}

SessionKey& salted_of(Key& key)
{
    SessionKey& session = session_of(key);
    require(session.cipher().salted, Fault::bad_type); // U-85
    return session;
}

SessionKey& rc2_of(Key& key)
{
    SessionKey& session = session_of(key);
    require(session.cipher().id == CALG_RC2, Fault::bad_type); // U-88
    return session;
}

PairKey& pair_of(Key& key)
{
    PairKey* const pair = key.pair();
    require(pair != nullptr, Fault::bad_type);
    return *pair;
}

PairKey& rsa_pair_of(Key& key)
{
    PairKey& pair = pair_of(key);
    require(pair.numbers->rsa() != nullptr, Fault::bad_type);
    return pair;
}

GroupView group_of(Key& key)
{
    const std::optional<GroupView> group = pair_of(key).numbers->group();
    require(group.has_value(), Fault::bad_type);
    return *group;
}

// ---- KP_ALGID, KP_BLOCKLEN, KP_KEYLEN ----------------------------------------------------------

void get_algorithm(Key& key, OutBuffer& out)
{
    out.write_u32(key.algorithm_id());
}

std::uint32_t modulus_bits(Key& key)
{
    return static_cast<std::uint32_t>(pair_of(key).numbers->bits());
}

void get_block_length(Key& key, OutBuffer& out)
{
    if (const SessionKey* const session = key.session())
        return out.write_u32(session->cipher().block_bytes * 8);
    require(pair_of(key).numbers->rsa() != nullptr, Fault::bad_type); // pairs without encryption
    out.write_u32(modulus_bits(key));
}

void get_key_length(Key& key, OutBuffer& out)
{
    if (key.is_pair())
        return out.write_u32(modulus_bits(key));
    const MasterKey* const master = key.master();
    if (master && master->row().fixed_size()) // whatever the agreed secret's length (8.2)
        return out.write_u32(8 * pre_master_size);
    const ByteView bytes = master ? master->pre_master() : *key.material();
    out.write_u32(static_cast<std::uint32_t>(bytes.size() * 8));
}

// ---- KP_PERMISSIONS ----------------------------------------------------------------------------

constexpr std::uint32_t defined_permissions = 0x1FF;

void get_permissions(Key& key, OutBuffer& out)
{
    out.write_u32(key.permissions());
}

/// U-156; for pairs observed.md: clearing EXPORT succeeds and changes nothing.
void set_permissions(Key& key, const std::uint8_t* data)
{
    require(key.master() == nullptr, Fault::bad_type); // 8.2 names session keys and pairs
    const std::uint32_t asked = read_u32(data);
    const std::lock_guard lock(key.mutex());
    const std::uint32_t now = key.permissions();
    require((asked & ~defined_permissions) == 0, Fault::bad_flags);
    require((asked & ~now & (CRYPT_EXPORT | CRYPT_ARCHIVE)) == 0, Fault::bad_flags);
    std::uint32_t kept = now & CRYPT_ARCHIVE;
    if (key.is_pair()) {
        require(key.context().profile().name != std::string_view(MS_DEF_PROV_A),
                Fault::bad_type); // 8.2
        kept |= now & CRYPT_EXPORT;
    }
    key.set_permissions(asked | kept);
}

// ---- KP_IV, KP_MODE, KP_MODE_BITS, KP_PADDING ---------------------------------------------------

void get_iv(Key& key, OutBuffer& out)
{
    SessionKey& session = session_of(key);
    const std::lock_guard lock(key.mutex());
    out.write(session.iv());
}

void set_iv(Key& key, const std::uint8_t* data)
{
    SessionKey& session = session_of(key);
    const std::lock_guard lock(key.mutex());
    session.set_iv({data, session.iv_size()});
}

void get_mode(Key& key, OutBuffer& out)
{
    SessionKey& session = session_of(key);
    const std::lock_guard lock(key.mutex());
    out.write_u32(session.mode());
}

/// 6.3; observed.md: KP_MODE = OFB.
void check_block_mode(const Profile& profile, std::uint32_t mode)
{
    require(mode >= CRYPT_MODE_CBC && mode <= CRYPT_MODE_CBCOFMI, Fault::bad_flags);
    require(mode == CRYPT_MODE_CBC || mode == CRYPT_MODE_ECB || mode == CRYPT_MODE_CFB,
            profile.mode_refusal);
}

void set_mode(Key& key, const std::uint8_t* data)
{
    SessionKey& session = session_of(key);
    const std::uint32_t mode = read_u32(data);
    if (session.cipher().is_stream())
        require(mode >= CRYPT_MODE_CBC && mode <= CRYPT_MODE_CTS, Fault::bad_flags); // U-157
    else
        check_block_mode(key.context().profile(), mode);
    const std::lock_guard lock(key.mutex());
    session.set_mode(mode);
}

void get_mode_bits(Key& key, OutBuffer& out)
{
    session_of(key);
    out.write_u32(8);
}

void set_mode_bits(Key& key, const std::uint8_t* data)
{
    session_of(key);
    require(read_u32(data) == 8, Fault::bad_flags); // U-126
}

void get_padding(Key& key, OutBuffer& out)
{
    session_of(key);
    out.write_u32(PKCS5_PADDING); // U-158
}

void set_padding(Key& key, const std::uint8_t* data)
{
    session_of(key);
    require(read_u32(data) == PKCS5_PADDING, Fault::bad_flags);
}

// ---- KP_SALT, KP_SALT_EX, KP_EFFECTIVE_KEYLEN ---------------------------------------------------

/// In the order in which the cipher takes it (U-171); nothing for keys without salts (U-86).
void get_salt(Key& key, OutBuffer& out)
{
    require(!key.is_pair(), Fault::not_found); // observed.md: KP_SALT get on an RSA pair
    const SessionKey& session = session_of(key);
    const std::lock_guard lock(key.mutex());
    out.write(session.salt());
}

/// observed.md: KP_SALT set makes 11 bytes in Base and Strong, and none in Enhanced.
void set_salt(Key& key, const std::uint8_t* data)
{
    SessionKey& session = salted_of(key);
    const bool takes_salt = key.context().profile().salt_rule == SaltRule::eleven_bytes;
    const std::lock_guard lock(key.mutex());
    session.set_salt(takes_salt ? secure_copy({data, default_salt_size}) : SecureBytes());
}

void set_salt_ex(Key& key, const std::uint8_t* data)
{
    SessionKey& session = salted_of(key);
    const ByteView salt = read_data_blob(data);
    require(salt.size() <= max_salt_size, Fault::bad_flags); // U-84's code
    const std::lock_guard lock(key.mutex());
    session.set_salt(secure_copy(salt));
}

void get_effective_bits(Key& key, OutBuffer& out)
{
    SessionKey& session = rc2_of(key);
    const std::lock_guard lock(key.mutex());
    out.write_u32(session.effective_bits());
}

/// observed.md: KP_EFFECTIVE_KEYLEN set, codes and values.
void set_effective_bits(Key& key, const std::uint8_t* data)
{
    SessionKey& session = rc2_of(key);
    const std::uint32_t bits = read_u32(data);
    require(bits >= 1 && bits <= key.context().profile().max_rc2_effective_bits, Fault::bad_data);
    const std::lock_guard lock(key.mutex());
    session.set_effective_bits(bits);
}

// ---- KP_P, KP_G, KP_Q, KP_VERIFY_PARAMS, KP_HIGHEST_VERSION
// --------------------------------------

/// A number as CryptoAPI stores it. @throws Fault::bad_type   it is not known
void write_number(ByteView number, OutBuffer& out)
{
    require(!number.empty(), Fault::bad_type);
    out.write(reversed(number));
}

void get_prime(Key& key, OutBuffer& out)
{
    write_number(group_of(key).prime, out);
}

void get_generator(Key& key, OutBuffer& out)
{
    write_number(group_of(key).generator, out);
}

void get_order(Key& key, OutBuffer& out)
{
    write_number(group_of(key).order, out);
}

/// No data: success says that the parameters are sound (U-163).
void verify_parameters(Key& key, OutBuffer& out)
{
    require(pair_of(key).numbers->verify_group(), Fault::internal);
    out.write({});
}

void get_highest_version(Key& key, OutBuffer& out)
{
    group_of(key);
    out.write_u32(pair_of(key).numbers->highest_version());
}

// ---- KP_OAEP_PARAMS, KP_CERTIFICATE, KP_KEYVAL --------------------------------------------------

void get_oaep_label(Key& key, OutBuffer& out)
{
    if (key.is_session_key())
        return out.write({}); // U-165
    rsa_pair_of(key);
    out.write(key.oaep_label());
}

void set_oaep_label(Key& key, const std::uint8_t* data)
{
    PairKey& pair = rsa_pair_of(key);
    const ByteView label = read_data_blob(data);
    const std::lock_guard lock(key.mutex());
    pair.oaep_label.assign(label.begin(), label.end());
}

/// The length of a DER object from its first bytes (U-167): no other length is at hand.
std::size_t der_size(const std::uint8_t* data)
{
    constexpr std::uint8_t sequence = 0x30;
    require(data[0] == sequence, Fault::bad_data);
    if (data[1] < 0x80)
        return 2U + data[1];
    const std::size_t count = data[1] & 0x7FU;
    require(count >= 1 && count <= 3, Fault::bad_data);
    std::size_t size = 0;
    for (std::size_t i = 0; i < count; ++i)
        size = size << 8 | data[2 + i];
    return 2 + count + size;
}

/// The container's record of the pair that the key is a handle to.
StoredPair record_of(Key& key)
{
    const PairKey& pair = pair_of(key);
    require(pair.numbers->dh() == nullptr, Fault::bad_type); // 8.2: of RSA and DSS pairs
    require(pair.container_spec.has_value(), Fault::not_found);
    std::optional<ContainerPair> stored = load_pair(key.context(), *pair.container_spec);
    require(stored && stored->numbers->same_key(*pair.numbers),
            Fault::not_found); // replaced meanwhile
    return std::move(stored->record);
}

void get_certificate(Key& key, OutBuffer& out)
{
    const StoredPair record = record_of(key);
    require(!record.certificate.empty(), Fault::not_found); // U-166
    out.write(record.certificate);
}

void set_certificate(Key& key, const std::uint8_t* data)
{
    StoredPair record = record_of(key);
    record.certificate.assign(data, data + der_size(data));
    key.context().pairs().save(*key.pair()->container_spec, record);
}

void get_key_value(Key&, OutBuffer&)
{
    throw Error(Fault::permission_denied); // U-168
}

// ---- The table ---------------------------------------------------------------------------------

struct ParamRow {
    std::uint32_t id;
    void (*get)(Key& key, OutBuffer& out);           // null: not readable
    void (*set)(Key& key, const std::uint8_t* data); // null: not settable
};

// What has no row is NTE_BAD_TYPE: KP_PUB_PARAMS (U-161), KP_GET_USE_COUNT (U-169), and what no
// provider uses (U-170).
constexpr ParamRow table[] = {
    {KP_IV, get_iv, set_iv},
    {KP_SALT, get_salt, set_salt},
    {KP_PADDING, get_padding, set_padding},
    {KP_MODE, get_mode, set_mode},
    {KP_MODE_BITS, get_mode_bits, set_mode_bits},
    {KP_PERMISSIONS, get_permissions, set_permissions},
    {KP_ALGID, get_algorithm, nullptr}, // U-155
    {KP_BLOCKLEN, get_block_length, nullptr},
    {KP_KEYLEN, get_key_length, nullptr},
    {KP_SALT_EX, nullptr, set_salt_ex}, // U-159
    {KP_P, get_prime, nullptr},         // unfinished_key.h sets these three
    {KP_G, get_generator, nullptr},
    {KP_Q, get_order, nullptr},
    {KP_EFFECTIVE_KEYLEN, get_effective_bits, set_effective_bits},
    {KP_SCHANNEL_ALG, nullptr, set_schannel_algorithm},
    {KP_CLIENT_RANDOM, nullptr, set_client_random},
    {KP_SERVER_RANDOM, nullptr, set_server_random},
    {KP_CERTIFICATE, get_certificate, set_certificate},
    {KP_CLEAR_KEY, nullptr, set_clear_key},
    {KP_KEYVAL, get_key_value, nullptr},
    {KP_OAEP_PARAMS, get_oaep_label, set_oaep_label},
    {KP_VERIFY_PARAMS, verify_parameters, nullptr},
    {KP_HIGHEST_VERSION, get_highest_version, nullptr},
};
static_assert(sorted_by(table, &ParamRow::id));

} // namespace

void Key::get_param(std::uint32_t param, OutBuffer& out)
{
    if (!complete())
        return get_unfinished_param(*this, param, out);
    const ParamRow* const row = find_row(table, &ParamRow::id, param);
    require(row != nullptr && row->get != nullptr, Fault::bad_type);
    require_permission(CRYPT_READ);
    row->get(*this, out);
}

void Key::set_param(std::uint32_t param, const std::uint8_t* data, std::uint32_t flags)
{
    require(data != nullptr || param == KP_X, Fault::invalid_parameter);
    require(flags == 0 || param == KP_ALGID, Fault::bad_flags);
    if (!complete())
        return set_unfinished_param(*this, param, data, flags);
    const ParamRow* const row = find_row(table, &ParamRow::id, param);
    require(row != nullptr && row->set != nullptr, Fault::bad_type);
    require_permission(CRYPT_WRITE);
    row->set(*this, data);
}

} // namespace capishim::csp
