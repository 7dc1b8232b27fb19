// SPDX-License-Identifier: BSD-2-Clause
// Hashes and HMAC against published vectors; copies of running states go their own ways.
#include "engine/hash.h"
#include "names.h"
#include "support/vectors.h"

#include <boost/test/unit_test.hpp>

using namespace capishim;
using namespace capishim::engine;
using namespace capishim_test;

namespace {

const std::vector<HashId> all_hashes = {
    HashId::md2,    HashId::md4,    HashId::md5,      HashId::sha1,     HashId::sha256,
    HashId::sha384, HashId::sha512, HashId::sha3_256, HashId::sha3_384, HashId::sha3_512};

std::string finished(Hash& hash)
{
    Bytes digest(hash_size(hash.id()));
    hash.finish(digest.data());
    return to_hex(digest);
}

std::string finished(Hmac& hmac)
{
    Bytes mac(hash_size(hmac.id()));
    hmac.finish(mac.data());
    return to_hex(mac);
}

std::string hash_of(HashId id, ByteView data)
{
    Bytes digest(hash_size(id));
    hash(id, data, digest.data());
    return to_hex(digest);
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_hash)

BOOST_AUTO_TEST_CASE(digests_agree_with_their_standards)
{
    for (const Vector& vector : read_vectors("hash.vec")) {
        BOOST_TEST_CONTEXT(vector.where())
        {
            const HashId id = hash_id(vector.text("hash"));
            const Bytes message = vector.bytes("message");
            BOOST_TEST(hash_of(id, message) == vector.text("digest"));
            const auto state = make_hash(id);
            BOOST_TEST((state->id() == id));
            for (const std::uint8_t& byte : message)
                state->update({&byte, 1});
            BOOST_TEST(finished(*state) == vector.text("digest"));
        }
    }
}

BOOST_AUTO_TEST_CASE(sizes_are_the_standards)
{
    const std::vector<std::size_t> sizes = {16, 16, 16, 20, 32, 48, 64, 32, 48, 64};
    const std::vector<std::size_t> blocks = {16, 64, 64, 64, 64, 128, 128, 136, 104, 72};
    for (std::size_t i = 0; i < all_hashes.size(); ++i) {
        BOOST_TEST(hash_size(all_hashes[i]) == sizes[i]);
        BOOST_TEST(hash_block_size(all_hashes[i]) == blocks[i]);
    }
}

BOOST_AUTO_TEST_CASE(pieces_of_any_size_give_the_digest_of_the_whole)
{
    for (const HashId id : all_hashes) {
        for (const std::size_t size : {1u, 15u, 16u, 17u, 63u, 64u, 65u, 127u, 128u, 129u, 1000u}) {
            const Bytes data = sample(size);
            for (const std::size_t step : {1u, 7u, 16u, 64u, 100u}) {
                const auto state = make_hash(id);
                for (std::size_t at = 0; at < size; at += step)
                    state->update(ByteView(data).subspan(at, std::min(step, size - at)));
                BOOST_TEST(finished(*state) == hash_of(id, data));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(is_empty_again_after_finish_and_after_reset)
{
    for (const HashId id : all_hashes) {
        const auto state = make_hash(id);
        state->update(sample(100));
        finished(*state);
        BOOST_TEST(finished(*state) == hash_of(id, {}));
        state->update(sample(100));
        state->reset();
        BOOST_TEST(finished(*state) == hash_of(id, {}));
    }
}

BOOST_AUTO_TEST_CASE(a_copy_goes_on_by_itself)
{
    for (const HashId id : all_hashes) {
        const Bytes data = sample(200);
        const auto original = make_hash(id);
        original->update(ByteView(data).first(75));
        const auto copy = original->copy();
        original->update(ByteView(data).subspan(75));
        BOOST_TEST(finished(*copy) == hash_of(id, ByteView(data).first(75)));
        BOOST_TEST(finished(*original) == hash_of(id, data));
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(engine_hmac)

BOOST_AUTO_TEST_CASE(agrees_with_rfc_2202_and_rfc_4231)
{
    for (const Vector& vector : read_vectors("hmac.vec")) {
        BOOST_TEST_CONTEXT(vector.where())
        {
            Hmac hmac(hash_id(vector.text("hash")), vector.bytes("key"));
            const Bytes data = vector.bytes("data");
            hmac.update(ByteView(data).first(1));
            hmac.update(ByteView(data).subspan(1));
            BOOST_TEST(finished(hmac) == vector.text("mac"));
            hmac.update(data);
            BOOST_TEST(finished(hmac) == vector.text("mac"));
            hmac.update(data);
            hmac.reset();
            hmac.update(data);
            BOOST_TEST(finished(hmac) == vector.text("mac"));
        }
    }
}

BOOST_AUTO_TEST_CASE(works_without_key_and_without_data)
{
    // echo -n | openssl dgst -sha1 -hmac ""
    Hmac hmac(HashId::sha1, {});
    BOOST_TEST(finished(hmac) == "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d");
}

BOOST_AUTO_TEST_CASE(a_copy_goes_on_by_itself)
{
    for (const HashId id : all_hashes) {
        const Bytes data = sample(300);
        Hmac whole(id, sample(20));
        whole.update(data);
        const std::string expected = finished(whole);

        Hmac original(id, sample(20));
        Hmac fresh(original);
        original.update(ByteView(data).first(150));
        Hmac running(original);
        original.update(sample(3));
        finished(original);
        running.update(ByteView(data).subspan(150));
        fresh.update(data);
        BOOST_TEST(finished(running) == expected);
        BOOST_TEST(finished(fresh) == expected);
    }
}

BOOST_AUTO_TEST_CASE(takes_pad_strings_of_the_callers)
{
    // H((outer ^ K) || H((inner ^ K) || data)), observed.md: HMAC_INFO custom strings
    const Bytes key = sample(20);
    const Bytes data = sample(50);
    for (const std::size_t size : {64u, 136u, 1024u}) {
        const auto keyed = [&](std::uint8_t byte) {
            Bytes pad(size, byte);
            for (std::size_t i = 0; i < key.size(); ++i)
                pad[i] ^= key[i];
            return pad;
        };
        Bytes inner = keyed(0x11);
        inner.insert(inner.end(), data.begin(), data.end());
        Bytes outer = keyed(0x22);
        const Bytes inner_digest = from_hex(hash_of(HashId::md5, inner));
        outer.insert(outer.end(), inner_digest.begin(), inner_digest.end());

        Hmac hmac(HashId::md5, key, Bytes(size, 0x11), Bytes(size, 0x22));
        hmac.update(data);
        BOOST_TEST(finished(hmac) == hash_of(HashId::md5, outer));
    }
}

BOOST_AUTO_TEST_CASE(empty_pad_strings_mean_the_standards_and_short_ones_are_extended)
{
    const Bytes data = sample(50);
    Hmac standard(HashId::sha1, sample(30));
    Hmac empty(HashId::sha1, sample(30), {}, {});
    Hmac spelled(HashId::sha1, sample(30), Bytes(64, 0x36), Bytes(64, 0x5c));
    standard.update(data);
    empty.update(data);
    spelled.update(data);
    const std::string expected = finished(standard);
    BOOST_TEST(finished(empty) == expected);
    BOOST_TEST(finished(spelled) == expected);

    Bytes extended(64);
    std::fill_n(extended.begin(), 5, 0x36);
    Hmac short_string(HashId::sha1, sample(30), Bytes(5, 0x36), {});
    Hmac long_string(HashId::sha1, sample(30), extended, {});
    BOOST_TEST(finished(short_string) == finished(long_string)); // U-143
}

BOOST_AUTO_TEST_CASE(an_hmac_at_once_is_that_of_the_object)
{
    for (const HashId id : all_hashes) {
        for (const std::size_t key_size : {0u, 1u, 16u, 64u, 65u, 136u, 137u, 300u}) {
            const Bytes key = sample(key_size);
            Bytes mac(hash_size(id));
            hmac(id, key, sample(100), mac.data());
            Hmac object(id, key);
            object.update(sample(100));
            BOOST_TEST(to_hex(mac) == finished(object));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
