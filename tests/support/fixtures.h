// SPDX-License-Identifier: BSD-2-Clause
// Contexts, keys and hashes that tests start from; each gives back what it made.
#pragma once

#include "support/checks.h"
#include "support/hex.h"

#include <cstring>
#include <string>
#include <vector>

namespace capishim_test {

using ByteVector = std::vector<BYTE>;

/// Without RAII for the keys: most tests want to see the API's own rules.
struct VerifyContext {
    explicit VerifyContext(DWORD type = PROV_RSA_AES)
    {
        REQUIRE_SUCCEEDS(
            CryptAcquireContextA(&provider, nullptr, nullptr, type, CRYPT_VERIFYCONTEXT));
    }
    ~VerifyContext()
    {
        if (provider)
            CryptReleaseContext(provider, 0);
    }

    HCRYPTPROV provider = 0;

    HCRYPTKEY make_key(ALG_ID algorithm = CALG_AES_256, DWORD flags = CRYPT_EXPORTABLE) const
    {
        HCRYPTKEY key = 0;
        REQUIRE_SUCCEEDS(CryptGenKey(provider, algorithm, flags, &key));
        return key;
    }

    HCRYPTHASH make_hash(ALG_ID algorithm = CALG_SHA1) const
    {
        HCRYPTHASH hash = 0;
        REQUIRE_SUCCEEDS(CryptCreateHash(provider, algorithm, 0, 0, &hash));
        return hash;
    }

    void release()
    {
        REQUIRE_SUCCEEDS(CryptReleaseContext(provider, 0));
        provider = 0;
    }
};

inline ByteVector bytes_of(const std::string& text)
{
    return {text.begin(), text.end()};
}

/// HP_HASHVAL.
inline ByteVector value_of(HCRYPTHASH hash)
{
    ByteVector value(64);
    DWORD size = static_cast<DWORD>(value.size());
    REQUIRE_SUCCEEDS(CryptGetHashParam(hash, HP_HASHVAL, value.data(), &size, 0));
    value.resize(size);
    return value;
}

/// One whole message.
inline ByteVector encrypted(HCRYPTKEY key, ByteVector message)
{
    DWORD size = static_cast<DWORD>(message.size());
    const DWORD length = size;
    REQUIRE_SUCCEEDS(CryptEncrypt(key, 0, TRUE, 0, nullptr, &size, 0));
    message.resize(size);
    DWORD used = length;
    REQUIRE_SUCCEEDS(CryptEncrypt(key, 0, TRUE, 0, message.data(), &used, size));
    message.resize(used);
    return message;
}

inline ByteVector exported(HCRYPTKEY key, DWORD type, HCRYPTKEY export_key = 0, DWORD flags = 0)
{
    DWORD size = 0;
    REQUIRE_SUCCEEDS(CryptExportKey(key, export_key, type, flags, nullptr, &size));
    ByteVector blob(size);
    REQUIRE_SUCCEEDS(CryptExportKey(key, export_key, type, flags, blob.data(), &size));
    blob.resize(size);
    return blob;
}

} // namespace capishim_test
