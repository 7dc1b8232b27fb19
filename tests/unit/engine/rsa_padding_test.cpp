// SPDX-License-Identifier: BSD-2-Clause
// The decoding of PKCS #1 blocks that answers bad ones with other bytes.
#include "engine/kdf.h"
#include "engine/rsa_padding.h"
#include "support/fault_check.h"

#include <boost/test/unit_test.hpp>

using namespace capishim;
using namespace capishim::engine;

namespace {

constexpr std::size_t block_size = 64;
const Bytes other(48, 0xAA);

/// 00 02 PS 00 M
SecureBytes block_of(const Bytes& message)
{
    return pkcs1_encode(message, block_size);
}

} // namespace

BOOST_AUTO_TEST_SUITE(pkcs1_decode_or_rules)

BOOST_AUTO_TEST_CASE(gives_a_message_of_the_right_size)
{
    const Bytes message(48, 0x55);
    const SecureBytes chosen = pkcs1_decode_or(block_of(message), other);
    BOOST_CHECK(std::ranges::equal(chosen, message));
    const Bytes zeros(48, 0); // no separator is looked for in the message
    BOOST_CHECK(std::ranges::equal(pkcs1_decode_or(block_of(zeros), other), zeros));
}

BOOST_AUTO_TEST_CASE(gives_the_other_bytes_for_every_bad_block)
{
    const SecureBytes good = block_of(Bytes(48, 0x55));
    const std::size_t separator = block_size - 48 - 1;
    const auto check_refused = [](const SecureBytes& block) {
        BOOST_CHECK(std::ranges::equal(pkcs1_decode_or(block, other), other));
    };
    for (std::size_t i = 0; i <= separator; ++i) { // a zero in the padding, a wrong head or tail
        SecureBytes bad = good;
        bad[i] = bad[i] == 0 ? 7 : 0;
        BOOST_TEST_CONTEXT("byte " << i)
        check_refused(bad);
    }
    for (const std::size_t size : {0U, 47U, 49U})
        check_refused(block_of(Bytes(size, 0x55)));
    check_refused(SecureBytes(block_size));
    check_refused(SecureBytes(block_size, 0xFF));
    check_refused(SecureBytes(48 + 10, 1)); // no room for eight bytes of padding
    check_refused({});
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(ssl_3_0_prf_rules)

BOOST_AUTO_TEST_CASE(ends_with_the_alphabet)
{
    const Bytes secret(48, 1);
    BOOST_CHECK_EQUAL(ssl_3_0_prf(secret, {}, 26 * 16).size(), 26U * 16);
    BOOST_CHECK(ssl_3_0_prf(secret, {}, 0).empty());
    CHECK_FAULT(ssl_3_0_prf(secret, {}, 26 * 16 + 1), Fault::bad_length);
}

BOOST_AUTO_TEST_SUITE_END()
