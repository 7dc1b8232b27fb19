// SPDX-License-Identifier: BSD-2-Clause
// Which providers there are: CryptEnumProviders, CryptEnumProviderTypes, CryptGetDefaultProvider
// and the CryptSetProvider family (cryptoapi.md 1.6 to 1.10).
#include "crypt_fixtures.h"

using namespace capishim_test;

namespace {

struct Entry {
    DWORD type;
    std::string name;
};

using Enumerate = BOOL(WINAPI*)(DWORD, DWORD*, DWORD, DWORD*, LPSTR, DWORD*);
using EnumerateWide = BOOL(WINAPI*)(DWORD, DWORD*, DWORD, DWORD*, LPWSTR, DWORD*);

std::vector<Entry> all_of(Enumerate next)
{
    std::vector<Entry> entries;
    char name[200];
    for (;;) {
        DWORD type = 0;
        DWORD size = sizeof name;
        SetLastError(untouched);
        if (!next(static_cast<DWORD>(entries.size()), nullptr, 0, &type, name, &size))
            break;
        BOOST_CHECK_EQUAL(size, std::strlen(name) + 1);
        entries.push_back({type, name});
    }
    BOOST_CHECK_EQUAL(win32_name(GetLastError()), "ERROR_NO_MORE_ITEMS");
    return entries;
}

std::string narrowed(const WCHAR* text)
{
    std::string narrow;
    for (; *text; ++text)
        narrow += static_cast<char>(*text);
    return narrow;
}

void check_arguments(Enumerate next)
{
    DWORD type = 0;
    DWORD reserved = 0;
    DWORD size = 0;
    CHECK_FAILS_WITH(next(0, &reserved, 0, &type, nullptr, &size), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(next(0, nullptr, 1, &type, nullptr, &size), NTE_BAD_FLAGS);
    CHECK_FAILS_WITH(next(0, nullptr, 0, nullptr, nullptr, &size), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(next(0, nullptr, 0, &type, nullptr, nullptr), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(next(1000, nullptr, 0, &type, nullptr, &size), ERROR_NO_MORE_ITEMS);
    CHECK_FAILS_WITH(next(0xFFFFFFFF, nullptr, 0, &type, nullptr, &size), ERROR_NO_MORE_ITEMS);
    const ByteVector name = check_buffer_rules([&](BYTE* data, DWORD* length) {
        type = 0;
        const BOOL answer = next(0, nullptr, 0, &type, reinterpret_cast<LPSTR>(data), length);
        if (length) // the loop condition of samples: type beside a null name
            BOOST_CHECK(!answer || type != 0);
        return answer;
    });
    BOOST_CHECK_EQUAL(name.back(), 0);
}

void check_that_wide_says_the_same(Enumerate next, EnumerateWide wide)
{
    const std::vector<Entry> entries = all_of(next);
    for (DWORD i = 0; i < entries.size(); ++i) {
        WCHAR name[200];
        DWORD type = 0;
        DWORD size = 0;
        CHECK_SUCCEEDS(wide(i, nullptr, 0, &type, nullptr, &size));
        BOOST_CHECK_EQUAL(size, (entries[i].name.size() + 1) * sizeof(WCHAR)); // bytes
        --size;
        CHECK_FAILS_WITH(wide(i, nullptr, 0, &type, name, &size), ERROR_MORE_DATA);
        CHECK_SUCCEEDS(wide(i, nullptr, 0, &type, name, &size));
        BOOST_CHECK_EQUAL(narrowed(name), entries[i].name);
        BOOST_CHECK_EQUAL(type, entries[i].type);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(CryptEnumProviders_rules)

BOOST_AUTO_TEST_CASE(lists_the_providers_with_their_types_by_name)
{
    const std::vector<Entry> entries = all_of(CryptEnumProvidersA);
    BOOST_CHECK(std::is_sorted(entries.begin(), entries.end(), // U-23
                               [](const Entry& a, const Entry& b) { return a.name < b.name; }));
    std::vector<ProviderName> wanted(std::begin(rsa_providers), std::end(rsa_providers));
    wanted.push_back(schannel_provider);
    wanted.insert(wanted.end(), std::begin(dss_providers), std::end(dss_providers));
    BOOST_TEST(entries.size() == wanted.size());
    for (const ProviderName& which : wanted)
        BOOST_CHECK_EQUAL(std::count_if(entries.begin(), entries.end(),
                                        [&](const Entry& entry) {
                                            return entry.name == which.name &&
                                                   entry.type == which.type;
                                        }),
                          1);
    for (const Entry& entry : entries)
        BOOST_CHECK_NE(entry.name, MS_ENH_RSA_AES_PROV_XP_A); // U-68
}

BOOST_AUTO_TEST_CASE(every_listed_provider_opens)
{
    for (const Entry& entry : all_of(CryptEnumProvidersA)) {
        HCRYPTPROV provider = 0;
        CHECK_SUCCEEDS(CryptAcquireContextA(&provider, nullptr, entry.name.c_str(), entry.type,
                                            CRYPT_VERIFYCONTEXT));
        CHECK_SUCCEEDS(CryptReleaseContext(provider, 0));
    }
}

BOOST_AUTO_TEST_CASE(checks_its_arguments_and_the_buffer)
{
    check_arguments(CryptEnumProvidersA);
}

BOOST_AUTO_TEST_CASE(says_the_same_in_wide_characters)
{
    check_that_wide_says_the_same(CryptEnumProvidersA, CryptEnumProvidersW);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptEnumProviderTypes_rules)

BOOST_AUTO_TEST_CASE(lists_the_types_by_number)
{
    const std::vector<Entry> entries = all_of(CryptEnumProviderTypesA);
    BOOST_CHECK(std::is_sorted(entries.begin(), entries.end(), // U-24
                               [](const Entry& a, const Entry& b) { return a.type < b.type; }));
    for (const DWORD type :
         {PROV_RSA_FULL, PROV_DSS, PROV_RSA_SCHANNEL, PROV_DSS_DH, PROV_DH_SCHANNEL, PROV_RSA_AES})
        BOOST_CHECK_EQUAL(
            std::count_if(entries.begin(), entries.end(),
                          [&](const Entry& entry) { return entry.type == DWORD(type); }),
            1);
}

BOOST_AUTO_TEST_CASE(checks_its_arguments_and_the_buffer)
{
    check_arguments(CryptEnumProviderTypesA);
}

BOOST_AUTO_TEST_CASE(says_the_same_in_wide_characters)
{
    check_that_wide_says_the_same(CryptEnumProviderTypesA, CryptEnumProviderTypesW);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptGetDefaultProvider_rules)

BOOST_AUTO_TEST_CASE(names_the_default_of_a_type_for_machine_and_user)
{
    for (const DWORD scope : {CRYPT_MACHINE_DEFAULT, CRYPT_USER_DEFAULT}) { // U-26
        for (const ProviderName& which :
             {strong_provider, dss_provider, schannel_provider, enhanced_dh_provider,
              dh_schannel_provider, aes_provider}) {
            const ByteVector name = check_buffer_rules([&](BYTE* data, DWORD* size) {
                return CryptGetDefaultProviderA(which.type, nullptr, scope,
                                                reinterpret_cast<LPSTR>(data), size);
            });
            BOOST_CHECK_EQUAL(reinterpret_cast<const char*>(name.data()), which.name);
        }
    }
}

BOOST_AUTO_TEST_CASE(answers_each_bad_argument_with_its_code)
{
    DWORD size = 0;
    const struct {
        DWORD type, flags, code;
    } rows[] = {
        {PROV_RSA_FULL, 0, NTE_BAD_FLAGS}, // U-25
        {PROV_RSA_FULL, CRYPT_MACHINE_DEFAULT | CRYPT_USER_DEFAULT, NTE_BAD_FLAGS},
        {PROV_RSA_FULL, CRYPT_MACHINE_DEFAULT | 8, NTE_BAD_FLAGS}, // observed.md: undefined bits
        {0, CRYPT_MACHINE_DEFAULT, NTE_BAD_PROV_TYPE},             // U-27
        {1000, CRYPT_MACHINE_DEFAULT, NTE_BAD_PROV_TYPE},
        {999, CRYPT_MACHINE_DEFAULT, NTE_PROV_TYPE_NOT_DEF},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("type " << row.type << ", flags " << row.flags << ", wants "
                                   << win32_name(row.code))
    CHECK_FAILS_WITH(CryptGetDefaultProviderA(row.type, nullptr, row.flags, nullptr, &size),
                     row.code);
    DWORD reserved = 0;
    CHECK_FAILS_WITH(
        CryptGetDefaultProviderA(PROV_RSA_FULL, &reserved, CRYPT_USER_DEFAULT, nullptr, &size),
        ERROR_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(says_the_same_in_wide_characters)
{
    WCHAR name[200];
    DWORD size = sizeof name;
    CHECK_SUCCEEDS(
        CryptGetDefaultProviderW(PROV_RSA_FULL, nullptr, CRYPT_MACHINE_DEFAULT, name, &size));
    BOOST_CHECK_EQUAL(narrowed(name), MS_STRONG_PROV_A);
    BOOST_CHECK_EQUAL(size, sizeof(WCHAR) * sizeof MS_STRONG_PROV_A);
}

BOOST_AUTO_TEST_SUITE_END()
