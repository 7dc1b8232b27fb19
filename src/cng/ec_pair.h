// SPDX-License-Identifier: BSD-2-Clause
// ECDH pairs and public keys behind handles (cng.md 5.3, 6.6).
#pragma once

#include "cng/key_pair.h"
#include "engine/ecdh.h"

namespace capishim::cng {

class EcPair final : public KeyPair<engine::EcKey> {
  public:
    static std::shared_ptr<EcPair> begin(const Algorithm& algorithm, std::uint32_t bits,
                                         Origin origin);
    static std::shared_ptr<EcPair> import(const Algorithm& algorithm, std::string_view type,
                                          ByteView blob, Origin origin);

    EcPair(const Algorithm& algorithm, Origin origin);
    EcPair(const Algorithm& algorithm, Numbers numbers, Origin origin);

    SecureBytes export_blob(std::string_view type) const override;
    SecureBytes agree(const KeyObject& peer) const override;

    std::uint32_t key_bits() const override { return algorithm().key_lengths.max_bits; }

  private:
    Numbers generate() const override;
};

} // namespace capishim::cng
