// SPDX-License-Identifier: BSD-2-Clause
// CryptImportKey: cryptoapi.md 1.16 and section 4. Every length in a blob is the sender's word
// only.
#include "base/row.h"
#include "cng/rsa_blobs.h"
#include "csp/blobs.h"
#include "csp/context.h"
#include "csp/derive.h"
#include "csp/key.h"
#include "csp/key_wrap.h"
#include "csp/opaque_key.h"
#include "csp/pairs.h"
#include "csp/pre_master.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

constexpr std::uint32_t known_flags =
    CRYPT_EXPORTABLE | CRYPT_USER_PROTECTED | CRYPT_NO_SALT | CRYPT_OAEP | CRYPT_IPSEC_HMAC_KEY;
constexpr std::size_t min_rsa_bits = 384, max_rsa_bits = 16384; // U-76

/// One CryptImportKey on its way.
struct Import {
    Context& context;
    std::shared_ptr<Context> owner;
    ByteView blob;
    BlobHeader header;
    Key* import_key; // null for 0
    std::uint32_t flags;

    ByteView body() const { return blob.subspan(blob_header_size); }
};

std::shared_ptr<Key> make_session_key(const Import& import, const CipherRow& cipher,
                                      SecureBytes material)
{
    const Profile& profile = import.context.profile();
    const std::size_t size = material.size();
    const SaltChoice salt = salt_choice(import.flags & CRYPT_NO_SALT);
    const SaltPlan plan = plan_salt(profile, cipher, size, salt);
    SessionKey session(cipher, std::move(material), SecureBytes(plan.size),
                       initial_effective_bits(profile, cipher, size));
    return std::make_shared<Key>(import.owner, cipher.id, std::move(session),
                                 initial_permissions(import.flags & CRYPT_EXPORTABLE));
}

// ---- SIMPLEBLOB --------------------------------------------------------------------------------

/// U-49: the pair whose handle was given, or the container's exchange pair.
PairKey opening_pair(const Import& import)
{
    if (!import.import_key) {
        ContainerPair pair = require_private_pair(import.context, KeySpec::exchange);
        return {std::move(pair.rsa)};
    }
    Key& key = *import.import_key;
    require(key.is_pair() && key.algorithm_id() == CALG_RSA_KEYX, Fault::bad_key);
    key.require_private();
    return {key.pair()->rsa, {}, false, key.oaep_label()};
}

/// What SIMPLEBLOB's RSA block holds.
struct Envelope {
    PairKey pair;
    Bytes ciphertext; // big-endian

    SecureBytes open_oaep() const
    {
        return pair.rsa->decrypt_oaep(ciphertext, engine::HashId::sha1, pair.oaep_label);
    }
};

Envelope read_envelope(const Import& import)
{
    LittleEndianReader reader(import.body());
    require(reader.u32() == CALG_RSA_KEYX, Fault::bad_algorithm);
    PairKey pair = opening_pair(import);
    // observed.md: bytes after the blob are ignored
    Bytes ciphertext = reversed(reader.bytes(pair.rsa->size()));
    return {std::move(pair), std::move(ciphertext)};
}

/// 8.4 item 2.
std::shared_ptr<Key> import_master(const Import& import, const MasterRow& row)
{
    const Envelope envelope = read_envelope(import);
    const bool refuse_fallback = (import.flags & CRYPT_SSL2_FALLBACK) != 0;
    SecureBytes secret =
        import.flags & CRYPT_OAEP
            ? envelope.open_oaep()
            : open_pre_master(row, *envelope.pair.rsa, envelope.ciphertext, refuse_fallback);
    const AlgorithmLimits& limits = *import.context.profile().find(row.id);
    require(secret.size() * 8 >= limits.min_bits && secret.size() * 8 <= limits.max_bits,
            Fault::bad_data); // U-102
    return std::make_shared<Key>(import.owner, row.id, MasterKey(row, std::move(secret)),
                                 initial_permissions(import.flags & CRYPT_EXPORTABLE));
}

