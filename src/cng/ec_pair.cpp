// SPDX-License-Identifier: BSD-2-Clause
#include "cng/ec_pair.h"

#include <capishim/bcrypt.h>
#include <capishim/windows.h>

#include <array>

namespace capishim::cng {
namespace {

using engine::CurveId;
using engine::EcKey;

/// BCRYPT_ECCKEY_BLOB's magics of a curve (cng.md 5.3).
struct CurveMagics {
    CurveId curve;
    std::uint32_t public_magic, private_magic;
};

constexpr std::array curve_magics = {
    CurveMagics{CurveId::p256, BCRYPT_ECDH_PUBLIC_P256_MAGIC, BCRYPT_ECDH_PRIVATE_P256_MAGIC},
    CurveMagics{CurveId::p384, BCRYPT_ECDH_PUBLIC_P384_MAGIC, BCRYPT_ECDH_PRIVATE_P384_MAGIC},
    CurveMagics{CurveId::p521, BCRYPT_ECDH_PUBLIC_P521_MAGIC, BCRYPT_ECDH_PRIVATE_P521_MAGIC},
};

const CurveMagics& magics_of(CurveId curve)
{
    return *std::ranges::find(curve_magics, curve, &CurveMagics::curve);
}

struct BlobType {
    std::string_view name;
    bool is_private;
};

constexpr std::array blob_types = {
    BlobType{"ECCPUBLICBLOB", false},
    BlobType{"ECCPRIVATEBLOB", true},
    BlobType{"PUBLICBLOB", false},
    BlobType{"PRIVATEBLOB", true},
};

bool is_private_type(std::string_view name)
{
    const auto* const found = std::ranges::find(blob_types, name, &BlobType::name);
    require(found != blob_types.end(), Fault::not_supported);
    return found->is_private;
}

bool all_zero(ByteView bytes)
{
    return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

std::shared_ptr<const EcKey> read_blob(CurveId curve, bool is_private, ByteView blob)
{
    const std::size_t size = engine::curve_size(curve);
    require(blob.size() == 8 + size * (is_private ? 3 : 2), Fault::bad_blob_length);
    LittleEndianReader reader(blob);
    const CurveMagics& magics = magics_of(curve);
    require(reader.u32() == (is_private ? magics.private_magic : magics.public_magic),
            Fault::bad_data);                       // N-146
    require(reader.u32() == size, Fault::bad_data); // observed.md part 2 D: not a length fault
    const ByteView x = reader.bytes(size), y = reader.bytes(size);
    if (!is_private)
        return EcKey::from_public(curve, x, y);
    const bool compute_point = all_zero(x) && all_zero(y); // N-147
    return compute_point ? EcKey::from_private(curve, {}, {}, reader.bytes(size))
                         : EcKey::from_private(curve, x, y, reader.bytes(size));
}

} // namespace

std::shared_ptr<EcPair> EcPair::begin(const Algorithm& algorithm, std::uint32_t bits, Origin origin)
{
    require(bits == algorithm.key_lengths.max_bits, Fault::bad_key_length); // N-52
    return std::make_shared<EcPair>(algorithm, origin);
}

std::shared_ptr<EcPair> EcPair::import(const Algorithm& algorithm, std::string_view type,
                                       ByteView blob, Origin origin)
{
    return std::make_shared<EcPair>(
        algorithm, read_blob(algorithm.curve, is_private_type(type), blob), origin);
}

EcPair::EcPair(const Algorithm& algorithm, Origin origin) : KeyPair(algorithm, origin) {}

EcPair::EcPair(const Algorithm& algorithm, Numbers numbers, Origin origin)
    : KeyPair(algorithm, origin, std::move(numbers))
{
}

EcPair::Numbers EcPair::generate() const
{
    return EcKey::generate(algorithm().curve);
}

SecureBytes EcPair::export_blob(std::string_view type) const
{
    const Numbers key = ready();
    const bool is_private = is_private_type(type);
    require(!is_private || key->has_private(), Fault::no_private_key);
    const CurveMagics& magics = magics_of(key->curve());
    SecureBytes blob;
    LittleEndianWriter writer(blob);
    writer.u32(is_private ? magics.private_magic : magics.public_magic);
    writer.u32(static_cast<std::uint32_t>(engine::curve_size(key->curve())));
    writer.bytes(key->x());
    writer.bytes(key->y());
    if (is_private)
        writer.bytes(key->scalar());
    return blob;
}

SecureBytes EcPair::agree(const KeyObject& peer) const
{
    const Numbers own = ready();
    require(own->has_private(), Fault::not_supported); // N-51
    const auto* const other = dynamic_cast<const EcPair*>(&peer);
    require(other != nullptr && &other->algorithm() == &algorithm(),
            Fault::invalid_parameter); // N-62
    return own->agree(*other->ready());
}

} // namespace capishim::cng
