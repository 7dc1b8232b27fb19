// SPDX-License-Identifier: BSD-2-Clause
// The gate in front of a registered provider's context: one releases, after all have left.
#include "advapi/foreign/gate.h"

#include <boost/test/unit_test.hpp>
#include <thread>
#include <vector>

using capishim::advapi::Gate;

BOOST_AUTO_TEST_SUITE(a_gate)

BOOST_AUTO_TEST_CASE(lets_in_until_it_is_closed)
{
    Gate gate;
    BOOST_CHECK(gate.enter());
    BOOST_CHECK(!gate.leave());
    gate.close();
    BOOST_CHECK(gate.closed());
    BOOST_CHECK(!gate.enter());
    BOOST_CHECK(gate.leave()); // the one that opened it
}

BOOST_AUTO_TEST_CASE(tells_the_last_that_leaves)
{
    Gate gate;
    BOOST_CHECK(gate.enter() && gate.enter());
    gate.close();
    BOOST_CHECK(!gate.leave());
    BOOST_CHECK(!gate.leave());
    BOOST_CHECK(gate.leave());
}

BOOST_AUTO_TEST_CASE(has_one_last_among_many_threads)
{
    for (int round = 0; round < 200; ++round) {
        Gate gate;
        std::atomic<int> last{0}, inside{0};
        std::atomic<bool> someone_was_inside{false};
        std::vector<std::thread> threads;
        const auto leave = [&] {
            --inside;
            if (gate.leave()) {
                ++last;
                someone_was_inside = inside != 0;
            }
        };
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                while (gate.enter()) {
                    ++inside;
                    leave();
                }
            });
        ++inside; // who opened it
        gate.close();
        leave();
        for (std::thread& thread : threads)
            thread.join();
        BOOST_CHECK_EQUAL(last.load(), 1);
        BOOST_CHECK(!someone_was_inside);
    }
}

BOOST_AUTO_TEST_SUITE_END()
