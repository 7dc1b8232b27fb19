// SPDX-License-Identifier: BSD-2-Clause
// The work of each row through BCrypt*.
#pragma once

#include "refused.h"

#include <array>
#include <bcrypt.h>
#include <vector>

namespace capishim_bench::bcrypt {

class Algorithm {
  public:
    explicit Algorithm(const wchar_t* name, ULONG flags = 0)
    {
        check_status(BCryptOpenAlgorithmProvider(&algorithm_, name, nullptr, flags));
    }
    Algorithm(const Algorithm&) = delete;
    Algorithm& operator=(const Algorithm&) = delete;
    ~Algorithm() { check_status(BCryptCloseAlgorithmProvider(algorithm_, 0)); }

    BCRYPT_ALG_HANDLE operator()() const { return algorithm_; }

    BCRYPT_KEY_HANDLE make_pair(ULONG bits) const
    {
        BCRYPT_KEY_HANDLE pair = nullptr;
        check_status(BCryptGenerateKeyPair(algorithm_, &pair, bits, 0));
        check_status(BCryptFinalizeKeyPair(pair, 0));
        return pair;
    }

  private:
    BCRYPT_ALG_HANDLE algorithm_ = nullptr;
};

class Cipher {
  public:
    Cipher(bool encrypting, std::size_t size) : encrypting_(encrypting), data_(size)
    {
        std::array<BYTE, 32> secret = {};
        check_status(BCryptGenerateSymmetricKey(algorithm_(), &key_, nullptr, 0, secret.data(),
                                                dword(secret.size()), 0));
    }
    ~Cipher() { check_status(BCryptDestroyKey(key_)); }

    void operator()()
    {
        const auto call = encrypting_ ? BCryptEncrypt : BCryptDecrypt;
        const ULONG size = dword(data_.size());
        ULONG written = 0;
        check_status(call(key_, data_.data(), size, nullptr, iv_.data(), dword(iv_.size()),
                          data_.data(), size, &written, 0));
    }

  private:
    Algorithm algorithm_{BCRYPT_AES_ALGORITHM};
    BCRYPT_KEY_HANDLE key_ = nullptr;
    bool encrypting_;
    std::array<BYTE, 16> iv_ = {};
    std::vector<BYTE> data_;
};

/// AES-256-GCM, a message at a time; to decrypt would take the same passes over it.
class Gcm {
  public:
    explicit Gcm(std::size_t size) : data_(size)
    {
        std::array<WCHAR, std::size(BCRYPT_CHAIN_MODE_GCM)> mode =
            std::to_array(BCRYPT_CHAIN_MODE_GCM);
        check_status(BCryptSetProperty(algorithm_(), BCRYPT_CHAINING_MODE,
                                       reinterpret_cast<PUCHAR>(mode.data()), sizeof mode, 0));
        std::array<BYTE, 32> secret = {};
        check_status(BCryptGenerateSymmetricKey(algorithm_(), &key_, nullptr, 0, secret.data(),
                                                dword(secret.size()), 0));
        BCRYPT_INIT_AUTH_MODE_INFO(info_);
        info_.pbNonce = nonce_.data();
        info_.cbNonce = dword(nonce_.size());
        info_.pbTag = tag_.data();
        info_.cbTag = dword(tag_.size());
    }
    ~Gcm() { check_status(BCryptDestroyKey(key_)); }

    void operator()()
    {
        const ULONG size = dword(data_.size());
        ULONG written = 0;
        check_status(BCryptEncrypt(key_, data_.data(), size, &info_, nullptr, 0, data_.data(), size,
                                   &written, 0));
    }

  private:
    Algorithm algorithm_{BCRYPT_AES_ALGORITHM};
    BCRYPT_KEY_HANDLE key_ = nullptr;
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info_;
    std::array<BYTE, 12> nonce_ = {};
    std::array<BYTE, 16> tag_ = {};
    std::vector<BYTE> data_;
};

class HashData {
  public:
    explicit HashData(std::size_t size, ULONG flags = 0)
        : algorithm_(BCRYPT_SHA256_ALGORITHM, flags), data_(size)
    {
        check_status(BCryptCreateHash(algorithm_(), &hash_, nullptr, 0, nullptr, 0, 0));
    }
    ~HashData() { check_status(BCryptDestroyHash(hash_)); }

    void operator()() { check_status(BCryptHashData(hash_, data_.data(), dword(data_.size()), 0)); }

  private:
    Algorithm algorithm_;
    BCRYPT_HASH_HANDLE hash_ = nullptr;
    std::vector<BYTE> data_;
};

class ShortHmac {
  public:
    void operator()()
    {
        check_status(BCryptHash(algorithm_(), key_.data(), dword(key_.size()), data_.data(),
                                dword(data_.size()), value_.data(), dword(value_.size())));
    }

