// SPDX-License-Identifier: BSD-2-Clause
// PKCS #8 in both directions, against what OpenSSL wrote.
#include "engine/pkcs8.h"
#include "names.h"
#include "support/fault_check.h"
#include "support/vectors.h"

#include <boost/test/unit_test.hpp>

using namespace capishim;
using namespace capishim::engine;
using namespace capishim_test;

namespace {

const Bytes secret = {'s', 'e', 'c', 'r', 'e', 't'};

const Vector& foreign()
{
    static const Vector vector = read_vectors("pkcs8.vec").at(0);
    return vector;
}

Bytes plain(const SecureBytes& bytes)
{
    return {bytes.begin(), bytes.end()};
}

SecureBytes opened(ByteView encrypted, ByteView passphrase)
{
    return decrypt_key_info(encrypted,
                            [&](const KeyStretching& how) { return stretch(passphrase, how); });
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_pkcs8)

BOOST_AUTO_TEST_CASE(reads_and_writes_the_key_info_that_openssl_writes)
{
    const auto key = read_rsa_key_info(foreign().bytes("key_info"));
    BOOST_TEST(key->bits() == 512U);
    BOOST_TEST(to_hex(plain(write_rsa_key_info(*key))) == foreign().text("key_info"));
}

BOOST_AUTO_TEST_CASE(keeps_every_number_of_odd_keys)
{
    for (const Vector& vector : read_vectors("rsa_keys.vec")) {
        const auto secret_number = [&](const char* name) {
            return secure_copy(vector.bytes(name));
        };
        const auto key = RsaKey::from_private(
            {vector.bytes("modulus"), vector.bytes("public_exponent"), secret_number("prime1"),
             secret_number("prime2"), secret_number("exponent1"), secret_number("exponent2"),
             secret_number("coefficient"), secret_number("private_exponent")});
        const SecureBytes written = write_rsa_key_info(*key);
        const auto back = read_rsa_key_info(written);
        BOOST_TEST(back->bits() == key->bits());
        BOOST_TEST((write_rsa_key_info(*back) == written));
    }
}

BOOST_AUTO_TEST_CASE(a_public_key_has_none)
{
    const auto key = read_rsa_key_info(foreign().bytes("key_info"));
    const auto half = RsaKey::from_public(key->numbers().modulus, key->numbers().public_exponent);
    CHECK_FAULT(write_rsa_key_info(*half), Fault::no_private_key);
}

BOOST_AUTO_TEST_CASE(keeps_DSA_and_DH_keys_in_their_groups)
{
    const auto dsa = DsaKey::generate(make_dsa_group(512));
    const SecureBytes dsa_info = write_dsa_key_info(*dsa);
    const auto dsa_back = read_dsa_key_info(dsa_info, dsa->group().seed, dsa->group().counter);
    BOOST_TEST((dsa_back->public_value() == dsa->public_value()));
    BOOST_TEST((dsa_back->secret() == dsa->secret()));
    BOOST_TEST(verify_group(dsa_back->group()));
    BOOST_TEST((write_dsa_key_info(*dsa_back) == dsa_info));

    const auto dh = DhKey::generate(make_dh_group(1024)); // its generator is 2, kept as one byte
    const SecureBytes dh_info = write_dh_key_info(*dh);
    const auto dh_back = read_dh_key_info(dh_info);
    BOOST_TEST((dh_back->group() == dh->group()));
    BOOST_TEST((dh_back->secret() == dh->secret()));
    BOOST_TEST((dh_back->public_value() == dh->public_value()));

    CHECK_FAULT(read_dh_key_info(dsa_info), Fault::bad_data);
    CHECK_FAULT(read_dsa_key_info(dh_info, {}, 0), Fault::bad_data);
    CHECK_FAULT(read_rsa_key_info(dh_info), Fault::bad_data);
    for (std::size_t size = 0; size < dh_info.size(); ++size)
        CHECK_FAULT(read_dh_key_info(ByteView(dh_info).first(size)), Fault::bad_data);
    for (std::size_t size = 0; size < dsa_info.size(); ++size)
        CHECK_FAULT(read_dsa_key_info(ByteView(dsa_info).first(size), {}, 0), Fault::bad_data);
}

BOOST_AUTO_TEST_CASE(a_key_info_cut_anywhere_is_refused)
{
    Bytes info = foreign().bytes("key_info");
    while (!info.empty()) {
        info.pop_back();
        CHECK_FAULT(read_rsa_key_info(info), Fault::bad_data);
    }
}

BOOST_AUTO_TEST_CASE(another_version_or_algorithm_is_refused)
{
    const Bytes good = foreign().bytes("key_info");
    for (const std::size_t place : {6U, 17U, 32U}) { // version, rsaEncryption, inner version
        Bytes changed = good;
        changed[place] ^= 2;
        CHECK_FAULT(read_rsa_key_info(changed), Fault::bad_data);
    }
}

BOOST_AUTO_TEST_CASE(opens_what_openssl_encrypted)
{
    KeyStretching seen;
    const SecureBytes info =
        decrypt_key_info(foreign().bytes("encrypted"), [&](const KeyStretching& how) {
            seen = how;
            return stretch(secret, how);
        });
    BOOST_TEST(to_hex(plain(info)) == foreign().text("key_info"));
    BOOST_TEST(to_hex(seen.salt) == foreign().text("salt"));
    BOOST_TEST(seen.iterations == foreign().number("iterations"));
}

BOOST_AUTO_TEST_CASE(writes_the_same_form_with_another_iv_each_time)
{
    const KeyStretching how{foreign().bytes("salt"), 1000};
    const SecureBytes key = stretch(secret, how);
    const Bytes info = foreign().bytes("key_info");
    const Bytes one = encrypt_key_info(info, how, key);
    const Bytes theirs = foreign().bytes("encrypted");
    BOOST_TEST(one.size() == theirs.size());
    constexpr std::size_t iv_place = 77;
    BOOST_TEST((Bytes(one.begin(), one.begin() + iv_place) ==
                Bytes(theirs.begin(), theirs.begin() + iv_place)));
    BOOST_TEST((one != encrypt_key_info(info, how, key)));
    BOOST_TEST((plain(opened(one, secret)) == info));
}

BOOST_AUTO_TEST_CASE(what_is_encrypted_may_have_any_length)
{
    const KeyStretching how{Bytes(16, 7), 1};
    const SecureBytes key = stretch(secret, how);
    for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 255U, 70000U})
        BOOST_TEST(
            (plain(opened(encrypt_key_info(sample(size), how, key), secret)) == sample(size)));
}

