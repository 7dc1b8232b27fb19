// SPDX-License-Identifier: BSD-2-Clause
// The one place that knows how Botan 2.19 and Botan 3 differ. Included by the engine's sources
// only.
#pragma once

#include "base/bytes.h"

#include <botan/aead.h>
#include <botan/asn1_obj.h>
#include <botan/bigint.h>
#include <botan/build.h>
#include <botan/dl_group.h>
#include <botan/ec_group.h>
#include <botan/numthry.h>
#include <botan/reducer.h>
#include <botan/rng.h>
#if BOTAN_VERSION_MAJOR < 3
#include <botan/pow_mod.h>
#endif

#include <memory>
#include <span>
#include <string>

namespace capishim::engine::compat {

/// A Botan that was built with thread_utils runs RSA private operations on a pool of threads, which
/// a child of fork() does not have: it would wait for ever. There the engine computes them itself.
#if defined(BOTAN_HAS_THREAD_UTILS)
constexpr bool rsa_survives_fork = false;
#else
constexpr bool rsa_survives_fork = true;
#endif

/// Whether copying a hash costs less than hashing a block. In 2.19 a copy allocates several times.
constexpr bool hash_copies_are_cheap = BOTAN_VERSION_MAJOR >= 3;

/// A new object of the prototype's kind, without key or data.
template <class Prototype>
std::unique_ptr<Prototype> fresh(const Prototype& prototype)
{
#if BOTAN_VERSION_MAJOR >= 3
    return prototype.new_object();
#else
    return std::unique_ptr<Prototype>(prototype.clone());
#endif
}

inline Botan::BigInt number(ByteView bytes)
{
    return Botan::BigInt(bytes.data(), bytes.size());
}

/// `value` big-endian in exactly `out.size()` bytes; the caller knows that it fits.
inline void store(const Botan::BigInt& value, MutableBytes out)
{
#if BOTAN_VERSION_MAJOR >= 3
    value.serialize_to(out);
#else
    value.binary_encode(out.data(), out.size());
#endif
}

/// The same in bytes of its own.
template <class Container>
Container stored(const Botan::BigInt& value, std::size_t size)
{
    Container bytes(size);
    store(value, bytes);
    return bytes;
}

inline Botan::Modular_Reducer public_reducer(const Botan::BigInt& modulus)
{
#if BOTAN_VERSION_MAJOR >= 3
    return Botan::Modular_Reducer::for_public_modulus(modulus);
#else
    return Botan::Modular_Reducer(modulus);
#endif
}

inline Botan::Modular_Reducer secret_reducer(const Botan::BigInt& modulus)
{
#if BOTAN_VERSION_MAJOR >= 3
    return Botan::Modular_Reducer::for_secret_modulus(modulus);
#else
    return Botan::Modular_Reducer(modulus);
#endif
}

/// The prime of one of Botan's named groups.
inline Botan::BigInt named_prime(const char* name)
{
#if BOTAN_VERSION_MAJOR >= 3
    return Botan::DL_Group::from_name(name).get_p();
#else
    return Botan::DL_Group(std::string(name)).get_p();
#endif
}

/// base^exponent mod an odd modulus in constant time; one thread at a time.
class SecretPower {
  public:
#if BOTAN_VERSION_MAJOR >= 3
    SecretPower(const Botan::BigInt& exponent, const Botan::BigInt& modulus)
        : exponent_(exponent), modulus_(modulus)
    {
    }
    Botan::BigInt operator()(const Botan::BigInt& base) const
    {
        return Botan::power_mod(base, exponent_, modulus_);
    }

  private:
    Botan::BigInt exponent_;
    Botan::BigInt modulus_;
#else
    SecretPower(const Botan::BigInt& exponent, const Botan::BigInt& modulus)
        : power_(exponent, modulus)
    {
    }
    Botan::BigInt operator()(const Botan::BigInt& base) const
    {
        return power_(base);
    }

  private:
    Botan::Fixed_Exponent_Power_Mod power_;
#endif
};

/// The virtual functions of a random number generator, reduced to one.
class RandomSource : public Botan::RandomNumberGenerator {
  public:
    std::string name() const override { return "capishim"; }
    bool accepts_input() const override { return false; }
    bool is_seeded() const override { return true; }
    void clear() override {}

#if BOTAN_VERSION_MAJOR >= 3
  private:
    void fill_bytes_with_input(std::span<std::uint8_t> out, std::span<const std::uint8_t>) override
    {
        fill(out);
    }
#else
    void randomize(std::uint8_t* out, std::size_t size) override
    {
        fill({out, size});
    }
    void randomize_with_input(std::uint8_t* out, std::size_t size, const std::uint8_t*,
                              std::size_t) override
    {
        fill({out, size});
    }
    void randomize_with_ts_input(std::uint8_t* out, std::size_t size) override
    {
        fill({out, size});
    }
    void add_entropy(const std::uint8_t*, std::size_t) override {}

  private:
#endif
    virtual void fill(MutableBytes out) = 0;
};

inline std::unique_ptr<Botan::AEAD_Mode> make_aead(const char* name, bool encrypting)
{
#if BOTAN_VERSION_MAJOR >= 3
    return Botan::AEAD_Mode::create_or_throw(name, encrypting ? Botan::Cipher_Dir::Encryption
                                                              : Botan::Cipher_Dir::Decryption);
#else
    return Botan::AEAD_Mode::create_or_throw(name,
                                             encrypting ? Botan::ENCRYPTION : Botan::DECRYPTION);
#endif
}

#if BOTAN_VERSION_MAJOR >= 3
constexpr auto asn1_universal = Botan::ASN1_Class::Universal;
constexpr auto asn1_integer = Botan::ASN1_Type::Integer;
constexpr auto asn1_sequence = Botan::ASN1_Type::Sequence;
constexpr auto asn1_octet_string = Botan::ASN1_Type::OctetString;

inline const Botan::OID& oid_of(const Botan::AlgorithmIdentifier& algorithm)
{
    return algorithm.oid();
}

inline const std::vector<std::uint8_t>& parameters_of(const Botan::AlgorithmIdentifier& algorithm)
{
    return algorithm.parameters();
}
#else
constexpr auto asn1_universal = Botan::UNIVERSAL;
constexpr auto asn1_integer = Botan::INTEGER;
constexpr auto asn1_sequence = Botan::SEQUENCE;
constexpr auto asn1_octet_string = Botan::OCTET_STRING;

inline const Botan::OID& oid_of(const Botan::AlgorithmIdentifier& algorithm)
{
    return algorithm.get_oid();
}

inline const std::vector<std::uint8_t>& parameters_of(const Botan::AlgorithmIdentifier& algorithm)
{
    return algorithm.get_parameters();
}
#endif

} // namespace capishim::engine::compat
