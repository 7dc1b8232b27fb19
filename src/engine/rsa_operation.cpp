// SPDX-License-Identifier: BSD-2-Clause
// RSA's arithmetic: by Botan's signer where that is safe, else by our own use of its numbers.
#include "engine/rsa_operation.h"

#include "engine/botan_faults.h"
#include "engine/botan_rng.h"
#include "platform/fork_epoch.h"

#include <botan/pubkey.h>
#include <botan/rsa.h>

namespace capishim::engine {
namespace {

using Botan::BigInt;

bool inverts(const BigInt& d, const BigInt& e, const BigInt& group_order)
{
    return (e * d) % group_order == BigInt(1) % group_order;
}

/// BigInt caches its length at the first look. That look must come before threads share a number.
void settle(const BigInt& number)
{
    static_cast<void>(number.sig_words());
}

/// Botan's own operation. It gives its result away only as an encryption without padding.
struct BotanPower {
    Botan::RSA_PublicKey key;

    Bytes operator()(ByteView block) const
    {
        Botan::Null_RNG none;
        const Botan::PK_Encryptor_EME encryptor(key, none, "Raw");
        return encryptor.encrypt(block.data(), block.size(), none);
    }
};

/// For what Botan refuses: even exponents, moduli of a few bits, and in some versions the largest
/// blocks of moduli of 8k + 1 bits.
struct ReducerPower {
    Botan::Modular_Reducer reducer;
    BigInt exponent;

    Bytes operator()(ByteView block) const
    {
        const BigInt base = compat::number(block);
        BigInt power = 1;
        for (std::size_t bit = exponent.bits(); bit-- > 0;) {
            power = reducer.square(power);
            if (exponent.get_bit(bit))
                power = reducer.multiply(power, base);
        }
        return compat::stored<Bytes>(power, block.size());
    }
};

/// Computes with the largest block before it is given away: then it takes every block, and its
/// numbers are settled.
std::function<Bytes(ByteView)> make_power(const BigInt& modulus, const BigInt& exponent)
{
    const Bytes largest = compat::stored<Bytes>(modulus - 1, modulus.bytes());
    std::function<Bytes(ByteView)> power;
    try {
        power = BotanPower{{modulus, exponent}};
        power(largest);
    } catch (const Botan::Exception&) {
        power = ReducerPower{compat::public_reducer(modulus), exponent};
        power(largest);
    }
    return power;
}

/// The exponent to compute with. What a blob gave may be cut short (observed.md: end of
/// privateExponent missing), so it counts only if it undoes the public exponent.
BigInt working_exponent(const RsaSecret& secret, const BigInt& e)
{
    const BigInt p1 = secret.prime1 - 1;
    const BigInt q1 = secret.prime2 - 1;
    const BigInt& given = secret.private_exponent;
    if (!given.is_zero() && inverts(given, e, p1) && inverts(given, e, q1))
        return given;
    const BigInt order = Botan::lcm(p1, q1);
    return Botan::gcd(e, order) == 1 ? Botan::inverse_mod(e, order) : given;
}

/// Base blinding: the secret exponent works on x * r^e, and the answer is divided by r. The pair is
/// squared from use to use and drawn anew after 64.
class Blinding {
  public:
    explicit Blinding(const RsaPublicOperation& public_operation)
        : public_(public_operation), reducer_(compat::public_reducer(public_operation.modulus()))
    {
    }

    BigInt blind(const BigInt& x)
    {
        next();
        return reducer_.multiply(x, factor_);
    }

    BigInt unblind(const BigInt& x) const { return reducer_.multiply(x, divisor_); }

  private:
    static constexpr unsigned uses_per_draw = 64;

    void next()
    {
        if (uses_++ % uses_per_draw == 0) {
            draw();
        } else {
            factor_ = reducer_.square(factor_);
            divisor_ = reducer_.square(divisor_);
        }
    }

    void draw()
    {
        const BigInt& n = public_.modulus();
        BigInt r;
        do {
            r = BigInt::random_integer(thread_rng(), 1, n);
        } while (Botan::gcd(r, n) != 1);
        factor_ = compat::number(public_(compat::stored<SecureBytes>(r, n.bytes())));
        divisor_ = Botan::inverse_mod(r, n);
    }

    const RsaPublicOperation& public_;
    Botan::Modular_Reducer reducer_;
    BigInt factor_;
    BigInt divisor_;
    unsigned uses_ = 0;
};

/// Chinese remainders over Botan's BigInt: for a Botan whose own operation doesn't survive a fork,
/// and for keys that it refuses (exponent of one: KB228786).
class RemainderOperation final : public RsaPrivateOperation {
  public:
    RemainderOperation(std::shared_ptr<const RsaPublicOperation> public_operation, const BigInt& d,
                       const BigInt& p, const BigInt& q)
        : public_(std::move(public_operation)), blinding_(*public_), p_(p), q_(q),
          coefficient_(Botan::inverse_mod(q % p, p)), reduce_p_(compat::secret_reducer(p)),
          power_p_(d % (p - 1), p), power_q_(d % (q - 1), q)
    {
    }

