// SPDX-License-Identifier: BSD-2-Clause
// ML-DSA pairs and public keys behind handles (cng.md 1.20, 1.21, 6.14).
#pragma once

#include "cng/pq_pair.h"
#include "engine/ml_dsa.h"

namespace capishim::cng {

class MlDsaPair final : public PqPair<engine::MlDsaKey> {
  public:
    using PqPair::PqPair;

    void sign(ByteView message, const Padding& padding, std::uint32_t flags,
              OutBuffer& out) const override;
    void verify(ByteView message, ByteView signature, const Padding& padding,
                std::uint32_t flags) const override;

    std::uint32_t public_key_bits() const override;
    std::uint32_t signature_length() const override;
};

std::shared_ptr<KeyObject> begin_ml_dsa_pair(const Algorithm& algorithm, std::uint32_t bits,
                                             Origin origin);
std::shared_ptr<KeyObject> import_ml_dsa_pair(const Algorithm& algorithm, const PairBlob& blob,
                                              Origin origin);

} // namespace capishim::cng
