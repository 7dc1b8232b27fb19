// SPDX-License-Identifier: BSD-2-Clause
// CryptEncrypt and CryptDecrypt (cryptoapi.md 6; observed.md). Known answers: ../../conformance.
#include "crypt_fixtures.h"
#include "support/interop_keys.h"

using namespace capishim_test;

namespace {

BOOL encrypt(HCRYPTKEY key, ByteVector& data, DWORD* size, BOOL last = TRUE, DWORD flags = 0,
             HCRYPTHASH hash = 0)
{
    return CryptEncrypt(key, hash, last, flags, data.data(), size, size_of(data));
}

BOOL decrypt(HCRYPTKEY key, ByteVector& data, DWORD* size, BOOL last = TRUE, DWORD flags = 0,
             HCRYPTHASH hash = 0)
{
    return CryptDecrypt(key, hash, last, flags, data.data(), size);
}

/// The answer to a size query, with nothing asked of the buffer's length.
DWORD needed_for(HCRYPTKEY key, DWORD size, BOOL last, DWORD flags = 0)
{
    CHECK_SUCCEEDS(CryptEncrypt(key, 0, last, flags, nullptr, &size, 0));
    return size;
}

const ALG_ID block_ciphers[] = {CALG_RC2,     CALG_DES,     CALG_3DES_112, CALG_3DES,
                                CALG_AES_128, CALG_AES_192, CALG_AES_256};

DWORD block_of(ALG_ID algorithm)
{
    return GET_ALG_SID(algorithm) >= ALG_SID_AES_128 ? 16 : 8;
}

struct RsaKeys : Provider {
    RsaKeys()
        : Provider(strong_provider), pair(imported(provider, from_hex(interop_private_blob))),
          public_key(imported(provider, from_hex(interop_public_blob)))
    {
    }

    HCRYPTKEY pair, public_key;
};

constexpr DWORD rsa_size = 64;

} // namespace

BOOST_AUTO_TEST_SUITE(CryptEncrypt_sizes)

BOOST_AUTO_TEST_CASE(pads_the_last_section_to_the_next_block_whole_or_not)
{
    const Provider context(aes_provider);
    for (const ALG_ID algorithm : block_ciphers) {
        const HCRYPTKEY key = context.make_key(algorithm);
        const DWORD block = block_of(algorithm);
        for (DWORD size = 0; size <= 100; ++size) {
            const DWORD padded = (size / block + 1) * block;
            BOOST_CHECK_EQUAL(needed_for(key, size, TRUE), padded);
            const ByteVector secret = encrypted_part(key, counting(size), TRUE);
            BOOST_CHECK_EQUAL(secret.size(), padded);
            BOOST_CHECK(decrypted(key, secret) == counting(size));
        }
    }
}

BOOST_AUTO_TEST_CASE(takes_other_sections_in_whole_blocks)
{
    const Provider context(aes_provider);
    for (const ALG_ID algorithm : block_ciphers) {
        const HCRYPTKEY key = context.make_key(algorithm);
        const DWORD block = block_of(algorithm);
        for (DWORD size = 0; size <= 3 * block; ++size) {
            ByteVector data(100);
            DWORD length = size;
            if (size % block == 0) {
                BOOST_CHECK_EQUAL(needed_for(key, size, FALSE), size);
                CHECK_SUCCEEDS(encrypt(key, data, &length, FALSE));
                BOOST_CHECK_EQUAL(length, size);
                continue;
            }
            CHECK_FAILS_WITH(encrypt(key, data, &length, FALSE), NTE_BAD_DATA);
            BOOST_CHECK_EQUAL(length, size); // U-03
        }
    }
}

