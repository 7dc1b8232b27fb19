// SPDX-License-Identifier: BSD-2-Clause
// The functions that change the configuration: they check what they are given and then refuse, as
// they do to a process without privilege (cng.md 1.41, N-10); and the entries of the router, which
// is not here.
#include "abi/call.h"
#include "abi/exports.h"
#include "cng/configuration.h"
#include "cng/level.h"

namespace capishim::cng {
namespace {

/// @param pointers   all that must not be null
template <class... Pointers>
void refuse_write(std::uint32_t table, const Pointers*... pointers)
{
    require_passive_level();
    require(table == CRYPT_LOCAL || table == CRYPT_DOMAIN, Fault::invalid_parameter);
    require((pointers && ...), Fault::invalid_parameter);
    throw Error(Fault::access_denied);
}

template <class... Pointers>
void refuse_as(Fault fault, const Pointers*... pointers)
{
    require_passive_level();
    require((pointers && ...), Fault::invalid_parameter);
    throw Error(fault);
}

template <class Unit>
NTSTATUS create_context(ULONG dwTable, const Unit* pszContext, PCRYPT_CONTEXT_CONFIG pConfig)
{
    return nt_call(
        Api::BCryptCreateContext, [&] { refuse_write(dwTable, pszContext); }, dwTable, pszContext,
        pConfig);
}

template <class Unit>
NTSTATUS delete_context(ULONG dwTable, const Unit* pszContext)
{
    return nt_call(
        Api::BCryptDeleteContext, [&] { refuse_write(dwTable, pszContext); }, dwTable, pszContext);
}

template <class Unit>
NTSTATUS configure_context(ULONG dwTable, const Unit* pszContext, PCRYPT_CONTEXT_CONFIG pConfig)
{
    return nt_call(
        Api::BCryptConfigureContext, [&] { refuse_write(dwTable, pszContext, pConfig); }, dwTable,
        pszContext, pConfig);
}

template <class Unit>
NTSTATUS add_context_function(ULONG dwTable, const Unit* pszContext, ULONG dwInterface,
                              const Unit* pszFunction, ULONG dwPosition)
{
    return nt_call(
        Api::BCryptAddContextFunction, [&] { refuse_write(dwTable, pszContext, pszFunction); },
        dwTable, pszContext, dwInterface, pszFunction, dwPosition);
}

template <class Unit>
NTSTATUS remove_context_function(ULONG dwTable, const Unit* pszContext, ULONG dwInterface,
                                 const Unit* pszFunction)
{
    return nt_call(
        Api::BCryptRemoveContextFunction, [&] { refuse_write(dwTable, pszContext, pszFunction); },
        dwTable, pszContext, dwInterface, pszFunction);
}

template <class Unit>
NTSTATUS configure_context_function(ULONG dwTable, const Unit* pszContext, ULONG dwInterface,
                                    const Unit* pszFunction, PCRYPT_CONTEXT_FUNCTION_CONFIG pConfig)
{
    return nt_call(
        Api::BCryptConfigureContextFunction,
        [&] { refuse_write(dwTable, pszContext, pszFunction, pConfig); }, dwTable, pszContext,
        dwInterface, pszFunction, pConfig);
}

template <class Unit>
NTSTATUS set_context_function_property(ULONG dwTable, const Unit* pszContext, ULONG dwInterface,
                                       const Unit* pszFunction, const Unit* pszProperty,
                                       ULONG cbValue, PUCHAR pbValue)
{
    return nt_call(
        Api::BCryptSetContextFunctionProperty,
        [&] {
            require(pbValue || cbValue == 0, Fault::invalid_parameter); // null and 0 delete
            refuse_write(dwTable, pszContext, pszFunction, pszProperty);
        },
        dwTable, pszContext, dwInterface, pszFunction, pszProperty, cbValue, pbValue);
}

template <class Unit>
NTSTATUS add_context_function_provider(ULONG dwTable, const Unit* pszContext, ULONG dwInterface,
                                       const Unit* pszFunction, const Unit* pszProvider,
                                       ULONG dwPosition)
{
    return nt_call(
        Api::BCryptAddContextFunctionProvider,
        [&] { refuse_write(dwTable, pszContext, pszFunction, pszProvider); }, dwTable, pszContext,
        dwInterface, pszFunction, pszProvider, dwPosition);
}

template <class Unit>
NTSTATUS remove_context_function_provider(ULONG dwTable, const Unit* pszContext, ULONG dwInterface,
                                          const Unit* pszFunction, const Unit* pszProvider)
{
    return nt_call(
        Api::BCryptRemoveContextFunctionProvider,
        [&] { refuse_write(dwTable, pszContext, pszFunction, pszProvider); }, dwTable, pszContext,
        dwInterface, pszFunction, pszProvider);
}

template <class Unit>
NTSTATUS register_provider(const Unit* pszProvider, ULONG dwFlags, PCRYPT_PROVIDER_REG pReg)
{
    return nt_call(
        Api::BCryptRegisterProvider,
        [&] { refuse_as(Fault::call_not_implemented, pszProvider, pReg); }, pszProvider, dwFlags,
        pReg);
}

template <class Unit>
NTSTATUS unregister_provider(const Unit* pszProvider)
{
    return nt_call(
        Api::BCryptUnregisterProvider, [&] { refuse_as(Fault::call_not_implemented, pszProvider); },
        pszProvider);
}

template <class Unit>
NTSTATUS get_asymmetric_encryption_interface(const Unit* pszProviderName, const Unit* pszAlgId,
                                             PVOID* ppFunctionTable, ULONG dwFlags)
{
    return nt_call(
        Api::GetAsymmetricEncryptionInterface,
        [&] { refuse_as(Fault::not_supported, ppFunctionTable); }, pszProviderName, pszAlgId,
        ppFunctionTable, dwFlags);
}

template <class Unit>
NTSTATUS get_cipher_interface(const Unit* pszProviderName, const Unit* pszAlgId,
                              PVOID* ppFunctionTable, ULONG dwFlags)
{
    return nt_call(
        Api::GetCipherInterface, [&] { refuse_as(Fault::not_supported, ppFunctionTable); },
        pszProviderName, pszAlgId, ppFunctionTable, dwFlags);
}

template <class Unit>
NTSTATUS get_hash_interface(const Unit* pszProviderName, const Unit* pszAlgId,
                            PVOID* ppFunctionTable, ULONG dwFlags)
{
    return nt_call(
        Api::GetHashInterface, [&] { refuse_as(Fault::not_supported, ppFunctionTable); },
        pszProviderName, pszAlgId, ppFunctionTable, dwFlags);
}

template <class Unit>
NTSTATUS get_rng_interface(const Unit* pszProviderName, PVOID* ppFunctionTable, ULONG dwFlags)
{
    return nt_call(
        Api::GetRngInterface, [&] { refuse_as(Fault::not_supported, ppFunctionTable); },
        pszProviderName, ppFunctionTable, dwFlags);
}

template <class Unit>
NTSTATUS get_secret_agreement_interface(const Unit* pszProviderName, const Unit* pszAlgId,
                                        PVOID* ppFunctionTable, ULONG dwFlags)
{
    return nt_call(
        Api::GetSecretAgreementInterface, [&] { refuse_as(Fault::not_supported, ppFunctionTable); },
        pszProviderName, pszAlgId, ppFunctionTable, dwFlags);
}

template <class Unit>
NTSTATUS get_signature_interface(const Unit* pszProviderName, const Unit* pszAlgId,
                                 PVOID* ppFunctionTable, ULONG dwFlags)
{
    return nt_call(
        Api::GetSignatureInterface, [&] { refuse_as(Fault::not_supported, ppFunctionTable); },
        pszProviderName, pszAlgId, ppFunctionTable, dwFlags);
}

} // namespace
} // namespace capishim::cng

