// SPDX-License-Identifier: BSD-2-Clause
// Encrypts a file. With a password the key is derived from it; without one a random session key is
// made and travels in front of the data, sealed by the exchange key of this user's container.
//
//   encrypt_file SOURCE DEST [PASSWORD] [-rc4 | -3des | -aes256] [-pause]
//
// RC4-128 over an MD5 of the password is the default, as it was in the nineties.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <Windows.h>
#include <WinCrypt.h>
#include <conio.h>

#pragma comment(lib, "crypt32.lib")

#define CONTAINER_NAME "capishim port file keys"
#define BLOCK_LENGTH 1000   // bytes that go into one CryptEncrypt call, at most
#define MAX_CIPHER_BLOCK 16 // the longest block of a cipher offered here
#define KEYLENGTH_128 0x00800000

typedef struct _CIPHER_CHOICE {
    const char* szOption;
    const char* szProvider;
    DWORD dwProvType;
    ALG_ID aiHash;
    ALG_ID aiCipher;
    DWORD dwLengthFlag;
} CIPHER_CHOICE;

static const CIPHER_CHOICE Choices[] = {
    {"-rc4", MS_ENHANCED_PROV, PROV_RSA_FULL, CALG_MD5, CALG_RC4, KEYLENGTH_128},
    {"-3des", MS_ENHANCED_PROV, PROV_RSA_FULL, CALG_MD5, CALG_3DES, 0},
    {"-aes256", MS_ENH_RSA_AES_PROV, PROV_RSA_AES, CALG_SHA_256, CALG_AES_256, 0},
};

void __cdecl MyHandleError(const char* szWhat)
{
    fprintf(stderr, "encrypt_file: %s (0x%08x)\n", szWhat, (unsigned)GetLastError());
    exit(1);
}

static const CIPHER_CHOICE* FindChoice(const char* szOption)
{
    size_t i;
    for (i = 0; i < sizeof(Choices) / sizeof(Choices[0]); ++i) {
        if (strcmp(Choices[i].szOption, szOption) == 0)
            return &Choices[i];
    }
    return NULL;
}

// A derived key needs no container; a session key is sealed by one, which the first use creates.
static HCRYPTPROV OpenProvider(const CIPHER_CHOICE* pChoice, BOOL bNeedsContainer)
{
    HCRYPTPROV hProv = 0;

    if (!bNeedsContainer) {
        if (!CryptAcquireContext(&hProv, NULL, pChoice->szProvider, pChoice->dwProvType,
                                 CRYPT_VERIFYCONTEXT))
            MyHandleError("cannot acquire a context");
        return hProv;
    }
    if (CryptAcquireContext(&hProv, CONTAINER_NAME, pChoice->szProvider, pChoice->dwProvType, 0)) {
        printf("Opened the key container \"%s\".\n", CONTAINER_NAME);
        return hProv;
    }
    if (GetLastError() != (DWORD)NTE_BAD_KEYSET)
        MyHandleError("cannot open the key container");
    if (!CryptAcquireContext(&hProv, CONTAINER_NAME, pChoice->szProvider, pChoice->dwProvType,
                             CRYPT_NEWKEYSET))
        MyHandleError("cannot create the key container");
    printf("Created the key container \"%s\".\n", CONTAINER_NAME);
    return hProv;
}

static HCRYPTKEY DeriveSessionKey(HCRYPTPROV hProv, const CIPHER_CHOICE* pChoice,
                                  const char* szPassword)
{
    HCRYPTHASH hHash = 0;
    HCRYPTKEY hKey = 0;

    if (!CryptCreateHash(hProv, pChoice->aiHash, 0, 0, &hHash))
        MyHandleError("cannot create a hash");
    if (!CryptHashData(hHash, (const BYTE*)szPassword, lstrlen(szPassword), 0))
        MyHandleError("cannot hash the password");
    if (!CryptDeriveKey(hProv, pChoice->aiCipher, hHash, pChoice->dwLengthFlag, &hKey))
        MyHandleError("cannot derive a key");
    if (!CryptDestroyHash(hHash))
        MyHandleError("cannot destroy the hash");
    printf("Derived the key from the password.\n");
    return hKey;
}

static HCRYPTKEY GetExchangeKey(HCRYPTPROV hProv)
{
    HCRYPTKEY hXchgKey = 0;

    if (CryptGetUserKey(hProv, AT_KEYEXCHANGE, &hXchgKey))
        return hXchgKey;
    if (GetLastError() != (DWORD)NTE_NO_KEY)
        MyHandleError("cannot get the exchange key");
    if (!CryptGenKey(hProv, AT_KEYEXCHANGE, CRYPT_EXPORTABLE, &hXchgKey))
        MyHandleError("cannot generate the exchange key");
    printf("Generated an exchange key pair.\n");
    return hXchgKey;
}

