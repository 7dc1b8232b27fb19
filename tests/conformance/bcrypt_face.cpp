// SPDX-License-Identifier: BSD-2-Clause
#include "faces.h"
#include "support/checks.h"

#include <map>

namespace capishim_test {
namespace {

LPCWSTR algorithm_id(const std::string& name)
{
    static const std::map<std::string, LPCWSTR> ids = {
        {"MD2", BCRYPT_MD2_ALGORITHM},           {"MD4", BCRYPT_MD4_ALGORITHM},
        {"MD5", BCRYPT_MD5_ALGORITHM},           {"SHA1", BCRYPT_SHA1_ALGORITHM},
        {"SHA256", BCRYPT_SHA256_ALGORITHM},     {"SHA384", BCRYPT_SHA384_ALGORITHM},
        {"SHA512", BCRYPT_SHA512_ALGORITHM},     {"AES", BCRYPT_AES_ALGORITHM},
        {"DES", BCRYPT_DES_ALGORITHM},           {"3DES", BCRYPT_3DES_ALGORITHM},
        {"3DES_112", BCRYPT_3DES_112_ALGORITHM}, {"RC2", BCRYPT_RC2_ALGORITHM},
        {"RC4", BCRYPT_RC4_ALGORITHM},           {"RSA", BCRYPT_RSA_ALGORITHM},
    };
    return ids.at(name);
}

PUCHAR data_of(const FaceBytes& bytes)
{
    return const_cast<PUCHAR>(bytes.data());
}

ULONG size_of(const FaceBytes& bytes)
{
    return static_cast<ULONG>(bytes.size());
}

/// Closes with the right function, whatever the test comes to.
template <class Handle, auto close>
struct Closing {
    Closing() = default;
    Closing(const Closing&) = delete;
    ~Closing()
    {
        if (handle)
            close(handle);
    }
    Handle handle = nullptr;
};

using Algorithm =
    Closing<BCRYPT_ALG_HANDLE, [](BCRYPT_ALG_HANDLE h) { BCryptCloseAlgorithmProvider(h, 0); }>;
using Key = Closing<BCRYPT_KEY_HANDLE, [](BCRYPT_KEY_HANDLE h) { BCryptDestroyKey(h); }>;
using Hash = Closing<BCRYPT_HASH_HANDLE, [](BCRYPT_HASH_HANDLE h) { BCryptDestroyHash(h); }>;

void open(Algorithm& algorithm, const std::string& name, ULONG flags = 0)
{
    REQUIRE_STATUS(
        BCryptOpenAlgorithmProvider(&algorithm.handle, algorithm_id(name), nullptr, flags),
        STATUS_SUCCESS);
}

FaceBytes finished(const std::string& name, const FaceBytes* key, const FaceBytes& data)
{
    Algorithm algorithm;
    Hash hash;
    ULONG size = 0, got = 0;
    open(algorithm, name, key ? BCRYPT_ALG_HANDLE_HMAC_FLAG : 0);
    REQUIRE_STATUS(BCryptGetProperty(algorithm.handle, BCRYPT_HASH_LENGTH,
                                     reinterpret_cast<PUCHAR>(&size), sizeof size, &got, 0),
                   STATUS_SUCCESS);
    REQUIRE_STATUS(BCryptCreateHash(algorithm.handle, &hash.handle, nullptr, 0,
                                    key ? data_of(*key) : nullptr, key ? size_of(*key) : 0, 0),
                   STATUS_SUCCESS);
    REQUIRE_STATUS(BCryptHashData(hash.handle, data_of(data), size_of(data), 0), STATUS_SUCCESS);
    FaceBytes value(size);
    REQUIRE_STATUS(BCryptFinishHash(hash.handle, value.data(), size, 0), STATUS_SUCCESS);
    return value;
}

void make_cipher_key(Algorithm& algorithm, Key& key, const CipherSetup& setup)
{
    static const std::map<std::string, std::wstring> modes = {{"CBC", BCRYPT_CHAIN_MODE_CBC},
                                                              {"ECB", BCRYPT_CHAIN_MODE_ECB},
                                                              {"CFB8", BCRYPT_CHAIN_MODE_CFB}};
    open(algorithm, setup.algorithm);
    if (!setup.mode.empty())
        REQUIRE_STATUS(
            BCryptSetProperty(
                algorithm.handle, BCRYPT_CHAINING_MODE,
                reinterpret_cast<PUCHAR>(const_cast<WCHAR*>(modes.at(setup.mode).c_str())), 0, 0),
            STATUS_SUCCESS);
    ULONG bits = setup.effective_bits;
    if (bits)
        REQUIRE_STATUS(BCryptSetProperty(algorithm.handle, BCRYPT_EFFECTIVE_KEY_LENGTH,
                                         reinterpret_cast<PUCHAR>(&bits), sizeof bits, 0),
                       STATUS_SUCCESS);
    REQUIRE_STATUS(BCryptGenerateSymmetricKey(algorithm.handle, &key.handle, nullptr, 0,
                                              data_of(setup.key), size_of(setup.key), 0),
                   STATUS_SUCCESS);
}

/// BCryptEncrypt or BCryptDecrypt.
template <class Call>
FaceBytes run(Call call, const CipherSetup& setup, const FaceBytes& data, bool padded)
{
    Algorithm algorithm;
    Key key;
    make_cipher_key(algorithm, key, setup);
    FaceBytes iv = setup.mode == "ECB" ? FaceBytes() : setup.iv;
    FaceBytes out(data.size() + 16);
    ULONG size = 0;
    REQUIRE_STATUS(call(key.handle, data_of(data), size_of(data), nullptr,
                        iv.empty() ? nullptr : iv.data(), size_of(iv), out.data(), size_of(out),
                        &size, padded ? BCRYPT_BLOCK_PADDING : 0),
                   STATUS_SUCCESS);
    out.resize(size);
    return out;
}

void import_pair(Algorithm& algorithm, Key& key, const FaceBytes& private_blob)
{
    open(algorithm, "RSA");
    REQUIRE_STATUS(BCryptImportKeyPair(algorithm.handle, nullptr, LEGACY_RSAPRIVATE_BLOB,
                                       &key.handle, data_of(private_blob), size_of(private_blob),
                                       0),
                   STATUS_SUCCESS);
}

class BCryptFace : public Face {
  public:
    const char* name() const override { return "BCrypt*"; }

