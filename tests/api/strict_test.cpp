// SPDX-License-Identifier: BSD-2-Clause
// lifetime.md 2 in strict mode: run with CAPISHIM_STRICT=1.
#include "support/fixtures.h"

using namespace capishim_test;

BOOST_AUTO_TEST_SUITE(strict_mode)

BOOST_AUTO_TEST_CASE(release_at_count_1_with_keys_or_hashes_alive_is_refused_and_changes_nothing)
{
    VerifyContext context;
    const HCRYPTKEY key = context.make_key(CALG_AES_256);
    CHECK_FAILS_WITH(CryptReleaseContext(context.provider, 0), ERROR_BUSY);
    const ByteVector before = encrypted(key, bytes_of("still alive"));
    CHECK_SUCCEEDS(CryptDestroyKey(key));
    BOOST_CHECK_EQUAL(before.size(), 16u);

    const HCRYPTHASH hash = context.make_hash();
    CHECK_FAILS_WITH(CryptReleaseContext(context.provider, 0), ERROR_BUSY);
    CHECK_SUCCEEDS(CryptDestroyHash(hash));
    CHECK_SUCCEEDS(CryptReleaseContext(context.provider, 0));
    context.provider = 0;
}

BOOST_AUTO_TEST_CASE(a_release_that_is_not_the_last_is_not_refused)
{
    VerifyContext context;
    const HCRYPTKEY key = context.make_key();
    CHECK_SUCCEEDS(CryptContextAddRef(context.provider, nullptr, 0));
    CHECK_SUCCEEDS(CryptReleaseContext(context.provider, 0));
    CHECK_FAILS_WITH(CryptReleaseContext(context.provider, 0), ERROR_BUSY);
    CHECK_SUCCEEDS(CryptDestroyKey(key));
}

BOOST_AUTO_TEST_SUITE_END()
