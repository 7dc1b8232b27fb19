// SPDX-License-Identifier: BSD-2-Clause
// A symmetric key behind a handle: SymmetricKey with its lock and the rules of BCryptEncrypt.
#pragma once

#include "cng/aead.h"
#include "cng/key.h"
#include "cng/symmetric_key.h"
#include "engine/xts.h"

#include <mutex>

namespace capishim::cng {

class SymmetricKeyObject final : public KeyObject {
  public:
    SymmetricKeyObject(const Algorithm& algorithm, ByteView secret, const KeySettings& settings,
                       Origin origin, ObjectMemory object_memory);
    SymmetricKeyObject(const SymmetricKeyObject& other, ObjectMemory object_memory);

    void encrypt(const CipherCall& call, OutBuffer& out) override;
    void decrypt(const CipherCall& call, OutBuffer& out) override;
    SecureBytes export_blob(std::string_view type) const override;
    std::shared_ptr<KeyObject> duplicate(ObjectMemory object_memory) const override;

    std::uint32_t key_bits() const override;
    std::uint32_t strength_bits() const override;
    std::uint32_t block_length() const override;
    ChainingMode chaining_mode() const override;
    std::uint32_t message_block_length() const override;
    std::uint32_t effective_bits() const override;
    SecureBytes chain() const override;
    void set_chaining_mode(ChainingMode mode) override;
    void set_message_block_length(std::uint32_t bytes) override;
    void set_effective_bits(std::uint32_t bits) override;
    void set_iv(ByteView iv) override;

  private:
    struct Plan; // what the checks of a call leave to be done

    using UnitOperation = void (engine::Xts::*)(MutableBytes, std::size_t, ByteView,
                                                std::uint8_t*) const;

    bool authenticates() const;
    void crypt_units(UnitOperation operation, const CipherCall& call, OutBuffer& out);
    Plan check(const CipherCall& call, OutBuffer& out) const;
    std::size_t run_encrypt(const Plan& plan, ByteView in, MutableBytes room);
    void decrypt_padded(const Plan& plan, ByteView in, OutBuffer& out);
    void decrypt_short(const Plan& plan, ByteView in, OutBuffer& out);

    mutable std::mutex mutex_;
    SymmetricKey key_;
    AeadCipher aead_;
    std::optional<engine::Xts> xts_;
};

} // namespace capishim::cng