using namespace capishim;
using namespace capishim::cng;

NTSTATUS WINAPI BCryptCreateContext(ULONG dwTable, const char16_t* pszContext,
                                    PCRYPT_CONTEXT_CONFIG pConfig)
{
    return create_context(dwTable, pszContext, pConfig);
}

NTSTATUS WINAPI BCryptCreateContext_w32(ULONG dwTable, const char32_t* pszContext,
                                        PCRYPT_CONTEXT_CONFIG pConfig)
{
    return create_context(dwTable, pszContext, pConfig);
}

NTSTATUS WINAPI BCryptDeleteContext(ULONG dwTable, const char16_t* pszContext)
{
    return delete_context(dwTable, pszContext);
}

NTSTATUS WINAPI BCryptDeleteContext_w32(ULONG dwTable, const char32_t* pszContext)
{
    return delete_context(dwTable, pszContext);
}

NTSTATUS WINAPI BCryptConfigureContext(ULONG dwTable, const char16_t* pszContext,
                                       PCRYPT_CONTEXT_CONFIG pConfig)
{
    return configure_context(dwTable, pszContext, pConfig);
}

NTSTATUS WINAPI BCryptConfigureContext_w32(ULONG dwTable, const char32_t* pszContext,
                                           PCRYPT_CONTEXT_CONFIG pConfig)
{
    return configure_context(dwTable, pszContext, pConfig);
}

NTSTATUS WINAPI BCryptAddContextFunction(ULONG dwTable, const char16_t* pszContext,
                                         ULONG dwInterface, const char16_t* pszFunction,
                                         ULONG dwPosition)
{
    return add_context_function(dwTable, pszContext, dwInterface, pszFunction, dwPosition);
}

