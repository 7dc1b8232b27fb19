// SPDX-License-Identifier: BSD-2-Clause
// BCrypt* on algorithm handles and lists of algorithms: cng.md 1.1 to 1.4, 1.7, 1.8.
#include "abi/call.h"
#include "abi/exports.h"
#include "cng/configuration.h"
#include "cng/exports/algorithm_ref.h"
#include "cng/exports/answer_block.h"

#include <cstdlib>
#include <vector>

namespace capishim::cng {
namespace {

constexpr std::uint32_t every_operation = 0x7F;

const Algorithm& algorithm_named(std::string_view id)
{
    const Algorithm* const algorithm = find_algorithm(id);
    require(algorithm != nullptr, Fault::no_such_algorithm);
    return *algorithm;
}

template <class Unit>
NTSTATUS open_provider(BCRYPT_ALG_HANDLE* phAlgorithm, const Unit* pszAlgId,
                       const Unit* pszImplementation, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptOpenAlgorithmProvider,
        [&] {
            require_passive_level();
            require(phAlgorithm != nullptr, Fault::invalid_parameter);
            const Algorithm& algorithm = algorithm_named(Name(pszAlgId));
            require(!pszImplementation || Name(pszImplementation) == primitive_provider,
                    Fault::no_such_algorithm); // N-25
            const auto traits = AlgorithmObject::traits_of(algorithm, dwFlags);
            hand_out(std::make_shared<AlgorithmObject>(algorithm, traits), phAlgorithm);
        },
        phAlgorithm, pszAlgId, pszImplementation, dwFlags);
}

struct Listed {
    const Algorithm* algorithm;
    Interface interface;
};

/// By interface, then as in the table (N-31); an algorithm of two interfaces twice (N-29).
std::vector<Listed> algorithms_for(std::uint32_t operations)
{
    std::vector<Listed> listed;
    for (std::uint32_t number = 1; number <= 7; ++number) {
        const auto interface = static_cast<Interface>(number);
        if ((operations & 1U << (number - 1)) == 0)
            continue;
        for (const Algorithm& algorithm : algorithms())
            if (algorithm.is_available() &&
                (algorithm.interface == interface || algorithm.second_interface == interface))
                listed.push_back({&algorithm, interface});
    }
    return listed;
}

/// One block: the identifiers, then their names (N-28).
template <class Unit>
BCRYPT_ALGORITHM_IDENTIFIER* make_list(const std::vector<Listed>& listed)
{
    std::size_t size = listed.size() * sizeof(BCRYPT_ALGORITHM_IDENTIFIER);
    std::uint8_t* name = nullptr;
    for (const Listed& row : listed)
        size += text_size<Unit>(row.algorithm->id);
    std::uint8_t* const block = allocate_buffer(size);
    name = block + listed.size() * sizeof(BCRYPT_ALGORITHM_IDENTIFIER);
    auto* identifier = reinterpret_cast<BCRYPT_ALGORITHM_IDENTIFIER*>(block);
    for (const Listed& row : listed) {
        identifier->pszName = reinterpret_cast<LPWSTR>(name);
        identifier->dwClass = static_cast<ULONG>(row.interface);
        ++identifier;
        name = put_text<Unit>(name, row.algorithm->id);
    }
    return reinterpret_cast<BCRYPT_ALGORITHM_IDENTIFIER*>(block);
}

template <class Unit>
NTSTATUS enum_algorithms(ULONG dwAlgOperations, ULONG* pAlgCount,
                         BCRYPT_ALGORITHM_IDENTIFIER** ppAlgList, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptEnumAlgorithms,
        [&] {
            require_passive_level();
            require(pAlgCount && ppAlgList && dwFlags == 0, Fault::invalid_parameter);
            require((dwAlgOperations & ~every_operation) == 0, Fault::invalid_parameter); // N-30
            // observed.md part 2 A: 0 asks for all classes
            const auto listed = algorithms_for(dwAlgOperations ? dwAlgOperations : every_operation);
            *ppAlgList = make_list<Unit>(listed);
            *pAlgCount = static_cast<ULONG>(listed.size());
        },
        dwAlgOperations, pAlgCount, ppAlgList, dwFlags);
}

