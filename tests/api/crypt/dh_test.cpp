// SPDX-License-Identifier: BSD-2-Clause
// Diffie-Hellman pairs of the providers of types 13 and 18, what two of them agree on, and the
// session keys that become of it (cryptoapi.md 1.11, 1.16, 2.3, 4.7, 4.8, 8.2, 8.3, 12.11;
// observed.md part 1).
#include "finite_field_fixtures.h"

using namespace capishim_test;

namespace {

// cryptoapi.md 12.11, little-endian
const char* const agreed_start = "02659cf6d26e2c706971fdb20fe9d78a"
                                 "958f9a831750592bf10ff1a373f4b738";

ByteVector first(const ByteVector& bytes, std::size_t size)
{
    return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)};
}

std::string sha1_of(const ByteVector& data)
{
    const VerifyContext context(PROV_DSS);
    const HCRYPTHASH hash = context.make_hash(CALG_SHA1);
    add_data(hash, data);
    return to_hex(value_of(hash));
}

ByteVector public_blob(const ByteVector& y, ALG_ID algorithm = CALG_DH_SF)
{
    return concatenated({blob_header(PUBLICKEYBLOB, algorithm),
                         {0, 'D', 'H', '1'},
                         little_endian(8 * size_of(y)),
                         y});
}

/// Y of a version 2 blob.
ByteVector y_of(HCRYPTKEY pair)
{
    const ByteVector blob = exported(pair, PUBLICKEYBLOB);
    return {blob.begin() + 16, blob.end()};
}

/// Both pairs of 12.11 in one context.
struct Parties {
    explicit Parties(const ProviderName& which = enhanced_dh_provider,
                     ALG_ID algorithm = CALG_DH_EPHEM)
        : context(which), a(imported(context.provider, group.private_blob(group.xa, algorithm))),
          b(imported(context.provider, group.private_blob(group.xb, algorithm)))
    {
    }

    HCRYPTKEY agree_on(ALG_ID algorithm, DWORD flags = CRYPT_EXPORTABLE) const
    {
        return agreed_as(algorithm, context.provider, a, exported(b, PUBLICKEYBLOB), flags);
    }

    OakleyExample group;
    Provider context;
    HCRYPTKEY a, b;
};

ByteVector parameters_3(const ByteVector& p, const ByteVector& q, const ByteVector& g,
                        const ByteVector& j)
{
    return concatenated({{0, 'D', 'H', '3'},
                         little_endian(8 * size_of(p)),
                         little_endian(8 * size_of(q)),
                         little_endian(8 * size_of(j)),
                         ByteVector(24, 0xFF),
                         p,
                         q,
                         g,
                         j});
}

} // namespace

BOOST_AUTO_TEST_SUITE(DH_pairs)

BOOST_AUTO_TEST_CASE(have_the_defaults_of_their_providers)
{
    const struct {
        ProviderName which;
        ALG_ID spec, algorithm;
        DWORD asked, length;
    } rows[] = {
        {base_dh_provider, CALG_DH_EPHEM, CALG_DH_EPHEM, 0, 512},
        {base_dh_provider, CALG_DH_SF, CALG_DH_SF, 1024, 1024},
        {enhanced_dh_provider, AT_KEYEXCHANGE, CALG_DH_SF, 0, 1024},
        {enhanced_dh_provider, CALG_DH_EPHEM, CALG_DH_EPHEM, 768, 768},
        {enhanced_dh_provider, CALG_DH_SF, CALG_DH_SF, 2048, 2048},
        {dh_schannel_provider, AT_KEYEXCHANGE, CALG_DH_SF, 1024, 1024},
        {dh_schannel_provider, CALG_DH_EPHEM, CALG_DH_EPHEM, 4096, 4096},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.which.name << ", " << row.asked << " bits")
        {
            const Provider context(row.which);
            const HCRYPTKEY pair = generated(context.provider, row.spec, key_bits(row.asked));
            BOOST_TEST(key_number(pair, KP_KEYLEN) == row.length);
            BOOST_TEST(key_number(pair, KP_ALGID) == row.algorithm);
            BOOST_TEST(key_number(pair, KP_PERMISSIONS) == 0x3Bu);
            BOOST_TEST(exported(pair, PUBLICKEYBLOB).size() == 16 + row.length / 8);
            BOOST_TEST(key_param(pair, KP_P).size() == row.length / 8);
            BOOST_TEST(key_param(pair, KP_VERIFY_PARAMS).empty());
            HCRYPTKEY stored = 0; // U-29
            if (row.algorithm == CALG_DH_SF)
                CHECK_SUCCEEDS(CryptGetUserKey(context.provider, AT_KEYEXCHANGE, &stored));
            else
                CHECK_FAILS_WITH(CryptGetUserKey(context.provider, AT_KEYEXCHANGE, &stored),
                                 NTE_NO_KEY);
        }
}

