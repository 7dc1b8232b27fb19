// SPDX-License-Identifier: BSD-2-Clause
// BCryptEncrypt and BCryptDecrypt with keys that authenticate: cng.md 4.6, observed.md part 2 B.
#include "auth_info.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>

using namespace capishim_test;

namespace {

// McGrew and Viega's case 4 (cng.md 10.1)
const std::string gcm_key = "feffe9928665731c6d6a8f9467308308";
const ByteVector gcm_nonce = from_hex("cafebabefacedbaddecaf888");
const ByteVector gcm_context = from_hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
const ByteVector gcm_plain =
    from_hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a"
             "721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
const std::string gcm_cipher =
    "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d5"
    "14b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091";
const std::string gcm_tag = "5bc94fbc3221a5db94fae95ae7121a47";

KeyHandle gcm()
{
    return symmetric_key(BCRYPT_AES_GCM_ALG_HANDLE, gcm_key);
}

KeyHandle ccm()
{
    return symmetric_key(BCRYPT_AES_CCM_ALG_HANDLE, "404142434445464748494a4b4c4d4e4f");
}

KeyHandle chacha()
{
    const AlgorithmHandle algorithm(BCRYPT_CHACHA20_POLY1305_ALGORITHM);
    return symmetric_key(algorithm, std::string(64, '5'));
}

ByteVector part(const ByteVector& whole, std::size_t at, std::size_t size)
{
    const auto from = whole.begin() + static_cast<std::ptrdiff_t>(at);
    return {from, from + static_cast<std::ptrdiff_t>(size)};
}

/// Runs the pieces as one chain. @return the text; `tag` is made or checked by the last call
ByteVector run_chain(CipherFunction function, BCRYPT_KEY_HANDLE key, AuthInfo& auth,
                     const ByteVector& text, const std::vector<std::size_t>& sizes)
{
    ByteVector all, out;
    std::size_t at = 0;
    auth.begin_chain();
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (i + 1 == sizes.size())
            auth.last_call();
        CHECK_STATUS(crypt(function, key, auth, part(text, at, sizes[i]), out), STATUS_SUCCESS);
        all.insert(all.end(), out.begin(), out.end());
        at += sizes[i];
    }
    return all;
}

bool all_zero(const ByteVector& bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](UCHAR byte) { return byte == 0; });
}

} // namespace

BOOST_AUTO_TEST_SUITE(authenticated_encryption)

BOOST_AUTO_TEST_CASE(gcm_agrees_with_its_authors_and_tags_are_cut)
{
    const KeyHandle key = gcm();
    for (const std::size_t tag_size : {12, 13, 14, 15, 16}) {
        AuthInfo auth(gcm_nonce, gcm_context, ByteVector(tag_size));
        ByteVector out;
        CHECK_STATUS(crypt(BCryptEncrypt, key, auth, gcm_plain, out), STATUS_SUCCESS);
        BOOST_TEST(to_hex(out) == gcm_cipher);
        BOOST_TEST(to_hex(auth.tag) == gcm_tag.substr(0, 2 * tag_size));
        CHECK_STATUS(crypt(BCryptDecrypt, key, auth, from_hex(gcm_cipher), out), STATUS_SUCCESS);
        BOOST_TEST(out == gcm_plain);
    }
}

BOOST_AUTO_TEST_CASE(an_empty_message_has_a_tag_and_both_pointers_null)
{
    const KeyHandle key = symmetric_key(BCRYPT_AES_GCM_ALG_HANDLE, std::string(32, '0'));
    AuthInfo auth(ByteVector(12), {}, ByteVector(16));
    ULONG size = 99;
    CHECK_STATUS(BCryptEncrypt(key, nullptr, 0, &auth.info, nullptr, 0, nullptr, 0, &size, 0),
                 STATUS_SUCCESS); // N-218
    BOOST_TEST(size == 0u);
    BOOST_TEST(to_hex(auth.tag) == "58e2fccefa7e3061367f1d57a4e7455a");
    size = 99;
    CHECK_STATUS(BCryptDecrypt(key, nullptr, 0, &auth.info, nullptr, 0, nullptr, 0, &size, 0),
                 STATUS_SUCCESS);
    BOOST_TEST(size == 0u);
    auth.tag[15] ^= 1;
    CHECK_STATUS(BCryptDecrypt(key, nullptr, 0, &auth.info, nullptr, 0, nullptr, 0, &size, 0),
                 STATUS_AUTH_TAG_MISMATCH);
}

