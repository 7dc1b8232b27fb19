// SPDX-License-Identifier: BSD-2-Clause
// Decrypts what encrypt_file made: with the password, or with the session key in front of the data,
// which only the user's own key container can open.
//
//   decrypt_file SOURCE DEST [PASSWORD] [-rc4 | -3des | -aes256] [-deletekeys]
//
// -deletekeys removes the container afterwards.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <Wincrypt.h>

#pragma comment(lib, "advapi32.lib")

#define CONTAINER_NAME "capishim port file keys"
#define SECTION_LENGTH 4000 // a multiple of every block length, on purpose not encrypt_file's size
#define MAX_KEY_BLOB 4096   // no RSA key makes a longer SIMPLEBLOB
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
    fprintf(stderr, "decrypt_file: %s (0x%08x)\n", szWhat, (unsigned)GetLastError());
    exit(1);
}

static const CIPHER_CHOICE* FindChoice(_In_ const char* szOption)
{
    size_t i;
    for (i = 0; i < sizeof(Choices) / sizeof(Choices[0]); ++i) {
        if (strcmp(Choices[i].szOption, szOption) == 0)
            return &Choices[i];
    }
    return NULL;
}

static HCRYPTKEY DeriveSessionKey(_In_ HCRYPTPROV hProv, _In_ const CIPHER_CHOICE* pChoice,
                                  _In_ const char* szPassword)
{
    HCRYPTHASH hHash = 0;
    HCRYPTKEY hKey = 0;

    if (!CryptCreateHash(hProv, pChoice->aiHash, 0, 0, &hHash))
        MyHandleError("cannot create a hash");
    if (!CryptHashData(hHash, (const BYTE*)szPassword, (DWORD)strlen(szPassword), 0))
        MyHandleError("cannot hash the password");
    if (!CryptDeriveKey(hProv, pChoice->aiCipher, hHash, pChoice->dwLengthFlag, &hKey))
        MyHandleError("cannot derive a key");
    if (!CryptDestroyHash(hHash))
        MyHandleError("cannot destroy the hash");
    return hKey;
}

// The blob names the cipher itself, so no option is needed to read such a file.
static HCRYPTKEY ReadSessionKey(_In_ HCRYPTPROV hProv, _Inout_ FILE* hSource)
{
    HCRYPTKEY hKey = 0;
    DWORD dwKeyBlobLen = 0;
    BYTE* pbKeyBlob;

    if (fread(&dwKeyBlobLen, sizeof(DWORD), 1, hSource) != 1)
        MyHandleError("cannot read the length of the key blob");
    if (dwKeyBlobLen < sizeof(BLOBHEADER) || dwKeyBlobLen > MAX_KEY_BLOB)
        MyHandleError("the file does not start with a key blob");
    pbKeyBlob = (BYTE*)malloc(dwKeyBlobLen);
    if (!pbKeyBlob)
        MyHandleError("out of memory");
    if (fread(pbKeyBlob, 1, dwKeyBlobLen, hSource) != dwKeyBlobLen)
        MyHandleError("the key blob is cut short");
    if (!CryptImportKey(hProv, pbKeyBlob, dwKeyBlobLen, 0, 0, &hKey))
        MyHandleError("cannot import the session key");
    printf("Imported the session key, algorithm 0x%04x.\n",
           (unsigned)((BLOBHEADER*)pbKeyBlob)->aiKeyAlg);
    free(pbKeyBlob);
    return hKey;
}

static BOOL AtEnd(_Inout_ FILE* hFile)
{
    const int ch = getc(hFile);
    if (ch == EOF)
        return TRUE;
    ungetc(ch, hFile);
    return FALSE;
}

// Looks one byte ahead: the section that ends the file must be the one with Final set, also where
// the file's length is a multiple of the section's.
static DWORD DecryptSections(_In_ HCRYPTKEY hKey, _Inout_ FILE* hSource, _Inout_ FILE* hDest)
{
    BYTE abBuffer[SECTION_LENGTH];
    DWORD cbOut = 0;
    DWORD dwCount;

    while (!AtEnd(hSource)) {
        dwCount = (DWORD)fread(abBuffer, 1, sizeof(abBuffer), hSource);
        if (ferror(hSource))
            MyHandleError("cannot read the source");
        if (!CryptDecrypt(hKey, 0, AtEnd(hSource), 0, abBuffer, &dwCount))
            MyHandleError("cannot decrypt: wrong password, wrong cipher or damaged file");
        if (fwrite(abBuffer, 1, dwCount, hDest) != dwCount)
            MyHandleError("cannot write the destination");
        cbOut += dwCount;
    }
    return cbOut;
}

static void DeleteContainer(_In_ const CIPHER_CHOICE* pChoice)
{
    HCRYPTPROV hProv = 0;
    if (!CryptAcquireContext(&hProv, CONTAINER_NAME, pChoice->szProvider, pChoice->dwProvType,
                             CRYPT_DELETEKEYSET))
        MyHandleError("cannot delete the key container");
    printf("Deleted the key container \"%s\".\n", CONTAINER_NAME);
}

int main(int argc, char* argv[])
{
    const CIPHER_CHOICE* pChoice = &Choices[0];
    const char* szPassword = NULL;
    BOOL bDeleteKeys = FALSE;
    HCRYPTPROV hProv = 0;
    HCRYPTKEY hKey;
    FILE *hSource, *hDest;
    DWORD cbOut;
    int i;

    if (argc < 3) {
        printf("usage: decrypt_file SOURCE DEST [PASSWORD] [-rc4 | -3des | -aes256] "
               "[-deletekeys]\n");
        return 2;
    }
    for (i = 3; i < argc; ++i) {
        if (strcmp(argv[i], "-deletekeys") == 0)
            bDeleteKeys = TRUE;
        else if (FindChoice(argv[i]))
            pChoice = FindChoice(argv[i]);
        else
            szPassword = argv[i];
    }
    hSource = fopen(argv[1], "rb");
    hDest = hSource ? fopen(argv[2], "wb") : NULL;
    if (!hDest)
        MyHandleError("cannot open the files");

    if (!CryptAcquireContext(&hProv, szPassword ? NULL : CONTAINER_NAME, pChoice->szProvider,
                             pChoice->dwProvType, szPassword ? CRYPT_VERIFYCONTEXT : 0))
        MyHandleError("cannot acquire a context");
    hKey =
        szPassword ? DeriveSessionKey(hProv, pChoice, szPassword) : ReadSessionKey(hProv, hSource);
    cbOut = DecryptSections(hKey, hSource, hDest);
    fclose(hSource);
    if (fclose(hDest) != 0)
        MyHandleError("cannot close the destination");
    if (!CryptDestroyKey(hKey))
        MyHandleError("cannot destroy the key");
    if (!CryptReleaseContext(hProv, 0))
        MyHandleError("cannot release the context");
    printf("Decrypted %s into %u bytes.\n", argv[1], (unsigned)cbOut);
    if (bDeleteKeys)
        DeleteContainer(pChoice);
    return 0;
}