  private:
    Algorithm algorithm_{BCRYPT_SHA256_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG};
    std::array<BYTE, 32> key_ = {};
    std::array<BYTE, 64> data_ = {};
    std::array<BYTE, 32> value_ = {};
};

class Random {
  public:
    void operator()()
    {
        check_status(BCryptGenRandom(nullptr, bytes_.data(), dword(bytes_.size()),
                                     BCRYPT_USE_SYSTEM_PREFERRED_RNG));
    }

  private:
    std::array<BYTE, 32> bytes_ = {};
};

class Pbkdf2 {
  public:
    void operator()()
    {
        check_status(BCryptDeriveKeyPBKDF2(algorithm_(), password_.data(), dword(password_.size()),
                                           salt_.data(), dword(salt_.size()), 1000, key_.data(),
                                           dword(key_.size()), 0));
    }

  private:
    Algorithm algorithm_{BCRYPT_SHA256_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG};
    std::array<BYTE, 16> password_ = {};
    std::array<BYTE, 16> salt_ = {};
    std::array<BYTE, 32> key_ = {};
};

/// Signatures of the hash of nothing in particular. Where RSA needs to be told its padding, ECDSA
/// has none.
class Signature {
  public:
    Signature(const wchar_t* algorithm, ULONG bits, bool is_rsa)
        : algorithm_(algorithm), pair_(algorithm_.make_pair(bits)), is_rsa_(is_rsa)
    {
    }
    ~Signature() { check_status(BCryptDestroyKey(pair_)); }

  protected:
    void sign()
    {
        check_status(BCryptSignHash(pair_, padding(), hash_.data(), dword(hash_.size()),
                                    value_.data(), dword(value_.size()), &size_, flags()));
    }

    void verify()
    {
        check_status(BCryptVerifySignature(pair_, padding(), hash_.data(), dword(hash_.size()),
                                           value_.data(), size_, flags()));
    }

  private:
    void* padding() { return is_rsa_ ? &padding_ : nullptr; }
    ULONG flags() const { return is_rsa_ ? BCRYPT_PAD_PKCS1 : 0; }

    Algorithm algorithm_;
    BCRYPT_KEY_HANDLE pair_;
    bool is_rsa_;
    BCRYPT_PKCS1_PADDING_INFO padding_ = {BCRYPT_SHA256_ALGORITHM};
    std::array<BYTE, 32> hash_ = {};
    std::array<BYTE, 256> value_ = {};
    ULONG size_ = 0;
};

class Sign : Signature {
  public:
    using Signature::Signature;
    void operator()() { sign(); }
};

class Verify : Signature {
  public:
    Verify(const wchar_t* algorithm, ULONG bits, bool is_rsa) : Signature(algorithm, bits, is_rsa)
    {
        sign();
    }
    void operator()() { verify(); }
};

/// From a pair and another's public key to an agreed key, and the secret destroyed: an
/// implementation may put the work off until a key is derived.
class Ecdh {
  public:
    Ecdh() : own_(algorithm_.make_pair(256))
    {
        const BCRYPT_KEY_HANDLE pair = algorithm_.make_pair(256);
        std::array<BYTE, 128> blob = {};
        ULONG size = 0;
        check_status(BCryptExportKey(pair, nullptr, BCRYPT_ECCPUBLIC_BLOB, blob.data(),
                                     dword(blob.size()), &size, 0));
        check_status(BCryptDestroyKey(pair));
        check_status(BCryptImportKeyPair(algorithm_(), nullptr, BCRYPT_ECCPUBLIC_BLOB, &peer_,
                                         blob.data(), size, 0));
    }
    ~Ecdh()
    {
        check_status(BCryptDestroyKey(own_));
        check_status(BCryptDestroyKey(peer_));
    }

    void operator()()
    {
        BCRYPT_SECRET_HANDLE secret = nullptr;
        check_status(BCryptSecretAgreement(own_, peer_, &secret, 0));
        ULONG size = 0;
        check_status(BCryptDeriveKey(secret, BCRYPT_KDF_HASH, nullptr, key_.data(),
                                     dword(key_.size()), &size, 0));
        check_status(BCryptDestroySecret(secret));
    }

  private:
    Algorithm algorithm_{BCRYPT_ECDH_P256_ALGORITHM};
    BCRYPT_KEY_HANDLE own_;
    BCRYPT_KEY_HANDLE peer_ = nullptr;
    std::array<BYTE, 20> key_ = {};
};

} // namespace capishim_bench::bcrypt
