// SPDX-License-Identifier: BSD-2-Clause
// A session key: key material, the settings that CryptSetKeyParam changes, and the CNG key that
// does the work. Not locked: csp::Key serialises.
#pragma once

#include "cng/symmetric_key.h"
#include "csp/ciphers.h"

#include <memory>

namespace capishim::csp {

class SessionKey {
  public:
    /// @param effective_bits   RC2's; 0 for the other ciphers
    SessionKey(const CipherRow& cipher, SecureBytes material, SecureBytes salt,
               std::uint32_t effective_bits);
    /// The same key in the same state.
    SessionKey(const SessionKey& other);
    /// What save() wrote of a key of `cipher`. @throws Fault::bad_data   it did not write that
    SessionKey(const CipherRow& cipher, LittleEndianReader& saved);
    SessionKey(SessionKey&&) noexcept = default;
    SessionKey& operator=(const SessionKey&) = delete;
    ~SessionKey() = default;

    const CipherRow& cipher() const noexcept { return *row_; }
    /// What is exported and hashed: never includes salt. It never changes, so no lock is needed.
    ByteView material() const noexcept { return material_; }
    ByteView salt() const noexcept { return salt_; }
    std::uint32_t effective_bits() const noexcept { return effective_bits_; }
    std::uint32_t mode() const noexcept { return mode_; } // CRYPT_MODE_*
    ByteView iv() const noexcept { return {iv_.data(), iv_size()}; }
    /// RC4 keeps 8 bytes too, to no effect (U-157).
    std::size_t iv_size() const noexcept { return row_->is_stream() ? 8 : row_->block_bytes; }

    // Settings. In the middle of a message they wait for the next one (U-66).
    void set_salt(SecureBytes salt);
    void set_effective_bits(std::uint32_t bits);
    void set_mode(std::uint32_t mode); // a mode of ours, or for RC4 any number
    void set_iv(ByteView iv);

    /// False for RC2 keys beyond the cipher's 128 bytes: they serve HMAC only
    /// (CRYPT_IPSEC_HMAC_KEY).
    bool can_cipher() const noexcept { return key_ != nullptr; }
    /// CBC and a block cipher: what CALG_MAC asks for (U-54).
    bool can_mac() const noexcept;

    /// The ciphertext's length for `size` bytes of plaintext.
    /// @throws Fault::bad_block_length   not whole blocks and not the final section
    std::uint64_t encrypted_size(std::uint64_t size, bool final) const;
    /// Encrypts `size` bytes at `data` in place, where encrypted_size() bytes have room.
    void encrypt(std::uint8_t* data, std::size_t size, bool final);
    /// Decrypts in place. @return the plaintext's length
    /// @throws Fault::bad_length, bad_block_length   nothing changes
    /// @throws Fault::bad_padding   the key is back at its start (U-129)
    std::size_t decrypt(MutableBytes data, bool final);

    /// Back to the start of a message; settings that waited take effect.
    void restart();
    /// The key with its settings and state, for another process (OPAQUEKEYBLOB).
    void save(LittleEndianWriter<SecureBytes>& out) const;
    /// Gives up the CNG key, for a MAC that goes on with it.
    std::unique_ptr<cng::SymmetricKey> release() { return std::move(key_); }

  private:
    void rekey();
    void apply_mode_and_iv();
    void settings_changed(bool needs_rekey);

    const CipherRow* row_;
    SecureBytes material_;
    SecureBytes salt_;
    std::uint32_t effective_bits_;
    std::uint32_t mode_;
    SecureArray<cng::max_block_length> iv_;
    // Encryption and decryption share one place in the message (U-65).
    bool in_message_ = false; // state Mid of 1.34
    bool settings_wait_ = false;
    bool rekey_waits_ = false;
    std::unique_ptr<cng::SymmetricKey> key_; // made of material || salt
};

} // namespace capishim::csp
