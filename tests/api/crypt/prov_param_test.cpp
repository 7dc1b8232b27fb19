// SPDX-License-Identifier: BSD-2-Clause
// CryptGetProvParam and CryptSetProvParam (cryptoapi.md 1.4, 1.5, 2.3, 9; observed.md).
#include "crypt_fixtures.h"
#include "support/temporary_folder.h"

using namespace capishim_test;

namespace {

struct Limits {
    ALG_ID id;
    DWORD default_bits, min_bits, max_bits;
};

const Limits base_list[] = {
    {CALG_RC2, 40, 40, 56},
    {CALG_RC4, 40, 40, 56},
    {CALG_DES, 56, 56, 56},
    {CALG_SHA1, 160, 160, 160},
    {CALG_MD2, 128, 128, 128},
    {CALG_MD4, 128, 128, 128},
    {CALG_MD5, 128, 128, 128},
    {CALG_SSL3_SHAMD5, 288, 288, 288},
    {CALG_MAC, 0, 0, 0},
    {CALG_HMAC, 0, 0, 0},
    {CALG_RSA_SIGN, 512, 384, 16384},
    {CALG_RSA_KEYX, 512, 384, 1024},
};
const Limits strong_list[] = {
    {CALG_RC2, 128, 40, 128},
    {CALG_RC4, 128, 40, 128},
    {CALG_DES, 56, 56, 56},
    {CALG_3DES_112, 112, 112, 112},
    {CALG_3DES, 168, 168, 168},
    {CALG_SHA1, 160, 160, 160},
    {CALG_MD2, 128, 128, 128},
    {CALG_MD4, 128, 128, 128},
    {CALG_MD5, 128, 128, 128},
    {CALG_SSL3_SHAMD5, 288, 288, 288},
    {CALG_MAC, 0, 0, 0},
    {CALG_HMAC, 0, 0, 0},
    {CALG_RSA_SIGN, 1024, 384, 16384},
    {CALG_RSA_KEYX, 1024, 384, 16384},
};
const Limits aes_list[] = {
    {CALG_RC2, 128, 40, 128},
    {CALG_RC4, 128, 40, 128},
    {CALG_DES, 56, 56, 56},
    {CALG_3DES_112, 112, 112, 112},
    {CALG_3DES, 168, 168, 168},
    {CALG_SHA1, 160, 160, 160},
    {CALG_SHA_256, 256, 256, 256},
    {CALG_SHA_384, 384, 384, 384},
    {CALG_SHA_512, 512, 512, 512},
    {CALG_MD2, 128, 128, 128},
    {CALG_MD4, 128, 128, 128},
    {CALG_MD5, 128, 128, 128},
    {CALG_SSL3_SHAMD5, 288, 288, 288},
    {CALG_MAC, 0, 0, 0},
    {CALG_HMAC, 0, 0, 0},
    {CALG_RSA_SIGN, 1024, 384, 16384},
    {CALG_RSA_KEYX, 1024, 384, 16384},
    {CALG_AES_128, 128, 128, 128},
    {CALG_AES_192, 192, 192, 192},
    {CALG_AES_256, 256, 256, 256},
};

const Limits schannel_list[] = {
    {CALG_RC2, 128, 40, 128},
    {CALG_RC4, 128, 40, 128},
    {CALG_DES, 56, 56, 56},
    {CALG_3DES_112, 112, 112, 112},
    {CALG_3DES, 168, 168, 168},
    {CALG_SHA1, 160, 160, 160},
    {CALG_MD5, 128, 128, 128},
    {CALG_SSL3_SHAMD5, 288, 288, 288},
    {CALG_MAC, 0, 0, 0},
    {CALG_HMAC, 0, 0, 0},
    {CALG_RSA_KEYX, 1024, 384, 16384},
    {CALG_AES_128, 128, 128, 128},
    {CALG_AES_256, 256, 256, 256},
    {CALG_SSL3_MASTER, 384, 384, 384},
    {CALG_TLS1_MASTER, 384, 384, 384},
    {CALG_SSL2_MASTER, 40, 40, 192},
    {CALG_SCHANNEL_MASTER_HASH, 0, 0, 0xFFFFFFFF},
    {CALG_SCHANNEL_MAC_KEY, 0, 0, 0xFFFFFFFF},
    {CALG_SCHANNEL_ENC_KEY, 0, 0, 0xFFFFFFFF},
};

const Limits dss_list[] = {
    {CALG_SHA1, 160, 160, 160},
    {CALG_MD5, 128, 128, 128},
    {CALG_DSS_SIGN, 1024, 512, 1024},
};
const Limits base_dh_list[] = {
    {CALG_RC2, 40, 40, 56},       {CALG_RC4, 40, 40, 56},          {CALG_DES, 56, 56, 56},
    {CALG_SHA1, 160, 160, 160},   {CALG_MD5, 128, 128, 128},       {CALG_DSS_SIGN, 1024, 512, 1024},
    {CALG_DH_SF, 512, 512, 1024}, {CALG_DH_EPHEM, 512, 512, 1024},
};
const Limits enhanced_dh_list[] = {
    {CALG_RC2, 128, 40, 128},      {CALG_RC4, 128, 40, 128},
    {CALG_DES, 56, 56, 56},        {CALG_3DES_112, 112, 112, 112},
    {CALG_3DES, 168, 168, 168},    {CALG_SHA1, 160, 160, 160},
    {CALG_MD5, 128, 128, 128},     {CALG_DSS_SIGN, 1024, 512, 1024},
    {CALG_DH_SF, 1024, 512, 4096}, {CALG_DH_EPHEM, 1024, 512, 4096},
};
const Limits dh_schannel_list[] = {
    {CALG_RC2, 40, 40, 128},
    {CALG_RC4, 40, 40, 128},
    {CALG_DES, 56, 56, 56},
    {CALG_3DES_112, 112, 112, 112},
    {CALG_3DES, 168, 168, 168},
    {CALG_SHA1, 160, 160, 160},
    {CALG_MD5, 128, 128, 128},
    {CALG_DSS_SIGN, 1024, 512, 1024},
    {CALG_DH_SF, 512, 512, 4096},
    {CALG_DH_EPHEM, 512, 512, 4096},
    {CALG_SSL3_MASTER, 384, 384, 384},
    {CALG_TLS1_MASTER, 384, 384, 384},
    {CALG_SCHANNEL_MASTER_HASH, 0, 0, 0xFFFFFFFF},
    {CALG_SCHANNEL_MAC_KEY, 0, 0, 0xFFFFFFFF},
    {CALG_SCHANNEL_ENC_KEY, 0, 0, 0xFFFFFFFF},
};

struct ProviderList {
    ProviderName which;
    const Limits* first;
    std::size_t size;
};
const ProviderList lists[] = {
    {base_provider, base_list, std::size(base_list)},
    {enhanced_provider, strong_list, std::size(strong_list)},
    {strong_provider, strong_list, std::size(strong_list)},
    {aes_provider, aes_list, std::size(aes_list)},
    {schannel_provider, schannel_list, std::size(schannel_list)},
    {dss_provider, dss_list, std::size(dss_list)},
    {base_dh_provider, base_dh_list, std::size(base_dh_list)},
    {enhanced_dh_provider, enhanced_dh_list, std::size(enhanced_dh_list)},
    {dh_schannel_provider, dh_schannel_list, std::size(dh_schannel_list)},
};

/// U-92.
void check_protocols(const ProviderName& which, ALG_ID id, DWORD protocols)
{
    constexpr ALG_ID of_ssl2[] = {CALG_RC2, CALG_RC4,      CALG_DES,        CALG_3DES,
                                  CALG_MD5, CALG_RSA_KEYX, CALG_SSL2_MASTER};
    if (which.type == PROV_RSA_SCHANNEL) {
        const bool ssl2 =
            std::find(std::begin(of_ssl2), std::end(of_ssl2), id) != std::end(of_ssl2);
        BOOST_CHECK_EQUAL(protocols,
                          CRYPT_FLAG_SSL3 | CRYPT_FLAG_TLS1 | (ssl2 ? CRYPT_FLAG_SSL2 : 0));
        return;
    }
    if (which.type == PROV_DH_SCHANNEL) {
        BOOST_CHECK_EQUAL(protocols, CRYPT_FLAG_SSL3 | CRYPT_FLAG_TLS1);
        return;
    }
    if (which.type == PROV_DSS || which.type == PROV_DSS_DH) {
        constexpr ALG_ID of_ipsec[] = {CALG_DES,  CALG_3DES,  CALG_3DES_112, CALG_MD5,
                                       CALG_SHA1, CALG_DH_SF, CALG_DH_EPHEM};
        const bool ipsec =
            std::find(std::begin(of_ipsec), std::end(of_ipsec), id) != std::end(of_ipsec);
        BOOST_CHECK_EQUAL(protocols, ipsec ? CRYPT_FLAG_IPSEC : 0);
        return;
    }
    const bool is_hash = GET_ALG_CLASS(id) == ALG_CLASS_HASH && id != CALG_MAC && id != CALG_HMAC;
    BOOST_CHECK_EQUAL((protocols & CRYPT_FLAG_SIGNING) != 0, is_hash);
    BOOST_CHECK_EQUAL(protocols & (CRYPT_FLAG_SSL2 | CRYPT_FLAG_SSL3 | CRYPT_FLAG_TLS1), 0u);
}

BOOL get(HCRYPTPROV provider, DWORD param, void* data, DWORD* size, DWORD flags = 0)
{
    return CryptGetProvParam(provider, param, static_cast<BYTE*>(data), size, flags);
}

BOOL set(HCRYPTPROV provider, DWORD param, const void* data, DWORD flags = 0)
{
    return CryptSetProvParam(provider, param, static_cast<const BYTE*>(data), flags);
}

DWORD number(HCRYPTPROV provider, DWORD param)
{
    const ByteVector value = check_buffer_rules(
        [&](BYTE* data, DWORD* size) { return get(provider, param, data, size); });
    return number_in(value);
}

std::string text(HCRYPTPROV provider, DWORD param)
{
    const ByteVector value = check_buffer_rules(
        [&](BYTE* data, DWORD* size) { return get(provider, param, data, size); });
    BOOST_CHECK_EQUAL(value.back(), 0);
    return reinterpret_cast<const char*>(value.data());
}

/// Item by item, as samples do it: CRYPT_FIRST, then `next_flags`.
template <class Item>
std::vector<Item> all_items(HCRYPTPROV provider, DWORD param, DWORD next_flags, DWORD more = 0)
{
    std::vector<Item> items;
    Item item;
    DWORD size = sizeof item;
    for (DWORD flags = CRYPT_FIRST; get(provider, param, &item, &size, flags | more);
         flags = next_flags) {
        BOOST_CHECK_EQUAL(size, sizeof item);
        items.push_back(item);
        BOOST_REQUIRE_LT(items.size(), 100u);
    }
    BOOST_CHECK_EQUAL(win32_name(GetLastError()), "ERROR_NO_MORE_ITEMS");
    return items;
}

std::vector<std::string> container_names(HCRYPTPROV provider, DWORD flags = 0)
{
    std::vector<std::string> names;
    char name[261];
    DWORD size = sizeof name;
    for (DWORD step = CRYPT_FIRST; get(provider, PP_ENUMCONTAINERS, name, &size, step | flags);
         step = CRYPT_NEXT)
        names.push_back(name);
    return names;
}

} // namespace

