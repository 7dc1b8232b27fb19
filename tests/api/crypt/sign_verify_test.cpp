// SPDX-License-Identifier: BSD-2-Clause
// CryptSignHash and CryptVerifySignature (cryptoapi.md 1.29, 1.30, 7.4; observed.md). Known
// answers:
// ../../conformance.
#include "crypt_fixtures.h"
#include "support/interop_keys.h"

using namespace capishim_test;

namespace {

/// Both pairs of 1024 bits, and the public half of the signature pair.
struct Signer : Provider {
    Signer()
        : Provider(aes_provider), exchange(make_key(AT_KEYEXCHANGE, 1024u << 16)),
          signature(make_key(AT_SIGNATURE, 1024u << 16)),
          public_key(imported(provider, exported(signature, PUBLICKEYBLOB)))
    {
    }

    HCRYPTKEY exchange, signature, public_key;
};

constexpr DWORD signature_size = 128;

BOOL sign(HCRYPTHASH hash, BYTE* data, DWORD* size, DWORD flags = 0, DWORD spec = AT_SIGNATURE,
          const char* description = nullptr)
{
    return CryptSignHashA(hash, spec, description, flags, data, size);
}

ByteVector signed_by(HCRYPTHASH hash, DWORD flags = 0, DWORD spec = AT_SIGNATURE,
                     const char* description = nullptr)
{
    ByteVector signature(2048);
    DWORD size = size_of(signature);
    CHECK_SUCCEEDS(sign(hash, signature.data(), &size, flags, spec, description));
    signature.resize(size);
    return signature;
}

BOOL verify(HCRYPTHASH hash, const ByteVector& signature, HCRYPTKEY key, DWORD flags = 0,
            const char* description = nullptr)
{
    return CryptVerifySignatureA(hash, signature.data(), size_of(signature), key, description,
                                 flags);
}

const ALG_ID signable[] = {CALG_MD2,     CALG_MD4,     CALG_MD5,    CALG_SHA1,
                           CALG_SHA_256, CALG_SHA_384, CALG_SHA_512};

} // namespace

BOOST_AUTO_TEST_SUITE(CryptSignHash_rules)

BOOST_AUTO_TEST_CASE(signs_each_hash_with_either_pair)
{
    const Signer signer;
    for (const ALG_ID algorithm : signable)
        for (const DWORD spec : {AT_KEYEXCHANGE, AT_SIGNATURE}) {
            const ByteVector signature =
                signed_by(hash_with(signer, algorithm, "message"), 0, spec);
            BOOST_CHECK_EQUAL(signature.size(), signature_size);
            const HCRYPTKEY pair = spec == AT_SIGNATURE ? signer.signature : signer.exchange;
            CHECK_SUCCEEDS(verify(hash_with(signer, algorithm, "message"), signature, pair));
            BOOST_CHECK(signed_by(hash_with(signer, algorithm, "message"), 0, spec) ==
                        signature); // deterministic
        }
}

BOOST_AUTO_TEST_CASE(obeys_the_buffer_rules_and_a_size_query_does_not_finish)
{
    const Signer signer;
    const HCRYPTHASH hash = hash_with(signer, CALG_SHA1, "mess");
    DWORD size = 0;
    CHECK_SUCCEEDS(sign(hash, nullptr, &size, 0, AT_SIGNATURE, "description")); // U-154
    BOOST_CHECK_EQUAL(size, signature_size);
    add_data(hash, bytes_of("age"));
    const ByteVector signature =
        check_buffer_rules([&](BYTE* data, DWORD* room) { return sign(hash, data, room); });
    CHECK_SUCCEEDS(verify(hash_with(signer, CALG_SHA1, "message"), signature, signer.public_key));
}

BOOST_AUTO_TEST_CASE(signs_a_value_that_was_set_and_a_finished_hash)
{
    const Signer signer;
    const HCRYPTHASH finished = hash_with(signer, CALG_SHA_256, "message");
    const HCRYPTHASH set = signer.make_hash(CALG_SHA_256);
    REQUIRE_SUCCEEDS(CryptSetHashParam(set, HP_HASHVAL, value_of(finished).data(), 0));
    BOOST_CHECK(signed_by(set) == signed_by(finished));
    BOOST_CHECK(signed_by(finished) == signed_by(hash_with(signer, CALG_SHA_256, "message")));
    const HCRYPTHASH both = signer.make_hash(CALG_SSL3_SHAMD5);
    REQUIRE_SUCCEEDS(CryptSetHashParam(both, HP_HASHVAL, counting(36).data(), 0));
    CHECK_SUCCEEDS(verify(both, signed_by(both), signer.public_key));
}

