// SPDX-License-Identifier: BSD-2-Clause
// The work of each row on raw Botan: what a C++ program would do without CryptoAPI's shape.
#pragma once

#include <botan/aead.h>
#include <botan/block_cipher.h>
#include <botan/chacha_rng.h>
#include <botan/cipher_mode.h>
#include <botan/hash.h>
#include <botan/mac.h>
#include <botan/pubkey.h>
#include <botan/rsa.h>
#include <botan/stream_cipher.h>
#include <botan/system_rng.h>
#include <botan/version.h>

#include <array>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <vector>

namespace capishim_bench::botan {

#if BOTAN_VERSION_MAJOR >= 3
constexpr auto encryption = Botan::Cipher_Dir::Encryption;
constexpr auto decryption = Botan::Cipher_Dir::Decryption;
#else
constexpr auto encryption = Botan::ENCRYPTION;
constexpr auto decryption = Botan::DECRYPTION;
#endif

template <class Primitive>
std::unique_ptr<Primitive> fresh(const Primitive& prototype)
{
#if BOTAN_VERSION_MAJOR >= 3
    return prototype.new_object();
#else
    return std::unique_ptr<Primitive>(prototype.clone());
#endif
}

using Key = std::array<std::uint8_t, 32>;

class Cbc {
  public:
    Cbc(Botan::Cipher_Dir direction, std::size_t size)
        : mode_(Botan::Cipher_Mode::create_or_throw("AES-256/CBC/NoPadding", direction)),
          data_(size)
    {
        mode_->set_key(Key{}.data(), Key{}.size());
        mode_->start(iv_.data(), iv_.size());
    }

    void operator()() { mode_->process(data_.data(), data_.size()); }

  private:
    std::unique_ptr<Botan::Cipher_Mode> mode_;
    std::array<std::uint8_t, 16> iv_ = {};
    std::vector<std::uint8_t> data_;
};

/// A message at a time, its tag apart.
class Gcm {
  public:
    Gcm(Botan::Cipher_Dir direction, std::size_t size)
        : mode_(Botan::AEAD_Mode::create_or_throw("AES-256/GCM", direction)), data_(size)
    {
        mode_->set_key(Key{}.data(), Key{}.size());
    }

    void operator()()
    {
        mode_->start(nonce_.data(), nonce_.size());
        mode_->process(data_.data(), data_.size());
        tag_.clear();
        mode_->finish(tag_);
    }

  private:
    std::unique_ptr<Botan::AEAD_Mode> mode_;
    std::array<std::uint8_t, 12> nonce_ = {};
    Botan::secure_vector<std::uint8_t> tag_;
    std::vector<std::uint8_t> data_;
};

class Rc4 {
  public:
    explicit Rc4(std::size_t size)
        : cipher_(Botan::StreamCipher::create_or_throw("RC4")), data_(size)
    {
        cipher_->set_key(Key{}.data(), 16);
    }

    void operator()() { cipher_->cipher(data_.data(), data_.data(), data_.size()); }

  private:
    std::unique_ptr<Botan::StreamCipher> cipher_;
    std::vector<std::uint8_t> data_;
};

class HashData {
  public:
    explicit HashData(std::size_t size)
        : hash_(Botan::HashFunction::create_or_throw("SHA-256")), data_(size)
    {
    }

    void operator()() { hash_->update(data_.data(), data_.size()); }

  private:
    std::unique_ptr<Botan::HashFunction> hash_;
    std::vector<std::uint8_t> data_;
};

class HmacData {
  public:
    explicit HmacData(std::size_t size)
        : mac_(Botan::MessageAuthenticationCode::create_or_throw("HMAC(SHA-256)")), data_(size)
    {
        mac_->set_key(Key{}.data(), Key{}.size());
    }

    void operator()() { mac_->update(data_.data(), data_.size()); }

  private:
    std::unique_ptr<Botan::MessageAuthenticationCode> mac_;
    std::vector<std::uint8_t> data_;
};

/// An HMAC from its name to its value.
class ShortHmac {
  public:
    void operator()()
    {
        const auto mac = Botan::MessageAuthenticationCode::create_or_throw("HMAC(SHA-256)");
        mac->set_key(key_.data(), key_.size());
        mac->update(data_.data(), data_.size());
        mac->final(value_.data());
    }

  private:
    Key key_ = {};
    std::array<std::uint8_t, 64> data_ = {};
    std::array<std::uint8_t, 32> value_ = {};
};

/// A hash from a kept prototype to its value.
class ShortHash {
  public:
    void operator()()
    {
        const auto hash = fresh(*prototype_);
        hash->update(data_.data(), data_.size());
        hash->final(value_.data());
    }

  private:
    std::unique_ptr<Botan::HashFunction> prototype_ = Botan::HashFunction::create_or_throw("SHA-1");
    std::array<std::uint8_t, 64> data_ = {};
    std::array<std::uint8_t, 20> value_ = {};
};

class Random {
  public:
    void operator()() { generator_.randomize(bytes_.data(), bytes_.size()); }

  private:
    Botan::ChaCha_RNG generator_{Botan::system_rng()};
    Key bytes_ = {};
};

/// A keyed cipher from a kept prototype: the nearest to importing or duplicating a key.
class MakeCipher {
  public:
    void operator()()
    {
        const auto cipher = fresh(*prototype_);
        cipher->set_key(key_.data(), key_.size());
    }

  private:
    std::unique_ptr<Botan::BlockCipher> prototype_ = Botan::BlockCipher::create_or_throw("AES-256");
    Key key_ = {};
};

class GenerateCipher {
  public:
    void operator()()
    {
        Key key;
        generator_.randomize(key.data(), key.size());
        const auto cipher = fresh(*prototype_);
        cipher->set_key(key.data(), key.size());
    }

  private:
    Botan::ChaCha_RNG generator_{Botan::system_rng()};
    std::unique_ptr<Botan::BlockCipher> prototype_ = Botan::BlockCipher::create_or_throw("AES-256");
};

/// RSA-2048 with a signer that is kept.
class Sign {
  public:
    void operator()()
    {
        signer_.update(data_.data(), data_.size());
        const auto signature = signer_.signature(generator_);
    }

  private:
    Botan::ChaCha_RNG generator_{Botan::system_rng()};
    Botan::RSA_PrivateKey key_{generator_, 2048};
    Botan::PK_Signer signer_{key_, generator_, "EMSA3(SHA-256)"};
    std::array<std::uint8_t, 64> data_ = {};
};

/// RSA-2048 with a verifier that is kept, of what `padding` makes of the data.
class Verify {
  public:
    Verify(const char* padding, std::size_t size) : data_(size), verifier_(key_, padding)
    {
        Botan::PK_Signer signer(key_, generator_, padding);
        signature_ = signer.sign_message(data_.data(), data_.size(), generator_);
    }

    void operator()()
    {
        if (!verifier_.verify_message(data_.data(), data_.size(), signature_.data(),
                                      signature_.size()))
            throw std::runtime_error("Botan refused its own signature");
    }

  private:
    std::vector<std::uint8_t> data_;
    Botan::ChaCha_RNG generator_{Botan::system_rng()};
    Botan::RSA_PrivateKey key_{generator_, 2048};
    Botan::PK_Verifier verifier_;
    std::vector<std::uint8_t> signature_;
};

} // namespace capishim_bench::botan
