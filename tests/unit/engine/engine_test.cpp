// SPDX-License-Identifier: BSD-2-Clause
// The engine as a whole: its name, and use while the process ends.
#include "engine/engine.h"
#include "engine/hash.h"
#include "engine/random.h"
#include "support/child_process.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <unistd.h>

using namespace capishim;
using namespace capishim::engine;
using namespace capishim_test;

BOOST_AUTO_TEST_SUITE(engine_as_a_whole)

BOOST_AUTO_TEST_CASE(is_named_after_the_botan_that_is_linked)
{
    BOOST_TEST(engine_name().starts_with("Botan "));
    BOOST_TEST((engine_name()[6] == '2' || engine_name()[6] == '3'));
}

BOOST_AUTO_TEST_CASE(works_in_exit_handlers)
{
    // A thread's own objects are gone when these run.
    BOOST_TEST(run_child([] {
                   alarm(30);
                   std::atexit([] {
                       std::array<std::uint8_t, 20> bytes = {};
                       random_bytes(bytes);
                       hash(HashId::sha1, {}, bytes.data());
                       _exit(bytes[0] == 0xda ? 42 : 1); // SHA-1 of nothing
                   });
                   std::array<std::uint8_t, 20> bytes;
                   random_bytes(bytes);
                   hash(HashId::sha1, {}, bytes.data());
                   std::exit(2);
                   return 3;
               }) == 42);
}

BOOST_AUTO_TEST_SUITE_END()
