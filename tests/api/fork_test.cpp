// SPDX-License-Identifier: BSD-2-Clause
// lifetime.md 5: a child of a fork goes on using its handles, and its random numbers differ.
#include "support/fixtures.h"

#include <cstdlib>
#include <functional>
#include <ntsecapi.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace capishim_test;

namespace {

// What `produce` gives in a child, read through a pipe; a child that hangs is killed by its alarm.
ByteVector in_child(const std::function<ByteVector()>& produce)
{
    int ends[2];
    BOOST_REQUIRE(pipe(ends) == 0);
    const pid_t child = fork();
    BOOST_REQUIRE(child >= 0);
    if (child == 0) {
        alarm(30);
        const ByteVector result = produce();
        const bool written =
            write(ends[1], result.data(), result.size()) == static_cast<ssize_t>(result.size());
        _exit(written ? 0 : 1);
    }
    close(ends[1]);
    ByteVector result(4096);
    std::size_t used = 0;
    for (ssize_t count; (count = read(ends[0], &result[used], result.size() - used)) > 0;)
        used += static_cast<std::size_t>(count);
    close(ends[0]);
    result.resize(used);
    int status = -1;
    waitpid(child, &status, 0);
    BOOST_CHECK_EQUAL(status, 0);
    return result;
}

ByteVector random_bytes(HCRYPTPROV provider)
{
    ByteVector bytes(32);
    CryptGenRandom(provider, static_cast<DWORD>(bytes.size()), bytes.data());
    return bytes;
}

ByteVector signature_of(HCRYPTPROV provider, const std::string& text)
{
    HCRYPTHASH hash = 0;
    ByteVector signature(512);
    DWORD size = static_cast<DWORD>(signature.size());
    CryptCreateHash(provider, CALG_SHA1, 0, 0, &hash);
    CryptHashData(hash, reinterpret_cast<const BYTE*>(text.data()), static_cast<DWORD>(text.size()),
                  0);
    if (!CryptSignHashA(hash, AT_SIGNATURE, nullptr, 0, signature.data(), &size))
        size = 0;
    CryptDestroyHash(hash);
    signature.resize(size);
    return signature;
}

} // namespace

BOOST_AUTO_TEST_SUITE(fork_with_live_handles)

BOOST_AUTO_TEST_CASE(parent_and_child_draw_different_random_numbers)
{
    VerifyContext context;
    random_bytes(context.provider); // the generator is running before the fork
    const ByteVector first = in_child([&] { return random_bytes(context.provider); });
    const ByteVector second = in_child([&] { return random_bytes(context.provider); });
    const ByteVector mine = random_bytes(context.provider);
    BOOST_CHECK_EQUAL(first.size(), 32u);
    BOOST_CHECK(first != mine);
    BOOST_CHECK(second != mine);
    BOOST_CHECK(first != second);
}

BOOST_AUTO_TEST_CASE(parent_and_child_draw_different_keys)
{
    VerifyContext context;
    const auto make = [&] {
        HCRYPTKEY key = 0;
        CryptGenKey(context.provider, CALG_AES_256, CRYPT_EXPORTABLE, &key);
        return exported(key, PLAINTEXTKEYBLOB);
    };
    make();
    const ByteVector theirs = in_child(make);
    BOOST_CHECK_EQUAL(theirs.size(), 44u);
    BOOST_CHECK(theirs != make());
}

BOOST_AUTO_TEST_CASE(parent_and_child_go_on_encrypting_and_hashing)
{
    VerifyContext context;
    const HCRYPTKEY key = context.make_key(CALG_AES_128);
    const HCRYPTHASH hash = context.make_hash();
    REQUIRE_SUCCEEDS(CryptHashData(hash, reinterpret_cast<const BYTE*>("ab"), 2, 0));
    const auto work = [&] {
        ByteVector result = encrypted(key, bytes_of("message"));
        HCRYPTHASH mine = 0;
        CryptDuplicateHash(hash, nullptr, 0, &mine);
        CryptHashData(mine, reinterpret_cast<const BYTE*>("c"), 1, 0);
        const ByteVector value = value_of(mine);
        CryptDestroyHash(mine);
        result.insert(result.end(), value.begin(), value.end());
        return result;
    };
    BOOST_CHECK(in_child(work) == work());
    CHECK_SUCCEEDS(CryptDestroyHash(hash));
    CHECK_SUCCEEDS(CryptDestroyKey(key));
}

BOOST_AUTO_TEST_CASE(a_child_reads_what_its_parent_protected)
{
    const ByteVector plain = bytes_of("thirty-two bytes, and not a few.");
    for (const ULONG option :
         {0, RTL_ENCRYPT_OPTION_CROSS_PROCESS, RTL_ENCRYPT_OPTION_SAME_LOGON}) {
        ByteVector memory = plain;
        CHECK_STATUS(RtlEncryptMemory(memory.data(), 32, option), STATUS_SUCCESS);
        BOOST_CHECK(in_child([&] {
                        RtlDecryptMemory(memory.data(), 32, option);
                        return memory;
                    }) == plain);
    }
}

// With libbotan-2 this hangs unless its thread pool is kept out of the way (design/engine.md).
BOOST_AUTO_TEST_CASE(parent_and_child_go_on_signing)
{
    VerifyContext context;
    const HCRYPTKEY pair = context.make_key(AT_SIGNATURE, 1024u << 16);
    const ByteVector before = signature_of(context.provider, "message");
    BOOST_CHECK_EQUAL(before.size(), 128u);
    BOOST_CHECK(in_child([&] { return signature_of(context.provider, "message"); }) == before);
    BOOST_CHECK(signature_of(context.provider, "message") == before);
    CHECK_SUCCEEDS(CryptDestroyKey(pair));
}

BOOST_AUTO_TEST_SUITE_END()
