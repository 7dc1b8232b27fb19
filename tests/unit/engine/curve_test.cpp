// SPDX-License-Identifier: BSD-2-Clause
// Elliptic curves: published agreements and signatures, every named curve, and parameters that
// nobody should trust.
#include "engine/curve.h"
#include "engine/hash.h"
#include "names.h"
#include "support/fault_check.h"
#include "support/vectors.h"

#include <boost/test/unit_test.hpp>
#include <thread>

using namespace capishim;
using namespace capishim::engine;
using namespace capishim_test;

namespace {

constexpr auto every_curve = static_cast<std::uint8_t>(CurveId::count);

template <class Test>
void for_each_curve(Test test)
{
    for (std::uint8_t id = 0; id < every_curve; ++id)
        BOOST_TEST_CONTEXT("curve " << int{id})
        {
            test(*curve(static_cast<CurveId>(id)));
        }
}

std::shared_ptr<const EcKey> shown(const EcKey& key)
{
    return key.curve().from_public(key.x(), key.y(), PointCheck::now);
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_curve)

BOOST_AUTO_TEST_CASE(agrees_with_published_secrets)
{
    for (const Vector& vector : read_vectors("ecdh.vec")) {
        BOOST_TEST_CONTEXT(vector.where())
        {
            const Curve& on = *curve(curve_id(vector.text("curve")));
            const auto key = on.from_private(vector.bytes("x"), vector.bytes("y"),
                                             vector.bytes("scalar"), PointCheck::now);
            const auto peer =
                on.from_public(vector.bytes("peer_x"), vector.bytes("peer_y"), PointCheck::now);
            BOOST_TEST(to_hex(key->agree(*peer)) == vector.text("secret"));
            const auto computed = on.from_private({}, {}, vector.bytes("scalar"), PointCheck::now);
            BOOST_TEST(to_hex(computed->x()) == vector.text("x"));
            BOOST_TEST(to_hex(computed->y()) == vector.text("y"));
            BOOST_TEST(to_hex(computed->scalar()) == vector.text("scalar"));
        }
    }
}

// RFC 6979 A.2.5, with the nonce that is printed there for "sample" and SHA-256
BOOST_AUTO_TEST_CASE(signs_with_a_given_nonce_as_published)
{
    const auto key =
        curve(CurveId::p256)
            ->from_private(
                {}, {},
                from_hex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721"),
                PointCheck::now);
    const auto hash = make_hash(HashId::sha256);
    Bytes digest(32);
    hash->update(ByteView(reinterpret_cast<const std::uint8_t*>("sample"), 6));
    hash->finish(digest.data());
    const Bytes nonce =
        from_hex("a6e3c57dd01abe90086538398355dd4c3b17aa873382b0f24d6129493d8aad60");
    const Bytes signature = key->sign_with_nonce(digest, nonce);
    BOOST_TEST(to_hex(signature) ==
               "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
               "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
    BOOST_TEST(shown(*key)->verify(digest, signature));
    CHECK_FAULT(key->sign_with_nonce(digest, Bytes(32)), Fault::bad_data);
    CHECK_FAULT(key->sign_with_nonce(digest, Bytes(32, 0xFF)), Fault::bad_data);
}

BOOST_AUTO_TEST_CASE(both_sides_of_generated_keys_agree_on_every_curve)
{
    for_each_curve([](const Curve& on) {
        const auto ours = on.generate();
        const auto theirs = on.generate();
        BOOST_TEST((&ours->curve() == &on));
        BOOST_TEST((ours->x() != theirs->x()));
        BOOST_TEST(ours->x().size() == on.size());
        BOOST_TEST(ours->y().size() == on.size());
        BOOST_TEST(ours->scalar().size() == on.order_size());
        const auto peer = shown(*theirs);
        BOOST_TEST(!peer->has_private());
        BOOST_TEST(to_hex(ours->agree(*peer)) == to_hex(theirs->agree(*ours)));
        BOOST_TEST(ours->agree(*peer).size() == on.size());
        CHECK_FAULT(peer->agree(*ours), Fault::no_private_key);
        CHECK_FAULT(peer->scalar(), Fault::no_private_key);
    });
    BOOST_TEST(curve(CurveId::p521)->size() == 66u);
    BOOST_TEST(curve(CurveId::p521)->bits() == 521u);
    BOOST_TEST(curve(CurveId::secp160r1)->order_size() == 21u);
    CHECK_FAULT(curve(CurveId::p256)->generate()->agree(*curve(CurveId::secp256k1)->generate()),
                Fault::invalid_parameter);
}

BOOST_AUTO_TEST_CASE(signatures_verify_on_every_curve_and_differ_each_time)
{
    for_each_curve([](const Curve& on) {
        const auto key = on.generate();
        if (!on.parameters()) {
            CHECK_FAULT(key->sign(Bytes(32)), Fault::not_supported);
            CHECK_FAULT(key->verify(Bytes(32), Bytes(64)), Fault::not_supported);
            return;
        }
        const auto peer = shown(*key);
        CHECK_FAULT(peer->sign(Bytes(32)), Fault::no_private_key);
        for (const std::size_t size : {1, 20, 32, 64, 200}) {
            const Bytes digest = sample(size);
            const Bytes signature = key->sign(digest);
            BOOST_TEST(signature.size() == 2 * on.order_size());
            BOOST_TEST(peer->verify(digest, signature));
            BOOST_TEST((signature != key->sign(digest))); // N-177
            Bytes other = signature;
            other[other.size() / 2] ^= 0x40;
            BOOST_TEST(!peer->verify(digest, other));
            Bytes changed = digest;
            changed[0] ^= 0x80;
            BOOST_TEST(!peer->verify(changed, signature));
        }
    });
}

BOOST_AUTO_TEST_CASE(signatures_out_of_range_do_not_verify)
{
    const Curve& on = *curve(CurveId::p256);
    const auto key = on.generate();
    const Bytes digest(32, 7);
    const Bytes good = key->sign(digest);
    const Bytes& order = on.parameters()->order;
    for (const std::size_t at : {0, 32}) {
        for (const Bytes& number : {Bytes(32), order, Bytes(32, 0xFF)}) {
            Bytes bad = good;
            std::ranges::copy(number, bad.begin() + static_cast<std::ptrdiff_t>(at));
            BOOST_TEST(!key->verify(digest, bad));
        }
    }
    for (const std::size_t size : {0, 1, 63, 65, 128})
        BOOST_TEST(!key->verify(digest, Bytes(size, 1)));
}

BOOST_AUTO_TEST_CASE(refuses_what_is_not_on_the_curve)
{
    for_each_curve([](const Curve& on) {
        if (!on.parameters())
            return;
        const auto key = on.generate();
        Bytes y = key->y();
        y.back() ^= 1;
        const auto now = PointCheck::now;
        CHECK_FAULT(on.from_public(key->x(), y, now), Fault::bad_data);
        CHECK_FAULT(on.from_private(key->x(), y, key->scalar(), now), Fault::bad_data);
        CHECK_FAULT(on.from_public(Bytes(on.size()), Bytes(on.size()), now), Fault::bad_data);
        CHECK_FAULT(on.from_public(Bytes(on.size(), 0xff), key->y(), now), Fault::bad_data);
        CHECK_FAULT(on.from_public(ByteView(key->x()).subspan(1), key->y(), now), Fault::bad_data);
        CHECK_FAULT(on.from_private({}, {}, Bytes(on.order_size()), now), Fault::bad_data);
        CHECK_FAULT(on.from_private({}, {}, on.parameters()->order, now), Fault::bad_data);
        CHECK_FAULT(on.from_private({}, {}, Bytes(on.order_size(), 0xff), now), Fault::bad_data);
    });
}

BOOST_AUTO_TEST_CASE(an_unchecked_point_is_looked_at_when_it_is_used)
{
    for_each_curve([](const Curve& on) {
        if (!on.parameters())
            return;
        const auto key = on.generate();
        Bytes y = key->y();
        y.back() ^= 1;
        const auto wrong = on.from_public(key->x(), y, PointCheck::at_use);
        BOOST_TEST((wrong->y() == y));
        CHECK_FAULT(key->agree(*wrong), Fault::bad_data);
        BOOST_TEST(!wrong->verify(Bytes(32, 7), key->sign(Bytes(32, 7))));
        const auto mixed = on.from_private(key->x(), y, key->scalar(), PointCheck::at_use);
        BOOST_TEST(to_hex(mixed->agree(*key)) == to_hex(key->agree(*key)));
        BOOST_TEST(!mixed->verify(Bytes(32, 7), mixed->sign(Bytes(32, 7))));
    });
}

BOOST_AUTO_TEST_CASE(many_threads_verify_with_one_key)
{
    for (const CurveId id : {CurveId::p256, CurveId::brainpool256t1}) {
        const auto key = curve(id)->generate();
        std::vector<std::thread> threads;
        std::atomic<int> verified = 0;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&, i] {
                const Bytes digest(32, static_cast<std::uint8_t>(i));
                for (int round = 0; round < 5; ++round)
                    verified += key->verify(digest, key->sign(digest));
            });
        for (std::thread& thread : threads)
            thread.join();
        BOOST_TEST(verified == 20);
    }
}

