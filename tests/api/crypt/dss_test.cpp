// SPDX-License-Identifier: BSD-2-Clause
// DSS pairs of the providers of types 3, 13 and 18: making, blobs, parameters, signatures
// (cryptoapi.md 1.11, 2.3, 2.8, 4.5, 4.6, 7.4.2, 8.2, 12.8; observed.md part 1).
#include "finite_field_fixtures.h"

using namespace capishim_test;

namespace {

// cryptoapi.md 12.8: SHA-1("abc") signed, r and s little-endian
const char* const fips_signature =
    "c041b3927cb96ab1951f18b75c431064b61aac8bc8d8dcb62dbab455d126f45824df561f5f34e241";

const ByteVector unknown_seed(24, 0xFF);

std::string sha1_of(const ByteVector& data)
{
    const VerifyContext context(PROV_DSS);
    const HCRYPTHASH hash = context.make_hash(CALG_SHA1);
    add_data(hash, data);
    return to_hex(value_of(hash));
}

/// A blob of cryptoapi.md 12.8 as it is printed there: observed.md turned the seed round since.
ByteVector with_seed_as_printed(ByteVector blob)
{
    std::reverse(blob.end() - 20, blob.end());
    return blob;
}

struct Pair {
    explicit Pair(const ProviderName& which = dss_provider, DWORD flags = CRYPT_EXPORTABLE)
        : context(which), key(imported(context.provider, FipsExample().private_blob(), 0, flags))
    {
    }

    Provider context;
    HCRYPTKEY key;
};

ByteVector changed(ByteVector blob, std::size_t at)
{
    blob[at] ^= 1;
    return blob;
}

ByteVector first(const ByteVector& blob, std::size_t size)
{
    return {blob.begin(), blob.begin() + static_cast<std::ptrdiff_t>(size)};
}

ByteVector version_3(BYTE type, const char* magic, const ByteVector& j, const ByteVector& y,
                     const ByteVector* x = nullptr)
{
    const FipsExample fips;
    return concatenated({blob_header_3(type, CALG_DSS_SIGN), bytes_of(magic), little_endian(512),
                         little_endian(160), little_endian(8 * size_of(j)),
                         x ? little_endian(160) : ByteVector(), fips.dss_seed(), fips.p, fips.q,
                         fips.g, j, y, x ? *x : ByteVector()});
}

} // namespace

BOOST_AUTO_TEST_SUITE(DSS_pairs)

BOOST_AUTO_TEST_CASE(are_made_by_keyspec_and_by_algorithm)
{
    for (const ALG_ID spec : Algorithms{AT_SIGNATURE, CALG_DSS_SIGN}) {
        const Provider context(dss_provider);
        const HCRYPTKEY pair = generated(context.provider, spec, key_bits(512));
        BOOST_TEST(key_number(pair, KP_ALGID) == static_cast<DWORD>(CALG_DSS_SIGN));
        BOOST_TEST(key_number(pair, KP_KEYLEN) == 512u);
        BOOST_TEST(key_number(pair, KP_PERMISSIONS) == 0x3Bu);
        BOOST_TEST(exported(pair, PUBLICKEYBLOB).size() == 16u + 3 * 64 + 20 + 24);
        CHECK_FAILS_AND_ZEROES(CryptExportKey(pair, 0, PRIVATEKEYBLOB, 0, nullptr, &size),
                               NTE_BAD_KEY_STATE);
        HCRYPTKEY again = 0;
        CHECK_SUCCEEDS(CryptGetUserKey(context.provider, AT_SIGNATURE, &again));
        BOOST_TEST(exported(again, PUBLICKEYBLOB) == exported(pair, PUBLICKEYBLOB));
        CHECK_SUCCEEDS(CryptGetUserKey(context.provider, CALG_DSS_SIGN, &again)); // U-51
    }
}

BOOST_AUTO_TEST_CASE(have_1024_bits_by_default_and_parameters_that_verify)
{
    const Provider context(enhanced_dh_provider);
    const HCRYPTKEY pair = generated(context.provider, AT_SIGNATURE, CRYPT_EXPORTABLE);
    BOOST_TEST(key_number(pair, KP_KEYLEN) == 1024u);
    BOOST_TEST(key_param(pair, KP_VERIFY_PARAMS).empty());
    const ByteVector blob = exported(pair, PRIVATEKEYBLOB);
    BOOST_TEST(blob.size() == 16u + 2 * 128 + 20 + 20 + 24);
    BOOST_TEST(blob.back() != 0xFF); // the seed is there
}

// observed.md: CryptGenKey, DSS and DH pair length out of range; DSS length off the 64-bit step
BOOST_AUTO_TEST_CASE(have_lengths_from_512_to_1024_bits_in_steps_of_64)
{
    for (const ProviderName& which : dss_providers)
        for (const ALG_ID spec : Algorithms{AT_SIGNATURE, CALG_DSS_SIGN})
            BOOST_TEST_CONTEXT(which.name)
            {
                const Provider context(which);
                for (const DWORD length : {8u, 448u, 511u, 1025u, 1088u, 2048u, 0xFFF8u})
                    CHECK_FAILS_WITH(gen_key(context.provider, spec, key_bits(length)),
                                     NTE_BAD_FLAGS);
                for (const DWORD length : {513u, 520u, 1000u})
                    CHECK_FAILS_WITH(gen_key(context.provider, spec, key_bits(length)),
                                     STATUS_INVALID_PARAMETER);
            }
    CHECK_SUCCEEDS(gen_key(Provider(dss_provider).provider, AT_SIGNATURE, key_bits(576)));
}

