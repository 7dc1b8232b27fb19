// SPDX-License-Identifier: BSD-2-Clause
#include "csp/keystore/unique_name.h"

#include <boost/test/unit_test.hpp>

using namespace capishim;
using namespace capishim::csp;

BOOST_AUTO_TEST_SUITE(unique_name_of_a_container)

// observed.md: PP_UNIQUE_CONTAINER
BOOST_AUTO_TEST_CASE(digits_are_the_md5_of_the_name_and_its_nul_in_reversed_groups)
{
    // printf 'a\0' | md5sum = 4144e195f46de78a3623da7364d04f11
    BOOST_CHECK_EQUAL(name_digits("a"), "95e144418ae76df473da2336114fd064");
}

BOOST_AUTO_TEST_CASE(digits_do_not_depend_on_case)
{
    BOOST_CHECK_EQUAL(name_digits("My Container"), name_digits("mY cONTAINER"));
    BOOST_CHECK_NE(name_digits("My Container"), name_digits("My Containe"));
}

BOOST_AUTO_TEST_CASE(has_69_characters_of_its_form)
{
    const std::string name = unique_name(name_digits("a"));
    BOOST_CHECK_EQUAL(name.size(), 69u);
    BOOST_CHECK(is_unique_name(name));
    BOOST_CHECK_EQUAL(unique_name(name_digits("a")), name);
}

BOOST_AUTO_TEST_CASE(other_texts_are_not_taken_for_one)
{
    const std::string name = unique_name(name_digits("a"));
    for (std::size_t i = 0; i < name.size(); ++i) {
        std::string changed = name;
        changed[i] = '/';
        BOOST_CHECK(!is_unique_name(changed));
    }
    BOOST_CHECK(!is_unique_name(""));
    BOOST_CHECK(!is_unique_name(name + "a"));
    BOOST_CHECK(!is_unique_name(name.substr(1)));
    BOOST_CHECK(!is_unique_name(name + ".tmp-abcdef"));
}

BOOST_AUTO_TEST_SUITE_END()
