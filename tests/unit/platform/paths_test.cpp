// SPDX-License-Identifier: BSD-2-Clause
#include "platform/paths.h"
#include "support/temporary_folder.h"

#include <boost/test/unit_test.hpp>

using namespace capishim::platform;
using capishim_test::ScopedEnvironment;

BOOST_AUTO_TEST_SUITE(paths)

BOOST_AUTO_TEST_CASE(capishim_home_goes_first)
{
    const ScopedEnvironment own("CAPISHIM_HOME", "/somewhere/else");
    const ScopedEnvironment data("XDG_DATA_HOME", "/data");
    BOOST_CHECK_EQUAL(*user_store(), "/somewhere/else");
}

BOOST_AUTO_TEST_CASE(then_comes_the_xdg_data_folder)
{
    const ScopedEnvironment own("CAPISHIM_HOME", "");
    const ScopedEnvironment data("XDG_DATA_HOME", "/data");
    BOOST_CHECK_EQUAL(*user_store(), "/data/capishim");
}

BOOST_AUTO_TEST_CASE(then_the_home_folder_and_a_relative_xdg_path_is_ignored)
{
    const ScopedEnvironment own("CAPISHIM_HOME", "");
    const ScopedEnvironment data("XDG_DATA_HOME", "relative");
    const ScopedEnvironment home("HOME", "/home/somebody");
    BOOST_CHECK_EQUAL(*user_store(), "/home/somebody/.local/share/capishim");
}

BOOST_AUTO_TEST_CASE(machine_store_can_be_moved)
{
    const ScopedEnvironment moved("CAPISHIM_MACHINE_HOME", "/elsewhere");
    BOOST_CHECK_EQUAL(machine_store(), "/elsewhere");
    const ScopedEnvironment usual("CAPISHIM_MACHINE_HOME", "");
    BOOST_CHECK_EQUAL(machine_store(), "/var/lib/capishim");
}

BOOST_AUTO_TEST_CASE(user_name_is_one_path_component)
{
    BOOST_CHECK(!user_name().empty());
    BOOST_CHECK(user_name().find('/') == std::string::npos);
    BOOST_CHECK_EQUAL(user_name(), user_name());
}

BOOST_AUTO_TEST_CASE(machine_guid_has_the_form_of_a_guid_and_lasts)
{
    const std::string guid = machine_guid();
    BOOST_REQUIRE_EQUAL(guid.size(), 36u);
    for (std::size_t i = 0; i < guid.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        BOOST_CHECK_EQUAL(guid[i] == '-', dash);
    }
    BOOST_CHECK_EQUAL(machine_guid(), guid);
}

BOOST_AUTO_TEST_SUITE_END()
