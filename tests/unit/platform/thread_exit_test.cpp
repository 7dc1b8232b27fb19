// SPDX-License-Identifier: BSD-2-Clause
#include "platform/thread_exit.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <thread>

using namespace capishim::platform;

namespace {

std::string said;

} // namespace

BOOST_AUTO_TEST_SUITE(at_thread_exit_runs)

BOOST_AUTO_TEST_CASE(what_it_was_given_the_last_one_first)
{
    said.clear();
    std::thread([] {
        at_thread_exit([] { said += "first"; });
        at_thread_exit([] { said += "second "; });
        BOOST_CHECK_EQUAL(said, "");
    }).join();
    BOOST_CHECK_EQUAL(said, "second first");
}

BOOST_AUTO_TEST_CASE(what_is_given_on_each_thread)
{
    said.clear();
    for (int i = 0; i < 3; ++i)
        std::thread([] { at_thread_exit([] { said += "."; }); }).join();
    BOOST_CHECK_EQUAL(said, "...");
}

BOOST_AUTO_TEST_SUITE_END()
