// SPDX-License-Identifier: BSD-2-Clause
// CryptExportKey: cryptoapi.md 1.15 and section 4.
#include "base/row.h"
#include "csp/blobs.h"
#include "csp/context.h"
#include "csp/key.h"
#include "csp/key_wrap.h"
#include "csp/opaque_key.h"
#include "csp/pre_master.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

struct ExportRow {
    std::uint32_t blob_type;
    std::uint32_t flags; // that make sense with it
    void (*write)(Key& key, Key* export_key, std::uint32_t flags, OutBuffer& out);
};

void require_session(const Key& key)
{
    require(key.is_session_key(), Fault::bad_type); // U-41
}

void require_pair(const Key& key)
{
    require(key.is_pair(), Fault::bad_type);
}

/// The receiver's exchange key (observed.md: a pair's own handle does).
void check_receiver(Key& key, Key* receiver)
{
    require(receiver != nullptr && receiver->is_pair(), Fault::no_key); // U-42
    require(same_provider(key.context(), receiver->context()), Fault::bad_key);
    require(receiver->algorithm_id() == CALG_RSA_KEYX, Fault::bad_key); // U-132
}

Bytes seal(Key& receiver, ByteView secret, std::uint32_t flags)
{
    const engine::RsaKey& rsa = *receiver.pair()->numbers->rsa();
    if (flags & CRYPT_OAEP) // U-100: the key in its natural order here too
        return rsa.encrypt_oaep(secret, engine::HashId::sha1, receiver.oaep_label());
    return flags & CRYPT_SSL2_FALLBACK ? seal_fallback(rsa, secret) : rsa.encrypt_pkcs1(secret);
}

/// Session keys and master keys.
void export_simple(Key& key, Key* receiver, std::uint32_t flags, OutBuffer& out)
{
    const MasterKey* const master = key.master();
    if (!master)
        require_session(key);
    require(master || (flags & CRYPT_SSL2_FALLBACK) == 0, Fault::bad_flags);
    require((flags & (CRYPT_SSL2_FALLBACK | CRYPT_OAEP)) != (CRYPT_SSL2_FALLBACK | CRYPT_OAEP),
            Fault::bad_flags);
    check_receiver(key, receiver);
    require(key.exportable(), Fault::bad_key_state);
    receiver->require_container();
    if (!out.offer(session_blob_offset + receiver->pair()->numbers->rsa()->size()))
        return;
    const ByteView secret = master ? master->pre_master() : key.session()->material();
    out.write(write_session_blob({SIMPLEBLOB, 2, 0, key.algorithm_id()}, CALG_RSA_KEYX,
                                 reversed(seal(*receiver, secret, flags))));
}

/// @throws Fault::bad_flags   RSA's blobs have no version 3
std::uint8_t blob_version(const PairNumbers& numbers, std::uint32_t flags)
{
    if ((flags & CRYPT_BLOB_VER3) == 0)
        return CUR_BLOB_VERSION;
    require(numbers.highest_version() == 3, Fault::bad_flags);
    return 3;
}

void export_public(Key& key, Key* export_key, std::uint32_t flags, OutBuffer& out)
{
    require_pair(key);
    require(export_key == nullptr || export_key->is_pair(), Fault::bad_public_key); // U-43
    key.require_container();
    const PairNumbers& numbers = *key.pair()->numbers;
    out.write(numbers.public_blob(key.algorithm_id(), blob_version(numbers, flags)));
}

/// U-98: all that follows the BLOBHEADER is one final section, on a copy of the key (U-44).
SecureBytes encrypt_private_blob(Key& key, ByteView blob)
{
    const std::shared_ptr<Key> copy = key.duplicate();
    const ByteView plaintext = blob.subspan(blob_header_size);
    auto size = static_cast<std::uint32_t>(plaintext.size());
    copy->encrypt(nullptr, true, 0, nullptr, &size, 0);
    SecureBytes encrypted = secure_copy(blob);
    encrypted.resize(blob_header_size + size);
    const std::uint32_t capacity = size;
    size = static_cast<std::uint32_t>(plaintext.size());
    copy->encrypt(nullptr, true, 0, encrypted.data() + blob_header_size, &size, capacity);
    return encrypted;
}

