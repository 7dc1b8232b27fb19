// SPDX-License-Identifier: BSD-2-Clause
// In place of ml_kem.cpp and ml_dsa.cpp where Botan has neither: no key can be made, and the
// algorithms are not found.
#include "engine/ml_dsa.h"
#include "engine/ml_kem.h"

namespace capishim::engine {
namespace {

[[noreturn]] void absent()
{
    throw Error(Fault::no_such_algorithm);
}

} // namespace

bool has_ml_kem() noexcept
{
    return false;
}

std::shared_ptr<const KemKey> KemKey::generate(KemSet)
{
    absent();
}

std::shared_ptr<const KemKey> KemKey::from_public(KemSet, ByteView, bool)
{
    absent();
}

std::shared_ptr<const KemKey> KemKey::from_private(KemSet, ByteView, bool)
{
    absent();
}

std::shared_ptr<const KemKey> KemKey::from_seed(KemSet, ByteView)
{
    absent();
}

const SecureBytes& KemKey::private_key() const
{
    absent();
}

const SecureBytes& KemKey::seed() const
{
    absent();
}

Encapsulation KemKey::encapsulate() const
{
    absent();
}

Encapsulation KemKey::encapsulate(ByteView) const
{
    absent();
}

SecureBytes KemKey::decapsulate(ByteView) const
{
    absent();
}

bool has_ml_dsa() noexcept
{
    return false;
}

std::shared_ptr<const MlDsaKey> MlDsaKey::generate(MlDsaSet)
{
    absent();
}

std::shared_ptr<const MlDsaKey> MlDsaKey::from_public(MlDsaSet, ByteView, bool)
{
    absent();
}

std::shared_ptr<const MlDsaKey> MlDsaKey::from_private(MlDsaSet, ByteView, bool)
{
    absent();
}

std::shared_ptr<const MlDsaKey> MlDsaKey::from_seed(MlDsaSet, ByteView)
{
    absent();
}

const SecureBytes& MlDsaKey::private_key() const
{
    absent();
}

const SecureBytes& MlDsaKey::seed() const
{
    absent();
}

Bytes MlDsaKey::sign(ByteView) const
{
    absent();
}

bool MlDsaKey::verify(ByteView, ByteView) const
{
    absent();
}

} // namespace capishim::engine
