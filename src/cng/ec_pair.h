// SPDX-License-Identifier: BSD-2-Clause
// ECDH and ECDSA pairs and public keys behind handles (cng.md 5.3, 6.5, 6.6).
#pragma once

#include "cng/ec_blobs.h"
#include "cng/key_pair.h"

namespace capishim::cng {

class EcPair final : public KeyPair<engine::EcKey> {
  public:
    /// @throws Fault::bad_key_length   not the curve's (N-52, N-53)
    static std::shared_ptr<EcPair> begin(const AlgorithmObject& algorithm, std::uint32_t bits,
                                         Origin origin);
    /// @throws as read_ec_blob()
    static std::shared_ptr<EcPair> import(const AlgorithmObject& algorithm, const PairBlob& blob,
                                          Origin origin);

    EcPair(const Algorithm& algorithm, CurveChoice curve, std::uint32_t wanted_bits, Origin origin);
    EcPair(const Algorithm& algorithm, EcImport imported, Origin origin);

    SecureBytes export_blob(std::string_view type) const override;
    SecureBytes agree(const KeyObject& peer) const override;
    void sign(ByteView hash, const Padding& padding, std::uint32_t flags,
              OutBuffer& out) const override;
    void verify(ByteView hash, ByteView signature, const Padding& padding,
                std::uint32_t flags) const override;

    /// None: no named curve.
    std::optional<engine::CurveId> curve_id() const { return curve().curve->id(); }

    std::uint32_t key_bits() const override;
    std::uint32_t signature_length() const override;
    std::string_view curve_name() const override;
    SecureBytes domain_parameters() const override;
    void set_curve(CurveChoice curve) override;

  private:
    Numbers generate() const override;
    CurveChoice curve() const;

    CurveChoice curve_;         // changes while the pair is open, under its lock
    std::uint32_t wanted_bits_; // 0: those of any curve
};

} // namespace capishim::cng
