// SPDX-License-Identifier: BSD-2-Clause
#include "cng/ec_blobs.h"

#include "base/big_number.h"
#include "cng/blob_type.h"

#include <capishim/bcrypt.h>
#include <capishim/windows.h>

#include <array>

namespace capishim::cng {
namespace {

using engine::Curve;
using engine::CurveId;
using engine::CurveParameters;
using engine::EcKey;
using engine::PointCheck;

// ---- Magics ------------------------------------------------------------------------------------

/// Of public and private blobs. The curves without numbers of their own share one pair
/// (cng.md 5.3).
struct Magics {
    Interface interface;
    std::optional<CurveId> curve;
    std::uint32_t of_public, of_private;
};

constexpr std::array magics = {
    Magics{Interface::secret_agreement, CurveId::p256, BCRYPT_ECDH_PUBLIC_P256_MAGIC,
           BCRYPT_ECDH_PRIVATE_P256_MAGIC},
    Magics{Interface::secret_agreement, CurveId::p384, BCRYPT_ECDH_PUBLIC_P384_MAGIC,
           BCRYPT_ECDH_PRIVATE_P384_MAGIC},
    Magics{Interface::secret_agreement, CurveId::p521, BCRYPT_ECDH_PUBLIC_P521_MAGIC,
           BCRYPT_ECDH_PRIVATE_P521_MAGIC},
    Magics{Interface::secret_agreement, std::nullopt, BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC,
           BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC},
    Magics{Interface::signature, CurveId::p256, BCRYPT_ECDSA_PUBLIC_P256_MAGIC,
           BCRYPT_ECDSA_PRIVATE_P256_MAGIC},
    Magics{Interface::signature, CurveId::p384, BCRYPT_ECDSA_PUBLIC_P384_MAGIC,
           BCRYPT_ECDSA_PRIVATE_P384_MAGIC},
    Magics{Interface::signature, CurveId::p521, BCRYPT_ECDSA_PUBLIC_P521_MAGIC,
           BCRYPT_ECDSA_PRIVATE_P521_MAGIC},
    Magics{Interface::signature, std::nullopt, BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC,
           BCRYPT_ECDSA_PRIVATE_GENERIC_MAGIC},
};

std::uint32_t magic_of(Interface interface, std::optional<CurveId> curve, bool is_private)
{
    const auto* found = std::ranges::find_if(magics, [&](const Magics& row) {
        return row.interface == interface && (row.curve == curve || !row.curve);
    }); // the row without a curve comes last
    return is_private ? found->of_private : found->of_public;
}

/// The curve that a magic names, in a blob for this algorithm handle (N-146, N-148, N-149).
CurveChoice curve_of_magic(std::uint32_t magic, const Algorithm& algorithm,
                           const CurveChoice& handle, bool is_private)
{
    const auto* const found = std::ranges::find_if(magics, [&](const Magics& row) {
        return row.interface == algorithm.interface &&
               magic == (is_private ? row.of_private : row.of_public);
    });
    require(found != magics.end(), Fault::bad_data);
    if (!found->curve) {
        require(algorithm.takes_any_curve() && handle.curve, Fault::bad_data);
        return handle;
    }
    require(!handle.curve || handle.curve->id() == found->curve, Fault::bad_data);
    return choice_of(*found->curve);
}

// ---- Numbers -----------------------------------------------------------------------------------

struct Point {
    ByteView x, y;
};

std::shared_ptr<const EcKey> private_key(const Curve& curve, Point point, ByteView scalar,
                                         PointCheck check)
{
    if (is_zero_number(point.x) && is_zero_number(point.y)) // N-147: to be computed
        point = {};
    // the order may be a byte longer than the prime, or shorter
    require(without_leading_zeros(scalar).size() <= curve.order_size(), Fault::bad_data);
    return curve.from_private(point.x, point.y, padded_number(scalar, curve.order_size()), check);
}

// ---- BCRYPT_ECCKEY_BLOB ------------------------------------------------------------------------

constexpr std::size_t key_header_size = 8;

EcImport read_key(const Algorithm& algorithm, const CurveChoice& handle, const PairBlob& blob,
                  bool is_private)
{
    require(blob.bytes.size() >= key_header_size, Fault::bad_blob_length);
    LittleEndianReader reader(blob.bytes);
    const CurveChoice choice = curve_of_magic(reader.u32(), algorithm, handle, is_private);
    const std::size_t size = choice.curve->size();
    require(blob.bytes.size() == key_header_size + size * (is_private ? 3 : 2),
            Fault::bad_blob_length);
    require(reader.u32() == size, Fault::bad_data); // observed.md part 2 D: not a length fault
    const Point point{reader.bytes(size), reader.bytes(size)};
    const PointCheck check = blob.validate ? PointCheck::now : PointCheck::at_use;
    if (!is_private)
        return {choice, choice.curve->from_public(point.x, point.y, check)};
    return {choice, private_key(*choice.curve, point, reader.bytes(size), check)};
}

SecureBytes write_key(const Algorithm& algorithm, const EcKey& key, bool is_private)
{
    const std::size_t size = key.curve().size();
    SecureBytes blob;
    LittleEndianWriter writer(blob);
    writer.u32(magic_of(algorithm.interface, key.curve().id(), is_private));
    writer.u32(static_cast<std::uint32_t>(size));
    writer.bytes(key.x());
    writer.bytes(key.y());
    if (is_private)
        writer.bytes(padded_number(key.scalar(), size));
    return blob;
}

// ---- Parameters --------------------------------------------------------------------------------

constexpr std::size_t full_header_size = 32;
constexpr std::size_t most_number_bytes = 67; // the order of a curve over a field of 521 bits

struct FullHeader {
    std::uint32_t magic, version, curve_type, generation, field, order, cofactor, seed;