NTSTATUS WINAPI BCryptAddContextFunction_w32(ULONG dwTable, const char32_t* pszContext,
                                             ULONG dwInterface, const char32_t* pszFunction,
                                             ULONG dwPosition)
{
    return add_context_function(dwTable, pszContext, dwInterface, pszFunction, dwPosition);
}

NTSTATUS WINAPI BCryptRemoveContextFunction(ULONG dwTable, const char16_t* pszContext,
                                            ULONG dwInterface, const char16_t* pszFunction)
{
    return remove_context_function(dwTable, pszContext, dwInterface, pszFunction);
}

NTSTATUS WINAPI BCryptRemoveContextFunction_w32(ULONG dwTable, const char32_t* pszContext,
                                                ULONG dwInterface, const char32_t* pszFunction)
{
    return remove_context_function(dwTable, pszContext, dwInterface, pszFunction);
}

NTSTATUS WINAPI BCryptConfigureContextFunction(ULONG dwTable, const char16_t* pszContext,
                                               ULONG dwInterface, const char16_t* pszFunction,
                                               PCRYPT_CONTEXT_FUNCTION_CONFIG pConfig)
{
    return configure_context_function(dwTable, pszContext, dwInterface, pszFunction, pConfig);
}

NTSTATUS WINAPI BCryptConfigureContextFunction_w32(ULONG dwTable, const char32_t* pszContext,
                                                   ULONG dwInterface, const char32_t* pszFunction,
                                                   PCRYPT_CONTEXT_FUNCTION_CONFIG pConfig)
{
    return configure_context_function(dwTable, pszContext, dwInterface, pszFunction, pConfig);
}

NTSTATUS WINAPI BCryptSetContextFunctionProperty(ULONG dwTable, const char16_t* pszContext,
                                                 ULONG dwInterface, const char16_t* pszFunction,
                                                 const char16_t* pszProperty, ULONG cbValue,
                                                 PUCHAR pbValue)
{
    return set_context_function_property(dwTable, pszContext, dwInterface, pszFunction, pszProperty,
                                         cbValue, pbValue);
}

NTSTATUS WINAPI BCryptSetContextFunctionProperty_w32(ULONG dwTable, const char32_t* pszContext,
                                                     ULONG dwInterface, const char32_t* pszFunction,
                                                     const char32_t* pszProperty, ULONG cbValue,
                                                     PUCHAR pbValue)
{
    return set_context_function_property(dwTable, pszContext, dwInterface, pszFunction, pszProperty,
                                         cbValue, pbValue);
}

NTSTATUS WINAPI BCryptAddContextFunctionProvider(ULONG dwTable, const char16_t* pszContext,
                                                 ULONG dwInterface, const char16_t* pszFunction,
                                                 const char16_t* pszProvider, ULONG dwPosition)
{
    return add_context_function_provider(dwTable, pszContext, dwInterface, pszFunction, pszProvider,
                                         dwPosition);
}

NTSTATUS WINAPI BCryptAddContextFunctionProvider_w32(ULONG dwTable, const char32_t* pszContext,
                                                     ULONG dwInterface, const char32_t* pszFunction,
                                                     const char32_t* pszProvider, ULONG dwPosition)
{
    return add_context_function_provider(dwTable, pszContext, dwInterface, pszFunction, pszProvider,
                                         dwPosition);
}

NTSTATUS WINAPI BCryptRemoveContextFunctionProvider(ULONG dwTable, const char16_t* pszContext,
                                                    ULONG dwInterface, const char16_t* pszFunction,
                                                    const char16_t* pszProvider)
{
    return remove_context_function_provider(dwTable, pszContext, dwInterface, pszFunction,
                                            pszProvider);
}

NTSTATUS WINAPI BCryptRemoveContextFunctionProvider_w32(ULONG dwTable, const char32_t* pszContext,
                                                        ULONG dwInterface,
                                                        const char32_t* pszFunction,
                                                        const char32_t* pszProvider)
{
    return remove_context_function_provider(dwTable, pszContext, dwInterface, pszFunction,
                                            pszProvider);
}

NTSTATUS WINAPI BCryptRegisterProvider(const char16_t* pszProvider, ULONG dwFlags,
                                       PCRYPT_PROVIDER_REG pReg)
{
    return register_provider(pszProvider, dwFlags, pReg);
}

NTSTATUS WINAPI BCryptRegisterProvider_w32(const char32_t* pszProvider, ULONG dwFlags,
                                           PCRYPT_PROVIDER_REG pReg)
{
    return register_provider(pszProvider, dwFlags, pReg);
}

NTSTATUS WINAPI BCryptUnregisterProvider(const char16_t* pszProvider)
{
    return unregister_provider(pszProvider);
}

