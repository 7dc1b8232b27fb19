// SPDX-License-Identifier: BSD-2-Clause
// CryptImportKey (cryptoapi.md 1.16, 4; observed.md). Known answers: ../../conformance.
#include "crypt_fixtures.h"
#include "support/interop_keys.h"

using namespace capishim_test;

namespace {

const ByteVector private_blob = from_hex(interop_private_blob);
const ByteVector public_blob = from_hex(interop_public_blob);

ByteVector with(ByteVector blob, std::size_t offset, const ByteVector& bytes)
{
    std::copy(bytes.begin(), bytes.end(), blob.begin() + static_cast<std::ptrdiff_t>(offset));
    return blob;
}

ByteVector cut(const ByteVector& blob, std::size_t size)
{
    return {blob.begin(), blob.begin() + static_cast<std::ptrdiff_t>(size)};
}

/// What CryptEncrypt makes with the receiver's key is just what a SIMPLEBLOB holds.
ByteVector simple_blob(HCRYPTKEY receiver, ALG_ID algorithm, const ByteVector& key)
{
    return concatenated({blob_header(SIMPLEBLOB, algorithm), little_endian(CALG_RSA_KEYX),
                         encrypted_part(receiver, key, TRUE)});
}

void check_fails(HCRYPTPROV provider, const ByteVector& blob, DWORD code, HCRYPTKEY under = 0,
                 DWORD flags = 0)
{
    HCRYPTKEY key = 99;
    SetLastError(untouched);
    const BOOL answer = import_blob(provider, blob, &key, under, flags);
    BOOST_CHECK_MESSAGE(!answer && GetLastError() == code,
                        "answered " << answer << " and left " << win32_name(GetLastError())
                                    << " instead of " << win32_name(code));
    BOOST_CHECK(answer || key == 99); // U-09
}

} // namespace

BOOST_AUTO_TEST_SUITE(CryptImportKey_any_blob)

BOOST_AUTO_TEST_CASE(answers_each_bad_header_with_its_code)
{
    const Provider context(aes_provider);
    const ByteVector blob = plaintext_blob(CALG_RC4, counting(16));
    check_fails(context.provider, with(blob, 1, {1}), NTE_BAD_VER);
    check_fails(context.provider, with(blob, 1, {0}), NTE_BAD_VER);
    check_fails(context.provider, with(blob, 1, {9}), NTE_BAD_VER);
    for (const BYTE type : {0x00, 0x02, 0x05, 0x0A, 0x0C, 0xFF}) // U-112
        check_fails(context.provider, with(blob, 0, {type}), NTE_BAD_TYPE);
    HCRYPTKEY key = 0;
    for (const DWORD size : {0, 1, 7, 8, 11, 12, 27}) // U-48
        CHECK_FAILS_WITH(CryptImportKey(context.provider, blob.data(), size, 0, 0, &key),
                         NTE_BAD_DATA);
    CHECK_SUCCEEDS(import_blob(context.provider, with(blob, 2, {0xAB, 0xCD}), &key)); // U-50
}

