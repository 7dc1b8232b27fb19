// SPDX-License-Identifier: BSD-2-Clause
#include "csp/profiles.h"

#include <capishim/wincrypt.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace capishim::csp;

namespace {

struct Limits {
    const char* provider;
    std::uint32_t id, default_bits, min_bits, max_bits; // all 0: not offered
};

std::ostream& operator<<(std::ostream& out, const Limits& row)
{
    return out << row.provider << ", algorithm " << std::hex << row.id << std::dec;
}

// cryptoapi.md 2.3
const Limits limits[] = {
    {MS_DEF_PROV_A, CALG_RC2, 40, 40, 56},
    {MS_DEF_PROV_A, CALG_RC4, 40, 40, 56},
    {MS_DEF_PROV_A, CALG_DES, 56, 56, 56},
    {MS_DEF_PROV_A, CALG_3DES, 0, 0, 0},
    {MS_DEF_PROV_A, CALG_3DES_112, 0, 0, 0},
    {MS_DEF_PROV_A, CALG_AES_128, 0, 0, 0},
    {MS_DEF_PROV_A, CALG_MD2, 128, 128, 128},
    {MS_DEF_PROV_A, CALG_SHA1, 160, 160, 160},
    {MS_DEF_PROV_A, CALG_SHA_256, 0, 0, 0},
    {MS_DEF_PROV_A, CALG_RSA_SIGN, 512, 384, 16384},
    {MS_DEF_PROV_A, CALG_RSA_KEYX, 512, 384, 1024},
    {MS_STRONG_PROV_A, CALG_RC2, 128, 40, 128},
    {MS_STRONG_PROV_A, CALG_3DES, 168, 168, 168},
    {MS_STRONG_PROV_A, CALG_AES_256, 0, 0, 0},
    {MS_STRONG_PROV_A, CALG_RSA_KEYX, 1024, 384, 16384},
    {MS_ENHANCED_PROV_A, CALG_RC4, 128, 40, 128},
    {MS_ENHANCED_PROV_A, CALG_3DES_112, 112, 112, 112},
    {MS_ENHANCED_PROV_A, CALG_SSL3_SHAMD5, 288, 288, 288},
    {MS_ENHANCED_PROV_A, CALG_SHA_512, 0, 0, 0},
    {MS_ENH_RSA_AES_PROV_A, CALG_AES_192, 192, 192, 192},
    {MS_ENH_RSA_AES_PROV_A, CALG_SHA_384, 384, 384, 384},
    {MS_ENH_RSA_AES_PROV_A, CALG_RSA_SIGN, 1024, 384, 16384},
    {MS_ENH_RSA_AES_PROV_A, CALG_CYLINK_MEK, 0, 0, 0}, // U-74
    {MS_ENH_RSA_AES_PROV_XP_A, CALG_AES_256, 256, 256, 256},
    {MS_DEF_DSS_PROV_A, CALG_DSS_SIGN, 1024, 512, 1024},
    {MS_DEF_DSS_PROV_A, CALG_DH_SF, 0, 0, 0},
    {MS_DEF_DSS_PROV_A, CALG_RC4, 0, 0, 0},
    {MS_DEF_DSS_DH_PROV_A, CALG_DH_EPHEM, 512, 512, 1024},
    {MS_DEF_DSS_DH_PROV_A, CALG_3DES, 0, 0, 0},
    {MS_ENH_DSS_DH_PROV_A, CALG_DH_SF, 1024, 512, 4096},
    {MS_ENH_DSS_DH_PROV_A, CALG_HMAC, 0, 0, 0},
    {MS_DEF_DH_SCHANNEL_PROV_A, CALG_DH_SF, 512, 512, 4096},
    {MS_DEF_DH_SCHANNEL_PROV_A, CALG_TLS1PRF, 0, 0, 0xFFFFFFFF},
};

} // namespace

BOOST_AUTO_TEST_SUITE(profiles_of_providers)