std::shared_ptr<Key> import_simple(const Import& import)
{
    const Profile& profile = import.context.profile();
    if (const MasterRow* const master = find_master(profile, import.header.algorithm_id))
        return import_master(import, *master);
    const CipherRow& cipher = require_cipher(profile, import.header.algorithm_id);
    const Envelope envelope = read_envelope(import);
    SecureBytes material = import.flags & CRYPT_OAEP
                               ? envelope.open_oaep()
                               : envelope.pair.rsa->decrypt_pkcs1(envelope.ciphertext);
    check_imported_size(profile, cipher, material.size(), KeyOrigin::exchanged);
    return make_session_key(import, cipher, std::move(material));
}

// ---- PLAINTEXTKEYBLOB --------------------------------------------------------------------------

/// U-79: CALG_AES says nothing of the length.
std::uint32_t sized_algorithm(std::uint32_t algorithm_id, std::uint32_t size)
{
    if (algorithm_id != CALG_AES)
        return algorithm_id;
    switch (size) {
    case 16:
        return CALG_AES_128;
    case 24:
        return CALG_AES_192;
    case 32:
        return CALG_AES_256;
    default:
        throw Error(Fault::bad_data);
    }
}

std::shared_ptr<Key> import_plaintext(const Import& import)
{
    require(import.import_key == nullptr, Fault::bad_key);
    const Profile& profile = import.context.profile();
    LittleEndianReader reader(import.body());
    const std::uint32_t size = reader.u32();
    const CipherRow& cipher =
        require_cipher(profile, sized_algorithm(import.header.algorithm_id, size));
    const ByteView material = reader.bytes(size);
    check_imported_size(profile, cipher, material.size(),
                        import.flags & CRYPT_IPSEC_HMAC_KEY ? KeyOrigin::hmac : KeyOrigin::plain);
    return make_session_key(import, cipher, secure_copy(material));
}

// ---- OPAQUEKEYBLOB -----------------------------------------------------------------------------

std::shared_ptr<Key> import_opaque(const Import& import)
{
    require(import.import_key == nullptr, Fault::bad_key);
    const std::uint32_t algorithm_id = import.header.algorithm_id;
    OpaqueKey key = read_opaque_key(import.context.profile(), algorithm_id, import.blob);
    return std::make_shared<Key>(import.owner, algorithm_id, std::move(key.body), key.permissions);
}

// ---- SYMMETRICWRAPKEYBLOB ----------------------------------------------------------------------

std::shared_ptr<Key> import_wrapped(const Import& import)
{
    require(import.import_key != nullptr, Fault::no_key);
    Key& wrapping = *import.import_key;
    require(wrapping.is_session_key() && can_wrap(wrapping.algorithm_id()), Fault::bad_key);
    const Profile& profile = import.context.profile();
    const CipherRow& cipher = require_cipher(profile, import.header.algorithm_id);
    LittleEndianReader reader(import.body());
    require(reader.u32() == wrapping.algorithm_id(), Fault::bad_algorithm);
    const std::shared_ptr<Key> copy = wrapping.duplicate(); // U-44
    SecureBytes material = unwrap(*copy->session(), cipher, reader.bytes(reader.remaining()));
    check_imported_size(profile, cipher, material.size(), KeyOrigin::exchanged);
    return make_session_key(import, cipher, std::move(material));
}

// ---- PUBLICKEYBLOB, PRIVATEKEYBLOB -------------------------------------------------------------

bool has_rsa(const Profile& profile)
{
    return profile.find(CALG_RSA_KEYX) != nullptr || profile.find(CALG_RSA_SIGN) != nullptr;
}

/// @throws Fault::bad_data   "the public-key algorithm is not supported", or the blob is damaged
cng::CapiRsaBlob read_rsa(const Import& import, ByteView blob)
{
    const std::uint32_t algorithm_id = import.header.algorithm_id;
    require(algorithm_id == CALG_RSA_KEYX || algorithm_id == CALG_RSA_SIGN, Fault::bad_data);
    require(has_rsa(import.context.profile()), Fault::bad_data);
    cng::CapiRsaBlob read = cng::read_capi_rsa_blob(blob);
    const std::size_t bits = read.key->bits();
    require(bits >= min_rsa_bits && bits <= max_rsa_bits, Fault::bad_data);
    return read;
}