// ---- Parameters --------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(parameters_of_a_named_curve_give_that_curve)
{
    for_each_curve([](const Curve& on) {
        if (on.parameters())
            BOOST_TEST((make_curve(*on.parameters()).get() == &on));
    });
}

BOOST_AUTO_TEST_CASE(a_base_point_of_its_own_makes_a_curve_of_its_own)
{
    const Curve& named = *curve(CurveId::p256);
    const auto key = named.generate();
    CurveParameters parameters = *named.parameters();
    parameters.x = key->x();
    parameters.y = key->y();
    const CurvePointer ours = make_curve(parameters), theirs = make_curve(parameters);
    BOOST_TEST(!ours->id().has_value());
    BOOST_TEST(ours->is_same_as(*theirs));
    BOOST_TEST(!ours->is_same_as(named));
    const auto first = ours->generate(), second = theirs->generate();
    BOOST_TEST(to_hex(first->agree(*second)) == to_hex(second->agree(*first)));
    BOOST_TEST(first->verify(Bytes(32, 3), first->sign(Bytes(32, 3))));
    CHECK_FAULT(first->agree(*key), Fault::invalid_parameter);
}

BOOST_AUTO_TEST_CASE(unsound_parameters_are_refused)
{
    const CurveParameters sound = *curve(CurveId::p256)->parameters();
    const auto refused = [&](auto change) {
        CurveParameters parameters = sound;
        change(parameters);
        CHECK_FAULT(make_curve(parameters), Fault::bad_data);
    };
    for (Bytes CurveParameters::*const part :
         {&CurveParameters::prime, &CurveParameters::a, &CurveParameters::b, &CurveParameters::x,
          &CurveParameters::y, &CurveParameters::order}) {
        refused([&](CurveParameters& p) { (p.*part).back() ^= 1; });
        refused([&](CurveParameters& p) { (p.*part).back() ^= 2; });
        refused([&](CurveParameters& p) {
            (p.*part)[0] = 0;
            (p.*part).back() ^= 4;
        });
        refused([&](CurveParameters& p) { p.*part = Bytes(32, 0xFF); });
        if (part != &CurveParameters::a)
            refused([&](CurveParameters& p) { p.*part = Bytes(32); });
        refused([&](CurveParameters& p) { (p.*part).insert((p.*part).begin(), 1); });
    }
    refused([](CurveParameters& p) { p.order = p.prime; }); // anomalous
    refused([](CurveParameters& p) { p = {}; });
    // a small field: the curve of P-256's numbers below 2^61 - 1
    refused([](CurveParameters& p) {
        p = {from_hex("1fffffffffffffff"), Bytes(8), Bytes(8, 1), Bytes(8, 2), Bytes(8, 3),
             from_hex("1fffffffffffffff")};
    });
    // the curve of P-256 with the order of another one within Hasse's bound
    const CurveParameters other = *curve(CurveId::secp256k1)->parameters();
    refused([&](CurveParameters& p) { p.order = other.order; });
    // y^2 = x^3: no curve, though (1, 1) satisfies it
    refused([](CurveParameters& p) {
        p.a = p.b = Bytes(32);
        p.x = p.y = Bytes(32);
        p.x.back() = p.y.back() = 1;
    });
}

