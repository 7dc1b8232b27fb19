// SPDX-License-Identifier: BSD-2-Clause
// The handle table by itself: what a value means, who may end an object, and when it dies.
#include "handle/handle_table.h"
#include "support/fault_check.h"

#include <boost/test/unit_test.hpp>
#include <unordered_set>

namespace {

struct Thing {
    explicit Thing(int* deaths) : deaths_(deaths) {}
    ~Thing() { ++*deaths_; }
    int* deaths_;
};
struct OtherThing {};
struct Place {};
struct Digest {};

} // namespace

namespace capishim::handle {
template <>
inline constexpr Kind kind_of<Thing> = Kind::key;
template <>
inline constexpr Kind kind_of<OtherThing> = Kind::cng_key;
template <>
inline constexpr Kind kind_of<Place> = Kind::context;
template <>
inline constexpr Kind kind_of<Digest> = Kind::hash;
} // namespace capishim::handle

using namespace capishim;
using namespace capishim::handle;

namespace {

struct Fixture {
    int deaths = 0;
    Handle make(std::shared_ptr<Family> family = {})
    {
        return handles().issue(std::make_shared<Thing>(&deaths), std::move(family));
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(HandleTable, Fixture)

BOOST_AUTO_TEST_CASE(pins_what_was_issued)
{
    const Handle handle = make();
    BOOST_CHECK(handles().pin<Thing>(handle)->deaths_ == &deaths);
    handles().retire<Thing>(handle);
    BOOST_CHECK_EQUAL(deaths, 1);
}

BOOST_AUTO_TEST_CASE(refuses_zero_garbage_and_small_numbers)
{
    for (const std::uintptr_t value :
         {std::uintptr_t{0}, std::uintptr_t{1}, std::uintptr_t{0x1A1}, std::uintptr_t{0xdeadbeef},
          ~std::uintptr_t{0}, reinterpret_cast<std::uintptr_t>(&deaths)})
        CHECK_FAULT(handles().pin<Thing>({value}), Fault::stale_handle);
}

BOOST_AUTO_TEST_CASE(refuses_a_value_with_any_bit_changed)
{
    const Handle handle = make();
    for (unsigned bit = 0; bit < 8 * sizeof handle.value; ++bit) {
        const Handle changed{handle.value ^ std::uintptr_t{1} << bit};
        CHECK_FAULT(handles().pin<Thing>(changed), Fault::stale_handle);
    }
    handles().retire<Thing>(handle);
}

BOOST_AUTO_TEST_CASE(tells_a_live_handle_of_another_kind)
{
    const Handle handle = make();
    const Handle context = handles().issue(std::make_shared<Place>());
    CHECK_FAULT(handles().pin<OtherThing>(handle), Fault::wrong_kind);
    CHECK_FAULT(handles().retire<OtherThing>(handle), Fault::wrong_kind);
    CHECK_FAULT(handles().pin<Thing>(context), Fault::wrong_kind);
    CHECK_FAULT(handles().pin<Place>(handle), Fault::wrong_kind);
    handles().retire<Thing>(handle);
    handles().retire<Place>(context);
}

BOOST_AUTO_TEST_CASE(a_second_retire_finds_nothing)
{
    const Handle handle = make();
    handles().retire<Thing>(handle);
    CHECK_FAULT(handles().retire<Thing>(handle), Fault::stale_handle);
    CHECK_FAULT(handles().pin<Thing>(handle), Fault::stale_handle);
    BOOST_CHECK_EQUAL(deaths, 1);
}

BOOST_AUTO_TEST_CASE(a_pinned_object_is_in_use)
{
    const Handle handle = make();
    {
        const auto pin = handles().pin<Thing>(handle);
        CHECK_FAULT(handles().retire<Thing>(handle), Fault::in_use);
        BOOST_CHECK_EQUAL(deaths, 0);
    }
    handles().retire<Thing>(handle);
    BOOST_CHECK_EQUAL(deaths, 1);
}

BOOST_AUTO_TEST_CASE(retired_when_idle_the_object_goes_with_its_last_pin)
{
    const Handle handle = make();
    {
        const auto first = handles().pin<Thing>(handle);
        const auto second = handles().pin<Thing>(handle);
        handles().retire_when_idle<Thing>(handle);
        CHECK_FAULT(handles().pin<Thing>(handle), Fault::stale_handle);
        BOOST_CHECK_EQUAL(deaths, 0);
    }
    BOOST_CHECK_EQUAL(deaths, 1);
}

BOOST_AUTO_TEST_CASE(shared_objects_outlive_their_handle)
{
    const Handle handle = make();
    const std::shared_ptr<Thing> kept = handles().pin<Thing>(handle).share();
    handles().retire<Thing>(handle);
    BOOST_CHECK_EQUAL(deaths, 0);
}

BOOST_AUTO_TEST_CASE(ending_a_family_orphans_its_keys_once)
{
    const auto family = std::make_shared<Family>();
    const Handle handle = make(family);
    BOOST_CHECK_EQUAL(family->size(), 1u);
    handles().end_family(*family);
    BOOST_CHECK_EQUAL(deaths, 1);
    CHECK_FAULT(handles().pin<Thing>(handle), Fault::context_released);
    CHECK_FAULT(handles().pin<Thing>(handle), Fault::context_released);
    CHECK_FAULT(handles().retire<Thing>(handle), Fault::context_released);
    CHECK_FAULT(handles().retire<Thing>(handle), Fault::stale_handle);
    CHECK_FAULT(make(family), Fault::context_released);
    BOOST_CHECK_EQUAL(deaths, 2);
}

BOOST_AUTO_TEST_CASE(ending_a_family_ends_its_hashes_without_an_epitaph)
{
    const auto family = std::make_shared<Family>();
    const Handle handle = handles().issue(std::make_shared<Digest>(), family);
    handles().end_family(*family);
    CHECK_FAULT(handles().pin<Digest>(handle), Fault::stale_handle);
    CHECK_FAULT(handles().retire<Digest>(handle), Fault::stale_handle);
}

BOOST_AUTO_TEST_CASE(a_call_in_flight_keeps_an_orphan_until_it_returns)
{
    const auto family = std::make_shared<Family>();
    const Handle handle = make(family);
    {
        const auto pin = handles().pin<Thing>(handle);
        handles().end_family(*family);
        BOOST_CHECK_EQUAL(deaths, 0);
        CHECK_FAULT(handles().retire<Thing>(handle), Fault::context_released);
        BOOST_CHECK(pin->deaths_ == &deaths);
    }
    BOOST_CHECK_EQUAL(deaths, 1);
    CHECK_FAULT(handles().retire<Thing>(handle), Fault::stale_handle);
}

BOOST_AUTO_TEST_CASE(a_family_forgets_children_in_any_order)
{
    const auto family = std::make_shared<Family>();
    std::vector<Handle> children;
    for (int i = 0; i < 100; ++i)
        children.push_back(make(family));
    for (const std::size_t i : {0u, 99u, 50u, 1u, 98u})
        handles().retire<Thing>(children[i]);
    BOOST_CHECK_EQUAL(family->size(), 95u);
    handles().end_family(*family);
    BOOST_CHECK_EQUAL(deaths, 100);
}

BOOST_AUTO_TEST_CASE(the_last_65536_orphans_keep_their_epitaph)
{
    constexpr std::size_t count = NumberFormat::wide ? 65536 + 1000 : 16384 + 1000;
    constexpr std::size_t kept = NumberFormat::wide ? 65536 : 16384;
    const auto family = std::make_shared<Family>();
    std::vector<Handle> children;
    for (std::size_t i = 0; i < count; ++i)
        children.push_back(make(family));
    handles().end_family(*family);
    CHECK_FAULT(handles().pin<Thing>(children[count - kept]), Fault::context_released);
    CHECK_FAULT(handles().pin<Thing>(children.back()), Fault::context_released);
    CHECK_FAULT(handles().pin<Thing>(children.front()), Fault::stale_handle);
}

BOOST_AUTO_TEST_CASE(a_stale_key_value_does_not_come_back_within_10_million)
{
    const Handle stale = make();
    handles().retire<Thing>(stale);
    bool came_back = false;
    for (int i = 0; i < 10'000'000; ++i) {
        const Handle handle = make();
        came_back |= handle == stale;
        handles().retire<Thing>(handle);
    }
    BOOST_CHECK(!came_back);
    CHECK_FAULT(handles().pin<Thing>(stale), Fault::stale_handle);
}

BOOST_AUTO_TEST_CASE(a_stale_context_value_does_not_come_back_within_30_thousand)
{
    std::unordered_set<std::uintptr_t> seen;
    for (int i = 0; i < 30'000; ++i) {
        const Handle handle = handles().issue(std::make_shared<Place>());
        BOOST_REQUIRE(seen.insert(handle.value).second);
        handles().retire<Place>(handle);
    }
}

BOOST_AUTO_TEST_CASE(context_values_are_readable_and_not_null_live_or_stale)
{
    const Handle handle = handles().issue(std::make_shared<Place>());
    BOOST_CHECK(*reinterpret_cast<void**>(handle.value) != nullptr);
    handles().retire<Place>(handle);
    BOOST_CHECK(*reinterpret_cast<void**>(handle.value) != nullptr);
    CHECK_FAULT(handles().pin<Place>(handle), Fault::stale_handle);
    CHECK_FAULT(handles().pin<Place>({handle.value + 1}), Fault::stale_handle);
}

BOOST_AUTO_TEST_CASE(issues_no_value_that_a_pseudo_handle_could_have)
{
    const Handle handle = make();
    BOOST_CHECK(handle.value > 0x10000);
    handles().retire<Thing>(handle);
}

BOOST_AUTO_TEST_CASE(lists_live_handles_with_the_call_that_made_them)
{
    current_maker() = {"CryptGenKey", 12};
    const Handle handle = make();
    const auto live = handles().live_handles();
    const auto found = std::ranges::find(live, handle, &LiveHandle::handle);
    BOOST_REQUIRE(found != live.end());
    BOOST_CHECK_EQUAL(found->maker.call, "CryptGenKey");
    BOOST_CHECK_EQUAL(found->maker.number, 12u);
    BOOST_CHECK_EQUAL(handles().describe(handle).substr(0, 4), "key ");
    handles().retire<Thing>(handle);
    const auto left = handles().live_handles();
    BOOST_CHECK(std::ranges::find(left, handle, &LiveHandle::handle) == left.end());
}

BOOST_AUTO_TEST_SUITE_END()
