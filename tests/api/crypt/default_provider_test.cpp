// SPDX-License-Identifier: BSD-2-Clause
// The CryptSetProvider family: cryptoapi.md 1.8 to 1.10. A process reads the stored defaults once,
// so each step runs in a process of its own.
#include "crypt_fixtures.h"
#include "support/process.h"
#include "support/temporary_folder.h"

using namespace capishim_test;

namespace {

/// Stores of the user and the machine that nobody else has.
struct Stores {
    Stores()
    {
        set_environment("CAPISHIM_HOME", user.path());
        set_environment("CAPISHIM_MACHINE_HOME", machine.path());
    }

    TemporaryFolder user, machine;
};

std::string default_of(DWORD type, DWORD scope)
{
    char name[200] = {};
    DWORD size = sizeof name;
    return CryptGetDefaultProviderA(type, nullptr, scope, name, &size) ? name : "";
}

std::string opened_without_name(DWORD type)
{
    HCRYPTPROV provider = 0;
    if (!CryptAcquireContextA(&provider, nullptr, nullptr, type, CRYPT_VERIFYCONTEXT))
        return "";
    char name[200] = {};
    DWORD size = sizeof name;
    CryptGetProvParam(provider, PP_NAME, reinterpret_cast<BYTE*>(name), &size, 0);
    CryptReleaseContext(provider, 0);
    return name;
}

/// One call in a process of its own: it succeeds, or fails with that last error.
template <class Call>
void check_elsewhere(Call, DWORD error = 0)
{
    const auto step = [](const std::string& expected) -> int {
        return std::to_string(Call{}() ? 0 : GetLastError()) == expected;
    };
    BOOST_CHECK_EQUAL(in_another_process(step, std::to_string(error)), 1);
}

template <DWORD Scope>
void check_default(const char* name)
{
    const auto step = [](const std::string& expected) -> int {
        return default_of(PROV_RSA_FULL, Scope) == expected;
    };
    BOOST_CHECK_EQUAL(in_another_process(step, name), 1);
}

BOOL set_user(LPCSTR name, DWORD type = PROV_RSA_FULL)
{
    return CryptSetProviderA(name, type);
}

BOOL set(LPCSTR name, DWORD flags)
{
    return CryptSetProviderExA(name, PROV_RSA_FULL, nullptr, flags);
}

} // namespace

BOOST_AUTO_TEST_SUITE(CryptSetProvider_rules)

BOOST_FIXTURE_TEST_CASE(the_default_lasts_and_is_what_a_nameless_acquire_opens, Stores)
{
    check_elsewhere([] { return set_user(MS_DEF_PROV_A); });
    check_default<CRYPT_USER_DEFAULT>(MS_DEF_PROV_A);
    check_default<CRYPT_MACHINE_DEFAULT>(MS_STRONG_PROV_A);
    check_elsewhere([] { return opened_without_name(PROV_RSA_FULL) == MS_DEF_PROV_A; });
    check_elsewhere([] { return opened_without_name(PROV_RSA_AES) == MS_ENH_RSA_AES_PROV_A; });
}

BOOST_FIXTURE_TEST_CASE(a_process_sees_at_once_what_it_stored, Stores)
{
    check_elsewhere([] {
        return opened_without_name(PROV_RSA_FULL) == MS_STRONG_PROV_A && set_user(MS_DEF_PROV_A) &&
               opened_without_name(PROV_RSA_FULL) == MS_DEF_PROV_A;
    });
}

BOOST_FIXTURE_TEST_CASE(wide_text_does_the_same, Stores)
{
    check_elsewhere([] { return CryptSetProviderW(MS_ENHANCED_PROV_W, PROV_RSA_FULL); });
    check_default<CRYPT_USER_DEFAULT>(MS_ENHANCED_PROV_A);
    check_elsewhere([] {
        return CryptSetProviderExW(MS_DEF_PROV_W, PROV_RSA_FULL, nullptr, CRYPT_MACHINE_DEFAULT);
    });
    check_default<CRYPT_MACHINE_DEFAULT>(MS_DEF_PROV_A);
}

