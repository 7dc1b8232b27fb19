// SPDX-License-Identifier: BSD-2-Clause
// BCrypt* on keys and key pairs: cng.md 1.9 to 1.22.
#include "abi/call.h"
#include "abi/exports.h"
#include "cng/exports/algorithm_ref.h"
#include "cng/exports/padding.h"
#include "cng/key_wrap.h"

namespace capishim::cng {
namespace {

/// The one type of blob that needs a key-encryption key.
constexpr std::string_view wrapped_key = "Rfc3565KeyWrapBlob";

template <class Unit>
NTSTATUS import_key(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                    const Unit* pszBlobType, BCRYPT_KEY_HANDLE* phKey, PUCHAR pbKeyObject,
                    ULONG cbKeyObject, PUCHAR pbInput, ULONG cbInput, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptImportKey,
        [&] {
            const AlgorithmRef algorithm(hAlgorithm);
            const Name type(pszBlobType);
            require(phKey && pbInput, Fault::invalid_parameter);
            require(dwFlags == 0, Fault::bad_flags);
            require(algorithm->algorithm().has_symmetric_keys(), Fault::not_supported);
            const bool wrapped = type == wrapped_key;
            require(!hImportKey || wrapped, Fault::invalid_parameter); // N-44
            const ObjectMemory memory(pbKeyObject, cbKeyObject, algorithm->object_length());
            const ByteView blob = view(pbInput, cbInput);
            const Origin origin = algorithm.origin();
            hand_out(wrapped ? import_wrapped_key(*algorithm, *pin<KeyObject>(hImportKey), blob,
                                                  origin, memory)
                             : import_symmetric_key(*algorithm, type, blob, origin, memory),
                     phKey);
        },
        hAlgorithm, hImportKey, pszBlobType, phKey, pbKeyObject, cbKeyObject, pbInput, cbInput,
        dwFlags);
}

template <class Unit>
NTSTATUS export_key(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey, const Unit* pszBlobType,
                    PUCHAR pbOutput, ULONG cbOutput, ULONG* pcbResult, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptExportKey,
        [&] {
            const auto key = pin<KeyObject>(hKey);
            const Name type(pszBlobType);
            OutBuffer out(pbOutput, cbOutput, pcbResult);
            require(dwFlags == 0, Fault::bad_flags);
            const bool wrapped = type == wrapped_key;
            require(!hExportKey || wrapped, Fault::invalid_parameter);
            out.write(wrapped ? export_wrapped_key(*key, *pin<KeyObject>(hExportKey))
                              : key->export_blob(type));
        },
        hKey, hExportKey, pszBlobType, pbOutput, cbOutput, pcbResult, dwFlags);
}

using CipherOperation = void (KeyObject::*)(const CipherCall&, OutBuffer&);

template <class Unit>
NTSTATUS run_cipher(Api api, CipherOperation operation, BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput,
                    ULONG cbInput, VOID* pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                    ULONG cbOutput, ULONG* pcbResult, ULONG dwFlags)
{
    return nt_call(
        api,
        [&] {
            const auto key = pin<KeyObject>(hKey);
            OutBuffer out(pbOutput, cbOutput, pcbResult);
            const AuthStructure auth(pPaddingInfo);
            CipherCall call{view(pbInput, cbInput),
                            {pbIV, pbIV ? cbIV : 0}, // observed.md part 2 B
                            cipher_padding<Unit>(*key, pPaddingInfo, dwFlags),
                            dwFlags};
            call.padding.auth = pPaddingInfo ? &auth : nullptr;
            ((*key).*operation)(call, out);
        },
        hKey, pbInput, cbInput, pPaddingInfo, pbIV, cbIV, pbOutput, cbOutput, pcbResult, dwFlags);
}

template <class Unit>
NTSTATUS import_pair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                     const Unit* pszBlobType, BCRYPT_KEY_HANDLE* phKey, PUCHAR pbInput,
                     ULONG cbInput, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptImportKeyPair,
        [&] {
            const AlgorithmRef algorithm(hAlgorithm);
            const Name type(pszBlobType);
            require(phKey && pbInput && !hImportKey, Fault::invalid_parameter); // N-58
            require((dwFlags & ~ULONG{BCRYPT_NO_KEY_VALIDATION}) == 0, Fault::bad_flags);
            const PairBlob blob{type, view(pbInput, cbInput), dwFlags == 0};
            hand_out(import_key_pair(*algorithm, blob, algorithm.origin()), phKey);
        },
        hAlgorithm, hImportKey, pszBlobType, phKey, pbInput, cbInput, dwFlags);
}

template <class Unit>
NTSTATUS sign_hash(BCRYPT_KEY_HANDLE hKey, VOID* pPaddingInfo, PUCHAR pbInput, ULONG cbInput,
                   PUCHAR pbOutput, ULONG cbOutput, ULONG* pcbResult, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptSignHash,
        [&] {
            const auto key = pin<KeyObject>(hKey);
            OutBuffer out(pbOutput, cbOutput, pcbResult);
            require(pbInput || cbInput == 0 || !pbOutput, Fault::invalid_parameter);
            key->sign(view(pbInput, cbInput), signature_padding<Unit>(*key, pPaddingInfo, dwFlags),
                      dwFlags, out);
        },
        hKey, pPaddingInfo, pbInput, cbInput, pbOutput, cbOutput, pcbResult, dwFlags);
}

