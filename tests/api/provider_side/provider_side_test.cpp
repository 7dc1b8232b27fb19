// SPDX-License-Identifier: BSD-2-Clause
// The CSP interface: CP* functions, where every call names its context and the provider answers for
// its own objects (lifetime.md 1, cryptoapi.md 11).
#include "support/fixtures.h"

#include <cspdk.h>

using namespace capishim_test;

namespace {

VTableProvStruc table_of(DWORD type)
{
    VTableProvStruc table = {};
    table.Version = 2;
    table.dwProvType = type;
    return table;
}

VTableProvStruc named_table(const char* name, DWORD type)
{
    VTableProvStruc table = table_of(type);
    table.Version = 3;
    table.pszProvName = const_cast<LPSTR>(name);
    return table;
}

struct Session {
    explicit Session(DWORD type = PROV_RSA_AES) : Session(table_of(type)) {}
    explicit Session(VTableProvStruc table)
    {
        REQUIRE_SUCCEEDS(CPAcquireContext(&provider, nullptr, CRYPT_VERIFYCONTEXT, &table));
    }
    ~Session()
    {
        if (provider)
            CPReleaseContext(provider, 0);
    }

    std::string name() const
    {
        char name[100] = {};
        DWORD size = sizeof name;
        CHECK_SUCCEEDS(CPGetProvParam(provider, PP_NAME, reinterpret_cast<BYTE*>(name), &size, 0));
        return name;
    }

    HCRYPTKEY make_key(ALG_ID algorithm = CALG_AES_128) const
    {
        HCRYPTKEY key = 0;
        REQUIRE_SUCCEEDS(CPGenKey(provider, algorithm, CRYPT_EXPORTABLE, &key));
        return key;
    }

    HCRYPTHASH make_hash() const
    {
        HCRYPTHASH hash = 0;
        REQUIRE_SUCCEEDS(CPCreateHash(provider, CALG_SHA1, 0, 0, &hash));
        return hash;
    }

    HCRYPTPROV provider = 0;
};

} // namespace

BOOST_AUTO_TEST_SUITE(CPDestroyKey_rows)

BOOST_AUTO_TEST_CASE(at_the_CSP_interface_an_hKey_that_hProv_does_not_own)
{
    Session mine;
    Session other;
    const HCRYPTKEY key = other.make_key();
    const HCRYPTHASH hash = mine.make_hash();
    CHECK_FAILS_WITH(CPDestroyKey(mine.provider, key), NTE_BAD_KEY);
    CHECK_FAILS_WITH(CPDestroyKey(mine.provider, 0), NTE_BAD_KEY);
    CHECK_FAILS_WITH(CPDestroyKey(mine.provider, 0xdeadbeef), NTE_BAD_KEY);
    CHECK_FAILS_WITH(CPDestroyKey(mine.provider, hash), NTE_BAD_KEY);
    CHECK_SUCCEEDS(CPDestroyKey(other.provider, key));
    CHECK_FAILS_WITH(CPDestroyKey(other.provider, key), NTE_BAD_KEY);
    CHECK_SUCCEEDS(CPDestroyHash(mine.provider, hash));
}

BOOST_AUTO_TEST_CASE(at_the_CSP_interface_an_hProv_that_is_not_a_live_context)
{
    Session session;
    const HCRYPTKEY key = session.make_key();
    const HCRYPTPROV released = session.provider;
    CHECK_FAILS_WITH(CPDestroyKey(0, key), NTE_BAD_UID);
    CHECK_FAILS_WITH(CPDestroyKey(key, key), NTE_BAD_UID);
    CHECK_SUCCEEDS(CPReleaseContext(session.provider, 0));
    session.provider = 0;
    CHECK_FAILS_WITH(CPDestroyKey(released, key), NTE_BAD_UID);
    CHECK_FAILS_WITH(CPReleaseContext(released, 0), NTE_BAD_UID);
}

