// SPDX-License-Identifier: BSD-2-Clause
// The elliptic-curve half of botan_compat.h: groups, scalars modulo the order, points. Botan 3 has
// fast code for some curves behind EC_Scalar and EC_AffinePoint; 2.19 has numbers and points alone.
#pragma once

#include "base/secure_bytes.h"
#include "engine/botan_compat.h"

#if BOTAN_VERSION_MAJOR >= 3
#include <botan/ec_apoint.h>
#include <botan/ec_scalar.h>
#include <botan/x25519.h>
#else
#include <botan/curve25519.h>
#endif

#include <optional>
#include <vector>

namespace capishim::engine::compat {

using Botan::EC_Group;

inline EC_Group named_group(const char* name)
{
#if BOTAN_VERSION_MAJOR >= 3
    return EC_Group::from_name(name);
#else
    return EC_Group(std::string(name));
#endif
}

/// A curve of cofactor 1 from its numbers. Botan remembers every group that it has seen: it is made
/// to forget, else a caller who keeps on sending new ones could fill the memory.
inline EC_Group group_of(const Botan::BigInt& p, const Botan::BigInt& a, const Botan::BigInt& b,
                         const Botan::BigInt& x, const Botan::BigInt& y, const Botan::BigInt& n)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations" // there is none without an OID else
    EC_Group group(p, a, b, x, y, n, 1);
#pragma GCC diagnostic pop
    EC_Group::clear_registered_curve_data();
    return group;
}

/// RFC 7748's function of 32-byte numbers, least byte first. Botan's key objects would compute a
/// public key for each.
inline void x25519(std::uint8_t* product, const std::uint8_t* scalar, const std::uint8_t* u)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    Botan::curve25519_donna(product, scalar, u);
#pragma GCC diagnostic pop
}

#if BOTAN_VERSION_MAJOR >= 3

using EcScalar = Botan::EC_Scalar;
using EcPoint = Botan::EC_AffinePoint;

/// From 1 to n - 1, in exactly as many bytes as n has; else nothing.
inline std::optional<EcScalar> scalar(const EC_Group& group, ByteView bytes)
{
    auto value = EcScalar::deserialize(group, bytes);
    return value && value->is_nonzero() ? std::move(value) : std::nullopt;
}

inline EcScalar random_scalar(const EC_Group& group, Botan::RandomNumberGenerator& rng)
{
    return EcScalar::random(group, rng);
}

/// FIPS 186-4 6.4: the leftmost bits, as many as n has.
inline EcScalar digest_scalar(const EC_Group& group, ByteView digest)
{
    return EcScalar::from_bytes_with_trunc(group, digest);
}

inline SecureBytes bytes_of(const EC_Group&, const EcScalar& scalar)
{
    return scalar.serialize<SecureBytes>();
}

/// 04 || x || y
inline std::optional<EcPoint> point(const EC_Group& group, ByteView sec1)
{
    return EcPoint::deserialize(group, sec1);
}

/// 04 || x || y of scalar * G
inline Bytes base_times(const EC_Group&, const EcScalar& scalar, Botan::RandomNumberGenerator& rng)
{
    std::vector<Botan::BigInt> workspace;
    return EcPoint::g_mul(scalar, rng, workspace).serialize_uncompressed<Bytes>();
}

/// The x coordinate of scalar * G, modulo n.
inline EcScalar base_times_x(const EC_Group&, const EcScalar& scalar,
                             Botan::RandomNumberGenerator& rng)
{
    std::vector<Botan::BigInt> workspace;
    return EcScalar::gk_x_mod_order(scalar, rng, workspace);
}

/// The x coordinate of scalar * point.
inline SecureBytes times_x(const EC_Group&, const EcPoint& point, const EcScalar& scalar,
                           Botan::RandomNumberGenerator& rng)
{
    std::vector<Botan::BigInt> workspace;
    const auto x = point.mul_x_only(scalar, rng, workspace);
    return {x.begin(), x.end()};
}

/// What is computed once for a public key, to verify with.
class EcVerifier {
  public:
    EcVerifier(const EC_Group&, const EcPoint& point) : table_(point) {}