template <class Unit>
NTSTATUS verify_signature(BCRYPT_KEY_HANDLE hKey, VOID* pPaddingInfo, PUCHAR pbHash, ULONG cbHash,
                          PUCHAR pbSignature, ULONG cbSignature, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptVerifySignature,
        [&] {
            const auto key = pin<KeyObject>(hKey);
            require((pbHash || cbHash == 0) && (pbSignature || cbSignature == 0),
                    Fault::invalid_parameter);
            key->verify(view(pbHash, cbHash), view(pbSignature, cbSignature),
                        signature_padding<Unit>(*key, pPaddingInfo, dwFlags), dwFlags);
        },
        hKey, pPaddingInfo, pbHash, cbHash, pbSignature, cbSignature, dwFlags);
}

} // namespace
} // namespace capishim::cng

using namespace capishim;
using namespace capishim::cng;

NTSTATUS WINAPI BCryptGenerateSymmetricKey(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE* phKey,
                                           PUCHAR pbKeyObject, ULONG cbKeyObject, PUCHAR pbSecret,
                                           ULONG cbSecret, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptGenerateSymmetricKey,
        [&] {
            const AlgorithmRef algorithm(hAlgorithm);
            require(phKey && (pbSecret || cbSecret == 0), Fault::invalid_parameter);
            require(dwFlags == 0, Fault::bad_flags);                                    // N-38
            require(algorithm->algorithm().has_symmetric_keys(), Fault::not_supported); // N-39
            const ObjectMemory memory(pbKeyObject, cbKeyObject, algorithm->object_length());
            hand_out(make_symmetric_key(*algorithm, view(pbSecret, cbSecret), algorithm.origin(),
                                        memory),
                     phKey);
        },
        hAlgorithm, phKey, pbKeyObject, cbKeyObject, pbSecret, cbSecret, dwFlags);
}

NTSTATUS WINAPI BCryptImportKey(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                                const char16_t* pszBlobType, BCRYPT_KEY_HANDLE* phKey,
                                PUCHAR pbKeyObject, ULONG cbKeyObject, PUCHAR pbInput,
                                ULONG cbInput, ULONG dwFlags)
{
    return import_key(hAlgorithm, hImportKey, pszBlobType, phKey, pbKeyObject, cbKeyObject, pbInput,
                      cbInput, dwFlags);
}

NTSTATUS WINAPI BCryptImportKey_w32(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                                    const char32_t* pszBlobType, BCRYPT_KEY_HANDLE* phKey,
                                    PUCHAR pbKeyObject, ULONG cbKeyObject, PUCHAR pbInput,
                                    ULONG cbInput, ULONG dwFlags)
{
    return import_key(hAlgorithm, hImportKey, pszBlobType, phKey, pbKeyObject, cbKeyObject, pbInput,
                      cbInput, dwFlags);
}

NTSTATUS WINAPI BCryptExportKey(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey,
                                const char16_t* pszBlobType, PUCHAR pbOutput, ULONG cbOutput,
                                ULONG* pcbResult, ULONG dwFlags)
{
    return export_key(hKey, hExportKey, pszBlobType, pbOutput, cbOutput, pcbResult, dwFlags);
}

NTSTATUS WINAPI BCryptExportKey_w32(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey,
                                    const char32_t* pszBlobType, PUCHAR pbOutput, ULONG cbOutput,
                                    ULONG* pcbResult, ULONG dwFlags)
{
    return export_key(hKey, hExportKey, pszBlobType, pbOutput, cbOutput, pcbResult, dwFlags);
}

NTSTATUS WINAPI BCryptDuplicateKey(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE* phNewKey,
                                   PUCHAR pbKeyObject, ULONG cbKeyObject, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptDuplicateKey,
        [&] {
            const auto key = pin<KeyObject>(hKey);
            require(key->algorithm().has_symmetric_keys(),
                    Fault::stale_handle); // documented so (cng.md 1.13)
            require(phNewKey != nullptr, Fault::invalid_parameter);
            require(dwFlags == 0, Fault::bad_flags);
            const ObjectMemory memory(pbKeyObject, cbKeyObject, key->algorithm().object_length);
            hand_out(key->duplicate(memory), phNewKey);
        },
        hKey, phNewKey, pbKeyObject, cbKeyObject, dwFlags);
}

NTSTATUS WINAPI BCryptDestroyKey(BCRYPT_KEY_HANDLE hKey)
{
    return nt_call(
        Api::BCryptDestroyKey, [&] { destroy<KeyObject>(hKey); }, hKey);
}

// The structure that pPaddingInfo points to holds wide text, hence two of each.