BOOST_AUTO_TEST_CASE(a_size_query_makes_no_tag_and_looks_at_neither_input_nor_structure)
{
    const KeyHandle key = gcm();
    AuthInfo auth(gcm_nonce, gcm_context, ByteVector(16, 0xAA));
    UCHAR byte = 0;
    ULONG size = 0;
    for (const CipherFunction function : {BCryptEncrypt, BCryptDecrypt}) {
        CHECK_STATUS(function(key, &byte, 1000, &auth.info, nullptr, 0, nullptr, 0, &size, 0),
                     STATUS_SUCCESS); // N-08
        BOOST_TEST(size == 1000u);
        CHECK_STATUS(function(key, nullptr, 1000, nullptr, nullptr, 0, nullptr, 0, &size, 0),
                     STATUS_SUCCESS);
        size = 99;
        CHECK_STATUS(function(key, &byte, 0, &auth.info, nullptr, 0, nullptr, 0, &size, 0),
                     STATUS_SUCCESS);
        BOOST_TEST(size == 0u);
    }
    BOOST_TEST(auth.tag == ByteVector(16, 0xAA));
}

BOOST_AUTO_TEST_CASE(ccm_agrees_with_sp_800_38c)
{
    const struct {
        const char *nonce, *context, *plain, *cipher, *tag;
    } rows[] = {
        {"10111213141516", "0001020304050607", "20212223", "7162015b", "4dac255d"},
        {"1011121314151617", "000102030405060708090a0b0c0d0e0f", "202122232425262728292a2b2c2d2e2f",
         "d2a1f0e051ea5f62081a7792073d593d", "1fc64fbfaccd"},
    };
    const KeyHandle key = ccm();
    for (const auto& row : rows) {
        AuthInfo auth(from_hex(row.nonce), from_hex(row.context), from_hex(row.tag));
        std::fill(auth.tag.begin(), auth.tag.end(), UCHAR{0});
        ByteVector out;
        CHECK_STATUS(crypt(BCryptEncrypt, key, auth, from_hex(row.plain), out), STATUS_SUCCESS);
        BOOST_TEST(to_hex(out) == row.cipher);
        BOOST_TEST(to_hex(auth.tag) == row.tag);
        CHECK_STATUS(crypt(BCryptDecrypt, key, auth, from_hex(row.cipher), out), STATUS_SUCCESS);
        BOOST_TEST(to_hex(out) == row.plain);
    }
}

BOOST_AUTO_TEST_CASE(a_wrong_tag_text_nonce_or_context_wipes_the_output)
{
    const KeyHandle keys[] = {gcm(), ccm(), chacha()};
    const std::size_t sizes[] = {1, 15, 16, 17, 60, 64, 1000, 20000};
    for (const KeyHandle& key : keys) {
        for (const std::size_t size : sizes) {
            AuthInfo auth(ByteVector(12, 1), ByteVector(20, 2), ByteVector(16));
            ByteVector cipher;
            REQUIRE_STATUS(crypt(BCryptEncrypt, key, auth, ByteVector(size, 3), cipher),
                           STATUS_SUCCESS);
            const ByteVector intact = cipher;
            for (UCHAR* const byte : {&auth.tag[0], &auth.tag[15], &auth.nonce[11],
                                      &auth.context[19], &cipher[0], &cipher[size - 1]}) {
                *byte ^= 0x80;
                ByteVector out(size + 1, 0xAA);
                ULONG told = 77;
                CHECK_STATUS(BCryptDecrypt(key, cipher.data(), size_of(cipher), &auth.info, nullptr,
                                           0, out.data(), size_of(out), &told, 0),
                             STATUS_AUTH_TAG_MISMATCH);
                BOOST_TEST(told == 77u); // N-133
                BOOST_TEST(out[size] == 0xAA);
                out.pop_back();
                BOOST_TEST(all_zero(out));
                *byte ^= 0x80;
            }
            BOOST_TEST(cipher == intact);
            ByteVector out;
            CHECK_STATUS(crypt(BCryptDecrypt, key, auth, cipher, out), STATUS_SUCCESS);
            BOOST_TEST(out == ByteVector(size, 3));
        }
    }
}

