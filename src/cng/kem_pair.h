// SPDX-License-Identifier: BSD-2-Clause
// ML-KEM pairs and encapsulation keys behind handles (cng.md 1.37, 1.38, 6.14).
#pragma once

#include "cng/pq_pair.h"
#include "engine/ml_kem.h"

namespace capishim::cng {

class KemPair final : public PqPair<engine::KemKey> {
  public:
    using PqPair::PqPair;

    KemLengths kem_lengths() const override;
    engine::Encapsulation encapsulate() const override;
    SecureBytes decapsulate(ByteView ciphertext) const override;

    std::uint32_t public_key_bits() const override;
    std::uint32_t kem_ciphertext_length() const override;
};

std::shared_ptr<KeyObject> begin_kem_pair(const Algorithm& algorithm, std::uint32_t bits,
                                          Origin origin);
std::shared_ptr<KeyObject> import_kem_pair(const Algorithm& algorithm, const PairBlob& blob,
                                           Origin origin);

} // namespace capishim::cng