// ---- curve25519 --------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(curve25519_clamps_scalars_and_refuses_points_of_small_order)
{
    const Curve& on = *curve(CurveId::curve25519);
    BOOST_TEST(on.bits() == 255u);
    const auto key = on.from_private({}, {}, Bytes(32, 0xFF), PointCheck::now);
    BOOST_TEST(to_hex(key->scalar()) == "7f" + std::string(60, 'f') + "f8");
    BOOST_TEST(to_hex(key->y()) == std::string(64, '0'));
    Bytes one(32);
    for (const std::uint8_t u : {0, 1}) {
        one.back() = u;
        const auto peer = on.from_public(one, Bytes(32), PointCheck::now);
        CHECK_FAULT(key->agree(*peer), Fault::bad_data);
    }
    CHECK_FAULT(on.from_public(key->x(), key->x(), PointCheck::now), Fault::bad_data);
    CHECK_FAULT(on.from_public(Bytes(31), Bytes(32), PointCheck::now), Fault::bad_data);
    CHECK_FAULT(on.from_private(Bytes(32, 9), Bytes(32), key->scalar(), PointCheck::now),
                Fault::bad_data);
    CHECK_FAULT(on.from_private({}, {}, Bytes(31), PointCheck::now), Fault::bad_data);
}

BOOST_AUTO_TEST_SUITE_END()