BOOST_AUTO_TEST_CASE(a_short_buffer_changes_nothing)
{
    const Provider context(aes_provider);
    for (const ALG_ID algorithm : {CALG_RC2, CALG_AES_128, CALG_RC4}) {
        const HCRYPTKEY key = context.make_key(algorithm);
        const ByteVector expected = encrypted_part(key, counting(40), TRUE);
        ByteVector data = counting(100);
        for (const DWORD room : {DWORD{0}, DWORD{39}, size_of(expected) - 1}) {
            DWORD size = 40;
            CHECK_FAILS_WITH(CryptEncrypt(key, 0, TRUE, 0, data.data(), &size, room),
                             ERROR_MORE_DATA);
            BOOST_CHECK_EQUAL(size, expected.size());
            BOOST_CHECK(data == counting(100));
        }
        DWORD size = 40;
        CHECK_SUCCEEDS(CryptEncrypt(key, 0, TRUE, 0, data.data(), &size, size_of(expected)));
        BOOST_CHECK(ByteVector(data.begin(), data.begin() + size) == expected);
        BOOST_CHECK_EQUAL(data[expected.size()], expected.size()); // nothing behind it
    }
}

BOOST_AUTO_TEST_CASE(answers_hostile_lengths_without_reading_or_wrapping)
{
    const Provider context(aes_provider);
    const HCRYPTKEY key = context.make_key(CALG_AES_128);
    BYTE data[16] = {};
    for (const DWORD huge : {0xFFFFFFFFu, 0xFFFFFFF0u, 0xFFFFFFF1u}) {
        DWORD size = huge;
        BOOST_CHECK(!CryptEncrypt(key, 0, TRUE, 0, data, &size, sizeof data));
        size = huge;
        SetLastError(untouched);
        if (CryptEncrypt(key, 0, TRUE, 0, nullptr, &size, 0)) // there is no such size
            BOOST_CHECK_GT(size, huge);
    }
}

BOOST_AUTO_TEST_CASE(RC4_takes_any_length_in_any_section)
{
    const Provider context(strong_provider);
    const HCRYPTKEY key = context.make_key(CALG_RC4);
    const ByteVector whole = encrypted_part(key, counting(200), TRUE);
    ByteVector parts;
    for (const std::size_t size : {0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 0}) {
        const ByteVector all = counting(200);
        const auto at = all.begin() + static_cast<std::ptrdiff_t>(parts.size());
        const ByteVector part =
            encrypted_part(key, ByteVector(at, at + static_cast<std::ptrdiff_t>(size)), FALSE);
        BOOST_CHECK_EQUAL(part.size(), size);
        parts.insert(parts.end(), part.begin(), part.end());
    }
    BOOST_CHECK(std::equal(parts.begin(), parts.end(), whole.begin()));
    BOOST_CHECK(encrypted_part(key, {}, TRUE).empty()); // and ends the message
    BOOST_CHECK(decrypted(key, whole) == counting(200));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptEncrypt_states)

BOOST_AUTO_TEST_CASE(sections_make_the_same_message_as_one_piece)
{
    const Provider context(aes_provider);
    for (const ALG_ID algorithm : block_ciphers)
        for (const DWORD mode : {CRYPT_MODE_CBC, CRYPT_MODE_ECB, CRYPT_MODE_CFB}) {
            const HCRYPTKEY key = context.make_key(algorithm);
            REQUIRE_SUCCEEDS(set_key_number(key, KP_MODE, mode));
            const ByteVector text = counting(16 + 48 + 7);
            const ByteVector whole = encrypted_part(key, text, TRUE);
            const ByteVector parts = concatenated(
                {encrypted_part(key, ByteVector(text.begin(), text.begin() + 16), FALSE),
                 encrypted_part(key, ByteVector(text.begin() + 16, text.begin() + 64), FALSE),
                 encrypted_part(key, ByteVector(text.begin() + 64, text.end()), TRUE)});
            BOOST_CHECK(parts == whole);
            const ByteVector back = concatenated(
                {decrypted_part(key, ByteVector(whole.begin(), whole.begin() + 48), FALSE),
                 decrypted_part(key, ByteVector(whole.begin() + 48, whole.end()), TRUE)});
            BOOST_CHECK(back == text);
            BOOST_CHECK(encrypted_part(key, text, TRUE) == whole); // Final: from the start again
        }
}

