// SPDX-License-Identifier: BSD-2-Clause
// AES, DES and triple DES from Botan's prototypes; DESX is made of DES, and RC2 is ours.
#include "engine/block_cipher.h"

#include "base/secure_bytes.h"
#include "engine/block_xor.h"
#include "engine/prototype.h"
#include "engine/rc2.h"

#include <botan/block_cipher.h>

#include <array>

namespace capishim::engine {
namespace {

struct CipherRow {
    BlockCipherId id;
    std::size_t key_size;
    const char* name;
};

constexpr std::array ciphers = {
    CipherRow{BlockCipherId::aes, 16, "AES-128"},
    CipherRow{BlockCipherId::aes, 24, "AES-192"},
    CipherRow{BlockCipherId::aes, 32, "AES-256"},
    CipherRow{BlockCipherId::des, 8, "DES"},
    CipherRow{BlockCipherId::triple_des, 16, "TripleDES"}, // K1 K2 K1
    CipherRow{BlockCipherId::triple_des, 24, "TripleDES"},
};

std::array<const char*, ciphers.size()> cipher_names()
{
    std::array<const char*, ciphers.size()> names;
    std::ranges::transform(ciphers, names.begin(), &CipherRow::name);
    return names;
}

std::unique_ptr<Botan::BlockCipher> make_botan_cipher(std::size_t row)
{
    static const Prototypes<Botan::BlockCipher, ciphers.size()> prototypes(cipher_names());
    return prototypes.make(row);
}

template <std::size_t BlockSize>
class BotanCipher final : public BlockCipher {
  public:
    BotanCipher(std::unique_ptr<Botan::BlockCipher> cipher, ByteView key)
        : cipher_(std::move(cipher))
    {
        cipher_->set_key(key.data(), key.size());
    }

    std::size_t block_size() const noexcept override { return BlockSize; }

    void encrypt(const std::uint8_t* in, std::uint8_t* out, std::size_t blocks) const override
    {
        cipher_->encrypt_n(in, out, blocks);
    }

    void decrypt(const std::uint8_t* in, std::uint8_t* out, std::size_t blocks) const override
    {
        cipher_->decrypt_n(in, out, blocks);
    }

    void encrypt_chained(std::uint8_t* chain, const std::uint8_t* in, std::uint8_t* out,
                         std::size_t blocks) const override
    {
        chain_blocks<BlockSize>(chain, in, out, blocks,
                                [this](std::uint8_t* data) { cipher_->encrypt_n(data, data, 1); });
    }

  private:
    std::unique_ptr<Botan::BlockCipher> cipher_;
};

/// DES between two XORs (N-42). Botan 3 no longer has it.
class Desx final : public BlockCipher {
  public:
    static constexpr std::size_t key_size = 24;

    explicit Desx(ByteView key) : des_(make_block_cipher(BlockCipherId::des, key.first(block)))
    {
        std::ranges::copy(key.subspan(block, block), before_.begin());
        std::ranges::copy(key.subspan(2 * block, block), after_.begin());
    }

    std::size_t block_size() const noexcept override { return block; }

    void encrypt(const std::uint8_t* in, std::uint8_t* out, std::size_t blocks) const override
    {
        whiten(in, before_, out, blocks);
        des_->encrypt(out, out, blocks);
        whiten(out, after_, out, blocks);
    }

    void decrypt(const std::uint8_t* in, std::uint8_t* out, std::size_t blocks) const override
    {
        whiten(in, after_, out, blocks);
        des_->decrypt(out, out, blocks);
        whiten(out, before_, out, blocks);
    }

    void encrypt_chained(std::uint8_t* chain, const std::uint8_t* in, std::uint8_t* out,
                         std::size_t blocks) const override
    {
        chain_blocks<block>(chain, in, out, blocks,
                            [this](std::uint8_t* data) { encrypt(data, data, 1); });
    }

  private:
    static constexpr std::size_t block = 8;
    using Whitener = SecureArray<block>;

    static void whiten(const std::uint8_t* in, const Whitener& with, std::uint8_t* out,
                       std::size_t blocks)
    {
        for (std::size_t i = 0; i < block * blocks; i += block)
            xor_block<block>(out + i, in + i, with.data());
    }

    std::shared_ptr<const BlockCipher> des_;
    Whitener before_;
    Whitener after_;
};

std::shared_ptr<const BlockCipher> make_desx(ByteView key)
{
    require(key.size() == Desx::key_size, Fault::bad_length);
    return std::make_shared<Desx>(key);
}

std::shared_ptr<const BlockCipher> make_rc2(ByteView key, std::size_t effective_bits)
{
    require(!key.empty() && key.size() <= 128 && effective_bits <= 1024, Fault::bad_length);
    return std::make_shared<Rc2>(key, effective_bits ? effective_bits : 8 * key.size());
}

} // namespace

std::shared_ptr<const BlockCipher> make_block_cipher(BlockCipherId id, ByteView key,
                                                     std::size_t effective_bits)
{
    if (id == BlockCipherId::rc2)
        return make_rc2(key, effective_bits);
    if (id == BlockCipherId::desx)
        return make_desx(key);
    const auto row = std::ranges::find_if(ciphers, [&](const CipherRow& candidate) {
        return candidate.id == id && candidate.key_size == key.size();
    });
    require(row != ciphers.end(), Fault::bad_length);
    return translate([&]() -> std::shared_ptr<const BlockCipher> {
        auto cipher = make_botan_cipher(static_cast<std::size_t>(row - ciphers.begin()));
        if (id == BlockCipherId::aes)
            return std::make_shared<BotanCipher<16>>(std::move(cipher), key);
        return std::make_shared<BotanCipher<8>>(std::move(cipher), key);
    });
}

} // namespace capishim::engine
