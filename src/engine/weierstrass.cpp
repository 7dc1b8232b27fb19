// SPDX-License-Identifier: BSD-2-Clause
// Curves y^2 = x^3 + a x + b and the keys on them. A key computes with Botan's scalars and points
// directly: its signer objects would have to be kept per thread, and draw no nonces.
#include "engine/botan_compat_ec.h"
#include "engine/botan_faults.h"
#include "engine/botan_rng.h"
#include "engine/curve_registry.h"

#include <atomic>

namespace capishim::engine {
namespace {

using Botan::BigInt;

class Weierstrass final : public Curve, public std::enable_shared_from_this<Weierstrass> {
  public:
    Weierstrass(std::optional<CurveId> id, compat::EC_Group group);

    std::optional<CurveId> id() const noexcept override { return id_; }
    std::size_t bits() const noexcept override { return bits_; }
    std::size_t order_size() const noexcept override { return parameters_.order.size(); }
    const CurveParameters* parameters() const noexcept override { return &parameters_; }
    const compat::EC_Group& group() const noexcept { return group_; }

    std::shared_ptr<const EcKey> generate() const override;
    std::shared_ptr<const EcKey> from_public(ByteView x, ByteView y,
                                             PointCheck check) const override;
    std::shared_ptr<const EcKey> from_private(ByteView x, ByteView y, ByteView scalar,
                                              PointCheck check) const override;

  private:
    std::shared_ptr<const EcKey> key_of(const compat::EcScalar& scalar) const;

    std::optional<CurveId> id_;
    compat::EC_Group group_;
    std::size_t bits_;
    CurveParameters parameters_;
};

using WeierstrassPointer = std::shared_ptr<const Weierstrass>;

CurveParameters parameters_of(const compat::EC_Group& group)
{
    const std::size_t size = group.get_p_bytes();
    return {compat::stored<Bytes>(group.get_p(), size),
            compat::stored<Bytes>(group.get_a(), size),
            compat::stored<Bytes>(group.get_b(), size),
            compat::stored<Bytes>(group.get_g_x(), size),
            compat::stored<Bytes>(group.get_g_y(), size),
            compat::stored<Bytes>(group.get_order(), group.get_order_bytes())};
}

class WeierstrassKey final : public EcKey {
  public:
    /// @param secret   none in a public key
    WeierstrassKey(WeierstrassPointer curve, Bytes x, Bytes y,
                   std::optional<compat::EcScalar> secret)
        : curve_(std::move(curve)), x_(std::move(x)), y_(std::move(y)), secret_(std::move(secret))
    {
        if (secret_)
            scalar_ = compat::bytes_of(group(), *secret_);
    }
    ~WeierstrassKey() override { delete verifier_.load(); }

    const Curve& curve() const noexcept override { return *curve_; }
    bool has_private() const noexcept override { return secret_.has_value(); }
    const Bytes& x() const noexcept override { return x_; }
    const Bytes& y() const noexcept override { return y_; }

    const SecureBytes& scalar() const override
    {
        require(has_private(), Fault::no_private_key);
        return scalar_;
    }

    SecureBytes agree(const EcKey& peer) const override;
    Bytes sign(ByteView digest) const override;
    Bytes sign_with_nonce(ByteView digest, ByteView nonce) const override;
    bool verify(ByteView digest, ByteView signature) const override;

  private:
    const compat::EC_Group& group() const noexcept { return curve_->group(); }
    std::optional<Bytes> signature(ByteView digest, const compat::EcScalar& nonce) const;
    const compat::EcVerifier* verifier() const;

