// SPDX-License-Identifier: BSD-2-Clause
// The two bare RSA functions on numbers, and the kept private operations of a key.
#pragma once

#include "base/secure_bytes.h"
#include "engine/botan_compat.h"

#include <array>
#include <atomic>
#include <functional>
#include <memory>

namespace capishim::engine {

/// x^e mod n for public numbers of any kind; many threads may use one.
class RsaPublicOperation {
  public:
    /// @param modulus   odd, above 1
    RsaPublicOperation(const Botan::BigInt& modulus, const Botan::BigInt& exponent);

    const Botan::BigInt& modulus() const { return modulus_; }
    const Botan::BigInt& exponent() const { return exponent_; }
    /// `block` has as many bytes as the modulus and is below it; so has the answer.
    Bytes operator()(ByteView block) const { return power_(block); }

  private:
    Botan::BigInt modulus_;
    Botan::BigInt exponent_;
    std::function<Bytes(ByteView)> power_;
};

/// x^d mod n: blinded, and checked against the public operation before the result is given away.
class RsaPrivateOperation {
  public:
    virtual ~RsaPrivateOperation() = default;
    /// `block` has as many bytes as the modulus and is below it; so has the answer. One thread at a
    /// time.
    virtual SecureBytes run(ByteView block) = 0;
};

/// What a private operation is made from.
struct RsaSecret {
    Botan::BigInt prime1;
    Botan::BigInt prime2;
    Botan::BigInt private_exponent; // as it was given: may be zero or cut short
};

/// Making an operation costs a millisecond, so a key keeps those that threads have handed back. No
/// lock: a fork can happen at any time.
class RsaPrivatePool {
  public:
    RsaPrivatePool(std::shared_ptr<const RsaPublicOperation> public_operation, RsaSecret secret);
    RsaPrivatePool(const RsaPrivatePool&) = delete;
    RsaPrivatePool& operator=(const RsaPrivatePool&) = delete;
    ~RsaPrivatePool();

    SecureBytes run(ByteView block) const;

  private:
    struct Kept;

    std::unique_ptr<Kept> take() const;
    void give_back(std::unique_ptr<Kept> kept) const;

    std::shared_ptr<const RsaPublicOperation> public_;
    RsaSecret secret_;
    mutable std::array<std::atomic<Kept*>, 8> idle_ = {};
};

} // namespace capishim::engine