BOOST_AUTO_TEST_CASE(a_zero_length_final_section_emits_a_padding_block)
{
    const Provider context(aes_provider); // 6.4 rule 4
    const HCRYPTKEY key = context.make_key(CALG_AES_256);
    const ByteVector whole = encrypted_part(key, counting(32), TRUE);
    const ByteVector parts =
        concatenated({encrypted_part(key, counting(32), FALSE), encrypted_part(key, {}, TRUE)});
    BOOST_CHECK(parts == whole);
}

BOOST_AUTO_TEST_CASE(without_final_the_chain_goes_on)
{
    const Provider context(aes_provider);
    for (const ALG_ID algorithm : {CALG_RC4, CALG_3DES, CALG_AES_128}) {
        const HCRYPTKEY key = context.make_key(algorithm);
        const ByteVector first = encrypted_part(key, counting(16), FALSE);
        BOOST_CHECK(encrypted_part(key, counting(16), FALSE) != first);
    }
}

BOOST_AUTO_TEST_CASE(encryption_and_decryption_share_one_register)
{
    const Provider context(strong_provider); // U-65
    const HCRYPTKEY key = context.make_key(CALG_RC4);
    const ByteVector stream = encrypted_part(key, ByteVector(32), TRUE);
    encrypted_part(key, ByteVector(16), FALSE);
    BOOST_CHECK(decrypted_part(key, ByteVector(16), FALSE) ==
                ByteVector(stream.begin() + 16, stream.end()));
}

BOOST_AUTO_TEST_CASE(a_mode_that_is_set_in_the_middle_waits_for_the_next_message)
{
    const Provider context(aes_provider); // U-66
    const HCRYPTKEY key = context.make_key(CALG_AES_128);
    const ByteVector cbc = encrypted_part(key, counting(32), TRUE);
    const ByteVector first = encrypted_part(key, counting(16), FALSE);
    REQUIRE_SUCCEEDS(set_key_number(key, KP_MODE, CRYPT_MODE_ECB));
    const ByteVector text = counting(32);
    BOOST_CHECK(concatenated({first, encrypted_part(key, ByteVector(text.begin() + 16, text.end()),
                                                    TRUE)}) == cbc);
    BOOST_CHECK(encrypted_part(key, counting(32), TRUE) != cbc);
}

