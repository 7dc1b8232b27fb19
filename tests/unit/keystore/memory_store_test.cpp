// SPDX-License-Identifier: BSD-2-Clause
#include "csp/keystore/keystore.h"

#include <boost/test/unit_test.hpp>

using namespace capishim;
using namespace capishim::csp;

BOOST_AUTO_TEST_SUITE(memory_store)

BOOST_AUTO_TEST_CASE(keeps_two_pairs_apart)
{
    const auto store = make_memory_store();
    BOOST_CHECK(!store->load(KeySpec::exchange));
    BOOST_CHECK(!store->remove(KeySpec::exchange));
    const StoredPair exchange{SecureBytes{1}, true, false, {}};
    const StoredPair signature{SecureBytes{2}, false, false, {}};
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

BOOST_AUTO_TEST_SUITE_END()
