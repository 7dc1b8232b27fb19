// SPDX-License-Identifier: BSD-2-Clause
// RSA pairs and public keys of a provider.
#pragma once

#include "csp/pair_numbers.h"

namespace capishim::csp {

class RsaPair final : public PairNumbers {
  public:
    explicit RsaPair(std::shared_ptr<const engine::RsaKey> key) : key_(std::move(key)) {}

    std::size_t bits() const override { return key_->bits(); }
    bool has_private() const override { return key_->has_private(); }
    bool same_key(const PairNumbers& other) const override;

    std::uint8_t highest_version() const override { return 2; }
    SecureBytes public_blob(std::uint32_t algorithm_id, std::uint8_t version) const override;
    SecureBytes private_blob(std::uint32_t algorithm_id, std::uint8_t version) const override;
    void store(StoredPair& record) const override;
    /// @throws Fault::bad_data
    static std::shared_ptr<const PairNumbers> load(const StoredPair& record);

    std::size_t signature_size() const override { return key_->size(); }
    bool fits(const HashRow& hash, std::uint32_t flags) const override;
    Bytes sign(const HashRow& hash, ByteView value, std::uint32_t flags) const override;
    bool verify(const HashRow& hash, ByteView value, ByteView signature,
                std::uint32_t flags) const override;

    const engine::RsaKey* rsa() const noexcept override { return key_.get(); }

  private:
    std::shared_ptr<const engine::RsaKey> key_;
};

} // namespace capishim::csp
