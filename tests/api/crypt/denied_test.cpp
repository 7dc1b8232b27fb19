// SPDX-License-Identifier: BSD-2-Clause
// CryptAcquireContext and what the system denies, on POSIX (cryptoapi.md 1.1, 10.3: U-18, U-207).
#include "crypt_fixtures.h"
#include "support/child_process.h"
#include "support/temporary_folder.h"

using namespace capishim_test;

namespace {

/// Who alone can become a user that the system does not know.
boost::test_tools::assertion_result is_root(boost::unit_test::test_unit_id)
{
    return geteuid() == 0;
}

BOOL acquire(const char* container)
{
    HCRYPTPROV provider = 0;
    return CryptAcquireContextA(&provider, container, nullptr, PROV_RSA_FULL, 0);
}

} // namespace

BOOST_AUTO_TEST_SUITE(CryptAcquireContext_by_a_user_who_may_read_nothing)

BOOST_AUTO_TEST_CASE(answers_what_the_system_denies, *boost::unit_test::precondition(is_root))
{
    const TemporaryFolder store;
    const ScopedEnvironment home("CAPISHIM_HOME", store.path());
    HCRYPTPROV opened = 0;
    REQUIRE_SUCCEEDS(
        CryptAcquireContextA(&opened, "denied", nullptr, PROV_RSA_FULL, CRYPT_NEWKEYSET));
    HCRYPTKEY pair = 0;
    REQUIRE_SUCCEEDS(CryptGenKey(opened, AT_SIGNATURE, 512u << 16, &pair));
    const auto error_of = [](BOOL done) { return done ? DWORD{ERROR_SUCCESS} : GetLastError(); };
    const auto check = [&](const char* what, auto call, DWORD code) {
        BOOST_CHECK_MESSAGE(run_child([&] {
                                if (setuid(3999999) != 0)
                                    return 1;
                                return error_of(call()) == code ? 0 : 2;
                            }) == 0,
                            what << " is not " << capishim_test::win32_name(code));
    };
    check(
        "no store",
        [] {
            for (const char* name : {"CAPISHIM_HOME", "XDG_DATA_HOME", "HOME"})
                unsetenv(name);
            return acquire("a");
        },
        ERROR_FILE_NOT_FOUND);
    check(
        "another's container", [] { return acquire("denied"); }, NTE_BAD_KEYSET);
    check(
        "a private key", [&] { return CryptGetUserKey(opened, AT_SIGNATURE, &pair); }, NTE_PERM);
    CHECK_SUCCEEDS(CryptReleaseContext(opened, 0));
}

BOOST_AUTO_TEST_SUITE_END()
