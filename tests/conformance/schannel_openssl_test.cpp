// SPDX-License-Identifier: BSD-2-Clause
// Whole handshakes between two SChannel providers, with random input: both sides have one another's
// keys, and they are the keys that OpenSSL 3's hashes give.
#include "api/crypt/finite_field_fixtures.h"
#include "api/crypt/schannel_fixtures.h"
#include "openssl_keys.h"

#include <memory>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <random>

using namespace capishim_test;

namespace {

constexpr unsigned random_seed = 6101; // of every case, printed with a failure
constexpr int rounds = 4;              // a suite and protocol

class Random {
  public:
    ByteVector bytes(std::size_t size)
    {
        ByteVector bytes(size);
        for (BYTE& byte : bytes)
            byte = static_cast<BYTE>(source_());
        return bytes;
    }

  private:
    std::mt19937 source_{random_seed};
};

// ---- What OpenSSL says
// ---------------------------------------------------------------------------

ByteVector digest(const EVP_MD* algorithm, const ByteVector& data)
{
    ByteVector value(EVP_MAX_MD_SIZE);
    unsigned size = 0;
    BOOST_REQUIRE(EVP_Digest(data.data(), data.size(), value.data(), &size, algorithm, nullptr));
    value.resize(size);
    return value;
}

/// RFC 6101: MD5(secret || SHA-1("A" || secret || seed)) || ...
ByteVector ssl3(const ByteVector& secret, const ByteVector& seed, std::size_t size)
{
    ByteVector out;
    for (std::size_t i = 1; out.size() < size; ++i) {
        const ByteVector letters(i, static_cast<BYTE>('A' + i - 1));
        const ByteVector inner = digest(EVP_sha1(), concatenated({letters, secret, seed}));
        out = concatenated({out, digest(EVP_md5(), concatenated({secret, inner}))});
    }
    out.resize(size);
    return out;
}

/// OpenSSL's own TLS1-PRF.
ByteVector tls1(ByteVector secret, const std::string& label, const ByteVector& seed,
                std::size_t size)
{
    if (size == 0) // which it refuses
        return {};
    const std::size_t secret_size = secret.size();
    secret.resize(secret_size + 1); // an empty secret must not be null
    const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(
        EVP_KDF_fetch(nullptr, "TLS1-PRF", nullptr), EVP_KDF_free);
    const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(
        EVP_KDF_CTX_new(kdf.get()), EVP_KDF_CTX_free);
    ByteVector input = concatenated({bytes_of(label), seed});
    char name[] = "MD5-SHA1";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, name, 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SECRET, secret.data(), secret_size),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SEED, input.data(), input.size()),
        OSSL_PARAM_construct_end()};
    ByteVector out(size);
    BOOST_REQUIRE_EQUAL(EVP_KDF_derive(context.get(), out.data(), size, parameters), 1);
    return out;
}

struct Hellos {
    ByteVector client, server;
};

ByteVector master_secret(ALG_ID protocol, const ByteVector& pre_master, const Hellos& hellos)
{
    const ByteVector seed = concatenated({hellos.client, hellos.server});
    return protocol == CALG_SSL3_MASTER ? ssl3(pre_master, seed, 48)
                                        : tls1(pre_master, "master secret", seed, 48);
}

/// Key block parts in RFC order, for a suite whose keys are taken as they are.
struct Expected {
    ByteVector mac[2], key[2], iv[2]; // client's, server's
};

Expected expected_keys(ALG_ID protocol, const ByteVector& master, const Hellos& hellos,
                       std::size_t mac_size, std::size_t key_size, std::size_t iv_size)
{
    const ByteVector seed = concatenated({hellos.server, hellos.client});
    const std::size_t size = 2 * (mac_size + key_size + iv_size);
    const ByteVector block = protocol == CALG_SSL3_MASTER
                                 ? ssl3(master, seed, size)
                                 : tls1(master, "key expansion", seed, size);
    auto at = block.begin();
    const auto take = [&](std::size_t count) {
        const ByteVector part(at, at + static_cast<std::ptrdiff_t>(count));
        at += static_cast<std::ptrdiff_t>(count);
        return part;
    };
    Expected expected;
    for (ByteVector& part : expected.mac)
        part = take(mac_size);
    for (ByteVector& part : expected.key)
        part = take(key_size);
    for (ByteVector& part : expected.iv)
        part = take(iv_size);
    return expected;
}

