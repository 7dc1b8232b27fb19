// SPDX-License-Identifier: BSD-2-Clause
// DH and DSA: groups that are made and groups that are refused, and keys in them.
#include "engine/dh.h"
#include "engine/dsa.h"
#include "engine/hash.h"
#include "support/fault_check.h"

#include <boost/test/unit_test.hpp>

using namespace capishim;
using namespace capishim::engine;

BOOST_AUTO_TEST_SUITE(engine_finite_field)

BOOST_AUTO_TEST_CASE(DH_groups_have_the_length_that_was_asked_for)
{
    for (const std::size_t bits : {512, 768, 1024, 1536, 2048, 3072, 4096}) {
        const DhGroup group = make_dh_group(bits);
        BOOST_TEST(group.bits() == bits);
        BOOST_TEST(group.prime.size() == bits / 8);
        BOOST_TEST(group.generator.size() == bits / 8);
        check_group(group);
    }
    BOOST_TEST((make_dh_group(1024) == make_dh_group(1024)));
    BOOST_TEST((make_dh_group(512) != make_dh_group(512)));
}

BOOST_AUTO_TEST_CASE(DH_keys_agree_from_both_sides)
{
    const DhGroup group = make_dh_group(768);
    const auto ours = DhKey::generate(group), theirs = DhKey::generate(group);
    BOOST_TEST((ours->public_value() != theirs->public_value()));
    const auto shown = DhKey::from_public(group, ours->public_value(), true);
    BOOST_TEST((ours->agree(*theirs) == theirs->agree(*shown)));
    CHECK_FAULT(shown->agree(*theirs), Fault::no_private_key);
    CHECK_FAULT(shown->secret(), Fault::no_private_key);
    CHECK_FAULT(ours->agree(*DhKey::generate(make_dh_group(1024))), Fault::invalid_parameter);
    const auto again = DhKey::from_private(group, {}, ours->secret(), true);
    BOOST_TEST((again->public_value() == ours->public_value()));
}

BOOST_AUTO_TEST_CASE(DH_groups_of_no_use_are_refused)
{
    const DhGroup good = make_dh_group(768);
    DhGroup even = good, led_by_zero = good, short_generator = good, unit = good, none;
    even.prime.back() ^= 1;
    led_by_zero.prime.front() = 0;
    short_generator.generator.pop_back();
    unit.generator.back() = 1;
    for (const DhGroup& group : {even, led_by_zero, short_generator, unit, none}) {
        CHECK_FAULT(check_group(group), Fault::bad_data);
        CHECK_FAULT(DhKey::generate(group), Fault::bad_data);
    }
}

BOOST_AUTO_TEST_CASE(groups_that_are_made_verify_and_others_do_not)
{
    const DsaGroup made = make_dsa_group(512);
    BOOST_TEST(verify_group(made));
    DsaGroup unknown = made, other_count = made, other_seed = made, short_seed = made,
             composite = made;
    unknown.counter = DsaGroup::unknown_counter;
    other_count.counter += 1;
    other_seed.seed[7] ^= 1;
    short_seed.seed.pop_back();
    composite.prime.back() ^= 2;
    BOOST_TEST(verify_group(unknown));
    for (const DsaGroup& group : {other_count, other_seed, short_seed, composite})
        BOOST_TEST(!verify_group(group));

    const DhGroup group = make_dh_group(768);
    BOOST_TEST(verify_group(group, {}));
    BOOST_TEST(!verify_group(group, Bytes{1}));
    BOOST_TEST(!verify_group(group, Bytes{3}));
    BOOST_TEST(verify_group(DhGroup{made.prime, made.generator}, made.order));
    DhGroup not_prime = group;
    not_prime.prime.back() ^= 2;
    BOOST_TEST(!verify_group(not_prime, {}));
}

BOOST_AUTO_TEST_CASE(DSA_parameters_come_from_their_seed)
{
    const DsaGroup group = make_dsa_group(512);
    BOOST_TEST((group.standard == DsaStandard::fips186_2));
    BOOST_TEST(group.bits() == 512u);
    BOOST_TEST(group.counter < 4096u);
    check_group(group, true);
    // FIPS 186-2 appendix 2.2, steps 1 to 3: q is SHA-1(seed) xor SHA-1(seed + 1), its ends set
    Bytes next = group.seed, first(20), second(20);
    for (std::size_t i = next.size(); i-- > 0 && ++next[i] == 0;) {
    }
    hash(HashId::sha1, group.seed, first.data());
    hash(HashId::sha1, next, second.data());
    for (std::size_t i = 0; i < 20; ++i)
        first[i] = static_cast<std::uint8_t>(first[i] ^ second[i]);
    first.front() |= 0x80;
    first.back() |= 1;
    BOOST_TEST((first == group.order));
}

BOOST_AUTO_TEST_CASE(longer_DSA_parameters_follow_the_later_standard)
{
    const DsaGroup group = make_dsa_group(1088);
    BOOST_TEST((group.standard == DsaStandard::fips186_3));
    BOOST_TEST((group.hash == DsaHash::sha256));
    BOOST_TEST(group.bits() == 1088u);
    check_group(group, true);
    Bytes digest(32); // FIPS 186-4 A.1.1.2: q is SHA-256(seed), its ends set
    hash(HashId::sha256, group.seed, digest.data());
    digest.front() |= 0x80;
    digest.back() |= 1;
    BOOST_TEST((digest == group.order));
    CHECK_FAULT(make_dsa_group(3136), Fault::bad_length);
}

BOOST_AUTO_TEST_CASE(DSA_signs_and_verifies)
{
    const DsaGroup group = make_dsa_group(512);
    const auto key = DsaKey::generate(group);
    const auto shown = DsaKey::from_public(group, key->public_value(), true);
    Bytes digest(20, 7);
    const Bytes signature = key->sign(digest);
    BOOST_TEST(signature.size() == 40u);
    BOOST_TEST(shown->verify(digest, signature));
    digest[0] ^= 1;
    BOOST_TEST(!shown->verify(digest, signature));
    CHECK_FAULT(shown->sign(digest), Fault::no_private_key);
    const auto again = DsaKey::from_private(group, key->public_value(), key->secret(), true);
    BOOST_TEST(again->verify(digest, again->sign(digest)));
}

BOOST_AUTO_TEST_SUITE_END()