BOOST_FIXTURE_TEST_CASE(the_users_default_goes_before_the_machines, Stores)
{
    check_elsewhere([] { return set(MS_DEF_PROV_A, CRYPT_MACHINE_DEFAULT); });
    check_default<CRYPT_USER_DEFAULT>(MS_DEF_PROV_A); // U-26
    check_elsewhere([] { return set(MS_ENHANCED_PROV_A, CRYPT_USER_DEFAULT); });
    check_default<CRYPT_USER_DEFAULT>(MS_ENHANCED_PROV_A);
    check_default<CRYPT_MACHINE_DEFAULT>(MS_DEF_PROV_A);
}

BOOST_FIXTURE_TEST_CASE(deleting_a_default_brings_the_next_one_back, Stores)
{
    check_elsewhere([] { return set(MS_DEF_PROV_A, CRYPT_MACHINE_DEFAULT); });
    check_elsewhere([] { return set(MS_ENHANCED_PROV_A, CRYPT_USER_DEFAULT); });
    check_elsewhere([] { return set(nullptr, CRYPT_USER_DEFAULT | CRYPT_DELETE_DEFAULT); });
    check_default<CRYPT_USER_DEFAULT>(MS_DEF_PROV_A);
    // observed.md: a name beside CRYPT_DELETE_DEFAULT is allowed
    check_elsewhere(
        [] { return set(MS_DEF_PROV_A, CRYPT_MACHINE_DEFAULT | CRYPT_DELETE_DEFAULT); });
    check_default<CRYPT_USER_DEFAULT>(MS_STRONG_PROV_A);
    check_elsewhere([] { return set(nullptr, CRYPT_USER_DEFAULT | CRYPT_DELETE_DEFAULT); });
}

BOOST_FIXTURE_TEST_CASE(a_bad_argument_is_named_and_changes_nothing, Stores)
{
    check_elsewhere([] { return set_user(MS_DEF_PROV_A); });
    check_elsewhere(
        [] {
            DWORD reserved = 0;
            return CryptSetProviderExA(MS_DEF_PROV_A, 1, &reserved, CRYPT_USER_DEFAULT);
        },
        ERROR_INVALID_PARAMETER);
    check_elsewhere([] { return set(nullptr, CRYPT_USER_DEFAULT); }, ERROR_INVALID_PARAMETER);
    check_elsewhere([] { return set_user(nullptr); }, ERROR_INVALID_PARAMETER);
    check_elsewhere([] { return set(MS_STRONG_PROV_A, 0); }, NTE_BAD_FLAGS);
    check_elsewhere(
        [] { return set(MS_STRONG_PROV_A, CRYPT_MACHINE_DEFAULT | CRYPT_USER_DEFAULT); },
        NTE_BAD_FLAGS);
    check_elsewhere([] { return set(MS_STRONG_PROV_A, CRYPT_DELETE_DEFAULT); }, NTE_BAD_FLAGS);
    check_elsewhere([] { return set(MS_STRONG_PROV_A, 8 | CRYPT_USER_DEFAULT); }, NTE_BAD_FLAGS);
    check_elsewhere([] { return set_user(MS_STRONG_PROV_A, 0); }, NTE_BAD_PROV_TYPE);
    check_elsewhere([] { return set_user(MS_STRONG_PROV_A, 1000); }, NTE_BAD_PROV_TYPE);
    check_elsewhere([] { return set_user("No Such Provider"); }, NTE_BAD_PROVIDER);
    check_elsewhere([] { return set_user(MS_STRONG_PROV_A, PROV_RSA_AES); },
                    NTE_PROV_TYPE_NO_MATCH);
    check_default<CRYPT_USER_DEFAULT>(MS_DEF_PROV_A);
}

BOOST_FIXTURE_TEST_CASE(a_hostile_file_of_defaults_is_as_good_as_none, Stores)
{
    for (const char* contents :
         {"1 = Nobody's Provider\n", "24 = Microsoft Base Cryptographic Provider v1.0\n",
          "1 =", "=\n\n = \n", "99999999999999999999 = x", "\xFF\xFE", "1 = "}) {
        write_whole(user / "default-providers", contents);
        check_default<CRYPT_USER_DEFAULT>(MS_STRONG_PROV_A);
    }
}

BOOST_AUTO_TEST_SUITE_END()
