// SPDX-License-Identifier: BSD-2-Clause
// The functions that read the configuration: cng.md 1.39 to 1.42.
#include "cng/configuration.h"

#include "abi/call.h"
#include "abi/exports.h"
#include "cng/exports/answer_block.h"
#include "cng/level.h"

namespace capishim::cng {
namespace {

/// A context of a table that has it. @throws Fault::not_found
template <class Unit>
Name context_named(std::uint32_t table, const Unit* text)
{
    const Name name(text);
    const Names all = contexts(table);
    require(std::ranges::find(all, std::string_view(name)) != all.end(), Fault::not_found);
    return name;
}

/// Text that may be missing: null or empty.
template <class Unit>
Name optional_name(const Unit* text)
{
    static constexpr Unit none = 0;
    return Name(text ? text : &none);
}

// ---- Lists of names ----------------------------------------------------------------------------

/// For the structures that are a count and an array of text.
template <class Unit, class List>
void answer_names(const Names& names, ULONG* size, List** list)
{
    answer(size, list, SizeQuery::is_too_small, [&](AnswerBlock& block) {
        List* const head = block.place<List>();
        PWSTR* const texts = block.texts<Unit, PWSTR>(names);
        block.put(head, 0, List{static_cast<ULONG>(names.size()), texts});
    });
}

template <class Unit>
NTSTATUS enum_contexts(ULONG dwTable, ULONG* pcbBuffer, PCRYPT_CONTEXTS* ppBuffer)
{
    return nt_call(
        Api::BCryptEnumContexts,
        [&] {
            require_passive_level();
            answer_names<Unit>(contexts(dwTable), pcbBuffer, ppBuffer);
        },
        dwTable, pcbBuffer, ppBuffer);
}

template <class Unit>
NTSTATUS enum_functions(ULONG dwTable, const Unit* pszContext, ULONG dwInterface, ULONG* pcbBuffer,
                        PCRYPT_CONTEXT_FUNCTIONS* ppBuffer)
{
    return nt_call(
        Api::BCryptEnumContextFunctions,
        [&] {
            require_passive_level();
            require(pcbBuffer != nullptr, Fault::invalid_parameter);
            const Name context = context_named(dwTable, pszContext);
            answer_names<Unit>(functions_of(context, dwInterface), pcbBuffer, ppBuffer);
        },
        dwTable, pszContext, dwInterface, pcbBuffer, ppBuffer);
}

template <class Unit>
NTSTATUS enum_function_providers(ULONG dwTable, const Unit* pszContext, ULONG dwInterface,
                                 const Unit* pszFunction, ULONG* pcbBuffer,
                                 PCRYPT_CONTEXT_FUNCTION_PROVIDERS* ppBuffer)
{
    return nt_call(
        Api::BCryptEnumContextFunctionProviders,
        [&] {
            require_passive_level();
            require(pcbBuffer != nullptr, Fault::invalid_parameter);
            const Name function(pszFunction);
            const Name context = context_named(dwTable, pszContext);
            answer_names<Unit>(providers_of(context, dwInterface, function), pcbBuffer, ppBuffer);
        },
        dwTable, pszContext, dwInterface, pszFunction, pcbBuffer, ppBuffer);
}

template <class Unit>
NTSTATUS enum_registered(ULONG* pcbBuffer, PCRYPT_PROVIDERS* ppBuffer)
{
    return nt_call(
        Api::BCryptEnumRegisteredProviders,
        [&] {
            require_passive_level();
            answer_names<Unit>({primitive_provider}, pcbBuffer, ppBuffer);
        },
        pcbBuffer, ppBuffer);
}

// ---- What is configured ------------------------------------------------------------------------

/// No context and no function has a flag set.
template <class Config>
void answer_config(ULONG* size, Config** config)
{
    answer(size, config, SizeQuery::is_too_small, [](AnswerBlock& block) {
        block.add(Config{0, 0});
    });
}

template <class Unit>
NTSTATUS query_context(ULONG dwTable, const Unit* pszContext, ULONG* pcbBuffer,
                       PCRYPT_CONTEXT_CONFIG* ppBuffer)
{
    return nt_call(
        Api::BCryptQueryContextConfiguration,
        [&] {
            require_passive_level();
            require(pcbBuffer != nullptr, Fault::invalid_parameter);
            context_named(dwTable, pszContext);
            answer_config(pcbBuffer, ppBuffer);
        },
        dwTable, pszContext, pcbBuffer, ppBuffer);
}

template <class Unit>
NTSTATUS query_function(ULONG dwTable, const Unit* pszContext, ULONG dwInterface,
                        const Unit* pszFunction, ULONG* pcbBuffer,
                        PCRYPT_CONTEXT_FUNCTION_CONFIG* ppBuffer)
{
    return nt_call(
        Api::BCryptQueryContextFunctionConfiguration,
        [&] {
            require_passive_level();
            require(pcbBuffer != nullptr, Fault::invalid_parameter);
            const Name function(pszFunction);
            require_function(context_named(dwTable, pszContext), dwInterface, function);
            answer_config(pcbBuffer, ppBuffer);
        },
        dwTable, pszContext, dwInterface, pszFunction, pcbBuffer, ppBuffer);
}

template <class Unit>
NTSTATUS query_function_property(ULONG dwTable, const Unit* pszContext, ULONG dwInterface,
                                 const Unit* pszFunction, const Unit* pszProperty, ULONG* pcbValue,
                                 PUCHAR* ppbValue)
{
    return nt_call(
        Api::BCryptQueryContextFunctionProperty,
        [&] {
            require_passive_level();
            require(pcbValue && pszProperty, Fault::invalid_parameter);
            const Name function(pszFunction);
            require_function(context_named(dwTable, pszContext), dwInterface, function);
            throw Error(Fault::not_found); // no function has a property
        },
        dwTable, pszContext, dwInterface, pszFunction, pszProperty, pcbValue, ppbValue);
}

// ---- Providers ---------------------------------------------------------------------------------

/// The provider has no kernel image. @throws Fault::not_found   that alone was asked for
void require_user_mode(std::uint32_t mode)
{
    require(mode >= CRYPT_UM && mode <= CRYPT_ANY, Fault::invalid_parameter);
    require(mode != CRYPT_KM, Fault::not_found);
}

/// One interface, or with 0 all of them. @throws Fault::not_found
std::vector<std::uint32_t> interfaces_asked_for(std::uint32_t interface)
{
    const std::vector<std::uint32_t> all = provider_interfaces();
    if (interface == 0)
        return all;
    require(std::ranges::find(all, interface) != all.end(), Fault::not_found);
    return {interface};
}

template <class Unit>
PCRYPT_INTERFACE_REG place_interface(AnswerBlock& block, std::uint32_t interface)
{
    auto* const registered = block.place<CRYPT_INTERFACE_REG>();
    const Names functions = functions_of(default_context, interface);
    PWSTR* const texts = block.texts<Unit, PWSTR>(functions);
    block.put(registered, 0, {interface, CRYPT_LOCAL, static_cast<ULONG>(functions.size()), texts});
    return registered;
}

template <class Unit>
void place_registration(AnswerBlock& block, const std::vector<std::uint32_t>& interfaces)
{
    auto* const provider = block.place<CRYPT_PROVIDER_REG>();
    auto* const image = block.place<CRYPT_IMAGE_REG>();
    auto* const list = block.place<PCRYPT_INTERFACE_REG>(interfaces.size());
    for (std::size_t i = 0; i < interfaces.size(); ++i)
        block.put(list, i, place_interface<Unit>(block, interfaces[i]));
    const auto name = block.text<Unit, PWSTR>(primitive_image);
    block.put(image, 0, {name, static_cast<ULONG>(interfaces.size()), list});
    block.put(provider, 0, {0, nullptr, image, nullptr});
}

template <class Unit>
NTSTATUS query_registration(const Unit* pszProvider, ULONG dwMode, ULONG dwInterface,
                            ULONG* pcbBuffer, PCRYPT_PROVIDER_REG* ppBuffer)
{
    return nt_call(
        Api::BCryptQueryProviderRegistration,
        [&] {
            require_passive_level();
            require(pcbBuffer != nullptr, Fault::invalid_parameter);
            const Name provider(pszProvider);
            require_user_mode(dwMode);
            require(provider == primitive_provider, Fault::not_found);
            const auto interfaces = interfaces_asked_for(dwInterface);
            answer(pcbBuffer, ppBuffer, SizeQuery::is_too_small,
                   [&](AnswerBlock& block) { place_registration<Unit>(block, interfaces); });
        },
        pszProvider, dwMode, dwInterface, pcbBuffer, ppBuffer);
}

/// The functions that BCryptResolveProviders' criteria name; without CRYPT_ALL_FUNCTIONS the first.
Names functions_asked_for(std::string_view context, std::uint32_t interface,
                          std::string_view function, std::uint32_t flags)
{
    if (!function.empty()) {
        providers_of(context, interface, function);
        return {function};
    }
    Names functions = functions_of(context, interface);
    providers_of(context, interface, functions.front());
    if ((flags & CRYPT_ALL_FUNCTIONS) == 0)
        functions.resize(1);
    return functions;
}

template <class Unit>
PCRYPT_PROVIDER_REF place_reference(AnswerBlock& block, std::uint32_t interface,
                                    std::string_view function)
{
    auto* const reference = block.place<CRYPT_PROVIDER_REF>();
    auto* const image = block.place<CRYPT_IMAGE_REF>();
    const auto function_text = block.text<Unit, PWSTR>(function);
    const auto provider_text = block.text<Unit, PWSTR>(primitive_provider);
    block.put(image, 0, {block.text<Unit, PWSTR>(primitive_image), 0});
    block.put(reference, 0, {interface, function_text, provider_text, 0, nullptr, image, nullptr});
    return reference;
}

template <class Unit>
void place_references(AnswerBlock& block, std::uint32_t interface, const Names& functions)
{
    auto* const head = block.place<CRYPT_PROVIDER_REFS>();
    auto* const list = block.place<PCRYPT_PROVIDER_REF>(functions.size());
    for (std::size_t i = 0; i < functions.size(); ++i)
        block.put(list, i, place_reference<Unit>(block, interface, functions[i]));
    block.put(head, 0, {static_cast<ULONG>(functions.size()), list});
}

constexpr std::uint32_t resolve_flags = CRYPT_ALL_FUNCTIONS | CRYPT_ALL_PROVIDERS;

template <class Unit>
NTSTATUS resolve(const Unit* pszContext, ULONG dwInterface, const Unit* pszFunction,
                 const Unit* pszProvider, ULONG dwMode, ULONG dwFlags, ULONG* pcbBuffer,
                 PCRYPT_PROVIDER_REFS* ppBuffer)
{
    return nt_call(
        Api::BCryptResolveProviders,
        [&] {
            require_passive_level();
            require(pcbBuffer != nullptr, Fault::invalid_parameter);
            require((dwFlags & ~resolve_flags) == 0, Fault::bad_flags);
            const Name named = optional_name(pszContext);
            const Name function = optional_name(pszFunction);
            const Name provider = optional_name(pszProvider);
            require(dwInterface != 0 || !function.empty(), Fault::invalid_parameter);
            require_user_mode(dwMode);
            require(provider.empty() || provider == primitive_provider, Fault::not_found);
            const std::string_view context = named.empty() ? default_context : named;
            const ULONG interface = dwInterface ? dwInterface : interface_of(function);
            const Names functions = functions_asked_for(context, interface, function, dwFlags);
            answer(pcbBuffer, ppBuffer, SizeQuery::succeeds, [&](AnswerBlock& block) {
                place_references<Unit>(block, interface, functions);
            });
        },
        pszContext, dwInterface, pszFunction, pszProvider, dwMode, dwFlags, pcbBuffer, ppBuffer);
}

} // namespace
} // namespace capishim::cng