BOOST_AUTO_TEST_CASE(are_what_type_3_has_and_no_more)
{
    const Provider context(dss_provider);
    for (const ALG_ID algorithm :
         Algorithms{AT_KEYEXCHANGE, CALG_DH_SF, CALG_DH_EPHEM, CALG_RSA_SIGN, CALG_RSA_KEYX,
                    CALG_RC4, CALG_DES, CALG_3DES, CALG_AES_128})
        CHECK_FAILS_WITH(gen_key(context.provider, algorithm), NTE_BAD_ALGID);
    HCRYPTKEY key = 0;
    CHECK_FAILS_WITH(CryptGetUserKey(context.provider, AT_KEYEXCHANGE, &key), NTE_NO_KEY);
    CHECK_FAILS_WITH(CryptGetUserKey(context.provider, AT_SIGNATURE, &key), NTE_NO_KEY);
    for (const DWORD spec : {DWORD{0}, DWORD{3}, DWORD{CALG_RSA_SIGN}, DWORD{CALG_DH_EPHEM}})
        CHECK_FAILS_WITH(CryptGetUserKey(context.provider, spec, &key), NTE_BAD_KEY);
    HCRYPTHASH hash = 0;
    for (const ALG_ID algorithm : Algorithms{CALG_MD2, CALG_MD4, CALG_SHA_256, CALG_SSL3_SHAMD5})
        CHECK_FAILS_WITH(CryptCreateHash(context.provider, algorithm, 0, 0, &hash), NTE_BAD_ALGID);
}

BOOST_AUTO_TEST_CASE(stay_in_containers_that_the_family_shares)
{
    const Container container("capishim dss family", enhanced_dh_provider);
    const HCRYPTKEY pair = imported(container.provider, FipsExample().private_blob());
    const HCRYPTKEY exchange =
        imported(container.provider, OakleyExample().private_blob(OakleyExample().xa));
    HCRYPTPROV other = 0;
    REQUIRE_SUCCEEDS(CryptAcquireContextA(&other, container.name.c_str(), nullptr, PROV_DSS, 0));
    HCRYPTKEY again = 0;
    CHECK_SUCCEEDS(CryptGetUserKey(other, AT_SIGNATURE, &again));
    BOOST_TEST(exported(again, PRIVATEKEYBLOB) == exported(pair, PRIVATEKEYBLOB));
    // the exchange pair is there, for providers that know what to do with it
    CHECK_FAILS_WITH(CryptGetUserKey(other, AT_KEYEXCHANGE, &again), NTE_NO_KEY);
    CHECK_SUCCEEDS(CryptReleaseContext(other, 0));
    REQUIRE_SUCCEEDS(
        CryptAcquireContextA(&other, container.name.c_str(), nullptr, PROV_DH_SCHANNEL, 0));
    for (const DWORD spec : {DWORD{AT_KEYEXCHANGE}, DWORD{CALG_DH_SF}}) {
        CHECK_SUCCEEDS(CryptGetUserKey(other, spec, &again));
        BOOST_TEST(exported(again, PRIVATEKEYBLOB, 0, CRYPT_BLOB_VER3) ==
                   exported(exchange, PRIVATEKEYBLOB, 0, CRYPT_BLOB_VER3));
    }
    CHECK_SUCCEEDS(CryptReleaseContext(other, 0));
    // RSA's containers are elsewhere
    CHECK_FAILS_WITH(
        CryptAcquireContextA(&other, container.name.c_str(), nullptr, PROV_RSA_FULL, 0),
        NTE_BAD_KEYSET);
}