    /// From P to S. No sum of header fields overflows 64 bits.
    std::uint64_t parameter_bytes() const
    {
        return std::uint64_t{field} * 5 + order + cofactor + seed;
    }
};

FullHeader read_full_header(LittleEndianReader& reader, std::uint32_t magic)
{
    require(reader.remaining() >= full_header_size, Fault::bad_blob_length);
    FullHeader header{};
    for (std::uint32_t* const field :
         {&header.magic, &header.version, &header.curve_type, &header.generation, &header.field,
          &header.order, &header.cofactor, &header.seed})
        *field = reader.u32();
    require(header.magic == magic && header.version == BCRYPT_ECC_FULLKEY_BLOB_V1, Fault::bad_data);
    const bool other_type = header.curve_type == BCRYPT_ECC_PRIME_TWISTED_EDWARDS_CURVE ||
                            header.curve_type == BCRYPT_ECC_PRIME_MONTGOMERY_CURVE;
    require(!other_type, Fault::not_supported); // N-152
    require(header.curve_type == BCRYPT_ECC_PRIME_SHORT_WEIERSTRASS_CURVE, Fault::bad_data);
    return header;
}

Bytes number(LittleEndianReader& reader, std::uint32_t size)
{
    const ByteView bytes = reader.bytes(size);
    return {bytes.begin(), bytes.end()};
}

/// What follows a header whose lengths have been held against the blob's. The seed, which says how
/// the curve was found, is passed over.
CurveChoice read_parameters(LittleEndianReader& reader, const FullHeader& header)
{
    require(header.field <= most_number_bytes && header.order <= most_number_bytes &&
                header.cofactor > 0,
            Fault::bad_data);
    CurveParameters parameters;
    for (Bytes* const part :
         {&parameters.prime, &parameters.a, &parameters.b, &parameters.x, &parameters.y})
        *part = number(reader, header.field);
    parameters.order = number(reader, header.order);
    const ByteView cofactor = reader.bytes(header.cofactor);
    require(!is_zero_number(cofactor), Fault::bad_data);
    require(bit_length(cofactor) == 1,
            Fault::not_supported); // none of CNG's named curves has another
    reader.bytes(header.seed);
    return choice_of(engine::make_curve(parameters));
}

void write_parameters(SecureBytes& blob, std::uint32_t magic, const Curve& curve)
{
    const CurveParameters* const parameters = curve.parameters();
    require(parameters != nullptr, Fault::not_supported);
    LittleEndianWriter writer(blob);
    writer.u32(magic);
    writer.u32(BCRYPT_ECC_FULLKEY_BLOB_V1);
    writer.u32(BCRYPT_ECC_PRIME_SHORT_WEIERSTRASS_CURVE);
    writer.u32(BCRYPT_NO_CURVE_GENERATION_ALG_ID);
    writer.u32(static_cast<std::uint32_t>(parameters->prime.size()));
    writer.u32(static_cast<std::uint32_t>(parameters->order.size()));
    writer.u32(1); // bytes of the cofactor
    writer.u32(0); // of the seed
    for (const Bytes* const part : {&parameters->prime, &parameters->a, &parameters->b,
                                    &parameters->x, &parameters->y, &parameters->order})
        writer.bytes(*part);
    writer.u8(1);
}

// ---- BCRYPT_ECCFULLKEY_BLOB --------------------------------------------------------------------

EcImport read_full_key(const Algorithm& algorithm, const CurveChoice& handle, const PairBlob& blob,
                       bool is_private)
{
    LittleEndianReader reader(blob.bytes);
    const FullHeader header =
        read_full_header(reader, magic_of(algorithm.interface, std::nullopt, is_private));
    const std::uint64_t key_bytes =
        std::uint64_t{header.field} * 2 + (is_private ? header.order : 0);
    require(reader.remaining() == header.parameter_bytes() + key_bytes, Fault::bad_blob_length);
    const CurveChoice choice = read_parameters(reader, header);
    // a handle for every curve takes the blob's; one of a fixed curve wants its own
    require(algorithm.takes_any_curve() || choice.curve->is_same_as(*handle.curve),
            Fault::bad_data);
    const Point point{reader.bytes(header.field), reader.bytes(header.field)};
    const PointCheck check = blob.validate ? PointCheck::now : PointCheck::at_use;
    if (!is_private)
        return {choice, choice.curve->from_public(point.x, point.y, check)};
    return {choice, private_key(*choice.curve, point, reader.bytes(header.order), check)};
}

SecureBytes write_full_key(const Algorithm& algorithm, const EcKey& key, bool is_private)
{
    SecureBytes blob;
    write_parameters(blob, magic_of(algorithm.interface, std::nullopt, is_private), key.curve());
    LittleEndianWriter writer(blob);
    writer.bytes(key.x());
    writer.bytes(key.y());
    if (is_private)
        writer.bytes(key.scalar());
    return blob;
}

// ---- Types -------------------------------------------------------------------------------------

struct BlobType {
    std::string_view name;
    bool is_private;
    EcImport (*read)(const Algorithm&, const CurveChoice&, const PairBlob&, bool);
    SecureBytes (*write)(const Algorithm&, const EcKey&, bool);
};

// SSLECCPUBLICBLOB is not among them (N-151).
constexpr std::array blob_types = {
    BlobType{"ECCPUBLICBLOB", false, read_key, write_key},
    BlobType{"ECCPRIVATEBLOB", true, read_key, write_key},
    BlobType{"ECCFULLPUBLICBLOB", false, read_full_key, write_full_key},
    BlobType{"ECCFULLPRIVATEBLOB", true, read_full_key, write_full_key},
    BlobType{"PUBLICBLOB", false, read_key, write_key},
    BlobType{"PRIVATEBLOB", true, read_key, write_key},
};

} // namespace

EcImport read_ec_blob(const Algorithm& algorithm, const CurveChoice& handle, const PairBlob& blob)
{
    const BlobType& type = blob_type_named(blob_types, blob.type);
    return type.read(algorithm, handle, blob, type.is_private);
}

SecureBytes write_ec_blob(const Algorithm& algorithm, const EcKey& key, std::string_view name)
{
    const BlobType& type = blob_type_named(blob_types, name);
    require(!type.is_private || key.has_private(), Fault::no_private_key);
    return type.write(algorithm, key, type.is_private);
}

SecureBytes write_curve_parameters(const Curve& curve)
{
    SecureBytes blob;
    write_parameters(blob, BCRYPT_ECC_PARAMETERS_MAGIC, curve);
    return blob;
}

CurveChoice read_curve_parameters(ByteView blob)
{
    LittleEndianReader reader(blob);
    const FullHeader header = read_full_header(reader, BCRYPT_ECC_PARAMETERS_MAGIC);
    require(reader.remaining() == header.parameter_bytes(), Fault::bad_blob_length);
    return read_parameters(reader, header);
}

} // namespace capishim::cng