void export_private(Key& key, Key* export_key, std::uint32_t flags, OutBuffer& out)
{
    require_pair(key);
    require(export_key == nullptr || (export_key->is_session_key() &&
                                      same_provider(key.context(), export_key->context())),
            Fault::bad_key);
    const PairNumbers& numbers = *key.pair()->numbers;
    require(numbers.has_private() && key.exportable(), Fault::bad_key_state); // U-45
    key.require_private();
    const SecureBytes blob = numbers.private_blob(key.algorithm_id(), blob_version(numbers, flags));
    if (export_key)
        out.write(encrypt_private_blob(*export_key, blob));
    else
        out.write(blob);
}

void export_plaintext(Key& key, Key* export_key, std::uint32_t, OutBuffer& out)
{
    require_session(key);
    require(export_key == nullptr, Fault::bad_key);
    require(key.exportable(), Fault::bad_key_state);
    const ByteView material = key.session()->material();
    out.write(write_session_blob({PLAINTEXTKEYBLOB, 2, 0, key.algorithm_id()},
                                 static_cast<std::uint32_t>(material.size()), material));
}

void export_opaque(Key& key, Key* export_key, std::uint32_t, OutBuffer& out)
{
    require(!key.is_pair(), Fault::bad_type);
    require(export_key == nullptr, Fault::bad_key);
    require(key.exportable(), Fault::bad_key_state); // U-111
    const std::shared_ptr<Key> copy = key.duplicate();
    out.write(write_opaque_key(key.context().profile(), key.algorithm_id(),
                               {copy->body(), copy->permissions()}));
}

/// The key that is to wrap another. @throws Fault::no_key   none; Fault::bad_key   no such key
void check_wrapping(Key& key, Key* wrapping)
{
    require(wrapping != nullptr, Fault::no_key);
    require(same_provider(key.context(), wrapping->context()), Fault::bad_key);
    require(wrapping->is_session_key() && can_wrap(wrapping->algorithm_id()), Fault::bad_key);
}

void export_wrapped(Key& key, Key* wrapping, std::uint32_t, OutBuffer& out)
{
    require_session(key);
    check_wrapping(key, wrapping);
    require(key.exportable(), Fault::bad_key_state);
    const std::shared_ptr<Key> copy = wrapping->duplicate(); // U-44
    const SessionKey& session = *copy->session();
    if (!out.offer(session_blob_offset + wrapped_size(session, *key.session())))
        return;
    out.write(write_session_blob({SYMMETRICWRAPKEYBLOB, 2, 0, key.algorithm_id()},
                                 wrapping->algorithm_id(), wrap(session, *key.session())));
}

constexpr ExportRow table[] = {
    {SIMPLEBLOB, CRYPT_Y_ONLY | CRYPT_SSL2_FALLBACK | CRYPT_OAEP, export_simple},
    {PUBLICKEYBLOB, CRYPT_Y_ONLY | CRYPT_BLOB_VER3, export_public},
    {PRIVATEKEYBLOB, CRYPT_Y_ONLY | CRYPT_BLOB_VER3, export_private},
    {PLAINTEXTKEYBLOB, CRYPT_Y_ONLY, export_plaintext},
    {OPAQUEKEYBLOB, CRYPT_Y_ONLY | CRYPT_DESTROYKEY, export_opaque}, // destroyed at the rim
    {SYMMETRICWRAPKEYBLOB, CRYPT_Y_ONLY, export_wrapped},
};
static_assert(sorted_by(table, &ExportRow::blob_type));

constexpr std::uint32_t defined_flags =
    CRYPT_Y_ONLY | CRYPT_SSL2_FALLBACK | CRYPT_DESTROYKEY | CRYPT_OAEP | CRYPT_BLOB_VER3;

} // namespace

void Key::export_key(Key* export_key, std::uint32_t blob_type, std::uint32_t flags, OutBuffer& out)
{
    require((flags & ~defined_flags) == 0, Fault::bad_flags);
    const ExportRow* const row = find_row(table, &ExportRow::blob_type, blob_type);
    require(row != nullptr, Fault::bad_type);
    require((flags & ~row->flags) == 0, Fault::bad_flags);
    require_complete();
    if (export_key)
        export_key->require_complete();
    row->write(*this, export_key, flags, out);
}

} // namespace capishim::csp
