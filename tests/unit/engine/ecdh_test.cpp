// SPDX-License-Identifier: BSD-2-Clause
// ECDH on the NIST curves: published agreements, and points that aren't on the curve.
#include "engine/ecdh.h"
#include "names.h"
#include "support/fault_check.h"
#include "support/vectors.h"

#include <boost/test/unit_test.hpp>

using namespace capishim;
using namespace capishim::engine;
using namespace capishim_test;

BOOST_AUTO_TEST_SUITE(engine_ecdh)

BOOST_AUTO_TEST_CASE(agrees_with_published_secrets)
{
    for (const Vector& vector : read_vectors("ecdh.vec")) {
        BOOST_TEST_CONTEXT(vector.where())
        {
            const CurveId id = curve_id(vector.text("curve"));
            const auto key = EcKey::from_private(id, vector.bytes("x"), vector.bytes("y"),
                                                 vector.bytes("scalar"));
            const auto peer =
                EcKey::from_public(id, vector.bytes("peer_x"), vector.bytes("peer_y"));
            BOOST_TEST(to_hex(key->agree(*peer)) == vector.text("secret"));
            const auto computed = EcKey::from_private(id, {}, {}, vector.bytes("scalar"));
            BOOST_TEST(to_hex(computed->x()) == vector.text("x"));
            BOOST_TEST(to_hex(computed->y()) == vector.text("y"));
            BOOST_TEST(to_hex(computed->scalar()) == vector.text("scalar"));
        }
    }
}

BOOST_AUTO_TEST_CASE(both_sides_of_generated_keys_agree)
{
    for (const CurveId id : {CurveId::p256, CurveId::p384, CurveId::p521}) {
        const auto ours = EcKey::generate(id);
        const auto theirs = EcKey::generate(id);
        BOOST_TEST((ours->curve() == id));
        BOOST_TEST((ours->x() != theirs->x()));
        BOOST_TEST(ours->x().size() == curve_size(id));
        BOOST_TEST(ours->scalar().size() == curve_size(id));
        const auto shown = EcKey::from_public(id, theirs->x(), theirs->y());
        BOOST_TEST(!shown->has_private());
        BOOST_TEST(to_hex(ours->agree(*shown)) == to_hex(theirs->agree(*ours)));
        CHECK_FAULT(shown->agree(*ours), Fault::no_private_key);
        CHECK_FAULT(shown->scalar(), Fault::no_private_key);
    }
    BOOST_TEST(curve_size(CurveId::p521) == 66u);
    BOOST_TEST(curve_bits(CurveId::p521) == 521u);
}

BOOST_AUTO_TEST_CASE(refuses_what_is_not_on_the_curve)
{
    for (const CurveId id : {CurveId::p256, CurveId::p384, CurveId::p521}) {
        const auto key = EcKey::generate(id);
        Bytes y = key->y();
        y.back() ^= 1;
        CHECK_FAULT(EcKey::from_public(id, key->x(), y), Fault::bad_data);
        CHECK_FAULT(EcKey::from_private(id, key->x(), y, key->scalar()), Fault::bad_data);
        CHECK_FAULT(EcKey::from_public(id, Bytes(curve_size(id)), Bytes(curve_size(id))),
                    Fault::bad_data);
        CHECK_FAULT(EcKey::from_public(id, Bytes(curve_size(id), 0xff), key->y()), Fault::bad_data);
        CHECK_FAULT(EcKey::from_public(id, ByteView(key->x()).subspan(1), key->y()),
                    Fault::bad_data);
        CHECK_FAULT(EcKey::from_private(id, {}, {}, Bytes(curve_size(id))), Fault::bad_data);
        CHECK_FAULT(EcKey::from_private(id, {}, {}, Bytes(curve_size(id), 0xff)), Fault::bad_data);
    }
    CHECK_FAULT(EcKey::generate(CurveId::p256)->agree(*EcKey::generate(CurveId::p384)),
                Fault::invalid_parameter);
}

BOOST_AUTO_TEST_SUITE_END()