template <class Unit>
NTSTATUS enum_providers(const Unit* pszAlgId, ULONG* pImplCount, BCRYPT_PROVIDER_NAME** ppImplList,
                        ULONG dwFlags)
{
    return nt_call(
        Api::BCryptEnumProviders,
        [&] {
            require_passive_level();
            require(pImplCount && ppImplList && dwFlags == 0, Fault::invalid_parameter);
            algorithm_named(Name(pszAlgId)); // N-32
            std::uint8_t* const block =
                allocate_buffer(sizeof(BCRYPT_PROVIDER_NAME) + text_size<Unit>(primitive_provider));
            put_text<Unit>(block + sizeof(BCRYPT_PROVIDER_NAME), primitive_provider);
            *ppImplList = reinterpret_cast<BCRYPT_PROVIDER_NAME*>(block);
            (*ppImplList)->pszProviderName =
                reinterpret_cast<LPWSTR>(block + sizeof(BCRYPT_PROVIDER_NAME));
            *pImplCount = 1;
        },
        pszAlgId, pImplCount, ppImplList, dwFlags);
}

} // namespace
} // namespace capishim::cng

using namespace capishim;
using namespace capishim::cng;

NTSTATUS WINAPI BCryptOpenAlgorithmProvider(BCRYPT_ALG_HANDLE* phAlgorithm,
                                            const char16_t* pszAlgId,
                                            const char16_t* pszImplementation, ULONG dwFlags)
{
    return open_provider(phAlgorithm, pszAlgId, pszImplementation, dwFlags);
}

NTSTATUS WINAPI BCryptOpenAlgorithmProvider_w32(BCRYPT_ALG_HANDLE* phAlgorithm,
                                                const char32_t* pszAlgId,
                                                const char32_t* pszImplementation, ULONG dwFlags)
{
    return open_provider(phAlgorithm, pszAlgId, pszImplementation, dwFlags);
}

NTSTATUS WINAPI BCryptCloseAlgorithmProvider(BCRYPT_ALG_HANDLE hAlgorithm, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptCloseAlgorithmProvider,
        [&] {
            // a pseudo-handle is no handle here; a bad handle is told before the level (cng.md 0.9)
            const auto algorithm = handle::handles().pin<AlgorithmObject>(handle_of(hAlgorithm));
            require_passive_level();
            require(dwFlags == 0, Fault::bad_flags); // N-27
            handle::handles().retire_when_idle<AlgorithmObject>(handle_of(hAlgorithm));
        },
        hAlgorithm, dwFlags);
}

NTSTATUS WINAPI BCryptEnumAlgorithms(ULONG dwAlgOperations, ULONG* pAlgCount,
                                     BCRYPT_ALGORITHM_IDENTIFIER** ppAlgList, ULONG dwFlags)
{
    return enum_algorithms<char16_t>(dwAlgOperations, pAlgCount, ppAlgList, dwFlags);
}

NTSTATUS WINAPI BCryptEnumAlgorithms_w32(ULONG dwAlgOperations, ULONG* pAlgCount,
                                         BCRYPT_ALGORITHM_IDENTIFIER** ppAlgList, ULONG dwFlags)
{
    return enum_algorithms<char32_t>(dwAlgOperations, pAlgCount, ppAlgList, dwFlags);
}

NTSTATUS WINAPI BCryptEnumProviders(const char16_t* pszAlgId, ULONG* pImplCount,
                                    BCRYPT_PROVIDER_NAME** ppImplList, ULONG dwFlags)
{
    return enum_providers(pszAlgId, pImplCount, ppImplList, dwFlags);
}

NTSTATUS WINAPI BCryptEnumProviders_w32(const char32_t* pszAlgId, ULONG* pImplCount,
                                        BCRYPT_PROVIDER_NAME** ppImplList, ULONG dwFlags)
{
    return enum_providers(pszAlgId, pImplCount, ppImplList, dwFlags);
}

VOID WINAPI BCryptFreeBuffer(PVOID pvBuffer)
{
    void_call(
        Api::BCryptFreeBuffer, [&] { std::free(pvBuffer); }, pvBuffer);
}

NTSTATUS WINAPI BCryptGetFipsAlgorithmMode(BOOLEAN* pfEnabled)
{
    return nt_call(
        Api::BCryptGetFipsAlgorithmMode,
        [&] {
            require_passive_level();
            require(pfEnabled != nullptr, Fault::invalid_parameter);
            *pfEnabled = fips_mode();
        },
        pfEnabled);
}
