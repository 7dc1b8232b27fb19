// SPDX-License-Identifier: BSD-2-Clause
// CryptAcquireContext (cryptoapi.md 1.1, 2.1, 10; observed.md). References and releases:
// ../lifetime_test.cpp.
#include "crypt_fixtures.h"
#include "support/temporary_folder.h"

using namespace capishim_test;

namespace {

BOOL acquire(const char* container, const char* name, DWORD type, DWORD flags)
{
    HCRYPTPROV provider = 1;
    const BOOL answer = CryptAcquireContextA(&provider, container, name, type, flags);
    BOOST_CHECK_EQUAL(provider != 0, answer != 0); // U-10: 0 when there is nothing to release
    const DWORD left = GetLastError();
    if (answer)
        CryptReleaseContext(provider, 0);
    SetLastError(left);
    return answer;
}

BOOL verify(const char* name, DWORD type, DWORD flags = 0)
{
    return acquire(nullptr, name, type, CRYPT_VERIFYCONTEXT | flags);
}

std::string text_param(HCRYPTPROV provider, DWORD param)
{
    char text[600];
    DWORD size = sizeof text;
    REQUIRE_SUCCEEDS(CryptGetProvParam(provider, param, reinterpret_cast<BYTE*>(text), &size, 0));
    BOOST_CHECK_EQUAL(size, std::strlen(text) + 1);
    return text;
}

BOOL delete_container(const char* name, DWORD type = PROV_RSA_FULL)
{
    HCRYPTPROV none = 1;
    const BOOL answer = CryptAcquireContextA(&none, name, nullptr, type, CRYPT_DELETEKEYSET);
    BOOST_CHECK_EQUAL(none, 0u);
    return answer;
}

} // namespace

BOOST_AUTO_TEST_SUITE(CryptAcquireContext_rules)

BOOST_AUTO_TEST_CASE(opens_each_provider_by_its_name_in_any_case)
{
    for (const ProviderName& which : rsa_providers)
        CHECK_SUCCEEDS(verify(which.name, which.type));
    CHECK_SUCCEEDS(verify("MICROSOFT strong CRYPTOGRAPHIC provider", PROV_RSA_FULL)); // U-13
    CHECK_SUCCEEDS(verify(MS_ENH_RSA_AES_PROV_XP_A, PROV_RSA_AES));                   // U-68
}

BOOST_AUTO_TEST_CASE(opens_the_default_of_the_type_without_a_name_or_with_an_empty_one)
{
    const struct {
        DWORD type;
        const char* name;
    } rows[] = {{PROV_RSA_FULL, MS_STRONG_PROV_A}, {PROV_RSA_AES, MS_ENH_RSA_AES_PROV_A}};
    for (const auto& row : rows)
        for (const char* asked : {static_cast<const char*>(nullptr), ""}) {
            HCRYPTPROV provider = 0;
            REQUIRE_SUCCEEDS(
                CryptAcquireContextA(&provider, nullptr, asked, row.type, CRYPT_VERIFYCONTEXT));
            BOOST_CHECK_EQUAL(text_param(provider, PP_NAME), row.name);
            CHECK_SUCCEEDS(CryptReleaseContext(provider, 0));
        }
}

