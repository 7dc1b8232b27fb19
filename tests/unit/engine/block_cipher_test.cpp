// SPDX-License-Identifier: BSD-2-Clause
// Block ciphers and their modes against published vectors, and how the chain goes on.
#include "engine/block_cipher.h"
#include "engine/modes.h"
#include "names.h"
#include "support/fault_check.h"
#include "support/vectors.h"

#include <boost/test/unit_test.hpp>
#include <functional>

using namespace capishim;
using namespace capishim::engine;
using namespace capishim_test;

namespace {

using Cipher = std::shared_ptr<const BlockCipher>;

/// A mode with its feedback bound, so that all modes have one form.
struct Mode {
    std::function<void(const BlockCipher&, MutableBytes, ByteView, std::uint8_t*)> encrypt;
    std::function<void(const BlockCipher&, MutableBytes, ByteView, std::uint8_t*)> decrypt;
};

Mode cfb(std::size_t feedback)
{
    return {[=](const BlockCipher& cipher, MutableBytes chain, ByteView in, std::uint8_t* out) {
                cfb_encrypt(cipher, chain, feedback, in, out);
            },
            [=](const BlockCipher& cipher, MutableBytes chain, ByteView in, std::uint8_t* out) {
                cfb_decrypt(cipher, chain, feedback, in, out);
            }};
}

Mode mode_named(const std::string& name, const BlockCipher& cipher)
{
    if (name == "CBC")
        return {cbc_encrypt, cbc_decrypt};
    if (name == "CFB8")
        return cfb(1);
    if (name == "CFB")
        return cfb(cipher.block_size());
    BOOST_REQUIRE_EQUAL(name, "ECB");
    return {[](const BlockCipher& c, MutableBytes, ByteView in, std::uint8_t* out) {
                ecb_encrypt(c, in, out);
            },
            [](const BlockCipher& c, MutableBytes, ByteView in, std::uint8_t* out) {
                ecb_decrypt(c, in, out);
            }};
}

void check_vector(const Cipher& cipher, const Vector& vector)
{
    BOOST_TEST_CONTEXT(vector.where())
    {
        const Mode mode = mode_named(vector.text("mode"), *cipher);
        const Bytes iv = vector.has("iv") ? vector.bytes("iv") : Bytes();
        const Bytes plaintext = vector.bytes("plaintext");
        Bytes chain = iv;
        Bytes text(plaintext.size());
        mode.encrypt(*cipher, chain, plaintext, text.data());
        BOOST_TEST(to_hex(text) == vector.text("ciphertext"));
        if (vector.has("chain"))
            BOOST_TEST(to_hex(chain) == vector.text("chain"));
        const Bytes chain_after = chain;
        chain = iv;
        mode.decrypt(*cipher, chain, text, text.data());
        BOOST_TEST(to_hex(text) == to_hex(plaintext));
        BOOST_TEST(to_hex(chain) == to_hex(chain_after));
    }
}

struct CipherCase {
    const char* name;
    BlockCipherId id;
    std::size_t key_size;
};

const std::vector<CipherCase> cipher_cases = {
    {"AES-128", BlockCipherId::aes, 16},
    {"AES-192", BlockCipherId::aes, 24},
    {"AES-256", BlockCipherId::aes, 32},
    {"DES", BlockCipherId::des, 8},
    {"3DES two keys", BlockCipherId::triple_des, 16},
    {"3DES", BlockCipherId::triple_des, 24},
    {"RC2-40", BlockCipherId::rc2, 5},
    {"RC2-128", BlockCipherId::rc2, 16},
};

} // namespace

BOOST_AUTO_TEST_SUITE(engine_block_cipher)

BOOST_AUTO_TEST_CASE(aes_agrees_with_sp_800_38a)
{
    for (const Vector& vector : read_vectors("aes.vec"))
        check_vector(make_block_cipher(BlockCipherId::aes, vector.bytes("key")), vector);
}

BOOST_AUTO_TEST_CASE(des_and_triple_des_agree_with_their_standards)
{
    for (const Vector& vector : read_vectors("des.vec")) {
        const auto id =
            vector.text("cipher") == "DES" ? BlockCipherId::des : BlockCipherId::triple_des;
        check_vector(make_block_cipher(id, vector.bytes("key")), vector);
    }
}