/// The exportable suites' keys: hashed once more.
void weaken(ALG_ID protocol, const Hellos& hellos, std::size_t key_size, std::size_t iv_size,
            Expected& expected)
{
    const ByteVector seed = concatenated({hellos.client, hellos.server});
    const ByteVector back = concatenated({hellos.server, hellos.client});
    const ByteVector ivs = tls1({}, "IV block", seed, 2 * iv_size);
    for (const std::size_t i : {0u, 1u}) {
        if (protocol == CALG_SSL3_MASTER) {
            const ByteVector& order = i == 0 ? seed : back;
            expected.key[i] = digest(EVP_md5(), concatenated({expected.key[i], order}));
            expected.iv[i] = digest(EVP_md5(), order);
            expected.key[i].resize(key_size);
            expected.iv[i].resize(iv_size);
            continue;
        }
        const char* const label = i == 0 ? "client write key" : "server write key";
        expected.key[i] = tls1(expected.key[i], label, seed, key_size);
        const auto first = ivs.begin() + static_cast<std::ptrdiff_t>(i * iv_size);
        expected.iv[i].assign(first, first + static_cast<std::ptrdiff_t>(iv_size));
    }
}

ByteVector hmac(const EVP_MD* algorithm, const ByteVector& key, const ByteVector& data)
{
    ByteVector value(EVP_MAX_MD_SIZE);
    std::size_t size = 0;
    BOOST_REQUIRE(EVP_Q_mac(nullptr, "HMAC", nullptr, EVP_MD_get0_name(algorithm), nullptr,
                            key.data(), key.size(), data.data(), data.size(), value.data(),
                            value.size(), &size));
    value.resize(size);
    return value;
}

// ---- The handshake
// -------------------------------------------------------------------------------

struct SuiteRow {
    Suite suite;
    std::size_t material_size, key_size, iv_size;
};

const SuiteRow suites[] = {
    {{CALG_RC4, 128, CALG_MD5}, 16, 16, 0},
    {{CALG_RC4, 128, CALG_SHA1}, 16, 16, 0},
    {{CALG_RC4, 40, CALG_MD5, INTERNATIONAL_USAGE}, 5, 16, 0},
    {{CALG_RC2, 40, CALG_MD5, INTERNATIONAL_USAGE}, 5, 16, 8},
    {{CALG_DES, 56, CALG_SHA1}, 8, 8, 8},
    {{CALG_DES, 40, CALG_SHA1, INTERNATIONAL_USAGE}, 5, 8, 8},
    {{CALG_3DES, 168, CALG_SHA1}, 24, 24, 8},
    {{CALG_AES_128, 128, CALG_SHA1}, 16, 16, 16},
    {{CALG_AES_256, 256, CALG_SHA1}, 32, 32, 16},
};

/// The keys of the suite.
Expected expected_keys(ALG_ID protocol, const ByteVector& master, const Hellos& hellos,
                       const SuiteRow& row)
{
    Expected expected = expected_keys(protocol, master, hellos, row.suite.mac_bits() / 8,
                                      row.material_size, row.iv_size);
    if (row.suite.flags)
        weaken(protocol, hellos, row.key_size, row.iv_size, expected);
    return expected;
}

/// DES ignores its lowest bits, so the comparison does too.
ByteVector without_parity(ByteVector key, ALG_ID cipher)
{
    if (cipher == CALG_DES || cipher == CALG_3DES || cipher == CALG_3DES_112)
        for (BYTE& byte : key)
            byte &= 0xFE;
    return key;
}