BOOST_AUTO_TEST_CASE(answers_each_bad_argument_with_its_code)
{
    const DWORD verify = CRYPT_VERIFYCONTEXT;
    const struct {
        const char* container;
        const char* name;
        DWORD type, flags, code;
    } rows[] = {
        {nullptr, nullptr, 0, verify, NTE_BAD_PROV_TYPE},
        {nullptr, MS_STRONG_PROV_A, 0, verify, NTE_BAD_PROV_TYPE}, // observed.md: type 0 wins
        {"none such", nullptr, 0, CRYPT_DELETEKEYSET, NTE_BAD_PROV_TYPE},
        {nullptr, nullptr, 1000, verify, NTE_BAD_PROV_TYPE},
        {nullptr, nullptr, 0xFFFFFFFF, verify, NTE_BAD_PROV_TYPE},
        {nullptr, nullptr, 999, verify, NTE_PROV_TYPE_NOT_DEF},
        {nullptr, nullptr, PROV_RSA_SIG, verify, NTE_PROV_TYPE_NOT_DEF},            // U-69
        {nullptr, MS_DEF_RSA_SIG_PROV_A, PROV_RSA_SIG, verify, NTE_KEYSET_NOT_DEF}, // U-69
        {nullptr, "No Such Provider", PROV_RSA_FULL, verify, NTE_KEYSET_NOT_DEF},
        {nullptr, MS_STRONG_PROV_A, PROV_RSA_AES, verify, NTE_PROV_TYPE_NO_MATCH},
        {nullptr, MS_ENH_RSA_AES_PROV_A, PROV_RSA_FULL, verify, NTE_PROV_TYPE_NO_MATCH},
        {nullptr, nullptr, PROV_RSA_FULL, verify | 1, NTE_BAD_FLAGS},
        {nullptr, nullptr, PROV_RSA_FULL, verify | 0x100, NTE_BAD_FLAGS},
        {nullptr, nullptr, PROV_RSA_FULL, 0x80000000, NTE_BAD_FLAGS}, // U-15: part of four bits
        {nullptr, nullptr, PROV_RSA_FULL, 0x70000000, NTE_BAD_FLAGS},
        {"a name", nullptr, PROV_RSA_FULL, verify, NTE_BAD_FLAGS}, // U-16
        {"a name", nullptr, PROV_RSA_FULL, CRYPT_NEWKEYSET | CRYPT_DELETEKEYSET, NTE_BAD_FLAGS},
        {nullptr, nullptr, PROV_RSA_FULL, CRYPT_DEFAULT_CONTAINER_OPTIONAL, NTE_BAD_FLAGS}, // U-14
        {"none such", nullptr, PROV_RSA_FULL, 0, NTE_BAD_KEYSET},
        {"none such", nullptr, PROV_RSA_FULL, CRYPT_DELETEKEYSET, NTE_BAD_KEYSET},
        {"none such", nullptr, PROV_RSA_FULL, CRYPT_SILENT, NTE_BAD_KEYSET},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("container " << (row.container ? row.container : "NULL") << ", name "
                                        << (row.name ? row.name : "NULL") << ", type " << row.type
                                        << ", flags " << std::hex << row.flags << ", wants "
                                        << win32_name(row.code))
    CHECK_FAILS_WITH(acquire(row.container, row.name, row.type, row.flags), row.code);
}

BOOST_AUTO_TEST_CASE(checks_the_type_before_the_null_pointer)
{
    CHECK_FAILS_WITH(CryptAcquireContextA(nullptr, nullptr, nullptr, 0, CRYPT_VERIFYCONTEXT),
                     NTE_BAD_PROV_TYPE);
    CHECK_FAILS_WITH(
        CryptAcquireContextA(nullptr, nullptr, nullptr, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT),
        ERROR_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(tolerates_further_flags_beside_verifycontext)
{
    for (const DWORD flags : {CRYPT_NEWKEYSET, CRYPT_SILENT, CRYPT_MACHINE_KEYSET,
                              CRYPT_NEWKEYSET | CRYPT_SILENT | CRYPT_MACHINE_KEYSET})
        for (int twice = 0; twice < 2; ++twice) // never NTE_EXISTS
            CHECK_SUCCEEDS(verify(nullptr, PROV_RSA_AES, flags));
    CHECK_SUCCEEDS(acquire("", nullptr, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT)); // U-12
}

BOOST_AUTO_TEST_CASE(creates_opens_and_deletes_a_container)
{
    const char* const name = "capishim context test";
    delete_container(name);
    CHECK_FAILS_WITH(acquire(name, nullptr, PROV_RSA_FULL, 0), NTE_BAD_KEYSET);
    REQUIRE_SUCCEEDS(acquire(name, nullptr, PROV_RSA_FULL, CRYPT_NEWKEYSET));
    CHECK_FAILS_WITH(acquire(name, nullptr, PROV_RSA_FULL, CRYPT_NEWKEYSET), NTE_EXISTS);
    REQUIRE_SUCCEEDS(acquire(name, nullptr, PROV_RSA_FULL, 0));
    REQUIRE_SUCCEEDS(acquire(name, nullptr, PROV_RSA_FULL, CRYPT_SILENT));
    REQUIRE_SUCCEEDS(delete_container(name));
    CHECK_FAILS_WITH(delete_container(name), NTE_BAD_KEYSET);
}

BOOST_AUTO_TEST_CASE(opens_a_container_through_every_provider_of_its_family_in_any_case)
{
    const Container made("Capishim Family Test", enhanced_provider);
    const HCRYPTKEY pair = made.make_key(AT_SIGNATURE, 512u << 16);
    const ByteVector public_key = exported(pair, PUBLICKEYBLOB);
    for (const ProviderName& which : rsa_providers) {
        HCRYPTPROV provider = 0;
        HCRYPTKEY same = 0;
        REQUIRE_SUCCEEDS(CryptAcquireContextA(&provider, "cAPISHIM fAMILY tEST", which.name,
                                              which.type, 0)); // U-203
        REQUIRE_SUCCEEDS(CryptGetUserKey(provider, AT_SIGNATURE, &same));
        BOOST_CHECK(exported(same, PUBLICKEYBLOB) == public_key);
        BOOST_CHECK_EQUAL(text_param(provider, PP_CONTAINER), "cAPISHIM fAMILY tEST");
        CHECK_SUCCEEDS(CryptDestroyKey(same));
        CHECK_SUCCEEDS(CryptReleaseContext(provider, 0));
    }
}

BOOST_AUTO_TEST_CASE(opens_a_container_by_its_unique_name_too)
{
    const Container made("capishim unique test");
    const std::string unique = text_param(made.provider, PP_UNIQUE_CONTAINER);
    REQUIRE_SUCCEEDS(acquire(unique.c_str(), nullptr, PROV_RSA_FULL, 0)); // U-186
}

BOOST_AUTO_TEST_CASE(two_contexts_on_one_container_see_each_others_new_pairs)
{
    const Container made("capishim two contexts test");
    HCRYPTPROV second = 0;
    HCRYPTKEY pair = 0;
    REQUIRE_SUCCEEDS(CryptAcquireContextA(&second, made.name.c_str(), nullptr, PROV_RSA_FULL, 0));
    CHECK_FAILS_WITH(CryptGetUserKey(made.provider, AT_SIGNATURE, &pair), NTE_NO_KEY);
    REQUIRE_SUCCEEDS(CryptGenKey(second, AT_SIGNATURE, 512u << 16, &pair));
    const ByteVector public_key = exported(pair, PUBLICKEYBLOB);
    REQUIRE_SUCCEEDS(CryptGetUserKey(made.provider, AT_SIGNATURE, &pair));
    BOOST_CHECK(exported(pair, PUBLICKEYBLOB) == public_key);
    CHECK_SUCCEEDS(CryptReleaseContext(second, 0));
}

BOOST_AUTO_TEST_CASE(takes_container_names_of_up_to_259_bytes_and_any_characters)
{
    for (const std::string& name :
         {std::string(259, 'n'), std::string("..\\back/slash"), std::string("Schl\xC3\xBCssel")}) {
        const Container made(name);
        BOOST_CHECK_EQUAL(text_param(made.provider, PP_CONTAINER), name);
        REQUIRE_SUCCEEDS(acquire(name.c_str(), nullptr, PROV_RSA_FULL, 0));
    }
    for (const DWORD flags : {DWORD{0}, DWORD{CRYPT_NEWKEYSET}, DWORD{CRYPT_DELETEKEYSET}})
        CHECK_FAILS_WITH(acquire(std::string(260, 'n').c_str(), nullptr, PROV_RSA_FULL, flags),
                         NTE_BAD_KEYSET_PARAM);
}

// U-204, and the sequence of every sample: open, else create.
BOOST_AUTO_TEST_CASE(names_the_default_container_after_the_user_and_does_not_create_it_unasked)
{
    const TemporaryFolder store;
    const ScopedEnvironment home("CAPISHIM_HOME", store.path());
    for (const char* none : {static_cast<const char*>(nullptr), ""}) {
        CHECK_FAILS_WITH(acquire(none, nullptr, PROV_RSA_FULL, 0), NTE_BAD_KEYSET);
        HCRYPTPROV provider = 0;
        REQUIRE_SUCCEEDS(
            CryptAcquireContextA(&provider, none, nullptr, PROV_RSA_FULL, CRYPT_NEWKEYSET));
        const std::string name = text_param(provider, PP_CONTAINER);
        BOOST_CHECK(!name.empty());
        CHECK_SUCCEEDS(CryptReleaseContext(provider, 0));
        REQUIRE_SUCCEEDS(acquire(name.c_str(), nullptr, PROV_RSA_FULL, 0));
        REQUIRE_SUCCEEDS(delete_container(none));
    }
}

BOOST_AUTO_TEST_CASE(answers_a_damaged_container_with_NTE_KEYSET_ENTRY_BAD)
{
    const TemporaryFolder store;
    const ScopedEnvironment home("CAPISHIM_HOME", store.path());
    const Container made("damaged");
    made.make_key(AT_SIGNATURE, 512u << 16);
    const std::string unique = text_param(made.provider, PP_UNIQUE_CONTAINER);
    bool met = false;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(store.path()))
        if (entry.path().filename() == unique) {
            met = true;
            const std::string contents = read_whole(entry.path().string());
            write_whole(entry.path().string(), contents.substr(0, contents.size() / 2));
        }
    BOOST_REQUIRE(met);
    CHECK_FAILS_WITH(acquire("damaged", nullptr, PROV_RSA_FULL, 0), NTE_KEYSET_ENTRY_BAD);
}

// 10.3: "the protecting password changed"
BOOST_AUTO_TEST_CASE(answers_a_container_of_another_passphrase_with_NTE_BAD_KEY_STATE)
{
    const TemporaryFolder store;
    const ScopedEnvironment home("CAPISHIM_HOME", store.path());
    const ScopedEnvironment right("CAPISHIM_PASSPHRASE", "the right one");
    const Container made("guarded");
    made.make_key(AT_SIGNATURE, 512u << 16);
    {
        const ScopedEnvironment wrong("CAPISHIM_PASSPHRASE", "another one");
        CHECK_FAILS_WITH(acquire("guarded", nullptr, PROV_RSA_FULL, 0), NTE_BAD_KEY_STATE);
        CHECK_FAILS_WITH(acquire("guarded", nullptr, PROV_RSA_FULL, CRYPT_NEWKEYSET), NTE_EXISTS);
    }
    BOOST_CHECK(acquire("guarded", nullptr, PROV_RSA_FULL, 0));
}

// 10.1, 10.2
BOOST_AUTO_TEST_CASE(keeps_the_machines_containers_apart_from_the_users)
{
    const TemporaryFolder store;
    const ScopedEnvironment home("CAPISHIM_HOME", store.path());
    const ScopedEnvironment machine("CAPISHIM_MACHINE_HOME", store / "machine");
    constexpr DWORD of_machine = CRYPT_MACHINE_KEYSET;
    CHECK_FAILS_WITH(acquire("a", nullptr, PROV_RSA_FULL, of_machine), NTE_BAD_KEYSET);
    REQUIRE_SUCCEEDS(acquire("a", nullptr, PROV_RSA_FULL, CRYPT_NEWKEYSET | of_machine));
    CHECK_FAILS_WITH(acquire("a", nullptr, PROV_RSA_FULL, CRYPT_NEWKEYSET | of_machine),
                     NTE_EXISTS);
    CHECK_FAILS_WITH(acquire("a", nullptr, PROV_RSA_FULL, 0), NTE_BAD_KEYSET);
    BOOST_CHECK(acquire("a", nullptr, PROV_RSA_FULL, of_machine));
    CHECK_FAILS_WITH(delete_container("a"), NTE_BAD_KEYSET);
    HCRYPTPROV none = 0;
    CHECK_SUCCEEDS(
        CryptAcquireContextA(&none, "a", nullptr, PROV_RSA_FULL, CRYPT_DELETEKEYSET | of_machine));
    CHECK_FAILS_WITH(acquire("a", nullptr, PROV_RSA_FULL, of_machine), NTE_BAD_KEYSET);
}

// 10.4
BOOST_AUTO_TEST_CASE(keeps_with_a_pair_whether_it_is_exportable)
{
    for (const DWORD flag : {DWORD{CRYPT_EXPORTABLE}, DWORD{CRYPT_ARCHIVABLE}, DWORD{0}}) {
        const Container made("kept flags");
        made.make_key(AT_KEYEXCHANGE, 512u << 16 | flag);
        HCRYPTPROV later = 0;
        HCRYPTKEY pair = 0;
        DWORD size = 0;
        BOOST_REQUIRE(
            CryptAcquireContextA(&later, "kept flags", strong_provider.name, PROV_RSA_FULL, 0));
        REQUIRE_SUCCEEDS(CryptGetUserKey(later, AT_KEYEXCHANGE, &pair));
        if (flag == CRYPT_EXPORTABLE)
            CHECK_SUCCEEDS(CryptExportKey(pair, 0, PRIVATEKEYBLOB, 0, nullptr, &size));
        else
            CHECK_FAILS_WITH(CryptExportKey(pair, 0, PRIVATEKEYBLOB, 0, nullptr, &size),
                             NTE_BAD_KEY_STATE);
        CHECK_SUCCEEDS(CryptReleaseContext(later, 0));
    }
}

BOOST_AUTO_TEST_CASE(takes_wide_names_that_mean_the_same_container)
{
    const Container made("Schl\xC3\xBCssel breit");
    HCRYPTPROV provider = 0;
    REQUIRE_SUCCEEDS(CryptAcquireContextW(&provider, L"Schl\u00FCssel breit", MS_STRONG_PROV_W,
                                          PROV_RSA_FULL, 0));
    BOOST_CHECK_EQUAL(text_param(provider, PP_CONTAINER), made.name); // strings are CHAR
    CHECK_SUCCEEDS(CryptReleaseContext(provider, 0));
    CHECK_FAILS_WITH(CryptAcquireContextW(&provider, nullptr, L"No Such Provider", PROV_RSA_FULL,
                                          CRYPT_VERIFYCONTEXT),
                     NTE_KEYSET_NOT_DEF);
    CHECK_SUCCEEDS(
        CryptAcquireContextW(&provider, nullptr, L"", PROV_RSA_AES, CRYPT_VERIFYCONTEXT));
    CHECK_SUCCEEDS(CryptReleaseContext(provider, 0));
    CHECK_FAILS_WITH(CryptAcquireContextW(nullptr, nullptr, nullptr, 0, CRYPT_VERIFYCONTEXT),
                     NTE_BAD_PROV_TYPE);
}

BOOST_AUTO_TEST_SUITE_END()
