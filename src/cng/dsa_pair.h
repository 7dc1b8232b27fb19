// SPDX-License-Identifier: BSD-2-Clause
// DSA pairs and public keys behind handles (cng.md 5.7, 6.1, 6.5).
#pragma once

#include "cng/dsa_blobs.h"
#include "cng/sized_pair.h"

#include <optional>

namespace capishim::cng {

class DsaPair final : public SizedKeyPair<engine::DsaKey> {
  public:
    using SizedKeyPair::SizedKeyPair;

    SecureBytes export_blob(std::string_view type) const override;
    void sign(ByteView hash, const Padding& padding, std::uint32_t flags,
              OutBuffer& out) const override;
    void verify(ByteView hash, ByteView signature, const Padding& padding,
                std::uint32_t flags) const override;

    std::uint32_t signature_length() const override;
    void set_domain_parameters(ByteView blob) override;

  private:
    Numbers generate() const override;
    void check_wanted_bits(std::uint32_t bits) const override;

    std::optional<engine::DsaGroup> group_; // set while the pair is open only
    std::atomic<std::uint32_t> order_size_ = 0;
};

std::shared_ptr<DsaPair> import_dsa_pair(const Algorithm& algorithm, const PairBlob& blob,
                                         Origin origin);

} // namespace capishim::cng