/// The keys of one side: client's, server's.
struct Keys {
    HCRYPTKEY cipher[2], mac[2];
};

Keys keys_of(const Channel& side, HCRYPTKEY master, const SuiteRow& row, const Hellos& hellos)
{
    agree(master, row.suite);
    say_hello(master, hellos.client, hellos.server);
    const HCRYPTHASH hash = side.master_hash(master);
    const auto derive = [&](ALG_ID algorithm, DWORD flags) {
        return derived(side.provider, algorithm, hash, flags | CRYPT_EXPORTABLE);
    };
    return {{derive(CALG_SCHANNEL_ENC_KEY, 0), derive(CALG_SCHANNEL_ENC_KEY, CRYPT_SERVER)},
            {derive(CALG_SCHANNEL_MAC_KEY, 0), derive(CALG_SCHANNEL_MAC_KEY, CRYPT_SERVER)}};
}

/// A record from one side to the other: written with CRYPT_SERVER's key or not, and read.
void check_records(const Keys& writer, const Keys& reader, std::size_t who, const ByteVector& data)
{
    for (int record = 0; record < 2; ++record) // the chain goes on (6.4 rule 2)
        BOOST_CHECK(decrypted_part(reader.cipher[who],
                                   encrypted_part(writer.cipher[who], data, FALSE), FALSE) == data);
}

struct Fixture {
    Fixture()
    {
        BOOST_TEST_MESSAGE("random seed " << random_seed);
        receiver = imported(client.provider, exported(server.pair, PUBLICKEYBLOB));
    }

    Side client, server;
    HCRYPTKEY receiver = 0;
    Random random;

    /// The same master key on both sides, by SIMPLEBLOB.
    std::pair<HCRYPTKEY, HCRYPTKEY> exchange(ALG_ID protocol) const
    {
        const HCRYPTKEY sent = client.make_key(protocol);
        return {sent, imported(server.provider, exported(sent, SIMPLEBLOB, receiver))};
    }
};

void check_handshake(Fixture& both, ALG_ID protocol, const SuiteRow& row)
{
    const Hellos hellos = {both.random.bytes(32), both.random.bytes(32)};
    const auto [sent, received] = both.exchange(protocol);
    const Keys client = keys_of(both.client, sent, row, hellos);
    const Keys server = keys_of(both.server, received, row, hellos);

    const ByteVector master = master_secret(protocol, both.client.secret_of(sent), hellos);
    BOOST_CHECK(both.client.hash_of_key(sent) == digest(EVP_sha1(), master));
    BOOST_CHECK(both.server.hash_of_key(received) == digest(EVP_sha1(), master));
    const Expected expected = expected_keys(protocol, master, hellos, row);

    const EVP_MD* const mac = row.suite.mac == CALG_MD5 ? EVP_md5() : EVP_sha1();
    const ByteVector data = both.random.bytes(96);
    for (const std::size_t who : {0u, 1u}) {
        for (const HCRYPTKEY key : {client.cipher[who], server.cipher[who]}) {
            BOOST_CHECK(without_parity(bytes_of_key(key), row.suite.cipher) ==
                        without_parity(expected.key[who], row.suite.cipher));
            if (row.iv_size)
                BOOST_CHECK(key_param(key, KP_IV) == expected.iv[who]);
        }
        const ByteVector tag = hmac(mac, expected.mac[who], data);
        BOOST_CHECK(both.client.hmac(client.mac[who], row.suite.mac, data) == tag);
        BOOST_CHECK(both.server.hmac(server.mac[who], row.suite.mac, data) == tag);
    }
    check_records(client, server, 0, data);
    check_records(server, client, 1, data);
}

