// SPDX-License-Identifier: BSD-2-Clause
// ECDH by Botan's key agreement without a key derivation function.
#include "engine/ecdh.h"

#include "engine/botan_compat.h"
#include "engine/botan_faults.h"
#include "engine/botan_rng.h"

#include <botan/pubkey.h>

#include <array>
#include <optional>

namespace capishim::engine {
namespace {

struct CurveRow {
    CurveId id;
    std::size_t bits;
    const char* name;
};

constexpr std::array curves = {
    CurveRow{CurveId::p256, 256, "secp256r1"},
    CurveRow{CurveId::p384, 384, "secp384r1"},
    CurveRow{CurveId::p521, 521, "secp521r1"},
};

const CurveRow& row_of(CurveId id)
{
    return curves[static_cast<std::size_t>(id)];
}

const Botan::EC_Group& group_of(CurveId id)
{
    static const auto& groups =
        *new std::array{compat::curve(curves[0].name), compat::curve(curves[1].name),
                        compat::curve(curves[2].name)};
    return groups[static_cast<std::size_t>(id)];
}

class Key final : public EcKey {
  public:
    /// @param point    04 || x || y
    /// @param scalar   empty in a public key
    Key(CurveId id, Bytes point, SecureBytes scalar)
        : id_(id), point_(std::move(point)), scalar_(std::move(scalar))
    {
    }

    CurveId curve() const noexcept override { return id_; }
    bool has_private() const noexcept override { return !scalar_.empty(); }
    Bytes x() const override { return coordinate(0); }
    Bytes y() const override { return coordinate(1); }

    SecureBytes scalar() const override
    {
        require(has_private(), Fault::no_private_key);
        return scalar_;
    }

    SecureBytes agree(const EcKey& peer) const override
    {
        require(has_private(), Fault::no_private_key);
        require(peer.curve() == id_, Fault::invalid_parameter);
        return translate([&] {
            const auto key = compat::ecdh_key(thread_rng(), group_of(id_), compat::number(scalar_));
            Botan::PK_Key_Agreement agreement(key, thread_rng(), "Raw");
            const Bytes& theirs = static_cast<const Key&>(peer).point_;
            const auto secret = agreement.derive_key(0, theirs.data(), theirs.size()).bits_of();
            SecureBytes padded(curve_size(id_));
            std::copy_backward(secret.begin(), secret.end(), padded.end());
            return padded;
        });
    }

  private:
    Bytes coordinate(std::size_t index) const
    {
        const auto begin =
            point_.begin() + 1 + static_cast<std::ptrdiff_t>(index * curve_size(id_));
        return {begin, begin + static_cast<std::ptrdiff_t>(curve_size(id_))};
    }

    CurveId id_;
    Bytes point_;
    SecureBytes scalar_;
};

Bytes point_bytes(CurveId id, ByteView x, ByteView y)
{
    require(x.size() == curve_size(id) && y.size() == curve_size(id), Fault::bad_data);
    Bytes point = {0x04}; // SEC 1: uncompressed
    point.insert(point.end(), x.begin(), x.end());
    point.insert(point.end(), y.begin(), y.end());
    return point;
}

std::shared_ptr<const EcKey> make_private(CurveId id, const Botan::BigInt& scalar)
{
    const Botan::EC_Group& group = group_of(id);
    require(!scalar.is_zero() && scalar < group.get_order(), Fault::bad_data);
    const auto key = compat::ecdh_key(thread_rng(), group, scalar);
    SecureBytes bytes(curve_size(id));
    compat::store(scalar, bytes);
    return std::make_shared<Key>(id, key.public_value(), std::move(bytes));
}

} // namespace

std::size_t curve_bits(CurveId id) noexcept
{
    return row_of(id).bits;
}

std::size_t curve_size(CurveId id) noexcept
{
    return (curve_bits(id) + 7) / 8;
}

std::shared_ptr<const EcKey> EcKey::generate(CurveId id)
{
    return translate([&] {
        const auto& order = group_of(id).get_order();
        return make_private(id, Botan::BigInt::random_integer(thread_rng(), 1, order));
    });
}

std::shared_ptr<const EcKey> EcKey::from_public(CurveId id, ByteView x, ByteView y)
{
    return translate([&]() -> std::shared_ptr<const EcKey> {
        Bytes point = point_bytes(id, x, y);
        compat::check_point(group_of(id), point);
        return std::make_shared<Key>(id, std::move(point), SecureBytes{});
    });
}

std::shared_ptr<const EcKey> EcKey::from_private(CurveId id, ByteView x, ByteView y,
                                                 ByteView scalar)
{
    return translate([&] {
        auto key = make_private(id, compat::number(scalar));
        const bool point_given = !x.empty() || !y.empty();
        require(!point_given ||
                    (std::ranges::equal(x, key->x()) && std::ranges::equal(y, key->y())),
                Fault::bad_data);
        return key;
    });
}

} // namespace capishim::engine
