// SPDX-License-Identifier: BSD-2-Clause
#include "platform/last_error.h"

#include <boost/test/unit_test.hpp>
#include <thread>

using namespace capishim::platform;

BOOST_AUTO_TEST_SUITE(last_error_of_a_thread)

BOOST_AUTO_TEST_CASE(is_what_was_set)
{
    set_last_error(0x80090016);
    BOOST_CHECK_EQUAL(last_error(), 0x80090016u);
}

BOOST_AUTO_TEST_CASE(belongs_to_one_thread)
{
    set_last_error(5);
    std::uint32_t fresh = 1;
    std::thread([&] {
        fresh = last_error();
        set_last_error(87);
    }).join();
    BOOST_CHECK_EQUAL(fresh, 0u);
    BOOST_CHECK_EQUAL(last_error(), 5u);
}

BOOST_AUTO_TEST_SUITE_END()
