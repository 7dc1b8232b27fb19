// SPDX-License-Identifier: BSD-2-Clause
// Authenticated encryption (cng.md 4.6): AES-GCM in one call or in a chain of them, AES-CCM and
// ChaCha20-Poly1305 in one.
#pragma once

#include "cng/key.h"
#include "cng/symmetric_key.h"
#include "engine/aead.h"
#include "engine/gcm.h"

namespace capishim::cng {

/// What a cipher takes; sizes in bytes.
struct AeadRules {
    KeyLengths tag_bytes; // AuthTagLength
    std::uint32_t min_nonce;
    std::uint32_t max_nonce;
    bool chains; // N-138
};

/// @return null when the algorithm, in this mode, does not authenticate
const AeadRules* aead_rules(const Algorithm& algorithm, ChainingMode mode) noexcept;

/// The engine's objects of one key, made when they are first needed. Not locked. A chain of calls
/// leaves nothing here: its state lives in the caller's structure (N-137).
class AeadCipher {
  public:
    void encrypt(SymmetricKey& key, const CipherCall& call, OutBuffer& out);
    void decrypt(SymmetricKey& key, const CipherCall& call, OutBuffer& out);

  private:
    struct Work;

    void run(SymmetricKey& key, bool encrypting, const CipherCall& call, OutBuffer& out);
    void run_whole(Work& work);
    void run_ccm(Work& work);
    void run_botan(Work& work);
    void run_piece(Work& work, AuthInfo& auth, MutableBytes counter);
    void finish_chain(Work& work, AuthInfo& auth, const engine::GcmState& state);
    engine::Aead& engine_for(const Work& work);

    std::unique_ptr<engine::Aead> encryptor_;
    std::unique_ptr<engine::Aead> decryptor_;
    std::optional<engine::Gcm> gcm_;
};

} // namespace capishim::cng
