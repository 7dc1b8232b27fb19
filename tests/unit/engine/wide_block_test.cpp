// SPDX-License-Identifier: BSD-2-Clause
// The length-keeping permutation of memory.
#include "engine/wide_block.h"
#include "support/fault_check.h"

#include <boost/test/unit_test.hpp>

namespace capishim::engine::test {

BOOST_AUTO_TEST_SUITE(WideBlock)

BOOST_AUTO_TEST_CASE(is_undone_under_the_same_key_only)
{
    const Bytes key(32, 1), other_key(32, 2);
    for (const std::size_t size : {0, 2, 8, 64, 66, 1000}) {
        const Bytes plain(size, 0x5A);
        Bytes data = plain;
        encrypt_wide_block(key, data);
        BOOST_CHECK(size == 0 || data != plain);
        Bytes wrong = data;
        decrypt_wide_block(other_key, wrong);
        BOOST_CHECK(size < 8 || wrong != plain);
        decrypt_wide_block(key, data);
        BOOST_CHECK(data == plain);
    }
}

BOOST_AUTO_TEST_CASE(refuses_an_odd_size)
{
    const Bytes key(32);
    Bytes data(7);
    CHECK_FAULT(encrypt_wide_block(key, data), Fault::bad_length);
    CHECK_FAULT(decrypt_wide_block(key, data), Fault::bad_length);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace capishim::engine::test