BOOST_DATA_TEST_CASE(offer_what_the_table_says, limits, row)
{
    const AlgorithmLimits* found = find_profile(row.provider)->find(row.id);
    const AlgorithmLimits shown = found ? *found : AlgorithmLimits{};
    BOOST_CHECK_EQUAL(shown.default_bits, row.default_bits);
    BOOST_CHECK_EQUAL(shown.min_bits, row.min_bits);
    BOOST_CHECK_EQUAL(shown.max_bits, row.max_bits);
}

// cryptoapi.md 2.3: MAC and HMAC are offered with lengths 0/0/0
BOOST_AUTO_TEST_CASE(offer_macs_without_a_length)
{
    for (const Profile& profile : profiles())
        for (const std::uint32_t id : {CALG_MAC, CALG_HMAC}) {
            BOOST_REQUIRE_EQUAL(profile.find(id) != nullptr, profile.family == "RSA");
            if (!profile.find(id))
                continue;
            BOOST_CHECK_EQUAL(profile.find(id)->max_bits, 0u);
        }
}

// U-13
BOOST_AUTO_TEST_CASE(are_found_by_name_without_case)
{
    const Profile* strong = find_profile("MICROSOFT strong Cryptographic Provider");
    BOOST_REQUIRE(strong);
    BOOST_CHECK_EQUAL(strong->name, MS_STRONG_PROV_A);
    BOOST_CHECK(!find_profile("Microsoft Strong Cryptographic Provide"));
    BOOST_CHECK(!find_profile(""));
}

// U-68, U-69, U-70
BOOST_AUTO_TEST_CASE(list_the_alias_not_and_know_no_providers_that_windows_lacks)
{
    BOOST_REQUIRE(find_profile(MS_ENH_RSA_AES_PROV_XP_A));
    BOOST_CHECK(!find_profile(MS_ENH_RSA_AES_PROV_XP_A)->listed);
    BOOST_CHECK(find_profile(MS_ENH_RSA_AES_PROV_A)->listed);
    BOOST_CHECK(!find_profile("Microsoft RSA Signature Cryptographic Provider"));
    BOOST_CHECK(!find_profile("Microsoft Base Smart Card Crypto Provider"));
}

BOOST_AUTO_TEST_CASE(defaults_of_types_are_strong_and_aes)
{
    const auto types = provider_types();
    BOOST_CHECK_EQUAL(types.front().type, static_cast<std::uint32_t>(PROV_RSA_FULL));
    BOOST_CHECK_EQUAL(types.front().default_provider, MS_STRONG_PROV_A);
    BOOST_CHECK_EQUAL(types.back().type, static_cast<std::uint32_t>(PROV_RSA_AES));
    BOOST_CHECK_EQUAL(types.back().default_provider, MS_ENH_RSA_AES_PROV_A);
}

// observed.md: RC2 effective length default in Base; CRYPT_CREATE_SALT in Enhanced
BOOST_AUTO_TEST_CASE(tell_base_and_enhanced_apart_in_rc2_and_salts)
{
    const Profile& base = *find_profile(MS_DEF_PROV_A);
    const Profile& enhanced = *find_profile(MS_ENHANCED_PROV_A);
    BOOST_CHECK_EQUAL(base.default_rc2_effective_bits, 40u);
    BOOST_CHECK_EQUAL(base.max_rc2_effective_bits, 56u);
    BOOST_CHECK_EQUAL(base.default_symmetric_bits, 40u);
    BOOST_CHECK(base.salt_rule == SaltRule::eleven_bytes);
    BOOST_CHECK_EQUAL(enhanced.default_rc2_effective_bits, 0u);
    BOOST_CHECK_EQUAL(enhanced.max_rc2_effective_bits, 1024u);
    BOOST_CHECK(enhanced.salt_rule == SaltRule::none_created);
    BOOST_CHECK(find_profile(MS_STRONG_PROV_A)->salt_rule == SaltRule::eleven_bytes);
}

BOOST_AUTO_TEST_SUITE_END()
