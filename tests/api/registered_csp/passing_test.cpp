// SPDX-License-Identifier: BSD-2-Clause
// What goes through to a registered provider and back: handles, data, failures (cryptoapi.md 11.2
// rules 1, 2 and 4).
#include "sample_fixtures.h"

#include <algorithm>
#include <functional>
#include <iterator>

using namespace capishim_test;

namespace {

/// A context with a key and a hash, as the program and as the provider know them.
struct Objects : Sample {
    explicit Objects(const char* name = sample_name, const std::string& image = "sample_csp.so")
        : Sample(name, image), key(make_key()), other_key(make_key(CALG_DES)), hash(make_hash())
    {
        BYTE byte = 0;
        DWORD size = 1;
        REQUIRE_SUCCEEDS(CryptExportKey(key, other_key, SIMPLEBLOB, 0, &byte, &size));
        const SampleCall call = csp.last("CPExportKey");
        csp_prov = call.prov;
        csp_key = call.key;
        csp_other_key = call.other;
        REQUIRE_SUCCEEDS(CryptHashData(hash, &byte, 0, 0));
        csp_hash = csp.last("CPHashData").hash;
    }

    HCRYPTKEY key, other_key;
    HCRYPTHASH hash;
    HCRYPTPROV csp_prov;
    HCRYPTKEY csp_key, csp_other_key;
    HCRYPTHASH csp_hash;
};

/// A call of each function, with arguments that the sample takes.
struct Row {
    const char* entry;
    std::function<BOOL(const Objects&)> call;
    bool key, hash, other; // which of the provider's handles it comes with
};

BYTE data[4] = {1, 2, 3, 4};
const BYTE one_byte = 1;

DWORD& length(DWORD value = sizeof data)
{
    static DWORD size;
    return size = value, size;
}

std::uintptr_t made;

template <class Destroy>
BOOL ended(BOOL answer, Destroy destroy)
{
    if (answer)
        destroy(made);
    return answer;
}

const Row rows[] = {
    {"CPCreateHash",
     [](const Objects& o) {
         return ended(CryptCreateHash(o.provider, CALG_MAC, o.key, 0, &made), CryptDestroyHash);
     },
     true, false, false},
    {"CPDecrypt",
     [](const Objects& o) { return CryptDecrypt(o.key, o.hash, TRUE, 0, data, &length()); }, true,
     true, false},
    {"CPDeriveKey",
     [](const Objects& o) {
         return ended(CryptDeriveKey(o.provider, CALG_RC4, o.hash, 0, &made), CryptDestroyKey);
     },
     false, true, false},
    {"CPDuplicateHash",
     [](const Objects& o) {
         return ended(CryptDuplicateHash(o.hash, nullptr, 0, &made), CryptDestroyHash);
     },
     false, true, false},
    {"CPDuplicateKey",
     [](const Objects& o) {
         return ended(CryptDuplicateKey(o.key, nullptr, 0, &made), CryptDestroyKey);
     },
     true, false, false},
    {"CPEncrypt",
     [](const Objects& o) { return CryptEncrypt(o.key, o.hash, TRUE, 0, data, &length(), 4); },
     true, true, false},
    {"CPExportKey",
     [](const Objects& o) {
         return CryptExportKey(o.key, o.other_key, SIMPLEBLOB, 0, data, &length());
     },
     true, false, true},
    {"CPGenKey",
     [](const Objects& o) {
         return ended(CryptGenKey(o.provider, CALG_RC4, 0, &made), CryptDestroyKey);
     },
     false, false, false},
    {"CPGenRandom", [](const Objects& o) { return CryptGenRandom(o.provider, 4, data); }, false,
     false, false},
    {"CPGetHashParam",
     [](const Objects& o) { return CryptGetHashParam(o.hash, HP_HASHVAL, data, &length(), 0); },
     false, true, false},
    {"CPGetKeyParam",
     [](const Objects& o) { return CryptGetKeyParam(o.key, KP_PERMISSIONS, data, &length(), 0); },
     true, false, false},
    {"CPGetProvParam",
     [](const Objects& o) { return CryptGetProvParam(o.provider, PP_NAME, nullptr, &length(), 0); },
     false, false, false},
    {"CPGetUserKey",
     [](const Objects& o) {
         return ended(CryptGetUserKey(o.provider, AT_SIGNATURE, &made), CryptDestroyKey);
     },
     false, false, false},
    {"CPHashData", [](const Objects& o) { return CryptHashData(o.hash, data, 4, 0); }, false, true,
     false},
    {"CPHashSessionKey", [](const Objects& o) { return CryptHashSessionKey(o.hash, o.key, 0); },
     true, true, false},
    {"CPImportKey",
     [](const Objects& o) {
         return ended(CryptImportKey(o.provider, &one_byte, 1, o.other_key, 0, &made),
                      CryptDestroyKey);
     },
     false, false, true},
    {"CPSetHashParam",
     [](const Objects& o) { return CryptSetHashParam(o.hash, HP_HASHVAL, data, 0); }, false, true,
     false},
    {"CPSetKeyParam",
     [](const Objects& o) { return CryptSetKeyParam(o.key, KP_PERMISSIONS, data, 0); }, true, false,
     false},
    {"CPSetProvParam",
     [](const Objects& o) {
         return CryptSetProvParam(o.provider, PP_USE_HARDWARE_RNG, nullptr, 0);
     },
     false, false, false},
    {"CPSignHash",
     [](const Objects& o) {
         return CryptSignHashA(o.hash, AT_SIGNATURE, nullptr, 0, data, &length());
     },
     false, true, false},
    {"CPVerifySignature",
     [](const Objects& o) {
         DWORD size = sizeof data;
         if (!CryptSignHashA(o.hash, CALG_DES & 0xFF, "described", 0, data, &size))
             return FALSE;
         return CryptVerifySignatureA(o.hash, data, size, o.other_key, "described", 0);
     },
     false, true, true},
};

} // namespace

