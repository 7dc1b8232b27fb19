// SPDX-License-Identifier: BSD-2-Clause
// Loading a library, and looking up what it defines itself.
#include "platform/library.h"

#include <boost/test/unit_test.hpp>

using namespace capishim::platform;

BOOST_AUTO_TEST_SUITE(library)

BOOST_AUTO_TEST_CASE(finds_what_the_library_defines_and_not_what_it_was_linked_with)
{
    std::string why;
    const auto mathematics = Library::load("libm.so.6", why);
    BOOST_REQUIRE_MESSAGE(mathematics, why);
    BOOST_CHECK(mathematics->find("cos") != nullptr);
    BOOST_CHECK(mathematics->find("no such function") == nullptr);
    BOOST_CHECK(mathematics->find("strlen") == nullptr); // the C library's
    const auto c = Library::load("libc.so.6", why);
    BOOST_REQUIRE_MESSAGE(c, why);
    BOOST_CHECK(c->find("getenv") != nullptr);
}

BOOST_AUTO_TEST_CASE(says_why_a_file_does_not_load)
{
    std::string why;
    BOOST_CHECK(!Library::load("/no/such/library.so", why));
    BOOST_CHECK(why.find("/no/such/library.so") != std::string::npos);
    BOOST_CHECK(!Library::load("/dev/null", why));
    BOOST_CHECK(why.find("/dev/null") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(paths_without_a_root_lie_below_the_folder)
{
    BOOST_CHECK_EQUAL(path_below("/folder", "/opt/a.so"), "/opt/a.so");
    BOOST_CHECK_EQUAL(path_below("/folder", "b/a.so"), "/folder/b/a.so");
}

BOOST_AUTO_TEST_SUITE_END()
