// SPDX-License-Identifier: BSD-2-Clause
// What a key answers to that which it can't do, and the choice of the kind of pair.
#include "cng/key.h"

#include "cng/dh_pair.h"
#include "cng/dsa_pair.h"
#include "cng/ec_pair.h"
#include "cng/kem_pair.h"
#include "cng/ml_dsa_pair.h"
#include "cng/rsa_pair.h"

namespace capishim::cng {
namespace {

[[noreturn]] void unsupported()
{
    throw Error(Fault::not_supported);
}

} // namespace

void KeyObject::encrypt(const CipherCall&, OutBuffer&)
{
    unsupported();
}

void KeyObject::decrypt(const CipherCall&, OutBuffer&)
{
    unsupported();
}

std::shared_ptr<KeyObject> KeyObject::duplicate(ObjectMemory) const
{
    throw Error(Fault::stale_handle);
}

void KeyObject::finalize()
{
    unsupported();
}

void KeyObject::sign(ByteView, const Padding&, std::uint32_t, OutBuffer&) const
{
    unsupported();
}

void KeyObject::verify(ByteView, ByteView, const Padding&, std::uint32_t) const
{
    unsupported();
}

SecureBytes KeyObject::agree(const KeyObject&) const
{
    unsupported();
}

SecureBytes KeyObject::derive(const KdfParameters&, std::size_t, std::uint32_t) const
{
    unsupported();
}

std::uint32_t KeyObject::block_length() const
{
    unsupported();
}

std::uint32_t KeyObject::signature_length() const
{
    unsupported();
}

ChainingMode KeyObject::chaining_mode() const
{
    unsupported();
}

std::uint32_t KeyObject::message_block_length() const
{
    unsupported();
}

std::uint32_t KeyObject::effective_bits() const
{
    unsupported();
}

SecureBytes KeyObject::chain() const
{
    unsupported();
}

KemLengths KeyObject::kem_lengths() const
{
    unsupported();
}

engine::Encapsulation KeyObject::encapsulate() const
{
    unsupported();
}

SecureBytes KeyObject::decapsulate(ByteView) const
{
    unsupported();
}

std::uint32_t KeyObject::kem_ciphertext_length() const
{
    unsupported();
}

std::string_view KeyObject::parameter_set() const
{
    unsupported();
}

void KeyObject::set_parameter_set(std::string_view)
{
    unsupported();
}

std::string_view KeyObject::curve_name() const
{
    unsupported();
}

SecureBytes KeyObject::domain_parameters() const
{
    unsupported();
}

void KeyObject::set_domain_parameters(ByteView)
{
    unsupported();
}

void KeyObject::set_private_value(ByteView)
{
    unsupported();
}

void KeyObject::set_key_bits(std::uint32_t)
{
    unsupported();
}

void KeyObject::set_curve(CurveChoice)
{
    unsupported();
}

void KeyObject::set_chaining_mode(ChainingMode)
{
    unsupported();
}

void KeyObject::set_message_block_length(std::uint32_t)
{
    unsupported();
}

void KeyObject::set_effective_bits(std::uint32_t)
{
    unsupported();
}

void KeyObject::set_iv(ByteView)
{
    unsupported();
}

void KeyObject::set_hkdf_hash(engine::HashId)
{
    unsupported();
}

void KeyObject::finalize_hkdf(std::optional<ByteView>)
{
    unsupported();
}

std::shared_ptr<KeyObject> begin_key_pair(const AlgorithmObject& algorithm, std::uint32_t bits,
                                          Origin origin)
{
    switch (algorithm.algorithm().family) {
    case Family::rsa:
        return std::make_shared<RsaPair>(algorithm.algorithm(), bits, origin);
    case Family::dh:
        return std::make_shared<DhPair>(algorithm.algorithm(), bits, origin);
    case Family::dsa:
        return std::make_shared<DsaPair>(algorithm.algorithm(), bits, origin);
    case Family::ec:
        return EcPair::begin(algorithm, bits, origin);
    case Family::ml_kem:
        return begin_kem_pair(algorithm.algorithm(), bits, origin);
    case Family::ml_dsa:
        return begin_ml_dsa_pair(algorithm.algorithm(), bits, origin);
    default:
        unsupported();
    }
}

std::shared_ptr<KeyObject> import_key_pair(const AlgorithmObject& algorithm, const PairBlob& blob,
                                           Origin origin)
{
    switch (algorithm.algorithm().family) {
    case Family::rsa:
        return RsaPair::import(algorithm.algorithm(), blob.type, blob.bytes, origin);
    case Family::dh:
        return import_dh_pair(algorithm.algorithm(), blob, origin);
    case Family::dsa:
        return import_dsa_pair(algorithm.algorithm(), blob, origin);
    case Family::ec:
        return EcPair::import(algorithm, blob, origin);
    case Family::ml_kem:
        return import_kem_pair(algorithm.algorithm(), blob, origin);
    case Family::ml_dsa:
        return import_ml_dsa_pair(algorithm.algorithm(), blob, origin);
    default:
        unsupported();
    }
}

} // namespace capishim::cng
