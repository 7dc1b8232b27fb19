// SPDX-License-Identifier: BSD-2-Clause
#include "api/crypt/crypt_fixtures.h"
#include "faces.h"

#include <map>

namespace capishim_test {
namespace {

ALG_ID hash_id(const std::string& name)
{
    static const std::map<std::string, ALG_ID> ids = {
        {"MD2", CALG_MD2},        {"MD4", CALG_MD4},        {"MD5", CALG_MD5},
        {"SHA1", CALG_SHA1},      {"SHA256", CALG_SHA_256}, {"SHA384", CALG_SHA_384},
        {"SHA512", CALG_SHA_512},
    };
    return ids.at(name);
}

ALG_ID cipher_id(const std::string& name)
{
    static const std::map<std::string, ALG_ID> ids = {
        {"AES", CALG_AES},           {"DES", CALG_DES}, {"3DES", CALG_3DES},
        {"3DES_112", CALG_3DES_112}, {"RC2", CALG_RC2}, {"RC4", CALG_RC4},
    };
    return ids.at(name);
}

HCRYPTKEY cipher_key(const VerifyContext& context, const CipherSetup& setup)
{
    static const std::map<std::string, DWORD> modes = {
        {"CBC", CRYPT_MODE_CBC}, {"ECB", CRYPT_MODE_ECB}, {"CFB8", CRYPT_MODE_CFB}};
    const HCRYPTKEY key =
        key_of(context.provider, cipher_id(setup.algorithm), setup.key,
               CRYPT_NO_SALT | (setup.algorithm == "RC2" ? CRYPT_IPSEC_HMAC_KEY : 0));
    if (!setup.mode.empty())
        REQUIRE_SUCCEEDS(set_key_number(key, KP_MODE, modes.at(setup.mode)));
    if (!setup.iv.empty())
        REQUIRE_SUCCEEDS(CryptSetKeyParam(key, KP_IV, setup.iv.data(), 0));
    if (setup.effective_bits)
        REQUIRE_SUCCEEDS(set_key_number(key, KP_EFFECTIVE_KEYLEN, setup.effective_bits));
    return key;
}

class CryptFace : public Face {
  public:
    const char* name() const override { return "Crypt*"; }

    FaceBytes hash(const std::string& algorithm, const FaceBytes& data) const override
    {
        const VerifyContext context;
        const HCRYPTHASH hash = context.make_hash(hash_id(algorithm));
        add_data(hash, data);
        return value_of(hash);
    }

    FaceBytes hmac(const std::string& algorithm, const FaceBytes& key,
                   const FaceBytes& data) const override
    {
        const VerifyContext context;
        const HCRYPTKEY secret = key_of(context.provider, CALG_RC2, key, CRYPT_IPSEC_HMAC_KEY);
        const HCRYPTHASH mac = keyed_hash(context.provider, CALG_HMAC, secret);
        REQUIRE_SUCCEEDS(set_hmac_info(mac, hash_id(algorithm)));
        add_data(mac, data);
        return value_of(mac);
    }

    FaceBytes encrypt(const CipherSetup& setup, FaceBytes data, bool padded) const override
    {
        const VerifyContext context;
        return encrypted_part(cipher_key(context, setup), std::move(data), padded);
    }

    FaceBytes decrypt(const CipherSetup& setup, FaceBytes data, bool padded) const override
    {
        const VerifyContext context;
        return decrypted_part(cipher_key(context, setup), std::move(data), padded);
    }

    FaceBytes derived_aes_key(const std::string& hash, const FaceBytes& password,
                              std::size_t size) const override
    {
        const VerifyContext context;
        const HCRYPTHASH base = context.make_hash(hash_id(hash));
        add_data(base, password);
        const ALG_ID algorithm = size == 16   ? CALG_AES_128
                                 : size == 24 ? CALG_AES_192
                                              : CALG_AES_256;
        return bytes_of_key(derived(context.provider, algorithm, base));
    }

    FaceBytes sign(const FaceBytes& private_blob, const std::string& hash,
                   const FaceBytes& data) const override
    {
        const VerifyContext context;
        imported(context.provider, private_blob);
        const HCRYPTHASH base = context.make_hash(hash_id(hash));
        add_data(base, data);
        ByteVector signature(1024);
        DWORD size = size_of(signature);
        REQUIRE_SUCCEEDS(CryptSignHashA(base, AT_KEYEXCHANGE, nullptr, 0, signature.data(), &size));
        signature.resize(size);
        return reversed(signature);
    }

    FaceBytes rsa_decrypt(const FaceBytes& private_blob, bool oaep,
                          const FaceBytes& ciphertext) const override
    {
        const VerifyContext context;
        return decrypted(imported(context.provider, private_blob), reversed(ciphertext),
                         oaep ? CRYPT_OAEP : 0);
    }
};

} // namespace

const Face& crypt_face()
{
    static const CryptFace face;
    return face;
}

} // namespace capishim_test