NTSTATUS WINAPI BCryptUnregisterProvider_w32(const char32_t* pszProvider)
{
    return unregister_provider(pszProvider);
}

NTSTATUS WINAPI BCryptRegisterConfigChangeNotify(HANDLE* phEvent)
{
    return nt_call(
        Api::BCryptRegisterConfigChangeNotify,
        [&] { refuse_as(Fault::call_not_implemented, phEvent); }, phEvent);
}

NTSTATUS WINAPI BCryptUnregisterConfigChangeNotify(HANDLE hEvent)
{
    return nt_call(
        Api::BCryptUnregisterConfigChangeNotify,
        [&] { refuse_as(Fault::call_not_implemented, hEvent); }, hEvent);
}

NTSTATUS WINAPI BCryptSetAuditingInterface(PVOID pAuditingInterface)
{
    return nt_call(
        Api::BCryptSetAuditingInterface,
        [&] { refuse_as(Fault::call_not_implemented, pAuditingInterface); }, pAuditingInterface);
}

NTSTATUS WINAPI GetAsymmetricEncryptionInterface(const char16_t* pszProviderName,
                                                 const char16_t* pszAlgId, PVOID* ppFunctionTable,
                                                 ULONG dwFlags)
{
    return get_asymmetric_encryption_interface(pszProviderName, pszAlgId, ppFunctionTable, dwFlags);
}

NTSTATUS WINAPI GetAsymmetricEncryptionInterface_w32(const char32_t* pszProviderName,
                                                     const char32_t* pszAlgId,
                                                     PVOID* ppFunctionTable, ULONG dwFlags)
{
    return get_asymmetric_encryption_interface(pszProviderName, pszAlgId, ppFunctionTable, dwFlags);
}

NTSTATUS WINAPI GetCipherInterface(const char16_t* pszProviderName, const char16_t* pszAlgId,
                                   PVOID* ppFunctionTable, ULONG dwFlags)
{
    return get_cipher_interface(pszProviderName, pszAlgId, ppFunctionTable, dwFlags);
}

NTSTATUS WINAPI GetCipherInterface_w32(const char32_t* pszProviderName, const char32_t* pszAlgId,
                                       PVOID* ppFunctionTable, ULONG dwFlags)
{
    return get_cipher_interface(pszProviderName, pszAlgId, ppFunctionTable, dwFlags);
}

NTSTATUS WINAPI GetHashInterface(const char16_t* pszProviderName, const char16_t* pszAlgId,
                                 PVOID* ppFunctionTable, ULONG dwFlags)
{
    return get_hash_interface(pszProviderName, pszAlgId, ppFunctionTable, dwFlags);
}

NTSTATUS WINAPI GetHashInterface_w32(const char32_t* pszProviderName, const char32_t* pszAlgId,
                                     PVOID* ppFunctionTable, ULONG dwFlags)
{
    return get_hash_interface(pszProviderName, pszAlgId, ppFunctionTable, dwFlags);
}

NTSTATUS WINAPI GetRngInterface(const char16_t* pszProviderName, PVOID* ppFunctionTable,
                                ULONG dwFlags)
{
    return get_rng_interface(pszProviderName, ppFunctionTable, dwFlags);
}

NTSTATUS WINAPI GetRngInterface_w32(const char32_t* pszProviderName, PVOID* ppFunctionTable,
                                    ULONG dwFlags)
{
    return get_rng_interface(pszProviderName, ppFunctionTable, dwFlags);
}

NTSTATUS WINAPI GetSecretAgreementInterface(const char16_t* pszProviderName,
                                            const char16_t* pszAlgId, PVOID* ppFunctionTable,
                                            ULONG dwFlags)
{
    return get_secret_agreement_interface(pszProviderName, pszAlgId, ppFunctionTable, dwFlags);
}

NTSTATUS WINAPI GetSecretAgreementInterface_w32(const char32_t* pszProviderName,
                                                const char32_t* pszAlgId, PVOID* ppFunctionTable,
                                                ULONG dwFlags)
{
    return get_secret_agreement_interface(pszProviderName, pszAlgId, ppFunctionTable, dwFlags);
}

NTSTATUS WINAPI GetSignatureInterface(const char16_t* pszProviderName, const char16_t* pszAlgId,
                                      PVOID* ppFunctionTable, ULONG dwFlags)
{
    return get_signature_interface(pszProviderName, pszAlgId, ppFunctionTable, dwFlags);
}

NTSTATUS WINAPI GetSignatureInterface_w32(const char32_t* pszProviderName, const char32_t* pszAlgId,
                                          PVOID* ppFunctionTable, ULONG dwFlags)
{
    return get_signature_interface(pszProviderName, pszAlgId, ppFunctionTable, dwFlags);
}
