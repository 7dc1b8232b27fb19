// SPDX-License-Identifier: BSD-2-Clause
// What is exported but not built answers its documented "not supported", and nothing else.
#include "crypt_fixtures.h"

#include <ntsecapi.h>

BOOST_AUTO_TEST_SUITE(CryptSetProvider_rules)

BOOST_AUTO_TEST_CASE(answers_ERROR_CALL_NOT_IMPLEMENTED)
{
    CHECK_FAILS_WITH(CryptSetProviderA(MS_STRONG_PROV_A, PROV_RSA_FULL),
                     ERROR_CALL_NOT_IMPLEMENTED);
    CHECK_FAILS_WITH(CryptSetProviderW(MS_STRONG_PROV_W, PROV_RSA_FULL),
                     ERROR_CALL_NOT_IMPLEMENTED);
    CHECK_FAILS_WITH(
        CryptSetProviderExA(MS_STRONG_PROV_A, PROV_RSA_FULL, nullptr, CRYPT_USER_DEFAULT),
        ERROR_CALL_NOT_IMPLEMENTED);
    CHECK_FAILS_WITH(
        CryptSetProviderExW(MS_STRONG_PROV_W, PROV_RSA_FULL, nullptr, CRYPT_USER_DEFAULT),
        ERROR_CALL_NOT_IMPLEMENTED);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(RtlEncryptMemory_rules)

BOOST_AUTO_TEST_CASE(answers_STATUS_NOT_IMPLEMENTED_and_leaves_the_memory)
{
    BYTE memory[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    CHECK_STATUS(RtlEncryptMemory(memory, sizeof memory, 0), STATUS_NOT_IMPLEMENTED);
    CHECK_STATUS(RtlDecryptMemory(memory, sizeof memory, 0), STATUS_NOT_IMPLEMENTED);
    BOOST_CHECK_EQUAL(memory[0], 1);
}

BOOST_AUTO_TEST_SUITE_END()
