// SPDX-License-Identifier: BSD-2-Clause
// CryptSignHash and CryptVerifySignature: cryptoapi.md 7.4, 12.1-B, 12.10.
#include "cng/rsa_blobs.h"
#include "unit/csp/provider_fixture.h"

namespace capishim::csp::test {
namespace {

using Description = std::optional<std::u16string>;

Bytes signature_of(Hash& hash, std::uint32_t flags = 0, const Description& description = {},
                   std::uint32_t key_spec = AT_KEYEXCHANGE)
{
    return output_of([&](OutBuffer& out) { hash.sign(key_spec, description, flags, out); });
}

constexpr const char* by_sha1 = "dc164ca66fe6fb57d0283706aca8422d2ebeaf56a2b78ae79b582cc1ab82c70d"
                                "1ba3e089e3077131a153f6cf13745566ea628101adda71b5fb019d00da31185a";
constexpr const char* without_oid =
    "5af78f6a620d8c4b0788a9e5ee4f444e1332cc10edf13f911fba69aa01c93e24"
    "df2b69c581e49407f020f00b2d3524937af3d6c4bc828684c5c1d1ec2ca38c33";
constexpr const char* by_md5 = "ed8eba09e5fb045fdbf8f6f952f49aa892384d0f4a6267f024b46e205a1adfd8"
                               "126ab26522e8814ff1fa89483c9fabbfcb093fec33fc2455d02620711718c16c";
constexpr const char* by_sha256 =
    "70002180b6f94a548a4f5dfc85831ce2b7db7d672a04f8470b6a843e5104bf37"
    "9d62c431fbab3c70ca01bf147b2ce16167c78630ead2d972335eebab9c4a2a55";
constexpr const char* by_shamd5 =
    "d04026132e85914ef3feb9c13c4a519c3bb59e32b39d08c2dd1c929dfedcb1a8"
    "4844ad9e54b25d49cc3c07452b72134396191993204b85b63750c03d80fae92c";
constexpr const char* by_x931 = "6c075585dbffbeea0a78327ce2c519261a9e9e52876ca6db631e1a31e681ae09"
                                "6e98ad11c56e2a648cdff0ad987063bf4e84b5af440b9bc2de6232171944052e";

} // namespace

BOOST_AUTO_TEST_SUITE(CryptSignHash)

BOOST_AUTO_TEST_CASE(makes_the_documented_signatures) // 12.10
{
    const ContextPtr context = rsa_aes();
    sample_pair(*context);
    const auto sign = [&](std::uint32_t algorithm, std::uint32_t flags = 0) {
        return signature_of(*hash_of(*context, algorithm, "abc"), flags);
    };
    CHECK_HEX(sign(CALG_SHA1), by_sha1);
    CHECK_HEX(sign(CALG_SHA1, CRYPT_TYPE2_FORMAT), by_sha1);
    CHECK_HEX(sign(CALG_SHA1, CRYPT_NOHASHOID), without_oid);
    CHECK_HEX(sign(CALG_MD5), by_md5);
    CHECK_HEX(sign(CALG_SHA_256), by_sha256);
    CHECK_HEX(sign(CALG_SHA1, CRYPT_X931_FORMAT), by_x931);
    const HashPtr pair = context->create_hash(CALG_SSL3_SHAMD5, nullptr, 0);
    CHECK_FAULT(signature_of(*pair), Fault::bad_hash_state); // U-140
    pair->set_param(HP_HASHVAL, from_hex("900150983cd24fb0d6963f7d28e17f72"
                                         "a9993e364706816aba3e25717850c26c9cd0d89d")
                                    .data());
    CHECK_HEX(signature_of(*pair), by_shamd5);
}

BOOST_AUTO_TEST_CASE(signs_a_value_that_was_set)
{
    const ContextPtr context = strong();
    sample_pair(*context);
    const HashPtr hash = context->create_hash(CALG_SHA1, nullptr, 0);
    hash->set_param(HP_HASHVAL, from_hex("a9993e364706816aba3e25717850c26c9cd0d89d").data());
    CHECK_HEX(signature_of(*hash), by_sha1);
    CHECK_HEX(signature_of(*hash), by_sha1); // U-36
}

BOOST_AUTO_TEST_CASE(answers_size_queries_without_finishing) // U-154
{
    const ContextPtr context = strong();
    sample_pair(*context);
    const HashPtr hash = hash_of(*context, CALG_SHA1, "ab");
    std::uint32_t size = 0;
    {
        OutBuffer query(nullptr, &size, OutBuffer::OnFailure::zero_length);
        hash->sign(AT_KEYEXCHANGE, u"description", 0, query);
    }
    BOOST_CHECK_EQUAL(size, 64U);
    Bytes small(63);
    size = 63;
    CHECK_FAULT(
        [&] {
            OutBuffer out(small.data(), &size, OutBuffer::OnFailure::zero_length);
            hash->sign(AT_KEYEXCHANGE, u"description", 0, out);
        }(),
        Fault::buffer_too_small);
    hash->hash_data(bytes_of("c"), 0);
    CHECK_HEX(signature_of(*hash), by_sha1);
    CHECK_FAULT(hash->hash_data(bytes_of("c"), 0), Fault::bad_hash_state);
}

BOOST_AUTO_TEST_CASE(refuses_what_cannot_be_signed)
{
    const ContextPtr context = rsa_aes();
    const HashPtr hash = hash_of(*context, CALG_SHA1, "abc");
    CHECK_FAULT(signature_of(*hash), Fault::no_key);
    sample_pair(*context);
    CHECK_FAULT(signature_of(*hash, 0, {}, AT_SIGNATURE), Fault::no_key);
    CHECK_FAULT(signature_of(*hash, 0, {}, 3), Fault::bad_algorithm);
    CHECK_FAULT(signature_of(*hash, 8), Fault::bad_flags);
    CHECK_FAULT(signature_of(*hash, CRYPT_X931_FORMAT | CRYPT_NOHASHOID), Fault::bad_flags);
    CHECK_FAULT(signature_of(*hash_of(*context, CALG_MD5, "x"), CRYPT_X931_FORMAT),
                Fault::bad_algorithm);                                                   // U-150
    CHECK_FAULT(signature_of(*hash_of(*context, CALG_SHA_512, "x")), Fault::bad_length); // U-59
    CHECK_FAULT(signature_of(*hash_of(*context, CALG_SHA_512, "x"), CRYPT_X931_FORMAT),
                Fault::bad_length);
    const KeyPtr key = context->gen_key(CALG_AES_128, 0);
    CHECK_FAULT(signature_of(*context->create_hash(CALG_MAC, key, 0)), Fault::bad_algorithm);
}

BOOST_AUTO_TEST_CASE(uses_either_pair)
{
    const ContextPtr context = strong();
    for (const std::uint32_t spec : {AT_KEYEXCHANGE, AT_SIGNATURE}) {
        const KeyPtr pair = context->gen_key(spec, 512U << 16);
        const HashPtr hash = hash_of(*context, CALG_SHA1, "abc");
        const Bytes signature = signature_of(*hash, 0, {}, spec);
        hash->verify(signature, *pair, {}, 0); // observed.md: pair handles as public keys
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptVerifySignature)

BOOST_AUTO_TEST_CASE(accepts_the_signature_that_microsoft_printed) // 12.1-B
{
    const ContextPtr context = base();
    const KeyPtr key = context->import_key(
        from_hex("0602000000a40000 52534131 00020000 01000100"
                 "e194847a274c7bdadbc599dded201ab8664421dc10e5ee486239ae8fcf1781f0"
                 "378bb546a965b74e7583844e4fcef1f2ada0b12209ecc23096f8272b33cfa4be"),
        nullptr, 0);
    const Bytes signature =
        from_hex("64f6463a972e8338095743cbca41590d0335d6e4366f2cfc634395c4fde2c4ed"
                 "06da9a2198fc0a6e3f1cad3adb7c832f14d0588002dfdc96700900e35bbd2b45");
    const HashPtr hash = hash_of(*context, CALG_MD5, "1134-kelp");
    hash->verify(signature, *key, u"Test Signature", 0);
    CHECK_HEX(value_of(*hash), "a82bdfc2c9f1bb623878d460face5c2a"); // U-60
    CHECK_FAULT(hash_of(*context, CALG_MD5, "1134-kelp")->verify(signature, *key, {}, 0),
                Fault::bad_signature);
    CHECK_FAULT(
        hash_of(*context, CALG_MD5, "1134-kelp")->verify(signature, *key, u"Test signature", 0),
        Fault::bad_signature);
}

BOOST_AUTO_TEST_CASE(insists_on_no_oid_unless_told) // observed.md: CryptVerifySignature, flags 0
{
    const ContextPtr context = rsa_aes();
    const KeyPtr pair = sample_pair(*context);
    const auto verify = [&](const char* signature, std::uint32_t flags,
                            std::uint32_t algorithm = CALG_SHA1) {
        hash_of(*context, algorithm, "abc")->verify(from_hex(signature), *pair, {}, flags);
    };
    verify(by_sha1, 0);
    verify(without_oid, 0);
    verify(without_oid, CRYPT_NOHASHOID);
    CHECK_FAULT(verify(by_sha1, CRYPT_NOHASHOID), Fault::bad_signature); // U-149
    CHECK_FAULT(verify(by_sha1, 0, CALG_MD5), Fault::bad_signature);
    CHECK_FAULT(verify(by_md5, 0), Fault::bad_signature);
    CHECK_FAULT(verify(by_sha1, 0, CALG_SHA_512), Fault::bad_signature);
    verify(by_x931, CRYPT_X931_FORMAT);
    CHECK_FAULT(verify(by_sha1, CRYPT_X931_FORMAT), Fault::bad_signature);
    CHECK_FAULT(verify(by_x931, 0), Fault::bad_signature);
    CHECK_FAULT(verify(by_x931, CRYPT_X931_FORMAT, CALG_SHA_256), Fault::bad_signature);
    CHECK_FAULT(verify(by_x931, CRYPT_X931_FORMAT, CALG_MD5), Fault::bad_algorithm);
}

BOOST_AUTO_TEST_CASE(can_be_called_again_after_bad_arguments) // observed.md
{
    const ContextPtr context = strong();
    const KeyPtr pair = sample_pair(*context);
    const KeyPtr session = context->gen_key(CALG_RC4, 0);
    const HashPtr hash = hash_of(*context, CALG_SHA1, "abc");
    const Bytes good = from_hex(by_sha1);
    CHECK_FAULT(hash->verify({static_cast<const std::uint8_t*>(nullptr), 64}, *pair, {}, 0),
                Fault::invalid_parameter);
    CHECK_FAULT(hash->verify(ByteView(good).first(0), *pair, {}, 0), Fault::bad_signature);
    CHECK_FAULT(hash->verify(ByteView(good).first(63), *pair, {}, 0), Fault::bad_signature);
    CHECK_FAULT(hash->verify(Bytes(65), *pair, {}, 0), Fault::bad_signature);
    CHECK_FAULT(hash->verify(good, *session, {}, 0), Fault::bad_key);
    CHECK_FAULT(hash->verify(good, *sample_pair(*enhanced()), {}, 0), Fault::bad_key);
    CHECK_FAULT(hash->verify(good, *pair, {}, 8), Fault::bad_flags);
    hash->verify(good, *pair, {}, 0);
    CHECK_FAULT(hash->verify(Bytes(64, 0xFF), *pair, {}, 0), Fault::bad_signature);
    CHECK_FAULT(hash->verify(Bytes(64, 0xFF), *pair, {}, CRYPT_X931_FORMAT), Fault::bad_signature);
    CHECK_FAULT(hash->verify(Bytes(64), *pair, {}, 0), Fault::bad_signature);
    hash->verify(good, *pair, {}, 0);
    CHECK_FAULT(hash->hash_data(bytes_of("x"), 0), Fault::bad_hash_state);
}

BOOST_AUTO_TEST_CASE(refuses_every_signature_with_one_bit_changed)
{
    const ContextPtr context = strong();
    const KeyPtr pair = sample_pair(*context);
    const HashPtr hash = hash_of(*context, CALG_SHA1, "abc");
    const Bytes good = from_hex(by_sha1);
    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
        Bytes bad = good;
        bad[bit / 8] = static_cast<std::uint8_t>(bad[bit / 8] ^ (1 << bit % 8));
        CHECK_FAULT(hash->verify(bad, *pair, {}, 0), Fault::bad_signature);
    }
}

BOOST_AUTO_TEST_CASE(wants_the_description_while_the_hash_is_open) // U-153
{
    const ContextPtr context = strong();
    const KeyPtr pair = sample_pair(*context);
    const HashPtr hash = hash_of(*context, CALG_SHA1, "abc");
    const Bytes signature = signature_of(*hash, 0, u"d\u00e9crit");
    CHECK_FAULT(signature_of(*hash, 0, u"d"), Fault::bad_hash_state);
    BOOST_CHECK(signature_of(*hash, 0, u"") == signature);
    hash_of(*context, CALG_SHA1, "abc")->verify(signature, *pair, u"d\u00e9crit", 0);
    using namespace std::string_view_literals;
    hash_of(*context, CALG_SHA1, "abcd\0\xe9\0c\0r\0i\0t\0"sv)->verify(signature, *pair, {}, 0);
    const HashPtr set = context->create_hash(CALG_SSL3_SHAMD5, nullptr, 0);
    set->set_param(HP_HASHVAL, counting(36).data());
    CHECK_FAULT(signature_of(*set, 0, u"d"), Fault::bad_hash_state);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(SilentContext)

BOOST_AUTO_TEST_CASE(refuses_private_keys_whose_use_must_be_shown) // 10.4
{
    const ContextPtr context = open_context(MS_STRONG_PROV_A, CRYPT_VERIFYCONTEXT | CRYPT_SILENT);
    CHECK_FAULT(sample_pair(*context, CRYPT_USER_PROTECTED), Fault::silent_context);
    StoredPair record;
    record.algorithm_id = CALG_RSA_KEYX;
    record.key_info = cng::write_rsa_key_info(*cng::read_capi_rsa_blob(sample_private_blob()).key);
    record.user_protected = true;
    record.exportable = true;
    context->pairs().save(KeySpec::exchange, record);
    const KeyPtr pair = context->user_key(AT_KEYEXCHANGE);
    CHECK_FAULT(signature_of(*hash_of(*context, CALG_SHA1, "abc")), Fault::silent_context);
    CHECK_FAULT(decrypted(*pair, Bytes(64)), Fault::silent_context);
    CHECK_FAULT(exported(*pair, PRIVATEKEYBLOB), Fault::silent_context);
    BOOST_CHECK_EQUAL(encrypted(*pair, bytes_of("x")).size(), 64U); // public part
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace capishim::csp::test
