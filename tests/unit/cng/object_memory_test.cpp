// SPDX-License-Identifier: BSD-2-Clause
// The caller's object memory: cng.md 0.7.
#include "cng/object_memory.h"
#include "support/fault_check.h"

#include <array>

using namespace capishim;
using namespace capishim::cng;

BOOST_AUTO_TEST_SUITE(cng_object_memory)

BOOST_AUTO_TEST_CASE(null_and_zero_lets_the_library_allocate)
{
    ObjectMemory memory(nullptr, 0, 100);
    memory.mark(1);
    memory.erase();
}

BOOST_AUTO_TEST_CASE(pointer_and_size_must_agree)
{
    std::array<std::uint8_t, 100> buffer{};
    CHECK_FAULT(ObjectMemory(nullptr, 100, 100), Fault::invalid_parameter);    // N-14
    CHECK_FAULT(ObjectMemory(buffer.data(), 0, 100), Fault::buffer_too_small); // N-15
    CHECK_FAULT(ObjectMemory(buffer.data(), 99, 100), Fault::buffer_too_small);
    CHECK_FAULT(ObjectMemory(buffer.data(), 100, 100), Fault::none);
}

BOOST_AUTO_TEST_CASE(a_marker_is_written_inside_at_any_alignment_and_erased)
{
    for (std::size_t offset = 0; offset < 8; ++offset) {
        std::array<std::uint8_t, 120> buffer;
        buffer.fill(0xAA);
        ObjectMemory memory(buffer.data() + offset, 100, 100);
        BOOST_TEST(std::ranges::count(buffer, 0xAA) == 120); // nothing before the handle exists
        memory.mark(0x123456);
        BOOST_TEST(std::ranges::count(buffer, 0xAA) < 120);
        memory.erase();
        for (std::size_t i = 0; i < buffer.size(); ++i) {
            const bool inside = i >= offset && i < offset + 100;
            BOOST_TEST((buffer[i] == 0xAA || (inside && buffer[i] == 0)));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