    SecureBytes run(ByteView block) override
    {
        const BigInt x = compat::number(block);
        const BigInt result = blinding_.unblind(power(blinding_.blind(x)));
        auto out = compat::stored<SecureBytes>(result, block.size());
        // a faulty answer would give p away
        require(constant_time_equal((*public_)(out), block), Fault::internal);
        return out;
    }

  private:
    /// RFC 8017 5.1.2, p not below q.
    BigInt power(const BigInt& x)
    {
        const BigInt m1 = power_p_(x);
        const BigInt m2 = power_q_(x);
        const BigInt difference = reduce_p_.reduce(m1 + p_ - m2);
        return m2 + q_ * reduce_p_.multiply(difference, coefficient_);
    }

    std::shared_ptr<const RsaPublicOperation> public_;
    Blinding blinding_;
    BigInt p_;
    BigInt q_;
    BigInt coefficient_;
    Botan::Modular_Reducer reduce_p_;
    compat::SecretPower power_p_;
    compat::SecretPower power_q_;
};

/// Botan's signer without padding, which blinds and checks by itself.
class SignerOperation final : public RsaPrivateOperation {
  public:
    SignerOperation(const RsaPublicOperation& public_operation, const BigInt& d, const BigInt& p,
                    const BigInt& q)
        : key_(p, q, public_operation.exponent(), d, public_operation.modulus()),
          signer_(key_, thread_rng(), "Raw")
    {
    }

    SecureBytes run(ByteView block) override
    {
        auto result = signer_.sign_message(block.data(), block.size(), thread_rng());
        SecureBytes out(result.begin(), result.end());
        wipe(result);
        return out;
    }

  private:
    Botan::RSA_PrivateKey key_;
    Botan::PK_Signer signer_;
};

bool botan_takes(const RsaPublicOperation& public_operation, const RsaSecret& secret)
{
    const BigInt& e = public_operation.exponent();
    return compat::rsa_survives_fork && e > 1 && e.is_odd() && secret.prime1 != secret.prime2;
}

std::unique_ptr<RsaPrivateOperation>
make_operation(const std::shared_ptr<const RsaPublicOperation>& public_operation,
               const RsaSecret& secret)
{
    const BigInt d = working_exponent(secret, public_operation->exponent());
    const BigInt& p = std::max(secret.prime1, secret.prime2);
    const BigInt& q = std::min(secret.prime1, secret.prime2);
    if (botan_takes(*public_operation, secret))
        return std::make_unique<SignerOperation>(*public_operation, d, p, q);
    return std::make_unique<RemainderOperation>(public_operation, d, p, q);
}

} // namespace

RsaPublicOperation::RsaPublicOperation(const BigInt& modulus, const BigInt& exponent)
    : modulus_(modulus), exponent_(exponent), power_(make_power(modulus, exponent))
{
    settle(modulus_);
    settle(exponent_);
}

/// An operation and the process that it was made in: parent and child blind with different numbers.
struct RsaPrivatePool::Kept {
    std::unique_ptr<RsaPrivateOperation> operation;
    std::uint64_t epoch;
};

RsaPrivatePool::RsaPrivatePool(std::shared_ptr<const RsaPublicOperation> public_operation,
                               RsaSecret secret)
    : public_(std::move(public_operation)), secret_(std::move(secret))
{
    settle(secret_.prime1);
    settle(secret_.prime2);
    settle(secret_.private_exponent);
}

RsaPrivatePool::~RsaPrivatePool()
{
    for (auto& slot : idle_)
        delete slot.load();
}

std::unique_ptr<RsaPrivatePool::Kept> RsaPrivatePool::take() const
{
    const std::uint64_t epoch = platform::fork_epoch();
    for (auto& slot : idle_) {
        std::unique_ptr<Kept> kept(slot.exchange(nullptr));
        if (kept && kept->epoch == epoch)
            return kept;
    }
    return std::make_unique<Kept>(Kept{make_operation(public_, secret_), epoch});
}

void RsaPrivatePool::give_back(std::unique_ptr<Kept> kept) const
{
    for (auto& slot : idle_) {
        Kept* none = nullptr;
        if (slot.compare_exchange_strong(none, kept.get())) {
            static_cast<void>(kept.release());
            return;
        }
    }
}

SecureBytes RsaPrivatePool::run(ByteView block) const
{
    auto kept = take();
    SecureBytes result = kept->operation->run(block);
    give_back(std::move(kept));
    return result;
}

} // namespace capishim::engine
