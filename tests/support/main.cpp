// SPDX-License-Identifier: BSD-2-Clause
// The main program of every Boost.Test executable.
#define BOOST_TEST_MODULE capishim
#define BOOST_TEST_ALTERNATIVE_INIT_API
#define BOOST_TEST_NO_MAIN
#include "support/process.h"

#include <boost/test/included/unit_test.hpp>

int main(int count, char** arguments)
{
    capishim_test::be_another_process(count, arguments);
    return boost::unit_test::unit_test_main(&init_unit_test, count, arguments);
}
