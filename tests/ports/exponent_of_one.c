// SPDX-License-Identifier: BSD-2-Clause
// The documented trick to get at the bytes of a session key: a pair whose exponents are 1 "seals"
// it in the clear (KB228786). First the lengths of pairs are looked up by PP_ENUMALGS_EX.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <wincrypt.h>

#define CONTAINER "capishim port exponent of one"

void MyHandleError(const char* s)
{
    fprintf(stderr, "%s failed: 0x%x\n", s, (unsigned)GetLastError());
    exit(1);
}

static void FindLengths(HCRYPTPROV hProv, ALG_ID aiAlg, DWORD* pdwMin, DWORD* pdwMax)
{
    PROV_ENUMALGS_EX Data;
    DWORD dwLen = sizeof(Data), dwFlags = CRYPT_FIRST;

    while (CryptGetProvParam(hProv, PP_ENUMALGS_EX, (BYTE*)&Data, &dwLen, dwFlags)) {
        if (Data.aiAlgid == aiAlg) {
            *pdwMin = Data.dwMinLen;
            *pdwMax = Data.dwMaxLen;
            return;
        }
        dwFlags = 0;
        dwLen = sizeof(Data);
    }
    MyHandleError("Looking for the algorithm");
}

// The number after another: all zero but for a leading 1.
static void SetToOne(BYTE* pbNumber, DWORD cbNumber)
{
    memset(pbNumber, 0, cbNumber);
    pbNumber[0] = 1;
}

static HCRYPTKEY CreatePrivateExponentOneKey(HCRYPTPROV hProv)
{
    HCRYPTKEY hKey = 0;
    DWORD dwMin = 0, dwMax = 0, cbBlob = 0, cbHalf, dwBits, dwLen = sizeof(dwBits);
    ALG_ID aiAlg;
    BYTE *pbBlob, *pbNumber;
    RSAPUBKEY* pHeader;

    FindLengths(hProv, CALG_RSA_KEYX, &dwMin, &dwMax);
    printf("Pairs have %u to %u bits.\n", (unsigned)dwMin, (unsigned)dwMax);
    if (!CryptGenKey(hProv, AT_KEYEXCHANGE, 512 << 16 | CRYPT_EXPORTABLE, &hKey))
        MyHandleError("CryptGenKey");
    if (!CryptExportKey(hKey, 0, PRIVATEKEYBLOB, 0, NULL, &cbBlob))
        MyHandleError("CryptExportKey");
    pbBlob = (BYTE*)malloc(cbBlob);
    if (!pbBlob)
        MyHandleError("malloc");
    if (!CryptExportKey(hKey, 0, PRIVATEKEYBLOB, 0, pbBlob, &cbBlob))
        MyHandleError("CryptExportKey");
    CryptDestroyKey(hKey);

    pHeader = (RSAPUBKEY*)(pbBlob + sizeof(BLOBHEADER));
    pHeader->pubexp = 1;
    cbHalf = pHeader->bitlen / 16;
    pbNumber = pbBlob + sizeof(BLOBHEADER) + sizeof(RSAPUBKEY) + 4 * cbHalf; // n, p, q
    SetToOne(pbNumber, cbHalf);                                              // dp
    SetToOne(pbNumber + cbHalf, cbHalf);                                     // dq
    SetToOne(pbNumber + 3 * cbHalf, 2 * cbHalf);                             // after qinv: d
    if (!CryptImportKey(hProv, pbBlob, cbBlob, 0, 0, &hKey))
        MyHandleError("CryptImportKey");
    free(pbBlob);
    if (!CryptGetKeyParam(hKey, KP_KEYLEN, (BYTE*)&dwBits, &dwLen, 0) || dwBits != 512)
        MyHandleError("CryptGetKeyParam(KP_KEYLEN)");
    dwLen = sizeof(aiAlg);
    if (!CryptGetKeyParam(hKey, KP_ALGID, (BYTE*)&aiAlg, &dwLen, 0) || aiAlg != CALG_RSA_KEYX)
        MyHandleError("CryptGetKeyParam(KP_ALGID)");
    return hKey;
}

