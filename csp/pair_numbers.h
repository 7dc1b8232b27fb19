// SPDX-License-Identifier: BSD-2-Clause
// The numbers of a key pair or a public key, of whatever algorithm, and what a provider does with
// them. They never change, so that handles, containers and threads share them.
#pragma once

#include "cng/rsa.h"
#include "csp/hash_algorithms.h"
#include "csp/keystore/keystore.h"

#include <memory>
#include <optional>

namespace capishim::csp {

class DhPair;

/// KP_P, KP_Q and KP_G; big-endian. What is not known is empty.
struct GroupView {
    ByteView prime, order, generator;
};

class PairNumbers {
  public:
    virtual ~PairNumbers() = default;

    /// Of the modulus, or of P.
    virtual std::size_t bits() const = 0;
    virtual bool has_private() const = 0;
    /// Whether the public keys are the same.
    virtual bool same_key(const PairNumbers& other) const = 0;

    // Section 4. Version 2 is everybody's; 3 only DSS and DH have.
    virtual std::uint8_t highest_version() const = 0;
    /// @throws Fault::bad_type   the numbers don't suffice for this version
    virtual SecureBytes public_blob(std::uint32_t algorithm_id, std::uint8_t version) const = 0;
    /// @throws Fault::no_private_key
    virtual SecureBytes private_blob(std::uint32_t algorithm_id, std::uint8_t version) const = 0;

    /// Fills in the key as a container keeps it; each class has a load() that undoes it.
    /// @throws Fault::no_private_key
    virtual void store(StoredPair& record) const = 0;

    // 7.4; signatures are little-endian. What can't sign answers NTE_BAD_KEY.
    virtual std::size_t signature_size() const { throw Error(Fault::bad_key); }
    /// U-59: whether the hash and its padding find room.
    virtual bool fits(const HashRow&, std::uint32_t /*flags*/) const { return true; }
    virtual Bytes sign(const HashRow&, ByteView /*value*/, std::uint32_t /*flags*/) const
    {
        throw Error(Fault::bad_key);
    }
    /// @param signature   signature_size() bytes
    virtual bool verify(const HashRow&, ByteView /*value*/, ByteView /*signature*/,
                        std::uint32_t /*flags*/) const
    {
        throw Error(Fault::bad_key);
    }

    /// DSS and DH only.
    virtual std::optional<GroupView> group() const { return std::nullopt; }
    /// KP_VERIFY_PARAMS. @throws Fault::bad_type   there are none
    virtual bool verify_group() const { throw Error(Fault::bad_type); }

    // What only one algorithm does; null for the others.
    virtual const engine::RsaKey* rsa() const noexcept { return nullptr; }
    virtual const DhPair* dh() const noexcept { return nullptr; }
};

using SharedNumbers = std::shared_ptr<const PairNumbers>;

} // namespace capishim::csp