// observed.md: DSS private import keeps counter and seed; another context puts the same key there
BOOST_AUTO_TEST_CASE(are_read_anew_where_only_the_seed_is_another)
{
    const Container container("capishim dss seed", enhanced_dh_provider);
    FipsExample example;
    imported(container.provider, example.private_blob());
    HCRYPTKEY pair = 0;
    CHECK_SUCCEEDS(CryptGetUserKey(container.provider, AT_SIGNATURE, &pair));
    HCRYPTPROV other = 0;
    REQUIRE_SUCCEEDS(CryptAcquireContextA(&other, container.name.c_str(), nullptr, PROV_DSS, 0));
    example.seed = counting(20);
    example.counter = 7;
    imported(other, example.private_blob());
    CHECK_SUCCEEDS(CryptReleaseContext(other, 0));
    CHECK_SUCCEEDS(CryptGetUserKey(container.provider, AT_SIGNATURE, &pair));
    BOOST_TEST(exported(pair, PRIVATEKEYBLOB) == example.private_blob());
    BOOST_TEST(exported(pair, PUBLICKEYBLOB) == example.public_blob());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(DSS_blobs)

BOOST_AUTO_TEST_CASE(of_version_2_are_those_of_the_example)
{
    const Pair pair;
    const ByteVector shown = exported(pair.key, PUBLICKEYBLOB);
    BOOST_TEST(shown == FipsExample().public_blob());
    BOOST_TEST(shown.size() == 252u);
    BOOST_TEST(sha1_of(with_seed_as_printed(shown)) == "05b5f3664ca1e34ef4bde59883e07d6642443cc2");
    const ByteVector secret = exported(pair.key, PRIVATEKEYBLOB);
    BOOST_TEST(secret == FipsExample().private_blob());
    BOOST_TEST(sha1_of(with_seed_as_printed(secret)) == "0e9f783ecbcbc8b8fccf1efb9779e74d664ffb85");
}

// observed.md: DSS private import
BOOST_AUTO_TEST_CASE(come_back_byte_for_byte_also_through_a_duplicate)
{
    const Pair pair;
    HCRYPTKEY copy = 0;
    CHECK_SUCCEEDS(CryptDuplicateKey(pair.key, nullptr, 0, &copy));
    BOOST_TEST(exported(copy, PRIVATEKEYBLOB) == FipsExample().private_blob());
    const HCRYPTKEY shown = imported(pair.context.provider, FipsExample().public_blob());
    BOOST_TEST(exported(shown, PUBLICKEYBLOB) == FipsExample().public_blob());
    const HCRYPTKEY made =
        generated(pair.context.provider, AT_SIGNATURE, key_bits(512) | CRYPT_EXPORTABLE);
    for (const DWORD flags : {DWORD{0}, DWORD{CRYPT_BLOB_VER3}})
        for (const DWORD type : {DWORD{PUBLICKEYBLOB}, DWORD{PRIVATEKEYBLOB}}) {
            const ByteVector blob = exported(made, type, 0, flags);
            BOOST_TEST(exported(imported(pair.context.provider, blob), type, 0, flags) == blob);
        }
}

BOOST_AUTO_TEST_CASE(of_version_3_tell_the_same_and_y_beside_x)
{
    const FipsExample fips;
    const Pair pair;
    const ByteVector shown = version_3(PUBLICKEYBLOB, "DSS3", {}, fips.y);
    const ByteVector secret = version_3(PRIVATEKEYBLOB, "DSS4", {}, fips.y, &fips.x);
    BOOST_TEST(shown.size() == 8u + 40 + 3 * 64 + 20);
    BOOST_TEST(exported(pair.key, PUBLICKEYBLOB, 0, CRYPT_BLOB_VER3) == shown);
    BOOST_TEST(exported(pair.key, PRIVATEKEYBLOB, 0, CRYPT_BLOB_VER3) == secret);
    BOOST_TEST(exported(imported(pair.context.provider, shown), PUBLICKEYBLOB) ==
               fips.public_blob());
    BOOST_TEST(exported(imported(pair.context.provider, secret), PRIVATEKEYBLOB) ==
               fips.private_blob());
    ByteVector as_printed = secret; // U-105
    as_printed[0] = PUBLICKEYBLOB;
    BOOST_TEST(exported(imported(pair.context.provider, as_printed), PRIVATEKEYBLOB) ==
               fips.private_blob());
}

BOOST_AUTO_TEST_CASE(of_version_3_keep_j)
{
    const FipsExample fips;
    const Provider context(dss_provider);
    const ByteVector j = counting(44);
    const ByteVector blob = version_3(PUBLICKEYBLOB, "DSS3", j, fips.y);
    BOOST_TEST(exported(imported(context.provider, blob), PUBLICKEYBLOB, 0, CRYPT_BLOB_VER3) ==
               blob);
}

BOOST_AUTO_TEST_CASE(may_be_encrypted)
{
    const Pair pair(enhanced_dh_provider);
    const HCRYPTKEY key = pair.context.make_key(CALG_RC4);
    const ByteVector blob = exported(pair.key, PRIVATEKEYBLOB, key);
    BOOST_TEST(blob.size() == FipsExample().private_blob().size());
    BOOST_TEST(first(blob, 8) == first(FipsExample().private_blob(), 8));
    BOOST_TEST(blob != FipsExample().private_blob());
    BOOST_TEST(exported(imported(pair.context.provider, blob, key), PRIVATEKEYBLOB) ==
               FipsExample().private_blob());
    HCRYPTKEY none = 0;
    const HCRYPTKEY wrong = pair.context.make_key(CALG_RC4);
    CHECK_FAILS_WITH(import_blob(pair.context.provider, blob, &none, wrong), NTE_BAD_DATA); // U-99
}

BOOST_AUTO_TEST_CASE(ignore_bytes_behind_them)
{
    const Provider context(dss_provider);
    const ByteVector longer = concatenated({FipsExample().private_blob(), ByteVector(8, 0xEE)});
    BOOST_TEST(exported(imported(context.provider, longer), PRIVATEKEYBLOB) ==
               FipsExample().private_blob());
}

BOOST_AUTO_TEST_CASE(that_are_damaged_are_refused)
{
    const FipsExample fips;
    const Provider context(dss_provider);
    const ByteVector shown = fips.public_blob(), secret = fips.private_blob();
    const ByteVector shown_3 = version_3(PUBLICKEYBLOB, "DSS3", {}, fips.y);
    const auto with_version = [](ByteVector blob, BYTE version) {
        blob[1] = version;
        return blob;
    };
    ByteVector large_y = shown;
    std::fill(large_y.begin() + 16 + 64 + 20 + 64, large_y.end() - 24, BYTE{0xFF});
    ByteVector zero_x = secret;
    std::fill(zero_x.end() - 44, zero_x.end() - 24, BYTE{0});
    ByteVector as_type_7 = shown;
    as_type_7[0] = PRIVATEKEYBLOB;
    const struct {
        const char* what;
        ByteVector blob;
        DWORD code;
    } rows[] = {
        {"cut by one byte", first(shown, shown.size() - 1), NTE_BAD_DATA},
        {"header only", first(shown, 8), NTE_BAD_DATA},
        {"half a header", first(shown, 7), NTE_BAD_DATA},
        {"private, cut by one byte", first(secret, secret.size() - 1), NTE_BAD_DATA},
        {"version 3, cut by one byte", first(shown_3, shown_3.size() - 1), NTE_BAD_DATA},
        {"another magic", changed(shown, 8), NTE_BAD_DATA},
        {"another length", changed(shown, 12), NTE_BAD_DATA},
        {"an even p", changed(shown, 16), NTE_BAD_DATA},
        {"another q", changed(shown, 16 + 64 + 1), NTE_BAD_DATA},
        {"another g", changed(shown, 16 + 64 + 20), NTE_BAD_DATA},
        {"a y beyond p", large_y, NTE_BAD_DATA},
        {"an x of zero", zero_x, NTE_BAD_DATA},
        {"a public key as PRIVATEKEYBLOB", as_type_7, NTE_BAD_DATA},
        {"version 1", with_version(shown, 1), NTE_BAD_VER},
        {"version 4", with_version(shown, 4), NTE_BAD_VER},
        {"version 3 with the magic of 2", with_version(shown, 3), NTE_BAD_VER},
        {"version 2 with the magic of 3", with_version(shown_3, 2), NTE_BAD_VER},
        {"version 3, another y than x makes",
         version_3(PRIVATEKEYBLOB, "DSS4", {}, fips.g, &fips.x), NTE_BAD_DATA},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.what)
        {
            HCRYPTKEY key = 0x77;
            CHECK_FAILS_WITH(import_blob(context.provider, row.blob, &key), row.code);
            BOOST_TEST(key == 0x77u);
        }
}

BOOST_AUTO_TEST_CASE(are_not_for_RSA_providers_nor_the_other_way_round)
{
    HCRYPTKEY key = 0;
    CHECK_FAILS_WITH(
        import_blob(Provider(strong_provider).provider, FipsExample().public_blob(), &key),
        NTE_BAD_DATA);
    const Provider rsa(strong_provider);
    const ByteVector blob = exported(rsa.make_key(AT_SIGNATURE, key_bits(512)), PUBLICKEYBLOB);
    CHECK_FAILS_WITH(import_blob(Provider(dss_provider).provider, blob, &key), NTE_BAD_DATA);
    CHECK_FAILS_WITH(import_blob(Provider(dss_provider).provider,
                                 OakleyExample().private_blob(OakleyExample().xa), &key),
                     NTE_BAD_DATA);
    // SIMPLEBLOB and version 3 are nothing for the other side
    const HCRYPTKEY pair = rsa.make_key(AT_SIGNATURE, key_bits(512));
    CHECK_FAILS_AND_ZEROES(CryptExportKey(pair, 0, PUBLICKEYBLOB, CRYPT_BLOB_VER3, nullptr, &size),
                           NTE_BAD_FLAGS);
    const Provider enhanced(enhanced_dh_provider);
    const ByteVector simple = concatenated(
        {blob_header(SIMPLEBLOB, CALG_RC4), little_endian(CALG_RSA_KEYX), ByteVector(64)});
    CHECK_FAILS_WITH(import_blob(enhanced.provider, simple, &key), NTE_BAD_ALGID);
}

BOOST_AUTO_TEST_CASE(follow_the_rules_of_buffers_and_arguments)
{
    const Pair pair;
    for (const DWORD flags : {DWORD{0}, DWORD{CRYPT_BLOB_VER3}, DWORD{CRYPT_Y_ONLY}})
        for (const DWORD type : {DWORD{PUBLICKEYBLOB}, DWORD{PRIVATEKEYBLOB}})
            check_buffer_rules([&](BYTE* data, DWORD* size) {
                return CryptExportKey(pair.key, 0, type, flags, data, size);
            });
    for (const DWORD type : {DWORD{SIMPLEBLOB}, DWORD{PLAINTEXTKEYBLOB}, DWORD{OPAQUEKEYBLOB},
                             DWORD{PUBLICKEYBLOBEX}, DWORD{KEYSTATEBLOB}})
        CHECK_FAILS_AND_ZEROES(CryptExportKey(pair.key, 0, type, 0, nullptr, &size), NTE_BAD_TYPE);
    for (const DWORD flags : {DWORD{CRYPT_OAEP}, DWORD{CRYPT_DESTROYKEY}, DWORD{0x100}})
        CHECK_FAILS_AND_ZEROES(CryptExportKey(pair.key, 0, PUBLICKEYBLOB, flags, nullptr, &size),
                               NTE_BAD_FLAGS);
    const HCRYPTKEY shown = imported(pair.context.provider, FipsExample().public_blob());
    CHECK_FAILS_AND_ZEROES(CryptExportKey(shown, 0, PRIVATEKEYBLOB, 0, nullptr, &size),
                           NTE_BAD_KEY_STATE); // U-45
    HCRYPTKEY key = 0;
    CHECK_FAILS_WITH(
        import_blob(pair.context.provider, FipsExample().public_blob(), &key, pair.key),
        NTE_BAD_KEY);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(DSS_parameters)

BOOST_AUTO_TEST_CASE(are_read_as_raw_little_endian_numbers)
{
    const FipsExample fips;
    const Pair pair;
    const HCRYPTKEY shown = imported(pair.context.provider, fips.public_blob());
    for (const HCRYPTKEY key : {pair.key, shown}) {
        BOOST_TEST(key_param(key, KP_P) == fips.p);
        BOOST_TEST(key_param(key, KP_Q) == fips.q);
        BOOST_TEST(key_param(key, KP_G) == fips.g);
        BOOST_TEST(key_number(key, KP_HIGHEST_VERSION) == 3u); // U-164
        BOOST_TEST(key_number(key, KP_KEYLEN) == 512u);
        BOOST_TEST(key_number(key, KP_ALGID) == static_cast<DWORD>(CALG_DSS_SIGN));
    }
    for (const DWORD param : {DWORD{KP_P}, DWORD{KP_Q}, DWORD{KP_G}, DWORD{KP_HIGHEST_VERSION}})
        check_buffer_rules([&](BYTE* data, DWORD* size) {
            return CryptGetKeyParam(pair.key, param, data, size, 0);
        });
}

BOOST_AUTO_TEST_CASE(that_do_not_apply_have_no_type)
{
    const Pair pair;
    for (const DWORD param : {KP_X,
                              KP_Y,
                              KP_PUB_PARAMS,
                              KP_BLOCKLEN,
                              KP_IV,
                              KP_MODE,
                              KP_PADDING,
                              KP_EFFECTIVE_KEYLEN,
                              KP_OAEP_PARAMS,
                              KP_RA,
                              KP_RB,
                              KP_INFO,
                              KP_RP,
                              KP_PUB_EX_LEN,
                              KP_PUB_EX_VAL,
                              KP_PRECOMP_MD5,
                              KP_PRECOMP_SHA,
                              KP_CMS_DH_KEY_INFO,
                              KP_GET_USE_COUNT,
                              KP_ADMIN_PIN,
                              KP_SALT_EX,
                              999})
        BOOST_TEST_CONTEXT("parameter " << param)
    CHECK_FAILS_AND_ZEROES(CryptGetKeyParam(pair.key, static_cast<DWORD>(param), nullptr, &size, 0),
                           NTE_BAD_TYPE);
    const ByteVector number = counting(64);
    for (const DWORD param :
         {KP_P, KP_Q, KP_G, KP_Y, KP_PUB_PARAMS, KP_VERIFY_PARAMS, KP_HIGHEST_VERSION, KP_ALGID,
          KP_KEYLEN, KP_OAEP_PARAMS, KP_CMS_DH_KEY_INFO, 999})
        BOOST_TEST_CONTEXT("parameter " << param)
    CHECK_FAILS_WITH(set_number(pair.key, static_cast<DWORD>(param), number), NTE_BAD_TYPE);
    CHECK_FAILS_WITH(CryptSetKeyParam(pair.key, KP_X, nullptr, 0), NTE_BAD_TYPE);
    CHECK_FAILS_AND_ZEROES(CryptGetKeyParam(pair.key, KP_KEYVAL, nullptr, &size, 0), NTE_PERM);
    CHECK_FAILS_AND_ZEROES(CryptGetKeyParam(pair.key, KP_P, nullptr, &size, 1), NTE_BAD_FLAGS);
}

// U-163; observed.md: DSSSEED.seed in v2 blobs
BOOST_AUTO_TEST_CASE(verify_when_the_seed_gives_the_primes)
{
    const Provider context(dss_provider);
    const ByteVector blob = FipsExample().public_blob();
    const auto verifies = [&](const ByteVector& which) {
        DWORD size = 77;
        const HCRYPTKEY key = imported(context.provider, which);
        return CryptGetKeyParam(key, KP_VERIFY_PARAMS, nullptr, &size, 0) && size == 0;
    };
    BOOST_TEST(verifies(blob));
    BOOST_TEST(verifies(concatenated({first(blob, blob.size() - 24), unknown_seed})));
    const HCRYPTKEY other_count = imported(context.provider, changed(blob, blob.size() - 24));
    CHECK_FAILS_AND_ZEROES(CryptGetKeyParam(other_count, KP_VERIFY_PARAMS, nullptr, &size, 0),
                           NTE_FAIL);
    const HCRYPTKEY other_seed = imported(context.provider, changed(blob, blob.size() - 1));
    CHECK_FAILS_AND_ZEROES(CryptGetKeyParam(other_seed, KP_VERIFY_PARAMS, nullptr, &size, 0),
                           NTE_FAIL);
}

BOOST_AUTO_TEST_CASE(include_a_certificate_in_a_container)
{
    const Container container("capishim dss certificate", dss_provider);
    const HCRYPTKEY pair = imported(container.provider, FipsExample().private_blob());
    const ByteVector der = {0x30, 0x03, 0x02, 0x01, 0x05};
    CHECK_FAILS_AND_ZEROES(CryptGetKeyParam(pair, KP_CERTIFICATE, nullptr, &size, 0),
                           NTE_NOT_FOUND);
    CHECK_SUCCEEDS(CryptSetKeyParam(pair, KP_CERTIFICATE, der.data(), 0));
    BOOST_TEST(key_param(pair, KP_CERTIFICATE) == der);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(DSS_with_CRYPT_PREGEN)

BOOST_AUTO_TEST_CASE(waits_for_p_q_and_g)
{
    const FipsExample fips;
    const Provider context(dss_provider);
    const HCRYPTKEY pair =
        generated(context.provider, AT_SIGNATURE, key_bits(512) | CRYPT_PREGEN | CRYPT_EXPORTABLE);
    CHECK_FAILS_WITH(CryptSetKeyParam(pair, KP_X, nullptr, 0), NTE_BAD_KEY_STATE);
    CHECK_SUCCEEDS(set_number(pair, KP_P, fips.p));
    CHECK_SUCCEEDS(set_number(pair, KP_G, fips.g));
    CHECK_FAILS_WITH(CryptSetKeyParam(pair, KP_X, nullptr, 0), NTE_BAD_KEY_STATE); // q is missing
    CHECK_SUCCEEDS(set_number(pair, KP_Q, fips.q));
    HCRYPTKEY none = 0;
    CHECK_FAILS_WITH(CryptGetUserKey(context.provider, AT_SIGNATURE, &none), NTE_NO_KEY);
    CHECK_FAILS_WITH(CryptSetKeyParam(pair, KP_X, fips.x.data(), 0), NTE_BAD_FLAGS); // U-160
    CHECK_SUCCEEDS(CryptSetKeyParam(pair, KP_X, nullptr, 0));
    BOOST_TEST(key_param(pair, KP_P) == fips.p);
    BOOST_TEST(key_param(pair, KP_Q) == fips.q);
    BOOST_TEST(key_param(pair, KP_G) == fips.g);
    CHECK_SUCCEEDS(CryptGetUserKey(context.provider, AT_SIGNATURE, &none));
    BOOST_TEST(exported(none, PRIVATEKEYBLOB) == exported(pair, PRIVATEKEYBLOB));
    CHECK_FAILS_WITH(CryptSetKeyParam(pair, KP_X, nullptr, 0), NTE_BAD_TYPE);
    const HCRYPTHASH hash = hash_with(context, CALG_SHA1, "abc");
    BOOST_TEST(verify(hash, signature_of(hash), pair));
}

// U-67
BOOST_AUTO_TEST_CASE(can_do_nothing_else)
{
    const Provider context(enhanced_dh_provider);
    const HCRYPTKEY pair =
        generated(context.provider, AT_SIGNATURE, key_bits(512) | CRYPT_PREGEN | CRYPT_EXPORTABLE);
    const HCRYPTKEY session = context.make_key(CALG_RC4);
    const HCRYPTHASH hash = context.make_hash(CALG_SHA1);
    HCRYPTKEY key = 0;
    BYTE data[64] = {};
    DWORD length = 8;
    for (const DWORD param : {KP_ALGID, KP_KEYLEN, KP_PERMISSIONS, KP_P, KP_Q, KP_G})
        CHECK_FAILS_AND_ZEROES(CryptGetKeyParam(pair, param, nullptr, &size, 0), NTE_BAD_KEY_STATE);
    for (const DWORD param : {KP_ALGID, KP_PERMISSIONS, KP_IV, KP_CERTIFICATE})
        CHECK_FAILS_WITH(CryptSetKeyParam(pair, param, data, 0), NTE_BAD_KEY_STATE);
    CHECK_FAILS_WITH(CryptDuplicateKey(pair, nullptr, 0, &key), NTE_BAD_KEY_STATE);
    for (const DWORD type : {DWORD{PUBLICKEYBLOB}, DWORD{PRIVATEKEYBLOB}})
        CHECK_FAILS_AND_ZEROES(CryptExportKey(pair, 0, type, 0, nullptr, &size), NTE_BAD_KEY_STATE);
    CHECK_FAILS_AND_ZEROES(CryptExportKey(session, pair, SYMMETRICWRAPKEYBLOB, 0, nullptr, &size),
                           NTE_BAD_KEY_STATE);
    CHECK_FAILS_WITH(CryptEncrypt(pair, 0, TRUE, 0, data, &length, sizeof data), NTE_BAD_KEY_STATE);
    CHECK_FAILS_WITH(CryptDecrypt(pair, 0, TRUE, 0, data, &length), NTE_BAD_KEY_STATE);
    CHECK_FAILS_WITH(CryptHashSessionKey(hash, pair, 0), NTE_BAD_KEY_STATE);
    CHECK_FAILS_WITH(verify(hash, ByteVector(40), pair), NTE_BAD_KEY_STATE);
    CHECK_FAILS_WITH(import_blob(context.provider, FipsExample().private_blob(), &key, pair),
                     NTE_BAD_KEY_STATE);
    CHECK_SUCCEEDS(CryptDestroyKey(pair));
}

BOOST_AUTO_TEST_CASE(takes_parameters_of_just_the_length_that_was_asked_for)
{
    const FipsExample fips;
    const Provider context(dss_provider);
    const HCRYPTKEY pair = generated(context.provider, CALG_DSS_SIGN, key_bits(512) | CRYPT_PREGEN);
    const auto refuses = [&](DWORD param, const ByteVector& number) {
        CHECK_FAILS_WITH(set_number(pair, param, number), NTE_BAD_DATA);
    };
    refuses(KP_P, first(fips.p, 63)); // U-162
    refuses(KP_P, concatenated({fips.p, {0}}));
    refuses(KP_P, concatenated({first(fips.p, 63), {0x7F}})); // 511 bits
    refuses(KP_P, changed(fips.p, 0));                        // even
    refuses(KP_P, {});
    refuses(KP_Q, first(fips.q, 19));
    refuses(KP_Q, concatenated({fips.q, {1}}));
    refuses(KP_Q, ByteVector(20));
    refuses(KP_G, ByteVector(64));
    refuses(KP_G, ByteVector(65, 1));
    CRYPT_INTEGER_BLOB nowhere = {64, nullptr};
    CHECK_FAILS_WITH(CryptSetKeyParam(pair, KP_P, reinterpret_cast<BYTE*>(&nowhere), 0),
                     ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptSetKeyParam(pair, KP_P, nullptr, 0), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptSetKeyParam(pair, KP_X, nullptr, 1), NTE_BAD_FLAGS);
    // numbers that are no group: told when the pair is made, and they may be set anew
    CHECK_SUCCEEDS(set_number(pair, KP_P, fips.p));
    CHECK_SUCCEEDS(set_number(pair, KP_Q, fips.q));
    CHECK_SUCCEEDS(set_number(pair, KP_G, changed(fips.g, 5)));
    CHECK_FAILS_WITH(CryptSetKeyParam(pair, KP_X, nullptr, 0), NTE_BAD_DATA);
    CHECK_SUCCEEDS(set_number(pair, KP_G, fips.g));
    CHECK_SUCCEEDS(CryptSetKeyParam(pair, KP_X, nullptr, 0));
}

// U-104
BOOST_AUTO_TEST_CASE(takes_all_parameters_at_once_with_a_header_or_without)
{
    const FipsExample fips;
    const Provider context(dss_provider);
    const ByteVector whole = version_3(PUBLICKEYBLOB, "DSS3", counting(44), {});
    const ByteVector bare(whole.begin() + 8, whole.end());
    for (const ByteVector& parameters : {whole, bare}) {
        const HCRYPTKEY pair = generated(context.provider, AT_SIGNATURE,
                                         key_bits(512) | CRYPT_PREGEN | CRYPT_EXPORTABLE);
        CHECK_SUCCEEDS(set_number(pair, KP_PUB_PARAMS, parameters));
        CHECK_SUCCEEDS(CryptSetKeyParam(pair, KP_X, nullptr, 0));
        const ByteVector blob = exported(pair, PUBLICKEYBLOB, 0, CRYPT_BLOB_VER3);
        BOOST_TEST(first(blob, whole.size()) == whole); // seed and j too
        BOOST_TEST(key_param(pair, KP_VERIFY_PARAMS).empty());
    }
    const HCRYPTKEY longer =
        generated(context.provider, AT_SIGNATURE, key_bits(576) | CRYPT_PREGEN);
    CHECK_FAILS_WITH(set_number(longer, KP_PUB_PARAMS, whole), NTE_BAD_DATA); // U-162
    const HCRYPTKEY pair = generated(context.provider, AT_SIGNATURE, key_bits(512) | CRYPT_PREGEN);
    CHECK_FAILS_WITH(set_number(pair, KP_PUB_PARAMS, first(bare, bare.size() - 1)), NTE_BAD_DATA);
    CHECK_FAILS_WITH(set_number(pair, KP_PUB_PARAMS, changed(bare, 0)), NTE_BAD_DATA);
    CHECK_FAILS_WITH(set_number(pair, KP_PUB_PARAMS, changed(whole, 1)), NTE_BAD_VER);
    CHECK_FAILS_WITH(set_number(pair, KP_PUB_PARAMS, {}), NTE_BAD_DATA);
}

BOOST_AUTO_TEST_CASE(is_for_DSS_and_DH_alone)
{
    const Provider rsa(strong_provider); // U-31
    for (const ALG_ID algorithm : Algorithms{AT_SIGNATURE, CALG_RSA_KEYX, CALG_RC4})
        CHECK_FAILS_WITH(gen_key(rsa.provider, algorithm, CRYPT_PREGEN), NTE_BAD_FLAGS);
    CHECK_FAILS_WITH(gen_key(Provider(enhanced_dh_provider).provider, CALG_DES, CRYPT_PREGEN),
                     NTE_BAD_FLAGS);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(DSS_signatures)

BOOST_AUTO_TEST_CASE(of_the_example_verify)
{
    const Pair pair;
    const HCRYPTKEY shown = imported(pair.context.provider, FipsExample().public_blob());
    for (const HCRYPTKEY key : {shown, pair.key}) { // observed.md: pair handles as public keys
        const HCRYPTHASH hash = hash_with(pair.context, CALG_SHA1, "abc");
        CHECK_SUCCEEDS(verify(hash, from_hex(fips_signature), key));
        CHECK_SUCCEEDS(verify(hash, from_hex(fips_signature), key)); // several times over
    }
}

BOOST_AUTO_TEST_CASE(are_40_bytes_with_a_random_k)
{
    const Pair pair(enhanced_dh_provider);
    const HCRYPTHASH hash = hash_with(pair.context, CALG_SHA1, "message");
    const ByteVector once = signature_of(hash), twice = signature_of(hash);
    BOOST_TEST(once.size() == 40u);
    BOOST_TEST(once != twice); // observed.md: CryptSignHash with DSS
    BOOST_TEST(verify(hash, once, pair.key));
    BOOST_TEST(verify(hash, twice, pair.key));
    BOOST_TEST(verify(hash, signature_of(hash, CALG_DSS_SIGN), pair.key));
    check_buffer_rules([&](BYTE* data, DWORD* size) {
        return CryptSignHashA(hash, AT_SIGNATURE, nullptr, 0, data, size);
    });
}

BOOST_AUTO_TEST_CASE(depend_on_all_that_is_signed)
{
    const Pair pair;
    const HCRYPTHASH hash = hash_with(pair.context, CALG_SHA1, "abc");
    const ByteVector signature = from_hex(fips_signature);
    for (const std::size_t at : {std::size_t{0}, std::size_t{19}, std::size_t{20}, std::size_t{39}})
        CHECK_FAILS_WITH(verify(hash, changed(signature, at), pair.key), NTE_BAD_SIGNATURE);
    ByteVector standard = signature; // big-endian halves, as other interfaces have them
    std::reverse(standard.begin(), standard.begin() + 20);
    std::reverse(standard.begin() + 20, standard.end());
    CHECK_FAILS_WITH(verify(hash, standard, pair.key), NTE_BAD_SIGNATURE);
    for (const std::size_t size : {std::size_t{0}, std::size_t{39}, std::size_t{41}}) { // U-61
        ByteVector other = signature;
        other.resize(size);
        other.reserve(1);
        CHECK_FAILS_WITH(
            CryptVerifySignatureA(hash, other.data(), size_of(other), pair.key, nullptr, 0),
            NTE_BAD_SIGNATURE);
    }
    CHECK_FAILS_WITH(verify(hash, ByteVector(40), pair.key), NTE_BAD_SIGNATURE);
    CHECK_FAILS_WITH(verify(hash, ByteVector(40, 0xFF), pair.key), NTE_BAD_SIGNATURE);
    CHECK_FAILS_WITH(CryptVerifySignatureA(hash, nullptr, 40, pair.key, nullptr, 0),
                     ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(verify(hash_with(pair.context, CALG_SHA1, "abd"), signature, pair.key),
                     NTE_BAD_SIGNATURE);
    CHECK_FAILS_WITH(verify(hash_with(pair.context, CALG_MD5, "abc"), signature, pair.key),
                     NTE_BAD_SIGNATURE);
    const HCRYPTKEY other =
        generated(pair.context.provider, AT_SIGNATURE, key_bits(512) | CRYPT_EXPORTABLE);
    CHECK_FAILS_WITH(verify(hash, signature, other), NTE_BAD_SIGNATURE);
    CHECK_SUCCEEDS(verify(hash, signature, pair.key));
}

BOOST_AUTO_TEST_CASE(are_of_SHA1_alone_and_by_the_signature_pair)
{
    const Pair pair(enhanced_dh_provider);
    const HCRYPTHASH md5 = hash_with(pair.context, CALG_MD5, "abc");
    const HCRYPTHASH sha1 = hash_with(pair.context, CALG_SHA1, "abc");
    CHECK_FAILS_AND_ZEROES(CryptSignHashA(md5, AT_SIGNATURE, nullptr, 0, nullptr, &size),
                           NTE_BAD_ALGID);
    for (const DWORD spec :
         {DWORD{AT_KEYEXCHANGE}, DWORD{0}, DWORD{CALG_RSA_SIGN}, DWORD{CALG_DH_SF}})
        CHECK_FAILS_AND_ZEROES(CryptSignHashA(sha1, spec, nullptr, 0, nullptr, &size),
                               NTE_BAD_ALGID);
    for (const DWORD flags : {DWORD{8}, DWORD{CRYPT_X931_FORMAT}})
        CHECK_FAILS_AND_ZEROES(CryptSignHashA(sha1, AT_SIGNATURE, nullptr, flags, nullptr, &size),
                               NTE_BAD_FLAGS);
    DWORD size = 0;
    CHECK_SUCCEEDS(CryptSignHashA(sha1, AT_SIGNATURE, nullptr, CRYPT_NOHASHOID | CRYPT_TYPE2_FORMAT,
                                  nullptr, &size));
    const Provider empty(dss_provider);
    const HCRYPTHASH hash = hash_with(empty, CALG_SHA1, "abc");
    CHECK_FAILS_AND_ZEROES(CryptSignHashA(hash, AT_SIGNATURE, nullptr, 0, nullptr, &size),
                           NTE_NO_KEY);
}

// 7.4.4, U-153
BOOST_AUTO_TEST_CASE(cover_the_description)
{
    const Pair pair;
    const HCRYPTHASH hash = hash_with(pair.context, CALG_SHA1, "abc");
    ByteVector signature(40);
    DWORD size = 40;
    CHECK_SUCCEEDS(CryptSignHashA(hash, AT_SIGNATURE, "why", 0, signature.data(), &size));
    const auto verifies = [&](const char* description) {
        const HCRYPTHASH again = hash_with(pair.context, CALG_SHA1, "abc");
        return CryptVerifySignatureA(again, signature.data(), 40, pair.key, description, 0);
    };
    BOOST_TEST(verifies("why"));
    BOOST_TEST(!verifies("who"));
    BOOST_TEST(!verifies(nullptr));
}

// the same, as cryptoapi.md 7.4.2 has the hash: a big-endian number
BOOST_AUTO_TEST_CASE(sign_a_hash_value_that_was_set)
{
    const Pair pair;
    const ByteVector value = from_hex("a9993e364706816aba3e25717850c26c9cd0d89d"); // SHA-1("abc")
    const HCRYPTHASH hash = pair.context.make_hash(CALG_SHA1);
    CHECK_SUCCEEDS(CryptSetHashParam(hash, HP_HASHVAL, value.data(), 0));
    CHECK_SUCCEEDS(verify(hash, from_hex(fips_signature), pair.key));
    BOOST_TEST(verify(hash_with(pair.context, CALG_SHA1, "abc"), signature_of(hash), pair.key));
}

// U-135
BOOST_AUTO_TEST_CASE(are_all_that_a_DSS_key_does)
{
    const Pair pair;
    BYTE data[64] = {};
    DWORD length = 8;
    CHECK_FAILS_WITH(CryptEncrypt(pair.key, 0, TRUE, 0, data, &length, sizeof data), NTE_BAD_KEY);
    CHECK_FAILS_WITH(CryptDecrypt(pair.key, 0, TRUE, 0, data, &length), NTE_BAD_KEY);
    CHECK_FAILS_WITH(CryptHashSessionKey(pair.context.make_hash(), pair.key, 0), NTE_BAD_KEY);
}

BOOST_AUTO_TEST_SUITE_END()
