// SPDX-License-Identifier: BSD-2-Clause
#include "engine/mac.h"

#include "engine/block_xor.h"

#include <array>

namespace capishim::engine {
namespace {

MacBlock encrypted(const BlockCipher& cipher, MacBlock block)
{
    cipher.encrypt(block.data(), block.data(), 1);
    return block;
}

// ---- CMAC --------------------------------------------------------------------------------------

/// The block times x in GF(2^128), most significant bit first (SP 800-38B 6.1).
MacBlock doubled(const MacBlock& block)
{
    MacBlock result;
    unsigned carry = 0;
    for (std::size_t i = block.size(); i-- > 0;) {
        result[i] = static_cast<std::uint8_t>(block[i] << 1 | carry);
        carry = block[i] >> 7;
    }
    result.back() = static_cast<std::uint8_t>(result.back() ^ carry * 0x87);
    return result;
}

} // namespace

Cmac::Cmac(ByteView key) : cipher_(make_block_cipher(BlockCipherId::aes, key)) {}

void Cmac::chain(ByteView blocks)
{
    constexpr std::size_t most = 32;
    SecureArray<most * mac_block_size> ciphertext;
    while (!blocks.empty()) {
        const std::size_t count = std::min(most, blocks.size() / mac_block_size);
        cipher_->encrypt_chained(chain_.data(), blocks.data(), ciphertext.data(), count);
        blocks = blocks.subspan(count * mac_block_size);
    }
}

void Cmac::update(ByteView data)
{
    const std::size_t taken = std::min(mac_block_size - pending_size_, data.size());
    std::copy_n(data.data(), taken, pending_.data() + pending_size_);
    pending_size_ += taken;
    data = data.subspan(taken);
    if (data.empty())
        return;
    chain(pending_);
    const std::size_t whole = (data.size() - 1) / mac_block_size * mac_block_size;
    chain(data.first(whole));
    pending_size_ = data.size() - whole;
    std::copy_n(data.data() + whole, pending_size_, pending_.data());
}

void Cmac::finish(std::uint8_t* mac)
{
    MacBlock subkey = doubled(encrypted(*cipher_, {}));
    if (pending_size_ < mac_block_size) {
        subkey = doubled(subkey);
        std::fill(pending_.begin() + pending_size_, pending_.end(), std::uint8_t{0});
        pending_[pending_size_] = 0x80;
    }
    xor_block<mac_block_size>(pending_.data(), pending_.data(), subkey.data());
    chain(pending_);
    std::ranges::copy(chain_, mac);
    chain_ = pending_ = {};
    pending_size_ = 0;
}

// ---- GMAC: GCM of an empty text, the data being what is authenticated beside it ----------------

Gmac::Gmac(ByteView key) : cipher_(make_block_cipher(BlockCipherId::aes, key)), gcm_(*cipher_) {}

void Gmac::set_nonce(ByteView nonce)
{
    require(nonce.size() == gcm_nonce_size && size_ == 0, Fault::invalid_parameter);
    std::ranges::copy(nonce, nonce_.emplace().begin());
}

void Gmac::update(ByteView data)
{
    const std::size_t pending = size_ % mac_block_size;
    size_ += data.size();
    if (pending != 0) {
        const std::size_t taken = std::min(mac_block_size - pending, data.size());
        std::copy_n(data.data(), taken, pending_.data() + pending);
        data = data.subspan(taken);
        if (pending + taken < mac_block_size)
            return;
        gcm_.authenticate(state_, pending_);
    }
    const std::size_t whole = data.size() / mac_block_size * mac_block_size;
    gcm_.authenticate(state_, data.first(whole));
    std::copy_n(data.data() + whole, data.size() - whole, pending_.data());
}

void Gmac::finish(std::uint8_t* mac)
{
    require(nonce_.has_value(), Fault::invalid_parameter); // N-208
    gcm_.authenticate(state_, ByteView(pending_).first(size_ % mac_block_size));
    std::ranges::copy(gcm_.tag(*cipher_, state_, *nonce_, size_, 0), mac);
    state_ = {};
    pending_ = {};
    size_ = 0;
    nonce_.reset();
}

} // namespace capishim::engine