BOOST_AUTO_TEST_CASE(rc2_agrees_with_rfc_2268)
{
    for (const Vector& vector : read_vectors("rc2.vec")) {
        BOOST_TEST_CONTEXT(vector.where())
        {
            const auto cipher = make_block_cipher(BlockCipherId::rc2, vector.bytes("key"),
                                                  vector.number("effective_bits"));
            Bytes block = vector.bytes("plaintext");
            cipher->encrypt(block.data(), block.data(), 1);
            BOOST_TEST(to_hex(block) == vector.text("ciphertext"));
            cipher->decrypt(block.data(), block.data(), 1);
            BOOST_TEST(to_hex(block) == vector.text("plaintext"));
        }
    }
}

BOOST_AUTO_TEST_CASE(rc2_works_in_modes)
{
    for (const Vector& vector : read_vectors("rc2_modes.vec"))
        check_vector(make_block_cipher(BlockCipherId::rc2, vector.bytes("key"),
                                       vector.number("effective_bits")),
                     vector);
}

BOOST_AUTO_TEST_CASE(rc2_takes_the_keys_own_length_when_no_effective_one_is_given)
{
    const Bytes key = sample(13);
    const auto implied = make_block_cipher(BlockCipherId::rc2, key);
    const auto given = make_block_cipher(BlockCipherId::rc2, key, 8 * 13);
    const auto shorter = make_block_cipher(BlockCipherId::rc2, key, 40);
    const Bytes block(8);
    Bytes a(8), b(8), c(8);
    implied->encrypt(block.data(), a.data(), 1);
    given->encrypt(block.data(), b.data(), 1);
    shorter->encrypt(block.data(), c.data(), 1);
    BOOST_TEST(a == b);
    BOOST_TEST(a != c);
}

BOOST_AUTO_TEST_CASE(refuses_keys_of_other_lengths)
{
    for (const std::size_t size : {0, 8, 15, 17, 31, 33})
        CHECK_FAULT(make_block_cipher(BlockCipherId::aes, sample(size)), Fault::bad_length);
    for (const std::size_t size : {0, 7, 9, 16})
        CHECK_FAULT(make_block_cipher(BlockCipherId::des, sample(size)), Fault::bad_length);
    for (const std::size_t size : {0, 8, 23, 32})
        CHECK_FAULT(make_block_cipher(BlockCipherId::triple_des, sample(size)), Fault::bad_length);
    for (const std::size_t size : {0, 129})
        CHECK_FAULT(make_block_cipher(BlockCipherId::rc2, sample(size)), Fault::bad_length);
    CHECK_FAULT(make_block_cipher(BlockCipherId::rc2, sample(16), 1025), Fault::bad_length);
}