BOOST_AUTO_TEST_CASE(an_export_with_CRYPT_DESTROYKEY_ends_the_key)
{
    Session session(PROV_RSA_SCHANNEL);
    const HCRYPTKEY key = session.make_key(CALG_TLS1_MASTER);
    const auto export_and_end = [&](BYTE* data, DWORD* size) {
        return CPExportKey(session.provider, key, 0, OPAQUEKEYBLOB, CRYPT_DESTROYKEY, data, size);
    };
    DWORD size = 0;
    CHECK_SUCCEEDS(export_and_end(nullptr, &size)); // U-40
    ByteVector blob(size);
    CHECK_SUCCEEDS(export_and_end(blob.data(), &size));
    CHECK_FAILS_WITH(CPDestroyKey(session.provider, key), NTE_BAD_KEY);
}

BOOST_AUTO_TEST_CASE(handles_of_the_two_sides_are_unrelated)
{
    Session session;
    VerifyContext context;
    const HCRYPTKEY theirs = context.make_key();
    const HCRYPTKEY ours = session.make_key();
    CHECK_FAILS_WITH(CPDestroyKey(session.provider, theirs), NTE_BAD_KEY);
    CHECK_FAILS_WITH(CPDestroyKey(context.provider, ours), NTE_BAD_UID);
    CHECK_FAILS_WITH(CryptDestroyKey(ours), ERROR_INVALID_HANDLE);
    CHECK_SUCCEEDS(CryptDestroyKey(theirs));
    CHECK_SUCCEEDS(CPDestroyKey(session.provider, ours));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CPDestroyHash_rows)

