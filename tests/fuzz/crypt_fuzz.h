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
    {MS_DEF_RSA_SCHANNEL_PROV_A, PROV_RSA_SCHANNEL},
    {MS_DEF_DSS_PROV_A, PROV_DSS},
    {MS_DEF_DSS_DH_PROV_A, PROV_DSS_DH},
    {MS_ENH_DSS_DH_PROV_A, PROV_DSS_DH},
    {MS_DEF_DH_SCHANNEL_PROV_A, PROV_DH_SCHANNEL},
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

inline void append_number(Bytes& bytes, DWORD number)
{
    for (int shift = 0; shift < 32; shift += 8)
        bytes.push_back(static_cast<BYTE>(number >> shift));
}

inline void append(Bytes& bytes, const Bytes& tail)
{
    bytes.insert(bytes.end(), tail.begin(), tail.end());
}

inline Bytes plaintext_blob(ALG_ID algorithm, DWORD size)
{
    Bytes blob = {PLAINTEXTKEYBLOB, CUR_BLOB_VERSION, 0, 0};
    append_number(blob, algorithm);
    append_number(blob, size);
    for (DWORD i = 0; i < size; ++i)
        blob.push_back(static_cast<BYTE>(i * 29 + 1));
    return blob;
}

/// The example of FIPS 186, little-endian: a group of 512 bits, which serves DSS and DH.
struct Group {
    Bytes p = from_hex("9102c831ee3607ecc22437f8fb3d6949ac7aab32acade9c2af0e21b7c52f76d0"
                       "e582780d4f32b8cbf70c8dfb3ad8c0eacb6968b09b75253daa76224994a4f28d");
    Bytes q = from_hex("5f91ceda8ef430ed2d4f3b99eec87e738c2173c7");
    Bytes g = from_hex("0288d7e653af72c58c084b466f9f2ec49c5c922195b7e558bfba24fae59dcb71"
                       "2e2cce99f310ff3bcbef6c9522559d2900b54c5ba5633141130aea3978026d62");
    Bytes x = from_hex("1406268b493b2e7bfc0f1cde2f37ba3d22b37020");

    Bytes dss_blob() const
    {
        return joined({PRIVATEKEYBLOB, CUR_BLOB_VERSION, 0, 0}, CALG_DSS_SIGN, "DSS2",
                      {p, q, g, x, Bytes(24, 0xFF)});
    }
    Bytes dh_blob(ALG_ID algorithm) const
    {
        Bytes secret = x;
        secret.resize(p.size());
        return joined({PRIVATEKEYBLOB, CUR_BLOB_VERSION, 0, 0}, algorithm, std::string("\0DH2", 4),
                      {p, g, secret});
    }

  private:
    static Bytes joined(Bytes blob, ALG_ID algorithm, const std::string& magic,
                        const std::vector<Bytes>& numbers)
    {
        append_number(blob, algorithm);
        append(blob, Bytes(magic.begin(), magic.end()));
        append_number(blob, 512);
        for (const Bytes& number : numbers)
            append(blob, number);
        return blob;
    }
};

/// A session key with these bytes, or when `size` is 0 what the algorithm has else: a pair, a
/// master key, a key that two have agreed on; `begun` is a pair that waits for its group.
struct KeyRow {
    ALG_ID algorithm;
    DWORD size;
    bool begun = false;
};
inline const KeyRow key_rows[] = {
    {CALG_RC4, 5},           {CALG_RC4, 7},
    {CALG_RC4, 16},          {CALG_RC2, 5},
    {CALG_RC2, 7},           {CALG_RC2, 16},
    {CALG_DES, 8},           {CALG_3DES_112, 16},
    {CALG_3DES, 24},         {CALG_AES_128, 16},
    {CALG_AES_192, 24},      {CALG_AES_256, 32},
    {CALG_RSA_KEYX, 0},      {CALG_RSA_SIGN, 0},
    {CALG_DSS_SIGN, 0},      {CALG_DH_SF, 0},
    {CALG_DH_EPHEM, 0},      {CALG_SSL2_MASTER, 0},
    {CALG_SSL3_MASTER, 0},   {CALG_TLS1_MASTER, 0},
    {CALG_AGREEDKEY_ANY, 0}, {CALG_DSS_SIGN, 0, true},
    {CALG_DH_SF, 0, true},   {CALG_DH_EPHEM, 0, true},
};

/// What CryptExportKey gives; empty when it gives nothing.
inline Bytes exported(HCRYPTKEY key, DWORD type, HCRYPTKEY under = 0, DWORD flags = 0)
{
    DWORD size = 0;
    if (!CryptExportKey(key, under, type, flags, nullptr, &size))
        return {};
    Bytes blob(size);
    must(CryptExportKey(key, under, type, flags, blob.data(), &size) && size <= blob.size(),
         "an export has room in what its size query says");
    blob.resize(size);
    return blob;
}

inline HCRYPTKEY generated(HCRYPTPROV context, ALG_ID algorithm, DWORD flags)
{
    HCRYPTKEY key = 0;
    return CryptGenKey(context, algorithm, flags | CRYPT_EXPORTABLE, &key) ? key : 0;
}

inline HCRYPTKEY agreed_key(HCRYPTPROV context)
{
    const HCRYPTKEY own = import(context, Group().dh_blob(CALG_DH_SF), 0, CRYPT_EXPORTABLE);
    return import(context, exported(own, PUBLICKEYBLOB), own, CRYPT_EXPORTABLE);
}

inline HCRYPTKEY make_rsa_pair(HCRYPTPROV context, ALG_ID algorithm)
{
    Bytes blob = from_hex(capishim_test::interop_private_blob);
    blob[5] = static_cast<BYTE>(algorithm >> 8);
    return import(context, blob, 0, CRYPT_EXPORTABLE);
}

/// @return 0 when the provider has no such key
inline HCRYPTKEY make_key(HCRYPTPROV context, const KeyRow& row)
{
    if (row.size != 0)
        return import(context, plaintext_blob(row.algorithm, row.size), 0, CRYPT_EXPORTABLE);
    if (row.begun)
        return generated(context, row.algorithm, 512 << 16 | CRYPT_PREGEN);
    switch (row.algorithm) {
    case CALG_RSA_KEYX:
    case CALG_RSA_SIGN:
        return make_rsa_pair(context, row.algorithm);
    case CALG_DSS_SIGN:
        return import(context, Group().dss_blob(), 0, CRYPT_EXPORTABLE);
    case CALG_DH_SF:
    case CALG_DH_EPHEM:
        return import(context, Group().dh_blob(row.algorithm), 0, CRYPT_EXPORTABLE);
    case CALG_AGREEDKEY_ANY:
        return agreed_key(context);
    default:
        return generated(context, row.algorithm, 0);
    }
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
