// SPDX-License-Identifier: BSD-2-Clause
// What the CNG programs share: the headers in the order that both SDKs bear, checks that end the
// program, hexadecimal output.
#pragma once

#define WIN32_NO_STATUS
#include <windows.h>
#undef WIN32_NO_STATUS
#include <ntstatus.h>
#include <bcrypt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NT_SUCCESS(Status) (((NTSTATUS)(Status)) >= 0)

static inline void Require(BOOL bHolds, const char* szWhat)
{
    if (bHolds)
        return;
    fprintf(stderr, "**** %s\n", szWhat);
    exit(1);
}

static inline void Check(NTSTATUS Status, const char* szWhat)
{
    if (NT_SUCCESS(Status))
        return;
    fprintf(stderr, "**** %s gave status 0x%08x\n", szWhat, (unsigned)Status);
    exit(1);
}

static inline void PrintBytes(const char* szName, const BYTE* pbData, DWORD cbData)
{
    DWORD i;
    printf("%-24s", szName);
    for (i = 0; i < cbData; ++i)
        printf("%02x", pbData[i]);
    printf("\n");
}

static inline BYTE HexDigit(char c)
{
    return (BYTE)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* Prints the bytes and ends the program unless they are the expected ones. */
static inline void Expect(const char* szName, const BYTE* pbData, DWORD cbData, const char* szHex)
{
    DWORD i;
    PrintBytes(szName, pbData, cbData);
    Require(strlen(szHex) == 2 * (size_t)cbData, "a result of another length");
    for (i = 0; i < cbData; ++i)
        Require(pbData[i] == (BYTE)(HexDigit(szHex[2 * i]) << 4 | HexDigit(szHex[2 * i + 1])),
                "another result than the published one");
}

static inline PBYTE Allocate(DWORD cb)
{
    PBYTE pb = (PBYTE)HeapAlloc(GetProcessHeap(), 0, cb);
    Require(pb != NULL, "HeapAlloc failed");
    return pb;
}

static inline void Free(PBYTE pb)
{
    HeapFree(GetProcessHeap(), 0, pb);
}

static inline BCRYPT_ALG_HANDLE Open(LPCWSTR pszAlgId, ULONG dwFlags)
{
    BCRYPT_ALG_HANDLE hAlg = NULL;
    Check(BCryptOpenAlgorithmProvider(&hAlg, pszAlgId, NULL, dwFlags),
          "BCryptOpenAlgorithmProvider");
    return hAlg;
}

static inline DWORD DwordProperty(BCRYPT_HANDLE hObject, LPCWSTR pszProperty)
{
    DWORD dwValue = 0, cbData = 0;
    Check(BCryptGetProperty(hObject, pszProperty, (PUCHAR)&dwValue, sizeof(dwValue), &cbData, 0),
          "BCryptGetProperty");
    Require(cbData == sizeof(dwValue), "a property of another size");
    return dwValue;
}

/* Asks for the size, allocates, exports. */
static inline PBYTE Export(BCRYPT_KEY_HANDLE hKey, LPCWSTR pszBlobType, DWORD* pcbBlob)
{
    PBYTE pbBlob;
    Check(BCryptExportKey(hKey, NULL, pszBlobType, NULL, 0, pcbBlob, 0), "BCryptExportKey, size");
    pbBlob = Allocate(*pcbBlob);
    Check(BCryptExportKey(hKey, NULL, pszBlobType, pbBlob, *pcbBlob, pcbBlob, 0),
          "BCryptExportKey");
    return pbBlob;
}

static inline BCRYPT_KEY_HANDLE Import(BCRYPT_ALG_HANDLE hAlg, LPCWSTR pszBlobType, PBYTE pbBlob,
                                       DWORD cbBlob)
{
    BCRYPT_KEY_HANDLE hKey = NULL;
    Check(BCryptImportKeyPair(hAlg, NULL, pszBlobType, &hKey, pbBlob, cbBlob, 0),
          "BCryptImportKeyPair");
    return hKey;
}
