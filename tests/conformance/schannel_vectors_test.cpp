// SPDX-License-Identifier: BSD-2-Clause
// Key derivation of SSL and TLS through the SChannel provider against known answers.
#include "api/crypt/schannel_fixtures.h"
#include "support/vectors.h"

using namespace capishim_test;

namespace {

std::vector<Vector> vectors_of(const std::string& kind)
{
    std::vector<Vector> chosen;
    for (const Vector& vector : read_vectors("schannel.vec"))
        if (vector.text("kind") == kind)
            chosen.push_back(vector);
    BOOST_REQUIRE(!chosen.empty());
    return chosen;
}

ALG_ID master_algorithm(const std::string& protocol)
{
    if (protocol == "SSL2")
        return CALG_SSL2_MASTER;
    return protocol == "SSL3" ? CALG_SSL3_MASTER : CALG_TLS1_MASTER;
}

Suite suite_of(const Vector& vector)
{
    const std::string& name = vector.text("cipher");
    const auto bits = static_cast<DWORD>(vector.number("bits"));
    const ALG_ID cipher = name == "RC4"    ? CALG_RC4
                          : name == "RC2"  ? CALG_RC2
                          : name == "DES"  ? CALG_DES
                          : name == "3DES" ? CALG_3DES
                          : bits == 128    ? CALG_AES_128
                                           : CALG_AES_256;
    const ALG_ID mac = vector.text("mac") == "MD5" ? CALG_MD5 : CALG_SHA1;
    return {cipher, bits, mac, vector.number("exportable") ? INTERNATIONAL_USAGE : 0U};
}

ByteVector with_odd_parity(ByteVector key)
{
    for (BYTE& byte : key)
        byte = static_cast<BYTE>((byte & 0xFE) | (__builtin_parity(byte & 0xFEu) ? 0 : 1));
    return key;
}

HCRYPTKEY master_of(const Side& side, const Vector& vector)
{
    const HCRYPTKEY master =
        side.master_of(master_algorithm(vector.text("protocol")), vector.bytes("pre_master"));
    if (vector.has("clear"))
        REQUIRE_SUCCEEDS(set_blob(master, KP_CLEAR_KEY, vector.bytes("clear")));
    say_hello(master, vector.bytes("client_random"), vector.bytes("server_random"));
    return master;
}

/// Both keys of a direction: "client" or "server".
void check_direction(const Side& side, HCRYPTHASH hash, const Vector& vector, const Suite& suite,
                     const std::string& who)
{
    const DWORD flags = CRYPT_EXPORTABLE | (who == "server" ? CRYPT_SERVER : 0);
    const HCRYPTKEY key = derived(side.provider, CALG_SCHANNEL_ENC_KEY, hash, flags);
    ByteVector expected = vector.bytes(who + "_key");
    if (suite.cipher == CALG_DES || suite.cipher == CALG_3DES) // U-117
        expected = with_odd_parity(expected);
    BOOST_CHECK_EQUAL(to_hex(bytes_of_key(key)), to_hex(expected));
    if (suite.cipher != CALG_RC4)
        BOOST_CHECK_EQUAL(to_hex(key_param(key, KP_IV)), vector.text(who + "_iv"));

    const HCRYPTKEY mac = derived(side.provider, CALG_SCHANNEL_MAC_KEY, hash, flags);
    BOOST_CHECK(side.hash_of_key(mac) == side.hash_of_bytes(vector.bytes(who + "_mac")));
}

} // namespace

BOOST_AUTO_TEST_SUITE(SChannel_known_answers)

BOOST_AUTO_TEST_CASE(CALG_TLS1PRF_of_a_bare_secret)
{
    const Side side;
    for (const Vector& vector : vectors_of("prf"))
        BOOST_TEST_CONTEXT(vector.where())
        {
            const HCRYPTKEY key = side.master_of(CALG_TLS1_MASTER, vector.bytes("secret"));
            const ByteVector expected = vector.bytes("output");
            const HCRYPTHASH hash = side.prf(key, vector.text("label"), vector.bytes("seed"));
            BOOST_CHECK_EQUAL(to_hex(prf_value(hash, size_of(expected))), to_hex(expected));
        }
}

BOOST_AUTO_TEST_CASE(CALG_TLS1PRF_of_a_master_secret)
{
    const Side side;
    for (const Vector& vector : vectors_of("finished"))
        BOOST_TEST_CONTEXT(vector.where())
        {
            const HCRYPTKEY master = side.master_of(CALG_TLS1_MASTER, vector.bytes("pre_master"));
            say_hello(master, vector.bytes("client_random"), vector.bytes("server_random"));
            const HCRYPTHASH hash = side.prf(master, vector.text("label"), vector.bytes("seed"));
            BOOST_CHECK_EQUAL(to_hex(prf_value(hash, 12)), vector.text("output"));
        }
}

BOOST_AUTO_TEST_CASE(keys_of_both_directions_from_a_handshake)
{
    const Side side;
    for (const Vector& vector : vectors_of("handshake"))
        BOOST_TEST_CONTEXT(vector.where())
        {
            const Suite suite = suite_of(vector);
            const HCRYPTKEY master = master_of(side, vector);
            agree(master, suite);
            BOOST_CHECK(side.hash_of_key(master) == side.hash_of_bytes(vector.bytes("master")));
            const HCRYPTHASH hash = side.master_hash(master);
            check_direction(side, hash, vector, suite, "client");
            check_direction(side, hash, vector, suite, "server");
        }
}

BOOST_AUTO_TEST_SUITE_END()