// observed.md: CryptGenKey, DSS and DH pair length out of range; DH length off the step
BOOST_AUTO_TEST_CASE(of_other_lengths_are_refused_with_NTE_BAD_FLAGS)
{
    const struct {
        ProviderName which;
        DWORD length;
    } rows[] = {
        {base_dh_provider, 8},        {base_dh_provider, 448},      {base_dh_provider, 1088},
        {base_dh_provider, 2048},     {base_dh_provider, 513},      {base_dh_provider, 520},
        {base_dh_provider, 1016},     {enhanced_dh_provider, 504},  {enhanced_dh_provider, 1032},
        {enhanced_dh_provider, 1040}, {enhanced_dh_provider, 4160}, {enhanced_dh_provider, 0xFFFF},
        {dh_schannel_provider, 1032}, {dh_schannel_provider, 4160}, {dh_schannel_provider, 256},
    };
    for (const auto& row : rows)
        for (const ALG_ID spec : Algorithms{AT_KEYEXCHANGE, CALG_DH_SF, CALG_DH_EPHEM})
            BOOST_TEST_CONTEXT(row.which.name << ", " << row.length << " bits")
    CHECK_FAILS_WITH(gen_key(Provider(row.which).provider, spec, key_bits(row.length)),
                     NTE_BAD_FLAGS);
}

// U-77
BOOST_AUTO_TEST_CASE(may_have_any_whole_bytes_where_the_caller_brings_p)
{
    const Provider context(enhanced_dh_provider);
    CHECK_SUCCEEDS(gen_key(context.provider, CALG_DH_SF, key_bits(520) | CRYPT_PREGEN));
    CHECK_SUCCEEDS(gen_key(context.provider, CALG_DH_EPHEM, key_bits(1032) | CRYPT_PREGEN));
    for (const DWORD length : {504u, 516u, 4104u})
        CHECK_FAILS_WITH(gen_key(context.provider, CALG_DH_SF, key_bits(length) | CRYPT_PREGEN),
                         NTE_BAD_FLAGS);
}

