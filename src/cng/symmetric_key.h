// SPDX-License-Identifier: BSD-2-Clause
// A symmetric key as CNG knows it: key bytes, chaining mode, chaining register. Not locked: its
// owner serialises.
#pragma once

#include "base/secure_bytes.h"
#include "cng/algorithms.h"
#include "engine/stream_cipher.h"

#include <memory>
#include <optional>

namespace capishim::cng {

constexpr std::size_t max_block_length = 16;

class SymmetricKey {
  public:
    /// @param algorithm  a cipher of the table
    /// @param secret     key bytes; the length rule of BCryptGenerateSymmetricKey or ImportKey has
    ///                   been applied by the caller (csp passes key || salt for RC2 and RC4)
    SymmetricKey(const Algorithm& algorithm, ByteView secret);
    /// Duplicates everything: mode, IV, register, effective length, RC4 position (N-48).
    SymmetricKey(const SymmetricKey& other);
    SymmetricKey& operator=(const SymmetricKey&) = delete;
    ~SymmetricKey();

    const Algorithm& algorithm() const noexcept { return *algorithm_; }
    ByteView secret() const noexcept { return secret_; }
    std::uint32_t key_bits() const noexcept
    {
        return static_cast<std::uint32_t>(secret_.size() * 8);
    }
    std::size_t block_length() const noexcept { return algorithm_->block_length; }

    ChainingMode chaining_mode() const noexcept { return mode_; }
    /// Resets register, IV and message block length (N-114).
    /// @throws Fault::not_supported   the cipher lacks the mode
    void set_chaining_mode(ChainingMode mode);

    /// CFB's feedback, or the data unit of XTS. @throws as require_message_block
    std::size_t message_block_length() const noexcept { return message_block_; }
    void set_message_block_length(std::size_t bytes);

    /// RC2's effective key length (of others, and of RC2 by default, the key's own bits); setting
    /// it re-keys. @throws Fault::bad_data   outside 1..1024
    /// @throws Fault::not_supported   a cipher without it
    std::uint32_t effective_bits() const noexcept
    {
        return effective_bits_ != 0 ? effective_bits_ : key_bits();
    }
    void set_effective_bits(std::uint32_t bits);

    /// The start value of the chain (block_length() bytes), and where the chain stands now.
    ByteView iv() const noexcept { return {iv_.data(), block_length()}; }
    ByteView chain() const noexcept { return {chain_.data(), block_length()}; }
    /// Sets both. @throws Fault::invalid_parameter   another length
    void set_iv(ByteView iv);
    /// Where a stream cipher stands in its key stream; 0 for block ciphers.
    std::uint64_t stream_position() const noexcept { return rc4_ ? rc4_->position() : 0; }
    /// Goes on where another key of the same bytes stood: its chain() and stream_position().
    /// @throws Fault::invalid_parameter   a chain of another length
    void resume(ByteView chain, std::uint64_t stream_position);
    /// Back to the start of a message: register := IV, RC4 to the start of its key stream.
    void restart();

    bool has_message_block() const noexcept
    {
        return mode_ == ChainingMode::cfb || algorithm_->family == Family::xts;
    }
    /// What unpadded data must be a multiple of.
    std::size_t granularity() const noexcept
    {
        return has_message_block() ? message_block_ : block_length();
    }
    /// The output length for `size` bytes of input (no state touched).
    /// @throws Fault::bad_block_length   not whole blocks and no padding
    std::size_t encrypted_size(std::size_t size, bool pad) const;

    // CBC, ECB, CFB and RC4; the other modes and ciphers have files of their own.

    /// Encrypts `in` to `out`, which may be the same memory and is at least encrypted_size() long.
    /// Uses and updates the register. With `pad` (PKCS #7) the message ends: N-127's reset of the
    /// register is the caller's (restart()), because CNG and CryptoAPI differ there.
    /// @return bytes written
    std::size_t encrypt(ByteView in, MutableBytes out, bool pad);
    /// @return bytes written to `out` (at least in.size() long); with `pad` less 1..block_length()
    /// @throws Fault::bad_block_length, Fault::bad_padding (the output is wiped, the register is as
    ///         before)
    std::size_t decrypt(ByteView in, MutableBytes out, bool pad);

    /// The same with an IV of the caller's (block_length() bytes): read, and overwritten with the
    /// value that continues the stream; the register follows it (observed.md part 2 B).
    std::size_t encrypt(ByteView in, MutableBytes out, bool pad, MutableBytes iv);
    std::size_t decrypt(ByteView in, MutableBytes out, bool pad, MutableBytes iv);

    /// A block cipher's, scheduled at its first use.
    const engine::BlockCipher& cipher();

  private:
    void run(bool encrypting, ByteView in, std::uint8_t* out);

    const Algorithm* algorithm_;
    SecureBytes secret_;
    ChainingMode mode_;
    std::uint32_t message_block_;
    std::uint32_t effective_bits_ = 0; // RC2; 0 = the key's own bits
    SecureArray<max_block_length> iv_;
    SecureArray<max_block_length> chain_;
    std::shared_ptr<const engine::BlockCipher> cipher_;
    std::optional<engine::Rc4> rc4_;
};

} // namespace capishim::cng
