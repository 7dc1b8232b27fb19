// SPDX-License-Identifier: BSD-2-Clause
// The CSP interface: CP* functions, where every call names its context and the provider answers for
// its own objects (lifetime.md 1, cryptoapi.md 11).
#include "support/fixtures.h"

#include <cspdk.h>

using namespace capishim_test;

namespace {

struct Session {
    explicit Session(DWORD type = PROV_RSA_AES)
    {
        VTableProvStruc table = {};
        table.Version = 2;
        table.dwProvType = type;
        REQUIRE_SUCCEEDS(CPAcquireContext(&provider, nullptr, CRYPT_VERIFYCONTEXT, &table));
    }
    ~Session()
    {
        if (provider)
            CPReleaseContext(provider, 0);
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
    char name[] = MS_DEF_PROV_A;
    VTableProvStruc table = {};
    table.Version = 3;
    table.dwProvType = PROV_RSA_FULL;
    table.pszProvName = name;
    HCRYPTPROV provider = 0;
    REQUIRE_SUCCEEDS(CPAcquireContext(&provider, nullptr, CRYPT_VERIFYCONTEXT, &table));
    char answer[100];
    DWORD size = sizeof answer;
    CHECK_SUCCEEDS(CPGetProvParam(provider, PP_NAME, reinterpret_cast<BYTE*>(answer), &size, 0));
    BOOST_CHECK_EQUAL(answer, MS_DEF_PROV_A);
    CHECK_FAILS_WITH(CPReleaseContext(provider, 1), NTE_BAD_FLAGS);
    CHECK_FAILS_WITH(CPReleaseContext(provider, 0), NTE_BAD_UID); // released all the same
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

BOOST_AUTO_TEST_SUITE_END()
