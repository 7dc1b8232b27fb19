// SPDX-License-Identifier: BSD-2-Clause
// RSA key blobs, byte for byte: cryptoapi.md 12.1 B and E, cng.md 10.8, and hostile ones.
#include "cng/rsa_blobs.h"
#include "support/fault_check.h"
#include "support/vectors.h"

#include <capishim/wincrypt.h>

using namespace capishim;
using namespace capishim::cng;
using namespace capishim_test;

namespace {

// cryptoapi.md 12.1 B
const std::string capi_public = "0602000000a40000525341310002000001000100"
                                "e194847a274c7bdadbc599dded201ab8664421dc10e5ee486239ae8fcf1781f0"
                                "378bb546a965b74e7583844e4fcef1f2ada0b12209ecc23096f8272b33cfa4be";

// cryptoapi.md 12.1 E
const std::string capi_private = "0702000000a40000525341320002000001000100"
                                 "6bdf51efdb6f105c32bf871cd14c247ee72a14106deb2cd58c0b957bc75dc687"
                                 "12eaa9cd577d3ecbe96a46d0e1ae2f86d950f99871dd39fc0e60a9d3f238bb8d"
                                 "5d2cbc1ec338fe005ecacfcdb4138916d207bc9be120310b8128170cc77394ee"
                                 "67be7b784ec79173a8345a249d920de8916124dcb5ebdf7166dce177d4781498"
                                 "7944b019f6f07d63cf626778d07b10ae6bdb40b3b2eb2e9f31342dcbbfa26aa6"
                                 "1fe90342f2639bb733d0fe2083261f56a824f56d1951a59231e42bbc11c82675"
                                 "a051e983caee4bf059eba481d61f49422b7589a79f847f1fc38f70b67e065e8b"
                                 "c9536580b716f25e5ede0b57474386858afb37ac6634ba091ab1210baafa6cb7"
                                 "75a73e2318589590b529a41e15765256bb3d6b1d2ad19f5c8ac055eac329a21e";

// cng.md 10.8
const std::string n = "98ac8aa6309c791e165c1006819c97e725262eb25e37a660868d8c5bbd5d0b32"
                      "836a07689d13a0b01493992dde1d7639114f8ff0904413f71d61e64d87f171bd";
const std::string p = "c8f84d942cd180f85c2c2ffe5dac9cd03974c10c655f4fb15b693a597764a0fb";
const std::string q = "c27ac390f3a483a4975eba4eb40388632e81d389ee7e3dc997ddc01c0bc5eaa7";
const std::string dp = "60e86af052944bae7733cf88c6bedf7700ddade13e58b16302834161b6d2cd55";
const std::string dq = "1588320ee26adc88649a0056a6679dba1d74124fbb300ef73af13a4be0a1d111";
const std::string qinv = "0be544b696bdee0451fd1d591bc0f3008c6a14e1260b1194cdd940a7f238dbd6";
const std::string d = "16f2e08868882ca07c25ec76bde6c6e284afff96ea189d56a70301d50c5abf02"
                      "e652e5e37108d3dc003c28e53b7537178dc4054c24061932f2b5473c1a43b775";
const std::string rsa1 = "5253413100020000030000004000000000000000000000000"
                         "10001" +
                         n;
const std::string rsa2 = "525341320002000003000000400000002000000020000000"
                         "010001" +
                         n + p + q;
const std::string rsa3 = "525341330002000003000000400000002000000020000000"
                         "010001" +
                         n + p + q + dp + dq + qinv + d;

Bytes patched(const std::string& hex, std::size_t offset, std::uint32_t value)
{
    Bytes blob = from_hex(hex);
    for (std::size_t i = 0; i < 4; ++i)
        blob.at(offset + i) = static_cast<std::uint8_t>(value >> 8 * i);
    return blob;
}

std::string capi_round_trip(ByteView blob, RsaPart part)
{
    const CapiRsaBlob read = read_capi_rsa_blob(blob);
    return to_hex(write_capi_rsa_blob(*read.key, part, read.algorithm_id));
}

} // namespace

BOOST_AUTO_TEST_SUITE(cng_rsa_blobs)

BOOST_AUTO_TEST_CASE(capi_blobs_come_back_byte_for_byte)
{
    BOOST_TEST(capi_round_trip(from_hex(capi_public), RsaPart::public_part) == capi_public);
    BOOST_TEST(capi_round_trip(from_hex(capi_private), RsaPart::private_part) == capi_private);
}