BOOST_AUTO_TEST_CASE(at_the_CSP_interface_a_hash_that_hProv_does_not_own_and_a_dead_context)
{
    Session mine;
    Session other;
    const HCRYPTHASH hash = other.make_hash();
    CHECK_FAILS_WITH(CPDestroyHash(mine.provider, hash), NTE_BAD_HASH);
    CHECK_FAILS_WITH(CPDestroyHash(0, hash), NTE_BAD_UID);
    CHECK_SUCCEEDS(CPDestroyHash(other.provider, hash));
    CHECK_FAILS_WITH(CPDestroyHash(other.provider, hash), NTE_BAD_HASH);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(provider_side)

BOOST_AUTO_TEST_CASE(derives_and_encrypts_as_the_other_side_does)
{
    Session session;
    const HCRYPTHASH hash = session.make_hash();
    CHECK_SUCCEEDS(
        CPHashData(session.provider, hash, reinterpret_cast<const BYTE*>("password"), 8, 0));
    HCRYPTKEY key = 0;
    CHECK_SUCCEEDS(CPDeriveKey(session.provider, CALG_AES_256, hash, 0, &key));
    BYTE data[16] = {'m', 'e', 's', 's', 'a', 'g', 'e'};
    DWORD size = 7;
    CHECK_SUCCEEDS(CPEncrypt(session.provider, key, 0, TRUE, 0, data, &size, sizeof data));
    BOOST_CHECK_EQUAL(to_hex(ByteVector(data, data + size)), "77a84059120d7d0574da1ef420b1c54d");
    CHECK_SUCCEEDS(CPDecrypt(session.provider, key, 0, TRUE, 0, data, &size));
    BOOST_CHECK_EQUAL(std::string(data, data + size), "message");
}

BOOST_AUTO_TEST_CASE(signs_verifies_and_duplicates)
{
    Session session;
    HCRYPTKEY pair = 0;
    CHECK_SUCCEEDS(CPGenKey(session.provider, AT_SIGNATURE, 512u << 16, &pair));
    const HCRYPTHASH hash = session.make_hash();
    HCRYPTHASH same = 0;
    CHECK_SUCCEEDS(CPHashData(session.provider, hash, reinterpret_cast<const BYTE*>("abc"), 3, 0));
    CHECK_SUCCEEDS(CPDuplicateHash(session.provider, hash, nullptr, 0, &same));
    BYTE signature[64];
    DWORD size = sizeof signature;
    CHECK_SUCCEEDS(CPSignHash(session.provider, hash, AT_SIGNATURE, nullptr, 0, signature, &size));
    BOOST_CHECK_EQUAL(size, 64u);
    CHECK_SUCCEEDS(CPVerifySignature(session.provider, same, signature, size, pair, nullptr, 0));
    signature[0] ^= 1;
    CHECK_FAILS_WITH(CPVerifySignature(session.provider, same, signature, size, pair, nullptr, 0),
                     NTE_BAD_SIGNATURE);
}

BOOST_AUTO_TEST_CASE(a_key_of_another_context_cannot_be_exported_under)
{
    Session mine;
    Session other;
    const HCRYPTKEY key = mine.make_key();
    HCRYPTKEY pair = 0;
    REQUIRE_SUCCEEDS(CPGenKey(other.provider, AT_KEYEXCHANGE, 512u << 16, &pair));
    DWORD size = 0;
    CHECK_FAILS_WITH(CPExportKey(mine.provider, key, pair, SIMPLEBLOB, 0, nullptr, &size),
                     NTE_BAD_KEY);
}

BOOST_AUTO_TEST_CASE(the_table_names_the_provider)
{
    const Session session(named_table(MS_DEF_PROV_A, PROV_RSA_FULL));
    BOOST_CHECK_EQUAL(session.name(), MS_DEF_PROV_A);
    HCRYPTPROV provider = 0;
    VTableProvStruc table = named_table(MS_DEF_PROV_A, PROV_RSA_FULL);
    REQUIRE_SUCCEEDS(CPAcquireContext(&provider, nullptr, CRYPT_VERIFYCONTEXT, &table));
    CHECK_FAILS_WITH(CPReleaseContext(provider, 1), NTE_BAD_FLAGS);
    CHECK_FAILS_WITH(CPReleaseContext(provider, 0), NTE_BAD_UID); // released all the same
}

BOOST_AUTO_TEST_CASE(registered_by_another_name_it_is_its_types_default)
{
    const Session session(named_table("Vendor Cryptographic Provider", PROV_RSA_AES));
    BOOST_CHECK_EQUAL(session.name(), MS_ENH_RSA_AES_PROV_A);
    HCRYPTPROV provider = 0;
    VTableProvStruc table = named_table("Vendor Cryptographic Provider", 900);
    CHECK_FAILS_WITH(CPAcquireContext(&provider, nullptr, CRYPT_VERIFYCONTEXT, &table),
                     NTE_PROV_TYPE_NOT_DEF);
}

BOOST_AUTO_TEST_CASE(draws_random_bytes)
{
    Session session;
    BYTE first[16] = {};
    BYTE second[16] = {};
    CHECK_SUCCEEDS(CPGenRandom(session.provider, sizeof first, first));
    CHECK_SUCCEEDS(CPGenRandom(session.provider, sizeof second, second));
    BOOST_CHECK(std::memcmp(first, second, sizeof first) != 0);
    CHECK_FAILS_WITH(CPGenRandom(0, sizeof first, first), NTE_BAD_UID);
}

BOOST_AUTO_TEST_CASE(takes_keys_and_their_parameters)
{
    Session session;
    const HCRYPTPROV provider = session.provider;
    const BYTE blob[20] = {PLAINTEXTKEYBLOB,
                           2,
                           0,
                           0,
                           0x01,
                           0x66,
                           0,
                           0,
                           8,
                           0,
                           0,
                           0,
                           0xf1,
                           0x0e,
                           0x25,
                           0x7c,
                           0x6b,
                           0xce,
                           0x0d,
                           0x34}; // 12.1-H
    HCRYPTKEY key = 0, copy = 0;
    CHECK_SUCCEEDS(CPImportKey(provider, blob, sizeof blob, 0, CRYPT_EXPORTABLE, &key));
    const BYTE iv[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    CHECK_SUCCEEDS(CPSetKeyParam(provider, key, KP_IV, iv, 0));
    CHECK_FAILS_WITH(CPSetKeyParam(provider, key, KP_IV, iv, 1), NTE_BAD_FLAGS);
    CHECK_SUCCEEDS(CPDuplicateKey(provider, key, nullptr, 0, &copy));
    CHECK_FAILS_WITH(CPDuplicateKey(provider, key, nullptr, 1, &copy), ERROR_INVALID_PARAMETER);
    CHECK_SUCCEEDS(CPDestroyKey(provider, key));
    BYTE value[8];
    DWORD size = sizeof value;
    CHECK_SUCCEEDS(CPGetKeyParam(provider, copy, KP_IV, value, &size, 0));
    BOOST_CHECK(size == sizeof iv && std::memcmp(value, iv, sizeof iv) == 0);
    CHECK_FAILS_WITH(CPGetKeyParam(provider, copy, KP_P, value, &size, 0), NTE_BAD_TYPE);
    CHECK_FAILS_WITH(CPGetKeyParam(provider, copy, KP_IV, value, &size, 1), NTE_BAD_FLAGS);
    BYTE again[20];
    size = sizeof again;
    CHECK_SUCCEEDS(CPExportKey(provider, copy, 0, PLAINTEXTKEYBLOB, 0, again, &size));
    BOOST_CHECK(std::memcmp(again, blob, sizeof blob) == 0);
}

BOOST_AUTO_TEST_CASE(takes_hashes_and_their_parameters)
{
    Session session;
    const HCRYPTPROV provider = session.provider;
    const BYTE blob[17] = {PLAINTEXTKEYBLOB,
                           2,
                           0,
                           0,
                           0x01,
                           0x68,
                           0,
                           0,
                           5,
                           0,
                           0,
                           0,
                           0x4a,
                           0x3a,
                           0xee,
                           0x77,
                           0x37}; // 12.1-D
    HCRYPTKEY key = 0;
    CHECK_SUCCEEDS(CPImportKey(provider, blob, sizeof blob, 0, 0, &key));
    const HCRYPTHASH hash = session.make_hash();
    CHECK_SUCCEEDS(CPHashSessionKey(provider, hash, key, 0));
    ByteVector value(20);
    DWORD size = 20;
    CHECK_SUCCEEDS(CPGetHashParam(provider, hash, HP_HASHVAL, value.data(), &size, 0));
    BOOST_CHECK_EQUAL(to_hex(value), "3c37729353ff2a4fef1254185b3ac46303fd075d");
    CHECK_FAILS_WITH(CPHashSessionKey(provider, hash, key, 0), NTE_BAD_HASH_STATE);
    CHECK_FAILS_WITH(CPGetHashParam(provider, hash, HP_HASHVAL, value.data(), &size, 1),
                     NTE_BAD_FLAGS);
    const HCRYPTHASH fresh = session.make_hash();
    ByteVector set(20, 0x5A);
    CHECK_FAILS_WITH(CPSetHashParam(provider, fresh, HP_HASHVAL, set.data(), 1), NTE_BAD_FLAGS);
    CHECK_SUCCEEDS(CPSetHashParam(provider, fresh, HP_HASHVAL, set.data(), 0));
    size = 20;
    CHECK_SUCCEEDS(CPGetHashParam(provider, fresh, HP_HASHVAL, value.data(), &size, 0));
    BOOST_CHECK(value == set);
}

BOOST_AUTO_TEST_CASE(keeps_pairs_in_containers)
{
    char container[] = "capishim provider side";
    VTableProvStruc table = {};
    table.Version = 2;
    table.dwProvType = PROV_RSA_FULL;
    HCRYPTPROV provider = 0;
    CPAcquireContext(&provider, container, CRYPT_DELETEKEYSET, &table);
    CHECK_FAILS_WITH(CPAcquireContext(&provider, container, 0, &table), NTE_BAD_KEYSET);
    REQUIRE_SUCCEEDS(CPAcquireContext(&provider, container, CRYPT_NEWKEYSET, &table));
    HCRYPTKEY pair = 0;
    CHECK_FAILS_WITH(CPGetUserKey(provider, AT_SIGNATURE, &pair), NTE_NO_KEY);
    CHECK_SUCCEEDS(CPGenKey(provider, AT_SIGNATURE, 512u << 16, &pair));
    CHECK_SUCCEEDS(CPGetUserKey(provider, AT_SIGNATURE, &pair));
    const DWORD spec = AT_SIGNATURE;
    const BYTE* const data = reinterpret_cast<const BYTE*>(&spec);
    CHECK_FAILS_WITH(CPSetProvParam(provider, PP_DELETEKEY, data, 1), NTE_BAD_FLAGS);
    CHECK_SUCCEEDS(CPSetProvParam(provider, PP_DELETEKEY, data, 0));
    CHECK_FAILS_WITH(CPGetUserKey(provider, AT_SIGNATURE, &pair), NTE_NO_KEY);
    CHECK_SUCCEEDS(CPReleaseContext(provider, 0));
    CHECK_SUCCEEDS(CPAcquireContext(&provider, container, CRYPT_DELETEKEYSET, &table));
    BOOST_CHECK_EQUAL(provider, 0u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(each_function)

namespace {

/// Every function of the interface but CPAcquireContext, told what it works on.
struct Handles {
    HCRYPTPROV provider;
    HCRYPTKEY key;
    HCRYPTHASH hash;
};
struct FunctionRow {
    const char* name;
    bool takes_key, takes_hash;
    BOOL (*call)(const Handles& with);
};

BYTE buffer[256];
DWORD length = sizeof buffer;
ULONG_PTR made = 0;

const FunctionRow functions[] = {
    {"CPCreateHash, keyed", true, false,
     [](const Handles& with) { return CPCreateHash(with.provider, CALG_MAC, with.key, 0, &made); }},
    {"CPDecrypt", true, false,
     [](const Handles& with) {
         return CPDecrypt(with.provider, with.key, 0, TRUE, 0, buffer, &length);
     }},
    {"CPDeriveKey", false, true,
     [](const Handles& with) { return CPDeriveKey(with.provider, CALG_RC4, with.hash, 0, &made); }},
    {"CPDestroyHash", false, true,
     [](const Handles& with) { return CPDestroyHash(with.provider, with.hash); }},
    {"CPDestroyKey", true, false,
     [](const Handles& with) { return CPDestroyKey(with.provider, with.key); }},
    {"CPDuplicateHash", false, true,
     [](const Handles& with) {
         return CPDuplicateHash(with.provider, with.hash, nullptr, 0, &made);
     }},
    {"CPDuplicateKey", true, false,
     [](const Handles& with) {
         return CPDuplicateKey(with.provider, with.key, nullptr, 0, &made);
     }},
    {"CPEncrypt", true, false,
     [](const Handles& with) {
         return CPEncrypt(with.provider, with.key, 0, TRUE, 0, buffer, &length, sizeof buffer);
     }},
    {"CPExportKey", true, false,
     [](const Handles& with) {
         return CPExportKey(with.provider, with.key, 0, PLAINTEXTKEYBLOB, 0, buffer, &length);
     }},
    {"CPGenKey", false, false,
     [](const Handles& with) { return CPGenKey(with.provider, CALG_RC4, 0, &made); }},
    {"CPGenRandom", false, false,
     [](const Handles& with) { return CPGenRandom(with.provider, 8, buffer); }},
    {"CPGetHashParam", false, true,
     [](const Handles& with) {
         return CPGetHashParam(with.provider, with.hash, HP_ALGID, buffer, &length, 0);
     }},
    {"CPGetKeyParam", true, false,
     [](const Handles& with) {
         return CPGetKeyParam(with.provider, with.key, KP_ALGID, buffer, &length, 0);
     }},
    {"CPGetProvParam", false, false,
     [](const Handles& with) {
         return CPGetProvParam(with.provider, PP_NAME, buffer, &length, 0);
     }},
    {"CPGetUserKey", false, false,
     [](const Handles& with) { return CPGetUserKey(with.provider, AT_SIGNATURE, &made); }},
    {"CPHashData", false, true,
     [](const Handles& with) { return CPHashData(with.provider, with.hash, buffer, 8, 0); }},
    {"CPHashSessionKey", true, true,
     [](const Handles& with) { return CPHashSessionKey(with.provider, with.hash, with.key, 0); }},
    {"CPImportKey", true, false,
     [](const Handles& with) {
         return CPImportKey(with.provider, buffer, 20, with.key, 0, &made);
     }},
    {"CPReleaseContext", false, false,
     [](const Handles& with) { return CPReleaseContext(with.provider, 0); }},
    {"CPSetHashParam", false, true,
     [](const Handles& with) {
         return CPSetHashParam(with.provider, with.hash, HP_HASHVAL, buffer, 0);
     }},
    {"CPSetKeyParam", true, false,
     [](const Handles& with) { return CPSetKeyParam(with.provider, with.key, KP_IV, buffer, 0); }},
    {"CPSetProvParam", false, false,
     [](const Handles& with) { return CPSetProvParam(with.provider, PP_CLIENT_HWND, buffer, 0); }},
    {"CPSignHash", false, true,
     [](const Handles& with) {
         return CPSignHash(with.provider, with.hash, AT_SIGNATURE, nullptr, 0, buffer, &length);
     }},
    {"CPVerifySignature", true, true,
     [](const Handles& with) {
         return CPVerifySignature(with.provider, with.hash, buffer, 64, with.key, nullptr, 0);
     }},
};

BOOL called(const FunctionRow& row, const Handles& with)
{
    length = sizeof buffer;
    return row.call(with);
}

} // namespace

// lifetime.md 1: the CSP interface, and 0.5
BOOST_AUTO_TEST_CASE(knows_its_own_contexts_keys_and_hashes_alone)
{
    Session mine, other;
    const Handles theirs = {other.provider, other.make_key(), other.make_hash()};
    const Handles ours = {mine.provider, mine.make_key(), mine.make_hash()};
    Session gone;
    const HCRYPTPROV released = gone.provider;
    CHECK_SUCCEEDS(CPReleaseContext(released, 0));
    gone.provider = 0;
    for (const FunctionRow& row : functions)
        BOOST_TEST_CONTEXT(row.name)
        {
            for (const HCRYPTPROV dead : {HCRYPTPROV{0}, released, HCRYPTPROV{ours.key}})
                CHECK_FAILS_WITH(called(row, {dead, ours.key, ours.hash}), NTE_BAD_UID);
            if (row.takes_key)
                CHECK_FAILS_WITH(called(row, {mine.provider, theirs.key, ours.hash}), NTE_BAD_KEY);
            if (row.takes_key)
                CHECK_FAILS_WITH(called(row, {mine.provider, ours.hash, ours.hash}), NTE_BAD_KEY);
            if (row.takes_hash)
                CHECK_FAILS_WITH(called(row, {mine.provider, ours.key, theirs.hash}), NTE_BAD_HASH);
            if (row.takes_hash)
                CHECK_FAILS_WITH(called(row, {mine.provider, ours.key, 0}), NTE_BAD_HASH);
        }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CPAcquireContext_names)

BOOST_AUTO_TEST_CASE(a_provider_answers_by_the_name_that_it_was_opened_by)
{
    for (const char* const name :
         {"Microsoft Strong Cryptographic Provider", "capishim Strong Cryptographic Provider"}) {
        const Session session(named_table(name, PROV_RSA_FULL));
        char answer[100];
        DWORD size = sizeof answer;
        CHECK_SUCCEEDS(
            CPGetProvParam(session.provider, PP_NAME, reinterpret_cast<BYTE*>(answer), &size, 0));
        BOOST_CHECK_EQUAL(answer, name);
    }
}

BOOST_AUTO_TEST_SUITE_END()