BOOST_AUTO_TEST_SUITE(registered_provider_calls)

BOOST_AUTO_TEST_CASE(reach_the_entry_point_with_the_providers_own_handles)
{
    const Objects objects;
    for (const Row& row : rows)
        BOOST_TEST_CONTEXT(row.entry)
        {
            objects.csp.forget();
            CHECK_SUCCEEDS(row.call(objects));
            BOOST_CHECK_EQUAL(objects.csp.count(row.entry), 1u);
            const SampleCall call = objects.csp.last(row.entry);
            BOOST_CHECK_EQUAL(call.prov, objects.csp_prov);
            BOOST_CHECK_EQUAL(call.key, row.key ? objects.csp_key : 0);
            BOOST_CHECK_EQUAL(call.hash, row.hash ? objects.csp_hash : 0);
            BOOST_CHECK_EQUAL(call.other, row.other ? objects.csp_other_key : 0);
        }
}

BOOST_AUTO_TEST_CASE(pass_any_last_error_through)
{
    const Objects objects;
    for (const DWORD code : {0x80004001u, 0x2BADF00Du, 0xFFFFFFFFu, 1u, DWORD{NTE_BAD_UID}})
        for (const Row& row : rows)
            BOOST_TEST_CONTEXT(row.entry << ", code " << code)
            {
                objects.csp.fail(row.entry, code);
                SetLastError(untouched);
                BOOST_CHECK(!row.call(objects));
                BOOST_CHECK_EQUAL(GetLastError(), code);
            }
}

BOOST_AUTO_TEST_CASE(fail_with_what_was_there_before_when_the_provider_sets_none)
{
    const Objects objects;
    for (const Row& row : rows)
        BOOST_TEST_CONTEXT(row.entry)
        {
            objects.csp.fail(row.entry, 0, TRUE);
            CHECK_FAILS_WITH(row.call(objects), untouched);
        }
}

