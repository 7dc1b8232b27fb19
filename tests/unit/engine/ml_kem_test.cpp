// SPDX-License-Identifier: BSD-2-Clause
// ML-KEM from fixed randomness, which no export takes: cng.md 10.10.
#include "engine/hash.h"
#include "engine/ml_kem.h"
#include "support/hex.h"

#include <boost/test/unit_test.hpp>
#include <numeric>

using namespace capishim;
using namespace capishim::engine;
using namespace capishim_test;

namespace {

struct Answer {
    KemSet set;
    std::string public_key, private_key, ciphertext; // SHA-256 of each
    std::string secret, zero_secret; // of the ciphertext, and of one that is all zero
};

const Answer answers[] = {
    {KemSet::ml_kem_512, "3ae268dccc5456ac0d0f9b39257dc48fe081383b97c400512d712b739762daee",
     "17fb29b8c4baf74fb81eea15ffd583b3e37f5a5b8dcf6db96c72c3b3751d6f17",
     "f3c5b31273a0cab88b74837ebd759b0a995db13bd2c629357ff220bb1d8e31c4",
     "40a832e418f10e1000bda5faef8f682e85039dc6572dad28e436b65021031b6f",
     "fc3ccf20a37dd91d9f511da5e6cb92039b1414db5b0880741178ccfb143212ff"},
    {KemSet::ml_kem_768, "0b7934c83125c788995e2ba6bd761e33046b3e40571be53e023309a29f398cc9",
     "dac268bde6a8dd238e9887117d6b664e7a7a9350ad6b7c08a948e504809572a5",
     "39826fe40dc54a3fef68b7c228ed8fb22931012b6fa3bd3e7f204d54db0ac1e1",
     "42f558b0bc5d700a911b0fc67f62376f7aee4667f1969e03f18bdfdf3c59fbdc",
     "c8fbeddafdacef2ffeb8b354ea644f11b5c150f3e2c4a74ce38abba8f854ae16"},
    {KemSet::ml_kem_1024, "c7b8fa0aa471d5ae18922d6ccad5b31e1d84f92ae723abfd13747018740a8530",
     "3a2a676c5a242ee683cb6097c8f3e64fbef4d90267f9250ec2beab8f99621fad",
     "2af1b28074d38e2787485b294d8f44683645adc749c1e4c62bacbd4847f02c5f",
     "738a88cd9a25861e9a37c65a67ec1b39f069aed9646ede89410ace47a96a9b57",
     "294cb5b6b0f37a047745a2a69991f66ac85936e1b077e717eaeb26bb0ba42c68"},
};

Bytes counting(std::size_t size)
{
    Bytes bytes(size);
    std::iota(bytes.begin(), bytes.end(), std::uint8_t{0});
    return bytes;
}

std::string sha256(ByteView data)
{
    Bytes digest(hash_size(HashId::sha256));
    hash(HashId::sha256, data, digest.data());
    return to_hex(digest);
}

std::string hex(const SecureBytes& bytes)
{
    return to_hex(bytes.data(), bytes.size());
}

boost::test_tools::assertion_result with_ml_kem(boost::unit_test::test_unit_id)
{
    return has_ml_kem();
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_ml_kem, *boost::unit_test::precondition(with_ml_kem))

BOOST_AUTO_TEST_CASE(a_seed_and_a_message_give_the_known_key_ciphertext_and_secret)
{
    for (const Answer& answer : answers) {
        const auto key = KemKey::from_seed(answer.set, counting(kem_seed_size));
        BOOST_TEST(sha256(key->public_key()) == answer.public_key);
        BOOST_TEST(sha256(key->private_key()) == answer.private_key);

        const Encapsulation made = key->encapsulate(counting(32));
        BOOST_TEST(sha256(made.ciphertext) == answer.ciphertext);
        BOOST_TEST(hex(made.secret) == answer.secret);
        BOOST_TEST(hex(key->decapsulate(made.ciphertext)) == answer.secret);
        BOOST_TEST(hex(key->decapsulate(Bytes(made.ciphertext.size()))) == answer.zero_secret);
    }
}

BOOST_AUTO_TEST_CASE(an_expanded_key_decapsulates_as_its_seed_does)
{
    for (const Answer& answer : answers) {
        const auto from_seed = KemKey::from_seed(answer.set, counting(kem_seed_size));
        const auto key = KemKey::from_private(answer.set, from_seed->private_key(), true);
        const Encapsulation made = key->encapsulate(counting(32));
        BOOST_TEST(hex(key->decapsulate(made.ciphertext)) == answer.secret);
        BOOST_TEST(hex(key->decapsulate(Bytes(made.ciphertext.size()))) == answer.zero_secret);
    }
}

BOOST_AUTO_TEST_SUITE_END()
