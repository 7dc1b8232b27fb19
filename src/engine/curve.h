// SPDX-License-Identifier: BSD-2-Clause
// Elliptic curves and the keys on them: ECDSA, ECDH and X25519. All numbers are big-endian.
#pragma once

#include "base/secure_bytes.h"

#include <memory>
#include <optional>

namespace capishim::engine {

enum class CurveId : std::uint8_t {
    p192,
    p224,
    p256,
    p384,
    p521,
    secp160k1,
    secp160r1,
    secp160r2,
    secp192k1,
    secp224k1,
    secp256k1,
    x962_p192v2,
    x962_p192v3,
    x962_p239v1,
    x962_p239v2,
    x962_p239v3,
    brainpool160r1,
    brainpool192r1,
    brainpool224r1,
    brainpool256r1,
    brainpool320r1,
    brainpool384r1,
    brainpool512r1,
    brainpool160t1,
    brainpool192t1,
    brainpool224t1,
    brainpool256t1,
    brainpool320t1,
    brainpool384t1,
    brainpool512t1,
    wtls9,
    curve25519,
    count
};

/// y^2 = x^3 + a x + b over the integers modulo a prime, with a base point (x, y) of prime order
/// and cofactor 1. `order` has its own number of bytes, the others that of the prime.
struct CurveParameters {
    Bytes prime, a, b, x, y, order;

    bool operator==(const CurveParameters&) const = default;
};

/// Whether a public point is looked at when it comes, or not before it is used.
enum class PointCheck : std::uint8_t { now, at_use };

class EcKey;

/// A curve, which never changes. Coordinates have size() bytes, scalars order_size().
class Curve {
  public:
    virtual ~Curve() = default;

    virtual std::optional<CurveId> id() const noexcept = 0;
    /// Of the field: 521 for P-521.
    virtual std::size_t bits() const noexcept = 0;
    std::size_t size() const noexcept { return (bits() + 7) / 8; }
    /// 21 where the prime has 160 bits, and the order a bit more.
    virtual std::size_t order_size() const noexcept = 0;
    /// Null: no short Weierstrass curve.
    virtual const CurveParameters* parameters() const noexcept = 0;
    bool is_same_as(const Curve& other) const noexcept;

    virtual std::shared_ptr<const EcKey> generate() const = 0;
    /// @throws Fault::bad_data   not a point of the curve
    virtual std::shared_ptr<const EcKey> from_public(ByteView x, ByteView y,
                                                     PointCheck check) const = 0;
    /// Computes the point when x and y are empty.
    /// @throws Fault::bad_data   scalar out of range, or another point than the scalar's
    virtual std::shared_ptr<const EcKey> from_private(ByteView x, ByteView y, ByteView scalar,
                                                      PointCheck check) const = 0;
};

using CurvePointer = std::shared_ptr<const Curve>;

/// The one object of a curve that has a name.
const CurvePointer& curve(CurveId id);
/// The curve of these parameters, which nobody vouches for: primes, base point and order are
/// verified. Those of a named curve give that one.
/// @throws Fault::bad_data   not the parameters of a curve of prime order, 112 to 521 bits
CurvePointer make_curve(const CurveParameters& parameters);

/// An EC key that never changes and may be used from many threads at once.
class EcKey {
  public:
    virtual ~EcKey() = default;

    virtual const Curve& curve() const noexcept = 0;
    virtual bool has_private() const noexcept = 0;
    virtual const Bytes& x() const noexcept = 0;
    virtual const Bytes& y() const noexcept = 0;
    virtual const SecureBytes& scalar() const = 0;

    /// The x coordinate of the shared point. @throws Fault::invalid_parameter   another curve
    /// @throws Fault::bad_data   no point of the curve, or one without a secret
    virtual SecureBytes agree(const EcKey& peer) const = 0;
    /// ECDSA: r || s, order_size() bytes each, of the digest's leftmost bits.
    /// @throws Fault::not_supported   a curve that does not sign
    virtual Bytes sign(ByteView digest) const = 0;
    /// As sign(), with a nonce that is told: for known answers.
    virtual Bytes sign_with_nonce(ByteView digest, ByteView nonce) const = 0;
    virtual bool verify(ByteView digest, ByteView signature) const = 0;
};

} // namespace capishim::engine