std::shared_ptr<Key> import_public(const Import& import)
{
    require(import.import_key == nullptr, Fault::bad_key);
    cng::CapiRsaBlob read = read_rsa(import, import.blob);
    return std::make_shared<Key>(import.owner, read.algorithm_id, PairKey{std::move(read.key)},
                                 initial_permissions(import.flags & CRYPT_EXPORTABLE));
}

/// U-98, U-99: undoes encrypt_private_blob, on a copy of the key.
SecureBytes decrypt_private_blob(const Import& import)
{
    require(import.import_key->is_session_key(), Fault::bad_key);
    require(!import.body().empty(), Fault::bad_data);
    const std::shared_ptr<Key> copy = import.import_key->duplicate();
    SecureBytes blob = secure_copy(import.blob);
    auto size = static_cast<std::uint32_t>(import.body().size());
    copy->decrypt(nullptr, true, 0, blob.data() + blob_header_size, &size);
    blob.resize(blob_header_size + size);
    return blob;
}

std::shared_ptr<Key> import_private(const Import& import)
{
    const SecureBytes blob =
        import.import_key ? decrypt_private_blob(import) : secure_copy(import.blob);
    cng::CapiRsaBlob read = read_rsa(import, blob);
    require(read.key->has_private(), Fault::bad_data);
    // U-93: no signature pairs in SChannel; they verify other people's signatures all the same
    require(import.context.profile().find(read.algorithm_id) != nullptr, Fault::bad_data);
    const KeySpec spec = *key_spec_of(read.algorithm_id);
    store_pair(import.context, spec, read.algorithm_id, read.key, import.flags);
    const bool user_protected = (import.flags & CRYPT_USER_PROTECTED) != 0;
    return std::make_shared<Key>(import.owner, read.algorithm_id,
                                 PairKey{std::move(read.key), spec, user_protected},
                                 initial_permissions(import.flags & CRYPT_EXPORTABLE));
}

struct ImportRow {
    std::uint8_t blob_type;
    std::shared_ptr<Key> (*read)(const Import& import);
};

constexpr ImportRow table[] = {
    {SIMPLEBLOB, import_simple},      {PUBLICKEYBLOB, import_public},
    {PRIVATEKEYBLOB, import_private}, {PLAINTEXTKEYBLOB, import_plaintext},
    {OPAQUEKEYBLOB, import_opaque},   {SYMMETRICWRAPKEYBLOB, import_wrapped},
};
static_assert(sorted_by(table, &ImportRow::blob_type));

/// There the bit of CRYPT_USER_PROTECTED is CRYPT_SSL2_FALLBACK's (U-101).
bool wraps_master(const Profile& profile, const BlobHeader& header)
{
    return header.type == SIMPLEBLOB && find_master(profile, header.algorithm_id) != nullptr;
}

} // namespace

std::shared_ptr<Key> Context::import_key(ByteView blob, const std::shared_ptr<Key>& import_key,
                                         std::uint32_t flags)
{
    require(blob.data() != nullptr, Fault::invalid_parameter);
    require(!import_key || same_provider(*this, import_key->context()), Fault::bad_key); // U-07
    require((flags & ~known_flags) == 0, Fault::bad_flags);
    LittleEndianReader reader(blob);
    const BlobHeader header = read_blob_header(reader);
    const ImportRow* const row = find_row(table, &ImportRow::blob_type, header.type);
    require(row != nullptr, Fault::bad_type);
    require(header.version == 2, Fault::bad_version);
    require((flags & CRYPT_USER_PROTECTED) == 0 || !silent() || wraps_master(profile(), header),
            Fault::silent_context);
    return row->read({*this, shared_from_this(), blob, header, import_key.get(), flags});
}

} // namespace capishim::csp