BOOST_AUTO_TEST_CASE(a_capi_private_key_yields_its_public_blob)
{
    const std::string blob = capi_round_trip(from_hex(capi_private), RsaPart::public_part);
    BOOST_TEST(blob.size() == 168u);
    BOOST_TEST(blob.substr(40) == capi_private.substr(40, 128));
    BOOST_TEST(blob.substr(0, 24) == "0602000000a4000052534131");
}

BOOST_AUTO_TEST_CASE(trailing_bytes_of_a_capi_blob_are_ignored)
{
    Bytes longer = from_hex(capi_public);
    longer.resize(longer.size() + 8, 0xFF);
    BOOST_TEST(capi_round_trip(longer, RsaPart::public_part) == capi_public);
    longer = from_hex(capi_private);
    longer.resize(longer.size() + 1, 0xFF);
    BOOST_TEST(capi_round_trip(longer, RsaPart::private_part) == capi_private);
}

BOOST_AUTO_TEST_CASE(the_end_of_the_private_exponent_may_be_missing)
{
    const Bytes whole = from_hex(capi_private);
    const std::size_t coefficient_end = 20 + 64 + 5 * 32;
    for (const std::size_t size :
         {whole.size() - 1, std::size_t{20 + 512 / 2 + 0}, coefficient_end}) {
        const auto read = read_capi_rsa_blob(ByteView(whole).first(size));
        const Bytes block(64, 0x11);
        const auto& key = *read.key;
        BOOST_TEST(to_hex(key.private_operation(key.public_operation(block))) == to_hex(block));
    }
    CHECK_FAULT(read_capi_rsa_blob(ByteView(whole).first(coefficient_end - 1)), Fault::bad_data);
}

BOOST_AUTO_TEST_CASE(a_key_with_exponent_one_is_taken)
{
    // KB228786: the way to see session keys in clear
    Bytes blob = patched(capi_private, 16, 1);
    for (const auto& [offset, size] :
         {std::pair{148, 32}, std::pair{180, 32}, std::pair{244, 64}}) {
        std::fill_n(blob.begin() + offset, size, 0);
        blob[static_cast<std::size_t>(offset)] = 1;
    }
    const auto read = read_capi_rsa_blob(blob);
    const Bytes block(64, 0x22);
    BOOST_TEST(to_hex(read.key->public_operation(block)) == to_hex(block));
    BOOST_TEST(to_hex(read.key->private_operation(block)) == to_hex(block));
    BOOST_TEST(to_hex(write_capi_rsa_blob(*read.key, RsaPart::private_part, CALG_RSA_KEYX)) ==
               to_hex(blob));
}

struct HostileRow {
    const char* what;
    std::size_t offset;
    std::uint32_t value;
    Fault fault;
};

BOOST_AUTO_TEST_CASE(hostile_capi_headers_are_refused)
{
    constexpr HostileRow rows[] = {
        {"another type", 0, 0x00000201, Fault::bad_type},
        {"version 1", 0, 0x00000106, Fault::bad_version},
        {"version 3", 0, 0x00000306, Fault::bad_version},
        {"another algorithm", 4, CALG_DSS_SIGN, Fault::bad_algorithm},
        {"a private magic", 8, 0x32415352, Fault::bad_data},
        {"no bits", 12, 0, Fault::bad_data},
        {"more bits than any key", 12, 16385, Fault::bad_data},
        {"bits that overflow", 12, 0xFFFFFFFF, Fault::bad_data},
        {"more bits than bytes", 12, 1024, Fault::bad_data},
        {"exponent 0", 16, 0, Fault::bad_data},
        {"an even modulus", 20, 0, Fault::bad_data},
    };
    for (const HostileRow& row : rows)
        BOOST_TEST_CONTEXT(row.what)
    CHECK_FAULT(read_capi_rsa_blob(patched(capi_public, row.offset, row.value)), row.fault);
    const Bytes whole = from_hex(capi_public);
    for (std::size_t size = 0; size < whole.size(); ++size)
        CHECK_FAULT(read_capi_rsa_blob(ByteView(whole).first(size)), Fault::bad_data);
    // primes that are not the modulus' own (U-97)
    CHECK_FAULT(read_capi_rsa_blob(patched(capi_private, 84, 0x1EBC2C5F)), Fault::bad_data);
}

BOOST_AUTO_TEST_CASE(reserved_bytes_of_a_capi_blob_are_tolerated)
{
    CHECK_FAULT(read_capi_rsa_blob(patched(capi_public, 0, 0xABCD0206)), Fault::none); // U-50
    CHECK_FAULT(read_capi_rsa_blob(patched(capi_public, 4, CALG_RSA_SIGN)), Fault::none);
}