using namespace capishim;
using namespace capishim::cng;

NTSTATUS WINAPI BCryptEnumContexts(ULONG dwTable, ULONG* pcbBuffer, PCRYPT_CONTEXTS* ppBuffer)
{
    return enum_contexts<char16_t>(dwTable, pcbBuffer, ppBuffer);
}

NTSTATUS WINAPI BCryptEnumContexts_w32(ULONG dwTable, ULONG* pcbBuffer, PCRYPT_CONTEXTS* ppBuffer)
{
    return enum_contexts<char32_t>(dwTable, pcbBuffer, ppBuffer);
}

NTSTATUS WINAPI BCryptEnumContextFunctions(ULONG dwTable, const char16_t* pszContext,
                                           ULONG dwInterface, ULONG* pcbBuffer,
                                           PCRYPT_CONTEXT_FUNCTIONS* ppBuffer)
{
    return enum_functions(dwTable, pszContext, dwInterface, pcbBuffer, ppBuffer);
}

NTSTATUS WINAPI BCryptEnumContextFunctions_w32(ULONG dwTable, const char32_t* pszContext,
                                               ULONG dwInterface, ULONG* pcbBuffer,
                                               PCRYPT_CONTEXT_FUNCTIONS* ppBuffer)
{
    return enum_functions(dwTable, pszContext, dwInterface, pcbBuffer, ppBuffer);
}