/// RFC 6101 5.6.9: the 36 bytes of one side's finished message, as an engine makes them of hashes
/// and CryptHashSessionKey.
ByteVector ssl3_finished(const Channel& side, HCRYPTKEY master, const ByteVector& handshake,
                         const std::string& sender)
{
    ByteVector message;
    for (const ALG_ID algorithm : {CALG_MD5, CALG_SHA1}) {
        const std::size_t pad = algorithm == CALG_MD5 ? 48 : 40;
        const HCRYPTHASH inner = side.make_hash(algorithm);
        add_data(inner, concatenated({handshake, bytes_of(sender)}));
        REQUIRE_SUCCEEDS(CryptHashSessionKey(inner, master, CRYPT_LITTLE_ENDIAN));
        add_data(inner, ByteVector(pad, 0x36));
        const HCRYPTHASH outer = side.make_hash(algorithm);
        REQUIRE_SUCCEEDS(CryptHashSessionKey(outer, master, CRYPT_LITTLE_ENDIAN));
        add_data(outer, ByteVector(pad, 0x5C));
        add_data(outer, value_of(inner));
        message = concatenated({message, value_of(outer)});
    }
    return message;
}

ByteVector openssl_ssl3_finished(const ByteVector& master, const ByteVector& handshake,
                                 const std::string& sender)
{
    ByteVector message;
    for (const EVP_MD* const algorithm : {EVP_md5(), EVP_sha1()}) {
        const std::size_t pad = algorithm == EVP_md5() ? 48 : 40;
        const ByteVector inner = digest(
            algorithm, concatenated({handshake, bytes_of(sender), master, ByteVector(pad, 0x36)}));
        message = concatenated(
            {message, digest(algorithm, concatenated({master, ByteVector(pad, 0x5C), inner}))});
    }
    return message;
}

// ---- Diffie-Hellman
// ------------------------------------------------------------------------------

const SuiteRow dh_suites[] = {
    {{CALG_RC4, 128, CALG_MD5}, 16, 16, 0},
    {{CALG_RC2, 128, CALG_MD5}, 16, 16, 8},
    {{CALG_RC4, 40, CALG_MD5, INTERNATIONAL_USAGE}, 5, 16, 0},
    {{CALG_DES, 56, CALG_SHA1}, 8, 8, 8},
    {{CALG_DES, 40, CALG_SHA1, INTERNATIONAL_USAGE}, 5, 8, 8},
    {{CALG_3DES, 168, CALG_SHA1}, 24, 24, 8},
    {{CALG_3DES_112, 112, CALG_SHA1}, 16, 16, 8},
};

/// The pre-master secret of both parties' exponents in the second Oakley group, without its leading
/// zeros (RFC 2246 8.1.2). @return all bytes of it, big-endian
ByteVector openssl_secret(const ByteVector& xa, const ByteVector& xb)
{
    const OakleyExample group;
    const auto number = [](const ByteVector& little) {
        return OwnedNumber(BN_lebin2bn(little.data(), static_cast<int>(little.size()), nullptr));
    };
    const Owned<BN_CTX, BN_CTX_free> scratch(BN_CTX_new());
    const OwnedNumber p = number(group.p), a = number(xa), b = number(xb);
    const OwnedNumber z = number(group.g);
    BOOST_REQUIRE(BN_mod_exp(z.get(), z.get(), a.get(), p.get(), scratch.get()));
    BOOST_REQUIRE(BN_mod_exp(z.get(), z.get(), b.get(), p.get(), scratch.get()));
    ByteVector bytes(group.p.size());
    BN_bn2binpad(z.get(), bytes.data(), static_cast<int>(bytes.size()));
    return bytes;
}

ByteVector without_leading_zeros(const ByteVector& number)
{
    return {std::find_if(number.begin(), number.end(), [](BYTE byte) { return byte != 0; }),
            number.end()};
}

/// Two DH SChannel providers and what they know of each other: blobs with Y alone.
struct DhParties {
    explicit DhParties(Random& random) : xa(random.bytes(128)), xb(random.bytes(128))
    {
        xa.back() = xb.back() = 0; // below P
    }

