// SPDX-License-Identifier: BSD-2-Clause
// Bytes, buffers that wipe themselves, the size protocol, the table of faults.
#include "base/out_buffer.h"
#include "base/row.h"
#include "base/secure_bytes.h"
#include "support/fault_check.h"

#include <boost/test/unit_test.hpp>

using namespace capishim;

namespace {

using OnFailure = OutBuffer::OnFailure;

} // namespace

BOOST_AUTO_TEST_SUITE(LittleEndian)

BOOST_AUTO_TEST_CASE(reads_back_what_was_written)
{
    Bytes bytes;
    LittleEndianWriter writer(bytes);
    writer.u8(0x01);
    writer.u16(0x0302);
    writer.u32(0x07060504);
    writer.u64(0x0F0E0D0C0B0A0908);
    for (std::size_t i = 0; i < bytes.size(); ++i)
        BOOST_CHECK_EQUAL(bytes[i], i + 1);
    LittleEndianReader reader(bytes);
    BOOST_CHECK_EQUAL(reader.u8(), 0x01);
    BOOST_CHECK_EQUAL(reader.u16(), 0x0302);
    BOOST_CHECK_EQUAL(reader.u32(), 0x07060504u);
    BOOST_CHECK_EQUAL(reader.u64(), 0x0F0E0D0C0B0A0908u);
    BOOST_CHECK_EQUAL(reader.remaining(), 0u);
}

BOOST_AUTO_TEST_CASE(running_short_is_bad_data)
{
    const Bytes bytes(3);
    CHECK_FAULT(LittleEndianReader(bytes).u32(), Fault::bad_data);
    CHECK_FAULT(LittleEndianReader(bytes).bytes(SIZE_MAX), Fault::bad_data);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(SizeProtocol)

BOOST_AUTO_TEST_CASE(a_null_buffer_asks_for_the_size)
{
    std::uint32_t length = 77;
    OutBuffer out(nullptr, &length, OnFailure::zero_length);
    BOOST_CHECK(!out.offer(5));
    BOOST_CHECK_EQUAL(length, 5u);
}

BOOST_AUTO_TEST_CASE(a_small_buffer_is_told_the_size_and_left_alone)
{
    Bytes data(4, 9);
    std::uint32_t length = 4;
    const Bytes answer(5, 1);
    CHECK_FAULT(OutBuffer(data.data(), &length, OnFailure::zero_length).write(answer),
                Fault::buffer_too_small);
    BOOST_CHECK_EQUAL(length, 5u);
    BOOST_CHECK_EQUAL(data[0], 9);
}

BOOST_AUTO_TEST_CASE(a_larger_buffer_is_told_what_was_written)
{
    Bytes data(4, 9);
    std::uint32_t length = 4;
    OutBuffer(data.data(), &length, OnFailure::zero_length).write(Bytes{1, 2});
    BOOST_CHECK_EQUAL(length, 2u);
    BOOST_CHECK_EQUAL(data[1], 2);
    BOOST_CHECK_EQUAL(data[2], 9);
}

BOOST_AUTO_TEST_CASE(an_answer_that_never_came_leaves_0_or_the_length)
{
    Bytes data(4);
    std::uint32_t length = 4;
    {
        OutBuffer out(data.data(), &length, OnFailure::keep_length);
    }
    BOOST_CHECK_EQUAL(length, 4u);
    {
        OutBuffer out(data.data(), &length, OnFailure::zero_length);
    }
    BOOST_CHECK_EQUAL(length, 0u);
}

BOOST_AUTO_TEST_CASE(an_enumeration_that_ended_leaves_the_length)
{
    Bytes data(4);
    std::uint32_t length = 4;
    OutBuffer(data.data(), &length, OnFailure::zero_length).leave_length();
    BOOST_CHECK_EQUAL(length, 4u);
}

BOOST_AUTO_TEST_CASE(a_size_beyond_32_bits_is_refused)
{
    std::uint32_t length = 4;
    CHECK_FAULT(
        OutBuffer(nullptr, &length, OnFailure::keep_length).offer(std::size_t{UINT32_MAX} + 1),
        Fault::bad_length);
    BOOST_CHECK_EQUAL(length, 4u);
}

BOOST_AUTO_TEST_CASE(a_null_length_is_an_invalid_parameter)
{
    CHECK_FAULT(OutBuffer(nullptr, nullptr, OnFailure::keep_length), Fault::invalid_parameter);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(Secrets)

BOOST_AUTO_TEST_CASE(wipe_overwrites)
{
    Bytes bytes(100, 0xAA);
    wipe(bytes);
    BOOST_CHECK(bytes == Bytes(100));
}

BOOST_AUTO_TEST_CASE(comparison_sees_every_byte_and_the_length)
{
    const Bytes one = {1, 2, 3};
    BOOST_CHECK(constant_time_equal(one, Bytes{1, 2, 3}));
    BOOST_CHECK(!constant_time_equal(one, Bytes{0, 2, 3}));
    BOOST_CHECK(!constant_time_equal(one, Bytes{1, 2, 4}));
    BOOST_CHECK(!constant_time_equal(one, Bytes{1, 2}));
    BOOST_CHECK(constant_time_equal({}, {}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(Tables)

BOOST_AUTO_TEST_CASE(every_fault_has_its_own_row_and_only_none_is_success)
{
    for (unsigned i = 0; i < static_cast<unsigned>(Fault::count); ++i) {
        const FaultRow& row = fault_row(static_cast<Fault>(i));
        BOOST_CHECK(row.fault == static_cast<Fault>(i));
        BOOST_CHECK_EQUAL(row.win32 == 0, row.fault == Fault::none);
        BOOST_CHECK_EQUAL(row.ntstatus == 0, row.fault == Fault::none);
    }
}

BOOST_AUTO_TEST_CASE(a_providers_own_code_goes_through_whether_a_row_has_it_or_not)
{
    const std::uint32_t of_a_row = fault_row(Fault::bad_key).win32;
    const Outcome named = Error(Outcome{Fault::provider_failed, of_a_row}).outcome();
    BOOST_CHECK_EQUAL(named.win32(), of_a_row);
    BOOST_CHECK_EQUAL(named.win32_name(), "NTE_BAD_KEY");
    const Outcome unnamed{Fault::provider_failed, 0xFFFFFFFF};
    BOOST_CHECK(!unnamed.succeeded());
    BOOST_CHECK_EQUAL(unnamed.win32(), 0xFFFFFFFF);
    BOOST_CHECK(unnamed.win32_name() == nullptr);
    BOOST_CHECK_EQUAL((Outcome{Fault::bad_hash, 1}.win32()), fault_row(Fault::bad_hash).win32);
}

BOOST_AUTO_TEST_CASE(rows_are_found_by_their_key)
{
    struct Row {
        int key;
        char value;
    };
    static constexpr Row rows[] = {{1, 'a'}, {3, 'b'}, {7, 'c'}};
    static_assert(sorted_by(rows, &Row::key));
    BOOST_CHECK_EQUAL(find_row(rows, &Row::key, 3)->value, 'b');
    BOOST_CHECK(find_row(rows, &Row::key, 0) == nullptr);
    BOOST_CHECK(find_row(rows, &Row::key, 4) == nullptr);
    BOOST_CHECK(find_row(rows, &Row::key, 8) == nullptr);
    static constexpr Row twice[] = {{1, 'a'}, {1, 'b'}};
    static_assert(!sorted_by(twice, &Row::key));
}

BOOST_AUTO_TEST_SUITE_END()