BOOST_AUTO_TEST_CASE(a_pass_of_more_than_a_megabyte_comes_back)
{
    const Provider context(aes_provider);
    ByteVector text(3'000'001);
    REQUIRE_SUCCEEDS(CryptGenRandom(context.provider, size_of(text), text.data()));
    for (const ALG_ID algorithm : {CALG_RC4, CALG_RC2, CALG_3DES, CALG_AES_256}) {
        const HCRYPTKEY key = context.make_key(algorithm);
        BOOST_CHECK(decrypted(key, encrypted_part(key, text, TRUE)) == text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptEncrypt_and_CryptDecrypt_hashes)

BOOST_AUTO_TEST_CASE(hash_the_plaintext_without_its_padding_and_leave_the_hash_open)
{
    const Provider context(aes_provider);
    for (const ALG_ID algorithm : {CALG_RC4, CALG_DES, CALG_AES_256}) {
        const HCRYPTKEY key = context.make_key(algorithm);
        const HCRYPTHASH sent = context.make_hash();
        const HCRYPTHASH received = context.make_hash();
        const HCRYPTHASH expected = hash_with(context, CALG_SHA1, "message digest");
        const ByteVector secret = encrypted_part(key, bytes_of("message "), TRUE, 0, sent);
        decrypted_part(key, secret, TRUE, 0, received);
        for (const HCRYPTHASH hash : {sent, received}) {
            add_data(hash, bytes_of("digest"));
            BOOST_CHECK(value_of(hash) == value_of(expected));
        }
    }
}

BOOST_AUTO_TEST_CASE(refuse_a_finished_hash_before_anything_changes)
{
    const Provider context(strong_provider); // U-130
    const HCRYPTKEY key = context.make_key(CALG_RC4);
    const HCRYPTHASH finished = context.make_hash();
    value_of(finished);
    const ByteVector expected = encrypted_part(key, counting(8), TRUE);
    ByteVector data = counting(8);
    DWORD size = 8;
    CHECK_FAILS_WITH(encrypt(key, data, &size, FALSE, 0, finished), NTE_BAD_HASH_STATE);
    CHECK_FAILS_WITH(decrypt(key, data, &size, FALSE, 0, finished), NTE_BAD_HASH_STATE);
    BOOST_CHECK(data == counting(8));
    BOOST_CHECK(encrypted_part(key, counting(8), TRUE) == expected);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptDecrypt_rules)

BOOST_AUTO_TEST_CASE(answers_lengths_that_are_no_whole_blocks_with_NTE_BAD_DATA)
{
    const Provider context(aes_provider);
    for (const ALG_ID algorithm : block_ciphers) {
        const HCRYPTKEY key = context.make_key(algorithm);
        ByteVector data(64);
        for (const DWORD wrong : {DWORD{1}, block_of(algorithm) - 1, block_of(algorithm) + 1})
            for (const BOOL last : {TRUE, FALSE}) {
                DWORD size = wrong;
                CHECK_FAILS_WITH(decrypt(key, data, &size, last), NTE_BAD_DATA);
                BOOST_CHECK_EQUAL(size, wrong);
            }
        DWORD size = 0;
        CHECK_FAILS_WITH(decrypt(key, data, &size, TRUE), NTE_BAD_DATA); // U-122
        CHECK_SUCCEEDS(decrypt(key, data, &size, FALSE));
    }
}

BOOST_AUTO_TEST_CASE(refuses_RC4_a_last_section_of_nothing)
{
    const Provider context(strong_provider); // observed.md
    const HCRYPTKEY key = context.make_key(CALG_RC4);
    ByteVector data(1);
    DWORD size = 0;
    CHECK_SUCCEEDS(decrypt(key, data, &size, FALSE));
    CHECK_FAILS_WITH(decrypt(key, data, &size, TRUE), NTE_BAD_LEN);
}

BOOST_AUTO_TEST_CASE(answers_bad_padding_with_NTE_BAD_DATA_and_starts_over)
{
    const Provider context(aes_provider);
    for (const ALG_ID algorithm : block_ciphers) {
        const HCRYPTKEY key = context.make_key(algorithm);
        REQUIRE_SUCCEEDS(set_key_number(key, KP_MODE, CRYPT_MODE_ECB));
        const DWORD block = block_of(algorithm);
        const ByteVector good = encrypted_part(key, counting(5), TRUE);
        ByteVector tails[] = {ByteVector(block), ByteVector(block, static_cast<BYTE>(block + 1)),
                              ByteVector(block, 3), ByteVector(block, 0xFF)};
        tails[2][block - 2] = 4; // U-128: every byte counts
        for (const ByteVector& tail : tails) {
            ByteVector data = encrypted_part(key, tail, FALSE);
            DWORD size = block;
            CHECK_FAILS_WITH(decrypt(key, data, &size), NTE_BAD_DATA);
            BOOST_CHECK_EQUAL(size, block); // observed.md
            BOOST_CHECK(decrypted(key, good) == counting(5));
        }
    }
}

BOOST_AUTO_TEST_CASE(both_refuse_null_pointers_wrong_handles_and_flags)
{
    const Provider context(aes_provider);
    const HCRYPTKEY key = context.make_key(CALG_AES_128);
    ByteVector data(64);
    DWORD size = 16;
    CHECK_FAILS_WITH(CryptEncrypt(key, 0, TRUE, 0, data.data(), nullptr, 64),
                     ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptDecrypt(key, 0, TRUE, 0, data.data(), nullptr), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptDecrypt(key, 0, TRUE, 0, nullptr, &size),
                     ERROR_INVALID_PARAMETER); // U-121
    for (const HCRYPTKEY stale : {HCRYPTKEY{0}, HCRYPTKEY{0xdeadbeef}}) {
        CHECK_FAILS_WITH(encrypt(stale, data, &size), ERROR_INVALID_PARAMETER);
        CHECK_FAILS_WITH(decrypt(stale, data, &size), ERROR_INVALID_PARAMETER);
    }
    CHECK_FAILS_WITH(encrypt(context.make_hash(), data, &size), ERROR_INVALID_HANDLE);
    CHECK_FAILS_WITH(decrypt(context.make_hash(), data, &size), ERROR_INVALID_HANDLE);
    CHECK_FAILS_WITH(encrypt(key, data, &size, TRUE, 0, key), ERROR_INVALID_HANDLE);
    CHECK_FAILS_WITH(decrypt(key, data, &size, TRUE, 0, key), ERROR_INVALID_HANDLE);
    for (const DWORD flags : {DWORD{1}, DWORD{CRYPT_OAEP}, DWORD{0x80000000}}) { // U-120
        CHECK_FAILS_WITH(encrypt(key, data, &size, TRUE, flags), NTE_BAD_FLAGS);
        CHECK_FAILS_WITH(decrypt(key, data, &size, TRUE, flags), NTE_BAD_FLAGS);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptEncrypt_and_CryptDecrypt_RSA)

BOOST_AUTO_TEST_CASE(take_a_message_that_the_padding_leaves_room_for)
{
    const RsaKeys keys;
    for (const DWORD flags : {DWORD{0}, DWORD{CRYPT_OAEP}}) {
        const DWORD most = rsa_size - (flags ? 42 : 11);
        for (DWORD size = 0; size <= most; ++size)
            for (const HCRYPTKEY key : {keys.pair, keys.public_key}) {
                const ByteVector secret = encrypted_part(key, counting(size), TRUE, flags);
                BOOST_CHECK_EQUAL(secret.size(), rsa_size);
                BOOST_CHECK(decrypted(keys.pair, secret, flags) == counting(size));
            }
        ByteVector data(200);
        for (const DWORD wrong : {most + 1, rsa_size, DWORD{100}}) {
            DWORD size = wrong;
            CHECK_FAILS_WITH(encrypt(keys.public_key, data, &size, TRUE, flags), NTE_BAD_LEN);
        }
        BOOST_CHECK_EQUAL(needed_for(keys.public_key, 5, TRUE, flags), rsa_size);
    }
}

BOOST_AUTO_TEST_CASE(treat_every_section_as_the_last)
{
    const RsaKeys keys; // U-133
    const ByteVector secret = encrypted_part(keys.public_key, counting(5), FALSE);
    BOOST_CHECK(decrypted_part(keys.pair, secret, FALSE) == counting(5));
}

BOOST_AUTO_TEST_CASE(want_room_for_the_whole_block)
{
    const RsaKeys keys;
    ByteVector data = counting(rsa_size);
    DWORD size = 5;
    CHECK_FAILS_WITH(CryptEncrypt(keys.public_key, 0, TRUE, 0, data.data(), &size, rsa_size - 1),
                     ERROR_MORE_DATA);
    BOOST_CHECK_EQUAL(size, rsa_size);
    BOOST_CHECK(data == counting(rsa_size));
}

BOOST_AUTO_TEST_CASE(never_give_the_same_block_twice)
{
    const RsaKeys keys;
    for (const DWORD flags : {DWORD{0}, DWORD{CRYPT_OAEP}})
        BOOST_CHECK(encrypted_part(keys.pair, counting(5), TRUE, flags) !=
                    encrypted_part(keys.pair, counting(5), TRUE, flags));
}

BOOST_AUTO_TEST_CASE(refuse_keys_that_are_not_for_exchange_or_not_private)
{
    const RsaKeys keys;
    const HCRYPTKEY signature = keys.make_key(AT_SIGNATURE, 512u << 16); // U-132
    ByteVector data(rsa_size);
    DWORD size = 5;
    CHECK_FAILS_WITH(encrypt(signature, data, &size), NTE_BAD_KEY);
    size = rsa_size;
    CHECK_FAILS_WITH(decrypt(signature, data, &size), NTE_BAD_KEY);
    CHECK_FAILS_WITH(decrypt(keys.public_key, data, &size), NTE_BAD_KEY);
}

BOOST_AUTO_TEST_CASE(answer_wrong_lengths_and_bad_padding)
{
    const RsaKeys keys;
    for (const DWORD wrong : {0u, 11u, 63u, 65u}) {
        ByteVector data(100);
        DWORD size = wrong;
        CHECK_FAILS_WITH(decrypt(keys.pair, data, &size), NTE_BAD_LEN); // U-123
        BOOST_CHECK_EQUAL(size, wrong);
        CHECK_FAILS_WITH(decrypt(keys.pair, data, &size, TRUE, CRYPT_OAEP),
                         NTE_BAD_DATA); // observed.md
        BOOST_CHECK_EQUAL(size, wrong);
    }
    ByteVector garbage = counting(rsa_size);
    DWORD size = rsa_size;
    for (const DWORD flags : {DWORD{0}, DWORD{CRYPT_OAEP}})
        CHECK_FAILS_WITH(decrypt(keys.pair, garbage, &size, TRUE, flags), NTE_BAD_DATA);
    BOOST_CHECK(garbage == counting(rsa_size));
    ByteVector above(rsa_size, 0xFF); // not below the modulus
    CHECK_FAILS_WITH(decrypt(keys.pair, above, &size), NTE_BAD_DATA);
    ByteVector other = encrypted_part(keys.public_key, counting(5), TRUE);
    CHECK_FAILS_WITH(decrypt(keys.pair, other, &size, TRUE, CRYPT_OAEP), NTE_BAD_DATA);
}

BOOST_AUTO_TEST_CASE(give_the_whole_block_without_a_padding_check)
{
    const RsaKeys keys; // U-134
    const ByteVector secret = encrypted_part(keys.public_key, counting(5), TRUE);
    const ByteVector block = decrypted(keys.pair, secret, CRYPT_DECRYPT_RSA_NO_PADDING_CHECK);
    BOOST_REQUIRE_EQUAL(block.size(), rsa_size);
    BOOST_CHECK(ByteVector(block.begin(), block.begin() + 6) ==
                concatenated({reversed(counting(5)), {0}}));
    BOOST_CHECK_EQUAL(to_hex(ByteVector(block.end() - 2, block.end())), "0200");
    ByteVector data = secret;
    DWORD size = rsa_size;
    CHECK_FAILS_WITH(
        decrypt(keys.pair, data, &size, TRUE, CRYPT_OAEP | CRYPT_DECRYPT_RSA_NO_PADDING_CHECK),
        NTE_BAD_FLAGS);
    CHECK_FAILS_WITH(encrypt(keys.pair, data, &size, TRUE, CRYPT_DECRYPT_RSA_NO_PADDING_CHECK),
                     NTE_BAD_FLAGS);
}

BOOST_AUTO_TEST_CASE(hash_the_message)
{
    const RsaKeys keys;
    const HCRYPTHASH hash = keys.make_hash(CALG_MD5);
    const ByteVector secret =
        encrypted_part(keys.public_key, bytes_of("message digest"), TRUE, 0, hash);
    BOOST_CHECK_EQUAL(to_hex(value_of(hash)), "f96b697d7cb7938d525a2f31aaf161d0");
    const HCRYPTHASH back = keys.make_hash(CALG_MD5);
    decrypted_part(keys.pair, secret, TRUE, 0, back);
    BOOST_CHECK_EQUAL(to_hex(value_of(back)), "f96b697d7cb7938d525a2f31aaf161d0");
}

BOOST_AUTO_TEST_SUITE_END()