NTSTATUS WINAPI BCryptEnumContextFunctionProviders(ULONG dwTable, const char16_t* pszContext,
                                                   ULONG dwInterface, const char16_t* pszFunction,
                                                   ULONG* pcbBuffer,
                                                   PCRYPT_CONTEXT_FUNCTION_PROVIDERS* ppBuffer)
{
    return enum_function_providers(dwTable, pszContext, dwInterface, pszFunction, pcbBuffer,
                                   ppBuffer);
}

NTSTATUS WINAPI BCryptEnumContextFunctionProviders_w32(ULONG dwTable, const char32_t* pszContext,
                                                       ULONG dwInterface,
                                                       const char32_t* pszFunction,
                                                       ULONG* pcbBuffer,
                                                       PCRYPT_CONTEXT_FUNCTION_PROVIDERS* ppBuffer)
{
    return enum_function_providers(dwTable, pszContext, dwInterface, pszFunction, pcbBuffer,
                                   ppBuffer);
}

NTSTATUS WINAPI BCryptEnumRegisteredProviders(ULONG* pcbBuffer, PCRYPT_PROVIDERS* ppBuffer)
{
    return enum_registered<char16_t>(pcbBuffer, ppBuffer);
}

NTSTATUS WINAPI BCryptEnumRegisteredProviders_w32(ULONG* pcbBuffer, PCRYPT_PROVIDERS* ppBuffer)
{
    return enum_registered<char32_t>(pcbBuffer, ppBuffer);
}