    ByteVector xa, xb;
    Channel client{dh_schannel_provider}, server{dh_schannel_provider};

    /// The same master key on both sides.
    std::pair<HCRYPTKEY, HCRYPTKEY> agree_on(ALG_ID protocol) const
    {
        const OakleyExample group;
        const HCRYPTKEY a = imported(client.provider, group.private_blob(xa, CALG_DH_EPHEM));
        const HCRYPTKEY b = imported(server.provider, group.private_blob(xb, CALG_DH_EPHEM));
        return {agreed_as(protocol, client.provider, a, exported(b, PUBLICKEYBLOB)),
                agreed_as(protocol, server.provider, b, exported(a, PUBLICKEYBLOB))};
    }
};

void check_dh_keys(const DhParties& both, ALG_ID protocol, const SuiteRow& row,
                   const ByteVector& pre_master, const Hellos& hellos, Random& random)
{
    const auto [ours, theirs] = both.agree_on(protocol);
    BOOST_CHECK_EQUAL(key_number(ours, KP_KEYLEN), 384u); // 8.2, however long the secret is
    const Keys client = keys_of(both.client, ours, row, hellos);
    const Keys server = keys_of(both.server, theirs, row, hellos);
    const ByteVector master = master_secret(protocol, pre_master, hellos);
    BOOST_CHECK(both.client.hash_of_key(ours) == digest(EVP_sha1(), master));
    BOOST_CHECK(both.server.hash_of_key(theirs) == digest(EVP_sha1(), master));
    const Expected expected = expected_keys(protocol, master, hellos, row);
    for (const std::size_t who : {0u, 1u}) {
        const ByteVector mac = digest(EVP_sha1(), expected.mac[who]);
        BOOST_CHECK(both.client.hash_of_key(client.mac[who]) == mac);
        BOOST_CHECK(both.server.hash_of_key(server.mac[who]) == mac);
        for (const HCRYPTKEY key : {client.cipher[who], server.cipher[who]}) {
            BOOST_CHECK(without_parity(bytes_of_key(key), row.suite.cipher) ==
                        without_parity(expected.key[who], row.suite.cipher));
            if (row.iv_size)
                BOOST_CHECK(key_param(key, KP_IV) == expected.iv[who]);
        }
    }
    const ByteVector data = random.bytes(96);
    check_records(client, server, 0, data);
    check_records(server, client, 1, data);
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(SChannel_handshakes, Fixture)

BOOST_AUTO_TEST_CASE(of_SSL3_and_TLS1_agree_with_OpenSSL)
{
    for (const ALG_ID protocol : {CALG_SSL3_MASTER, CALG_TLS1_MASTER})
        for (const SuiteRow& row : suites)
            for (int round = 0; round < rounds; ++round)
                BOOST_TEST_CONTEXT("seed " << random_seed << ", protocol " << protocol
                                           << ", cipher " << row.suite.cipher << ", bits "
                                           << row.suite.bits)
    check_handshake(*this, protocol, row);
}

BOOST_AUTO_TEST_CASE(end_with_TLS1s_finished_messages)
{
    for (int round = 0; round < rounds; ++round) {
        const Hellos hellos = {random.bytes(32), random.bytes(32)};
        const auto [sent, received] = exchange(CALG_TLS1_MASTER);
        say_hello(sent, hellos.client, hellos.server);
        say_hello(received, hellos.client, hellos.server);
        const ByteVector master = master_secret(CALG_TLS1_MASTER, client.secret_of(sent), hellos);
        const ByteVector handshake = random.bytes(300);
        const ByteVector seed =
            concatenated({digest(EVP_md5(), handshake), digest(EVP_sha1(), handshake)});
        for (const char* const label : {"client finished", "server finished"}) {
            const ByteVector expected = tls1(master, label, seed, 12);
            BOOST_CHECK(prf_value(client.prf(sent, label, seed), 12) == expected);
            BOOST_CHECK(prf_value(server.prf(received, label, seed), 12) == expected);
        }
    }
}

BOOST_AUTO_TEST_CASE(end_with_SSL3s_finished_messages)
{
    for (int round = 0; round < rounds; ++round) {
        const Hellos hellos = {random.bytes(32), random.bytes(32)};
        const auto [sent, received] = exchange(CALG_SSL3_MASTER);
        say_hello(sent, hellos.client, hellos.server);
        say_hello(received, hellos.client, hellos.server);
        const ByteVector master = master_secret(CALG_SSL3_MASTER, client.secret_of(sent), hellos);
        const ByteVector handshake = random.bytes(300);
        for (const char* const sender : {"CLNT", "SRVR"}) {
            const ByteVector expected = openssl_ssl3_finished(master, handshake, sender);
            BOOST_CHECK(ssl3_finished(client, sent, handshake, sender) == expected);
            BOOST_CHECK(ssl3_finished(server, received, handshake, sender) == expected);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(DH_SChannel_handshakes)

// 8.3, 8.4
BOOST_AUTO_TEST_CASE(of_SSL3_and_TLS1_agree_with_OpenSSL)
{
    Random random;
    for (const ALG_ID protocol : {CALG_SSL3_MASTER, CALG_TLS1_MASTER})
        for (const SuiteRow& row : dh_suites)
            BOOST_TEST_CONTEXT("seed " << random_seed << ", protocol " << protocol << ", cipher "
                                       << row.suite.cipher << ", bits " << row.suite.bits)
            {
                const DhParties both(random);
                check_dh_keys(both, protocol, row,
                              without_leading_zeros(openssl_secret(both.xa, both.xb)),
                              {random.bytes(32), random.bytes(32)}, random);
            }
}

BOOST_AUTO_TEST_CASE(leave_the_leading_zeros_of_the_secret_out)
{
    Random random;
    DhParties both(random);
    ByteVector secret;
    do {
        both.xb = random.bytes(127);
        both.xb.push_back(0);
        secret = openssl_secret(both.xa, both.xb);
    } while (secret.front() != 0);
    for (const ALG_ID protocol : {CALG_SSL3_MASTER, CALG_TLS1_MASTER})
        check_dh_keys(both, protocol, dh_suites[0], without_leading_zeros(secret),
                      {random.bytes(32), random.bytes(32)}, random);
}

BOOST_AUTO_TEST_CASE(end_with_the_finished_messages_of_both_protocols)
{
    Random random;
    const Hellos hellos = {random.bytes(32), random.bytes(32)};
    const DhParties both(random);
    const ByteVector secret = without_leading_zeros(openssl_secret(both.xa, both.xb));
    const ByteVector handshake = random.bytes(300);
    const ByteVector seed =
        concatenated({digest(EVP_md5(), handshake), digest(EVP_sha1(), handshake)});
    const auto check = [&](const Channel& side, HCRYPTKEY tls, HCRYPTKEY ssl) {
        say_hello(tls, hellos.client, hellos.server);
        say_hello(ssl, hellos.client, hellos.server);
        for (const char* const label : {"client finished", "server finished"})
            BOOST_CHECK(prf_value(side.prf(tls, label, seed), 12) ==
                        tls1(master_secret(CALG_TLS1_MASTER, secret, hellos), label, seed, 12));
        for (const char* const sender : {"CLNT", "SRVR"})
            BOOST_CHECK(ssl3_finished(side, ssl, handshake, sender) ==
                        openssl_ssl3_finished(master_secret(CALG_SSL3_MASTER, secret, hellos),
                                              handshake, sender));
    };
    const auto [client_tls, server_tls] = both.agree_on(CALG_TLS1_MASTER);
    const auto [client_ssl, server_ssl] = both.agree_on(CALG_SSL3_MASTER);
    check(both.client, client_tls, client_ssl);
    check(both.server, server_tls, server_ssl);
}

BOOST_AUTO_TEST_SUITE_END()