BOOST_AUTO_TEST_CASE(answers_each_refusal_with_its_code_and_a_length_of_zero)
{
    const Signer signer;
    const Provider keyless(aes_provider);
    const HCRYPTHASH hash = hash_with(signer, CALG_SHA1, "message");
    const HCRYPTHASH homeless = hash_with(keyless, CALG_SHA1, "message");
    const HCRYPTHASH mac = keyed_hash(signer.provider, CALG_MAC, signer.make_key(CALG_DES));
    const HCRYPTHASH hmac = keyed_hash(signer.provider, CALG_HMAC, signer.make_key(CALG_DES));
    REQUIRE_SUCCEEDS(set_hmac_info(hmac, CALG_SHA1));
    const HCRYPTHASH md5 = hash_with(signer, CALG_MD5, "message");
    const struct {
        const char* what;
        HCRYPTHASH hash;
        DWORD spec, flags, code;
    } rows[] = {
        {"key spec 0", hash, 0, 0, NTE_BAD_ALGID},
        {"key spec 3", hash, 3, 0, NTE_BAD_ALGID},
        {"no pair", homeless, AT_SIGNATURE, 0, NTE_NO_KEY},
        {"no pair", homeless, AT_KEYEXCHANGE, 0, NTE_NO_KEY},
        {"undefined flag", hash, AT_SIGNATURE, 0x8, NTE_BAD_FLAGS},
        {"X9.31 without OID", hash, AT_SIGNATURE, CRYPT_X931_FORMAT | CRYPT_NOHASHOID,
         NTE_BAD_FLAGS},                                                       // U-151
        {"X9.31 of MD5", md5, AT_SIGNATURE, CRYPT_X931_FORMAT, NTE_BAD_ALGID}, // U-150
        {"a MAC", mac, AT_SIGNATURE, 0, NTE_BAD_ALGID},                        // U-58
        {"an HMAC", hmac, AT_SIGNATURE, 0, NTE_BAD_ALGID},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.what)
        {
            ByteVector data(200);
            CHECK_FAILS_AND_ZEROES(
                (size = 200, sign(row.hash, data.data(), &size, row.flags, row.spec)), row.code);
        }
    DWORD size = 0;
    CHECK_FAILS_WITH(sign(0, nullptr, &size), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(sign(signer.signature, nullptr, &size), ERROR_INVALID_HANDLE);
    CHECK_SUCCEEDS(sign(hash, nullptr, &size, CRYPT_TYPE2_FORMAT)); // ignored
}

BOOST_AUTO_TEST_CASE(answers_NTE_BAD_LEN_when_the_modulus_is_too_small)
{
    const Provider context(aes_provider); // U-59, 7.4.1
    const HCRYPTKEY pair = context.make_key(AT_SIGNATURE, 512u << 16);
    for (const ALG_ID algorithm : {CALG_SHA_384, CALG_SHA_512}) {
        ByteVector data(64);
        CHECK_FAILS_AND_ZEROES((size = 64, sign(context.make_hash(algorithm), data.data(), &size)),
                               NTE_BAD_LEN);
    }
    const HCRYPTHASH hash = hash_with(context, CALG_SHA_256, "message");
    CHECK_SUCCEEDS(verify(hash, signed_by(hash), pair));
}

BOOST_AUTO_TEST_CASE(adds_the_description_to_the_hash)
{
    const Signer signer; // 7.4.4: UTF-16 without the NUL
    const ByteVector described =
        signed_by(hash_with(signer, CALG_SHA1, "message"), 0, AT_SIGNATURE, "note");
    const HCRYPTHASH by_hand = hash_with(signer, CALG_SHA1, "message");
    add_data(by_hand, bytes_of(std::string("n\0o\0t\0e\0", 8)));
    BOOST_CHECK(described == signed_by(by_hand));
    BOOST_CHECK(signed_by(hash_with(signer, CALG_SHA1, "message"), 0, AT_SIGNATURE, "") ==
                signed_by(hash_with(signer, CALG_SHA1, "message")));

    ByteVector wide(signature_size);
    DWORD size = signature_size;
    CHECK_SUCCEEDS(CryptSignHashW(hash_with(signer, CALG_SHA1, "message"), AT_SIGNATURE, L"note", 0,
                                  wide.data(), &size));
    BOOST_CHECK(wide == described);
    CHECK_SUCCEEDS(CryptVerifySignatureW(hash_with(signer, CALG_SHA1, "message"), wide.data(),
                                         signature_size, signer.public_key, L"note", 0));
    CHECK_SUCCEEDS(
        verify(hash_with(signer, CALG_SHA1, "message"), described, signer.public_key, 0, "note"));
    CHECK_FAILS_WITH(
        verify(hash_with(signer, CALG_SHA1, "message"), described, signer.public_key, 0, "other"),
        NTE_BAD_SIGNATURE);
    CHECK_FAILS_WITH(verify(hash_with(signer, CALG_SHA1, "message"), described, signer.public_key),
                     NTE_BAD_SIGNATURE);
}

BOOST_AUTO_TEST_CASE(refuses_a_description_on_a_finished_hash)
{
    const Signer signer; // U-153
    const HCRYPTHASH finished = signer.make_hash();
    value_of(finished);
    const HCRYPTHASH set = signer.make_hash();
    REQUIRE_SUCCEEDS(CryptSetHashParam(set, HP_HASHVAL, counting(20).data(), 0));
    for (const HCRYPTHASH hash : {finished, set}) {
        ByteVector data(signature_size);
        DWORD size = signature_size;
        CHECK_FAILS_WITH(sign(hash, data.data(), &size, 0, AT_SIGNATURE, "note"),
                         NTE_BAD_HASH_STATE);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptVerifySignature_rules)

BOOST_AUTO_TEST_CASE(accepts_pairs_and_public_keys_of_either_sort)
{
    const Signer signer;
    const ByteVector signature = signed_by(hash_with(signer, CALG_SHA1, "message"));
    for (const HCRYPTKEY key : {signer.signature, signer.public_key})
        CHECK_SUCCEEDS(verify(hash_with(signer, CALG_SHA1, "message"), signature, key));
    const HCRYPTHASH again = hash_with(signer, CALG_SHA1, "message");
    for (int twice = 0; twice < 2; ++twice)
        CHECK_SUCCEEDS(verify(again, signature, signer.public_key)); // U-60
    BOOST_CHECK_EQUAL(value_of(again).size(), 20u);
    CHECK_FAILS_WITH(CryptHashData(again, signature.data(), 1, 0), NTE_BAD_HASH_STATE);
}

BOOST_AUTO_TEST_CASE(answers_NTE_BAD_SIGNATURE_to_every_mismatch)
{
    const Signer signer;
    const ByteVector signature = signed_by(hash_with(signer, CALG_SHA1, "message"));
    const auto hash = [&] { return hash_with(signer, CALG_SHA1, "message"); };
    for (const std::size_t at : {std::size_t{0}, std::size_t{64}, signature.size() - 1}) {
        ByteVector forged = signature;
        forged[at] ^= 1;
        CHECK_FAILS_WITH(verify(hash(), forged, signer.public_key), NTE_BAD_SIGNATURE);
    }
    const ByteVector longer = concatenated({signature, {0}});
    const ByteVector shorter(signature.begin(), signature.end() - 1);
    for (const ByteVector& wrong : {longer, shorter, reversed(signature),
                                    ByteVector(signature_size), ByteVector(signature_size, 0xFF)})
        CHECK_FAILS_WITH(verify(hash(), wrong, signer.public_key), NTE_BAD_SIGNATURE); // U-61
    CHECK_FAILS_WITH(verify(hash(), signature, signer.exchange), NTE_BAD_SIGNATURE);
    CHECK_FAILS_WITH(verify(hash_with(signer, CALG_SHA1, "massage"), signature, signer.public_key),
                     NTE_BAD_SIGNATURE);
    CHECK_FAILS_WITH(verify(hash_with(signer, CALG_MD5, "message"), signature, signer.public_key),
                     NTE_BAD_SIGNATURE);
    CHECK_FAILS_WITH(verify(hash(), signature, signer.public_key, CRYPT_X931_FORMAT),
                     NTE_BAD_SIGNATURE);
}

BOOST_AUTO_TEST_CASE(does_not_insist_on_the_OID)
{
    const Signer signer; // observed.md
    for (const ALG_ID algorithm : {CALG_MD2, CALG_MD4, CALG_MD5, CALG_SHA1}) {
        const HCRYPTHASH hash = hash_with(signer, algorithm, "message");
        const ByteVector signature = signed_by(hash, CRYPT_NOHASHOID);
        BOOST_CHECK(signature != signed_by(hash));
        CHECK_SUCCEEDS(verify(hash, signature, signer.public_key));
        CHECK_SUCCEEDS(verify(hash, signature, signer.public_key, CRYPT_NOHASHOID));
    }
}

BOOST_AUTO_TEST_CASE(verifies_X9_31)
{
    const Signer signer;
    for (const ALG_ID algorithm : {CALG_SHA1, CALG_SHA_256, CALG_SHA_384, CALG_SHA_512}) {
        const HCRYPTHASH hash = hash_with(signer, algorithm, "message");
        const ByteVector signature = signed_by(hash, CRYPT_X931_FORMAT);
        BOOST_CHECK_EQUAL(signature.size(), signature_size);
        CHECK_SUCCEEDS(verify(hash, signature, signer.public_key, CRYPT_X931_FORMAT));
        CHECK_FAILS_WITH(verify(hash, signature, signer.public_key), NTE_BAD_SIGNATURE);
    }
}

BOOST_AUTO_TEST_CASE(bad_arguments_leave_the_hash_for_good_ones)
{
    const Signer signer; // observed.md
    const HCRYPTHASH hash = hash_with(signer, CALG_SHA1, "message");
    const ByteVector signature = signed_by(hash_with(signer, CALG_SHA1, "message"));
    CHECK_FAILS_WITH(
        CryptVerifySignatureA(hash, nullptr, signature_size, signer.public_key, nullptr, 0),
        ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(verify(hash, signature, 0), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(verify(0, signature, signer.public_key), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(verify(hash, signature, hash), ERROR_INVALID_HANDLE);
    CHECK_FAILS_WITH(verify(signer.public_key, signature, signer.public_key), ERROR_INVALID_HANDLE);
    CHECK_FAILS_WITH(
        CryptVerifySignatureA(hash, signature.data(), 0, signer.public_key, nullptr, 0),
        NTE_BAD_SIGNATURE);
    for (int twice = 0; twice < 2; ++twice)
        CHECK_SUCCEEDS(verify(hash, signature, signer.public_key));
}

BOOST_AUTO_TEST_CASE(refuses_session_keys_and_undefined_flags)
{
    const Signer signer;
    const ByteVector signature = signed_by(signer.make_hash());
    CHECK_FAILS_WITH(verify(signer.make_hash(), signature, signer.make_key(CALG_RC4)), NTE_BAD_KEY);
    CHECK_FAILS_WITH(verify(signer.make_hash(), signature, signer.public_key, 0x8), NTE_BAD_FLAGS);
    CHECK_FAILS_WITH(verify(signer.make_hash(), signature, signer.public_key,
                            CRYPT_X931_FORMAT | CRYPT_NOHASHOID),
                     NTE_BAD_FLAGS);
}

BOOST_AUTO_TEST_CASE(verifies_2048_bits_in_Base)
{
    const Provider strong(strong_provider); // 1.30: whatever the provider's own limits are
    const Provider base(base_provider);
    const HCRYPTKEY pair = strong.make_key(AT_SIGNATURE, 2048u << 16);
    const ByteVector signature = signed_by(hash_with(strong, CALG_SHA1, "message"));
    CHECK_SUCCEEDS(verify(hash_with(base, CALG_SHA1, "message"), signature,
                          imported(base.provider, exported(pair, PUBLICKEYBLOB))));
}

BOOST_AUTO_TEST_SUITE_END()
