// SPDX-License-Identifier: BSD-2-Clause
// RSA pairs and public keys behind handles: cng.md 6.2 to 6.4 with observed.md part 2 D and E.
#pragma once

#include "cng/sized_pair.h"
#include "engine/rsa.h"

namespace capishim::cng {

class RsaPair final : public SizedKeyPair<engine::RsaKey> {
  public:
    static std::shared_ptr<RsaPair> import(const Algorithm& algorithm, std::string_view type,
                                           ByteView blob, Origin origin);

    using SizedKeyPair::SizedKeyPair;

    void encrypt(const CipherCall& call, OutBuffer& out) override;
    void decrypt(const CipherCall& call, OutBuffer& out) override;
    SecureBytes export_blob(std::string_view type) const override;
    void sign(ByteView hash, const Padding& padding, std::uint32_t flags,
              OutBuffer& out) const override;
    void verify(ByteView hash, ByteView signature, const Padding& padding,
                std::uint32_t flags) const override;

    std::uint32_t block_length() const override { return (key_bits() + 7) / 8; }
    std::uint32_t signature_length() const override { return block_length(); }

  private:
    Numbers generate() const override;
};

} // namespace capishim::cng
