// SPDX-License-Identifier: BSD-2-Clause
// RC4: RFC 6229, positions, copies.
#include "engine/stream_cipher.h"
#include "names.h"
#include "support/fault_check.h"
#include "support/vectors.h"

#include <boost/test/unit_test.hpp>

using namespace capishim;
using namespace capishim::engine;
using namespace capishim_test;

namespace {

Bytes key_stream(Rc4& cipher, std::size_t size)
{
    Bytes stream(size);
    cipher.apply(stream, stream.data());
    return stream;
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_rc4)

BOOST_AUTO_TEST_CASE(agrees_with_rfc_6229)
{
    for (const Vector& vector : read_vectors("rc4.vec")) {
        Rc4 cipher(vector.bytes("key"));
        const Bytes stream = key_stream(cipher, 4112);
        for (const std::size_t offset : {0, 16, 240, 256, 496, 512, 752, 768, 1008, 1024, 1520,
                                         1536, 2032, 2048, 3056, 3072, 4080, 4096}) {
            BOOST_TEST_CONTEXT(vector.where() << " offset " << offset)
            BOOST_TEST(to_hex(stream.data() + offset, 16) ==
                       vector.text("offset_" + std::to_string(offset)));
        }
    }
}

BOOST_AUTO_TEST_CASE(goes_on_from_call_to_call_and_starts_again)
{
    Rc4 cipher(sample(16));
    const Bytes whole = key_stream(cipher, 1000);
    BOOST_TEST(cipher.position() == 1000u);
    cipher.restart();
    BOOST_TEST(cipher.position() == 0u);
    Bytes pieces;
    for (const std::size_t size : {1, 0, 255, 256, 257, 231}) {
        const Bytes piece = key_stream(cipher, size);
        pieces.insert(pieces.end(), piece.begin(), piece.end());
    }
    BOOST_TEST((pieces == whole));
}

BOOST_AUTO_TEST_CASE(a_copy_stands_where_the_original_stood)
{
    for (const std::size_t position : {0u, 1u, 4096u, 10000u}) {
        Rc4 cipher(sample(5));
        key_stream(cipher, position);
        Rc4 copy(cipher);
        Rc4 copy_of_unused_copy(copy);
        BOOST_TEST(copy.position() == position);
        const Bytes expected = key_stream(cipher, 500);
        BOOST_TEST((key_stream(copy, 500) == expected));
        BOOST_TEST((key_stream(copy_of_unused_copy, 500) == expected));
        copy.restart();
        Rc4 anew(sample(5));
        BOOST_TEST((key_stream(copy, 300) == key_stream(anew, 300)));
    }
}

BOOST_AUTO_TEST_CASE(works_apart_as_it_does_in_place)
{
    const Bytes text = sample(777);
    Rc4 first(sample(7));
    Rc4 second(sample(7));
    Bytes apart(text.size());
    Bytes in_place = text;
    first.apply(text, apart.data());
    second.apply(in_place, in_place.data());
    BOOST_TEST((apart == in_place));
}

BOOST_AUTO_TEST_CASE(refuses_keys_of_no_or_too_many_bytes)
{
    CHECK_FAULT(Rc4(Bytes()), Fault::bad_length);
    CHECK_FAULT(Rc4(sample(257)), Fault::bad_length);
    CHECK_FAULT(Rc4(sample(256)), Fault::none);
}

BOOST_AUTO_TEST_SUITE_END()
