// SPDX-License-Identifier: BSD-2-Clause
// Keys and signatures of OpenSSL 3 out of numbers, for the tests that check ours against it.
#pragma once

#include <boost/test/unit_test.hpp>
#include <memory>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/dsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <vector>

namespace capishim_test {

using ByteVector = std::vector<unsigned char>; // as both faces' fixtures have it

template <auto release>
struct Release {
    void operator()(auto* object) const { release(object); }
};
template <class Object, auto release>
using Owned = std::unique_ptr<Object, Release<release>>;
using OwnedKey = Owned<EVP_PKEY, EVP_PKEY_free>;
using OwnedContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using OwnedNumber = Owned<BIGNUM, BN_free>;

/// A key's number by OpenSSL's name for it, big-endian.
struct Number {
    const char* name;
    ByteVector value;
};

inline OwnedKey openssl_key(const char* type, const std::vector<Number>& numbers)
{
    const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
    std::vector<OwnedNumber> kept;
    for (const Number& number : numbers) {
        kept.emplace_back(
            BN_bin2bn(number.value.data(), static_cast<int>(number.value.size()), nullptr));
        OSSL_PARAM_BLD_push_BN(builder.get(), number.name, kept.back().get());
    }
    const Owned<OSSL_PARAM, OSSL_PARAM_free> parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const OwnedContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    BOOST_REQUIRE(EVP_PKEY_fromdata_init(context.get()) == 1);
    BOOST_REQUIRE(EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, parameters.get()) == 1);
    return OwnedKey(key);
}

using Operation = int (*)(EVP_PKEY_CTX*, unsigned char*, std::size_t*, const unsigned char*,
                          std::size_t);

inline ByteVector openssl_result(Operation operation, EVP_PKEY_CTX* context,
                                 const ByteVector& input)
{
    std::size_t size = 0;
    BOOST_REQUIRE(operation(context, nullptr, &size, input.data(), input.size()) == 1);
    ByteVector output(size);
    BOOST_REQUIRE(operation(context, output.data(), &size, input.data(), input.size()) == 1);
    output.resize(size);
    return output;
}

/// r || s as the DER that OpenSSL speaks, and back.
inline ByteVector der_of(const ByteVector& signature)
{
    const int size = static_cast<int>(signature.size() / 2);
    const Owned<DSA_SIG, DSA_SIG_free> numbers(DSA_SIG_new());
    DSA_SIG_set0(numbers.get(), BN_bin2bn(signature.data(), size, nullptr),
                 BN_bin2bn(signature.data() + size, size, nullptr));
    ByteVector der(static_cast<std::size_t>(i2d_DSA_SIG(numbers.get(), nullptr)));
    unsigned char* out = der.data();
    i2d_DSA_SIG(numbers.get(), &out);
    return der;
}

inline ByteVector plain_of(const ByteVector& der, std::size_t order_size)
{
    const unsigned char* in = der.data();
    const Owned<DSA_SIG, DSA_SIG_free> numbers(
        d2i_DSA_SIG(nullptr, &in, static_cast<long>(der.size())));
    BOOST_REQUIRE(numbers);
    ByteVector signature(2 * order_size);
    const int size = static_cast<int>(order_size);
    const BIGNUM *r = nullptr, *s = nullptr;
    DSA_SIG_get0(numbers.get(), &r, &s);
    BN_bn2binpad(r, signature.data(), size);
    BN_bn2binpad(s, signature.data() + size, size);
    return signature;
}

} // namespace capishim_test
