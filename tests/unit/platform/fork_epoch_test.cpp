// SPDX-License-Identifier: BSD-2-Clause
#include "platform/fork_epoch.h"
#include "support/child_process.h"

#include <boost/test/unit_test.hpp>
#include <sys/syscall.h>
#include <thread>
#include <vector>

using capishim::platform::fork_epoch;
using capishim_test::run_child;

BOOST_AUTO_TEST_SUITE(fork_epoch_of_a_process)

BOOST_AUTO_TEST_CASE(stays_the_same_within_a_process)
{
    const auto here = fork_epoch();
    BOOST_CHECK_NE(here, 0u);
    std::uint64_t seen = 0;
    std::thread([&] { seen = fork_epoch(); }).join();
    BOOST_CHECK_EQUAL(seen, here);
}

BOOST_AUTO_TEST_CASE(differs_in_child_and_grandchild)
{
    const auto here = fork_epoch();
    const auto differs_in_both = [&] {
        const auto child = fork_epoch();
        if (child == here)
            return 1;
        return run_child([&] { return fork_epoch() == child || fork_epoch() == here; });
    };
    BOOST_CHECK_EQUAL(run_child(differs_in_both), 0);
    BOOST_CHECK_EQUAL(fork_epoch(), here);
}

BOOST_AUTO_TEST_CASE(differs_in_a_grandchild_whose_parent_never_asked)
{
    const auto here = fork_epoch();
    BOOST_CHECK_EQUAL(run_child([&] { return run_child([&] { return fork_epoch() == here; }); }),
                      0);
}

#ifdef __linux__
BOOST_AUTO_TEST_CASE(differs_in_a_child_of_the_bare_system_call)
{
    const auto here = fork_epoch();
    const auto child = static_cast<pid_t>(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
    if (child == 0)
        _exit(fork_epoch() == here);
    BOOST_CHECK_EQUAL(capishim_test::answer_of(child), 0);
}
#endif

BOOST_AUTO_TEST_CASE(is_one_number_for_all_threads_of_a_child)
{
    fork_epoch();
    const auto threads_agree = [] {
        std::vector<std::uint64_t> seen(8);
        std::vector<std::thread> threads;
        for (auto& epoch : seen)
            threads.emplace_back([&epoch] { epoch = fork_epoch(); });
        for (auto& thread : threads)
            thread.join();
        for (const auto epoch : seen)
            if (epoch != fork_epoch())
                return 1;
        return 0;
    };
    for (int i = 0; i < 20; ++i)
        BOOST_CHECK_EQUAL(run_child(threads_agree), 0);
}

BOOST_AUTO_TEST_SUITE_END()
