// SPDX-License-Identifier: BSD-2-Clause
// curve25519 (RFC 7748), with its numbers big-endian like all others of CNG (N-150).
#include "base/big_number.h"
#include "engine/botan_compat_ec.h"
#include "engine/botan_faults.h"
#include "engine/curve_registry.h"
#include "engine/random.h"

namespace capishim::engine {
namespace {

constexpr std::size_t number_size = 32;

/// RFC 7748 5: a multiple of the cofactor, of one fixed length.
SecureBytes clamped(ByteView scalar)
{
    SecureBytes bytes = secure_copy(scalar);
    bytes.back() &= 0xF8;
    bytes.front() = static_cast<std::uint8_t>((bytes.front() & 0x7F) | 0x40);
    return bytes;
}

/// scalar * u, all big-endian.
SecureBytes multiply(ByteView scalar, ByteView u)
{
    const auto little_scalar = reversed<SecureBytes>(scalar);
    const Bytes little_u = reversed(u);
    SecureBytes product(number_size);
    translate([&] { compat::x25519(product.data(), little_scalar.data(), little_u.data()); });
    return reversed<SecureBytes>(product);
}

Bytes public_point(ByteView scalar)
{
    Bytes base(number_size);
    base.back() = 9;
    const SecureBytes point = multiply(scalar, base);
    return {point.begin(), point.end()};
}

class X25519Key final : public EcKey {
  public:
    /// @param scalar   clamped; empty in a public key
    X25519Key(const Curve& curve, Bytes u, SecureBytes scalar)
        : curve_(curve), u_(std::move(u)), scalar_(std::move(scalar))
    {
    }

    const Curve& curve() const noexcept override { return curve_; }
    bool has_private() const noexcept override { return !scalar_.empty(); }
    const Bytes& x() const noexcept override { return u_; }
    const Bytes& y() const noexcept override { return no_y_; }

    const SecureBytes& scalar() const override
    {
        require(has_private(), Fault::no_private_key);
        return scalar_;
    }

    SecureBytes agree(const EcKey& peer) const override
    {
        require(has_private(), Fault::no_private_key);
        require(peer.curve().is_same_as(curve_), Fault::invalid_parameter);
        SecureBytes secret = multiply(scalar_, peer.x());
        require(!constant_time_equal(secret, Bytes(number_size)),
                Fault::bad_data); // a point of small order: RFC 7748 6.1
        return secret;
    }

    Bytes sign(ByteView) const override { throw Error(Fault::not_supported); }
    Bytes sign_with_nonce(ByteView, ByteView) const override { throw Error(Fault::not_supported); }
    bool verify(ByteView, ByteView) const override { throw Error(Fault::not_supported); }

  private:
    const Curve& curve_; // lives for ever
    Bytes u_;
    Bytes no_y_ = Bytes(number_size);
    SecureBytes scalar_;
};

class Curve25519 final : public Curve {
  public:
    std::optional<CurveId> id() const noexcept override { return CurveId::curve25519; }
    std::size_t bits() const noexcept override { return 255; }
    std::size_t order_size() const noexcept override { return number_size; } // of a scalar
    const CurveParameters* parameters() const noexcept override { return nullptr; }

    std::shared_ptr<const EcKey> generate() const override
    {
        SecureBytes scalar(number_size);
        random_bytes(scalar);
        return from_private({}, {}, scalar, PointCheck::now);
    }

    /// Every number is the coordinate of some point, of this curve or of its twist.
    std::shared_ptr<const EcKey> from_public(ByteView x, ByteView y, PointCheck) const override
    {
        require(x.size() == number_size && y.size() == number_size, Fault::bad_data);
        require(is_zero_number(y), Fault::bad_data);
        return std::make_shared<X25519Key>(*this, Bytes(x.begin(), x.end()), SecureBytes{});
    }

    std::shared_ptr<const EcKey> from_private(ByteView x, ByteView y, ByteView scalar,
                                              PointCheck check) const override
    {
        require(scalar.size() == number_size, Fault::bad_data);
        SecureBytes secret = clamped(scalar);
        Bytes u = public_point(secret);
        if (!x.empty() || !y.empty()) {
            const auto given = from_public(x, y, check);
            require(check == PointCheck::at_use || given->x() == u, Fault::bad_data);
            u = given->x();
        }
        return std::make_shared<X25519Key>(*this, std::move(u), std::move(secret));
    }
};

} // namespace

CurvePointer make_curve25519()
{
    return std::make_shared<Curve25519>();
}

} // namespace capishim::engine