NTSTATUS WINAPI BCryptEncrypt(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                              VOID* pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                              ULONG cbOutput, ULONG* pcbResult, ULONG dwFlags)
{
    return run_cipher<char16_t>(Api::BCryptEncrypt, &KeyObject::encrypt, hKey, pbInput, cbInput,
                                pPaddingInfo, pbIV, cbIV, pbOutput, cbOutput, pcbResult, dwFlags);
}

NTSTATUS WINAPI BCryptEncrypt_w32(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                                  VOID* pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                                  ULONG cbOutput, ULONG* pcbResult, ULONG dwFlags)
{
    return run_cipher<char32_t>(Api::BCryptEncrypt, &KeyObject::encrypt, hKey, pbInput, cbInput,
                                pPaddingInfo, pbIV, cbIV, pbOutput, cbOutput, pcbResult, dwFlags);
}

NTSTATUS WINAPI BCryptDecrypt(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                              VOID* pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                              ULONG cbOutput, ULONG* pcbResult, ULONG dwFlags)
{
    return run_cipher<char16_t>(Api::BCryptDecrypt, &KeyObject::decrypt, hKey, pbInput, cbInput,
                                pPaddingInfo, pbIV, cbIV, pbOutput, cbOutput, pcbResult, dwFlags);
}

NTSTATUS WINAPI BCryptDecrypt_w32(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                                  VOID* pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                                  ULONG cbOutput, ULONG* pcbResult, ULONG dwFlags)
{
    return run_cipher<char32_t>(Api::BCryptDecrypt, &KeyObject::decrypt, hKey, pbInput, cbInput,
                                pPaddingInfo, pbIV, cbIV, pbOutput, cbOutput, pcbResult, dwFlags);
}

NTSTATUS WINAPI BCryptGenerateKeyPair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE* phKey,
                                      ULONG dwLength, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptGenerateKeyPair,
        [&] {
            const AlgorithmRef algorithm(hAlgorithm);
            require(phKey != nullptr, Fault::invalid_parameter);
            require((dwFlags & ~ULONG{BCRYPT_NO_KEY_VALIDATION}) == 0, Fault::bad_flags); // N-55
            hand_out(begin_key_pair(*algorithm, dwLength, algorithm.origin()), phKey);
        },
        hAlgorithm, phKey, dwLength, dwFlags);
}

NTSTATUS WINAPI BCryptFinalizeKeyPair(BCRYPT_KEY_HANDLE hKey, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptFinalizeKeyPair,
        [&] {
            const auto key = pin<KeyObject>(hKey);
            require(dwFlags == 0, Fault::bad_flags);
            key->finalize();
        },
        hKey, dwFlags);
}

NTSTATUS WINAPI BCryptImportKeyPair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                                    const char16_t* pszBlobType, BCRYPT_KEY_HANDLE* phKey,
                                    PUCHAR pbInput, ULONG cbInput, ULONG dwFlags)
{
    return import_pair(hAlgorithm, hImportKey, pszBlobType, phKey, pbInput, cbInput, dwFlags);
}

NTSTATUS WINAPI BCryptImportKeyPair_w32(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                                        const char32_t* pszBlobType, BCRYPT_KEY_HANDLE* phKey,
                                        PUCHAR pbInput, ULONG cbInput, ULONG dwFlags)
{
    return import_pair(hAlgorithm, hImportKey, pszBlobType, phKey, pbInput, cbInput, dwFlags);
}

NTSTATUS WINAPI BCryptSignHash(BCRYPT_KEY_HANDLE hKey, VOID* pPaddingInfo, PUCHAR pbInput,
                               ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput, ULONG* pcbResult,
                               ULONG dwFlags)
{
    return sign_hash<char16_t>(hKey, pPaddingInfo, pbInput, cbInput, pbOutput, cbOutput, pcbResult,
                               dwFlags);
}

NTSTATUS WINAPI BCryptSignHash_w32(BCRYPT_KEY_HANDLE hKey, VOID* pPaddingInfo, PUCHAR pbInput,
                                   ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput, ULONG* pcbResult,
                                   ULONG dwFlags)
{
    return sign_hash<char32_t>(hKey, pPaddingInfo, pbInput, cbInput, pbOutput, cbOutput, pcbResult,
                               dwFlags);
}

NTSTATUS WINAPI BCryptVerifySignature(BCRYPT_KEY_HANDLE hKey, VOID* pPaddingInfo, PUCHAR pbHash,
                                      ULONG cbHash, PUCHAR pbSignature, ULONG cbSignature,
                                      ULONG dwFlags)
{
    return verify_signature<char16_t>(hKey, pPaddingInfo, pbHash, cbHash, pbSignature, cbSignature,
                                      dwFlags);
}

NTSTATUS WINAPI BCryptVerifySignature_w32(BCRYPT_KEY_HANDLE hKey, VOID* pPaddingInfo, PUCHAR pbHash,
                                          ULONG cbHash, PUCHAR pbSignature, ULONG cbSignature,
                                          ULONG dwFlags)
{
    return verify_signature<char32_t>(hKey, pPaddingInfo, pbHash, cbHash, pbSignature, cbSignature,
                                      dwFlags);
}
