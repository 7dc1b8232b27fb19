// SPDX-License-Identifier: BSD-2-Clause
// Random bytes: threads and forked processes draw different ones.
#include "engine/random.h"
#include "names.h"
#include "support/child_process.h"
#include "support/vectors.h"

#include <boost/test/unit_test.hpp>
#include <set>
#include <thread>
#include <unistd.h>

using namespace capishim;
using namespace capishim::engine;
using namespace capishim_test;

namespace {

using Draw = std::array<std::uint8_t, 32>;

Draw draw()
{
    Draw bytes;
    random_bytes(bytes);
    return bytes;
}

/// What a child that is forked now draws first.
Draw draw_of_a_child()
{
    int ends[2];
    BOOST_REQUIRE(pipe(ends) == 0);
    const int answer = run_child([&] {
        alarm(30);
        const Draw bytes = draw();
        return write(ends[1], bytes.data(), bytes.size()) == 32 ? 0 : 1;
    });
    BOOST_REQUIRE_EQUAL(answer, 0);
    Draw bytes;
    BOOST_REQUIRE(read(ends[0], bytes.data(), bytes.size()) == 32);
    close(ends[0]);
    close(ends[1]);
    return bytes;
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_random)

BOOST_AUTO_TEST_CASE(fills_all_of_any_size)
{
    random_bytes({});
    for (const std::size_t size : {1u, 31u, 4096u, 65536u, 65537u, 300000u}) {
        std::vector<unsigned> seen(size);
        // A byte that stays zero through 16 draws was not filled: chance 2^-128 each.
        for (int round = 0; round < 16; ++round) {
            Bytes bytes(size);
            random_bytes(bytes);
            for (std::size_t i = 0; i < size; ++i)
                seen[i] |= bytes[i];
        }
        BOOST_TEST((std::ranges::find(seen, 0u) == seen.end()));
    }
}

BOOST_AUTO_TEST_CASE(never_draws_the_same_twice)
{
    std::set<Draw> drawn;
    for (int i = 0; i < 10000; ++i)
        drawn.insert(draw());
    BOOST_TEST(drawn.size() == 10000u);
}

BOOST_AUTO_TEST_CASE(threads_draw_different_bytes)
{
    std::vector<Draw> drawn(8);
    std::vector<std::thread> threads;
    for (Draw& place : drawn)
        threads.emplace_back([&place] { place = draw(); });
    for (std::thread& thread : threads)
        thread.join();
    BOOST_TEST(std::set<Draw>(drawn.begin(), drawn.end()).size() == drawn.size());
}

BOOST_AUTO_TEST_CASE(parent_and_children_draw_different_bytes)
{
    draw(); // the generator is there and seeded when it is duplicated
    std::set<Draw> drawn = {draw_of_a_child(), draw_of_a_child(), draw(), draw_of_a_child()};
    BOOST_TEST(drawn.size() == 4u);
}

BOOST_AUTO_TEST_CASE(a_program_that_closed_all_its_descriptors_still_draws)
{
    draw();
    BOOST_TEST(run_child([] {
                   alarm(30);
                   for (int descriptor = 0; descriptor < 256; ++descriptor)
                       close(descriptor);
                   return draw() != draw() ? 0 : 1;
               }) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