BOOST_AUTO_TEST_CASE(pass_0_as_0)
{
    const Objects objects;
    CHECK_SUCCEEDS(CryptEncrypt(objects.key, 0, TRUE, 0, data, &length(), 4));
    BOOST_CHECK_EQUAL(objects.csp.last("CPEncrypt").hash, 0u);
    CHECK_SUCCEEDS(CryptDecrypt(objects.key, 0, TRUE, 0, data, &length()));
    BOOST_CHECK_EQUAL(objects.csp.last("CPDecrypt").hash, 0u);
    CHECK_SUCCEEDS(CryptExportKey(objects.key, 0, PLAINTEXTKEYBLOB, 0, data, &length()));
    BOOST_CHECK_EQUAL(objects.csp.last("CPExportKey").other, 0u);
    CHECK_SUCCEEDS(
        ended(CryptImportKey(objects.provider, &one_byte, 1, 0, 0, &made), CryptDestroyKey));
    BOOST_CHECK_EQUAL(objects.csp.last("CPImportKey").other, 0u);
    CHECK_SUCCEEDS(
        ended(CryptCreateHash(objects.provider, CALG_SHA1, 0, 0, &made), CryptDestroyHash));
    BOOST_CHECK_EQUAL(objects.csp.last("CPCreateHash").key, 0u);
}

BOOST_AUTO_TEST_CASE(leave_flags_and_parameters_to_the_provider)
{
    const Objects objects;
    CHECK_SUCCEEDS(CryptGetKeyParam(objects.key, KP_PERMISSIONS, data, &length(), 7));
    BOOST_CHECK_EQUAL(objects.csp.last("CPGetKeyParam").flags, 7u);
    CHECK_SUCCEEDS(CryptGetHashParam(objects.hash, HP_HASHVAL, data, &length(), 8));
    BOOST_CHECK_EQUAL(objects.csp.last("CPGetHashParam").flags, 8u);
    CHECK_SUCCEEDS(CryptSetHashParam(objects.hash, HP_HASHVAL, data, 9));
    BOOST_CHECK_EQUAL(objects.csp.last("CPSetHashParam").flags, 9u);
    CHECK_SUCCEEDS(ended(CryptDuplicateKey(objects.key, nullptr, 10, &made), CryptDestroyKey));
    BOOST_CHECK_EQUAL(objects.csp.last("CPDuplicateKey").flags, 10u);
    CHECK_FAILS_WITH(CryptGetKeyParam(objects.key, KP_IV, data, &length(), 0), NTE_BAD_TYPE);
}

BOOST_AUTO_TEST_CASE(have_their_pointers_checked_before)
{
    const Objects objects;
    objects.csp.forget();
    DWORD reserved = 0;
    CHECK_FAILS_WITH(CryptGenKey(objects.provider, CALG_RC4, 0, nullptr), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptExportKey(objects.key, 0, SIMPLEBLOB, 0, data, nullptr),
                     ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptDuplicateKey(objects.key, &reserved, 0, &made), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptDecrypt(objects.key, 0, TRUE, 0, nullptr, &length()),
                     ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptHashData(objects.hash, nullptr, 1, 0), ERROR_INVALID_PARAMETER);
    for (const char* entry : {"CPGenKey", "CPExportKey", "CPDuplicateKey", "CPDecrypt"})
        BOOST_CHECK_EQUAL(objects.csp.count(entry), 0u);
}

BOOST_AUTO_TEST_CASE(leave_sizes_to_the_provider)
{
    const Objects objects;
    DWORD size = 0;
    CHECK_SUCCEEDS(CryptGetHashParam(objects.hash, HP_HASHVAL, nullptr, &size, 0));
    BOOST_CHECK_EQUAL(size, 4u);
    size = 3;
    CHECK_FAILS_WITH(CryptGetHashParam(objects.hash, HP_HASHVAL, data, &size, 0), ERROR_MORE_DATA);
    BOOST_CHECK_EQUAL(size, 4u);
    CHECK_FAILS_WITH(CryptGetHashParam(objects.hash, HP_ALGID, data, &size, 0), NTE_BAD_TYPE);
    BOOST_CHECK_EQUAL(size, 4u); // the sample left it
    objects.csp.fail("CPExportKey", NTE_PERM);
    CHECK_FAILS_WITH(CryptExportKey(objects.key, 0, SIMPLEBLOB, 0, data, &size), NTE_PERM);
    BOOST_CHECK_EQUAL(size, 0u); // the sample cleared it
}

