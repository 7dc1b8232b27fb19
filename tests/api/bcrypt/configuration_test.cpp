// SPDX-License-Identifier: BSD-2-Clause
// The configuration: cng.md 1.39 to 1.42. It describes a machine with Microsoft's primitive
// provider and nothing else, and nobody may change it.
#include "bcrypt_fixtures.h"

#include <functional>
#include <set>

// Functions that bcrypt.h does not declare (cng.md 1.0).
#if __SIZEOF_WCHAR_T__ == 4
#define WIDE_EXPORT(name) __asm__(#name "_w32")
#else
#define WIDE_EXPORT(name)
#endif

extern "C" {
NTSTATUS WINAPI BCryptAddContextFunctionProvider(ULONG, LPCWSTR, ULONG, LPCWSTR, LPCWSTR, ULONG)
    WIDE_EXPORT(BCryptAddContextFunctionProvider);
NTSTATUS WINAPI BCryptRemoveContextFunctionProvider(ULONG, LPCWSTR, ULONG, LPCWSTR, LPCWSTR)
    WIDE_EXPORT(BCryptRemoveContextFunctionProvider);
NTSTATUS WINAPI BCryptRegisterProvider(LPCWSTR, ULONG, PCRYPT_PROVIDER_REG)
    WIDE_EXPORT(BCryptRegisterProvider);
NTSTATUS WINAPI BCryptUnregisterProvider(LPCWSTR) WIDE_EXPORT(BCryptUnregisterProvider);
NTSTATUS WINAPI BCryptSetAuditingInterface(PVOID);
NTSTATUS WINAPI GetAsymmetricEncryptionInterface(LPCWSTR, LPCWSTR, PVOID*, ULONG)
    WIDE_EXPORT(GetAsymmetricEncryptionInterface);
NTSTATUS WINAPI GetCipherInterface(LPCWSTR, LPCWSTR, PVOID*, ULONG) WIDE_EXPORT(GetCipherInterface);
NTSTATUS WINAPI GetHashInterface(LPCWSTR, LPCWSTR, PVOID*, ULONG) WIDE_EXPORT(GetHashInterface);
NTSTATUS WINAPI GetRngInterface(LPCWSTR, PVOID*, ULONG) WIDE_EXPORT(GetRngInterface);
NTSTATUS WINAPI GetSecretAgreementInterface(LPCWSTR, LPCWSTR, PVOID*, ULONG)
    WIDE_EXPORT(GetSecretAgreementInterface);
NTSTATUS WINAPI GetSignatureInterface(LPCWSTR, LPCWSTR, PVOID*, ULONG)
    WIDE_EXPORT(GetSignatureInterface);
}

using namespace capishim_test;