// In the block the key lies reversed, as its number is little-endian: 02 and padding are above it.
static void ExportPlainSessionKey(HCRYPTKEY hOne, HCRYPTKEY hSession, BYTE* pbKey, DWORD cbKey)
{
    BYTE abBlob[12 + 64];
    DWORD cbBlob = sizeof(abBlob), i;

    if (!CryptExportKey(hSession, hOne, SIMPLEBLOB, 0, abBlob, &cbBlob) || cbBlob != sizeof(abBlob))
        MyHandleError("CryptExportKey(SIMPLEBLOB)");
    if (abBlob[12 + 63] != 0 || abBlob[12 + 62] != 2 || abBlob[12 + cbKey] != 0)
        MyHandleError("Finding the padding");
    for (i = 0; i < cbKey; ++i)
        pbKey[i] = abBlob[12 + cbKey - 1 - i];
}

static HCRYPTKEY ImportPlainSessionKey(HCRYPTPROV hProv, HCRYPTKEY hOne, ALG_ID aiAlg,
                                       const BYTE* pbKey, DWORD cbKey)
{
    BYTE abBlob[12 + 64];
    BLOBHEADER* pHeader = (BLOBHEADER*)abBlob;
    HCRYPTKEY hKey = 0;
    DWORD i;

    memset(abBlob, 0xAA, sizeof(abBlob)); // random padding without a zero
    pHeader->bType = SIMPLEBLOB;
    pHeader->bVersion = CUR_BLOB_VERSION;
    pHeader->reserved = 0;
    pHeader->aiKeyAlg = aiAlg;
    *(ALG_ID*)(abBlob + sizeof(BLOBHEADER)) = CALG_RSA_KEYX;
    for (i = 0; i < cbKey; ++i)
        abBlob[12 + i] = pbKey[cbKey - 1 - i];
    abBlob[12 + cbKey] = 0;
    abBlob[12 + 62] = 2;
    abBlob[12 + 63] = 0;
    if (!CryptImportKey(hProv, abBlob, sizeof(abBlob), hOne, CRYPT_EXPORTABLE, &hKey))
        MyHandleError("CryptImportKey(SIMPLEBLOB)");
    return hKey;
}

int main(void)
{
    HCRYPTPROV hProv = 0;
    HCRYPTKEY hOne, hSession = 0, hCopy;
    BYTE abKey[16], abCopy[16], abText[24] = "in the clear";
    BYTE abSealed[24];
    DWORD cbText = 12;

    CryptAcquireContextA(&hProv, CONTAINER, MS_ENHANCED_PROV_A, PROV_RSA_FULL, CRYPT_DELETEKEYSET);
    if (!CryptAcquireContextA(&hProv, CONTAINER, MS_ENHANCED_PROV_A, PROV_RSA_FULL,
                              CRYPT_NEWKEYSET))
        MyHandleError("CryptAcquireContext");
    hOne = CreatePrivateExponentOneKey(hProv);
    if (!CryptGenKey(hProv, CALG_RC4, CRYPT_EXPORTABLE | 128 << 16, &hSession))
        MyHandleError("CryptGenKey");
    ExportPlainSessionKey(hOne, hSession, abKey, sizeof(abKey));
    hCopy = ImportPlainSessionKey(hProv, hOne, CALG_RC4, abKey, sizeof(abKey));
    ExportPlainSessionKey(hOne, hCopy, abCopy, sizeof(abCopy));
    if (memcmp(abKey, abCopy, sizeof(abKey)) != 0)
        MyHandleError("Comparing the keys");

    memcpy(abSealed, abText, sizeof(abText));
    if (!CryptEncrypt(hSession, 0, TRUE, 0, abSealed, &cbText, sizeof(abSealed)))
        MyHandleError("CryptEncrypt");
    if (!CryptDecrypt(hCopy, 0, TRUE, 0, abSealed, &cbText) || cbText != 12 ||
        memcmp(abSealed, abText, 12) != 0)
        MyHandleError("CryptDecrypt");
    printf("A session key went out and in without anybody's secret.\n");

    CryptDestroyKey(hCopy);
    CryptDestroyKey(hSession);
    CryptDestroyKey(hOne);
    CryptReleaseContext(hProv, 0);
    if (!CryptAcquireContextA(&hProv, CONTAINER, MS_ENHANCED_PROV_A, PROV_RSA_FULL,
                              CRYPT_DELETEKEYSET))
        MyHandleError("CryptAcquireContext(CRYPT_DELETEKEYSET)");
    return 0;
}