    FaceBytes hash(const std::string& algorithm, const FaceBytes& data) const override
    {
        return finished(algorithm, nullptr, data);
    }

    FaceBytes hmac(const std::string& algorithm, const FaceBytes& key,
                   const FaceBytes& data) const override
    {
        return finished(algorithm, &key, data);
    }

    FaceBytes encrypt(const CipherSetup& setup, FaceBytes data, bool padded) const override
    {
        return run(BCryptEncrypt, setup, data, padded);
    }

    FaceBytes decrypt(const CipherSetup& setup, FaceBytes data, bool padded) const override
    {
        return run(BCryptDecrypt, setup, data, padded);
    }

    FaceBytes derived_aes_key(const std::string& hash, const FaceBytes& password,
                              std::size_t size) const override
    {
        Algorithm algorithm, target;
        Hash base;
        open(algorithm, hash);
        open(target, "AES");
        REQUIRE_STATUS(BCryptCreateHash(algorithm.handle, &base.handle, nullptr, 0, nullptr, 0, 0),
                       STATUS_SUCCESS);
        REQUIRE_STATUS(BCryptHashData(base.handle, data_of(password), size_of(password), 0),
                       STATUS_SUCCESS);
        FaceBytes key(size);
        REQUIRE_STATUS(BCryptDeriveKeyCapi(base.handle, target.handle, key.data(), size_of(key), 0),
                       STATUS_SUCCESS);
        return key;
    }

    FaceBytes sign(const FaceBytes& private_blob, const std::string& hash,
                   const FaceBytes& data) const override
    {
        Algorithm algorithm;
        Key key;
        import_pair(algorithm, key, private_blob);
        const FaceBytes digest = finished(hash, nullptr, data);
        BCRYPT_PKCS1_PADDING_INFO padding = {algorithm_id(hash)};
        FaceBytes signature(1024);
        ULONG size = 0;
        REQUIRE_STATUS(BCryptSignHash(key.handle, &padding, data_of(digest), size_of(digest),
                                      signature.data(), size_of(signature), &size,
                                      BCRYPT_PAD_PKCS1),
                       STATUS_SUCCESS);
        signature.resize(size);
        return signature;
    }

    FaceBytes rsa_decrypt(const FaceBytes& private_blob, bool oaep,
                          const FaceBytes& ciphertext) const override
    {
        Algorithm algorithm;
        Key key;
        import_pair(algorithm, key, private_blob);
        BCRYPT_OAEP_PADDING_INFO padding = {BCRYPT_SHA1_ALGORITHM, nullptr, 0};
        FaceBytes message(1024);
        ULONG size = 0;
        REQUIRE_STATUS(BCryptDecrypt(key.handle, data_of(ciphertext), size_of(ciphertext),
                                     oaep ? &padding : nullptr, nullptr, 0, message.data(),
                                     size_of(message), &size,
                                     oaep ? BCRYPT_PAD_OAEP : BCRYPT_PAD_PKCS1),
                       STATUS_SUCCESS);
        message.resize(size);
        return message;
    }
};

} // namespace

const Face& bcrypt_face()
{
    static const BCryptFace face;
    return face;
}

} // namespace capishim_test