namespace {

const char* const provider = "Microsoft Primitive Provider";
const LPCWSTR standard = CRYPT_DEFAULT_CONTEXT;

using Names = std::vector<std::string>;

Names names_of(ULONG count, PWSTR* list)
{
    Names names;
    for (ULONG i = 0; i < count; ++i)
        names.push_back(narrow(list[i]));
    return names;
}

bool has(const Names& names, const char* name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Whether the memory that starts at `block` holds the text.
bool within(const void* block, ULONG size, const WCHAR* text)
{
    const auto* const first = static_cast<const char*>(block);
    const auto* const end = reinterpret_cast<const char*>(text + narrow(text).size() + 1);
    return reinterpret_cast<const char*>(text) >= first && end <= first + size;
}

/// The three ways to ask of cng.md 1.39 must tell the same. `read` turns an answer into something
/// that can be compared.
template <class Answer, class Read>
void check_ways_to_ask(const std::function<NTSTATUS(ULONG*, Answer**)>& ask, Read read,
                       NTSTATUS size_query = STATUS_BUFFER_TOO_SMALL)
{
    ULONG size = 0;
    CHECK_STATUS(ask(nullptr, nullptr), STATUS_INVALID_PARAMETER);
    BOOST_REQUIRE_EQUAL(ask(&size, nullptr), size_query);
    const ULONG needed = size;
    Answer* allocated = nullptr;
    size = 0;
    REQUIRE_STATUS(ask(&size, &allocated), STATUS_SUCCESS);
    BOOST_TEST(size == needed);
    std::vector<std::uint64_t> memory(needed / 8 + 1, 0xA5A5A5A5A5A5A5A5);
    auto* own = reinterpret_cast<Answer*>(memory.data());
    size = needed - 1;
    const auto before = memory;
    CHECK_STATUS(ask(&size, &own), STATUS_BUFFER_TOO_SMALL);
    BOOST_TEST(size == needed);
    BOOST_TEST((memory == before));
    size = needed + 5;
    REQUIRE_STATUS(ask(&size, &own), STATUS_SUCCESS);
    BOOST_TEST(size == needed);
    BOOST_TEST((own == reinterpret_cast<Answer*>(memory.data())));
    BOOST_TEST((read(*own) == read(*allocated)));
    BOOST_TEST(!read(*own).empty());
    BCryptFreeBuffer(allocated);
}

Names functions_of(LPCWSTR context, ULONG interface_id)
{
    ULONG size = 0;
    PCRYPT_CONTEXT_FUNCTIONS functions = nullptr;
    REQUIRE_STATUS(
        BCryptEnumContextFunctions(CRYPT_LOCAL, context, interface_id, &size, &functions),
        STATUS_SUCCESS);
    const Names names = names_of(functions->cFunctions, functions->rgpszFunctions);
    for (ULONG i = 0; i < functions->cFunctions; ++i)
        BOOST_TEST(within(functions, size, functions->rgpszFunctions[i]));
    BCryptFreeBuffer(functions);
    return names;
}

Names listed(ULONG operation)
{
    ULONG count = 0;
    BCRYPT_ALGORITHM_IDENTIFIER* list = nullptr;
    REQUIRE_STATUS(BCryptEnumAlgorithms(operation, &count, &list, 0), STATUS_SUCCESS);
    Names names;
    for (ULONG i = 0; i < count; ++i)
        names.push_back(narrow(list[i].pszName));
    BCryptFreeBuffer(list);
    return names;
}

} // namespace

BOOST_AUTO_TEST_SUITE(BCryptEnumContexts_)

BOOST_AUTO_TEST_CASE(there_are_a_default_context_and_schannels)
{
    check_ways_to_ask<CRYPT_CONTEXTS>(
        [](ULONG* size, PCRYPT_CONTEXTS* out) {
            return BCryptEnumContexts(CRYPT_LOCAL, size, out);
        },
        [](const CRYPT_CONTEXTS& all) { return names_of(all.cContexts, all.rgpszContexts); });
    ULONG size = 0;
    PCRYPT_CONTEXTS contexts = nullptr;
    REQUIRE_STATUS(BCryptEnumContexts(CRYPT_LOCAL, &size, &contexts), STATUS_SUCCESS);
    BOOST_TEST((names_of(contexts->cContexts, contexts->rgpszContexts) == Names{"Default", "SSL"}));
    BCryptFreeBuffer(contexts);
}

BOOST_AUTO_TEST_CASE(statuses_of_tables)
{
    ULONG size = 0;
    PCRYPT_CONTEXTS contexts = nullptr;
    CHECK_STATUS(BCryptEnumContexts(CRYPT_DOMAIN, &size, &contexts), STATUS_NOT_FOUND);
    CHECK_STATUS(BCryptEnumContexts(0, &size, &contexts), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptEnumContexts(3, &size, &contexts), STATUS_INVALID_PARAMETER);
    BOOST_TEST(contexts == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptEnumContextFunctions_)

BOOST_AUTO_TEST_CASE(schannels_context_lists_cipher_suites) // observed.md part 2 A
{
    const Names suites = functions_of(L"SSL", NCRYPT_SCHANNEL_INTERFACE);
    BOOST_TEST(has(suites, "TLS_AES_256_GCM_SHA384"));
    BOOST_TEST(has(suites, "TLS_RSA_WITH_AES_128_CBC_SHA"));
    for (const std::string& suite : suites)
        BOOST_TEST(suite.rfind("TLS_", 0) == 0u);
}

BOOST_AUTO_TEST_CASE(the_default_context_lists_the_algorithms)
{
    for (ULONG interface_id = 1; interface_id <= 6; ++interface_id)
        BOOST_TEST((functions_of(standard, interface_id) == listed(1U << (interface_id - 1))));
    BOOST_TEST(has(functions_of(standard, BCRYPT_HASH_INTERFACE), "SHA256"));
}

BOOST_AUTO_TEST_CASE(statuses)
{
    ULONG size = 0;
    PCRYPT_CONTEXT_FUNCTIONS out = nullptr;
    const struct {
        ULONG table;
        LPCWSTR context;
        ULONG interface_id;
        NTSTATUS status;
    } rows[] = {
        {CRYPT_LOCAL, nullptr, 1, STATUS_INVALID_PARAMETER},
        {9, standard, 1, STATUS_INVALID_PARAMETER},
        {CRYPT_DOMAIN, standard, 1, STATUS_NOT_FOUND},
        {CRYPT_LOCAL, L"None", 1, STATUS_NOT_FOUND},
        {CRYPT_LOCAL, L"SSL", 1, STATUS_NOT_FOUND},
        {CRYPT_LOCAL, standard, NCRYPT_KEY_STORAGE_INTERFACE, STATUS_NOT_FOUND},
        {CRYPT_LOCAL, standard, 99, STATUS_NOT_FOUND},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("row " << &row - rows)
    BOOST_TEST(BCryptEnumContextFunctions(row.table, row.context, row.interface_id, &size, &out) ==
               row.status);
    check_ways_to_ask<CRYPT_CONTEXT_FUNCTIONS>(
        [](ULONG* length, PCRYPT_CONTEXT_FUNCTIONS* answer) {
            return BCryptEnumContextFunctions(CRYPT_LOCAL, standard, BCRYPT_RNG_INTERFACE, length,
                                              answer);
        },
        [](const CRYPT_CONTEXT_FUNCTIONS& all) {
            return names_of(all.cFunctions, all.rgpszFunctions);
        });
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptEnumContextFunctionProviders_)

BOOST_AUTO_TEST_CASE(the_primitive_provider_serves_the_default_context_and_nobody_schannels)
{
    ULONG size = 0;
    PCRYPT_CONTEXT_FUNCTION_PROVIDERS out = nullptr;
    const struct {
        ULONG table;
        LPCWSTR context;
        ULONG interface_id;
        LPCWSTR function;
        NTSTATUS status;
    } rows[] = {
        {CRYPT_LOCAL, L"SSL", NCRYPT_SCHANNEL_INTERFACE, L"TLS_AES_256_GCM_SHA384",
         STATUS_NOT_FOUND},
        {CRYPT_LOCAL, standard, 2, L"AES", STATUS_NOT_FOUND},
        {CRYPT_LOCAL, standard, 2, nullptr, STATUS_INVALID_PARAMETER},
        {CRYPT_LOCAL, nullptr, 2, L"SHA1", STATUS_INVALID_PARAMETER},
        {CRYPT_DOMAIN, standard, 2, L"SHA1", STATUS_NOT_FOUND},
        {5, standard, 2, L"SHA1", STATUS_INVALID_PARAMETER},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("row " << &row - rows)
    BOOST_TEST(BCryptEnumContextFunctionProviders(row.table, row.context, row.interface_id,
                                                  row.function, &size, &out) == row.status);
    check_ways_to_ask<CRYPT_CONTEXT_FUNCTION_PROVIDERS>(
        [](ULONG* length, PCRYPT_CONTEXT_FUNCTION_PROVIDERS* answer) {
            return BCryptEnumContextFunctionProviders(CRYPT_LOCAL, standard, 2, L"SHA1", length,
                                                      answer);
        },
        [](const CRYPT_CONTEXT_FUNCTION_PROVIDERS& all) {
            const Names names = names_of(all.cProviders, all.rgpszProviders);
            BOOST_TEST((names == Names{provider}));
            return names;
        });
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptQueryContextConfiguration_and_its_function)

BOOST_AUTO_TEST_CASE(no_flag_is_set_anywhere)
{
    check_ways_to_ask<CRYPT_CONTEXT_CONFIG>(
        [](ULONG* size, PCRYPT_CONTEXT_CONFIG* out) {
            return BCryptQueryContextConfiguration(CRYPT_LOCAL, standard, size, out);
        },
        [](const CRYPT_CONTEXT_CONFIG& config) {
            BOOST_TEST(config.dwFlags == 0u);
            return std::vector{config.dwFlags, config.dwReserved};
        });
    // the page's way to call it
    CRYPT_CONTEXT_FUNCTION_CONFIG config{~0U, ~0U};
    PCRYPT_CONTEXT_FUNCTION_CONFIG out = &config;
    ULONG size = sizeof config;
    CHECK_STATUS(BCryptQueryContextFunctionConfiguration(CRYPT_LOCAL, L"SSL",
                                                         NCRYPT_SCHANNEL_INTERFACE,
                                                         L"TLS_AES_128_GCM_SHA256", &size, &out),
                 STATUS_SUCCESS);
    BOOST_TEST((size == sizeof config && config.dwFlags == 0 && config.dwReserved == 0));
}

BOOST_AUTO_TEST_CASE(statuses)
{
    ULONG size = 0;
    PCRYPT_CONTEXT_CONFIG context = nullptr;
    PCRYPT_CONTEXT_FUNCTION_CONFIG function = nullptr;
    PUCHAR value = nullptr;
    const struct {
        ULONG table;
        LPCWSTR context, function;
        NTSTATUS of_context, of_function, of_property;
    } rows[] = {
        {CRYPT_LOCAL, L"None", L"SHA1", STATUS_NOT_FOUND, STATUS_NOT_FOUND, STATUS_NOT_FOUND},
        {CRYPT_DOMAIN, standard, L"SHA1", STATUS_NOT_FOUND, STATUS_NOT_FOUND, STATUS_NOT_FOUND},
        {CRYPT_LOCAL, standard, L"SHA0", STATUS_SUCCESS, STATUS_NOT_FOUND, STATUS_NOT_FOUND},
        {CRYPT_LOCAL, standard, L"SHA1", STATUS_SUCCESS, STATUS_SUCCESS, STATUS_NOT_FOUND},
        {CRYPT_LOCAL, nullptr, L"SHA1", STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER,
         STATUS_INVALID_PARAMETER},
        {CRYPT_LOCAL, standard, nullptr, STATUS_SUCCESS, STATUS_INVALID_PARAMETER,
         STATUS_INVALID_PARAMETER},
        {0, standard, L"SHA1", STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER,
         STATUS_INVALID_PARAMETER},
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT("row " << &row - rows)
        {
            BOOST_TEST(BCryptQueryContextConfiguration(row.table, row.context, &size, &context) ==
                       row.of_context);
            BOOST_TEST(BCryptQueryContextFunctionConfiguration(row.table, row.context, 2,
                                                               row.function, &size,
                                                               &function) == row.of_function);
            BOOST_TEST(BCryptQueryContextFunctionProperty(row.table, row.context, 2, row.function,
                                                          L"Any", &size,
                                                          &value) == row.of_property);
        }
        BCryptFreeBuffer(std::exchange(context, nullptr));
        BCryptFreeBuffer(std::exchange(function, nullptr));
    }
    CHECK_STATUS(BCryptQueryContextFunctionProperty(CRYPT_LOCAL, standard, 2, L"SHA1", nullptr,
                                                    &size, &value),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptQueryContextFunctionProperty(CRYPT_LOCAL, standard, 2, L"SHA1", L"Any",
                                                    nullptr, &value),
                 STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptEnumRegisteredProviders_)

BOOST_AUTO_TEST_CASE(there_is_one)
{
    check_ways_to_ask<CRYPT_PROVIDERS>(
        [](ULONG* size, PCRYPT_PROVIDERS* out) { return BCryptEnumRegisteredProviders(size, out); },
        [](const CRYPT_PROVIDERS& all) {
            const Names names = names_of(all.cProviders, all.rgpszProviders);
            BOOST_TEST((names == Names{provider}));
            return names;
        });
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptQueryProviderRegistration_)

namespace {

Names registration_of(const CRYPT_PROVIDER_REG& registration)
{
    BOOST_TEST(registration.cAliases == 0u);
    BOOST_TEST(registration.pKM == nullptr);
    Names told = {narrow(registration.pUM->pszImage)};
    BOOST_TEST(told[0] == "bcryptprimitives.dll"); // N-78
    for (ULONG i = 0; i < registration.pUM->cInterfaces; ++i) {
        const CRYPT_INTERFACE_REG& offered = *registration.pUM->rgpInterfaces[i];
        BOOST_TEST(offered.dwFlags == static_cast<ULONG>(CRYPT_LOCAL));
        told.push_back(std::to_string(offered.dwInterface));
        for (const std::string& name : names_of(offered.cFunctions, offered.rgpszFunctions))
            told.push_back(name);
    }
    return told;
}

} // namespace

BOOST_AUTO_TEST_CASE(tells_the_functions_of_an_interface_or_of_all)
{
    for (const ULONG interface_id : {0u, 2u})
        check_ways_to_ask<CRYPT_PROVIDER_REG>(
            [=](ULONG* size, PCRYPT_PROVIDER_REG* out) {
                return BCryptQueryProviderRegistration(MS_PRIMITIVE_PROVIDER, CRYPT_ANY,
                                                       interface_id, size, out);
            },
            registration_of);
    ULONG size = 0;
    PCRYPT_PROVIDER_REG out = nullptr;
    REQUIRE_STATUS(BCryptQueryProviderRegistration(MS_PRIMITIVE_PROVIDER, CRYPT_UM, 2, &size, &out),
                   STATUS_SUCCESS);
    BOOST_REQUIRE(out->pUM->cInterfaces == 1u);
    const CRYPT_INTERFACE_REG& hashes = *out->pUM->rgpInterfaces[0];
    BOOST_TEST(
        (names_of(hashes.cFunctions, hashes.rgpszFunctions) == listed(BCRYPT_HASH_OPERATION)));
    BOOST_TEST(within(out, size, hashes.rgpszFunctions[hashes.cFunctions - 1]));
    BOOST_TEST(within(out, size, out->pUM->pszImage));
    BCryptFreeBuffer(out);
}

BOOST_AUTO_TEST_CASE(statuses)
{
    ULONG size = 0;
    PCRYPT_PROVIDER_REG out = nullptr;
    const struct {
        LPCWSTR name;
        ULONG mode, interface_id;
        NTSTATUS status;
    } rows[] = {
        {nullptr, CRYPT_ANY, 2, STATUS_INVALID_PARAMETER},
        {MS_PRIMITIVE_PROVIDER, 0, 2, STATUS_INVALID_PARAMETER},
        {MS_PRIMITIVE_PROVIDER, 5, 2, STATUS_INVALID_PARAMETER},
        {L"Another Provider", CRYPT_ANY, 2, STATUS_NOT_FOUND},
        {MS_PRIMITIVE_PROVIDER, CRYPT_KM, 2, STATUS_NOT_FOUND},
        {MS_PRIMITIVE_PROVIDER, CRYPT_ANY, NCRYPT_KEY_STORAGE_INTERFACE, STATUS_NOT_FOUND},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("row " << &row - rows)
    BOOST_TEST(BCryptQueryProviderRegistration(row.name, row.mode, row.interface_id, &size, &out) ==
               row.status);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptResolveProviders_)

namespace {

Names resolved(const CRYPT_PROVIDER_REFS& references)
{
    Names told;
    for (ULONG i = 0; i < references.cProviders; ++i) {
        const CRYPT_PROVIDER_REF& reference = *references.rgpProviders[i];
        BOOST_TEST(narrow(reference.pszProvider) == provider);
        BOOST_TEST(narrow(reference.pUM->pszImage) == "bcryptprimitives.dll");
        BOOST_TEST(reference.cProperties == 0u);
        BOOST_TEST(reference.pKM == nullptr);
        told.push_back(std::to_string(reference.dwInterface) + narrow(reference.pszFunction));
    }
    return told;
}

Names resolve(ULONG interface_id, LPCWSTR function, ULONG flags)
{
    ULONG size = 0;
    PCRYPT_PROVIDER_REFS out = nullptr;
    REQUIRE_STATUS(BCryptResolveProviders(nullptr, interface_id, function, nullptr, CRYPT_UM, flags,
                                          &size, &out),
                   STATUS_SUCCESS);
    const Names names = resolved(*out);
    BCryptFreeBuffer(out);
    return names;
}

} // namespace

BOOST_AUTO_TEST_CASE(finds_functions_by_interface_or_name)
{
    BOOST_TEST((resolve(0, L"AES", 0) == Names{"1AES"})); // the interface is inferred
    BOOST_TEST((resolve(5, L"RSA", CRYPT_ALL_PROVIDERS) == Names{"5RSA"}));
    BOOST_TEST((resolve(2, nullptr, 0) == Names{"2MD2"})); // the first
    BOOST_TEST((resolve(2, L"", 0) == Names{"2MD2"}));
    BOOST_TEST(resolve(2, nullptr, CRYPT_ALL_FUNCTIONS).size() ==
               listed(BCRYPT_HASH_OPERATION).size());
}

BOOST_AUTO_TEST_CASE(a_size_query_succeeds) // unlike the others: cng.md 12 row 12
{
    check_ways_to_ask<CRYPT_PROVIDER_REFS>(
        [](ULONG* size, PCRYPT_PROVIDER_REFS* out) {
            return BCryptResolveProviders(L"Default", 2, nullptr, MS_PRIMITIVE_PROVIDER, CRYPT_MM,
                                          CRYPT_ALL_FUNCTIONS | CRYPT_ALL_PROVIDERS, size, out);
        },
        resolved, STATUS_SUCCESS);
}

BOOST_AUTO_TEST_CASE(statuses)
{
    ULONG size = 0;
    PCRYPT_PROVIDER_REFS out = nullptr;
    const struct {
        LPCWSTR context;
        ULONG interface_id;
        LPCWSTR function, name;
        ULONG mode, flags;
        NTSTATUS status;
    } rows[] = {
        {nullptr, 0, nullptr, nullptr, CRYPT_UM, 0, STATUS_INVALID_PARAMETER},
        {nullptr, 2, nullptr, nullptr, 0, 0, STATUS_INVALID_PARAMETER},
        {nullptr, 2, nullptr, nullptr, 5, 0, STATUS_INVALID_PARAMETER},
        {nullptr, 2, nullptr, nullptr, CRYPT_UM, 4, STATUS_INVALID_PARAMETER},
        {nullptr, 2, nullptr, nullptr, CRYPT_KM, 0, STATUS_NOT_FOUND},
        {nullptr, 2, nullptr, L"Another", CRYPT_UM, 0, STATUS_NOT_FOUND},
        {nullptr, 2, L"AES", nullptr, CRYPT_UM, 0, STATUS_NOT_FOUND},
        {nullptr, 0, L"none", nullptr, CRYPT_UM, 0, STATUS_NOT_FOUND},
        {L"SSL", NCRYPT_SCHANNEL_INTERFACE, nullptr, nullptr, CRYPT_UM, 0, STATUS_NOT_FOUND},
        {L"None", 2, nullptr, nullptr, CRYPT_UM, 0, STATUS_NOT_FOUND},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("row " << &row - rows)
    BOOST_TEST(BCryptResolveProviders(row.context, row.interface_id, row.function, row.name,
                                      row.mode, row.flags, &size, &out) == row.status);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(Writing_the_configuration)

BOOST_AUTO_TEST_CASE(is_denied_once_the_parameters_are_right)
{
    CRYPT_CONTEXT_CONFIG config{};
    CRYPT_CONTEXT_FUNCTION_CONFIG function_config{};
    UCHAR value = 0;
    using Call = std::function<NTSTATUS(ULONG table, LPCWSTR context)>;
    const Call calls[] = {
        [&](ULONG t, LPCWSTR c) { return BCryptCreateContext(t, c, &config); },
        [&](ULONG t, LPCWSTR c) { return BCryptCreateContext(t, c, nullptr); }, // optional
        [&](ULONG t, LPCWSTR c) { return BCryptDeleteContext(t, c); },
        [&](ULONG t, LPCWSTR c) { return BCryptConfigureContext(t, c, &config); },
        [&](ULONG t, LPCWSTR c) {
            return BCryptAddContextFunction(t, c, 2, L"SHA1", CRYPT_PRIORITY_TOP);
        },
        [&](ULONG t, LPCWSTR c) { return BCryptRemoveContextFunction(t, c, 2, L"SHA1"); },
        [&](ULONG t, LPCWSTR c) {
            return BCryptConfigureContextFunction(t, c, 2, L"SHA1", &function_config);
        },
        [&](ULONG t, LPCWSTR c) {
            return BCryptSetContextFunctionProperty(t, c, 2, L"SHA1", L"Any", 1, &value);
        },
        [&](ULONG t, LPCWSTR c) {
            return BCryptSetContextFunctionProperty(t, c, 2, L"SHA1", L"Any", 0, nullptr);
        },
        [&](ULONG t, LPCWSTR c) {
            return BCryptAddContextFunctionProvider(t, c, 2, L"SHA1", MS_PRIMITIVE_PROVIDER, 0);
        },
        [&](ULONG t, LPCWSTR c) {
            return BCryptRemoveContextFunctionProvider(t, c, 2, L"SHA1", MS_PRIMITIVE_PROVIDER);
        },
    };
    for (const Call& call : calls) {
        BOOST_TEST_CONTEXT("call " << &call - calls)
        {
            CHECK_STATUS(call(CRYPT_LOCAL, standard), STATUS_ACCESS_DENIED); // N-10
            CHECK_STATUS(call(CRYPT_DOMAIN, standard), STATUS_ACCESS_DENIED);
            CHECK_STATUS(call(0, standard), STATUS_INVALID_PARAMETER);
            CHECK_STATUS(call(CRYPT_LOCAL, nullptr), STATUS_INVALID_PARAMETER);
        }
    }
}

BOOST_AUTO_TEST_CASE(checks_the_other_pointers_too)
{
    UCHAR value = 0;
    const ULONG local = CRYPT_LOCAL;
    const NTSTATUS answers[] = {
        BCryptConfigureContext(local, standard, nullptr),
        BCryptAddContextFunction(local, standard, 2, nullptr, 0),
        BCryptRemoveContextFunction(local, standard, 2, nullptr),
        BCryptConfigureContextFunction(local, standard, 2, L"SHA1", nullptr),
        BCryptSetContextFunctionProperty(local, standard, 2, L"SHA1", nullptr, 1, &value),
        BCryptSetContextFunctionProperty(local, standard, 2, L"SHA1", L"Any", 1, nullptr),
        BCryptAddContextFunctionProvider(local, standard, 2, L"SHA1", nullptr, 0),
        BCryptRemoveContextFunctionProvider(local, standard, 2, L"SHA1", nullptr),
    };
    for (const NTSTATUS& status : answers)
        BOOST_TEST_CONTEXT("call " << &status - answers)
    CHECK_STATUS(status, STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(registration_and_notification_are_not_built) // N-10
{
    CRYPT_PROVIDER_REG registration{};
    HANDLE event = nullptr;
    UCHAR some = 0;
    CHECK_STATUS(BCryptRegisterProvider(L"Mine", 0, &registration), STATUS_NOT_IMPLEMENTED);
    CHECK_STATUS(BCryptRegisterProvider(nullptr, 0, &registration), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptUnregisterProvider(L"Mine"), STATUS_NOT_IMPLEMENTED);
    CHECK_STATUS(BCryptUnregisterProvider(nullptr), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptRegisterConfigChangeNotify(&event), STATUS_NOT_IMPLEMENTED);
    CHECK_STATUS(BCryptRegisterConfigChangeNotify(nullptr), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptUnregisterConfigChangeNotify(&some), STATUS_NOT_IMPLEMENTED);
    CHECK_STATUS(BCryptUnregisterConfigChangeNotify(nullptr), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptSetAuditingInterface(&some), STATUS_NOT_IMPLEMENTED);
    BOOST_TEST(event == nullptr);
}

BOOST_AUTO_TEST_CASE(there_is_no_router_to_give_function_tables_to)
{
    PVOID table = nullptr;
    for (const auto get : {GetAsymmetricEncryptionInterface, GetCipherInterface, GetHashInterface,
                           GetSecretAgreementInterface, GetSignatureInterface}) {
        CHECK_STATUS(get(MS_PRIMITIVE_PROVIDER, L"SHA1", &table, 0), STATUS_NOT_SUPPORTED);
        CHECK_STATUS(get(MS_PRIMITIVE_PROVIDER, L"SHA1", nullptr, 0), STATUS_INVALID_PARAMETER);
    }
    CHECK_STATUS(GetRngInterface(MS_PRIMITIVE_PROVIDER, &table, 0), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(GetRngInterface(MS_PRIMITIVE_PROVIDER, nullptr, 0), STATUS_INVALID_PARAMETER);
    BOOST_TEST(table == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
