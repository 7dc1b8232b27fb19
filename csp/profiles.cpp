// SPDX-License-Identifier: BSD-2-Clause
// The provider profiles as tables (cryptoapi.md 2.1 to 2.3).
#include "csp/profiles.h"

#include "base/row.h"
#include "platform/text.h"

#include <capishim/wincrypt.h>

#include <array>

namespace capishim::csp {
namespace {

constexpr AlgorithmLimits fixed(std::uint32_t id, std::uint32_t bits)
{
    return {id, bits, bits, bits, 0};
}

// In the order of 2.7 (U-89). Columns: default, min, max, step.
constexpr std::array base_algorithms = {
    AlgorithmLimits{CALG_RC2, 40, 40, 56, 8},
    AlgorithmLimits{CALG_RC4, 40, 40, 56, 8},
    fixed(CALG_DES, 56),
    fixed(CALG_SHA1, 160),
    fixed(CALG_MD2, 128),
    fixed(CALG_MD4, 128),
    fixed(CALG_MD5, 128),
    fixed(CALG_SSL3_SHAMD5, 288),
    fixed(CALG_MAC, 0),
    fixed(CALG_HMAC, 0),
    AlgorithmLimits{CALG_RSA_SIGN, 512, 384, 16384, 8},
    AlgorithmLimits{CALG_RSA_KEYX, 512, 384, 1024, 8}, // to generate: U-76
};

constexpr std::array strong_algorithms = {
    AlgorithmLimits{CALG_RC2, 128, 40, 128, 8}, // U-73
    AlgorithmLimits{CALG_RC4, 128, 40, 128, 8},
    fixed(CALG_DES, 56),
    fixed(CALG_3DES_112, 112),
    fixed(CALG_3DES, 168),
    fixed(CALG_SHA1, 160),
    fixed(CALG_MD2, 128),
    fixed(CALG_MD4, 128),
    fixed(CALG_MD5, 128),
    fixed(CALG_SSL3_SHAMD5, 288),
    fixed(CALG_MAC, 0),
    fixed(CALG_HMAC, 0),
    AlgorithmLimits{CALG_RSA_SIGN, 1024, 384, 16384, 8},
    AlgorithmLimits{CALG_RSA_KEYX, 1024, 384, 16384, 8},
};

constexpr std::array aes_algorithms = {
    AlgorithmLimits{CALG_RC2, 128, 40, 128, 8}, // U-73
    AlgorithmLimits{CALG_RC4, 128, 40, 128, 8},
    fixed(CALG_DES, 56),
    fixed(CALG_3DES_112, 112),
    fixed(CALG_3DES, 168),
    fixed(CALG_SHA1, 160),
    fixed(CALG_SHA_256, 256),
    fixed(CALG_SHA_384, 384),
    fixed(CALG_SHA_512, 512),
    fixed(CALG_MD2, 128),
    fixed(CALG_MD4, 128),
    fixed(CALG_MD5, 128),
    fixed(CALG_SSL3_SHAMD5, 288),
    fixed(CALG_MAC, 0),
    fixed(CALG_HMAC, 0),
    AlgorithmLimits{CALG_RSA_SIGN, 1024, 384, 16384, 8},
    AlgorithmLimits{CALG_RSA_KEYX, 1024, 384, 16384, 8},
    fixed(CALG_AES_128, 128),
    fixed(CALG_AES_192, 192),
    fixed(CALG_AES_256, 256),
};

// What both SChannel providers have for SSL and TLS; PCT 1.0 is in neither (U-72).
constexpr AlgorithmLimits ssl3_master = fixed(CALG_SSL3_MASTER, 384);
constexpr AlgorithmLimits tls1_master = fixed(CALG_TLS1_MASTER, 384);
constexpr AlgorithmLimits any_length(std::uint32_t id)
{
    return {id, 0, 0, UINT32_MAX, 0};
}

// cryptoapi.md 2.3: neither SHA-2 (U-75) nor AES-192; exchange pairs alone (U-93)
constexpr std::array rsa_schannel_algorithms = {
    AlgorithmLimits{CALG_RC2, 128, 40, 128, 8}, // U-73
    AlgorithmLimits{CALG_RC4, 128, 40, 128, 8},
    fixed(CALG_DES, 56),
    fixed(CALG_3DES_112, 112),
    fixed(CALG_3DES, 168),
    fixed(CALG_SHA1, 160),
    fixed(CALG_MD5, 128),
    fixed(CALG_SSL3_SHAMD5, 288),
    fixed(CALG_MAC, 0),
    fixed(CALG_HMAC, 0),
    AlgorithmLimits{CALG_RSA_KEYX, 1024, 384, 16384, 8},
    fixed(CALG_AES_128, 128),
    fixed(CALG_AES_256, 256),
    ssl3_master,
    tls1_master,
    AlgorithmLimits{CALG_SSL2_MASTER, 40, 40, 192, 8},
    any_length(CALG_SCHANNEL_MASTER_HASH),
    any_length(CALG_SCHANNEL_MAC_KEY),
    any_length(CALG_SCHANNEL_ENC_KEY),
};

constexpr std::array schannel_unlisted = {any_length(CALG_TLS1PRF)};

constexpr AlgorithmLimits dss_pairs = {CALG_DSS_SIGN, 1024, 512, 1024, 64};

constexpr std::array base_dss_algorithms = {
    fixed(CALG_SHA1, 160),
    fixed(CALG_MD5, 128),
    dss_pairs,
};

// CALG_CYLINK_MEK is nowhere (U-74).
constexpr std::array base_dss_dh_algorithms = {
    AlgorithmLimits{CALG_RC2, 40, 40, 56, 8},
    AlgorithmLimits{CALG_RC4, 40, 40, 56, 8},
    fixed(CALG_DES, 56),
    fixed(CALG_SHA1, 160),
    fixed(CALG_MD5, 128),
    dss_pairs,
    AlgorithmLimits{CALG_DH_SF, 512, 512, 1024, 64}, // U-77
    AlgorithmLimits{CALG_DH_EPHEM, 512, 512, 1024, 64},
};
// observed.md: agreed DH key, KP_ALGID = CALG_3DES
constexpr std::array<std::uint32_t, 1> base_dss_dh_agreed = {CALG_3DES};

constexpr std::array enhanced_dss_dh_algorithms = {
    AlgorithmLimits{CALG_RC2, 128, 40, 128, 8}, // U-73
    AlgorithmLimits{CALG_RC4, 128, 40, 128, 8},
    fixed(CALG_DES, 56),
    fixed(CALG_3DES_112, 112),
    fixed(CALG_3DES, 168),
    fixed(CALG_SHA1, 160),
    fixed(CALG_MD5, 128),
    dss_pairs,
    AlgorithmLimits{CALG_DH_SF, 1024, 512, 4096, 64},
    AlgorithmLimits{CALG_DH_EPHEM, 1024, 512, 4096, 64},
};

constexpr std::array dh_schannel_algorithms = {
    AlgorithmLimits{CALG_RC2, 40, 40, 128, 8},
    AlgorithmLimits{CALG_RC4, 40, 40, 128, 8},
    fixed(CALG_DES, 56),
    fixed(CALG_3DES_112, 112),
    fixed(CALG_3DES, 168),
    fixed(CALG_SHA1, 160),
    fixed(CALG_MD5, 128),
    dss_pairs,
    AlgorithmLimits{CALG_DH_SF, 512, 512, 4096, 64},
    AlgorithmLimits{CALG_DH_EPHEM, 512, 512, 4096, 64},
    ssl3_master,
    tls1_master,
    any_length(CALG_SCHANNEL_MASTER_HASH),
    any_length(CALG_SCHANNEL_MAC_KEY),
    any_length(CALG_SCHANNEL_ENC_KEY),
};

// Providers outside type 1 treat salts as cryptoapi.md 2.5 has it: they were not seen on Windows
// (observed.md).
// Neither the signature provider of type 2 (U-69) nor the one for smart cards (U-70) is here.
constexpr std::array all_profiles = {
    Profile{.name = MS_DEF_PROV_A,
            .type = PROV_RSA_FULL,
            .family = "RSA",
            .algorithms = base_algorithms,
            .salt_rule = SaltRule::eleven_bytes,
            .default_rc2_effective_bits = 40, // observed.md: RC2 effective length default in Base
            .max_rc2_effective_bits = 56,     // U-88
            .default_symmetric_bits = 40,     // U-184
            .listed = true},
    Profile{.name = MS_DEF_DSS_PROV_A,
            .type = PROV_DSS,
            .family = "DSS",
            .algorithms = base_dss_algorithms,
            .salt_rule = SaltRule::eleven_bytes,
            .default_rc2_effective_bits = 0,
            .max_rc2_effective_bits = 0,
            .default_symmetric_bits = 0, // it has no cipher
            .listed = true,
            .mode_refusal = Fault::bad_data},
    Profile{.name = MS_DEF_DSS_DH_PROV_A,
            .type = PROV_DSS_DH,
            .family = "DSS",
            .algorithms = base_dss_dh_algorithms,
            .agreed_ciphers = base_dss_dh_agreed,
            .salt_rule = SaltRule::eleven_bytes,
            .default_rc2_effective_bits = 0,
            .max_rc2_effective_bits = 56, // U-88
            .default_symmetric_bits = 40,
            .listed = true,
            .mode_refusal = Fault::bad_data}, // observed.md: KP_MODE = OFB, DSS/DH providers
    Profile{.name = MS_DEF_DH_SCHANNEL_PROV_A,
            .type = PROV_DH_SCHANNEL,
            .family = "DSS",
            .algorithms = dh_schannel_algorithms,
            .unlisted = schannel_unlisted,
            .salt_rule = SaltRule::eleven_bytes,
            .default_rc2_effective_bits = 0,
            .max_rc2_effective_bits = 1024,
            .default_symmetric_bits = 40,
            .listed = true,
            .mode_refusal = Fault::bad_data},
    Profile{.name = MS_ENHANCED_PROV_A,
            .type = PROV_RSA_FULL,
            .family = "RSA",
            .algorithms = strong_algorithms,
            .salt_rule = SaltRule::none_created, // observed.md: CRYPT_CREATE_SALT in Enhanced
            .default_rc2_effective_bits = 0,     // U-87
            .max_rc2_effective_bits = 1024,
            .default_symmetric_bits = 128,
            .listed = true},
    Profile{.name = MS_ENH_DSS_DH_PROV_A,
            .type = PROV_DSS_DH,
            .family = "DSS",
            .algorithms = enhanced_dss_dh_algorithms,
            .salt_rule = SaltRule::eleven_bytes,
            .default_rc2_effective_bits = 0,
            .max_rc2_effective_bits = 1024,
            .default_symmetric_bits = 128,
            .listed = true,
            .mode_refusal = Fault::bad_data},
    Profile{.name = MS_ENH_RSA_AES_PROV_A,
            .type = PROV_RSA_AES,
            .family = "RSA",
            .algorithms = aes_algorithms,
            .salt_rule = SaltRule::eleven_bytes,
            .default_rc2_effective_bits = 0,
            .max_rc2_effective_bits = 1024,
            .default_symmetric_bits = 128,
            .listed = true},
    Profile{.name = MS_ENH_RSA_AES_PROV_XP_A, // U-68: the same provider by its first name
            .type = PROV_RSA_AES,
            .family = "RSA",
            .algorithms = aes_algorithms,
            .salt_rule = SaltRule::eleven_bytes,
            .default_rc2_effective_bits = 0,
            .max_rc2_effective_bits = 1024,
            .default_symmetric_bits = 128,
            .listed = false},
    Profile{.name = MS_DEF_RSA_SCHANNEL_PROV_A,
            .type = PROV_RSA_SCHANNEL,
            .family = "RSA",
            .algorithms = rsa_schannel_algorithms,
            .unlisted = schannel_unlisted,
            .salt_rule = SaltRule::eleven_bytes,
            .default_rc2_effective_bits = 0,
            .max_rc2_effective_bits = 1024,
            .default_symmetric_bits = 128,
            .listed = true},
    Profile{.name = MS_STRONG_PROV_A,
            .type = PROV_RSA_FULL,
            .family = "RSA",
            .algorithms = strong_algorithms,
            .salt_rule = SaltRule::eleven_bytes, // observed.md: CRYPT_CREATE_SALT in Base, Strong
            .default_rc2_effective_bits = 0,
            .max_rc2_effective_bits = 1024,
            .default_symmetric_bits = 128,
            .listed = true},
};
static_assert(sorted_by(all_profiles, &Profile::name));

// Names: U-71.
constexpr std::array all_types = {
    ProviderType{PROV_RSA_FULL, "RSA Full (Signature and Key Exchange)", MS_STRONG_PROV_A},
    ProviderType{PROV_DSS, "DSS Signature", MS_DEF_DSS_PROV_A},
    ProviderType{PROV_RSA_SCHANNEL, "RSA SChannel", MS_DEF_RSA_SCHANNEL_PROV_A},
    ProviderType{PROV_DSS_DH, "DSS Signature with Diffie-Hellman Key Exchange",
                 MS_ENH_DSS_DH_PROV_A},
    ProviderType{PROV_DH_SCHANNEL, "Diffie-Hellman SChannel", MS_DEF_DH_SCHANNEL_PROV_A},
    ProviderType{PROV_RSA_AES, "RSA Full and AES", MS_ENH_RSA_AES_PROV_A},
};
static_assert(sorted_by(all_types, &ProviderType::type));

constexpr bool each_default_is_a_profile_of_its_type()
{
    return std::ranges::all_of(all_types, [](const ProviderType& type) {
        const Profile* profile = find_row(all_profiles, &Profile::name, type.default_provider);
        return profile && profile->type == type.type && profile->listed;
    });
}
static_assert(each_default_is_a_profile_of_its_type());

} // namespace

bool Profile::is_schannel() const noexcept
{
    return type == PROV_RSA_SCHANNEL || type == PROV_DH_SCHANNEL;
}

const AlgorithmLimits* Profile::find(std::uint32_t algorithm_id) const noexcept
{
    for (const auto& rows : {algorithms, unlisted}) {
        const auto found = std::ranges::find(rows, algorithm_id, &AlgorithmLimits::id);
        if (found != rows.end())
            return &*found;
    }
    return nullptr;
}

bool Profile::has_key_of(std::uint32_t algorithm_id) const noexcept
{
    return find(algorithm_id) != nullptr ||
           std::ranges::find(agreed_ciphers, algorithm_id) != agreed_ciphers.end();
}

std::span<const Profile> profiles() noexcept
{
    return all_profiles;
}

std::span<const ProviderType> provider_types() noexcept
{
    return all_types;
}

const Profile* find_profile(std::string_view name) noexcept
{
    for (const Profile& profile : all_profiles)
        if (platform::same_but_for_case(profile.name, name))
            return &profile;
    return nullptr;
}

} // namespace capishim::csp
