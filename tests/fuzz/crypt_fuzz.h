// SPDX-License-Identifier: BSD-2-Clause
// What the fuzz targets of Crypt* have in common: contexts, keys to work with, and what any key
// must keep. Kept inputs hold places in the tables, so rows are added at the end only.
#pragma once

#include "fuzz.h"
#include "support/interop_keys.h"

#include <string>
#include <wincrypt.h>

namespace fuzz {

struct ProviderRow {
    const char* name;
    DWORD type;
};
inline const ProviderRow providers[] = {
    {MS_STRONG_PROV_A, PROV_RSA_FULL},
    {MS_DEF_PROV_A, PROV_RSA_FULL},
    {MS_ENHANCED_PROV_A, PROV_RSA_FULL},
    {MS_ENH_RSA_AES_PROV_A, PROV_RSA_AES},
};

inline Bytes from_hex(const std::string& digits)
{
    Bytes bytes;
    for (std::size_t i = 0; i < digits.size(); i += 2)
        bytes.push_back(static_cast<BYTE>(std::stoul(digits.substr(i, 2), nullptr, 16)));
    return bytes;
}

/// An ephemeral context; keys and hashes go with it.
struct Context {
    explicit Context(const ProviderRow& row)
    {
        must(CryptAcquireContextA(&value, nullptr, row.name, row.type, CRYPT_VERIFYCONTEXT),
             "an ephemeral context opens");
    }
    Context(const Context&) = delete;
    ~Context() { CryptReleaseContext(value, 0); }
    operator HCRYPTPROV() const { return value; }

    HCRYPTPROV value = 0;
};

/// @return 0 when the blob was not taken
inline HCRYPTKEY import(HCRYPTPROV context, const Bytes& blob, HCRYPTKEY under = 0, DWORD flags = 0)
{
    HCRYPTKEY key = 0;
    return CryptImportKey(context, blob.data(), size_of(blob), under, flags, &key) ? key : 0;
}

inline Bytes plaintext_blob(ALG_ID algorithm, DWORD size)
{
    Bytes blob = {PLAINTEXTKEYBLOB, CUR_BLOB_VERSION, 0, 0};
    for (const DWORD number : {DWORD{algorithm}, size})
        for (int shift = 0; shift < 32; shift += 8)
            blob.push_back(static_cast<BYTE>(number >> shift));
    for (DWORD i = 0; i < size; ++i)
        blob.push_back(static_cast<BYTE>(i * 29 + 1));
    return blob;
}

/// A session key with these bytes, or a pair when `size` is 0.
struct KeyRow {
    ALG_ID algorithm;
    DWORD size;
};
inline const KeyRow key_rows[] = {
    {CALG_RC4, 5},      {CALG_RC4, 7},      {CALG_RC4, 16},     {CALG_RC2, 5},
    {CALG_RC2, 7},      {CALG_RC2, 16},     {CALG_DES, 8},      {CALG_3DES_112, 16},
    {CALG_3DES, 24},    {CALG_AES_128, 16}, {CALG_AES_192, 24}, {CALG_AES_256, 32},
    {CALG_RSA_KEYX, 0}, {CALG_RSA_SIGN, 0},
};

/// @return 0 when the provider has no such key
inline HCRYPTKEY make_key(HCRYPTPROV context, const KeyRow& row)
{
    Bytes blob = row.size != 0 ? plaintext_blob(row.algorithm, row.size)
                               : from_hex(capishim_test::interop_private_blob);
    if (row.size == 0)
        blob[5] = static_cast<BYTE>(row.algorithm >> 8);
    return import(context, blob, 0, CRYPT_EXPORTABLE);
}

/// What CryptExportKey gives; empty when it gives nothing.
inline Bytes exported(HCRYPTKEY key, DWORD type, HCRYPTKEY under = 0)
{
    DWORD size = 0;
    if (!CryptExportKey(key, under, type, 0, nullptr, &size))
        return {};
    Bytes blob(size);
    must(CryptExportKey(key, under, type, 0, blob.data(), &size) && size <= blob.size(),
         "an export has room in what its size query says");
    blob.resize(size);
    return blob;
}

/// Asks every parameter; the answers don't matter.
inline void read_params(HCRYPTKEY key)
{
    for (DWORD param = 0; param < 50; ++param) {
        DWORD size = 0;
        if (!CryptGetKeyParam(key, param, nullptr, &size, 0))
            continue;
        Bytes value(size + 1);
        CryptGetKeyParam(key, param, value.data(), &size, 0);
        must(size < value.size(), "a parameter has room in what its size query says");
    }
}

/// What can be encrypted is decrypted by a copy of the key.
inline void check_round_trip(HCRYPTKEY key, const Bytes& text, DWORD flags = 0)
{
    HCRYPTKEY copy = 0;
    if (!CryptDuplicateKey(key, 0, 0, &copy))
        return;
    Bytes buffer = text;
    buffer.resize(text.size() + 2100); // RSA keys of 16384 bits
    DWORD size = size_of(text);
    DWORD wanted = size;
    const bool asked = CryptEncrypt(key, 0, TRUE, flags, nullptr, &wanted, 0);
    if (CryptEncrypt(key, 0, TRUE, flags, buffer.data(), &size, size_of(buffer))) {
        must(asked && size <= wanted, "a ciphertext has room in what its size query says");
        if (CryptDecrypt(copy, 0, TRUE, flags, buffer.data(), &size)) {
            buffer.resize(size);
            must(buffer == text, "decryption undoes encryption");
        }
    }
    CryptDestroyKey(copy);
}

} // namespace fuzz
