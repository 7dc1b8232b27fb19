// SPDX-License-Identifier: BSD-2-Clause
// A key of a key derivation algorithm: the secret that BCryptKeyDerivation starts from (cng.md
// 6.11, 6.12).
#pragma once

#include "cng/hkdf.h"
#include "cng/key.h"

namespace capishim::cng {

class KdfKey final : public KeyObject {
  public:
    KdfKey(const Algorithm& algorithm, ByteView secret, Origin origin, ObjectMemory object_memory);
    KdfKey(const KdfKey& other, ObjectMemory object_memory);

    SecureBytes derive(const KdfParameters& parameters, std::size_t size,
                       std::uint32_t flags) const override;
    void set_hkdf_hash(engine::HashId hash) override;
    void finalize_hkdf(std::optional<ByteView> salt) override;

    SecureBytes export_blob(std::string_view type) const override;
    std::shared_ptr<KeyObject> duplicate(ObjectMemory object_memory) const override;
    std::uint32_t key_bits() const override;

  private:
    struct Call;
    struct Kdf;
    static const Kdf kdfs[];

    const Kdf* kdf_;
    SecureBytes secret_;
    Hkdf hkdf_; // of algorithm HKDF only
};

} // namespace capishim::cng
