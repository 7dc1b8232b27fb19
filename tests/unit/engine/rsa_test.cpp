// SPDX-License-Identifier: BSD-2-Clause
// RSA keys of every kind that old programs bring along, against published values and openssl's.
#include "engine/random.h"
#include "engine/rsa.h"
#include "names.h"
#include "support/child_process.h"
#include "support/fault_check.h"
#include "support/vectors.h"

#include <boost/test/unit_test.hpp>
#include <thread>
#include <unistd.h>

using namespace capishim;
using namespace capishim::engine;
using namespace capishim_test;

namespace {

using KeyPointer = std::shared_ptr<const RsaKey>;

Vector key_vector(const std::string& name)
{
    for (const Vector& vector : read_vectors("rsa_keys.vec"))
        if (vector.text("key") == name)
            return vector;
    throw std::runtime_error("no key " + name);
}

RsaNumbers numbers_of(const std::string& name)
{
    const Vector vector = key_vector(name);
    const auto secret = [&](const char* field) { return secure_copy(vector.bytes(field)); };
    return {vector.bytes("modulus"), vector.bytes("public_exponent"),
            secret("prime1"),        secret("prime2"),
            secret("exponent1"),     secret("exponent2"),
            secret("coefficient"),   secret("private_exponent")};
}

KeyPointer private_key(const std::string& name)
{
    return RsaKey::from_private(numbers_of(name));
}

KeyPointer public_part(const RsaKey& key)
{
    return RsaKey::from_public(key.numbers().modulus, key.numbers().public_exponent);
}

const std::vector<std::string> all_keys = {"capi-512", "cng-512", "openssl-1024", "openssl-1025",
                                           "openssl-1031"};

/// 00 then sample bytes: below every modulus of `size` bytes whose top byte isn't zero.
Bytes small_block(std::size_t size)
{
    Bytes block = sample(size);
    block[0] = 0;
    return block;
}

/// Signs, verifies, encrypts and decrypts.
void check_round_trips(const RsaKey& key)
{
    const KeyPointer other = public_part(key);
    Bytes encoded(digest_info_prefix(HashId::sha1).begin(), digest_info_prefix(HashId::sha1).end());
    encoded.resize(encoded.size() + hash_size(HashId::sha1), 0x5a);
    Bytes signature = key.sign_pkcs1(encoded);
    BOOST_TEST(signature.size() == key.size());
    BOOST_TEST(other->verify_pkcs1(encoded, signature));
    signature.back() ^= 1;
    BOOST_TEST(!other->verify_pkcs1(encoded, signature));

    const SecureBytes opened = key.decrypt_pkcs1(other->encrypt_pkcs1(encoded));
    BOOST_TEST(to_hex(opened) == to_hex(encoded));

    const Bytes block = small_block(key.size());
    BOOST_TEST(to_hex(key.private_operation(other->public_operation(block))) == to_hex(block));
}

RsaNumbers exponent_of_one()
{
    RsaNumbers numbers = numbers_of("capi-512");
    const auto one = [](std::size_t size) {
        SecureBytes bytes(size);
        bytes.back() = 1;
        return bytes;
    };
    numbers.public_exponent = {1};
    numbers.exponent1 = one(32);
    numbers.exponent2 = one(32);
    numbers.private_exponent = one(64);
    return numbers;
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_rsa)

BOOST_AUTO_TEST_CASE(keeps_the_numbers_as_they_were_given)
{
    for (const std::string& name : all_keys) {
        const RsaNumbers given = numbers_of(name);
        const KeyPointer key = RsaKey::from_private(given);
        const RsaNumbers& kept = key->numbers();
        BOOST_TEST((kept.modulus == given.modulus));
        BOOST_TEST((kept.public_exponent == given.public_exponent));
        BOOST_TEST((kept.prime1 == given.prime1));
        BOOST_TEST((kept.prime2 == given.prime2));
        BOOST_TEST((kept.exponent1 == given.exponent1));
        BOOST_TEST((kept.exponent2 == given.exponent2));
        BOOST_TEST((kept.coefficient == given.coefficient));
        BOOST_TEST((kept.private_exponent == given.private_exponent));
        BOOST_TEST(key->has_private());
        BOOST_TEST(!public_part(*key)->has_private());
        BOOST_TEST(key->bits() == std::stoul(name.substr(name.find('-') + 1)));
        BOOST_TEST(key->size() == given.modulus.size());
    }
}

BOOST_AUTO_TEST_CASE(computes_what_is_missing)
{
    for (const std::string& name : all_keys) {
        const RsaNumbers whole = numbers_of(name);
        RsaNumbers given = whole;
        given.exponent1.clear();
        given.exponent2.clear();
        given.coefficient.clear();
        const KeyPointer key = RsaKey::from_private(given);
        BOOST_TEST((key->numbers().exponent1 == whole.exponent1));
        BOOST_TEST((key->numbers().exponent2 == whole.exponent2));
        BOOST_TEST((key->numbers().coefficient == whole.coefficient));
        given.private_exponent.clear();
        check_round_trips(*RsaKey::from_private(given));
    }
}

BOOST_AUTO_TEST_CASE(works_with_a_private_exponent_that_was_cut_short)
{
    // observed.md: RSA PRIVATEKEYBLOB import, end of privateExponent missing
    RsaNumbers numbers = numbers_of("openssl-1024");
    numbers.private_exponent.erase(numbers.private_exponent.begin(),
                                   numbers.private_exponent.begin() + 64);
    check_round_trips(*RsaKey::from_private(numbers));
}

BOOST_AUTO_TEST_CASE(takes_primes_in_either_order)
{
    for (const std::string& name : all_keys) {
        RsaNumbers numbers = numbers_of(name);
        std::swap(numbers.prime1, numbers.prime2);
        std::swap(numbers.exponent1, numbers.exponent2);
        numbers.coefficient.clear();
        check_round_trips(*RsaKey::from_private(numbers));
    }
}

BOOST_AUTO_TEST_CASE(refuses_numbers_that_make_no_key)
{
    const RsaNumbers good = numbers_of("capi-512");
    RsaNumbers numbers = good;
    numbers.modulus.back() ^= 2;
    CHECK_FAULT(RsaKey::from_private(numbers), Fault::bad_data);
    numbers = good;
    numbers.prime1.back() ^= 2;
    CHECK_FAULT(RsaKey::from_private(numbers), Fault::bad_data);
    numbers = good;
    numbers.prime1 = secure_copy(good.modulus);
    numbers.prime2 = {1};
    CHECK_FAULT(RsaKey::from_private(numbers), Fault::bad_data);
    numbers.prime2.clear();
    CHECK_FAULT(RsaKey::from_private(numbers), Fault::bad_data);

    Bytes even = good.modulus;
    even.back() &= 0xfe;
    CHECK_FAULT(RsaKey::from_public(even, good.public_exponent), Fault::bad_data);
    CHECK_FAULT(RsaKey::from_public({}, good.public_exponent), Fault::bad_data);
    CHECK_FAULT(RsaKey::from_public(Bytes(64), good.public_exponent), Fault::bad_data);
    CHECK_FAULT(RsaKey::from_public(Bytes{1}, good.public_exponent), Fault::bad_data);
    CHECK_FAULT(RsaKey::from_public(good.modulus, {}), Fault::bad_data);
    CHECK_FAULT(RsaKey::from_public(good.modulus, Bytes(4)), Fault::bad_data);
}

BOOST_AUTO_TEST_CASE(generates_keys_of_exactly_the_length)
{
    for (const std::size_t bits : {384, 392, 512, 768, 1016, 1024, 1032, 2048}) {
        BOOST_TEST_CONTEXT(bits << " bits")
        {
            const KeyPointer key = RsaKey::generate(bits);
            const RsaNumbers& numbers = key->numbers();
            BOOST_TEST(key->bits() == bits);
            BOOST_TEST(numbers.modulus.size() == bits / 8);
            BOOST_TEST(to_hex(numbers.public_exponent) == "010001");
            BOOST_TEST(numbers.prime1.size() == (bits + 15) / 16);
            BOOST_TEST(numbers.prime2.size() == (bits + 15) / 16);
            BOOST_TEST((numbers.prime1 > numbers.prime2));
            BOOST_TEST(numbers.exponent1.size() == numbers.prime1.size());
            BOOST_TEST(numbers.coefficient.size() == numbers.prime1.size());
            BOOST_TEST(numbers.private_exponent.size() == bits / 8);
            check_round_trips(*key);
            BOOST_TEST((RsaKey::generate(384)->numbers().modulus != numbers.modulus));
        }
    }
}

BOOST_AUTO_TEST_CASE(generates_no_keys_of_other_lengths)
{
    for (const std::size_t bits : {0u, 376u, 383u, 385u, 1025u, 16392u})
        CHECK_FAULT(RsaKey::generate(bits), Fault::bad_length);
}

BOOST_AUTO_TEST_CASE(works_with_imported_keys_of_odd_lengths)
{
    for (const std::string& name : all_keys)
        check_round_trips(*private_key(name));
}

BOOST_AUTO_TEST_CASE(takes_an_exponent_of_one)
{
    // KB228786: the block comes out as it went in
    const KeyPointer key = RsaKey::from_private(exponent_of_one());
    const Bytes block = small_block(64);
    BOOST_TEST(to_hex(key->public_operation(block)) == to_hex(block));
    BOOST_TEST(to_hex(key->private_operation(block)) == to_hex(block));
    const Bytes message = sample(16);
    const Bytes ciphertext = key->encrypt_pkcs1(message);
    BOOST_TEST(to_hex(ciphertext.data() + 48, 16) == to_hex(message));
    BOOST_TEST(to_hex(key->decrypt_pkcs1(ciphertext)) == to_hex(message));
    BOOST_TEST(key->numbers().private_exponent.back() == 1);
    BOOST_TEST(key->verify_pkcs1(message, key->sign_pkcs1(message)));
}

BOOST_AUTO_TEST_CASE(computes_with_public_numbers_of_any_kind)
{
    // those that Botan's RSA takes, and those that it doesn't
    for (const unsigned n : {3u, 5u, 9u, 15u, 17u, 21u, 127u, 129u, 143u, 255u}) {
        for (const unsigned e : {1u, 2u, 3u, 4u, 16u, 17u, 255u}) {
            const auto key = RsaKey::from_public(Bytes{std::uint8_t(n)}, Bytes{0, std::uint8_t(e)});
            for (unsigned x = 0; x < n; ++x) {
                unsigned expected = 1;
                for (unsigned i = 0; i < e; ++i)
                    expected = expected * x % n;
                BOOST_TEST_CONTEXT(x << "^" << e << " mod " << n)
                BOOST_TEST((key->public_operation(Bytes{std::uint8_t(x)}) ==
                            Bytes{std::uint8_t(expected)}));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(computes_with_moduli_and_exponents_of_any_length)
{
    // (n - 1)^e: n - 1 where e is odd, else 1
    for (const std::size_t bits : {383, 384, 385, 392, 393, 1024, 1025, 1031, 2041, 2048, 16384}) {
        Bytes modulus = sample((bits + 7) / 8);
        const auto top = std::uint8_t(1u << (bits - 1) % 8);
        modulus[0] = std::uint8_t((modulus[0] & (top - 1)) | top);
        modulus.back() |= 1;
        Bytes minus_one = modulus;
        minus_one.back() ^= 1;
        Bytes one(modulus.size());
        one.back() = 1;
        for (const Bytes& exponent : {Bytes{1}, Bytes{2}, Bytes{1, 0, 1}, Bytes{1, 0, 0},
                                      Bytes(40, 0xff), Bytes(40, 0xfe)}) {
            const auto key = RsaKey::from_public(modulus, exponent);
            BOOST_TEST_CONTEXT(bits << " bits, exponent " << to_hex(exponent))
            {
                const Bytes& expected = exponent.back() % 2 != 0 ? minus_one : one;
                BOOST_TEST(key->bits() == bits);
                BOOST_TEST(to_hex(key->public_operation(minus_one)) == to_hex(expected));
                BOOST_TEST(to_hex(key->public_operation(one)) == to_hex(one));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(bare_operations_keep_leading_zeros)
{
    const KeyPointer key = private_key("openssl-1024");
    Bytes one(128);
    one.back() = 1;
    BOOST_TEST(to_hex(key->private_operation(one)) == to_hex(one));
    BOOST_TEST(to_hex(key->public_operation(one)) == to_hex(one));
    BOOST_TEST(to_hex(key->private_operation(Bytes(128))) == to_hex(Bytes(128)));
}

BOOST_AUTO_TEST_CASE(bare_operations_refuse_what_is_no_block)
{
    const KeyPointer key = private_key("openssl-1024");
    const Bytes modulus = key->numbers().modulus;
    CHECK_FAULT(key->public_operation(modulus), Fault::bad_data);
    CHECK_FAULT(key->private_operation(modulus), Fault::bad_data);
    CHECK_FAULT(key->public_operation(Bytes(127)), Fault::bad_data);
    CHECK_FAULT(key->private_operation(Bytes(129)), Fault::bad_data);
    CHECK_FAULT(public_part(*key)->private_operation(Bytes(128)), Fault::no_private_key);
    Bytes largest = modulus;
    largest.back() ^= 1; // n is odd: n - 1
    BOOST_TEST(to_hex(key->private_operation(largest)) == to_hex(largest));
}

BOOST_AUTO_TEST_CASE(signatures_agree_with_published_ones)
{
    for (const Vector& vector : read_vectors("rsa_signature.vec")) {
        BOOST_TEST_CONTEXT(vector.where())
        {
            const KeyPointer key = private_key(vector.text("key"));
            const Bytes encoded = vector.bytes("encoded");
            const Bytes signature = vector.bytes("signature");
            BOOST_TEST(to_hex(key->sign_pkcs1(encoded)) == to_hex(signature));
            const KeyPointer other = public_part(*key);
            BOOST_TEST(other->verify_pkcs1(encoded, signature));
            BOOST_TEST(!other->verify_pkcs1(ByteView(encoded).subspan(1), signature));
            BOOST_TEST(!other->verify_pkcs1(encoded, ByteView(signature).subspan(1)));
            BOOST_TEST(!other->verify_pkcs1(encoded, key->numbers().modulus));
            BOOST_TEST(!other->verify_pkcs1(Bytes(1000), signature));
        }
    }
}

BOOST_AUTO_TEST_CASE(digest_info_prefixes_end_with_the_length_of_the_hash)
{
    for (const HashId id : {HashId::md2, HashId::md4, HashId::md5, HashId::sha1, HashId::sha256,
                            HashId::sha384, HashId::sha512}) {
        const ByteView prefix = digest_info_prefix(id);
        BOOST_TEST(prefix.back() == hash_size(id));
        BOOST_TEST(prefix[1] == prefix.size() - 2 + hash_size(id));
    }
}

BOOST_AUTO_TEST_CASE(too_much_to_sign_is_a_bad_length)
{
    const KeyPointer key = private_key("capi-512");
    CHECK_FAULT(key->sign_pkcs1(Bytes(53)), Fault::none);
    CHECK_FAULT(key->sign_pkcs1(Bytes(54)), Fault::bad_length);
    CHECK_FAULT(key->encrypt_pkcs1(Bytes(53)), Fault::none);
    CHECK_FAULT(key->encrypt_pkcs1(Bytes(54)), Fault::bad_length);
    CHECK_FAULT(key->encrypt_oaep(Bytes(22), HashId::sha1, {}), Fault::none);
    CHECK_FAULT(key->encrypt_oaep(Bytes(23), HashId::sha1, {}), Fault::bad_length);
    CHECK_FAULT(key->encrypt_oaep({}, HashId::sha256, {}), Fault::bad_length);
}

BOOST_AUTO_TEST_CASE(decrypts_what_others_encrypted)
{
    for (const Vector& vector : read_vectors("rsa_decryption.vec")) {
        BOOST_TEST_CONTEXT(vector.where())
        {
            const KeyPointer key = private_key(vector.text("key"));
            const Bytes ciphertext = vector.bytes("ciphertext");
            const SecureBytes message =
                vector.text("padding") == "PKCS1"
                    ? key->decrypt_pkcs1(ciphertext)
                    : key->decrypt_oaep(ciphertext, hash_id(vector.text("hash")),
                                        vector.bytes("label"));
            BOOST_TEST(to_hex(message) == vector.text("message"));
        }
    }
}

BOOST_AUTO_TEST_CASE(encrypts_from_nothing_to_the_longest_message)
{
    const KeyPointer key = private_key("openssl-1031");
    const KeyPointer other = public_part(*key);
    for (const std::size_t size : {0, 1, 50, 118}) {
        const Bytes message = sample(size);
        BOOST_TEST(to_hex(key->decrypt_pkcs1(other->encrypt_pkcs1(message))) == to_hex(message));
    }
    const Bytes odd_labels[] = {{}, {0}, {',', ')', '('}, sample(1000)};
    for (const Bytes& label : odd_labels) {
        for (const HashId id : {HashId::md5, HashId::sha1, HashId::sha256, HashId::sha384}) {
            for (const std::size_t size : {std::size_t{0}, 129 - 2 * hash_size(id) - 2}) {
                const Bytes message = sample(size);
                const Bytes ciphertext = other->encrypt_oaep(message, id, label);
                BOOST_TEST(to_hex(key->decrypt_oaep(ciphertext, id, label)) == to_hex(message));
                Bytes wrong = label;
                wrong.push_back(0);
                CHECK_FAULT(key->decrypt_oaep(ciphertext, id, wrong), Fault::bad_padding);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(equal_messages_give_different_ciphertexts)
{
    const KeyPointer key = private_key("openssl-1024");
    BOOST_TEST((key->encrypt_pkcs1(sample(5)) != key->encrypt_pkcs1(sample(5))));
    BOOST_TEST((key->encrypt_oaep(sample(5), HashId::sha1, {}) !=
                key->encrypt_oaep(sample(5), HashId::sha1, {})));
}

BOOST_AUTO_TEST_CASE(wrong_pkcs1_padding_is_told_whatever_is_wrong)
{
    const KeyPointer key = private_key("openssl-1024");
    Bytes good(128, 0xff);
    good[0] = 0;
    good[1] = 2;
    good[100] = 0;
    const auto decrypted = [&](const Bytes& block) {
        return key->decrypt_pkcs1(key->public_operation(block));
    };
    BOOST_TEST(decrypted(good).size() == 27u);
    Bytes shortest = good;
    shortest[10] = 0;
    BOOST_TEST(decrypted(shortest).size() == 117u);

    Bytes block = good;
    block[0] = 1;
    CHECK_FAULT(decrypted(block), Fault::bad_padding);
    block = good;
    block[1] = 1;
    CHECK_FAULT(decrypted(block), Fault::bad_padding);
    block = good;
    block[9] = 0; // seven bytes of padding
    CHECK_FAULT(decrypted(block), Fault::bad_padding);
    block = good;
    block[2] = 0;
    CHECK_FAULT(decrypted(block), Fault::bad_padding);
    block = good;
    block[100] = 1; // no separator
    CHECK_FAULT(decrypted(block), Fault::bad_padding);
    CHECK_FAULT(decrypted(Bytes(128)), Fault::bad_padding);
}

BOOST_AUTO_TEST_CASE(every_changed_byte_of_an_oaep_block_is_told)
{
    const KeyPointer key = RsaKey::from_private(exponent_of_one()); // ciphertext = block
    const Bytes good = key->encrypt_oaep(sample(5), HashId::sha1, {});
    BOOST_TEST(key->decrypt_oaep(good, HashId::sha1, {}).size() == 5u);
    for (std::size_t i = 0; i < 64 - 5; ++i) { // the last five are the message
        Bytes block = good;
        block[i] ^= 0x10;
        CHECK_FAULT(key->decrypt_oaep(block, HashId::sha1, {}), Fault::bad_padding);
    }
    CHECK_FAULT(key->decrypt_oaep(good, HashId::sha256, {}), Fault::bad_padding); // no room
}

BOOST_AUTO_TEST_CASE(verifies_pss_signatures_of_others)
{
    for (const Vector& vector : read_vectors("rsa_pss.vec")) {
        BOOST_TEST_CONTEXT(vector.where())
        {
            const KeyPointer key = public_part(*private_key(vector.text("key")));
            const HashId id = hash_id(vector.text("hash"));
            const std::size_t salt = vector.number("salt");
            Bytes digest = vector.bytes("digest");
            Bytes signature = vector.bytes("signature");
            BOOST_TEST(key->verify_pss(digest, id, salt, signature));
            BOOST_TEST(!key->verify_pss(digest, id, salt + 1, signature));
            BOOST_TEST(!key->verify_pss(ByteView(digest).subspan(1), id, salt, signature));
            BOOST_TEST(!key->verify_pss(digest, id, SIZE_MAX, signature));
            signature.back() ^= 1;
            BOOST_TEST(!key->verify_pss(digest, id, salt, signature));
            signature.back() ^= 1;
            digest[3] ^= 1;
            BOOST_TEST(!key->verify_pss(digest, id, salt, signature));
        }
    }
}

BOOST_AUTO_TEST_CASE(signs_pss_with_every_salt_that_fits)
{
    for (const char* name : {"capi-512", "openssl-1024", "openssl-1025", "openssl-1031"}) {
        const KeyPointer key = private_key(name);
        const std::size_t encoded_size = (key->bits() - 1 + 7) / 8;
        const std::size_t longest = encoded_size - 20 - 2;
        const Bytes digest = sample(20);
        for (const std::size_t salt : {std::size_t{0}, std::size_t{20}, longest}) {
            const Bytes signature = key->sign_pss(digest, HashId::sha1, salt);
            BOOST_TEST(signature.size() == key->size());
            BOOST_TEST(key->verify_pss(digest, HashId::sha1, salt, signature));
            if (salt > 0)
                BOOST_TEST((key->sign_pss(digest, HashId::sha1, salt) != signature));
        }
        CHECK_FAULT(key->sign_pss(digest, HashId::sha1, longest + 1), Fault::bad_length);
        CHECK_FAULT(key->sign_pss(digest, HashId::sha1, SIZE_MAX), Fault::bad_length);
        CHECK_FAULT(key->sign_pss(sample(19), HashId::sha1, 0), Fault::bad_length);
    }
}

BOOST_AUTO_TEST_CASE(many_threads_use_one_key)
{
    const KeyPointer key = private_key("openssl-1024");
    const Bytes expected = key->sign_pkcs1(sample(20));
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 12; ++t) // more than a key keeps operations for
        threads.emplace_back([&] {
            for (int i = 0; i < 40; ++i)
                if (key->sign_pkcs1(sample(20)) != expected ||
                    !key->verify_pkcs1(sample(20), expected))
                    ++wrong;
        });
    for (std::thread& thread : threads)
        thread.join();
    BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_CASE(stays_right_over_many_operations)
{
    // more uses than a pair of blinding numbers serves
    const KeyPointer key = private_key("cng-512");
    for (int i = 0; i < 200; ++i) {
        Bytes block(64);
        random_bytes(MutableBytes(block).subspan(1));
        BOOST_REQUIRE(to_hex(key->public_operation(key->private_operation(block))) ==
                      to_hex(block));
    }
}

BOOST_AUTO_TEST_CASE(signs_decrypts_and_generates_in_the_child_of_a_fork)
{
    const KeyPointer key = private_key("openssl-1024");
    const Bytes expected = key->sign_pkcs1(sample(20));
    const Bytes ciphertext = key->encrypt_oaep(sample(5), HashId::sha1, {});
    RsaKey::generate(1024);
    BOOST_TEST(run_child([&] {
                   alarm(60); // a child that waits for threads of its parent's ends by the signal
                   const bool signs = key->sign_pkcs1(sample(20)) == expected;
                   const bool opens = key->decrypt_oaep(ciphertext, HashId::sha1, {}).size() == 5;
                   const auto made = RsaKey::generate(1024);
                   const bool works = made->verify_pkcs1(sample(20), made->sign_pkcs1(sample(20)));
                   return signs && opens && works ? 0 : 1;
               }) == 0);
    BOOST_TEST((key->sign_pkcs1(sample(20)) == expected));
}

BOOST_AUTO_TEST_CASE(parent_and_child_make_different_keys)
{
    int ends[2];
    BOOST_REQUIRE(pipe(ends) == 0);
    RsaKey::generate(512);
    BOOST_REQUIRE_EQUAL(run_child([&] {
                            alarm(60);
                            const Bytes modulus = RsaKey::generate(512)->numbers().modulus;
                            return write(ends[1], modulus.data(), 64) == 64 ? 0 : 1;
                        }),
                        0);
    Bytes childs(64);
    BOOST_REQUIRE(read(ends[0], childs.data(), 64) == 64);
    close(ends[0]);
    close(ends[1]);
    BOOST_TEST((RsaKey::generate(512)->numbers().modulus != childs));
}

BOOST_AUTO_TEST_SUITE_END()
