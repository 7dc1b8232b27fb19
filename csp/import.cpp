// SPDX-License-Identifier: BSD-2-Clause
// CryptImportKey: cryptoapi.md 1.16 and section 4. Every length in a blob is the sender's word
// only, and one that lies is NTE_BAD_DATA (U-48).
#include "base/row.h"
#include "csp/blobs.h"
#include "csp/context.h"
#include "csp/derive.h"
#include "csp/dh_pair.h"
#include "csp/key.h"
#include "csp/key_wrap.h"
#include "csp/opaque_key.h"
#include "csp/pair_blobs.h"
#include "csp/pairs.h"
#include "csp/pre_master.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

constexpr std::uint32_t known_flags =
    CRYPT_EXPORTABLE | CRYPT_USER_PROTECTED | CRYPT_NO_SALT | CRYPT_OAEP | CRYPT_IPSEC_HMAC_KEY;

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
        return {std::move(pair.numbers)};
    }
    Key& key = *import.import_key;
    require(key.is_pair() && key.algorithm_id() == CALG_RSA_KEYX, Fault::bad_key);
    key.require_private();
    return {key.pair()->numbers, {}, false, key.oaep_label()};
}

/// What SIMPLEBLOB's RSA block holds.
struct Envelope {
    PairKey pair;
    Bytes ciphertext; // big-endian

    const engine::RsaKey& rsa() const { return *pair.numbers->rsa(); }
    SecureBytes open_oaep() const
    {
        return rsa().decrypt_oaep(ciphertext, engine::HashId::sha1, pair.oaep_label);
    }
};

Envelope read_envelope(const Import& import)
{
    LittleEndianReader reader(import.body());
    require(reader.u32() == CALG_RSA_KEYX && import.context.profile().find(CALG_RSA_KEYX),
            Fault::bad_algorithm);
    PairKey pair = opening_pair(import);
    // observed.md: bytes after the blob are ignored
    Bytes ciphertext = reversed(reader.bytes(pair.numbers->rsa()->size()));
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
            : open_pre_master(row, envelope.rsa(), envelope.ciphertext, refuse_fallback);
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
                               : envelope.rsa().decrypt_pkcs1(envelope.ciphertext);
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
    const CipherRow& cipher = // U-47
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

/// The lengths that may be imported, whatever may be made (2.3, U-76).
struct ImportLimits {
    std::uint32_t algorithm_id;
    std::size_t min_bits, max_bits;
};
constexpr ImportLimits import_limits[] = {
    {CALG_DSS_SIGN, 512, 1024}, {CALG_RSA_SIGN, 384, 16384}, {CALG_RSA_KEYX, 384, 16384},
    {CALG_DH_SF, 512, 4096},    {CALG_DH_EPHEM, 512, 4096},
};
static_assert(sorted_by(import_limits, &ImportLimits::algorithm_id));

/// Whether the provider can do something with public keys of that algorithm.
bool takes_pairs_of(const Profile& profile, std::uint32_t algorithm_id)
{
    if (algorithm_id == CALG_RSA_SIGN || algorithm_id == CALG_RSA_KEYX)
        return profile.find(CALG_RSA_KEYX) != nullptr || profile.find(CALG_RSA_SIGN) != nullptr;
    return profile.find(algorithm_id) != nullptr;
}

/// @throws Fault::bad_data   "the public-key algorithm is not supported", or the blob is damaged
PairBlob read_pair(const Import& import, ByteView blob)
{
    const std::uint32_t algorithm_id = import.header.algorithm_id;
    const ImportLimits* const limits =
        find_row(import_limits, &ImportLimits::algorithm_id, algorithm_id);
    require(limits != nullptr && takes_pairs_of(import.context.profile(), algorithm_id),
            Fault::bad_data);
    PairBlob read = read_pair_blob(blob);
    const std::size_t bits = read.numbers->bits();
    require(bits >= limits->min_bits && bits <= limits->max_bits, Fault::bad_data);
    return read;
}

/// 8.3 step 3: the other party's public key under one's own pair.
std::shared_ptr<Key> import_agreed(const Import& import, const DhPair& peer)
{
    Key& own = *import.import_key;
    require(own.is_pair() && own.pair()->numbers->dh() != nullptr, Fault::bad_key);
    own.require_private();
    AgreedKey agreed{own.pair()->numbers->dh()->agree(peer)};
    return std::make_shared<Key>(import.owner, CALG_AGREEDKEY_ANY, std::move(agreed),
                                 initial_permissions(import.flags & CRYPT_EXPORTABLE));
}

std::shared_ptr<Key> import_private(const Import& import);

std::shared_ptr<Key> import_public(const Import& import)
{
    if (!import.import_key) {
        PairBlob read = read_pair(import, import.blob);
        if (read.numbers->has_private()) // U-105
            return import_private(import);
        return std::make_shared<Key>(import.owner, read.algorithm_id,
                                     PairKey{std::move(read.numbers)},
                                     initial_permissions(import.flags & CRYPT_EXPORTABLE));
    }
    const std::uint32_t algorithm_id = import.header.algorithm_id;
    require(algorithm_id == CALG_DH_SF || algorithm_id == CALG_DH_EPHEM, Fault::bad_key);
    const PairBlob read = read_pair(import, import.blob);
    return import_agreed(import, *read.numbers->dh());
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
    PairBlob read = read_pair(import, blob);
    require(read.numbers->has_private(), Fault::bad_data);
    // U-93: no signature pairs in SChannel; they verify other people's signatures all the same
    const Profile& profile = import.context.profile();
    require(profile.find(read.algorithm_id) != nullptr, Fault::bad_data);
    const std::optional<KeySpec> spec = key_spec_of(profile, read.algorithm_id);
    if (spec) // U-29: pairs of CALG_DH_EPHEM have no place
        store_pair(import.context, *spec, read.algorithm_id, read.numbers, import.flags);
    const bool user_protected = (import.flags & CRYPT_USER_PROTECTED) != 0;
    return std::make_shared<Key>(import.owner, read.algorithm_id,
                                 PairKey{std::move(read.numbers), spec, user_protected},
                                 initial_permissions(import.flags & CRYPT_EXPORTABLE));
}

struct ImportRow {
    std::uint8_t blob_type;
    std::uint8_t highest_version;
    std::shared_ptr<Key> (*read)(const Import& import);
};

constexpr ImportRow table[] = {
    {SIMPLEBLOB, 2, import_simple},      {PUBLICKEYBLOB, 3, import_public},
    {PRIVATEKEYBLOB, 3, import_private}, {PLAINTEXTKEYBLOB, 2, import_plaintext},
    {OPAQUEKEYBLOB, 2, import_opaque},   {SYMMETRICWRAPKEYBLOB, 2, import_wrapped},
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
    require(header.version >= 2 && header.version <= row->highest_version, Fault::bad_version);
    if (import_key)
        import_key->require_complete();
    require((flags & CRYPT_USER_PROTECTED) == 0 || !silent() || wraps_master(profile(), header),
            Fault::silent_context);
    return row->read({*this, shared_from_this(), blob, header, import_key.get(), flags});
}

} // namespace capishim::csp