BOOST_AUTO_TEST_CASE(do_what_the_provider_does)
{
    const Objects objects;
    BYTE message[] = {'t', 'e', 'x', 't'};
    CHECK_SUCCEEDS(CryptEncrypt(objects.key, 0, TRUE, 0, message, &length(), 4));
    BOOST_CHECK_EQUAL(message[0], 't' ^ (CALG_RC4 & 0xFF));
    CHECK_SUCCEEDS(CryptDecrypt(objects.key, 0, TRUE, 0, message, &length()));
    BOOST_CHECK_EQUAL(message[0], 't');
    CHECK_SUCCEEDS(CryptHashData(objects.hash, reinterpret_cast<const BYTE*>("a"), 1, 0));
    const DWORD fnv_1a_of_a = 0xE40C292C;
    DWORD value = 0;
    CHECK_SUCCEEDS(
        CryptGetHashParam(objects.hash, HP_HASHVAL, reinterpret_cast<BYTE*>(&value), &length(), 0));
    BOOST_CHECK_EQUAL(value, fnv_1a_of_a);
}

BOOST_AUTO_TEST_CASE(may_make_calls_of_their_own)
{
    const Objects objects;
    BYTE drawn[16] = {}; // the sample asks the built-in provider for them
    CHECK_SUCCEEDS(CryptGenRandom(objects.provider, sizeof drawn, drawn));
    BOOST_CHECK(std::count(std::begin(drawn), std::end(drawn), 0) < 16);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(descriptions)

// The sample is built with a wchar_t of 32 bits and of 16: it defines the entry points that say so.
BOOST_AUTO_TEST_CASE(reach_a_provider_in_its_own_units)
{
    for (const auto& [name, image] : {std::pair(sample_name, "sample_csp.so"),
                                      std::pair(narrow_name, "sample_csp_without_duplicates.so")})
        BOOST_TEST_CONTEXT(name)
        {
            const Objects objects(name, image);
            DWORD plain = 0, narrow = 0, wide = 0;
            const auto sign = [&](auto call, auto* text, DWORD& signature) {
                CHECK_SUCCEEDS(call(objects.hash, AT_SIGNATURE, text, 0,
                                    reinterpret_cast<BYTE*>(&signature), &length()));
            };
            sign(CryptSignHashA, static_cast<LPCSTR>(nullptr), plain);
            sign(CryptSignHashA, "ab", narrow);
            sign(CryptSignHashW, L"ab", wide);
            BOOST_CHECK_EQUAL(plain, 2166136261u + AT_SIGNATURE);
            BOOST_CHECK_EQUAL(narrow, 0x4D2505CAu + AT_SIGNATURE); // FNV-1a of "ab"
            BOOST_CHECK_EQUAL(wide, narrow);
        }
}

BOOST_AUTO_TEST_CASE(are_verified_alike)
{
    for (const auto& [name, image] : {std::pair(sample_name, "sample_csp.so"),
                                      std::pair(narrow_name, "sample_csp_without_duplicates.so")})
        BOOST_TEST_CONTEXT(name)
        {
            const Objects objects(name, image);
            const auto* const signature = reinterpret_cast<const BYTE*>("\xCA\x05\x25\x4D");
            const HCRYPTKEY zero = objects.make_key(0x100);
            CHECK_SUCCEEDS(CryptVerifySignatureA(objects.hash, signature, 4, zero, "ab", 0));
            CHECK_SUCCEEDS(CryptVerifySignatureW(objects.hash, signature, 4, zero, L"ab", 0));
            CHECK_FAILS_WITH(CryptVerifySignatureW(objects.hash, signature, 4, zero, L"a", 0),
                             NTE_BAD_SIGNATURE);
        }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(missing_entry_points)

BOOST_AUTO_TEST_CASE(that_are_optional_answer_ERROR_CALL_NOT_IMPLEMENTED)
{
    const Objects objects(narrow_name, "sample_csp_without_duplicates.so");
    CHECK_FAILS_WITH(CryptDuplicateKey(objects.key, nullptr, 0, &made), ERROR_CALL_NOT_IMPLEMENTED);
    CHECK_FAILS_WITH(CryptDuplicateHash(objects.hash, nullptr, 0, &made),
                     ERROR_CALL_NOT_IMPLEMENTED);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(objects_of_two_providers)

template <class Mine, class Theirs>
void check_that_they_do_not_meet(const Mine& mine, const Theirs& theirs)
{
    const HCRYPTKEY key = mine.make_key(CALG_RC4);
    const HCRYPTHASH hash = mine.make_hash();
    const HCRYPTKEY their_key = theirs.make_key(CALG_RC4);
    const HCRYPTHASH their_hash = theirs.make_hash();
    BYTE blob[100] = {};
    DWORD size = sizeof blob;
    // U-07
    CHECK_FAILS_WITH(CryptExportKey(key, their_key, SIMPLEBLOB, 0, blob, &size), NTE_BAD_KEY);
    CHECK_FAILS_WITH(CryptImportKey(mine.provider, blob, 1, their_key, 0, &made), NTE_BAD_KEY);
    CHECK_FAILS_WITH(CryptCreateHash(mine.provider, CALG_HMAC, their_key, 0, &made), NTE_BAD_KEY);
    CHECK_FAILS_WITH(CryptHashSessionKey(hash, their_key, 0), NTE_BAD_KEY);
    CHECK_FAILS_WITH(CryptVerifySignatureA(hash, blob, 4, their_key, nullptr, 0), NTE_BAD_KEY);
    CHECK_FAILS_WITH(CryptDeriveKey(mine.provider, CALG_RC4, their_hash, 0, &made), NTE_BAD_HASH);
    CHECK_FAILS_WITH(CryptEncrypt(key, their_hash, TRUE, 0, blob, &(size = 1), sizeof blob),
                     NTE_BAD_HASH);
    CHECK_FAILS_WITH(CryptDecrypt(key, their_hash, TRUE, 0, blob, &(size = 1)), NTE_BAD_HASH);
}

BOOST_AUTO_TEST_CASE(are_refused_before_a_provider_sees_them)
{
    const Sample sample;
    VerifyContext built_in(PROV_RSA_FULL);
    const Sample same_image(same_image_name);
    const Sample narrow(narrow_name, "sample_csp_without_duplicates.so");
    check_that_they_do_not_meet(built_in, sample);
    sample.csp.forget();
    check_that_they_do_not_meet(sample, built_in);
    check_that_they_do_not_meet(sample, same_image);
    check_that_they_do_not_meet(sample, narrow);
    for (const char* entry : {"CPExportKey", "CPImportKey", "CPHashSessionKey", "CPVerifySignature",
                              "CPDeriveKey", "CPEncrypt", "CPDecrypt"})
        BOOST_CHECK_EQUAL(sample.csp.count(entry), 0u);
}

BOOST_AUTO_TEST_CASE(of_one_provider_and_two_contexts_are_the_providers_to_judge)
{
    const Sample mine, other;
    BYTE byte = 0;
    CHECK_FAILS_WITH(
        CryptExportKey(mine.make_key(), other.make_key(), SIMPLEBLOB, 0, &byte, &length(1)),
        NTE_BAD_KEY);
    BOOST_CHECK_EQUAL(mine.csp.count("CPExportKey"), 1u);
}

BOOST_AUTO_TEST_CASE(are_told_apart_by_kind_and_life_as_ever)
{
    const Objects objects;
    objects.csp.forget();
    CHECK_FAILS_WITH(CryptDestroyKey(objects.hash), ERROR_INVALID_HANDLE);
    CHECK_FAILS_WITH(CryptHashData(objects.key, data, 1, 0), ERROR_INVALID_HANDLE);
    CHECK_FAILS_WITH(CryptDestroyKey(objects.csp_key), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptGenRandom(objects.csp_prov, 1, data), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptVerifySignatureA(objects.hash, data, 4, 0, nullptr, 0),
                     ERROR_INVALID_PARAMETER);
    BOOST_CHECK_EQUAL(objects.csp.count("CPDestroyKey") + objects.csp.count("CPHashData"), 0u);
}

BOOST_AUTO_TEST_SUITE_END()
