// SPDX-License-Identifier: BSD-2-Clause
// ECDH on the NIST curves: what a CNG secret is made from.
#pragma once

#include "base/secure_bytes.h"

#include <memory>

namespace capishim::engine {

enum class CurveId : std::uint8_t { p256, p384, p521 };

std::size_t curve_bits(CurveId id) noexcept;
/// Bytes of a coordinate: 32, 48, 66.
std::size_t curve_size(CurveId id) noexcept;

/// An EC key that never changes. Coordinates and scalars are big-endian, curve_size() bytes each.
class EcKey {
  public:
    virtual ~EcKey() = default;

    static std::shared_ptr<const EcKey> generate(CurveId id);
    /// @throws Fault::bad_data   not a point of the curve
    static std::shared_ptr<const EcKey> from_public(CurveId id, ByteView x, ByteView y);
    /// @throws Fault::bad_data   scalar out of range, or (x, y) given and not its point
    static std::shared_ptr<const EcKey> from_private(CurveId id, ByteView x, ByteView y,
                                                     ByteView scalar);

    virtual CurveId curve() const noexcept = 0;
    virtual bool has_private() const noexcept = 0;
    virtual Bytes x() const = 0;
    virtual Bytes y() const = 0;
    virtual SecureBytes scalar() const = 0;
    /// The x coordinate of the shared point. @throws Fault::invalid_parameter   another curve
    virtual SecureBytes agree(const EcKey& peer) const = 0;
};

} // namespace capishim::engine
