// SPDX-License-Identifier: BSD-2-Clause
// Authenticated ciphers, XTS and key wrap where the API's tests do not reach: chunk boundaries,
// counters that run over, and objects after a failure. Known answers are in the conformance tests.
#include "engine/aead.h"
#include "engine/ccm.h"
#include "engine/gcm.h"
#include "engine/key_wrap.h"
#include "engine/modes.h"
#include "engine/xts.h"
#include "names.h"
#include "support/fault_check.h"
#include "support/hex.h"

#include <boost/test/unit_test.hpp>

using namespace capishim;
using namespace capishim::engine;
using namespace capishim_test;

namespace {

const Bytes nonce = sample(12);
const std::size_t lengths[] = {0, 1, 15, 16, 63, 64, 65, 1023, 1024, 1025, 8191, 8192, 8193, 20000};

/// GCM of `text` in two pieces, the first of whole blocks.
Bytes in_pieces(const BlockCipher& aes, ByteView context, ByteView text, std::size_t first,
                MutableBytes tag)
{
    const Gcm gcm(aes);
    GcmState state = gcm.start(nonce);
    gcm.authenticate(state, context);
    Bytes out(text.size());
    gcm.encrypt(aes, state, text.first(first), out.data());
    gcm.encrypt(aes, state, text.subspan(first), out.data() + first);
    const auto whole = gcm.tag(aes, state, nonce, context.size(), text.size());
    std::copy_n(whole.begin(), tag.size(), tag.begin());
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_aead)

BOOST_AUTO_TEST_CASE(gcm_in_pieces_equals_botans)
{
    for (const std::size_t key_size : {16, 24, 32}) {
        const Bytes key = sample(key_size), context = sample(20);
        const auto aes = make_block_cipher(BlockCipherId::aes, key);
        Aead botan(AeadId::aes_gcm, key, true, 16);
        for (const std::size_t size : lengths) {
            const Bytes text = sample(size);
            Bytes whole(size), whole_tag(16), tag(16);
            botan.encrypt(nonce, context, text, whole.data(), whole_tag.data());
            BOOST_TEST(
                (in_pieces(*aes, context, text, size / 2 / gcm_block * gcm_block, tag) == whole));
            BOOST_TEST(tag == whole_tag);
        }
    }
}

BOOST_AUTO_TEST_CASE(an_aead_goes_on_after_a_wrong_tag)
{
    for (const AeadId id : {AeadId::aes_gcm, AeadId::chacha20_poly1305}) {
        const Bytes key = sample(32);
        Aead sealing(id, key, true, 16), opening(id, key, false, 16);
        for (const std::size_t size : lengths) {
            const Bytes text = sample(size);
            Bytes sealed(size), out(size), tag(16);
            sealing.encrypt(nonce, {}, text, sealed.data(), tag.data());
            tag[7] ^= 1;
            CHECK_FAULT(opening.decrypt(nonce, {}, sealed, out.data(), tag.data()),
                        Fault::auth_tag_mismatch);
            BOOST_TEST((out == Bytes(size)));
            tag[7] ^= 1;
            opening.decrypt(nonce, {}, sealed, out.data(), tag.data());
            BOOST_TEST((out == text));
        }
    }
}

BOOST_AUTO_TEST_CASE(ccm_round_trips_at_every_boundary_and_in_place)
{
    const auto aes = make_block_cipher(BlockCipherId::aes, sample(24));
    for (const std::size_t context_size : {0, 1, 13, 14, 15, 30, 1038, 5000}) {
        const Bytes context = sample(context_size);
        for (const std::size_t size : lengths) {
            const Bytes text = sample(size);
            Bytes apart(size), in_place = text, tag(10), tag_in_place(10);
            ccm_encrypt(*aes, nonce, context, text, apart.data(), tag);
            ccm_encrypt(*aes, nonce, context, in_place, in_place.data(), tag_in_place);
            BOOST_TEST((apart == in_place));
            BOOST_TEST(tag == tag_in_place);
            ccm_decrypt(*aes, nonce, context, in_place, in_place.data(), tag);
            BOOST_TEST((in_place == text));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_counter_runs_over_within_its_32_bits)
{
    const auto aes = make_block_cipher(BlockCipherId::aes, sample(16));
    Bytes counter(16, 0xFF), expected(48), zeros(48), out(48);
    for (std::size_t i = 0; i < 3; ++i) { // FF..FFFFFFFF, FF..00000000, FF..00000001
        std::fill_n(expected.begin() + static_cast<long>(16 * i), 12, 0xFF);
        std::fill_n(expected.begin() + static_cast<long>(16 * i + 12), 4, i == 0 ? 0xFF : 0);
    }
    expected[47] = 1;
    aes->encrypt(expected.data(), expected.data(), 3);
    counter_crypt(*aes, counter, zeros, out.data());
    BOOST_TEST(out == expected);
    BOOST_TEST(counter[11] == 0xFF);
    BOOST_TEST(counter[15] == 2);
}

BOOST_AUTO_TEST_CASE(xts_numbers_count_in_their_own_width)
{
    const Xts xts(sample(32));
    const Bytes text = sample(64);
    Bytes narrow(8, 0xFF), wide(16), out(64), again(64);
    std::fill_n(wide.begin(), 8, 0xFF);
    xts.encrypt(narrow, 32, text, out.data());
    xts.encrypt(wide, 32, text, again.data());
    BOOST_TEST((Bytes(out.begin(), out.begin() + 32) == Bytes(again.begin(), again.begin() + 32)));
    BOOST_TEST(out != again); // the second unit is number 0 there, and 2^64 here
    BOOST_TEST((narrow == Bytes{1, 0, 0, 0, 0, 0, 0, 0}));
    BOOST_TEST(wide[8] == 1);
    Bytes start(8, 0xFF);
    xts.decrypt(start, 32, out, out.data());
    BOOST_TEST(out == text);
}

BOOST_AUTO_TEST_CASE(lengths_that_cannot_be_wrapped_are_bad_data)
{
    const Bytes kek = sample(32);
    for (const std::size_t size : {0, 8, 15, 17, 20})
        CHECK_FAULT(wrap_key(kek, sample(size)), Fault::bad_data);
    for (const std::size_t size : {0, 8, 16, 23, 25})
        CHECK_FAULT(unwrap_key(kek, sample(size)), Fault::bad_data);
    CHECK_FAULT(unwrap_key(kek, sample(40)), Fault::bad_data);
    const SecureBytes wrapped = wrap_key(kek, sample(40));
    const SecureBytes key = unwrap_key(kek, wrapped);
    BOOST_TEST(to_hex(key) == to_hex(sample(40)));
}

BOOST_AUTO_TEST_CASE(desx_is_des_between_two_xors)
{
    const Bytes key = sample(24);
    const auto desx = make_block_cipher(BlockCipherId::desx, key);
    const auto des = make_block_cipher(BlockCipherId::des, ByteView(key).first(8));
    const Bytes text = sample(40);
    Bytes expected = text, out(40);
    for (std::size_t i = 0; i < 40; ++i)
        expected[i] ^= key[8 + i % 8];
    des->encrypt(expected.data(), expected.data(), 5);
    for (std::size_t i = 0; i < 40; ++i)
        expected[i] ^= key[16 + i % 8];
    desx->encrypt(text.data(), out.data(), 5);
    BOOST_TEST(out == expected);
    desx->decrypt(out.data(), out.data(), 5);
    BOOST_TEST(out == text);
    CHECK_FAULT(make_block_cipher(BlockCipherId::desx, sample(16)), Fault::bad_length);
}

BOOST_AUTO_TEST_SUITE_END()