BOOST_AUTO_TEST_SUITE(CryptGetProvParam_enumerations)

BOOST_AUTO_TEST_CASE(PP_ENUMALGS_lists_each_providers_algorithms)
{
    for (const ProviderList& list : lists) {
        const Provider context(list.which);
        for (const DWORD next : {DWORD{CRYPT_NEXT}, DWORD{0}}) { // samples use both
            const auto items = all_items<PROV_ENUMALGS>(context.provider, PP_ENUMALGS, next);
            BOOST_REQUIRE_EQUAL(items.size(), list.size);
            for (std::size_t i = 0; i < list.size; ++i) { // U-89: in this order
                BOOST_CHECK_EQUAL(items[i].aiAlgid, list.first[i].id);
                BOOST_CHECK_EQUAL(items[i].dwBitLen, list.first[i].default_bits);
                BOOST_CHECK_EQUAL(items[i].dwNameLen, std::strlen(items[i].szName) + 1); // U-91
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(PP_ENUMALGS_EX_lists_the_limits_too)
{
    for (const ProviderList& list : lists) {
        const Provider context(list.which);
        for (const DWORD more : {DWORD{0}, DWORD{CRYPT_SGC_ENUM}}) { // U-195
            const auto items =
                all_items<PROV_ENUMALGS_EX>(context.provider, PP_ENUMALGS_EX, CRYPT_NEXT, more);
            BOOST_REQUIRE_EQUAL(items.size(), list.size);
            for (std::size_t i = 0; i < list.size; ++i) {
                const Limits& row = list.first[i];
                BOOST_TEST_CONTEXT(items[i].szName)
                {
                    BOOST_CHECK_EQUAL(items[i].aiAlgid, row.id);
                    BOOST_CHECK_EQUAL(items[i].dwDefaultLen, row.default_bits);
                    BOOST_CHECK_EQUAL(items[i].dwMinLen, row.min_bits);
                    BOOST_CHECK_EQUAL(items[i].dwMaxLen, row.max_bits);
                    BOOST_CHECK_EQUAL(items[i].dwNameLen, std::strlen(items[i].szName) + 1);
                    BOOST_CHECK_EQUAL(items[i].dwLongNameLen, std::strlen(items[i].szLongName) + 1);
                    check_protocols(list.which, row.id, items[i].dwProtocols);
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_size_query_gives_the_largest_item_and_does_not_advance)
{
    const Provider context(aes_provider);
    const struct {
        DWORD param, size;
    } rows[] = {{PP_ENUMALGS, sizeof(PROV_ENUMALGS)},
                {PP_ENUMALGS_EX, sizeof(PROV_ENUMALGS_EX)},
                {PP_ENUMCONTAINERS, MAX_PATH + 1}}; // observed.md
    for (const auto& row : rows)
        for (const DWORD flags : {CRYPT_FIRST, CRYPT_NEXT, 0}) {
            DWORD size = 0;
            CHECK_SUCCEEDS(get(context.provider, row.param, nullptr, &size, flags));
            BOOST_CHECK_EQUAL(size, row.size);
        }
    PROV_ENUMALGS item = {};
    DWORD size = 31;
    CHECK_FAILS_WITH(get(context.provider, PP_ENUMALGS, &item, &size, CRYPT_FIRST),
                     ERROR_MORE_DATA);
    BOOST_CHECK_EQUAL(size, 32u);
    CHECK_SUCCEEDS(get(context.provider, PP_ENUMALGS, &item, &size, 0)); // not advanced: U-198
    BOOST_CHECK_EQUAL(item.aiAlgid, CALG_RC2);
}

BOOST_AUTO_TEST_CASE(starts_at_the_first_item_though_CRYPT_FIRST_was_never_given)
{
    const Provider context(strong_provider); // U-196
    PROV_ENUMALGS item = {};
    DWORD size = sizeof item;
    CHECK_SUCCEEDS(get(context.provider, PP_ENUMALGS, &item, &size, CRYPT_NEXT));
    BOOST_CHECK_EQUAL(item.aiAlgid, CALG_RC2);
    CHECK_SUCCEEDS(get(context.provider, PP_ENUMALGS, &item, &size, 0));
    BOOST_CHECK_EQUAL(item.aiAlgid, CALG_RC4);
    PROV_ENUMALGS_EX other = {}; // a cursor of its own
    DWORD other_size = sizeof other;
    CHECK_SUCCEEDS(get(context.provider, PP_ENUMALGS_EX, &other, &other_size, 0));
    BOOST_CHECK_EQUAL(other.aiAlgid, CALG_RC2);
}

BOOST_AUTO_TEST_CASE(the_end_repeats_until_CRYPT_FIRST_and_writes_nothing)
{
    const Provider context(base_provider);
    all_items<PROV_ENUMALGS>(context.provider, PP_ENUMALGS, 0);
    PROV_ENUMALGS item = {};
    DWORD size = sizeof item;
    for (int twice = 0; twice < 2; ++twice)
        CHECK_FAILS_WITH(get(context.provider, PP_ENUMALGS, &item, &size, 0), ERROR_NO_MORE_ITEMS);
    BOOST_CHECK_EQUAL(item.aiAlgid, 0u);
    CHECK_SUCCEEDS(get(context.provider, PP_ENUMALGS, &item, &size, CRYPT_FIRST));
    BOOST_CHECK_EQUAL(item.aiAlgid, CALG_RC2);
}

BOOST_AUTO_TEST_CASE(refuses_flags_that_do_not_go_together)
{
    const Provider context(base_provider);
    PROV_ENUMALGS_EX item = {};
    for (const DWORD param : {PP_ENUMALGS, PP_ENUMALGS_EX, PP_ENUMCONTAINERS})
        for (const DWORD flags : {CRYPT_FIRST | CRYPT_NEXT, 0x8, 0x100}) { // U-202
            DWORD size = sizeof item;
            CHECK_FAILS_WITH(get(context.provider, param, &item, &size, flags), NTE_BAD_FLAGS);
        }
}

BOOST_AUTO_TEST_CASE(PP_ENUMCONTAINERS_lists_the_familys_containers_by_name)
{
    const TemporaryFolder store;
    const ScopedEnvironment home("CAPISHIM_HOME", store.path());
    const Provider viewer(aes_provider);
    DWORD size = 0;
    char name[300];
    size = sizeof name;
    CHECK_FAILS_WITH(get(viewer.provider, PP_ENUMCONTAINERS, name, &size, CRYPT_FIRST),
                     ERROR_NO_MORE_ITEMS);
    CHECK_SUCCEEDS(get(viewer.provider, PP_ENUMCONTAINERS, nullptr, &size, CRYPT_FIRST)); // U-200

    const Container second("Second Container", strong_provider);
    const Container first("First Container", base_provider);
    const std::vector<std::string> both = {"First Container", "Second Container"}; // U-201
    BOOST_CHECK(container_names(viewer.provider) == both);
    BOOST_CHECK(container_names(first.provider) == both);
}

BOOST_AUTO_TEST_CASE(PP_ENUMCONTAINERS_leaves_a_length_of_the_maximum_or_more_as_it_came)
{
    const TemporaryFolder store;
    const ScopedEnvironment home("CAPISHIM_HOME", store.path());
    const Container made("length");
    char name[300];
    for (const DWORD room : {261u, 262u, 300u}) { // U-199, observed.md
        DWORD size = room;
        CHECK_SUCCEEDS(get(made.provider, PP_ENUMCONTAINERS, name, &size, CRYPT_FIRST));
        BOOST_CHECK_EQUAL(size, room);
    }
    DWORD size = 260;
    CHECK_SUCCEEDS(get(made.provider, PP_ENUMCONTAINERS, name, &size, CRYPT_FIRST));
    BOOST_CHECK_EQUAL(size, sizeof "length");
    --size;
    CHECK_FAILS_WITH(get(made.provider, PP_ENUMCONTAINERS, name, &size, CRYPT_FIRST),
                     ERROR_MORE_DATA);
    BOOST_CHECK_EQUAL(size, 261u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptGetProvParam_values)

BOOST_AUTO_TEST_CASE(numbers)
{
    for (const ProviderName& which : rsa_providers) {
        const Provider context(which);
        const DWORD symmetric_bits = which.name == base_provider.name ? 40 : 128;
        const struct {
            DWORD param, value;
        } rows[] = {
            {PP_IMPTYPE, CRYPT_IMPL_SOFTWARE},
            {PP_VERSION, 0x0200},
            {PP_PROVTYPE, which.type},
            {PP_KEYSTORAGE, CRYPT_SEC_DESCR},
            {PP_SYM_KEYSIZE, symmetric_bits},
            {PP_SESSION_KEYSIZE, symmetric_bits}, // U-184
            {PP_KEYSET_TYPE, 0},
            {PP_SIG_KEYSIZE_INC, 8},
            {PP_KEYX_KEYSIZE_INC, 8},
            {PP_KEYSPEC, AT_KEYEXCHANGE | AT_SIGNATURE},
        };
        for (const auto& row : rows)
            BOOST_TEST_CONTEXT(which.name << ", parameter " << row.param)
        BOOST_CHECK_EQUAL(number(context.provider, row.param), row.value);
    }
}

BOOST_AUTO_TEST_CASE(PP_KEYSET_TYPE_tells_a_machine_container)
{
    const Provider context(strong_provider, CRYPT_MACHINE_KEYSET);
    BOOST_CHECK_EQUAL(number(context.provider, PP_KEYSET_TYPE), DWORD{CRYPT_MACHINE_KEYSET});
}

BOOST_AUTO_TEST_CASE(PP_NAME_is_the_registered_name_as_CHAR)
{
    for (const ProviderName& which : rsa_providers)
        BOOST_CHECK_EQUAL(text(Provider(which).provider, PP_NAME), which.name);
    HCRYPTPROV provider = 0;
    REQUIRE_SUCCEEDS(CryptAcquireContextA(&provider, nullptr, MS_ENH_RSA_AES_PROV_XP_A,
                                          PROV_RSA_AES, CRYPT_VERIFYCONTEXT));
    BOOST_CHECK_EQUAL(text(provider, PP_NAME), MS_ENH_RSA_AES_PROV_XP_A); // U-68
    CHECK_SUCCEEDS(CryptReleaseContext(provider, 0));
}

BOOST_AUTO_TEST_CASE(PP_CONTAINER_is_the_name_as_given_or_a_generated_one)
{
    const Container made("Capishim Container Name");
    BOOST_CHECK_EQUAL(text(made.provider, PP_CONTAINER), made.name);
    const Provider first(strong_provider);
    const Provider second(strong_provider);
    const std::string name = text(first.provider, PP_CONTAINER); // U-182
    BOOST_CHECK_EQUAL(name.substr(0, 9), "capishim-");
    BOOST_CHECK_EQUAL(name.size(), 9u + 32u);
    BOOST_CHECK_NE(name, text(second.provider, PP_CONTAINER));
}

BOOST_AUTO_TEST_CASE(PP_UNIQUE_CONTAINER_is_made_of_the_names_MD5_and_the_machine)
{
    const Container made("capishim unique name");
    const std::string unique = text(made.provider, PP_UNIQUE_CONTAINER);
    BOOST_REQUIRE_EQUAL(unique.size(), 69u); // observed.md: 70 with its NUL
    const HCRYPTHASH hash = made.make_hash(CALG_MD5);
    ByteVector name = bytes_of(made.name);
    name.push_back(0);
    add_data(hash, name);
    ByteVector digest = value_of(hash);
    for (int word = 0; word < 4; ++word) // four little-endian numbers, printed
        std::reverse(digest.begin() + 4 * word, digest.begin() + 4 * word + 4);
    BOOST_CHECK_EQUAL(unique.substr(0, 32), to_hex(digest));
    BOOST_CHECK_EQUAL(unique[32], '_');
    for (const std::size_t dash : {8, 13, 18, 23})
        BOOST_CHECK_EQUAL(unique[33 + dash], '-');
}

BOOST_AUTO_TEST_CASE(PP_KEYSET_SEC_DESCR_is_refused_without_a_persisted_container)
{
    const Provider ephemeral(strong_provider); // U-183
    CHECK_FAILS_AND_ZEROES(
        get(ephemeral.provider, PP_KEYSET_SEC_DESCR, nullptr, &size, OWNER_SECURITY_INFORMATION),
        NTE_BAD_TYPE);
}

// observed.md: PP_KEYSET_SEC_DESCR, pbData NULL
BOOST_AUTO_TEST_CASE(PP_KEYSET_SEC_DESCR_tells_its_size_and_sets_the_last_error_though_it_succeeds)
{
    const TemporaryFolder folder;
    const ScopedEnvironment machine_home("CAPISHIM_MACHINE_HOME", folder.path());
    const Container kept("kept", strong_provider, CRYPT_MACHINE_KEYSET);
    DWORD size = 0;
    SetLastError(77);
    BOOST_CHECK(
        get(kept.provider, PP_KEYSET_SEC_DESCR, nullptr, &size, OWNER_SECURITY_INFORMATION));
    BOOST_CHECK_EQUAL(GetLastError(), DWORD{ERROR_INSUFFICIENT_BUFFER});
    BOOST_REQUIRE_GT(size, 20u);
    ByteVector descriptor(size, 0xA5);
    CHECK_SUCCEEDS(get(kept.provider, PP_KEYSET_SEC_DESCR, descriptor.data(), &size,
                       OWNER_SECURITY_INFORMATION));
    BOOST_CHECK_EQUAL(size, size_of(descriptor));
    --size;
    CHECK_FAILS_WITH(get(kept.provider, PP_KEYSET_SEC_DESCR, descriptor.data(), &size,
                         OWNER_SECURITY_INFORMATION),
                     ERROR_MORE_DATA); // U-183
    BOOST_CHECK_EQUAL(size, size_of(descriptor));
    CHECK_FAILS_WITH(get(kept.provider, PP_KEYSET_SEC_DESCR, nullptr, nullptr, 1),
                     ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(get(kept.provider, PP_KEYSET_SEC_DESCR, nullptr, &size, 16), NTE_BAD_FLAGS);
}

BOOST_AUTO_TEST_CASE(PP_ENUMEX_SIGNING_PROT_answers_by_succeeding)
{
    for (const ProviderName& which : rsa_providers) {
        DWORD size = 0;
        CHECK_SUCCEEDS(get(Provider(which).provider, PP_ENUMEX_SIGNING_PROT, nullptr, &size));
    }
    CHECK_FAILS_AND_ZEROES(
        get(Provider(schannel_provider).provider, PP_ENUMEX_SIGNING_PROT, nullptr, &size),
        NTE_BAD_TYPE); // U-189
    for (const ProviderName& which : dss_providers)
        CHECK_FAILS_AND_ZEROES(
            get(Provider(which).provider, PP_ENUMEX_SIGNING_PROT, nullptr, &size), NTE_BAD_TYPE);
}

BOOST_AUTO_TEST_CASE(the_DSS_and_DH_providers_have_pairs_in_steps_of_64_bits)
{
    const struct {
        ProviderName which;
        DWORD key_specs, exchange_step, symmetric_bits;
    } rows[] = {
        {dss_provider, AT_SIGNATURE, 0, 0},
        {base_dh_provider, AT_SIGNATURE | AT_KEYEXCHANGE, 64, 40},
        {enhanced_dh_provider, AT_SIGNATURE | AT_KEYEXCHANGE, 64, 128},
        {dh_schannel_provider, AT_SIGNATURE | AT_KEYEXCHANGE, 64, 40},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.which.name)
        {
            const Provider context(row.which);
            BOOST_CHECK_EQUAL(text(context.provider, PP_NAME), row.which.name);
            BOOST_CHECK_EQUAL(number(context.provider, PP_PROVTYPE), row.which.type);
            BOOST_CHECK_EQUAL(number(context.provider, PP_KEYSPEC), row.key_specs);
            BOOST_CHECK_EQUAL(number(context.provider, PP_SIG_KEYSIZE_INC), 64u);
            BOOST_CHECK_EQUAL(number(context.provider, PP_KEYX_KEYSIZE_INC), row.exchange_step);
            BOOST_CHECK_EQUAL(number(context.provider, PP_SYM_KEYSIZE), row.symmetric_bits);
        }
}

BOOST_AUTO_TEST_CASE(the_SChannel_provider_has_exchange_pairs_alone)
{
    const Provider context(schannel_provider);
    const struct {
        DWORD param, value;
    } rows[] = {
        {PP_PROVTYPE, PROV_RSA_SCHANNEL}, {PP_SYM_KEYSIZE, 128},
        {PP_SIG_KEYSIZE_INC, 0}, // U-185
        {PP_KEYX_KEYSIZE_INC, 8},         {PP_KEYSPEC, AT_KEYEXCHANGE},
    };
    for (const auto& row : rows)
        BOOST_CHECK_EQUAL(number(context.provider, row.param), row.value);
    BOOST_CHECK_EQUAL(text(context.provider, PP_NAME), MS_DEF_RSA_SCHANNEL_PROV_A);
    CHECK_FAILS_AND_ZEROES(get(context.provider, PP_SGC_INFO, nullptr, &size), NTE_BAD_TYPE);
}

BOOST_AUTO_TEST_CASE(what_is_not_of_this_provider_is_NTE_BAD_TYPE_and_leaves_a_length_of_zero)
{
    const Provider context(aes_provider);
    BYTE data[64] = {};
    for (const DWORD param : {PP_CHANGE_PASSWORD,
                              PP_CERTCHAIN,
                              PP_KEY_TYPE_SUBTYPE,
                              PP_APPLI_CERT,
                              PP_UI_PROMPT,
                              PP_ENUMMANDROOTS,
                              PP_ENUMELECTROOTS,
                              PP_ADMIN_PIN,
                              PP_KEYEXCHANGE_PIN,
                              PP_SIGNATURE_PIN,
                              PP_SGC_INFO,
                              PP_USE_HARDWARE_RNG,
                              PP_CRYPT_COUNT_KEY_USE,
                              PP_USER_CERTSTORE,
                              PP_SMARTCARD_READER,
                              PP_SMARTCARD_GUID,
                              PP_ROOT_CERTSTORE,
                              0,
                              999,
                              -1})
        BOOST_TEST_CONTEXT("parameter " << param)
    CHECK_FAILS_AND_ZEROES(get(context.provider, param, data, &size), NTE_BAD_TYPE);
}

BOOST_AUTO_TEST_CASE(flags_are_for_enumerations)
{
    const Provider context(aes_provider);
    char data[100];
    for (const DWORD param : {PP_NAME, PP_CONTAINER, PP_VERSION, PP_KEYSPEC})
        for (const DWORD flags : {CRYPT_FIRST, CRYPT_NEXT, 0x80})
            CHECK_FAILS_AND_ZEROES(get(context.provider, param, data, &size, flags), NTE_BAD_FLAGS);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptSetProvParam_rules)

BOOST_AUTO_TEST_CASE(PP_CLIENT_HWND_needs_no_context)
{
    const std::uintptr_t window = 0;
    CHECK_SUCCEEDS(set(0, PP_CLIENT_HWND, &window));
    CHECK_SUCCEEDS(set(Provider(strong_provider).provider, PP_CLIENT_HWND, &window));
}

BOOST_AUTO_TEST_CASE(only_PP_CLIENT_HWND_and_PP_CONTEXT_INFO_go_without_a_context)
{
    const DWORD spec = AT_SIGNATURE;
    CHECK_FAILS_WITH(set(0, PP_DELETEKEY, &spec), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(set(0, PP_UI_PROMPT, &spec), ERROR_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(PP_DELETEKEY_deletes_one_pair_of_the_container)
{
    const Container made("capishim delete key");
    const DWORD signature = AT_SIGNATURE;
    HCRYPTKEY pair = 0;
    CHECK_FAILS_WITH(set(made.provider, PP_DELETEKEY, &signature), NTE_NO_KEY); // U-193
    made.make_key(AT_SIGNATURE, 512u << 16);
    made.make_key(AT_KEYEXCHANGE, 512u << 16);
    CHECK_SUCCEEDS(set(made.provider, PP_DELETEKEY, &signature));
    CHECK_FAILS_WITH(CryptGetUserKey(made.provider, AT_SIGNATURE, &pair), NTE_NO_KEY);
    CHECK_SUCCEEDS(CryptGetUserKey(made.provider, AT_KEYEXCHANGE, &pair));
}

BOOST_AUTO_TEST_CASE(PP_UI_PROMPT_is_taken_and_forgotten)
{
    const Provider context(strong_provider); // U-194
    CHECK_SUCCEEDS(set(context.provider, PP_UI_PROMPT, L"prompt"));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_set_is_NTE_BAD_TYPE)
{
    const Provider context(strong_provider);
    const DWORD value = 1;
    for (const DWORD param :
         {PP_NAME, PP_CONTAINER, PP_VERSION, PP_KEYEXCHANGE_KEYSIZE, PP_SIGNATURE_KEYSIZE,
          PP_KEYEXCHANGE_ALG, PP_SIGNATURE_ALG, PP_USE_HARDWARE_RNG, PP_ADMIN_PIN,
          PP_KEYEXCHANGE_PIN, PP_SIGNATURE_PIN, 0, 999, -1})
        BOOST_TEST_CONTEXT("parameter " << param)
    CHECK_FAILS_WITH(set(context.provider, param, &value), NTE_BAD_TYPE);
    CHECK_FAILS_WITH(set(context.provider, PP_DELETEKEY, &value, 1), NTE_BAD_FLAGS);
}

BOOST_AUTO_TEST_SUITE_END()
