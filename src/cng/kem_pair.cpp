// SPDX-License-Identifier: BSD-2-Clause
#include "cng/kem_pair.h"

#include <capishim/bcrypt.h>
#include <capishim/windows.h>

#include <array>

namespace capishim::cng {
namespace {

constexpr std::array<std::string_view, 3> sets = {"512", "768", "1024"};

constexpr std::array types = {
    PqBlobType{"MLKEMPUBLICBLOB", BCRYPT_MLKEM_PUBLIC_MAGIC, PqPart::public_key},
    PqBlobType{"MLKEMPRIVATEBLOB", BCRYPT_MLKEM_PRIVATE_MAGIC, PqPart::private_key},
    PqBlobType{"MLKEMPRIVATESEEDBLOB", BCRYPT_MLKEM_PRIVATE_SEED_MAGIC, PqPart::seed},
};

constexpr PqFormat format = {sets, types, PqPart::private_key};

} // namespace

std::shared_ptr<KeyObject> begin_kem_pair(const Algorithm& algorithm, std::uint32_t bits,
                                          Origin origin)
{
    require(bits == 0, Fault::bad_key_length); // N-54
    return std::make_shared<KemPair>(algorithm, format, origin);
}

std::shared_ptr<KeyObject> import_kem_pair(const Algorithm& algorithm, const PairBlob& blob,
                                           Origin origin)
{
    return std::make_shared<KemPair>(algorithm, format, read_pq_key<engine::KemKey>(format, blob),
                                     origin);
}

KemLengths KemPair::kem_lengths() const
{
    return {engine::kem_secret_size, engine::kem_sizes(ready()->set()).ciphertext};
}

engine::Encapsulation KemPair::encapsulate() const
{
    return ready()->encapsulate();
}

SecureBytes KemPair::decapsulate(ByteView ciphertext) const
{
    return ready()->decapsulate(ciphertext);
}

std::uint32_t KemPair::public_key_bits() const
{
    return static_cast<std::uint32_t>(8 * engine::kem_sizes(set()).public_key); // N-109
}

std::uint32_t KemPair::kem_ciphertext_length() const
{
    return static_cast<std::uint32_t>(engine::kem_sizes(set()).ciphertext);
}

} // namespace capishim::cng