BOOST_AUTO_TEST_CASE(the_chain_goes_on_from_call_to_call_in_every_mode)
{
    for (const CipherCase& row : cipher_cases) {
        const Cipher cipher = make_block_cipher(row.id, sample(row.key_size));
        const std::size_t block = cipher->block_size();
        const Bytes text = sample(300 * block); // more than one chunk of a decryption
        for (const char* name : {"ECB", "CBC", "CFB", "CFB8"}) {
            BOOST_TEST_CONTEXT(row.name << " " << name)
            {
                const Mode mode = mode_named(name, *cipher);
                const Bytes iv = sample(block);
                Bytes chain = iv;
                Bytes whole(text.size());
                mode.encrypt(*cipher, chain, text, whole.data());

                const std::size_t cut = 7 * block;
                const ByteView first = ByteView(text).first(cut);
                const ByteView second = ByteView(text).subspan(cut);
                Bytes pieces(text.size());
                Bytes piece_chain = iv;
                mode.encrypt(*cipher, piece_chain, first, pieces.data());
                mode.encrypt(*cipher, piece_chain, second, pieces.data() + cut);
                BOOST_TEST((pieces == whole));
                BOOST_TEST((piece_chain == chain));

                Bytes opened(text.size());
                piece_chain = iv;
                mode.decrypt(*cipher, piece_chain, ByteView(whole).first(cut), opened.data());
                mode.decrypt(*cipher, piece_chain, ByteView(whole).subspan(cut),
                             opened.data() + cut);
                BOOST_TEST((opened == text));
                BOOST_TEST((piece_chain == chain));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(works_in_place_as_it_does_apart)
{
    for (const CipherCase& row : cipher_cases) {
        const Cipher cipher = make_block_cipher(row.id, sample(row.key_size));
        const std::size_t block = cipher->block_size();
        for (const std::size_t blocks : {0, 1, 2, 63, 64, 65, 129, 500}) {
            const Bytes text = sample(blocks * block);
            for (const char* name : {"ECB", "CBC", "CFB", "CFB8"}) {
                BOOST_TEST_CONTEXT(row.name << " " << name << " " << blocks << " blocks")
                {
                    const Mode mode = mode_named(name, *cipher);
                    Bytes chain = sample(block);
                    Bytes apart(text.size());
                    mode.encrypt(*cipher, chain, text, apart.data());
                    chain = sample(block);
                    Bytes in_place = text;
                    mode.encrypt(*cipher, chain, in_place, in_place.data());
                    BOOST_TEST((in_place == apart));
                    chain = sample(block);
                    mode.decrypt(*cipher, chain, in_place, in_place.data());
                    BOOST_TEST((in_place == text));
                    chain = sample(block);
                    Bytes opened(text.size());
                    mode.decrypt(*cipher, chain, apart, opened.data());
                    BOOST_TEST((opened == text));
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(cfb8_takes_any_length)
{
    const Cipher cipher = make_block_cipher(BlockCipherId::aes, sample(16));
    const Bytes text = sample(37);
    Bytes chain = sample(16);
    Bytes whole(text.size());
    cfb_encrypt(*cipher, chain, 1, text, whole.data());
    BOOST_TEST(to_hex(chain) == to_hex(whole.data() + 37 - 16, 16));
    chain = sample(16);
    Bytes opened(text.size());
    for (std::size_t i = 0; i < text.size(); ++i)
        cfb_decrypt(*cipher, chain, 1, ByteView(whole).subspan(i, 1), &opened[i]);
    BOOST_TEST((opened == text));
}

BOOST_AUTO_TEST_CASE(refuses_parts_of_blocks_and_other_feedbacks)
{
    const Cipher cipher = make_block_cipher(BlockCipherId::aes, sample(16));
    Bytes chain(16);
    Bytes text(17);
    CHECK_FAULT(cbc_encrypt(*cipher, chain, text, text.data()), Fault::bad_block_length);
    CHECK_FAULT(cbc_decrypt(*cipher, chain, text, text.data()), Fault::bad_block_length);
    CHECK_FAULT(ecb_encrypt(*cipher, text, text.data()), Fault::bad_block_length);
    CHECK_FAULT(ecb_decrypt(*cipher, text, text.data()), Fault::bad_block_length);
    CHECK_FAULT(cfb_encrypt(*cipher, chain, 16, text, text.data()), Fault::bad_block_length);
    CHECK_FAULT(cfb_encrypt(*cipher, chain, 2, text, text.data()), Fault::invalid_parameter);
    BOOST_TEST((text == Bytes(17)));
}

BOOST_AUTO_TEST_CASE(padding_is_told_by_its_length)
{
    for (const std::size_t block : {8, 16}) {
        for (std::size_t length = 1; length <= block; ++length) {
            Bytes data = sample(2 * block);
            std::fill(data.end() - static_cast<std::ptrdiff_t>(length), data.end(),
                      static_cast<std::uint8_t>(length));
            data[2 * block - length - 1] = 0xee;
            BOOST_TEST(pkcs7_padding(data, block) == length);
        }
    }
}

BOOST_AUTO_TEST_CASE(wrong_padding_is_told_by_zero)
{
    const auto padding_of = [](std::initializer_list<std::uint8_t> end) {
        Bytes data(16 - end.size(), 0xee);
        data.insert(data.end(), end);
        return pkcs7_padding(data, 8);
    };
    BOOST_TEST(padding_of({0}) == 0u);
    BOOST_TEST(padding_of({9}) == 0u);
    BOOST_TEST(padding_of({9, 9, 9, 9, 9, 9, 9, 9, 9}) == 0u);
    BOOST_TEST(padding_of({255}) == 0u);
    BOOST_TEST(padding_of({1, 2}) == 0u);
    BOOST_TEST(padding_of({2, 3, 3}) == 0u);
    BOOST_TEST(padding_of({3, 2, 3}) == 0u);
    BOOST_TEST(padding_of({3, 3, 3}) == 3u);
    BOOST_TEST(padding_of({7, 8, 8, 8, 8, 8, 8, 8}) == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
