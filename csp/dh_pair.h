// SPDX-License-Identifier: BSD-2-Clause
// Diffie-Hellman pairs and public keys of a provider.
#pragma once

#include "cng/dh_blobs.h"
#include "csp/pair_numbers.h"

namespace capishim::csp {

class DhPair final : public PairNumbers {
  public:
    explicit DhPair(cng::DhBlob key);
    /// A public key of a version 2 blob, which does not tell its group (U-46).
    explicit DhPair(Bytes public_value) : public_value_(std::move(public_value)) {}

    std::size_t bits() const override;
    bool has_private() const override { return dh_.key && dh_.key->has_private(); }
    bool same_key(const PairNumbers& other) const override;

    std::uint8_t highest_version() const override { return 3; } // U-164
    SecureBytes public_blob(std::uint32_t algorithm_id, std::uint8_t version) const override;
    SecureBytes private_blob(std::uint32_t algorithm_id, std::uint8_t version) const override;
    void store(StoredPair& record) const override;
    /// @throws Fault::bad_data
    static std::shared_ptr<const PairNumbers> load(const StoredPair& record);

    std::optional<GroupView> group() const override;
    bool verify_group() const override;
    const DhPair* dh() const noexcept override { return this; }

    /// Z, big-endian and as long as P.
    /// @throws Fault::bad_data         another length or group, or a Y that gives Z away (U-173)
    /// @throws Fault::no_private_key   this is a public key
    SecureBytes agree(const DhPair& peer) const;

  private:
    cng::DhBlob dh_; // no key where only Y is known
    Bytes public_value_;
};

} // namespace capishim::csp