// Makes a session key and writes it, as length and SIMPLEBLOB, to the head of the file.
static HCRYPTKEY MakeSessionKey(HCRYPTPROV hProv, const CIPHER_CHOICE* pChoice, FILE* hDest)
{
    HCRYPTKEY hKey = 0;
    HCRYPTKEY hXchgKey = GetExchangeKey(hProv);
    BYTE* pbKeyBlob = NULL;
    DWORD dwKeyBlobLen;

    if (!CryptGenKey(hProv, pChoice->aiCipher, pChoice->dwLengthFlag | CRYPT_EXPORTABLE, &hKey))
        MyHandleError("cannot generate a session key");
    if (!CryptExportKey(hKey, hXchgKey, SIMPLEBLOB, 0, NULL, &dwKeyBlobLen))
        MyHandleError("cannot learn the length of the key blob");
    pbKeyBlob = (BYTE*)malloc(dwKeyBlobLen);
    if (!pbKeyBlob)
        MyHandleError("out of memory");
    if (!CryptExportKey(hKey, hXchgKey, SIMPLEBLOB, 0, pbKeyBlob, &dwKeyBlobLen))
        MyHandleError("cannot export the session key");
    if (!CryptDestroyKey(hXchgKey))
        MyHandleError("cannot destroy the exchange key handle");
    if (fwrite(&dwKeyBlobLen, sizeof(DWORD), 1, hDest) != 1 ||
        fwrite(pbKeyBlob, 1, dwKeyBlobLen, hDest) != dwKeyBlobLen)
        MyHandleError("cannot write the key blob");
    printf("Wrote a key blob of %u bytes.\n", (unsigned)dwKeyBlobLen);
    free(pbKeyBlob);
    return hKey;
}

static DWORD BytesPerBlock(HCRYPTKEY hKey)
{
    DWORD dwBits = 0;
    DWORD cbBits = sizeof(dwBits);

    if (!CryptGetKeyParam(hKey, KP_BLOCKLEN, (BYTE*)&dwBits, &cbBits, 0))
        MyHandleError("cannot read the block length");
    return dwBits ? dwBits / 8 : 1; // 0 bits: a stream cipher
}

// Every section but the last is a multiple of the cipher's block. Where the source ends just there,
// the last section is empty, and Final alone makes the padding.
static void EncryptSections(HCRYPTKEY hKey, FILE* hSource, FILE* hDest, DWORD* pcbIn, DWORD* pcbOut)
{
    BYTE abBuffer[BLOCK_LENGTH + MAX_CIPHER_BLOCK];
    const DWORD dwSection = BLOCK_LENGTH - BLOCK_LENGTH % BytesPerBlock(hKey);
    DWORD dwCount;
    BOOL fEof;

    do {
        dwCount = (DWORD)fread(abBuffer, 1, dwSection, hSource);
        if (ferror(hSource))
            MyHandleError("cannot read the source");
        fEof = feof(hSource) != 0;
        *pcbIn += dwCount;
        if (!CryptEncrypt(hKey, 0, fEof, 0, abBuffer, &dwCount, sizeof(abBuffer)))
            MyHandleError("cannot encrypt");
        if (fwrite(abBuffer, 1, dwCount, hDest) != dwCount)
            MyHandleError("cannot write the destination");
        *pcbOut += dwCount;
    } while (!fEof);
}

static DWORD ExpectedLength(HCRYPTKEY hKey, DWORD cbPlain)
{
    const DWORD cbBlock = BytesPerBlock(hKey);
    return cbBlock == 1 ? cbPlain : (cbPlain / cbBlock + 1) * cbBlock;
}

int main(int argc, char* argv[])
{
    const CIPHER_CHOICE* pChoice = &Choices[0];
    const char* szPassword = NULL;
    BOOL bPause = FALSE;
    HCRYPTPROV hProv;
    HCRYPTKEY hKey;
    FILE *hSource, *hDest;
    DWORD cbIn = 0, cbOut = 0;
    int i;

    if (argc < 3) {
        printf("usage: encrypt_file SOURCE DEST [PASSWORD] [-rc4 | -3des | -aes256] [-pause]\n");
        return 2;
    }
    for (i = 3; i < argc; ++i) {
        if (strcmp(argv[i], "-pause") == 0)
            bPause = TRUE;
        else if (FindChoice(argv[i]))
            pChoice = FindChoice(argv[i]);
        else
            szPassword = argv[i];
    }
    hSource = fopen(argv[1], "rb");
    hDest = hSource ? fopen(argv[2], "wb") : NULL;
    if (!hDest)
        MyHandleError("cannot open the files");

    hProv = OpenProvider(pChoice, szPassword == NULL);
    hKey = szPassword ? DeriveSessionKey(hProv, pChoice, szPassword)
                      : MakeSessionKey(hProv, pChoice, hDest);
    EncryptSections(hKey, hSource, hDest, &cbIn, &cbOut);
    if (cbOut != ExpectedLength(hKey, cbIn))
        MyHandleError("the cipher text has a wrong length");
    fclose(hSource);
    if (fclose(hDest) != 0)
        MyHandleError("cannot close the destination");
    if (!CryptDestroyKey(hKey))
        MyHandleError("cannot destroy the key");
    if (!CryptReleaseContext(hProv, 0))
        MyHandleError("cannot release the context");
    printf("Encrypted %u bytes of %s into %u bytes.\n", (unsigned)cbIn, argv[1], (unsigned)cbOut);
    if (bPause) {
        printf("Press a key.\n");
        _getch();
    }
    return 0;
}
