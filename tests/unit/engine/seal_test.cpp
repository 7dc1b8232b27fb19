// SPDX-License-Identifier: BSD-2-Clause
// Sealed boxes open with their key and context, unchanged, and in no other way.
#include "engine/seal.h"
#include "names.h"
#include "support/fault_check.h"
#include "support/vectors.h"

#include <boost/test/unit_test.hpp>

using namespace capishim;
using namespace capishim::engine;
using namespace capishim_test;

BOOST_AUTO_TEST_SUITE(engine_seal)

BOOST_AUTO_TEST_CASE(opens_what_was_sealed)
{
    const Bytes key = sample(32);
    for (const std::size_t size : {0u, 1u, 15u, 16u, 17u, 63u, 64u, 1000u, 70000u}) {
        for (const std::size_t context : {0u, 1u, 100u}) {
            const Bytes sealed = seal(key, sample(context), sample(size));
            BOOST_TEST(sealed.size() == 12 + size + 16);
            const SecureBytes opened = unseal(key, sample(context), sealed);
            BOOST_TEST((Bytes(opened.begin(), opened.end()) == sample(size)));
        }
    }
}

BOOST_AUTO_TEST_CASE(opens_what_another_aes_gcm_made)
{
    // The GCM specification (McGrew, Viega), test case 16: AES-256 with additional data
    const Bytes key = from_hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
    const Bytes context = from_hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    const Bytes sealed = from_hex("cafebabefacedbaddecaf888"
                                  "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                                  "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                                  "76fc6ece0f4e1768cddf8853bb2d551b");
    BOOST_TEST(to_hex(unseal(key, context, sealed)) ==
               "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
               "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
}

BOOST_AUTO_TEST_CASE(seals_differently_each_time)
{
    BOOST_TEST((seal(sample(32), {}, sample(10)) != seal(sample(32), {}, sample(10))));
}

BOOST_AUTO_TEST_CASE(any_change_is_told)
{
    const Bytes key = sample(32);
    const Bytes good = seal(key, sample(3), sample(20));
    for (std::size_t i = 0; i < good.size(); ++i) {
        Bytes sealed = good;
        sealed[i] ^= 1;
        CHECK_FAULT(unseal(key, sample(3), sealed), Fault::bad_data);
        CHECK_FAULT(unseal(key, sample(3), ByteView(good).first(i)), Fault::bad_data);
    }
    CHECK_FAULT(unseal(key, sample(4), good), Fault::bad_data);
    CHECK_FAULT(unseal(Bytes(32), sample(3), good), Fault::bad_data);
    CHECK_FAULT(unseal(Bytes(31), sample(3), good), Fault::bad_length);
    CHECK_FAULT(seal(Bytes(16), {}, {}), Fault::bad_length);
}

BOOST_AUTO_TEST_SUITE_END()
