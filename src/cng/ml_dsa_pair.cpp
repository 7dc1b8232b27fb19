// SPDX-License-Identifier: BSD-2-Clause
#include "cng/ml_dsa_pair.h"

#include <capishim/bcrypt.h>
#include <capishim/windows.h>

#include <array>

namespace capishim::cng {
namespace {

constexpr std::array<std::string_view, 3> sets = {"44", "65", "87"};

constexpr std::array types = {
    PqBlobType{"PQDSAPUBLICBLOB", BCRYPT_MLDSA_PUBLIC_MAGIC, PqPart::public_key},
    PqBlobType{"PQDSAPRIVATEBLOB", BCRYPT_MLDSA_PRIVATE_MAGIC, PqPart::private_key},
    PqBlobType{"PQDSAPRIVATESEEDBLOB", BCRYPT_MLDSA_PRIVATE_SEED_MAGIC, PqPart::seed},
};

// Botan has private keys as seeds only, so that PRIVATEBLOB is one.
constexpr PqFormat format = {sets, types, PqPart::seed};

/// Pure ML-DSA with an empty context is what Botan does.
/// @throws Fault::invalid_parameter   another flag, or a structure without its flag or the reverse
/// @throws Fault::not_supported       a context or a hash named (cng.md 6.14)
void check_padding(const Padding& padding, std::uint32_t flags)
{
    require(flags == (padding.given ? BCRYPT_PAD_PQDSA : 0U), Fault::invalid_parameter);
    require(padding.context.empty() && !padding.prehash, Fault::not_supported);
}

} // namespace

std::shared_ptr<KeyObject> begin_ml_dsa_pair(const Algorithm& algorithm, std::uint32_t bits,
                                             Origin origin)
{
    require(bits == 0, Fault::bad_key_length); // N-54
    return std::make_shared<MlDsaPair>(algorithm, format, origin);
}

std::shared_ptr<KeyObject> import_ml_dsa_pair(const Algorithm& algorithm, const PairBlob& blob,
                                              Origin origin)
{
    return std::make_shared<MlDsaPair>(algorithm, format,
                                       read_pq_key<engine::MlDsaKey>(format, blob), origin);
}

void MlDsaPair::sign(ByteView message, const Padding& padding, std::uint32_t flags,
                     OutBuffer& out) const
{
    const Numbers key = ready();
    check_padding(padding, flags);
    // observed.md part 2 D, by analogy: a size query does not look for the private part
    if (!out.offer(engine::ml_dsa_sizes(key->set()).signature))
        return;
    require(key->has_private(), Fault::no_private_key);
    out.write(key->sign(message));
}

void MlDsaPair::verify(ByteView message, ByteView signature, const Padding& padding,
                       std::uint32_t flags) const
{
    const Numbers key = ready();
    check_padding(padding, flags);
    require(key->verify(message, signature), Fault::bad_signature); // N-61
}

std::uint32_t MlDsaPair::public_key_bits() const
{
    return static_cast<std::uint32_t>(8 * engine::ml_dsa_sizes(set()).public_key); // N-109
}

std::uint32_t MlDsaPair::signature_length() const
{
    return static_cast<std::uint32_t>(engine::ml_dsa_sizes(set()).signature);
}

} // namespace capishim::cng