BOOST_AUTO_TEST_CASE(a_public_key_has_no_private_blob)
{
    const auto key = read_capi_rsa_blob(from_hex(capi_public)).key;
    CHECK_FAULT(write_capi_rsa_blob(*key, RsaPart::private_part, CALG_RSA_KEYX),
                Fault::no_private_key);
    CHECK_FAULT(write_cng_rsa_blob(*key, CngRsaBlob::private_key), Fault::no_private_key);
    CHECK_FAULT(write_cng_rsa_blob(*key, CngRsaBlob::full_private_key), Fault::no_private_key);
}

BOOST_AUTO_TEST_CASE(cng_blobs_come_back_byte_for_byte_and_turn_into_each_other)
{
    struct {
        const std::string& hex;
        CngRsaBlob kind;
    } const blobs[] = {{rsa1, CngRsaBlob::public_key},
                       {rsa2, CngRsaBlob::private_key},
                       {rsa3, CngRsaBlob::full_private_key}};
    for (const auto& from : blobs) {
        const auto key = read_cng_rsa_blob(from_hex(from.hex), from.kind);
        for (const auto& to : blobs)
            if (to.kind <= CngRsaBlob::public_key || from.kind != CngRsaBlob::public_key)
                BOOST_TEST(to_hex(write_cng_rsa_blob(*key, to.kind)) == to.hex);
    }
    BOOST_TEST(rsa1.size() == 2 * 91u);
}

BOOST_AUTO_TEST_CASE(a_capi_key_and_a_cng_key_are_one_key)
{
    const auto key = read_cng_rsa_blob(from_hex(rsa1), CngRsaBlob::public_key);
    BOOST_TEST(to_hex(write_capi_rsa_blob(*key, RsaPart::public_part, CALG_RSA_KEYX)) ==
               "0602000000a40000525341310002000001000100"
               "bd71f1874de6611df7134490f08f4f1139761dde2d999314b0a0139d68076a83"
               "320b5dbd5b8c8d8660a6375eb22e2625e7979c8106105c161e799c30a68aac98");
}

BOOST_AUTO_TEST_CASE(hostile_cng_headers_are_refused)
{
    constexpr HostileRow rows[] = {
        {"bits that are not the modulus'", 4, 511, Fault::bad_data},
        {"no exponent", 8, 0, Fault::bad_blob_length},
        {"an exponent of nine bytes", 8, 9, Fault::long_exponent},
        {"a modulus beyond the blob", 12, 0xFFFFFFFF, Fault::bad_blob_length},
        {"a modulus short of the blob", 12, 63, Fault::bad_blob_length},
        {"a prime beyond the blob", 16, 0xFFFFFFFF, Fault::bad_blob_length},
        {"another magic", 0, 0x31415352, Fault::bad_data},
    };
    for (const HostileRow& row : rows)
        BOOST_TEST_CONTEXT(row.what)
    CHECK_FAULT(read_cng_rsa_blob(patched(rsa2, row.offset, row.value), CngRsaBlob::private_key),
                row.fault);
    const Bytes whole = from_hex(rsa2);
    for (std::size_t size = 0; size < whole.size(); ++size)
        CHECK_FAULT(read_cng_rsa_blob(ByteView(whole).first(size), CngRsaBlob::private_key),
                    Fault::bad_blob_length);
    Bytes longer = whole;
    longer.push_back(0);
    CHECK_FAULT(read_cng_rsa_blob(longer, CngRsaBlob::private_key), Fault::bad_blob_length);
}

BOOST_AUTO_TEST_CASE(numbers_that_do_not_belong_together_are_refused)
{
    const std::size_t numbers = 24 + 3 + 64;
    for (std::size_t i = 0; i < 7; ++i) { // one bit in each: p, q, dp, dq, qInv, d (twice as long)
        Bytes blob = from_hex(rsa3);
        blob.at(numbers + i * 32 + 16) ^= 4;
        CHECK_FAULT(read_cng_rsa_blob(blob, CngRsaBlob::full_private_key), Fault::bad_data);
    }
    Bytes blob = from_hex(rsa3);
    blob.back() ^= 2;
    CHECK_FAULT(read_cng_rsa_blob(blob, CngRsaBlob::full_private_key), Fault::bad_data);
    blob = from_hex(rsa1);
    blob.at(26) = 0; // an even exponent (N-143)
    CHECK_FAULT(read_cng_rsa_blob(blob, CngRsaBlob::public_key), Fault::bad_data);
}

BOOST_AUTO_TEST_SUITE_END()