BOOST_AUTO_TEST_CASE(encrypted_forms_cut_anywhere_are_refused)
{
    Bytes encrypted = foreign().bytes("encrypted");
    while (!encrypted.empty()) {
        encrypted.pop_back();
        CHECK_FAULT(opened(encrypted, secret), Fault::bad_data);
    }
}

BOOST_AUTO_TEST_CASE(other_schemes_are_refused_before_the_key_is_asked_for)
{
    const Bytes good = foreign().bytes("encrypted");
    for (const std::size_t place : {16U, 31U, 59U, 74U}) { // PBES2, PBKDF2, HMAC, AES
        Bytes changed = good;
        changed[place] ^= 1;
        CHECK_FAULT(
            decrypt_key_info(
                changed, [](const KeyStretching&) -> SecureBytes { throw Error(Fault::internal); }),
            Fault::bad_data);
    }
}

BOOST_AUTO_TEST_CASE(pem_is_read_as_it_is_written)
{
    const std::string pem = write_pem(sample(100), "THING");
    BOOST_TEST(pem.starts_with("-----BEGIN THING-----\n"));
    BOOST_TEST(pem.ends_with("\n-----END THING-----\n"));
    BOOST_TEST((plain(read_pem(pem, "THING")) == sample(100)));
    CHECK_FAULT(read_pem(pem, "THINGS"), Fault::bad_data);
    CHECK_FAULT(read_pem("", "THING"), Fault::bad_data);
    std::string changed = pem;
    changed[40] = '*';
    CHECK_FAULT(read_pem(changed, "THING"), Fault::bad_data);
}

BOOST_AUTO_TEST_SUITE_END()