    WeierstrassPointer curve_;
    Bytes x_, y_;
    std::optional<compat::EcScalar> secret_;
    SecureBytes scalar_;
    mutable std::atomic<const compat::EcVerifier*> verifier_ = nullptr;
};

/// None if it is not on the curve.
std::optional<compat::EcPoint> find_point(const Weierstrass& curve, ByteView x, ByteView y)
{
    Bytes sec1 = {0x04}; // uncompressed; infinity can't be written so
    sec1.insert(sec1.end(), x.begin(), x.end());
    sec1.insert(sec1.end(), y.begin(), y.end());
    return compat::point(curve.group(), sec1);
}

SecureBytes WeierstrassKey::agree(const EcKey& peer) const
{
    require(has_private(), Fault::no_private_key);
    require(peer.curve().is_same_as(*curve_), Fault::invalid_parameter);
    return translate([&] {
        const auto theirs = find_point(*curve_, peer.x(), peer.y());
        require(theirs.has_value(), Fault::bad_data); // may have come unchecked
        return compat::times_x(group(), *theirs, *secret_, thread_rng());
    });
}

/// FIPS 186-4 6.4: r = x(k G), s = (e + d r) / k. All factors of the inversion and of d are blinded
/// by b, for the curves whose arithmetic is not in constant time.
std::optional<Bytes> WeierstrassKey::signature(ByteView digest, const compat::EcScalar& nonce) const
{
    const compat::EcScalar b = compat::random_scalar(group(), thread_rng());
    const compat::EcScalar e = compat::digest_scalar(group(), digest);
    const compat::EcScalar r = compat::base_times_x(group(), nonce, thread_rng());
    const compat::EcScalar s = (nonce * b).invert() * (*secret_ * b * r + e * b);
    if (r.is_zero() || s.is_zero())
        return std::nullopt;
    Bytes pair;
    for (const compat::EcScalar* const number : {&r, &s}) {
        const SecureBytes bytes = compat::bytes_of(group(), *number);
        pair.insert(pair.end(), bytes.begin(), bytes.end());
    }
    return pair;
}

Bytes WeierstrassKey::sign(ByteView digest) const
{
    require(has_private(), Fault::no_private_key);
    return translate([&] {
        for (;;)
            if (auto pair = signature(digest, compat::random_scalar(group(), thread_rng())))
                return *std::move(pair);
    });
}

Bytes WeierstrassKey::sign_with_nonce(ByteView digest, ByteView nonce) const
{
    require(has_private(), Fault::no_private_key);
    return translate([&] {
        const auto k = compat::scalar(group(), nonce);
        require(k.has_value(), Fault::bad_data);
        auto pair = signature(digest, *k);
        require(pair.has_value(), Fault::bad_data);
        return *std::move(pair);
    });
}

/// Made at the first verification and then kept; of two threads that make it, one throws its own
/// away. Null: the point, which came unchecked, is none of the curve.
const compat::EcVerifier* WeierstrassKey::verifier() const
{
    if (const auto* const present = verifier_.load())
        return present;
    const auto point = find_point(*curve_, x_, y_);
    if (!point)
        return nullptr;
    auto ours = std::make_unique<const compat::EcVerifier>(group(), *point);
    const compat::EcVerifier* first = nullptr;
    return verifier_.compare_exchange_strong(first, ours.get()) ? ours.release() : first;
}

bool WeierstrassKey::verify(ByteView digest, ByteView signature) const
{
    const std::size_t half = curve_->order_size();
    if (signature.size() != 2 * half)
        return false;
    return translate([&] {
        const auto r = compat::scalar(group(), signature.first(half));
        const auto s = compat::scalar(group(), signature.last(half));
        const compat::EcVerifier* const table = r && s ? verifier() : nullptr;
        return table && table->matches(*r, s->invert(), compat::digest_scalar(group(), digest));
    });
}

// ---- Curves ------------------------------------------------------------------------------------

Weierstrass::Weierstrass(std::optional<CurveId> id, compat::EC_Group group)
    : id_(id), group_(std::move(group)), bits_(group_.get_p_bits()),
      parameters_(engine::parameters_of(group_))
{
}

std::shared_ptr<const EcKey> Weierstrass::key_of(const compat::EcScalar& scalar) const
{
    const Bytes sec1 = compat::base_times(group_, scalar, thread_rng());
    const ByteView point = ByteView(sec1).subspan(1);
    const ByteView x = point.first(size()), y = point.last(size());
    return std::make_shared<WeierstrassKey>(shared_from_this(), Bytes(x.begin(), x.end()),
                                            Bytes(y.begin(), y.end()), scalar);
}

std::shared_ptr<const EcKey> Weierstrass::generate() const
{
    return translate([&] { return key_of(compat::random_scalar(group_, thread_rng())); });
}

std::shared_ptr<const EcKey> Weierstrass::from_public(ByteView x, ByteView y,
                                                      PointCheck check) const
{
    return translate([&] {
        require(x.size() == size() && y.size() == size(), Fault::bad_data);
        require(check == PointCheck::at_use || find_point(*this, x, y), Fault::bad_data);
        return std::make_shared<WeierstrassKey>(shared_from_this(), Bytes(x.begin(), x.end()),
                                                Bytes(y.begin(), y.end()), std::nullopt);
    });
}

std::shared_ptr<const EcKey> Weierstrass::from_private(ByteView x, ByteView y, ByteView scalar,
                                                       PointCheck check) const
{
    return translate([&]() -> std::shared_ptr<const EcKey> {
        const auto secret = compat::scalar(group_, scalar);
        require(secret.has_value(), Fault::bad_data);
        if (x.empty() && y.empty())
            return key_of(*secret);
        require(x.size() == size() && y.size() == size(), Fault::bad_data);
        if (check == PointCheck::at_use)
            return std::make_shared<WeierstrassKey>(shared_from_this(), Bytes(x.begin(), x.end()),
                                                    Bytes(y.begin(), y.end()), secret);
        auto key = key_of(*secret);
        require(std::ranges::equal(x, key->x()) && std::ranges::equal(y, key->y()),
                Fault::bad_data);
        return key;
    });
}

// ---- Parameters from outside -------------------------------------------------------------------

constexpr std::size_t fewest_bits = 112;
constexpr std::size_t most_bits = 521;

bool is_prime(const BigInt& number)
{
    constexpr std::size_t error_bits = 128; // one in 2^128, even for a number made to deceive
    return number.is_odd() && Botan::is_prime(number, thread_rng(), error_bits);
}

/// |n - (p + 1)| <= 2 sqrt(p): with a prime n, there is then no room for a cofactor.
bool is_within_hasse(const BigInt& p, const BigInt& n)
{
    const BigInt difference = p + 1 >= n ? p + 1 - n : n - p - 1;
    return difference * difference <= p * 4;
}

bool is_smooth(const Botan::Modular_Reducer& mod_p, const BigInt& a, const BigInt& b)
{
    const BigInt discriminant =
        mod_p.reduce(mod_p.cube(a) * 4) + mod_p.reduce(mod_p.square(b) * 27);
    return !mod_p.reduce(discriminant).is_zero();
}

bool is_on_curve(const Botan::Modular_Reducer& mod_p, const BigInt& a, const BigInt& b,
                 const BigInt& x, const BigInt& y)
{
    return mod_p.square(y) == mod_p.reduce(mod_p.cube(x) + mod_p.multiply(a, x) + b);
}

compat::EC_Group group_from(const CurveParameters& parameters)
{
    return compat::group_of(compat::number(parameters.prime), compat::number(parameters.a),
                            compat::number(parameters.b), compat::number(parameters.x),
                            compat::number(parameters.y), compat::number(parameters.order));
}

/// n G = 0, seen as (n - 1) G = -G. The order alone does not say so, since the curve might be one
/// with another number of points.
bool has_order(const CurveParameters& parameters)
{
    const compat::EC_Group group = group_from(parameters);
    const BigInt most = group.get_order() - 1;
    const auto last = compat::scalar(group, compat::stored<Bytes>(most, group.get_order_bytes()));
    const BigInt minus_y = group.get_p() - group.get_g_y();
    Bytes expected = {0x04};
    for (const BigInt& number : {group.get_g_x(), minus_y}) {
        const Bytes bytes = compat::stored<Bytes>(number, group.get_p_bytes());
        expected.insert(expected.end(), bytes.begin(), bytes.end());
    }
    return last && compat::base_times(group, *last, thread_rng()) == expected;
}

void verify_numbers(const CurveParameters& parameters)
{
    const BigInt p = compat::number(parameters.prime), n = compat::number(parameters.order);
    require(p.bits() >= fewest_bits && p.bits() <= most_bits, Fault::bad_data);
    require(p.bytes() == parameters.prime.size(), Fault::bad_data);
    require(n.bytes() == parameters.order.size(), Fault::bad_data);
    require(n != p && is_within_hasse(p, n), Fault::bad_data); // n = p: logarithms are easy
    require(is_prime(p) && is_prime(n), Fault::bad_data);
    const BigInt a = compat::number(parameters.a), b = compat::number(parameters.b);
    const BigInt x = compat::number(parameters.x), y = compat::number(parameters.y);
    require(a < p && b < p && x < p && y < p, Fault::bad_data);
    const auto mod_p = compat::public_reducer(p);
    require(is_smooth(mod_p, a, b) && is_on_curve(mod_p, a, b, x, y), Fault::bad_data);
}

} // namespace

CurvePointer make_weierstrass(CurveId id, const char* botan_name)
{
    return translate(
        [&] { return std::make_shared<Weierstrass>(id, compat::named_group(botan_name)); });
}

CurvePointer make_weierstrass(std::optional<CurveId> id, const CurveParameters& parameters)
{
    return translate([&] { return std::make_shared<Weierstrass>(id, group_from(parameters)); });
}

void verify_parameters(const CurveParameters& parameters)
{
    try {
        translate([&] {
            verify_numbers(parameters);
            require(has_order(parameters), Fault::bad_data);
        });
    } catch (const Error& error) { // whatever Botan says of such a group
        throw Error(error.fault() == Fault::out_of_memory ? error.fault() : Fault::bad_data);
    }
}

} // namespace capishim::engine
