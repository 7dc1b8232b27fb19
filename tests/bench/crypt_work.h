// SPDX-License-Identifier: BSD-2-Clause
// The work of each row through Crypt*.
#pragma once

#include "refused.h"

#include <array>
#include <vector>
#include <wincrypt.h>

namespace capishim_bench::crypt {

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

/// A hash from its making to its end.
class WholeHash {
  public:
    WholeHash(ALG_ID algorithm, std::size_t size) : algorithm_(algorithm), data_(size) {}

    void operator()()
    {
        const HCRYPTHASH hash = context_.make_hash(algorithm_);
        check(CryptHashData(hash, data_.data(), dword(data_.size()), 0));
        DWORD size = dword(value_.size());
        check(CryptGetHashParam(hash, HP_HASHVAL, value_.data(), &size, 0));
        check(CryptDestroyHash(hash));
    }

  private:
    Context context_;
    ALG_ID algorithm_;
    std::vector<BYTE> data_;
    std::array<BYTE, 64> value_ = {};
};

class Random {
  public:
    explicit Random(std::size_t size) : bytes_(size) {}

    void operator()() { check(CryptGenRandom(context_(), dword(bytes_.size()), bytes_.data())); }

  private:
    Context context_;
    std::vector<BYTE> bytes_;
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

/// A key from a password: hash and key, from their making to their end.
class DeriveKey {
  public:
    void operator()()
    {
        const HCRYPTHASH hash = context_.make_hash(CALG_SHA_256);
        check(CryptHashData(hash, password_.data(), dword(password_.size()), 0));
        HCRYPTKEY key = 0;
        check(CryptDeriveKey(context_(), CALG_AES_256, hash, 0, &key));
        check(CryptDestroyHash(hash));
        check(CryptDestroyKey(key));
    }

  private:
    Context context_;
    std::array<BYTE, 16> password_ = {};
};

class GeneratePair {
  public:
    void operator()() { check(CryptDestroyKey(context_.make_key(AT_SIGNATURE, 2048U << 16))); }

  private:
    Context context_;
};

/// RSA-2048, with a hash that is made and destroyed each time.
class Signature {
  public:
    ~Signature() { check(CryptDestroyKey(pair_)); }

  protected:
    void sign()
    {
        const HCRYPTHASH hash = hash_of_data();
        size_ = dword(value_.size());
        check(CryptSignHashA(hash, AT_SIGNATURE, nullptr, 0, value_.data(), &size_));
        check(CryptDestroyHash(hash));
    }

    void verify()
    {
        const HCRYPTHASH hash = hash_of_data();
        check(CryptVerifySignatureA(hash, value_.data(), size_, pair_, nullptr, 0));
        check(CryptDestroyHash(hash));
    }

  private:
    HCRYPTHASH hash_of_data() const
    {
        const HCRYPTHASH hash = context_.make_hash(CALG_SHA_256);
        check(CryptHashData(hash, data_.data(), dword(data_.size()), 0));
        return hash;
    }

    Context context_;
    HCRYPTKEY pair_ = context_.make_key(AT_SIGNATURE, 2048U << 16);
    std::array<BYTE, 64> data_ = {};
    std::array<BYTE, 256> value_ = {};
    DWORD size_ = 0;
};

class Sign : Signature {
  public:
    void operator()() { sign(); }
};

class Verify : Signature {
  public:
    Verify() { sign(); }
    void operator()() { verify(); }
};

} // namespace capishim_bench::crypt