BOOST_AUTO_TEST_CASE(statuses_of_the_structure)
{
    using Change = std::function<void(AuthInfo&)>;
    const struct {
        const char* what;
        Change change;
        NTSTATUS gcm, ccm, chacha;
    } rows[] = {
        {"nothing", [](AuthInfo&) {}, STATUS_SUCCESS, STATUS_SUCCESS, STATUS_SUCCESS},
        {"cbSize 0", [](AuthInfo& a) { a.info.cbSize = 0; }, STATUS_INVALID_PARAMETER,
         STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER},
        {"cbSize one more", [](AuthInfo& a) { ++a.info.cbSize; }, STATUS_INVALID_PARAMETER,
         STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER},
        {"dwInfoVersion 2", [](AuthInfo& a) { a.info.dwInfoVersion = 2; }, STATUS_INVALID_PARAMETER,
         STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER},
        {"no nonce", [](AuthInfo& a) { a.info.pbNonce = nullptr; }, STATUS_INVALID_PARAMETER,
         STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER}, // N-129
        {"cbNonce 0", [](AuthInfo& a) { a.info.cbNonce = 0; }, STATUS_INVALID_PARAMETER,
         STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER},
        {"cbNonce 6", [](AuthInfo& a) { a.info.cbNonce = 6; }, STATUS_INVALID_PARAMETER,
         STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER},
        {"cbNonce 7", [](AuthInfo& a) { a.info.cbNonce = 7; }, STATUS_INVALID_PARAMETER,
         STATUS_SUCCESS, STATUS_INVALID_PARAMETER},
        {"cbNonce 8", [](AuthInfo& a) { a.info.cbNonce = 8; }, STATUS_INVALID_PARAMETER,
         STATUS_SUCCESS, STATUS_INVALID_PARAMETER}, // N-130
        {"cbNonce 13", [](AuthInfo& a) { a.info.cbNonce = 13; }, STATUS_INVALID_PARAMETER,
         STATUS_SUCCESS, STATUS_INVALID_PARAMETER},
        {"cbNonce 16", [](AuthInfo& a) { a.info.cbNonce = 16; }, STATUS_INVALID_PARAMETER,
         STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER},
        {"no context but a size", [](AuthInfo& a) { a.info.pbAuthData = nullptr; },
         STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER},
        {"context without size", [](AuthInfo& a) { a.info.cbAuthData = 0; }, STATUS_SUCCESS,
         STATUS_SUCCESS, STATUS_SUCCESS},
        {"no tag", [](AuthInfo& a) { a.info.pbTag = nullptr; }, STATUS_INVALID_PARAMETER,
         STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER},
        {"cbTag 0", [](AuthInfo& a) { a.info.cbTag = 0; }, STATUS_INVALID_PARAMETER,
         STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER},
        {"cbTag 3", [](AuthInfo& a) { a.info.cbTag = 3; }, STATUS_INVALID_PARAMETER,
         STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER},
        {"cbTag 4", [](AuthInfo& a) { a.info.cbTag = 4; }, STATUS_INVALID_PARAMETER, STATUS_SUCCESS,
         STATUS_INVALID_PARAMETER},
        {"cbTag 11", [](AuthInfo& a) { a.info.cbTag = 11; }, STATUS_INVALID_PARAMETER,
         STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER},
        {"cbTag 12", [](AuthInfo& a) { a.info.cbTag = 12; }, STATUS_SUCCESS, STATUS_SUCCESS,
         STATUS_INVALID_PARAMETER},
        {"cbTag 13", [](AuthInfo& a) { a.info.cbTag = 13; }, STATUS_SUCCESS,
         STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER},
        {"cbTag 17", [](AuthInfo& a) { a.info.cbTag = 17; }, STATUS_INVALID_PARAMETER,
         STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER}, // N-131
        {"dwFlags 4", [](AuthInfo& a) { a.info.dwFlags = 4; }, STATUS_INVALID_PARAMETER,
         STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER},
        {"a chain without buffers", [](AuthInfo& a) { a.info.dwFlags = 1; },
         STATUS_INVALID_PARAMETER, STATUS_NOT_SUPPORTED, STATUS_NOT_SUPPORTED}, // N-134, N-138
        {"a chain's end without buffers", [](AuthInfo& a) { a.info.dwFlags = 2; },
         STATUS_INVALID_PARAMETER, STATUS_NOT_SUPPORTED, STATUS_NOT_SUPPORTED},
        {"a mac context that is not asked for",
         [](AuthInfo& a) { a.info.pbMacContext = a.tag.data(); }, STATUS_SUCCESS, STATUS_SUCCESS,
         STATUS_SUCCESS},
    };
    const KeyHandle keys[] = {gcm(), ccm(), chacha()};
    for (const auto& row : rows) {
        const NTSTATUS expected[] = {row.gcm, row.ccm, row.chacha};
        for (std::size_t i = 0; i < 3; ++i) {
            BOOST_TEST_CONTEXT(row.what << ", key " << i)
            {
                AuthInfo auth(ByteVector(12, 1), ByteVector(20, 2), ByteVector(16));
                auth.nonce.resize(16);
                auth.tag.resize(17);
                auth.info.pbNonce = auth.nonce.data();
                auth.info.pbTag = auth.tag.data();
                row.change(auth);
                UCHAR text[16] = {};
                ULONG size = 0;
                BOOST_TEST(BCryptEncrypt(keys[i], text, 16, &auth.info, nullptr, 0, text, 16, &size,
                                         0) == expected[i]);
                if (expected[i] == STATUS_SUCCESS)
                    CHECK_STATUS(BCryptDecrypt(keys[i], text, 16, &auth.info, nullptr, 0, text, 16,
                                               &size, 0),
                                 STATUS_SUCCESS);
                else
                    BOOST_TEST(BCryptDecrypt(keys[i], text, 16, &auth.info, nullptr, 0, text, 16,
                                             &size, 0) == expected[i]);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(statuses_of_the_call)
{
    const KeyHandle keys[] = {gcm(), ccm()};
    UCHAR text[64] = {};
    AuthInfo good(gcm_nonce, gcm_context, ByteVector(16));
    const struct {
        const char* what;
        PUCHAR in;
        ULONG in_size;
        void* info;
        ULONG room;
        bool tell;
        ULONG flags;
        NTSTATUS status;
        ULONG told;
    } rows[] = {
        {"right", text, 32, &good.info, 32, true, 0, STATUS_SUCCESS, 32},
        {"any length", text, 31, &good.info, 64, true, 0, STATUS_SUCCESS, 31},
        {"locked buffers", text, 32, &good.info, 32, true, BCRYPT_BUFFERS_LOCKED_FLAG,
         STATUS_SUCCESS, 32},
        {"no structure", text, 32, nullptr, 32, true, 0, STATUS_INVALID_PARAMETER, 99},
        {"no input", nullptr, 32, &good.info, 32, true, 0, STATUS_INVALID_PARAMETER, 99},
        {"no place for the size", text, 32, &good.info, 32, false, 0, STATUS_INVALID_PARAMETER, 99},
        {"a flag that does not exist", text, 32, &good.info, 32, true, 0x80,
         STATUS_INVALID_PARAMETER, 99},
        {"one byte short", text, 32, &good.info, 31, true, 0, STATUS_BUFFER_TOO_SMALL, 32},
        // observed.md part 2 B: the room is judged first, as if padded
        {"padding, short", text, 32, &good.info, 32, true, BCRYPT_BLOCK_PADDING,
         STATUS_BUFFER_TOO_SMALL, 48},
        {"padding, room", text, 32, &good.info, 48, true, BCRYPT_BLOCK_PADDING,
         STATUS_INVALID_PARAMETER, 99},
    };
    for (const KeyHandle& key : keys) {
        for (const auto& row : rows) {
            BOOST_TEST_CONTEXT(row.what)
            {
                ULONG told = 99;
                BOOST_TEST(BCryptEncrypt(key, row.in, row.in_size, row.info, nullptr, 0, text,
                                         row.room, row.tell ? &told : nullptr,
                                         row.flags) == row.status);
                if (row.tell && row.status != STATUS_INVALID_PARAMETER)
                    BOOST_TEST(told == row.told);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(an_iv_is_neither_read_nor_written_outside_a_chain)
{
    const KeyHandle key = gcm();
    AuthInfo auth(gcm_nonce, gcm_context, ByteVector(16));
    ByteVector iv(5, 0x77), out(60);
    ULONG size = 0;
    CHECK_STATUS(BCryptEncrypt(key, data_of(gcm_plain), 60, &auth.info, iv.data(), 5, out.data(),
                               60, &size, 0),
                 STATUS_SUCCESS); // N-132
    BOOST_TEST(to_hex(out) == gcm_cipher);
    auth.tag[0] ^= 1;
    CHECK_STATUS(
        BCryptDecrypt(key, out.data(), 60, &auth.info, iv.data(), 5, out.data(), 60, &size, 0),
        STATUS_AUTH_TAG_MISMATCH);
    BOOST_TEST(iv == ByteVector(5, 0x77));
}

BOOST_AUTO_TEST_CASE(one_call_leaves_the_structure_as_it_was)
{
    const KeyHandle key = gcm();
    AuthInfo auth(gcm_nonce, gcm_context, ByteVector(16));
    auth.info.cbAAD = 7;
    auth.info.cbData = 9;
    ByteVector out;
    CHECK_STATUS(crypt(BCryptEncrypt, key, auth, gcm_plain, out), STATUS_SUCCESS);
    BOOST_TEST(auth.info.cbAAD == 7u);
    BOOST_TEST(auth.info.cbData == 9u);
    BOOST_TEST(auth.info.dwFlags == 0u);
}

BOOST_AUTO_TEST_CASE(text_may_be_in_place_or_overlap)
{
    const KeyHandle keys[] = {gcm(), ccm(), chacha()};
    for (const KeyHandle& key : keys) {
        AuthInfo auth(ByteVector(12, 1), {}, ByteVector(16));
        const ByteVector plain(20000, 0x3C);
        ByteVector apart;
        REQUIRE_STATUS(crypt(BCryptEncrypt, key, auth, plain, apart), STATUS_SUCCESS);
        for (const std::size_t shift : {0, 1, 16, 500}) {
            ByteVector memory(plain.size() + shift);
            std::copy(plain.begin(), plain.end(), memory.begin());
            ULONG size = 0;
            CHECK_STATUS(BCryptEncrypt(key, memory.data(), size_of(plain), &auth.info, nullptr, 0,
                                       memory.data() + shift, size_of(plain), &size, 0),
                         STATUS_SUCCESS);
            BOOST_TEST(
                std::equal(apart.begin(), apart.end(), memory.begin() + static_cast<long>(shift)));
            CHECK_STATUS(BCryptDecrypt(key, memory.data() + shift, size_of(plain), &auth.info,
                                       nullptr, 0, memory.data(), size_of(plain), &size, 0),
                         STATUS_SUCCESS);
            BOOST_TEST(std::equal(plain.begin(), plain.end(), memory.begin()));
        }
    }
}

BOOST_AUTO_TEST_CASE(ccm_messages_must_fit_their_length_field)
{
    const KeyHandle key = ccm();
    AuthInfo auth(ByteVector(13), {}, ByteVector(16));
    ByteVector out;
    CHECK_STATUS(crypt(BCryptEncrypt, key, auth, ByteVector(65535), out), STATUS_SUCCESS);
    CHECK_STATUS(crypt(BCryptEncrypt, key, auth, ByteVector(65536), out), STATUS_INVALID_PARAMETER);
    AuthInfo shorter(ByteVector(12), {}, ByteVector(16));
    CHECK_STATUS(crypt(BCryptEncrypt, key, shorter, ByteVector(65536), out), STATUS_SUCCESS);
}

BOOST_AUTO_TEST_CASE(a_chain_gives_what_one_call_gives)
{
    const std::vector<std::vector<std::size_t>> ways = {
        {16, 32, 12}, {48, 12},       {0, 0, 60},   {16, 16, 16, 12},
        {60},         {0, 48, 0, 12}, {32, 16, 12}, {16, 0, 16, 0, 16, 12},
    };
    const KeyHandle key = gcm();
    for (const auto& sizes : ways) {
        AuthInfo auth(gcm_nonce, gcm_context, ByteVector(16));
        // with no text yet the context would be taken again (N-135)
        if (sizes[0] == 0)
            continue;
        BOOST_TEST(to_hex(run_chain(BCryptEncrypt, key, auth, gcm_plain, sizes)) == gcm_cipher);
        BOOST_TEST(to_hex(auth.tag) == gcm_tag);
        BOOST_TEST(auth.info.dwFlags == 0u); // N-136: it can serve again
        BOOST_TEST(auth.info.cbAAD == 0u);
        BOOST_TEST(auth.info.cbData == 0u);
        BOOST_TEST((run_chain(BCryptDecrypt, key, auth, from_hex(gcm_cipher), sizes) == gcm_plain));
    }
}

BOOST_AUTO_TEST_CASE(the_structure_tells_how_far_a_chain_is)
{
    const KeyHandle key = gcm();
    AuthInfo auth(gcm_nonce, gcm_context, ByteVector(12, 0xAA));
    ByteVector out;
    auth.begin_chain();
    CHECK_STATUS(crypt(BCryptEncrypt, key, auth, part(gcm_plain, 0, 48), out), STATUS_SUCCESS);
    BOOST_TEST(auth.info.cbAAD == 20u);
    BOOST_TEST(auth.info.cbData == 48u);
    BOOST_TEST(auth.info.dwFlags == 3u);
    BOOST_TEST(auth.tag == ByteVector(12, 0xAA)); // none before the last call
    auth.last_call();
    CHECK_STATUS(crypt(BCryptEncrypt, key, auth, part(gcm_plain, 48, 12), out), STATUS_SUCCESS);
    BOOST_TEST(to_hex(auth.tag) == gcm_tag.substr(0, 24));
}

BOOST_AUTO_TEST_CASE(context_may_come_in_pieces_before_the_text)
{
    const KeyHandle key = gcm();
    AuthInfo auth(gcm_nonce, {}, ByteVector(16));
    const ByteVector first = part(gcm_context, 0, 16), second = part(gcm_context, 16, 4);
    ByteVector out;
    auth.begin_chain();
    auth.set_context(first);
    CHECK_STATUS(crypt(BCryptEncrypt, key, auth, {}, out), STATUS_SUCCESS);
    auth.set_context(second);
    CHECK_STATUS(crypt(BCryptEncrypt, key, auth, {}, out), STATUS_SUCCESS);
    BOOST_TEST(auth.info.cbAAD == 20u);
    auth.set_context(second); // a piece after one of odd length
    CHECK_STATUS(crypt(BCryptEncrypt, key, auth, {}, out), STATUS_INVALID_PARAMETER); // N-135
    auth.set_context({});
    CHECK_STATUS(crypt(BCryptEncrypt, key, auth, part(gcm_plain, 0, 32), out), STATUS_SUCCESS);
    BOOST_TEST(to_hex(out) == gcm_cipher.substr(0, 64));
    auth.set_context(first); // after text it is ignored
    auth.last_call();
    CHECK_STATUS(crypt(BCryptEncrypt, key, auth, part(gcm_plain, 32, 28), out), STATUS_SUCCESS);
    BOOST_TEST(to_hex(auth.tag) == gcm_tag);
}

BOOST_AUTO_TEST_CASE(a_chain_may_end_with_an_empty_call_and_begin_with_the_last)
{
    const KeyHandle key = gcm();
    AuthInfo whole(gcm_nonce, gcm_context, ByteVector(16)),
        chain(gcm_nonce, gcm_context, ByteVector(16));
    ByteVector out;
    CHECK_STATUS(crypt(BCryptEncrypt, key, whole, part(gcm_plain, 0, 48), out), STATUS_SUCCESS);
    run_chain(BCryptEncrypt, key, chain, part(gcm_plain, 0, 48), {48, 0});
    BOOST_TEST(to_hex(chain.tag) == to_hex(whole.tag));
}

BOOST_AUTO_TEST_CASE(chains_on_one_key_do_not_meet)
{
    const KeyHandle key = gcm();
    AuthInfo a(gcm_nonce, gcm_context, ByteVector(16)), b(ByteVector(12, 9), {}, ByteVector(16));
    AuthInfo whole_b(ByteVector(12, 9), {}, ByteVector(16));
    ByteVector out, expected_b;
    REQUIRE_STATUS(crypt(BCryptEncrypt, key, whole_b, gcm_plain, expected_b), STATUS_SUCCESS);
    a.begin_chain();
    b.begin_chain();
    std::string cipher_a, cipher_b;
    for (const std::size_t at : {0, 16, 32}) {
        CHECK_STATUS(crypt(BCryptEncrypt, key, a, part(gcm_plain, at, 16), out), STATUS_SUCCESS);
        cipher_a += to_hex(out);
        CHECK_STATUS(crypt(BCryptEncrypt, key, b, part(gcm_plain, at, 16), out), STATUS_SUCCESS);
        cipher_b += to_hex(out);
    }
    a.last_call();
    b.last_call();
    CHECK_STATUS(crypt(BCryptEncrypt, key, b, part(gcm_plain, 48, 12), out), STATUS_SUCCESS);
    BOOST_TEST(cipher_b + to_hex(out) == to_hex(expected_b));
    BOOST_TEST(b.tag == whole_b.tag);
    CHECK_STATUS(crypt(BCryptEncrypt, key, a, part(gcm_plain, 48, 12), out), STATUS_SUCCESS);
    BOOST_TEST(cipher_a + to_hex(out) == gcm_cipher);
    BOOST_TEST(to_hex(a.tag) == gcm_tag);
}

BOOST_AUTO_TEST_CASE(a_chain_goes_on_from_a_copy_and_under_a_duplicate_key)
{
    const KeyHandle key = gcm();
    AuthInfo auth(gcm_nonce, gcm_context, ByteVector(16)),
        copy(gcm_nonce, gcm_context, ByteVector(16));
    ByteVector out;
    auth.begin_chain();
    CHECK_STATUS(crypt(BCryptEncrypt, key, auth, part(gcm_plain, 0, 48), out), STATUS_SUCCESS);
    copy.begin_chain();
    copy.mac_context = auth.mac_context;
    copy.working_iv = auth.working_iv;
    copy.info.pbMacContext = copy.mac_context.data();
    copy.info.cbAAD = auth.info.cbAAD;
    copy.info.cbData = auth.info.cbData;
    copy.info.dwFlags = BCRYPT_AUTH_MODE_IN_PROGRESS_FLAG;
    KeyHandle duplicate;
    REQUIRE_STATUS(BCryptDuplicateKey(key, &duplicate.handle, nullptr, 0, 0), STATUS_SUCCESS);
    CHECK_STATUS(crypt(BCryptEncrypt, duplicate, copy, part(gcm_plain, 48, 12), out),
                 STATUS_SUCCESS);
    BOOST_TEST(to_hex(copy.tag) == gcm_tag); // the first chain is simply left
}

BOOST_AUTO_TEST_CASE(pieces_but_the_last_are_whole_blocks)
{
    const KeyHandle key = gcm();
    AuthInfo auth(gcm_nonce, gcm_context, ByteVector(16));
    auth.begin_chain();
    UCHAR out[32] = {};
    ULONG size = 0;
    CHECK_STATUS(BCryptEncrypt(key, data_of(gcm_plain), 17, &auth.info, auth.working_iv.data(), 16,
                               out, 32, &size, 0),
                 STATUS_INVALID_BUFFER_SIZE);
    BOOST_TEST(size == 17u); // as observed of other modes
    BOOST_TEST(auth.info.dwFlags == 1u);
    BOOST_TEST(auth.working_iv == ByteVector(16, 0xEE));
    BOOST_TEST(auth.mac_context == ByteVector(16, 0xEE));
}

BOOST_AUTO_TEST_CASE(statuses_of_a_chains_buffers)
{
    const KeyHandle key = gcm();
    UCHAR text[16] = {}, iv[17] = {};
    ULONG size = 0;
    for (const ULONG iv_size : {0, 12, 15, 17}) {
        AuthInfo auth(gcm_nonce, {}, ByteVector(16));
        auth.begin_chain();
        CHECK_STATUS(BCryptEncrypt(key, text, 16, &auth.info, iv, iv_size, text, 16, &size, 0),
                     STATUS_INVALID_PARAMETER); // N-134
        CHECK_STATUS(BCryptEncrypt(key, text, 16, &auth.info, nullptr, 16, text, 16, &size, 0),
                     STATUS_INVALID_PARAMETER);
        auth.info.cbMacContext = 15;
        CHECK_STATUS(BCryptEncrypt(key, text, 16, &auth.info, iv, 16, text, 16, &size, 0),
                     STATUS_INVALID_PARAMETER);
        auth.info.pbMacContext = nullptr;
        auth.info.cbMacContext = 16;
        CHECK_STATUS(BCryptEncrypt(key, text, 16, &auth.info, iv, 16, text, 16, &size, 0),
                     STATUS_INVALID_PARAMETER);
        BOOST_TEST(auth.info.dwFlags == 1u);
    }
}

BOOST_AUTO_TEST_CASE(the_last_piece_alone_is_wiped_when_a_chains_tag_is_wrong)
{
    const KeyHandle key = gcm();
    AuthInfo auth(gcm_nonce, gcm_context, from_hex(gcm_tag));
    auth.tag[3] ^= 4;
    const ByteVector cipher = from_hex(gcm_cipher);
    ByteVector out;
    auth.begin_chain();
    CHECK_STATUS(crypt(BCryptDecrypt, key, auth, part(cipher, 0, 48), out), STATUS_SUCCESS);
    BOOST_TEST(out == part(gcm_plain, 0, 48));
    auth.last_call();
    const ByteVector iv = auth.working_iv;
    CHECK_STATUS(crypt(BCryptDecrypt, key, auth, part(cipher, 48, 12), out),
                 STATUS_AUTH_TAG_MISMATCH);
    BOOST_TEST(all_zero(out));
    BOOST_TEST(auth.working_iv == iv);
    auth.tag[3] ^= 4; // nothing else has changed
    CHECK_STATUS(crypt(BCryptDecrypt, key, auth, part(cipher, 48, 12), out), STATUS_SUCCESS);
    BOOST_TEST(out == part(gcm_plain, 48, 12));
}

BOOST_AUTO_TEST_CASE(progress_claimed_at_the_first_call_gives_a_wrong_tag_only)
{
    const KeyHandle key = gcm();
    AuthInfo auth(gcm_nonce, gcm_context, ByteVector(16));
    auth.begin_chain();
    auth.info.dwFlags |= BCRYPT_AUTH_MODE_IN_PROGRESS_FLAG;
    ByteVector out;
    CHECK_STATUS(crypt(BCryptEncrypt, key, auth, part(gcm_plain, 0, 48), out), STATUS_SUCCESS);
    auth.last_call();
    CHECK_STATUS(crypt(BCryptEncrypt, key, auth, part(gcm_plain, 48, 12), out), STATUS_SUCCESS);
    BOOST_TEST(to_hex(auth.tag) != gcm_tag);
}

BOOST_AUTO_TEST_CASE(lengths_in_the_structure_are_not_trusted)
{
    const KeyHandle key = gcm();
    const struct {
        ULONG context;
        ULONGLONG text;
        NTSTATUS status;
    } rows[] = {
        {0xFFFFFFF0, 0, STATUS_INVALID_PARAMETER}, // the sum of the contexts has 32 bits
        {0, (1ULL << 36) - 48, STATUS_SUCCESS},
        {0, (1ULL << 36) - 32, STATUS_INVALID_PARAMETER},
        {0, ~0ULL, STATUS_INVALID_PARAMETER},
    };
    for (const auto& row : rows) {
        AuthInfo auth(gcm_nonce, gcm_context, ByteVector(16));
        auth.begin_chain();
        auth.info.dwFlags |= BCRYPT_AUTH_MODE_IN_PROGRESS_FLAG;
        auth.info.cbAAD = row.context;
        auth.info.cbData = row.text;
        ByteVector out;
        BOOST_TEST(crypt(BCryptEncrypt, key, auth, ByteVector(16), out) == row.status);
    }
}

BOOST_AUTO_TEST_CASE(one_key_serves_many_threads_whole_and_in_chains)
{
    const KeyHandle key = gcm();
    std::atomic<int> wrong = 0;
    const auto work = [&](std::size_t first_piece) {
        for (int i = 0; i < 200; ++i) {
            AuthInfo whole(gcm_nonce, gcm_context, ByteVector(16));
            AuthInfo chain(gcm_nonce, gcm_context, ByteVector(16));
            ByteVector out(60);
            ULONG size = 0;
            NTSTATUS status = BCryptEncrypt(key, data_of(gcm_plain), 60, &whole.info, nullptr, 0,
                                            out.data(), 60, &size, 0);
            wrong += status != STATUS_SUCCESS || to_hex(whole.tag) != gcm_tag;
            chain.begin_chain();
            for (const std::size_t at : {std::size_t{0}, first_piece}) {
                const std::size_t end = at == 0 ? first_piece : 60;
                if (at != 0)
                    chain.last_call();
                status = BCryptEncrypt(key, data_of(gcm_plain) + at, static_cast<ULONG>(end - at),
                                       &chain.info, chain.working_iv.data(), 16, out.data() + at,
                                       60, &size, 0);
                wrong += status != STATUS_SUCCESS;
            }
            wrong += to_hex(out) != gcm_cipher || to_hex(chain.tag) != gcm_tag;
        }
    };
    std::vector<std::thread> threads;
    for (const std::size_t first_piece : {16, 32, 48, 16})
        threads.emplace_back(work, first_piece);
    for (std::thread& thread : threads)
        thread.join();
    BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_CASE(a_structure_is_refused_where_none_belongs)
{
    const KeyHandle key = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, gcm_key);
    AuthInfo auth(gcm_nonce, gcm_context, ByteVector(16));
    UCHAR text[16] = {};
    ULONG size = 0;
    CHECK_STATUS(BCryptEncrypt(key, text, 16, &auth.info, nullptr, 0, text, 16, &size, 0),
                 STATUS_INVALID_PARAMETER); // N-49
}

BOOST_AUTO_TEST_CASE(the_mode_of_a_key_may_change_between_messages)
{
    const KeyHandle key = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, gcm_key);
    ByteVector out;
    for (int i = 0; i < 2; ++i) {
        REQUIRE_STATUS(set_text(key, BCRYPT_CHAINING_MODE, BCRYPT_CHAIN_MODE_GCM), STATUS_SUCCESS);
        AuthInfo auth(gcm_nonce, gcm_context, ByteVector(16));
        CHECK_STATUS(crypt(BCryptEncrypt, key, auth, gcm_plain, out), STATUS_SUCCESS);
        BOOST_TEST(to_hex(auth.tag) == gcm_tag);
        REQUIRE_STATUS(set_text(key, BCRYPT_CHAINING_MODE, BCRYPT_CHAIN_MODE_CCM), STATUS_SUCCESS);
        CHECK_STATUS(crypt(BCryptDecrypt, key, auth, from_hex(gcm_cipher), out),
                     STATUS_AUTH_TAG_MISMATCH);
    }
}

BOOST_AUTO_TEST_CASE(chacha20_poly1305_has_a_duplicate_and_no_pseudo_handle)
{
    const KeyHandle key = chacha();
    KeyHandle copy;
    REQUIRE_STATUS(BCryptDuplicateKey(key, &copy.handle, nullptr, 0, 0), STATUS_SUCCESS);
    AuthInfo auth(ByteVector(12, 1), ByteVector(3, 2), ByteVector(16));
    ByteVector cipher, out;
    CHECK_STATUS(crypt(BCryptEncrypt, key, auth, gcm_plain, cipher), STATUS_SUCCESS);
    CHECK_STATUS(crypt(BCryptDecrypt, copy, auth, cipher, out), STATUS_SUCCESS);
    BOOST_TEST(out == gcm_plain);
    BCRYPT_KEY_HANDLE none = nullptr;
    CHECK_STATUS(
        BCryptGenerateSymmetricKey(number(0x3A1), &none, nullptr, 0, data_of(gcm_plain), 32, 0),
        STATUS_INVALID_HANDLE); // N-89
}

BOOST_AUTO_TEST_SUITE_END()
