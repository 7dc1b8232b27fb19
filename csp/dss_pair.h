// SPDX-License-Identifier: BSD-2-Clause
// DSS pairs and public keys of a provider.
#pragma once

#include "cng/dsa_blobs.h"
#include "csp/pair_numbers.h"

namespace capishim::csp {

class DssPair final : public PairNumbers {
  public:
    /// @param key   with a Q of 160 bits. @throws Fault::bad_data   another
    explicit DssPair(cng::CapiDsaKey key);

    std::size_t bits() const override { return dsa_.key->bits(); }
    bool has_private() const override { return dsa_.key->has_private(); }
    bool same_key(const PairNumbers& other) const override;

    std::uint8_t highest_version() const override { return 3; } // U-164
    SecureBytes public_blob(std::uint32_t algorithm_id, std::uint8_t version) const override;
    SecureBytes private_blob(std::uint32_t algorithm_id, std::uint8_t version) const override;
    void store(StoredPair& record) const override;
    /// @throws Fault::bad_data
    static std::shared_ptr<const PairNumbers> load(const StoredPair& record);

    std::size_t signature_size() const override { return dsa_.key->signature_size(); }
    Bytes sign(const HashRow& hash, ByteView value, std::uint32_t flags) const override;
    bool verify(const HashRow& hash, ByteView value, ByteView signature,
                std::uint32_t flags) const override;

    std::optional<GroupView> group() const override;
    bool verify_group() const override { return engine::verify_group(dsa_.key->group()); }

  private:
    cng::CapiDsaKey dsa_;
};

} // namespace capishim::csp
