// SPDX-License-Identifier: BSD-2-Clause
// CryptImportKey with any blob. Input: provider, key to open it with, flags, the blob. A key that
// was taken tells its parameters, comes back by its own blobs, encrypts and signs; one that was
// agreed on becomes a key of each kind.
#include "crypt_fuzz.h"

namespace {

using namespace fuzz;

constexpr DWORD flag_bits[] = {CRYPT_EXPORTABLE, CRYPT_USER_PROTECTED, CRYPT_NO_SALT, CRYPT_OAEP,
                               CRYPT_IPSEC_HMAC_KEY};

DWORD flags_of(BYTE chosen)
{
    DWORD flags = 0;
    for (std::size_t i = 0; i < std::size(flag_bits); ++i)
        if (chosen & 1U << i)
            flags |= flag_bits[i];
    return flags;
}

/// The key that the blob is opened with: none, a public key, or any of the table.
HCRYPTKEY opener(HCRYPTPROV context, BYTE chosen)
{
    if (chosen == 0)
        return 0;
    if (chosen == 1)
        return import(context, exported(make_key(context, {CALG_RSA_KEYX, 0}), PUBLICKEYBLOB));
    return make_key(context, key_rows[(chosen - 2U) % std::size(key_rows)]);
}

void check_exports(HCRYPTPROV context, HCRYPTKEY key, HCRYPTKEY pair)
{
    const struct {
        DWORD type;
        HCRYPTKEY under;
        DWORD flags = 0;
    } blobs[] = {
        {PLAINTEXTKEYBLOB, 0},
        {PUBLICKEYBLOB, 0},
        {PRIVATEKEYBLOB, 0},
        {SIMPLEBLOB, pair},
        {OPAQUEKEYBLOB, 0},
        {PUBLICKEYBLOB, 0, CRYPT_BLOB_VER3},
        {PRIVATEKEYBLOB, 0, CRYPT_BLOB_VER3},
    };
    for (const auto& blob : blobs) {
        const Bytes bytes = exported(key, blob.type, blob.under, blob.flags);
        if (bytes.empty())
            continue;
        const HCRYPTKEY back = import(context, bytes, blob.under, CRYPT_EXPORTABLE);
        if (back == 0 || blob.type == SIMPLEBLOB || blob.type == OPAQUEKEYBLOB)
            continue; // random padding, random nonce
        must(exported(back, blob.type, 0, blob.flags) == bytes, "a blob comes back as it went");
    }
}

/// What comes of a public key under one's own pair.
void finish_agreed(HCRYPTKEY agreed)
{
    for (const ALG_ID algorithm : {CALG_RC4, CALG_3DES, CALG_TLS1_MASTER}) {
        HCRYPTKEY key = 0;
        if (!CryptDuplicateKey(agreed, nullptr, 0, &key) ||
            !CryptSetKeyParam(key, KP_ALGID, reinterpret_cast<const BYTE*>(&algorithm), 0))
            continue;
        read_params(key);
        check_round_trip(key, {1, 2, 3, 4, 5});
    }
}

void sign(HCRYPTPROV context)
{
    for (const DWORD spec : {AT_KEYEXCHANGE, AT_SIGNATURE}) {
        HCRYPTHASH hash = 0;
        BYTE signature[2100];
        DWORD size = sizeof signature;
        if (CryptCreateHash(context, CALG_SHA1, 0, 0, &hash))
            CryptSignHashA(hash, spec, nullptr, 0, signature, &size);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Input input(data, size);
    const Context context(input.pick(providers));
    const HCRYPTKEY pair = make_key(context, {CALG_RSA_KEYX, 0});
    const HCRYPTKEY under = opener(context, input.byte());
    const DWORD flags = flags_of(input.byte());
    const HCRYPTKEY key = import(context, input.all(), under, flags);
    if (key == 0)
        return 0;
    read_params(key);
    check_exports(context, key, pair);
    check_round_trip(key, {1, 2, 3, 4, 5});
    finish_agreed(key);
    sign(context);
    return 0;
}
