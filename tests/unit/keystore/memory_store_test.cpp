// SPDX-License-Identifier: BSD-2-Clause
#include "csp/keystore/keystore.h"
#include "support/fault_check.h"

using namespace capishim;
using namespace capishim::csp;

BOOST_AUTO_TEST_SUITE(memory_store)

BOOST_AUTO_TEST_CASE(keeps_two_pairs_apart)
{
    const auto store = make_memory_store();
    BOOST_CHECK(!store->load(KeySpec::exchange));
    BOOST_CHECK(!store->remove(KeySpec::exchange));
    const StoredPair exchange{1, SecureBytes{1}, {}, true, false, {}};
    const StoredPair signature{2, SecureBytes{2}, {}, false, false, {}};
    store->save(KeySpec::exchange, exchange);
    store->save(KeySpec::signature, signature);
    BOOST_CHECK(store->load(KeySpec::exchange) == exchange);
    BOOST_CHECK(store->load(KeySpec::signature) == signature);
    BOOST_CHECK(store->remove(KeySpec::exchange));
    BOOST_CHECK(!store->load(KeySpec::exchange));
    BOOST_CHECK(store->load(KeySpec::signature) == signature);
}

BOOST_AUTO_TEST_CASE(has_a_unique_name_that_stays)
{
    const auto one = make_memory_store();
    const auto other = make_memory_store();
    BOOST_CHECK_EQUAL(one->unique_name().size(), 69u);
    BOOST_CHECK_EQUAL(one->unique_name(), one->unique_name());
    BOOST_CHECK_NE(one->unique_name(), other->unique_name());
}

// U-183
BOOST_AUTO_TEST_CASE(has_nobody_to_be_opened_to)
{
    CHECK_FAULT(make_memory_store()->security(4), Fault::bad_type);
    CHECK_FAULT(make_memory_store()->set_security(nullptr, 4), Fault::bad_type);
}

BOOST_AUTO_TEST_SUITE_END()