BOOST_AUTO_TEST_CASE(stay_in_the_container_once_they_are_whole)
{
    const OakleyExample group;
    const Container container("capishim dh pairs", enhanced_dh_provider);
    HCRYPTKEY stored = 0;
    const HCRYPTKEY pair = generated(container.provider, AT_KEYEXCHANGE,
                                     key_bits(1024) | CRYPT_PREGEN | CRYPT_EXPORTABLE);
    CHECK_SUCCEEDS(set_number(pair, KP_P, group.p));
    CHECK_SUCCEEDS(set_number(pair, KP_G, group.g));
    CHECK_FAILS_WITH(CryptGetUserKey(container.provider, AT_KEYEXCHANGE, &stored), NTE_NO_KEY);
    CHECK_SUCCEEDS(CryptSetKeyParam(pair, KP_X, nullptr, 0));
    HCRYPTPROV other = 0;
    REQUIRE_SUCCEEDS(CryptAcquireContextA(&other, container.name.c_str(), nullptr, PROV_DSS_DH, 0));
    CHECK_SUCCEEDS(CryptGetUserKey(other, AT_KEYEXCHANGE, &stored));
    BOOST_TEST(exported(stored, PRIVATEKEYBLOB) == exported(pair, PRIVATEKEYBLOB));
    BOOST_TEST(key_number(stored, KP_ALGID) == static_cast<DWORD>(CALG_DH_SF));
    CHECK_SUCCEEDS(CryptReleaseContext(other, 0));
    // PP_DELETEKEY, and CryptImportKey puts one there again
    const DWORD spec = AT_KEYEXCHANGE;
    CHECK_SUCCEEDS(CryptSetProvParam(container.provider, PP_DELETEKEY,
                                     reinterpret_cast<const BYTE*>(&spec), 0));
    CHECK_FAILS_WITH(CryptGetUserKey(container.provider, AT_KEYEXCHANGE, &stored), NTE_NO_KEY);
    imported(container.provider, group.private_blob(group.xa), 0, 0);
    CHECK_SUCCEEDS(CryptGetUserKey(container.provider, CALG_DH_SF, &stored));
    CHECK_FAILS_AND_ZEROES(CryptExportKey(stored, 0, PRIVATEKEYBLOB, 0, nullptr, &size),
                           NTE_BAD_KEY_STATE);
    CHECK_FAILS_AND_ZEROES(CryptGetKeyParam(stored, KP_CERTIFICATE, nullptr, &size, 0),
                           NTE_BAD_TYPE);
    CHECK_SUCCEEDS(CryptDestroyKey(stored));
    container.remove();
    CHECK_FAILS_WITH(gen_key(container.provider, AT_KEYEXCHANGE, key_bits(1024)), NTE_BAD_KEYSET);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(DH_blobs)

BOOST_AUTO_TEST_CASE(of_version_2_tell_y_or_the_group_and_x)
{
    const Parties parties;
    const OakleyExample& group = parties.group;
    const ByteVector ya = y_of(parties.a);
    BOOST_TEST(exported(parties.a, PUBLICKEYBLOB) == public_blob(ya, CALG_DH_EPHEM));
    BOOST_TEST(to_hex(first(ya, 16)) == "fdb28f1d7a42965b7f8876257111ba87");
    BOOST_TEST(sha1_of(ya) == "1789c1b62b3a7f26787b903bd3d4c5b9ade72951");
    BOOST_TEST(to_hex(first(y_of(parties.b), 16)) == "7cd4e95e2c59729961a26d1d2381c5be");
    BOOST_TEST(sha1_of(y_of(parties.b)) == "6b5fa4701e19f65ac867cbe1c9801e05bd389be0");
    BOOST_TEST(exported(parties.a, PRIVATEKEYBLOB) == group.private_blob(group.xa, CALG_DH_EPHEM));
    BOOST_TEST(exported(parties.b, PRIVATEKEYBLOB) == group.private_blob(group.xb, CALG_DH_EPHEM));
}

BOOST_AUTO_TEST_CASE(of_version_3_tell_the_group_too)
{
    const Parties parties(enhanced_dh_provider, CALG_DH_SF);
    const OakleyExample& group = parties.group;
    const ByteVector shown =
        concatenated({blob_header_3(PUBLICKEYBLOB, CALG_DH_SF),
                      parameters_3(group.p, {}, group.g, {}), y_of(parties.a)});
    BOOST_TEST(exported(parties.a, PUBLICKEYBLOB, 0, CRYPT_BLOB_VER3) == shown);
    const HCRYPTKEY key = imported(parties.context.provider, shown);
    BOOST_TEST(exported(key, PUBLICKEYBLOB, 0, CRYPT_BLOB_VER3) == shown);
    BOOST_TEST(exported(key, PUBLICKEYBLOB) == exported(parties.a, PUBLICKEYBLOB));
    BOOST_TEST(key_param(key, KP_P) == group.p);
    BOOST_TEST(key_param(key, KP_G) == group.g);
    CHECK_FAILS_AND_ZEROES(CryptGetKeyParam(key, KP_Q, nullptr, &size, 0), NTE_BAD_TYPE);
    const ByteVector secret = exported(parties.a, PRIVATEKEYBLOB, 0, CRYPT_BLOB_VER3);
    BOOST_TEST(secret.size() == 8u + 44 + 4 * 128);
    const HCRYPTKEY pair = imported(parties.context.provider, secret);
    BOOST_TEST(exported(pair, PRIVATEKEYBLOB, 0, CRYPT_BLOB_VER3) == secret);
    BOOST_TEST(exported(pair, PRIVATEKEYBLOB) == group.private_blob(group.xa));
}

BOOST_AUTO_TEST_CASE(of_version_3_keep_q_j_and_the_seed)
{
    const FipsExample fips; // q divides p - 1, so that the parameters verify as DH's too
    const Provider context(base_dh_provider);
    ByteVector parameters = parameters_3(fips.p, fips.q, fips.g, counting(44));
    const ByteVector seed = fips.dss_seed();
    std::copy(seed.begin(), seed.end(), parameters.begin() + 16);
    const ByteVector shown =
        concatenated({blob_header_3(PUBLICKEYBLOB, CALG_DH_EPHEM), parameters, fips.y});
    const HCRYPTKEY key = imported(context.provider, shown);
    BOOST_TEST(exported(key, PUBLICKEYBLOB, 0, CRYPT_BLOB_VER3) == shown);
    BOOST_TEST(key_param(key, KP_Q) == fips.q);
    BOOST_TEST(key_param(key, KP_VERIFY_PARAMS).empty());
    ByteVector other_q = shown;
    other_q[8 + 40 + 64] ^= 2;
    const HCRYPTKEY wrong = imported(context.provider, other_q);
    CHECK_FAILS_AND_ZEROES(CryptGetKeyParam(wrong, KP_VERIFY_PARAMS, nullptr, &size, 0), NTE_FAIL);
}

// U-46
BOOST_AUTO_TEST_CASE(of_version_2_make_public_keys_without_a_group)
{
    const Parties parties;
    const HCRYPTKEY key = imported(parties.context.provider, exported(parties.a, PUBLICKEYBLOB));
    BOOST_TEST(key_number(key, KP_KEYLEN) == 1024u);
    BOOST_TEST(key_number(key, KP_ALGID) == static_cast<DWORD>(CALG_DH_EPHEM));
    BOOST_TEST(exported(key, PUBLICKEYBLOB) == exported(parties.a, PUBLICKEYBLOB));
    for (const DWORD param : {KP_P, KP_Q, KP_G, KP_VERIFY_PARAMS})
        CHECK_FAILS_AND_ZEROES(CryptGetKeyParam(key, param, nullptr, &size, 0), NTE_BAD_TYPE);
    CHECK_FAILS_AND_ZEROES(CryptExportKey(key, 0, PUBLICKEYBLOB, CRYPT_BLOB_VER3, nullptr, &size),
                           NTE_BAD_TYPE);
    CHECK_FAILS_AND_ZEROES(CryptExportKey(key, 0, PRIVATEKEYBLOB, 0, nullptr, &size),
                           NTE_BAD_KEY_STATE);
    HCRYPTKEY none = 0; // it is nobody's own pair
    CHECK_FAILS_WITH(
        import_blob(parties.context.provider, exported(parties.b, PUBLICKEYBLOB), &none, key),
        NTE_BAD_KEY);
}

BOOST_AUTO_TEST_CASE(that_are_damaged_are_refused)
{
    const Parties parties;
    const OakleyExample& group = parties.group;
    const ByteVector secret = group.private_blob(group.xa);
    const ByteVector shown_3 = exported(parties.a, PUBLICKEYBLOB, 0, CRYPT_BLOB_VER3);
    const auto with = [](ByteVector blob, std::size_t at, BYTE value) {
        blob[at] = value;
        return blob;
    };
    const struct {
        const char* what;
        ByteVector blob;
        DWORD code;
    } rows[] = {
        {"cut", first(public_blob(ByteVector(128, 3)), 143), NTE_BAD_DATA},
        {"no y", public_blob({}), NTE_BAD_DATA},
        {"504 bits", public_blob(ByteVector(63, 3)), NTE_BAD_DATA},
        {"4104 bits", public_blob(ByteVector(513, 3)), NTE_BAD_DATA},
        {"not whole bytes", with(public_blob(ByteVector(128, 3)), 12, 1), NTE_BAD_DATA},
        {"DSS's magic", with(public_blob(ByteVector(128, 3)), 8, 'D'), NTE_BAD_DATA},
        {"private, cut", first(secret, secret.size() - 1), NTE_BAD_DATA},
        {"an even p", with(secret, 16, 0xFE), NTE_BAD_DATA},
        {"a generator of 1", with(secret, 16 + 128, 1), NTE_BAD_DATA},
        {"x beyond p", group.private_blob(ByteVector(128, 0xFF)), NTE_BAD_DATA},
        {"x of 0", group.private_blob(ByteVector(128)), NTE_BAD_DATA},
        {"version 3, cut", first(shown_3, shown_3.size() - 1), NTE_BAD_DATA},
        {"version 3, lengths of 2^32", with(shown_3, 15, 0xFF), NTE_BAD_DATA},
        {"version 3, y of 1",
         concatenated({first(shown_3, shown_3.size() - 128), widened({1}, 128)}), NTE_BAD_DATA},
        {"version 2 of 3", with(shown_3, 1, 2), NTE_BAD_VER},
        {"version 9", with(secret, 1, 9), NTE_BAD_VER},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.what)
        {
            HCRYPTKEY key = 0x77;
            CHECK_FAILS_WITH(import_blob(parties.context.provider, row.blob, &key), row.code);
            BOOST_TEST(key == 0x77u);
        }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(DH_with_CRYPT_PREGEN)

// observed.md: DH PREGEN flow
BOOST_AUTO_TEST_CASE(works_alike_by_each_name_with_a_generator_of_full_size)
{
    const FipsExample fips; // not a safe prime, and no known group
    for (const ProviderName& which : dh_providers)
        for (const ALG_ID spec : Algorithms{AT_KEYEXCHANGE, CALG_DH_SF, CALG_DH_EPHEM})
            BOOST_TEST_CONTEXT(which.name)
            {
                const Provider mine(which), theirs(which);
                const HCRYPTKEY a = pair_in_group(mine.provider, fips.p, fips.g, spec);
                const HCRYPTKEY b = pair_in_group(theirs.provider, fips.p, fips.g, spec);
                DWORD size = 0;
                CHECK_SUCCEEDS(CryptExportKey(a, 0, PUBLICKEYBLOB, 0, nullptr, &size));
                BOOST_TEST(size == 16u + 64);
                // observed.md: 3DES is there for agreed keys in all three
                for (const ALG_ID algorithm : Algorithms{CALG_3DES, CALG_RC4, CALG_RC2, CALG_DES}) {
                    const HCRYPTKEY key_a =
                        agreed_as(algorithm, mine.provider, a, exported(b, PUBLICKEYBLOB), 0);
                    const HCRYPTKEY key_b =
                        agreed_as(algorithm, theirs.provider, b, exported(a, PUBLICKEYBLOB), 0);
                    const ByteVector message = bytes_of("to be read by one other");
                    BOOST_TEST(decrypted(key_b, encrypted(key_a, message)) == message);
                    BOOST_TEST(decrypted(key_a, encrypted(key_b, message)) == message);
                }
            }
}

BOOST_AUTO_TEST_CASE(takes_a_short_generator_and_may_take_q)
{
    const FipsExample fips;
    const Provider context(base_dh_provider);
    const HCRYPTKEY pair = generated(context.provider, CALG_DH_SF, key_bits(512) | CRYPT_PREGEN);
    CHECK_SUCCEEDS(set_number(pair, KP_P, fips.p));
    CHECK_FAILS_WITH(set_number(pair, KP_P, first(fips.p, 32)), NTE_BAD_DATA); // U-162
    CHECK_FAILS_WITH(set_number(pair, KP_Q, ByteVector(65, 1)), NTE_BAD_DATA);
    CHECK_SUCCEEDS(set_number(pair, KP_Q, fips.q));
    CHECK_FAILS_WITH(CryptSetKeyParam(pair, KP_X, nullptr, 0), NTE_BAD_KEY_STATE);
    CHECK_SUCCEEDS(set_number(pair, KP_G, {2}));
    CHECK_SUCCEEDS(CryptSetKeyParam(pair, KP_X, nullptr, 0));
    BOOST_TEST(key_param(pair, KP_G) == widened({2}, 64));
    BOOST_TEST(key_param(pair, KP_Q) == fips.q);
    // 2 is of another order than q
    CHECK_FAILS_AND_ZEROES(CryptGetKeyParam(pair, KP_VERIFY_PARAMS, nullptr, &size, 0), NTE_FAIL);
}

BOOST_AUTO_TEST_CASE(refuses_generators_that_are_none)
{
    const FipsExample fips;
    const Provider context(base_dh_provider);
    const HCRYPTKEY pair = generated(context.provider, CALG_DH_SF, key_bits(512) | CRYPT_PREGEN);
    CHECK_SUCCEEDS(set_number(pair, KP_P, fips.p));
    ByteVector minus_1 = fips.p;
    minus_1[0] ^= 1;
    for (const ByteVector& g : {ByteVector{1}, minus_1, fips.p, ByteVector(64, 0xFF)}) {
        CHECK_SUCCEEDS(set_number(pair, KP_G, g));
        CHECK_FAILS_WITH(CryptSetKeyParam(pair, KP_X, nullptr, 0), NTE_BAD_DATA);
    }
    CHECK_FAILS_WITH(set_number(pair, KP_G, {0}), NTE_BAD_DATA);
    CHECK_SUCCEEDS(set_number(pair, KP_G, fips.g));
    CHECK_SUCCEEDS(CryptSetKeyParam(pair, KP_X, nullptr, 0));
}

// section 13: client and server with one set of parameters
BOOST_AUTO_TEST_CASE(takes_the_other_partys_parameters_from_its_blob)
{
    const Parties server;
    const ByteVector shown = exported(server.a, PUBLICKEYBLOB, 0, CRYPT_BLOB_VER3);
    const ByteVector parameters = first(shown, shown.size() - 128);
    const Provider client(dh_schannel_provider);
    const HCRYPTKEY own = generated(client.provider, CALG_DH_EPHEM, key_bits(1024) | CRYPT_PREGEN);
    CHECK_SUCCEEDS(set_number(own, KP_PUB_PARAMS, parameters));
    CHECK_SUCCEEDS(CryptSetKeyParam(own, KP_X, nullptr, 0));
    BOOST_TEST(key_param(own, KP_P) == server.group.p);
    const HCRYPTKEY here = agreed_as(CALG_RC4, client.provider, own, shown, key_bits(128));
    const HCRYPTKEY there = agreed_as(CALG_RC4, server.context.provider, server.a,
                                      exported(own, PUBLICKEYBLOB), key_bits(128));
    BOOST_TEST(decrypted(there, encrypted(here, bytes_of("hello"))) == bytes_of("hello"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(DH_agreement)

// cryptoapi.md 12.11, U-175
BOOST_AUTO_TEST_CASE(gives_the_session_keys_of_the_known_answer)
{
    const ByteVector z = from_hex(agreed_start);
    const struct {
        ALG_ID algorithm;
        DWORD length, size;
    } rows[] = {{CALG_RC4, 0, 16},     {CALG_RC4, 128, 16}, {CALG_RC2, 128, 16},
                {CALG_RC4, 40, 5},     {CALG_RC2, 56, 7},   {CALG_DES, 0, 8},
                {CALG_DES, 56, 8},     {CALG_3DES, 0, 24},  {CALG_3DES, 168, 24},
                {CALG_3DES_112, 0, 16}};
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("algorithm " << std::hex << row.algorithm)
        {
            const Parties parties;
            ByteVector expected = first(z, row.size);
            if (row.algorithm != CALG_RC4 && row.algorithm != CALG_RC2)
                for (BYTE& byte : expected) // U-117
                    if (__builtin_popcount(byte) % 2 == 0)
                        byte ^= 1;
            const DWORD flags = key_bits(row.length) | CRYPT_EXPORTABLE;
            const HCRYPTKEY key = parties.agree_on(row.algorithm, flags);
            BOOST_TEST(bytes_of_key(key) == expected);
            BOOST_TEST(key_number(key, KP_ALGID) == row.algorithm);
            BOOST_TEST(key_number(key, KP_KEYLEN) == 8 * row.size);
            BOOST_TEST(key_number(key, KP_PERMISSIONS) == 0x3Fu);
            const HCRYPTKEY other =
                agreed_as(row.algorithm, parties.context.provider, parties.b,
                          exported(parties.a, PUBLICKEYBLOB, 0, CRYPT_BLOB_VER3), flags);
            BOOST_TEST(bytes_of_key(other) == expected);
        }
}

BOOST_AUTO_TEST_CASE(obeys_the_rules_of_salt)
{
    const Parties parties;
    BOOST_TEST(key_param(parties.agree_on(CALG_RC4, key_bits(40)), KP_SALT) == ByteVector(11));
    BOOST_TEST(
        key_param(parties.agree_on(CALG_RC4, key_bits(40) | CRYPT_NO_SALT), KP_SALT).empty());
    const ByteVector z = from_hex(agreed_start); // both sides must have the same salt
    BOOST_TEST(key_param(parties.agree_on(CALG_RC4, key_bits(40) | CRYPT_CREATE_SALT), KP_SALT) ==
               ByteVector(z.begin() + 5, z.begin() + 16));
    BOOST_TEST(key_param(parties.agree_on(CALG_RC4, key_bits(128)), KP_SALT).empty());
}

// U-174
BOOST_AUTO_TEST_CASE(makes_a_key_that_waits_for_its_algorithm)
{
    const Parties parties;
    const ByteVector theirs = exported(parties.b, PUBLICKEYBLOB);
    const HCRYPTKEY key = agreed(parties.context.provider, parties.a, theirs);
    const HCRYPTKEY session = parties.context.make_key(CALG_3DES);
    const HCRYPTHASH hash = parties.context.make_hash();
    BOOST_TEST(key_number(key, KP_ALGID) == static_cast<DWORD>(CALG_AGREEDKEY_ANY));
    BYTE data[64] = {};
    DWORD length = 8;
    for (const DWORD param : {KP_KEYLEN, KP_BLOCKLEN, KP_PERMISSIONS, KP_IV, KP_SALT, KP_P})
        CHECK_FAILS_AND_ZEROES(CryptGetKeyParam(key, param, nullptr, &size, 0), NTE_BAD_KEY_STATE);
    for (const DWORD param : {KP_IV, KP_MODE, KP_PERMISSIONS, KP_P, KP_PUB_PARAMS})
        CHECK_FAILS_WITH(CryptSetKeyParam(key, param, data, 0), NTE_BAD_KEY_STATE);
    CHECK_FAILS_WITH(CryptSetKeyParam(key, KP_X, nullptr, 0), NTE_BAD_KEY_STATE);
    for (const DWORD type : {PLAINTEXTKEYBLOB, OPAQUEKEYBLOB, PUBLICKEYBLOB, SIMPLEBLOB})
        CHECK_FAILS_AND_ZEROES(CryptExportKey(key, 0, type, 0, nullptr, &size), NTE_BAD_KEY_STATE);
    CHECK_FAILS_AND_ZEROES(CryptExportKey(session, key, SYMMETRICWRAPKEYBLOB, 0, nullptr, &size),
                           NTE_BAD_KEY_STATE);
    CHECK_FAILS_WITH(CryptEncrypt(key, 0, TRUE, 0, data, &length, sizeof data), NTE_BAD_KEY_STATE);
    CHECK_FAILS_WITH(CryptDecrypt(key, 0, TRUE, 0, data, &length), NTE_BAD_KEY_STATE);
    CHECK_FAILS_WITH(CryptHashSessionKey(hash, key, 0), NTE_BAD_KEY_STATE);
    CHECK_FAILS_WITH(verify(hash, ByteVector(40), key), NTE_BAD_KEY_STATE);
    HCRYPTKEY copy = 0;
    CHECK_SUCCEEDS(CryptDuplicateKey(key, nullptr, 0, &copy));
    CHECK_SUCCEEDS(set_key_number(copy, KP_ALGID, CALG_RC4, CRYPT_EXPORTABLE));
    BOOST_TEST(key_number(key, KP_ALGID) == static_cast<DWORD>(CALG_AGREEDKEY_ANY));
    CHECK_SUCCEEDS(set_key_number(key, KP_ALGID, CALG_RC4, CRYPT_EXPORTABLE));
    BOOST_TEST(bytes_of_key(key) == bytes_of_key(copy));
    CHECK_FAILS_WITH(set_key_number(key, KP_ALGID, CALG_DES), NTE_BAD_TYPE); // U-155
}

BOOST_AUTO_TEST_CASE(refuses_algorithms_lengths_and_flags_as_CryptGenKey_does)
{
    const Parties parties(base_dh_provider);
    const HCRYPTKEY key =
        agreed(parties.context.provider, parties.a, exported(parties.b, PUBLICKEYBLOB));
    for (const ALG_ID algorithm : Algorithms{CALG_AES_128, CALG_3DES_112, CALG_SHA1, CALG_DH_SF,
                                             CALG_TLS1_MASTER, CALG_AGREEDKEY_ANY, 0})
        CHECK_FAILS_WITH(set_key_number(key, KP_ALGID, algorithm), NTE_BAD_ALGID);
    CHECK_FAILS_WITH(set_key_number(key, KP_ALGID, CALG_RC4, key_bits(128)),
                     ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(set_key_number(key, KP_ALGID, CALG_RC4, key_bits(41)),
                     ERROR_INVALID_PARAMETER);
    for (const DWORD flags : {0x8, 0x20, CRYPT_PREGEN, CRYPT_CREATE_SALT | CRYPT_NO_SALT})
        CHECK_FAILS_WITH(set_key_number(key, KP_ALGID, CALG_RC4, flags), NTE_BAD_FLAGS);
    CHECK_FAILS_WITH(CryptSetKeyParam(key, KP_ALGID, nullptr, 0), ERROR_INVALID_PARAMETER);
    CHECK_SUCCEEDS(set_key_number(key, KP_ALGID, CALG_RC4)); // none of this changed it
    BOOST_TEST(key_number(key, KP_KEYLEN) == 40u);
    CHECK_FAILS_AND_ZEROES(CryptExportKey(key, 0, PLAINTEXTKEYBLOB, 0, nullptr, &size),
                           NTE_BAD_KEY_STATE); // not exportable
    // 3DES is there for agreed keys, not for others
    CHECK_FAILS_WITH(gen_key(parties.context.provider, CALG_3DES), NTE_BAD_ALGID);
}

// U-173
BOOST_AUTO_TEST_CASE(refuses_public_values_that_give_the_secret_away)
{
    const Parties parties;
    ByteVector minus_1 = parties.group.p;
    minus_1[0] ^= 1;
    for (const ByteVector& y : {ByteVector(128), widened({1}, 128), minus_1, parties.group.p,
                                ByteVector(128, 0xFF), ByteVector(127, 3), ByteVector(136, 3)}) {
        HCRYPTKEY key = 0x77;
        CHECK_FAILS_WITH(import_blob(parties.context.provider, public_blob(y), &key, parties.a),
                         NTE_BAD_DATA);
        BOOST_TEST(key == 0x77u);
    }
}

BOOST_AUTO_TEST_CASE(wants_one_group_and_ones_own_DH_pair)
{
    const FipsExample fips;
    const Parties parties;
    const HCRYPTPROV provider = parties.context.provider;
    HCRYPTKEY key = 0;
    const HCRYPTKEY short_pair = pair_in_group(provider, fips.p, fips.g);
    CHECK_FAILS_WITH(import_blob(provider, exported(short_pair, PUBLICKEYBLOB), &key, parties.a),
                     NTE_BAD_DATA);
    // the same length, another group
    const HCRYPTKEY other = pair_in_group(provider, parties.group.p, widened({4}, 128));
    CHECK_FAILS_WITH(
        import_blob(provider, exported(other, PUBLICKEYBLOB, 0, CRYPT_BLOB_VER3), &key, parties.a),
        NTE_BAD_DATA);
    const ByteVector theirs = exported(parties.b, PUBLICKEYBLOB);
    const HCRYPTKEY dss = imported(provider, fips.private_blob());
    const HCRYPTKEY session = parties.context.make_key(CALG_RC4);
    const HCRYPTKEY shown = imported(provider, theirs);
    for (const HCRYPTKEY wrong : {dss, session, shown})
        CHECK_FAILS_WITH(import_blob(provider, theirs, &key, wrong), NTE_BAD_KEY);
    const HCRYPTKEY unfinished = generated(provider, CALG_DH_SF, key_bits(1024) | CRYPT_PREGEN);
    CHECK_FAILS_WITH(import_blob(provider, theirs, &key, unfinished), NTE_BAD_KEY_STATE);
    const Provider foreign(base_dh_provider); // U-07
    CHECK_FAILS_WITH(import_blob(foreign.provider, theirs, &key, parties.a), NTE_BAD_KEY);
}

// observed.md: 3DES is there for agreed keys; what goes into an OPAQUEKEYBLOB comes out again
BOOST_AUTO_TEST_CASE(takes_3DES_to_another_process_of_Base)
{
    const Parties parties(base_dh_provider);
    const HCRYPTKEY key = parties.agree_on(CALG_3DES);
    const ByteVector blob = exported(key, OPAQUEKEYBLOB);
    const HCRYPTKEY back = imported(parties.context.provider, blob);
    BOOST_TEST(decrypted(back, encrypted_part(key, counting(20), TRUE)) == counting(20));
    HCRYPTKEY none = 0;
    CHECK_FAILS_WITH(import_blob(Provider(dss_provider).provider, blob, &none), NTE_BAD_ALGID);
}

// SChannel: a pre-master secret is the number without leading zeros (8.3)
BOOST_AUTO_TEST_CASE(makes_master_keys_in_DH_SChannel)
{
    const Parties parties(dh_schannel_provider);
    for (const ALG_ID algorithm : Algorithms{CALG_SSL3_MASTER, CALG_TLS1_MASTER}) {
        const HCRYPTKEY master = parties.agree_on(algorithm);
        BOOST_TEST(key_number(master, KP_ALGID) == algorithm);
    }
    const Parties plain(enhanced_dh_provider);
    const HCRYPTKEY key = agreed(plain.context.provider, plain.a, exported(plain.b, PUBLICKEYBLOB));
    CHECK_FAILS_WITH(set_key_number(key, KP_ALGID, CALG_SSL3_MASTER), NTE_BAD_ALGID);
}

BOOST_AUTO_TEST_CASE(wraps_keys_for_CMS)
{
    const Parties parties;
    const ByteVector theirs = exported(parties.b, PUBLICKEYBLOB);
    const auto wrapping_key = [&](ALG_ID algorithm, const char* oid, ByteVector info) {
        const HCRYPTKEY key =
            imported(parties.context.provider, theirs, parties.a, CRYPT_EXPORTABLE);
        CMS_DH_KEY_INFO asked = {};
        asked.dwVersion = sizeof asked;
        asked.Algid = algorithm;
        asked.pszContentEncObjId = const_cast<char*>(oid);
        asked.PubInfo = {size_of(info), info.data()};
        CHECK_SUCCEEDS(
            CryptSetKeyParam(key, KP_CMS_DH_KEY_INFO, reinterpret_cast<BYTE*>(&asked), 0));
        return bytes_of_key(key);
    };
    const char* const wrap_3des = "1.2.840.113549.1.9.16.3.6";
    const ByteVector key = wrapping_key(CALG_3DES, wrap_3des, {});
    BOOST_TEST(key.size() == 24u);
    BOOST_TEST(key != wrapping_key(CALG_3DES, wrap_3des, counting(64)));
    BOOST_TEST(key != wrapping_key(CALG_3DES, "1.2.840.113549.3.7", {}));
    BOOST_TEST(wrapping_key(CALG_RC2, wrap_3des, {}).size() == 16u);

    const HCRYPTKEY waiting = agreed(parties.context.provider, parties.a, theirs);
    CMS_DH_KEY_INFO asked = {};
    const auto refused = [&](DWORD code) {
        CHECK_FAILS_WITH(
            CryptSetKeyParam(waiting, KP_CMS_DH_KEY_INFO, reinterpret_cast<BYTE*>(&asked), 0),
            code);
    };
    refused(NTE_BAD_DATA);
    asked.dwVersion = sizeof asked;
    asked.Algid = CALG_3DES;
    refused(NTE_BAD_DATA);
    for (const char* oid :
         {"", ".", "1", "1.", "3.1", "1.40", "1.2..3", "1.2.x", "1.2.99999999999"}) {
        asked.pszContentEncObjId = const_cast<char*>(oid);
        refused(NTE_BAD_DATA);
    }
    asked.pszContentEncObjId = const_cast<char*>(wrap_3des);
    asked.Algid = CALG_AES_128;
    refused(NTE_BAD_ALGID);
    CHECK_FAILS_WITH(
        CryptSetKeyParam(waiting, KP_CMS_DH_KEY_INFO, reinterpret_cast<BYTE*>(&asked), 1),
        NTE_BAD_FLAGS);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(DH_keys)

BOOST_AUTO_TEST_CASE(have_no_block_and_no_signatures)
{
    const Parties parties(enhanced_dh_provider, CALG_DH_SF);
    const HCRYPTHASH hash = hash_with(parties.context, CALG_SHA1, "abc");
    for (const DWORD param : {KP_BLOCKLEN, KP_X, KP_Y, KP_PUB_PARAMS, KP_OAEP_PARAMS, KP_IV})
        CHECK_FAILS_AND_ZEROES(CryptGetKeyParam(parties.a, param, nullptr, &size, 0), NTE_BAD_TYPE);
    BOOST_TEST(key_number(parties.a, KP_HIGHEST_VERSION) == 3u);
    CHECK_FAILS_WITH(verify(hash, ByteVector(40), parties.a), NTE_BAD_KEY);
    CHECK_FAILS_AND_ZEROES(CryptSignHashA(hash, AT_KEYEXCHANGE, nullptr, 0, nullptr, &size),
                           NTE_BAD_ALGID);
    BYTE data[64] = {};
    DWORD length = 8;
    CHECK_FAILS_WITH(CryptEncrypt(parties.a, 0, TRUE, 0, data, &length, sizeof data), NTE_BAD_KEY);
    CHECK_FAILS_AND_ZEROES(CryptExportKey(parties.context.make_key(CALG_RC4), parties.a, SIMPLEBLOB,
                                          0, nullptr, &size),
                           NTE_BAD_KEY);
}

// 2.3, 2.6; observed.md: KP_MODE = OFB, DSS/DH providers
BOOST_AUTO_TEST_CASE(live_beside_the_session_keys_of_their_providers)
{
    const struct {
        ProviderName which;
        ALG_ID algorithm;
        DWORD length; // 0: NTE_BAD_ALGID
    } rows[] = {
        {base_dh_provider, CALG_RC2, 40},         {base_dh_provider, CALG_RC4, 40},
        {base_dh_provider, CALG_DES, 64},         {base_dh_provider, CALG_3DES_112, 0},
        {base_dh_provider, CALG_CYLINK_MEK, 0},   {enhanced_dh_provider, CALG_RC2, 128},
        {enhanced_dh_provider, CALG_RC4, 128},    {enhanced_dh_provider, CALG_3DES, 192},
        {enhanced_dh_provider, CALG_AES_128, 0},  {dh_schannel_provider, CALG_RC2, 40},
        {dh_schannel_provider, CALG_RC4, 40},     {dh_schannel_provider, CALG_3DES_112, 128},
        {dh_schannel_provider, CALG_RSA_KEYX, 0},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.which.name << ", algorithm " << std::hex << row.algorithm)
        {
            const Provider context(row.which);
            if (row.length == 0) {
                CHECK_FAILS_WITH(gen_key(context.provider, row.algorithm), NTE_BAD_ALGID);
                continue;
            }
            const HCRYPTKEY key = context.make_key(row.algorithm);
            BOOST_TEST(key_number(key, KP_KEYLEN) == row.length);
            if (row.algorithm == CALG_RC4)
                continue;
            CHECK_FAILS_WITH(set_key_number(key, KP_MODE, CRYPT_MODE_OFB), NTE_BAD_DATA);
            CHECK_SUCCEEDS(set_key_number(key, KP_MODE, CRYPT_MODE_ECB));
        }
}

BOOST_AUTO_TEST_SUITE_END()
