// SPDX-License-Identifier: BSD-2-Clause
// DH pairs and public keys behind handles (cng.md 5.6, 6.1, 6.6).
#pragma once

#include "cng/dh_blobs.h"
#include "cng/sized_pair.h"

#include <optional>

namespace capishim::cng {

class DhPair final : public SizedKeyPair<engine::DhKey> {
  public:
    using SizedKeyPair::SizedKeyPair;
    DhPair(const Algorithm& algorithm, DhBlob blob, Origin origin);

    SecureBytes export_blob(std::string_view type) const override;
    SecureBytes agree(const KeyObject& peer) const override;

    SecureBytes domain_parameters() const override;
    void set_domain_parameters(ByteView blob) override;
    void set_private_value(ByteView value) override;

  private:
    Numbers generate() const override;
    void check_wanted_bits(std::uint32_t bits) const override;

    // Set while the pair is open only.
    std::optional<engine::DhGroup> group_;
    SecureBytes private_value_;
    const DhHistory history_ = {};
};

std::shared_ptr<DhPair> import_dh_pair(const Algorithm& algorithm, const PairBlob& blob,
                                       Origin origin);

} // namespace capishim::cng