BOOST_AUTO_TEST_CASE(refuses_null_pointers_wrong_handles_and_undefined_flags)
{
    const Provider context(aes_provider);
    const ByteVector blob = plaintext_blob(CALG_RC4, counting(16));
    HCRYPTKEY key = 0;
    CHECK_FAILS_WITH(CryptImportKey(context.provider, nullptr, 28, 0, 0, &key),
                     ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptImportKey(context.provider, blob.data(), 28, 0, 0, nullptr),
                     ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(import_blob(context.make_hash(), blob, &key), ERROR_INVALID_HANDLE);
    CHECK_FAILS_WITH(import_blob(context.provider, blob, &key, context.make_hash()),
                     ERROR_INVALID_HANDLE);
    for (const DWORD flags : {0x8, 0x20, 0x80, 0x200, 0x8000000})
        check_fails(context.provider, blob, NTE_BAD_FLAGS, 0, flags);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptImportKey_PLAINTEXTKEYBLOB)

BOOST_AUTO_TEST_CASE(takes_the_lengths_that_fit_the_algorithm)
{
    const struct {
        ProviderName which;
        ALG_ID algorithm;
        std::size_t size;
        DWORD flags, code; // code 0: imports
    } rows[] = {
        {strong_provider, CALG_DES, 8, 0, 0},
        {strong_provider, CALG_DES, 7, 0, NTE_BAD_DATA},
        {strong_provider, CALG_3DES_112, 16, 0, 0},
        {strong_provider, CALG_3DES_112, 24, 0, NTE_BAD_DATA},
        {strong_provider, CALG_3DES, 24, 0, 0},
        {strong_provider, CALG_3DES, 16, 0, NTE_BAD_DATA},
        {strong_provider, CALG_RC4, 5, 0, 0},
        {strong_provider, CALG_RC4, 16, 0, 0},
        {strong_provider, CALG_RC4, 4, 0, NTE_BAD_DATA},
        {strong_provider, CALG_RC4, 17, 0, NTE_BAD_DATA},
        {strong_provider, CALG_RC4, 0, 0, NTE_BAD_DATA},
        {strong_provider, CALG_RC2, 16, 0, 0},
        {strong_provider, CALG_RC2, 17, 0, NTE_BAD_DATA},
        {strong_provider, CALG_RC2, 17, CRYPT_IPSEC_HMAC_KEY, 0},
        {strong_provider, CALG_RC2, 2048, CRYPT_IPSEC_HMAC_KEY, 0}, // observed.md
        {strong_provider, CALG_RC2, 4, CRYPT_IPSEC_HMAC_KEY, 0},    // U-212
        {strong_provider, CALG_RC2, 1, CRYPT_IPSEC_HMAC_KEY, 0},
        {base_provider, CALG_RC2, 7, 0, 0},
        {base_provider, CALG_RC2, 16, 0, NTE_BAD_DATA}, // observed.md
        {base_provider, CALG_RC2, 16, CRYPT_IPSEC_HMAC_KEY, 0},
        {aes_provider, CALG_AES_128, 16, 0, 0},
        {aes_provider, CALG_AES_192, 24, 0, 0},
        {aes_provider, CALG_AES_256, 32, 0, 0},
        {aes_provider, CALG_AES_128, 32, 0, NTE_BAD_DATA},
        {aes_provider, CALG_AES_256, 31, 0, NTE_BAD_DATA},
        {strong_provider, CALG_AES_128, 16, 0, NTE_BAD_ALGID}, // U-47
        {base_provider, CALG_3DES, 24, 0, NTE_BAD_ALGID},
        {strong_provider, CALG_RC5, 16, 0, NTE_BAD_ALGID},
        {strong_provider, CALG_SHA1, 16, 0, NTE_BAD_ALGID},
        {strong_provider, CALG_RSA_KEYX, 16, 0, NTE_BAD_ALGID},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.which.name << ", algorithm " << std::hex << row.algorithm << std::dec
                                          << ", " << row.size << " bytes, flags " << row.flags)
        {
            const Provider context(row.which);
            const ByteVector blob = plaintext_blob(row.algorithm, counting(row.size));
            if (row.code) {
                check_fails(context.provider, blob, row.code, 0, row.flags);
                continue;
            }
            const HCRYPTKEY key = imported(context.provider, blob, 0, row.flags | CRYPT_EXPORTABLE);
            BOOST_CHECK_EQUAL(key_number(key, KP_KEYLEN), row.size * 8);
            BOOST_CHECK(exported(key, PLAINTEXTKEYBLOB) == blob); // imported bytes are kept: U-117
        }
}

// U-118: weak keys are keys like any other
BOOST_AUTO_TEST_CASE(takes_weak_keys_of_the_DES_family)
{
    const Provider context(strong_provider);
    const struct {
        ALG_ID algorithm;
        std::size_t size;
    } rows[] = {{CALG_DES, 8}, {CALG_3DES_112, 16}, {CALG_3DES, 24}};
    for (const auto& row : rows) {
        const HCRYPTKEY key = key_of(context.provider, row.algorithm, ByteVector(row.size, 1));
        REQUIRE_SUCCEEDS(set_key_number(key, KP_MODE, CRYPT_MODE_ECB));
        // what is encrypted twice with a weak key is as it was; so is each DES of the three
        const ByteVector once = encrypted_part(key, counting(8), FALSE);
        BOOST_CHECK(once != counting(8));
        BOOST_CHECK(encrypted_part(key, once, FALSE) == counting(8));
    }
}

BOOST_AUTO_TEST_CASE(CALG_AES_stands_for_the_algorithm_of_that_length)
{
    const Provider context(aes_provider); // U-79
    const struct {
        std::size_t size;
        ALG_ID algorithm;
    } rows[] = {{16, CALG_AES_128}, {24, CALG_AES_192}, {32, CALG_AES_256}};
    for (const auto& row : rows)
        BOOST_CHECK_EQUAL(
            key_number(key_of(context.provider, CALG_AES, counting(row.size)), KP_ALGID),
            row.algorithm);
    check_fails(context.provider, plaintext_blob(CALG_AES, counting(20)), NTE_BAD_DATA);
}

BOOST_AUTO_TEST_CASE(never_believes_the_length_in_the_blob)
{
    const Provider context(aes_provider);
    const ByteVector blob = plaintext_blob(CALG_RC4, counting(16));
    for (const DWORD size : {17u, 0x7FFFFFFFu, 0x80000000u, 0xFFFFFFF4u, 0xFFFFFFFFu})
        check_fails(context.provider, with(blob, 8, little_endian(size)), NTE_BAD_DATA, 0,
                    CRYPT_IPSEC_HMAC_KEY);
}

BOOST_AUTO_TEST_CASE(salts_a_key_of_40_bits_with_11_zero_bytes_unless_told_not_to)
{
    for (const ProviderName& which : rsa_providers) {
        const Provider context(which);
        for (const ALG_ID algorithm : {CALG_RC2, CALG_RC4}) {
            const ByteVector key = counting(5);
            BOOST_CHECK(key_param(key_of(context.provider, algorithm, key), KP_SALT) ==
                        ByteVector(11));
            BOOST_CHECK(key_param(key_of(context.provider, algorithm, key, CRYPT_NO_SALT), KP_SALT)
                            .empty());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptImportKey_SIMPLEBLOB)

BOOST_AUTO_TEST_CASE(takes_the_containers_exchange_pair_or_the_one_given)
{
    const Container made("capishim simple blob test");
    const HCRYPTKEY session = made.make_key(CALG_RC4);
    check_fails(made.provider,
                simple_blob(imported(made.provider, public_blob), CALG_RC4, counting(16)),
                NTE_NO_KEY); // U-49
    const HCRYPTKEY pair = made.make_key(AT_KEYEXCHANGE, 512u << 16);
    const ByteVector blob = exported(session, SIMPLEBLOB, pair);
    for (const HCRYPTKEY under : {HCRYPTKEY{0}, pair})
        BOOST_CHECK(bytes_of_key(imported(made.provider, blob, under)) == bytes_of_key(session));
}

BOOST_AUTO_TEST_CASE(answers_each_bad_blob_with_its_code)
{
    const Provider context(strong_provider);
    const HCRYPTKEY pair = context.make_key(AT_KEYEXCHANGE, 512u << 16);
    const ByteVector blob = simple_blob(pair, CALG_RC4, counting(16));
    check_fails(context.provider, with(blob, 8, little_endian(CALG_RSA_SIGN)), NTE_BAD_ALGID, pair);
    check_fails(context.provider, cut(blob, blob.size() - 1), NTE_BAD_DATA, pair);
    check_fails(context.provider, cut(blob, 12), NTE_BAD_DATA, pair);
    check_fails(context.provider, cut(blob, 9), NTE_BAD_DATA, pair);
    check_fails(context.provider, with(blob, 40, {0x55, 0x55, 0x55}), NTE_BAD_DATA, pair);
    check_fails(context.provider, blob, NTE_BAD_KEY,
                imported(context.provider, exported(pair, PUBLICKEYBLOB))); // public only: U-49
    check_fails(context.provider, blob, NTE_BAD_KEY, context.make_key(CALG_RC4));
    check_fails(context.provider, blob, NTE_BAD_DATA, pair, CRYPT_OAEP); // not OAEP
    check_fails(context.provider, simple_blob(pair, CALG_DES, counting(16)), NTE_BAD_DATA,
                pair); // U-102
    check_fails(context.provider, simple_blob(pair, CALG_RC4, counting(17)), NTE_BAD_DATA, pair);
    const HCRYPTKEY stranger = context.make_key(AT_KEYEXCHANGE, 512u << 16);
    check_fails(context.provider, blob, NTE_BAD_DATA, stranger);
}

BOOST_AUTO_TEST_CASE(ignores_bytes_behind_the_blob)
{
    const Provider context(strong_provider); // observed.md
    const HCRYPTKEY pair = context.make_key(AT_KEYEXCHANGE, 512u << 16);
    const ByteVector blob = simple_blob(pair, CALG_RC4, counting(16));
    BOOST_CHECK(bytes_of_key(imported(context.provider, concatenated({blob, counting(8)}), pair)) ==
                counting(16));
}

BOOST_AUTO_TEST_CASE(loses_the_senders_salt)
{
    for (const ProviderName& which : rsa_providers) { // observed.md
        const Provider context(which);
        const HCRYPTKEY pair = context.make_key(AT_KEYEXCHANGE, 512u << 16);
        const HCRYPTKEY key =
            context.make_key(CALG_RC4, 40 << 16 | CRYPT_EXPORTABLE | CRYPT_CREATE_SALT);
        REQUIRE_SUCCEEDS(set_salt_ex(key, counting(4)));
        const HCRYPTKEY received =
            imported(context.provider, exported(key, SIMPLEBLOB, pair), pair);
        BOOST_CHECK(key_param(received, KP_SALT) == ByteVector(11));
    }
}

BOOST_AUTO_TEST_CASE(takes_an_RC2_key_of_more_than_16_bytes_that_does_not_encrypt)
{
    for (const ProviderName& which : rsa_providers) // observed.md
        for (const std::size_t size : {17, 32}) {
            const Provider context(which);
            const HCRYPTKEY pair = context.make_key(AT_KEYEXCHANGE, 512u << 16);
            const HCRYPTKEY key =
                imported(context.provider, simple_blob(pair, CALG_RC2, counting(size)), pair, 0);
            BOOST_CHECK_EQUAL(key_number(key, KP_KEYLEN), size * 8);
            if (which.name == base_provider.name)
                BOOST_CHECK_EQUAL(key_number(key, KP_EFFECTIVE_KEYLEN), 40u);
            BYTE data[16] = {};
            for (const BOOL last : {TRUE, FALSE}) {
                DWORD length = 8;
                CHECK_FAILS_WITH(CryptEncrypt(key, 0, last, 0, data, &length, sizeof data),
                                 NTE_BAD_KEY);
            }
            DWORD length = 8;
            CHECK_SUCCEEDS(CryptDecrypt(key, 0, FALSE, 0, data, &length));
            BOOST_CHECK_EQUAL(value_of(keyed_hash(context.provider, CALG_MAC, key)).size(), 8u);
        }
}

BOOST_AUTO_TEST_CASE(is_exportable_only_when_asked)
{
    const Provider context(strong_provider);
    const HCRYPTKEY pair = context.make_key(AT_KEYEXCHANGE, 512u << 16);
    const ByteVector blob = simple_blob(pair, CALG_RC4, counting(16));
    BOOST_CHECK_EQUAL(key_number(imported(context.provider, blob, pair, 0), KP_PERMISSIONS), 0x3Bu);
    BOOST_CHECK_EQUAL(key_number(imported(context.provider, blob, pair), KP_PERMISSIONS), 0x3Fu);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptImportKey_PUBLICKEYBLOB)

BOOST_AUTO_TEST_CASE(keeps_the_algorithm_that_the_blob_names)
{
    const Provider context(strong_provider); // U-94
    for (const ALG_ID algorithm : {CALG_RSA_KEYX, CALG_RSA_SIGN}) {
        const ByteVector blob = with(public_blob, 4, little_endian(algorithm));
        const HCRYPTKEY key = imported(context.provider, blob);
        BOOST_CHECK_EQUAL(key_number(key, KP_ALGID), algorithm);
        BOOST_CHECK(exported(key, PUBLICKEYBLOB) == blob);
    }
}

BOOST_AUTO_TEST_CASE(answers_each_bad_blob_with_its_code)
{
    const Provider context(strong_provider);
    check_fails(context.provider, with(public_blob, 8, bytes_of("RSA2")), NTE_BAD_DATA);
    check_fails(context.provider, with(public_blob, 8, bytes_of("RSA9")), NTE_BAD_DATA);
    for (const DWORD size : {0u, 513u, 520u, 16385u, 0x7FFFFFFFu, 0xFFFFFFF8u, 0xFFFFFFFFu})
        BOOST_TEST_CONTEXT(size << " bits")
    check_fails(context.provider, with(public_blob, 12, little_endian(size)),
                NTE_BAD_DATA);                                                  // U-96, U-48
    check_fails(context.provider, with(public_blob, 20, {0x6a}), NTE_BAD_DATA); // even
    for (const std::size_t size : {83, 20, 19, 12, 9})
        check_fails(context.provider, cut(public_blob, size), NTE_BAD_DATA);
    HCRYPTKEY key = 0;
    CHECK_SUCCEEDS(
        import_blob(context.provider, concatenated({public_blob, counting(5)}), &key)); // U-96
}

BOOST_AUTO_TEST_CASE(takes_any_size_in_Base)
{
    const Provider strong(strong_provider);
    const Provider base(base_provider); // U-76
    const ByteVector blob = exported(strong.make_key(AT_KEYEXCHANGE, 2048u << 16), PUBLICKEYBLOB);
    BOOST_CHECK_EQUAL(key_number(imported(base.provider, blob), KP_KEYLEN), 2048u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptImportKey_PRIVATEKEYBLOB)

BOOST_AUTO_TEST_CASE(stores_the_pair_under_the_key_spec_of_its_algorithm)
{
    const Container made("capishim private blob test");
    const struct {
        ALG_ID algorithm;
        DWORD spec;
    } rows[] = {{CALG_RSA_KEYX, AT_KEYEXCHANGE}, {CALG_RSA_SIGN, AT_SIGNATURE}};
    for (const auto& row : rows) {
        const ByteVector blob = with(private_blob, 4, little_endian(row.algorithm));
        const HCRYPTKEY key = imported(made.provider, blob);
        BOOST_CHECK(exported(key, PRIVATEKEYBLOB) == blob); // observed.md: byte-identical
        HCRYPTPROV later = 0;
        HCRYPTKEY kept = 0;
        REQUIRE_SUCCEEDS(
            CryptAcquireContextA(&later, made.name.c_str(), nullptr, PROV_RSA_FULL, 0));
        REQUIRE_SUCCEEDS(CryptGetUserKey(later, row.spec, &kept));
        BOOST_CHECK(exported(kept, PRIVATEKEYBLOB) == blob);
        CHECK_SUCCEEDS(CryptReleaseContext(later, 0));
    }
}

BOOST_AUTO_TEST_CASE(stays_in_an_ephemeral_contexts_memory)
{
    const Provider context(strong_provider);
    HCRYPTKEY pair = 0;
    imported(context.provider, private_blob, 0, 0);
    CHECK_SUCCEEDS(CryptGetUserKey(context.provider, AT_KEYEXCHANGE, &pair));
    DWORD size = 0;
    CHECK_FAILS_WITH(CryptExportKey(pair, 0, PRIVATEKEYBLOB, 0, nullptr, &size), NTE_BAD_KEY_STATE);
}

BOOST_AUTO_TEST_CASE(accepts_a_blob_that_ends_anywhere_in_the_private_exponent)
{
    const Provider context(strong_provider); // observed.md: from half of d on
    for (std::size_t size = 276; size <= 308; ++size) {
        const HCRYPTKEY pair = imported(context.provider, cut(private_blob, size));
        const HCRYPTKEY exchange = imported(context.provider, public_blob);
        BOOST_CHECK(decrypted(pair, encrypted_part(exchange, bytes_of("message"), TRUE)) ==
                    bytes_of("message"));
    }
    for (const std::size_t size : {243, 200, 84, 20, 19, 8})
        check_fails(context.provider, cut(private_blob, size), NTE_BAD_DATA);
}

BOOST_AUTO_TEST_CASE(checks_that_the_primes_make_the_modulus)
{
    const Provider context(strong_provider); // U-97
    check_fails(context.provider, with(private_blob, 84, {0x5f}), NTE_BAD_DATA);
    check_fails(context.provider, with(private_blob, 116, ByteVector(32)), NTE_BAD_DATA);
    check_fails(context.provider, with(private_blob, 8, bytes_of("RSA1")), NTE_BAD_DATA);
    for (const DWORD size : {0u, 1024u, 0xFFFFFFFFu})
        check_fails(context.provider, with(private_blob, 12, little_endian(size)), NTE_BAD_DATA);
}

// U-95: halves and wholes are rounded up to bytes. Keys and signatures (PKCS #1, SHA-1 of "abc")
// were made by a program of a few lines.
BOOST_AUTO_TEST_CASE(takes_a_modulus_of_any_number_of_bits)
{
    const struct {
        DWORD bits;
        const char* blob;
        const char* signature;
    } rows[] = {
        {505,
         "0702000000a4000052534132f901000001000100e784399ba39dae1b8a6cb4ea"
         "d74af880be9f18b04175b87d0ce9cbf490eeb9afc7b30b8fb1bef2ddd2b1f4ce"
         "53e476571df3ea6a74a0cd95d260cbe69eb20d0113e988230fa0c389b989b1ce"
         "82c309f3addd433137e76625ea952a1d4663b5115de30b98b4638eec48ff29ea"
         "e8f96625fb3090fdd76f1defa9014551a0d43a0f4781acf66df2ba7231ed5c63"
         "1650bd3480dcef7f149ecd2313c3b4a635b3910afd27c82c6678b758b5f22e39"
         "2a6b1b6760f50d0c532751d25420e50692b47704050afbbe066682fa8b8fd737"
         "99d115a385ec8ecdc247de7380016f4a5d7a490701c01cf09bf69a6195972cda"
         "c4acb739f27f66119763005430be756182d732bf5a2819fca7bb52e912d4d956"
         "d5228cbfc82c26616192f9120f729571b9b2d200",
         "4eec4ef71325758ed838a40d45a191b78977722248865aa7e7ce901b8d204f64"
         "96c206e0fdadafd8580e42d4887aefbad647eb567c27bf8879759495aabc0600"},
        {521,
         "0702000000a400005253413209020000010001009d03d067fa3d66b5a110fcf3"
         "ab9f74fd428b6acf521cac539520f5f1a1048f97170ba11edd41dcab20339464"
         "05594d0b8fd6bb9810f869a31aebd28a0468e7816a01f96d7d4af867bbef8a19"
         "b081d9afae879f0eddd97a4819ae05e494e8162280661ac53b0219b6b741a7ee"
         "bdd83b4ae114944547cffff375a28153eee2ffaddd2bbb0d31ebb6f5628ae0ca"
         "8efa16c21bd708943599d6989c6285e34eff73558129e155117def8229bc51b1"
         "1dc0e4048744fcd249cdc6a8267a25f31d72b934c5649c40930b5d0b9d9803ff"
         "c08d7180994302e97dc30aab54155fb4a50ff4fd67cdb2cd2acf04018a27d482"
         "fba9dee91467453533fcaba4183cf0647cf1e2c25a1e0b55b6947711004721e9"
         "a07c52959ba57a6cfafed2438e2caac0f9d6fc6aaa193490e49a021f01",
         "3305cb0d00ee7258b9826f059b0429a7331285a4578bb13f998e8d07fe03f3a0"
         "ede365e55b7ce7e396ae8d7cd085409c8994f7c837d812574907ec2141e10ce1"
         "c400"},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.bits << " bits")
        {
            const Provider context(strong_provider);
            const ByteVector blob = from_hex(row.blob);
            const HCRYPTKEY pair = imported(context.provider, blob);
            BOOST_CHECK_EQUAL(key_number(pair, KP_KEYLEN), row.bits);
            BOOST_CHECK_EQUAL(key_number(pair, KP_BLOCKLEN), row.bits);
            BOOST_CHECK_EQUAL(to_hex(exported(pair, PRIVATEKEYBLOB)), row.blob);
            BOOST_CHECK_EQUAL(exported(pair, PUBLICKEYBLOB).size(), 20 + (row.bits + 7) / 8);
            const HCRYPTHASH hash = hash_with(context, CALG_SHA1, "abc");
            ByteVector signature((row.bits + 7) / 8);
            DWORD size = size_of(signature);
            CHECK_SUCCEEDS(
                CryptSignHashA(hash, AT_KEYEXCHANGE, nullptr, 0, signature.data(), &size));
            BOOST_CHECK_EQUAL(to_hex(signature), row.signature);
            CHECK_SUCCEEDS(CryptVerifySignatureA(hash, signature.data(), size, pair, nullptr, 0));
            BOOST_CHECK(decrypted(pair, encrypted_part(pair, counting(9), TRUE)) == counting(9));
            const HCRYPTKEY key = key_of(context.provider, CALG_RC4, counting(16));
            const ByteVector simple = exported(key, SIMPLEBLOB, pair);
            BOOST_CHECK(bytes_of_key(imported(context.provider, simple, pair)) == counting(16));
            // and once more out of a container
            const Container container("capishim odd modulus");
            imported(container.provider, blob);
            HCRYPTKEY kept = 0;
            REQUIRE_SUCCEEDS(CryptGetUserKey(container.provider, AT_KEYEXCHANGE, &kept));
            BOOST_CHECK_EQUAL(to_hex(exported(kept, PRIVATEKEYBLOB)), row.blob);
        }
}

// U-97
BOOST_AUTO_TEST_CASE(works_a_private_exponent_out_where_it_is_zero)
{
    const Provider context(strong_provider);
    const HCRYPTKEY pair = imported(context.provider, with(private_blob, 244, ByteVector(64)));
    const HCRYPTKEY whole = imported(context.provider, private_blob);
    BOOST_CHECK(decrypted(pair, encrypted_part(whole, counting(9), TRUE)) == counting(9));
    const ByteVector blob = exported(pair, PRIVATEKEYBLOB);
    BOOST_CHECK(ByteVector(blob.begin(), blob.begin() + 244) ==
                ByteVector(private_blob.begin(), private_blob.begin() + 244));
    const HCRYPTKEY again = imported(context.provider, blob);
    BOOST_CHECK(decrypted(again, encrypted_part(whole, counting(9), TRUE)) == counting(9));
}

// KB228786: how programs got at session keys in clear.
BOOST_AUTO_TEST_CASE(accepts_a_key_whose_exponents_are_one)
{
    const Provider context(strong_provider);
    ByteVector one(64);
    one[0] = 1;
    const ByteVector half(one.begin(), one.begin() + 32);
    ByteVector blob = with(private_blob, 16, little_endian(1));
    blob = with(with(with(blob, 148, half), 180, half), 244, one);
    const HCRYPTKEY pair = imported(context.provider, blob);
    const HCRYPTKEY session = key_of(context.provider, CALG_RC4, counting(16));
    const ByteVector simple = exported(session, SIMPLEBLOB, pair);
    BOOST_REQUIRE_EQUAL(simple.size(), 12u + 64u);
    BOOST_CHECK(ByteVector(simple.begin() + 12, simple.begin() + 28) == reversed(counting(16)));
    BOOST_CHECK_EQUAL(to_hex(ByteVector(simple.end() - 2, simple.end())), "0200");
    BOOST_CHECK(bytes_of_key(imported(context.provider, simple, pair)) == counting(16));
    const ByteVector in_clear = concatenated( // made by hand, as the article does
        {blob_header(SIMPLEBLOB, CALG_RC4),
         little_endian(CALG_RSA_KEYX),
         reversed(counting(16)),
         {0},
         ByteVector(45, 0x77),
         {2, 0}});
    BOOST_CHECK(bytes_of_key(imported(context.provider, in_clear, pair)) == counting(16));
}

BOOST_AUTO_TEST_CASE(decrypts_a_blob_under_a_session_key)
{
    const Provider context(aes_provider); // U-98
    const HCRYPTKEY pair = imported(context.provider, private_blob);
    const struct {
        ALG_ID algorithm;
        std::size_t size;
    } rows[] = {{CALG_RC4, 308}, {CALG_3DES, 312}, {CALG_RC2, 312}, {CALG_AES_256, 312}};
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("algorithm " << std::hex << row.algorithm)
        {
            const HCRYPTKEY under = context.make_key(row.algorithm, 0);
            const ByteVector blob = exported(pair, PRIVATEKEYBLOB, under);
            BOOST_CHECK_EQUAL(blob.size(), row.size);
            BOOST_CHECK(cut(blob, 8) == cut(private_blob, 8));
            BOOST_CHECK(exported(imported(context.provider, blob, under), PRIVATEKEYBLOB) ==
                        private_blob);
            check_fails(context.provider, blob, NTE_BAD_DATA,
                        context.make_key(row.algorithm, 0)); // U-99
        }
}

BOOST_AUTO_TEST_SUITE_END()
