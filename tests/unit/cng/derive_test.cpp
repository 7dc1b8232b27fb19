// SPDX-License-Identifier: BSD-2-Clause
// The key step that CryptDeriveKey and BCryptDeriveKeyCapi share.
#include "cng/derive.h"
#include "support/fault_check.h"
#include "support/vectors.h"

using namespace capishim;
using namespace capishim::cng;
using namespace capishim_test;
using engine::HashId;

namespace {

SecureBytes digest_of(HashId hash, const std::string& text)
{
    SecureBytes digest(engine::hash_size(hash));
    engine::hash(hash, view(text.data(), text.size()), digest.data());
    return digest;
}

struct Row {
    HashId hash;
    const char* text;
    bool expand_target;
    const char* key;
};

// cryptoapi.md 12.2 ("password") and cng.md 10.7 ("abc")
constexpr Row rows[] = {
    {HashId::md5, "password", true,
     "9181a42f85ca981b6e71333dd231aa3c0febe61d54a40b733d5555856ff65b7c"},
    {HashId::md5, "password", true, "9181a42f85ca981b6e71333dd231aa3c"},
    {HashId::sha1, "password", true,
     "a3bc508753274827cf2515600eaea32c226a7895c0533fcc0a67de054e4822f0"},
    {HashId::sha256, "password", true,
     "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8"},
    {HashId::sha384, "password", true,
     "a8b64babd0aca91a59bdbb7761b421d4f2bb38280d3a75ba0f21f2bebc45583d"},
    {HashId::sha512, "password", true,
     "b109f3bbbc244eb82441917ed06d618b9008dd09b3befd1b5e07394c706a8bb9"},
    {HashId::sha1, "password", false, "5baa61e4c9b93f3f"},
    {HashId::sha1, "password", false, "5baa61e4c9b93f3f0682250b6cf8331b"},
    {HashId::sha1, "abc", false, "a9993e364706816aba3e25717850c26c"},
    {HashId::sha1, "abc", true, "d6149aa6dc73c57f300e5e86175c3c3e731024ad6dcd8a68"},
    {HashId::sha1, "abc", false, // longer than the hash: expanded whatever the target (N-200)
     "d6149aa6dc73c57f300e5e86175c3c3e731024ad6dcd8a68ad523cb0de34b320"},
    {HashId::md5, "abc", true, "e556b0c9c217576dc503b6eb040a67aa7ea937187c8a6ce8acaae09c0bb19893"},
};

} // namespace

BOOST_AUTO_TEST_SUITE(cng_derive)

BOOST_AUTO_TEST_CASE(keys_agree_with_the_known_answers)
{
    for (const Row& row : rows) {
        const SecureBytes value = digest_of(row.hash, row.text);
        const std::size_t size = std::string(row.key).size() / 2;
        BOOST_TEST(to_hex(capi_derive(row.hash, value, row.expand_target, size)) == row.key);
    }
}

BOOST_AUTO_TEST_CASE(twice_the_hash_is_the_most)
{
    const SecureBytes value = digest_of(HashId::md5, "abc");
    BOOST_TEST(capi_derive(HashId::md5, value, true, 32).size() == 32u);
    CHECK_FAULT(capi_derive(HashId::md5, value, true, 33), Fault::bad_length);
}

BOOST_AUTO_TEST_SUITE_END()
