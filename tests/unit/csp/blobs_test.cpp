// SPDX-License-Identifier: BSD-2-Clause
// CryptExportKey and CryptImportKey: cryptoapi.md 4, 12.1, 12.10, and blobs that lie.
#include "unit/csp/provider_fixture.h"

#include <cstdlib>

namespace capishim::csp::test {
namespace {

constexpr const char* simple_rc4_128 =
    "0102000001680000 00a40000"
    "52d451f413bdd5c8a3dd93487ee0a0a72ed2abf7e141eaf56d47bc9d6f398ff5"
    "b5563e31f344daf32e6f2cb8368fa895bb6335f7adfef50a66cc044b16e9a484";

std::string sha1_of(ByteView bytes)
{
    std::uint8_t digest[20];
    engine::hash(engine::HashId::sha1, bytes, digest);
    return to_hex(digest);
}

/// 1.16: the flags of a key that signs; the blob is the sample's.
Bytes with_algorithm(Bytes blob, std::uint32_t algorithm_id)
{
    blob[4] = static_cast<std::uint8_t>(algorithm_id);
    blob[5] = static_cast<std::uint8_t>(algorithm_id >> 8);
    return blob;
}

/// A SIMPLEBLOB that fails under the other padding. An OAEP block begins like one of PKCS #1 once
/// in 256; then another is drawn.
Bytes sealed(Key& key, const KeyPtr& pair, std::uint32_t flags)
{
    constexpr std::size_t header_size = 12;
    while (true) {
        const Bytes blob = exported(key, SIMPLEBLOB, pair.get(), flags);
        const auto block = pair->pair()->numbers->rsa()->private_operation(
            reversed<Bytes>(ByteView(blob).subspan(header_size)));
        if (!(flags & CRYPT_OAEP) || block[1] != 2)
            return blob;
    }
}

/// A copy in memory of exactly that size, so that a read past the end is seen by the sanitizers.
Fault fault_of_import(Context& context, ByteView blob, const KeyPtr& key = nullptr,
                      std::uint32_t flags = 0)
{
    const std::unique_ptr<std::uint8_t[]> exact(
        new std::uint8_t[blob.size() + (blob.empty() ? 1 : 0)]);
    std::ranges::copy(blob, exact.get());
    return capishim_test::fault_of([&] {
        context.import_key({exact.get(), blob.size()}, key, flags);
    });
}

/// KB228786: the sample's modulus with exponents of one.
Bytes exponent_of_one()
{
    Bytes blob = sample_private_blob();
    const auto put_one = [&](std::size_t offset, std::size_t size) {
        std::fill_n(blob.begin() + static_cast<std::ptrdiff_t>(offset), size, std::uint8_t{0});
        blob[offset] = 1;
    };
    put_one(16, 4);
    put_one(20 + 128, 32); // exponent1, exponent2, privateExponent
    put_one(20 + 160, 32);
    put_one(20 + 224, 64);
    return blob;
}

} // namespace

BOOST_AUTO_TEST_SUITE(CryptExportKey)

BOOST_AUTO_TEST_CASE(writes_private_and_public_blobs_as_imported) // 12.1-E
{
    const ContextPtr context = base();
    const KeyPtr pair = sample_pair(*context);
    const Bytes blob = exported(*pair, PRIVATEKEYBLOB);
    BOOST_CHECK_EQUAL(sha1_of(blob), "8a9cf23c5d4990d24db25d05a896124e4ca67ba3");
    Bytes open(blob.begin(), blob.begin() + 84);
    open[0] = PUBLICKEYBLOB;
    open[11] = '1';
    BOOST_CHECK(exported(*pair, PUBLICKEYBLOB) == open);
    const KeyPtr again = context->import_key(open, nullptr, 0);
    BOOST_CHECK(exported(*again, PUBLICKEYBLOB) == open);
}

BOOST_AUTO_TEST_CASE(encrypts_private_blobs_after_the_header) // U-98, 12.10
{
    const ContextPtr context = strong();
    const KeyPtr pair = sample_pair(*context);
    const KeyPtr rc4 = derived(*context, CALG_SHA1, "password", CALG_RC4, 0);
    const Bytes by_rc4 = exported(*pair, PRIVATEKEYBLOB, rc4.get());
    BOOST_CHECK_EQUAL(by_rc4.size(), 308U);
    CHECK_HEX(ByteView(by_rc4).first(24), "0702000000a40000335fcac6eb4b91fe8d9b3d582257211e");
    BOOST_CHECK_EQUAL(sha1_of(by_rc4), "b9dec0298d660ef8bdc0306dc70ac6efa6135046");
    const KeyPtr des3 = derived(*context, CALG_SHA1, "password", CALG_3DES, 0);
    const Bytes by_3des = exported(*pair, PRIVATEKEYBLOB, des3.get());
    BOOST_CHECK_EQUAL(by_3des.size(), 312U);
    BOOST_CHECK_EQUAL(sha1_of(by_3des), "ac393799cfafaa09f2719dcc99159fd61ba354f0");
    BOOST_CHECK_EQUAL(sha1_of(exported(*pair, PRIVATEKEYBLOB, rc4.get())),
                      "b9dec0298d660ef8bdc0306dc70ac6efa6135046"); // U-44: rc4 stayed at its start
    for (const auto& [key, blob] : {std::pair{rc4, by_rc4}, std::pair{des3, by_3des}}) {
        const KeyPtr back = context->import_key(blob, key, CRYPT_EXPORTABLE);
        BOOST_CHECK(exported(*back, PRIVATEKEYBLOB) == sample_private_blob());
    }
    CHECK_FAULT(context->import_key(by_rc4, des3, 0), Fault::bad_block_length);
    BOOST_CHECK(fault_row(fault_of_import(*context, by_3des, rc4)).win32 ==
                fault_row(Fault::bad_data).win32); // U-99
}

BOOST_AUTO_TEST_CASE(puts_the_key_into_simple_blobs_in_natural_order) // 4.4 by KB228786
{
    const ContextPtr context = strong();
    const KeyPtr one = context->import_key(exponent_of_one(), nullptr, CRYPT_EXPORTABLE);
    const KeyPtr key = imported(*context, CALG_RC4, counting(16));
    const Bytes blob = exported(*key, SIMPLEBLOB, one.get());
    BOOST_REQUIRE_EQUAL(blob.size(), 76U);
    CHECK_HEX(ByteView(blob).first(29),
              "0102000001680000 00a40000 0f0e0d0c0b0a09080706050403020100 00");
    CHECK_HEX(ByteView(blob).last(2), "0200");
    const KeyPtr back = context->import_key(blob, one, CRYPT_EXPORTABLE);
    BOOST_CHECK(material_of(*back) == counting(16));
    BOOST_CHECK(exported(*one, PRIVATEKEYBLOB) == exponent_of_one());
}

BOOST_AUTO_TEST_CASE(round_trips_simple_blobs_of_every_cipher)
{
    const ContextPtr context = rsa_aes();
    const KeyPtr pair = context->gen_key(AT_KEYEXCHANGE, 1024U << 16);
    for (const std::uint32_t algorithm : {CALG_DES, CALG_RC2, CALG_3DES, CALG_3DES_112,
                                          CALG_AES_128, CALG_AES_192, CALG_AES_256, CALG_RC4})
        for (const std::uint32_t flags : {0U, static_cast<std::uint32_t>(CRYPT_OAEP)}) {
            const KeyPtr key = context->gen_key(algorithm, CRYPT_EXPORTABLE);
            const Bytes blob = sealed(*key, pair, flags);
            BOOST_CHECK_EQUAL(blob.size(), 12U + 128U);
            const KeyPtr back = context->import_key(blob, nullptr, CRYPT_EXPORTABLE | flags);
            BOOST_CHECK(material_of(*back) == material_of(*key));
            CHECK_FAULT(context->import_key(blob, pair, flags ^ CRYPT_OAEP), Fault::bad_padding);
        }
}

BOOST_AUTO_TEST_CASE(uses_the_label_of_the_key_for_oaep)
{
    const ContextPtr context = strong();
    const KeyPtr pair = context->gen_key(AT_KEYEXCHANGE, 1024U << 16);
    set_blob(*pair, KP_OAEP_PARAMS, bytes_of("a,b"));
    const KeyPtr key = context->gen_key(CALG_RC4, CRYPT_EXPORTABLE);
    const Bytes blob = exported(*key, SIMPLEBLOB, pair.get(), CRYPT_OAEP);
    BOOST_CHECK(material_of(*context->import_key(blob, pair, CRYPT_OAEP | CRYPT_EXPORTABLE)) ==
                material_of(*key));
    CHECK_FAULT(context->import_key(blob, nullptr, CRYPT_OAEP), Fault::bad_padding);
}

BOOST_AUTO_TEST_CASE(round_trips_the_documented_plaintext_blob) // 12.1-H
{
    const Bytes blob = from_hex("0802000001660000 08000000 f10e257c6bce0d34");
    const KeyPtr key = enhanced()->import_key(blob, nullptr, CRYPT_EXPORTABLE);
    BOOST_CHECK(exported(*key, PLAINTEXTKEYBLOB) == blob);
}

BOOST_AUTO_TEST_CASE(tells_why_it_gives_nothing) // 1.15
{
    const ContextPtr context = strong();
    const KeyPtr pair = sample_pair(*context);
    const KeyPtr closed = context->gen_key(CALG_RC4, 0);
    const KeyPtr key = context->gen_key(CALG_RC4, CRYPT_EXPORTABLE);
    const KeyPtr open = context->import_key(exported(*pair, PUBLICKEYBLOB), nullptr, 0);
    Key* const receiver = pair.get();
    CHECK_FAULT(exported(*key, 0x55), Fault::bad_type);
    CHECK_FAULT(exported(*key, PUBLICKEYBLOBEX), Fault::bad_type); // U-112
    CHECK_FAULT(exported(*key, PUBLICKEYBLOB), Fault::bad_type);
    CHECK_FAULT(exported(*key, PRIVATEKEYBLOB), Fault::bad_type);
    CHECK_FAULT(exported(*pair, SIMPLEBLOB, receiver), Fault::bad_type);
    CHECK_FAULT(exported(*pair, PLAINTEXTKEYBLOB), Fault::bad_type);
    CHECK_FAULT(exported(*key, SIMPLEBLOB, receiver, 0x100), Fault::bad_flags);
    CHECK_FAULT(exported(*key, PLAINTEXTKEYBLOB, nullptr, CRYPT_OAEP), Fault::bad_flags);
    CHECK_FAULT(exported(*pair, PUBLICKEYBLOB, nullptr, CRYPT_BLOB_VER3), Fault::bad_flags);
    CHECK_FAULT(exported(*closed, SIMPLEBLOB, receiver), Fault::bad_key_state);
    CHECK_FAULT(exported(*closed, PLAINTEXTKEYBLOB), Fault::bad_key_state);
    CHECK_FAULT(exported(*key, SIMPLEBLOB), Fault::no_key); // U-42
    CHECK_FAULT(exported(*key, SIMPLEBLOB, closed.get()), Fault::no_key);
    CHECK_FAULT(exported(*pair, PUBLICKEYBLOB, key.get()), Fault::bad_public_key); // U-43
    CHECK_FAULT(exported(*open, PRIVATEKEYBLOB), Fault::bad_key_state);            // U-45
    CHECK_FAULT(exported(*pair, PRIVATEKEYBLOB, receiver), Fault::bad_key);
    const KeyPtr signer =
        context->import_key(with_algorithm(sample_private_blob(), CALG_RSA_SIGN), nullptr, 0);
    CHECK_FAULT(exported(*key, SIMPLEBLOB, signer.get()), Fault::bad_key); // U-132
    CHECK_FAULT(exported(*key, SIMPLEBLOB, sample_pair(*enhanced()).get()), Fault::bad_key); // U-07
    std::uint32_t size = 0; // observed.md: the size query fails already
    CHECK_FAULT(
        [&] {
            OutBuffer query(nullptr, &size, OutBuffer::OnFailure::zero_length);
            signer->export_key(nullptr, PRIVATEKEYBLOB, 0, query);
        }(),
        Fault::bad_key_state);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptImportKey)

BOOST_AUTO_TEST_CASE(opens_the_documented_simple_blob) // 12.10
{
    const ContextPtr context = strong();
    const KeyPtr pair = sample_pair(*context);
    const Bytes blob = from_hex(simple_rc4_128);
    BOOST_CHECK(material_of(*context->import_key(blob, pair, CRYPT_EXPORTABLE)) == counting(16));
    const KeyPtr key = context->import_key(blob, nullptr, CRYPT_EXPORTABLE); // container's pair
    BOOST_CHECK(material_of(*key) == counting(16));
    Bytes longer = blob; // observed.md: buffer longer than the blob
    longer.resize(blob.size() + 8);
    BOOST_CHECK(material_of(*context->import_key(longer, pair, CRYPT_EXPORTABLE)) == counting(16));
    CHECK_FAULT(strong()->import_key(blob, nullptr, 0), Fault::no_key);
    CHECK_FAULT(context->import_key(blob, key, 0), Fault::bad_key);
    const KeyPtr open = context->import_key(exported(*pair, PUBLICKEYBLOB), nullptr, 0);
    CHECK_FAULT(context->import_key(blob, open, 0), Fault::bad_key); // U-49
    BOOST_CHECK_EQUAL(get_u32(*context->import_key(blob, pair, 0), KP_PERMISSIONS), 0x3BU);
}

BOOST_AUTO_TEST_CASE(forgets_the_senders_salt) // observed.md: salt after a SIMPLEBLOB round trip
{
    const ContextPtr context = enhanced();
    const KeyPtr pair = sample_pair(*context);
    const KeyPtr key = context->gen_key(CALG_RC4, 40U << 16 | CRYPT_CREATE_SALT | CRYPT_EXPORTABLE);
    const Bytes blob = exported(*key, SIMPLEBLOB, pair.get());
    CHECK_HEX(get(*context->import_key(blob, pair, 0), KP_SALT), "0000000000000000000000");
    BOOST_CHECK(get(*context->import_key(blob, pair, CRYPT_NO_SALT), KP_SALT).empty());
    const KeyPtr key56 = context->gen_key(CALG_RC4, 56U << 16 | CRYPT_EXPORTABLE);
    set_blob(*key56, KP_SALT_EX, counting(4));
    const Bytes blob56 = exported(*key56, SIMPLEBLOB, pair.get());
    BOOST_CHECK(get(*context->import_key(blob56, pair, 0), KP_SALT).empty());
}

BOOST_AUTO_TEST_CASE(takes_long_rc2_keys_from_simple_blobs_only) // observed.md: SIMPLEBLOB, RC2
{
    for (const ContextPtr& context : {base(), strong(), enhanced(), rsa_aes()}) {
        const KeyPtr pair = context->gen_key(AT_KEYEXCHANGE, 1024U << 16);
        for (const std::size_t size : {17U, 32U, 64U}) {
            const KeyPtr source = imported(*context, CALG_RC2, counting(size),
                                           CRYPT_EXPORTABLE | CRYPT_IPSEC_HMAC_KEY);
            const KeyPtr key =
                context->import_key(exported(*source, SIMPLEBLOB, pair.get()), pair, 0);
            BOOST_CHECK_EQUAL(get_u32(*key, KP_KEYLEN), size * 8);
            const bool weak = context->profile().default_rc2_effective_bits != 0;
            BOOST_CHECK_EQUAL(get_u32(*key, KP_EFFECTIVE_KEYLEN), weak ? 40U : size * 8);
            CHECK_FAULT(encrypted(*key, Bytes(8), true), Fault::bad_key);
            CHECK_FAULT(encrypted(*key, Bytes(8), false), Fault::bad_key);
            BOOST_CHECK_EQUAL(decrypted(*key, Bytes(8), false).size(), 8U);
            const HashPtr mac = context->create_hash(CALG_MAC, key, 0);
            mac->hash_data(Bytes(5), 0);
            BOOST_CHECK_EQUAL(value_of(*mac).size(), 8U);
            context->create_hash(CALG_HMAC, key, 0);
        }
        CHECK_FAULT(imported(*context, CALG_RC2, counting(17), 0), Fault::bad_data);
    }
}

BOOST_AUTO_TEST_CASE(keeps_the_providers_limits_for_plaintext_keys) // U-107
{
    const ContextPtr weak = base();
    CHECK_FAULT(imported(*weak, CALG_RC2, counting(16), 0), Fault::bad_data);
    imported(*weak, CALG_RC2, counting(7), 0);
    imported(*weak, CALG_RC2, counting(16), CRYPT_IPSEC_HMAC_KEY);
    CHECK_FAULT(imported(*weak, CALG_RC2, counting(4), 0), Fault::bad_data);
    const ContextPtr context = rsa_aes();
    CHECK_FAULT(imported(*context, CALG_RC4, counting(17), CRYPT_IPSEC_HMAC_KEY), Fault::bad_data);
    CHECK_FAULT(imported(*context, CALG_DES, counting(7), 0), Fault::bad_data);
    CHECK_FAULT(imported(*context, CALG_3DES, counting(16), 0), Fault::bad_data);
    CHECK_FAULT(imported(*context, CALG_AES_128, counting(24), 0), Fault::bad_data);
    CHECK_FAULT(imported(*context, CALG_RC2, {}, CRYPT_IPSEC_HMAC_KEY), Fault::bad_data);
    CHECK_FAULT(imported(*context, CALG_SHA1, counting(16), 0), Fault::bad_algorithm); // U-47
    CHECK_FAULT(imported(*weak, CALG_AES_128, counting(16), 0), Fault::bad_algorithm);
    const KeyPtr key = imported(*context, CALG_AES, counting(24), 0); // U-79
    BOOST_CHECK_EQUAL(get_u32(*key, KP_ALGID), static_cast<std::uint32_t>(CALG_AES_192));
    CHECK_FAULT(imported(*context, CALG_AES, counting(20), 0), Fault::bad_data);
}

BOOST_AUTO_TEST_CASE(takes_hmac_keys_of_any_length) // U-212, observed.md: CRYPT_IPSEC_HMAC_KEY
{
    const ContextPtr context = strong();
    for (const std::size_t size : {1U, 4U, 128U, 129U, 2048U}) {
        const KeyPtr key =
            imported(*context, CALG_RC2, counting(size), CRYPT_IPSEC_HMAC_KEY | CRYPT_EXPORTABLE);
        BOOST_CHECK_EQUAL(get_u32(*key, KP_KEYLEN), size * 8);
        BOOST_CHECK(material_of(*key) == counting(size));
        BOOST_CHECK(material_of(*key->duplicate()) == counting(size));
    }
    const KeyPtr huge = imported(*context, CALG_RC2, counting(2048), CRYPT_IPSEC_HMAC_KEY);
    CHECK_FAULT(encrypted(*huge, Bytes(8)), Fault::bad_key);
    CHECK_FAULT(decrypted(*huge, Bytes(8)), Fault::bad_key);
    CHECK_FAULT(context->create_hash(CALG_MAC, huge, 0), Fault::bad_key);
    set_bytes(*huge, KP_IV, counting(8));
    set_blob(*huge, KP_SALT_EX, counting(8));
}

BOOST_AUTO_TEST_CASE(keeps_parity_of_imported_des_keys) // U-117
{
    const KeyPtr key = imported(*strong(), CALG_DES, Bytes(8));
    BOOST_CHECK(material_of(*key) == Bytes(8));
}

BOOST_AUTO_TEST_CASE(stores_private_keys_where_their_algorithm_belongs) // 1.16
{
    const ContextPtr context = strong();
    context->import_key(with_algorithm(sample_private_blob(), CALG_RSA_SIGN), nullptr, 0);
    CHECK_FAULT(context->user_key(AT_KEYEXCHANGE), Fault::no_key);
    const KeyPtr found = context->user_key(AT_SIGNATURE);
    BOOST_CHECK_EQUAL(get_u32(*found, KP_ALGID), static_cast<std::uint32_t>(CALG_RSA_SIGN));
    CHECK_FAULT(exported(*found, PRIVATEKEYBLOB), Fault::bad_key_state);
    context->import_key(with_algorithm(sample_private_blob(), CALG_RSA_SIGN), nullptr,
                        CRYPT_EXPORTABLE);
    exported(*context->user_key(AT_SIGNATURE), PRIVATEKEYBLOB);
}

BOOST_AUTO_TEST_CASE(takes_private_blobs_that_lack_the_end_of_d) // observed.md
{
    const ContextPtr context = strong();
    const Bytes whole = sample_private_blob();
    for (const std::size_t size : {20U + 256U, 290U, 308U}) {
        const KeyPtr key =
            context->import_key(ByteView(whole).first(size), nullptr, CRYPT_EXPORTABLE);
        BOOST_CHECK(decrypted(*key, encrypted(*key, bytes_of("x"))) == bytes_of("x"));
    }
    Bytes longer = whole; // U-96
    longer.resize(400);
    BOOST_CHECK(exported(*context->import_key(longer, nullptr, CRYPT_EXPORTABLE), PRIVATEKEYBLOB) ==
                whole);
}

BOOST_AUTO_TEST_CASE(refuses_headers_that_make_no_sense)
{
    const ContextPtr context = strong();
    const Bytes good = plaintext_blob(CALG_RC4, counting(16));
    const auto fault_with = [&](std::size_t offset, std::uint8_t value) {
        Bytes blob = good;
        blob[offset] = value;
        return fault_of_import(*context, blob);
    };
    BOOST_CHECK(fault_with(0, 0x55) == Fault::bad_type);
    BOOST_CHECK(fault_with(0, KEYSTATEBLOB) == Fault::bad_type);
    BOOST_CHECK(fault_with(0, PUBLICKEYBLOBEX) == Fault::bad_type);
    BOOST_CHECK(fault_with(1, 1) == Fault::bad_version);
    BOOST_CHECK(fault_with(1, 3) == Fault::bad_version);
    BOOST_CHECK(fault_with(2, 9) == Fault::none); // U-50
    CHECK_FAULT(context->import_key({}, nullptr, 0), Fault::invalid_parameter);
    BOOST_CHECK(fault_of_import(*context, good, nullptr, 0x4000) == Fault::bad_flags);
    BOOST_CHECK(fault_of_import(*context, good, sample_pair(*context)) == Fault::bad_key);
    Bytes dss = sample_private_blob();
    BOOST_CHECK(fault_of_import(*context, with_algorithm(dss, CALG_DSS_SIGN)) == Fault::bad_data);
    Bytes simple = from_hex(simple_rc4_128);
    simple[9] = 0x24;
    BOOST_CHECK(fault_of_import(*context, simple, sample_pair(*context)) == Fault::bad_algorithm);
}

BOOST_AUTO_TEST_CASE(refuses_blobs_cut_at_any_point)
{
    const ContextPtr context = strong();
    const KeyPtr pair = sample_pair(*context);
    const KeyPtr rc4 = context->gen_key(CALG_RC4, 0);
    struct Cut {
        Bytes blob;
        KeyPtr key;
        std::size_t least; // bytes that make a whole blob
    };
    const Cut cuts[] = {
        {plaintext_blob(CALG_RC4, counting(16)), nullptr, 28},
        {from_hex(simple_rc4_128), pair, 76},
        {exported(*pair, PUBLICKEYBLOB), nullptr, 84},
        {sample_private_blob(), nullptr, 20 + 7 * 512 / 16}, // d may be missing
        {exported(*pair, PRIVATEKEYBLOB, rc4.get()), rc4, 20 + 7 * 512 / 16},
    };
    for (const Cut& cut : cuts)
        for (std::size_t size = 0; size < cut.least; ++size) {
            const Fault fault = fault_of_import(*context, ByteView(cut.blob).first(size), cut.key);
            BOOST_CHECK_MESSAGE(fault_row(fault).win32 == fault_row(Fault::bad_data).win32,
                                "type " << int(cut.blob[0]) << " cut to " << size << ": "
                                        << fault_row(fault).name);
        }
}

BOOST_AUTO_TEST_CASE(survives_lengths_that_lie)
{
    const ContextPtr context = strong();
    Bytes blob = plaintext_blob(CALG_RC2, counting(16));
    for (const std::uint32_t lie : {17U, 0x7FFFFFFFU, 0x80000000U, 0xFFFFFFF4U, 0xFFFFFFFFU}) {
        for (std::size_t i = 0; i < 4; ++i)
            blob[8 + i] = static_cast<std::uint8_t>(lie >> (8 * i));
        BOOST_CHECK(fault_of_import(*context, blob, nullptr, CRYPT_IPSEC_HMAC_KEY) ==
                    Fault::bad_data);
    }
    for (const std::uint32_t lie : {0U, 1U, 376U, 520U, 16385U, 0x80000000U, 0xFFFFFFFFU}) {
        Bytes open = exported(*sample_pair(*context), PUBLICKEYBLOB);
        for (std::size_t i = 0; i < 4; ++i)
            open[12 + i] = static_cast<std::uint8_t>(lie >> (8 * i));
        BOOST_CHECK(fault_of_import(*context, open) == Fault::bad_data);
    }
}

BOOST_AUTO_TEST_CASE(survives_any_byte_changed)
{
    const ContextPtr context = strong();
    const Bytes blobs[] = {sample_private_blob(), exported(*sample_pair(*context), PUBLICKEYBLOB),
                           from_hex(simple_rc4_128), plaintext_blob(CALG_RC4, counting(16))};
    for (const Bytes& good : blobs)
        for (std::size_t i = 0; i < good.size(); ++i)
            for (const int change : {0x01, 0x80, 0xFF}) {
                Bytes blob = good;
                blob[i] = static_cast<std::uint8_t>(blob[i] ^ change);
                BOOST_CHECK(fault_of_import(*context, blob) != Fault::internal);
                sample_pair(*context);
            }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace capishim::csp::test
