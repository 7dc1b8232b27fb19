// SPDX-License-Identifier: BSD-2-Clause
// AES, DES and triple DES from Botan's prototypes; RC2 is ours.
#include "engine/block_cipher.h"

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