    /// Whether r is the x coordinate of w * (m * G + r * point), modulo n.
    bool matches(const EcScalar& r, const EcScalar& w, const EcScalar& m) const
    {
        return table_.mul2_vartime_x_mod_order_eq(r, w, m, r);
    }

  private:
    EC_Group::Mul2Table table_;
};

#else

using EcPoint = Botan::PointGFp;

class EcScalar {
  public:
    EcScalar(const EC_Group& group, Botan::BigInt value) : group_(&group), value_(std::move(value))
    {
        static_cast<void>(value_.sig_words()); // cached: settled before threads share it
    }

    const Botan::BigInt& value() const { return value_; }
    bool is_zero() const { return value_.is_zero(); }
    EcScalar invert() const { return {*group_, group_->inverse_mod_order(value_)}; }
    EcScalar operator+(const EcScalar& other) const
    {
        return {*group_, group_->mod_order(value_ + other.value_)};
    }
    EcScalar operator*(const EcScalar& other) const
    {
        return {*group_, group_->multiply_mod_order(value_, other.value_)};
    }

  private:
    const EC_Group* group_;
    Botan::BigInt value_;
};

inline std::optional<EcScalar> scalar(const EC_Group& group, ByteView bytes)
{
    Botan::BigInt value = number(bytes);
    if (bytes.size() != group.get_order_bytes() || value.is_zero() || value >= group.get_order())
        return std::nullopt;
    return EcScalar(group, std::move(value));
}

inline EcScalar random_scalar(const EC_Group& group, Botan::RandomNumberGenerator& rng)
{
    return {group, group.random_scalar(rng)};
}

inline EcScalar digest_scalar(const EC_Group& group, ByteView digest)
{
    const ByteView used = digest.first(std::min(digest.size(), group.get_order_bytes()));
    Botan::BigInt value = number(used);
    if (8 * used.size() > group.get_order_bits())
        value >>= 8 * used.size() - group.get_order_bits();
    return {group, group.mod_order(value)};
}

inline SecureBytes bytes_of(const EC_Group& group, const EcScalar& scalar)
{
    SecureBytes bytes(group.get_order_bytes());
    store(scalar.value(), bytes);
    return bytes;
}

inline std::optional<EcPoint> point(const EC_Group& group, ByteView sec1)
{
    try {
        return group.OS2ECP(sec1.data(), sec1.size());
    } catch (const Botan::Exception&) {
        return std::nullopt;
    }
}

inline Bytes base_times(const EC_Group& group, const EcScalar& scalar,
                        Botan::RandomNumberGenerator& rng)
{
    std::vector<Botan::BigInt> workspace;
    return group.blinded_base_point_multiply(scalar.value(), rng, workspace)
        .encode(EcPoint::UNCOMPRESSED);
}

inline EcScalar base_times_x(const EC_Group& group, const EcScalar& scalar,
                             Botan::RandomNumberGenerator& rng)
{
    std::vector<Botan::BigInt> workspace;
    return {group,
            group.mod_order(group.blinded_base_point_multiply_x(scalar.value(), rng, workspace))};
}

inline SecureBytes times_x(const EC_Group& group, const EcPoint& point, const EcScalar& scalar,
                           Botan::RandomNumberGenerator& rng)
{
    std::vector<Botan::BigInt> workspace;
    SecureBytes x(group.get_p_bytes());
    store(group.blinded_var_point_multiply(point, scalar.value(), rng, workspace).get_affine_x(),
          x);
    return x;
}

class EcVerifier {
  public:
    EcVerifier(const EC_Group& group, const EcPoint& point) : group_(group), point_(point) {}

    bool matches(const EcScalar& r, const EcScalar& w, const EcScalar& m) const
    {
        const EcPoint sum = group_.point_multiply((m * w).value(), point_, (r * w).value());
        return !sum.is_zero() && group_.mod_order(sum.get_affine_x()) == r.value();
    }

  private:
    EC_Group group_;
    EcPoint point_;
};

#endif

} // namespace capishim::engine::compat