NTSTATUS WINAPI BCryptQueryContextConfiguration(ULONG dwTable, const char16_t* pszContext,
                                                ULONG* pcbBuffer, PCRYPT_CONTEXT_CONFIG* ppBuffer)
{
    return query_context(dwTable, pszContext, pcbBuffer, ppBuffer);
}

NTSTATUS WINAPI BCryptQueryContextConfiguration_w32(ULONG dwTable, const char32_t* pszContext,
                                                    ULONG* pcbBuffer,
                                                    PCRYPT_CONTEXT_CONFIG* ppBuffer)
{
    return query_context(dwTable, pszContext, pcbBuffer, ppBuffer);
}

NTSTATUS WINAPI BCryptQueryContextFunctionConfiguration(ULONG dwTable, const char16_t* pszContext,
                                                        ULONG dwInterface,
                                                        const char16_t* pszFunction,
                                                        ULONG* pcbBuffer,
                                                        PCRYPT_CONTEXT_FUNCTION_CONFIG* ppBuffer)
{
    return query_function(dwTable, pszContext, dwInterface, pszFunction, pcbBuffer, ppBuffer);
}

NTSTATUS WINAPI BCryptQueryContextFunctionConfiguration_w32(
    ULONG dwTable, const char32_t* pszContext, ULONG dwInterface, const char32_t* pszFunction,
    ULONG* pcbBuffer, PCRYPT_CONTEXT_FUNCTION_CONFIG* ppBuffer)
{
    return query_function(dwTable, pszContext, dwInterface, pszFunction, pcbBuffer, ppBuffer);
}

NTSTATUS WINAPI BCryptQueryContextFunctionProperty(ULONG dwTable, const char16_t* pszContext,
                                                   ULONG dwInterface, const char16_t* pszFunction,
                                                   const char16_t* pszProperty, ULONG* pcbValue,
                                                   PUCHAR* ppbValue)
{
    return query_function_property(dwTable, pszContext, dwInterface, pszFunction, pszProperty,
                                   pcbValue, ppbValue);
}

NTSTATUS WINAPI BCryptQueryContextFunctionProperty_w32(ULONG dwTable, const char32_t* pszContext,
                                                       ULONG dwInterface,
                                                       const char32_t* pszFunction,
                                                       const char32_t* pszProperty, ULONG* pcbValue,
                                                       PUCHAR* ppbValue)
{
    return query_function_property(dwTable, pszContext, dwInterface, pszFunction, pszProperty,
                                   pcbValue, ppbValue);
}

NTSTATUS WINAPI BCryptQueryProviderRegistration(const char16_t* pszProvider, ULONG dwMode,
                                                ULONG dwInterface, ULONG* pcbBuffer,
                                                PCRYPT_PROVIDER_REG* ppBuffer)
{
    return query_registration(pszProvider, dwMode, dwInterface, pcbBuffer, ppBuffer);
}

NTSTATUS WINAPI BCryptQueryProviderRegistration_w32(const char32_t* pszProvider, ULONG dwMode,
                                                    ULONG dwInterface, ULONG* pcbBuffer,
                                                    PCRYPT_PROVIDER_REG* ppBuffer)
{
    return query_registration(pszProvider, dwMode, dwInterface, pcbBuffer, ppBuffer);
}

NTSTATUS WINAPI BCryptResolveProviders(const char16_t* pszContext, ULONG dwInterface,
                                       const char16_t* pszFunction, const char16_t* pszProvider,
                                       ULONG dwMode, ULONG dwFlags, ULONG* pcbBuffer,
                                       PCRYPT_PROVIDER_REFS* ppBuffer)
{
    return resolve(pszContext, dwInterface, pszFunction, pszProvider, dwMode, dwFlags, pcbBuffer,
                   ppBuffer);
}

NTSTATUS WINAPI BCryptResolveProviders_w32(const char32_t* pszContext, ULONG dwInterface,
                                           const char32_t* pszFunction, const char32_t* pszProvider,
                                           ULONG dwMode, ULONG dwFlags, ULONG* pcbBuffer,
                                           PCRYPT_PROVIDER_REFS* ppBuffer)
{
    return resolve(pszContext, dwInterface, pszFunction, pszProvider, dwMode, dwFlags, pcbBuffer,
                   ppBuffer);
}
