// SPDX-License-Identifier: BSD-2-Clause
// The work of each row through Crypt* and BCrypt*.
#pragma once

#include <capishim/bcrypt.h>
#include <capishim/wincrypt.h>
#include <capishim/windows.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace capishim_bench {

inline void check(BOOL succeeded)
{
    if (succeeded)
        return;
    std::fprintf(stderr, "a call failed: %#x\n", static_cast<unsigned>(GetLastError()));
    std::abort();
}

inline void check_status(NTSTATUS status)
{
    if (status == 0)
        return;
    std::fprintf(stderr, "a call failed: %#x\n", static_cast<unsigned>(status));
    std::abort();
}

inline DWORD dword(std::size_t size)
{
    return static_cast<DWORD>(size);
}

namespace crypt {

class Context {
  public:
    Context()
    {
        check(CryptAcquireContextA(&context_, nullptr, nullptr, PROV_RSA_AES, CRYPT_VERIFYCONTEXT));
    }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    ~Context() { check(CryptReleaseContext(context_, 0)); }

    HCRYPTPROV operator()() const { return context_; }

    HCRYPTKEY make_key(ALG_ID algorithm, DWORD flags = 0) const
    {
        HCRYPTKEY key = 0;
        check(CryptGenKey(context_, algorithm, flags, &key));
        return key;
    }

    HCRYPTHASH make_hash(ALG_ID algorithm) const
    {
        HCRYPTHASH hash = 0;
        check(CryptCreateHash(context_, algorithm, 0, 0, &hash));
        return hash;
    }

  private:
    HCRYPTPROV context_ = 0;
};

class Cipher {
  public:
    Cipher(ALG_ID algorithm, bool encrypting, std::size_t size)
        : key_(context_.make_key(algorithm)), encrypting_(encrypting), data_(size)
    {
    }
    ~Cipher() { check(CryptDestroyKey(key_)); }

    void operator()()
    {
        DWORD size = dword(data_.size());
        check(encrypting_ ? CryptEncrypt(key_, 0, FALSE, 0, data_.data(), &size, size)
                          : CryptDecrypt(key_, 0, FALSE, 0, data_.data(), &size));
    }

  private:
    Context context_;
    HCRYPTKEY key_;
    bool encrypting_;
    std::vector<BYTE> data_;
};

class HashData {
  public:
    explicit HashData(std::size_t size) : hash_(context_.make_hash(CALG_SHA_256)), data_(size) {}
    ~HashData() { check(CryptDestroyHash(hash_)); }

    void operator()() { check(CryptHashData(hash_, data_.data(), dword(data_.size()), 0)); }

  private:
    Context context_;
    HCRYPTHASH hash_;
    std::vector<BYTE> data_;
};

class ShortHash {
  public:
    void operator()()
    {
        const HCRYPTHASH hash = context_.make_hash(CALG_SHA1);
        check(CryptHashData(hash, data_.data(), dword(data_.size()), 0));
        DWORD size = dword(value_.size());
        check(CryptGetHashParam(hash, HP_HASHVAL, value_.data(), &size, 0));
        check(CryptDestroyHash(hash));
    }

  private:
    Context context_;
    std::array<BYTE, 64> data_ = {};
    std::array<BYTE, 20> value_ = {};
};

class Random {
  public:
    void operator()() { check(CryptGenRandom(context_(), dword(bytes_.size()), bytes_.data())); }

  private:
    Context context_;
    std::array<BYTE, 32> bytes_ = {};
};

class GenerateKey {
  public:
    void operator()() { check(CryptDestroyKey(context_.make_key(CALG_AES_256))); }

  private:
    Context context_;
};

class ImportKey {
  public:
    ImportKey()
    {
        blob_.header = {PLAINTEXTKEYBLOB, CUR_BLOB_VERSION, 0, CALG_AES_256};
        blob_.size = dword(blob_.key.size());
    }

    void operator()()
    {
        HCRYPTKEY key = 0;
        check(CryptImportKey(context_(), reinterpret_cast<const BYTE*>(&blob_), sizeof blob_, 0, 0,
                             &key));
        check(CryptDestroyKey(key));
    }

  private:
    struct Blob {
        BLOBHEADER header;
        DWORD size;
        std::array<BYTE, 32> key;
    };

    Context context_;
    Blob blob_ = {};
};

/// What is done again and again to one key of the thread's own.
class OneKey {
  public:
    ~OneKey() { check(CryptDestroyKey(key_)); }

  protected:
    Context context_;
    HCRYPTKEY key_ = context_.make_key(CALG_AES_256);
};

class DuplicateKey : OneKey {
  public:
    void operator()()
    {
        HCRYPTKEY copy = 0;
        check(CryptDuplicateKey(key_, nullptr, 0, &copy));
        check(CryptDestroyKey(copy));
    }
};

class BlockLength : OneKey {
  public:
    void operator()()
    {
        DWORD bits = 0;
        DWORD size = sizeof bits;
        check(CryptGetKeyParam(key_, KP_BLOCKLEN, reinterpret_cast<BYTE*>(&bits), &size, 0));
    }
};

class AddReference {
  public:
    void operator()()
    {
        check(CryptContextAddRef(context_(), nullptr, 0));
        check(CryptReleaseContext(context_(), 0));
    }

  private:
    Context context_;
};

class Acquire {
  public:
    void operator()() { const Context context; }
};

class Sign {
  public:
    Sign() : pair_(context_.make_key(AT_SIGNATURE, 2048U << 16)) {}
    ~Sign() { check(CryptDestroyKey(pair_)); }

    void operator()()
    {
        const HCRYPTHASH hash = context_.make_hash(CALG_SHA_256);
        check(CryptHashData(hash, data_.data(), dword(data_.size()), 0));
        DWORD size = dword(signature_.size());
        check(CryptSignHashA(hash, AT_SIGNATURE, nullptr, 0, signature_.data(), &size));
        check(CryptDestroyHash(hash));
    }

  private:
    Context context_;
    HCRYPTKEY pair_;
    std::array<BYTE, 64> data_ = {};
    std::array<BYTE, 256> signature_ = {};
};

} // namespace crypt

namespace bcrypt {

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
        std::array<BYTE, 32> secret = {};
        check_status(BCryptGenerateSymmetricKey(BCRYPT_AES_GCM_ALG_HANDLE, &key_, nullptr, 0,
                                                secret.data(), dword(secret.size()), 0));
        BCRYPT_INIT_AUTH_MODE_INFO(info_);
        info_.pbNonce = nonce_.data();
        info_.cbNonce = dword(nonce_.size());
        info_.pbTag = tag_.data();
        info_.cbTag = dword(tag_.size());
    }
    Gcm(const Gcm&) = delete;
    Gcm& operator=(const Gcm&) = delete;
    ~Gcm() { check_status(BCryptDestroyKey(key_)); }

    void operator()()
    {
        const ULONG size = dword(data_.size());
        ULONG written = 0;
        check_status(BCryptEncrypt(key_, data_.data(), size, &info_, nullptr, 0, data_.data(), size,
                                   &written, 0));
    }

  private:
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
        check_status(BCryptHash(BCRYPT_HMAC_SHA256_ALG_HANDLE, key_.data(), dword(key_.size()),
                                data_.data(), dword(data_.size()), value_.data(),
                                dword(value_.size())));
    }

  private:
    std::array<BYTE, 32> key_ = {};
    std::array<BYTE, 64> data_ = {};
    std::array<BYTE, 32> value_ = {};
};

} // namespace bcrypt
} // namespace capishim_bench
