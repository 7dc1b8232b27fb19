// SPDX-License-Identifier: BSD-2-Clause
// The main program of every Boost.Test executable.
#define BOOST_TEST_MODULE capishim
#include <boost/test/included/unit_test.hpp>
