// SPDX-License-Identifier: BSD-2-Clause
// CMAC, GMAC, SHAKE and KMAC: pieces, copies, states. Their values are
// conformance/hash_*_test.cpp's.
#include "engine/mac.h"
#include "engine/xof.h"
#include "names.h"
#include "support/fault_check.h"
#include "support/hex.h"

using namespace capishim;
using namespace capishim::engine;
using namespace capishim_test;

namespace {

template <class Mac>
std::string finished(Mac& mac)
{
    Bytes value(mac_block_size);
    mac.finish(value.data());
    return to_hex(value);
}

std::string finished(Xof& xof)
{
    Bytes value(300); // more than a block of output
    xof.finish(value);
    return to_hex(value);
}

/// A GMAC with its nonce, so that all are used alike.
struct ReadyGmac : Gmac {
    ReadyGmac() : Gmac(sample(16)) { set_nonce(sample(12)); }
};

template <class Function>
void check_pieces_and_copies(const Function& fresh)
{
    for (const std::size_t size : {0u, 1u, 15u, 16u, 17u, 32u, 135u, 136u, 137u, 168u, 1000u}) {
        const Bytes data = sample(size);
        Function whole = fresh;
        whole.update(data);
        const std::string expected = finished(whole);
        for (const std::size_t step : {1u, 7u, 16u, 33u}) {
            Function running = fresh;
            for (std::size_t at = 0; at < size; at += step) {
                const Function copy = running; // goes on where the original is
                running = copy;
                running.update(ByteView(data).subspan(at, std::min(step, size - at)));
            }
            BOOST_TEST(finished(running) == expected);
        }
    }
}

template <class Function>
void check_fresh_after_finish(Function function)
{
    function.update(sample(50));
    const std::string first = finished(function);
    function.update(sample(50));
    BOOST_TEST(finished(function) == first);
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_mac)

BOOST_AUTO_TEST_CASE(pieces_and_copies_give_the_value_of_the_whole)
{
    for (const std::size_t key_size : {16u, 24u, 32u})
        check_pieces_and_copies(Cmac(sample(key_size)));
    check_pieces_and_copies(ReadyGmac());
    for (const XofId id : {XofId::shake128, XofId::shake256})
        check_pieces_and_copies(Xof(id));
    for (const XofId id : {XofId::kmac128, XofId::kmac256})
        check_pieces_and_copies(Xof(id, sample(200)));
}

BOOST_AUTO_TEST_CASE(are_as_after_keying_once_finished)
{
    check_fresh_after_finish(Cmac(sample(16)));
    check_fresh_after_finish(Xof(XofId::shake128));
    check_fresh_after_finish(Xof(XofId::kmac256, sample(10)));
}

BOOST_AUTO_TEST_CASE(keys_have_the_ciphers_lengths)
{
    for (const std::size_t size : {0u, 15u, 17u, 33u}) {
        CHECK_FAULT(Cmac{sample(size)}, Fault::bad_length);
        CHECK_FAULT(Gmac{sample(size)}, Fault::bad_length);
    }
}

BOOST_AUTO_TEST_CASE(a_nonce_is_good_for_one_value)
{
    ReadyGmac gmac;
    gmac.update(sample(20));
    CHECK_FAULT(gmac.set_nonce(sample(12)), Fault::invalid_parameter); // after data
    const std::string first = finished(gmac);
    gmac.update(sample(20));
    CHECK_FAULT(finished(gmac), Fault::invalid_parameter);
    BOOST_TEST(!gmac.nonce());
}

BOOST_AUTO_TEST_CASE(squeezed_pieces_join_to_the_output)
{
    Xof whole(XofId::shake256);
    whole.update(sample(33));
    Bytes expected(500);
    whole.finish(expected);
    Xof xof(XofId::shake256);
    xof.update(sample(33));
    Bytes output;
    for (const std::size_t size : {0u, 1u, 135u, 136u, 137u, 91u}) {
        BOOST_TEST(xof.squeezing() == !output.empty());
        Bytes piece(size);
        if (size != 0)
            xof.squeeze(piece);
        output.insert(output.end(), piece.begin(), piece.end());
    }
    BOOST_TEST((output == expected));
}

BOOST_AUTO_TEST_SUITE_END()
