// SPDX-License-Identifier: BSD-2-Clause
// Setting and getting the parameters of session keys, as documented programs and pages do it: IV
// and mode of an RC4 key, a key from a password, key lengths in the upper word of the flags, a
// salt.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <wincrypt.h>

void MyHandleError(const char* s)
{
    fprintf(stderr, "An error occurred in running the program.\n");
    fprintf(stderr, "%s\n", s);
    fprintf(stderr, "Error number 0x%x.\n", (unsigned)GetLastError());
    exit(1);
}

static void Expect(BOOL bCondition, const char* szWhat)
{
    if (!bCondition)
        MyHandleError(szWhat);
}

static HCRYPTPROV Acquire(const char* szProvider)
{
    HCRYPTPROV hProv = 0;

    if (!CryptAcquireContextA(&hProv, NULL, szProvider, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT))
        MyHandleError("Error during CryptAcquireContext.");
    return hProv;
}

static void SetAndGetParameters(void)
{
    HCRYPTPROV hCryptProv = Acquire(NULL);
    HCRYPTKEY hKey = 0;
    BYTE pbRandomData[8];
    DWORD dwMode, dwCount = sizeof(dwMode);
    BYTE* pbData;

    if (!CryptGenRandom(hCryptProv, 8, pbRandomData))
        MyHandleError("Error during CryptGenRandom.");
    if (!CryptGenKey(hCryptProv, CALG_RC4, CRYPT_EXPORTABLE, &hKey))
        MyHandleError("Error during CryptGenKey.");
    if (!CryptGetKeyParam(hKey, KP_MODE, (BYTE*)&dwMode, &dwCount, 0))
        MyHandleError("Error getting the mode.");
    printf("Default cipher mode: %u\n", (unsigned)dwMode);
    if (!CryptGetKeyParam(hKey, KP_IV, NULL, &dwCount, 0))
        MyHandleError("Error getting the IV's length.");
    Expect(dwCount == 8, "The IV's length isn't 8.");
    pbData = (BYTE*)malloc(dwCount);
    Expect(pbData != NULL, "Out of memory.");
    if (!CryptGetKeyParam(hKey, KP_IV, pbData, &dwCount, 0))
        MyHandleError("Error getting the IV.");
    if (!CryptSetKeyParam(hKey, KP_IV, pbRandomData, 0))
        MyHandleError("Error setting the IV.");
    if (!CryptGetKeyParam(hKey, KP_IV, pbData, &dwCount, 0))
        MyHandleError("Error getting the IV that was set.");
    Expect(memcmp(pbData, pbRandomData, 8) == 0, "It is another IV.");
    free(pbData);
    CryptDestroyKey(hKey);
    CryptReleaseContext(hCryptProv, 0);
}

static void DeriveFromPassword(void)
{
    HCRYPTPROV hCryptProv = Acquire(NULL);
    HCRYPTHASH hHash = 0;
    HCRYPTKEY hKey = 0;
    const char szPassword[] = "a password of more than 20 characters";
    DWORD dwBits = 0, cbBits = sizeof(dwBits);

    if (!CryptCreateHash(hCryptProv, CALG_MD5, 0, 0, &hHash))
        MyHandleError("Error during CryptCreateHash.");
    if (!CryptHashData(hHash, (const BYTE*)szPassword, (DWORD)strlen(szPassword), 0))
        MyHandleError("Error during CryptHashData.");
    if (!CryptDeriveKey(hCryptProv, CALG_RC2, hHash, CRYPT_EXPORTABLE, &hKey))
        MyHandleError("Error during CryptDeriveKey.");
    if (!CryptGetKeyParam(hKey, KP_KEYLEN, (BYTE*)&dwBits, &cbBits, 0))
        MyHandleError("Error getting the key's length.");
    printf("An RC2 key of %u bits was derived.\n", (unsigned)dwBits);
    CryptDestroyHash(hHash);
    CryptDestroyKey(hKey);
    CryptReleaseContext(hCryptProv, 0);
}

// "New key length functionality": a length in the upper word, else the provider's default.
static void KeyLengths(const char* szProvider, DWORD dwAskedBits, DWORD dwExpectedBits)
{
    HCRYPTPROV hCryptProv = Acquire(szProvider);
    HCRYPTKEY hKey = 0;
    DWORD dwBits = 0, cbBits = sizeof(dwBits);

    if (!CryptGenKey(hCryptProv, CALG_RC2, dwAskedBits << 16, &hKey))
        MyHandleError("Error during CryptGenKey.");
    if (!CryptGetKeyParam(hKey, KP_KEYLEN, (BYTE*)&dwBits, &cbBits, 0))
        MyHandleError("Error getting the key's length.");
    printf("%s: asked for %u bits, got %u\n", szProvider, (unsigned)dwAskedBits, (unsigned)dwBits);
    Expect(dwBits == dwExpectedBits, "The key has another length.");
    CryptDestroyKey(hKey);
    CryptReleaseContext(hCryptProv, 0);
}

// "Specifying a salt value": an RC4 key of 40 bits, made known by Microsoft's own page, and four
// bytes of salt.
static void SpecifySalt(void)
{
    static const BYTE abExpected[8] = {0x3e, 0x94, 0x84, 0x0a, 0x1c, 0x87, 0x58, 0x38};
    HCRYPTPROV hCryptProv = Acquire(MS_DEF_PROV_A);
    HCRYPTHASH hHash = 0;
    HCRYPTKEY hKey = 0;
    BYTE abSalt[4] = {1, 2, 3, 4};
    BYTE abData[8] = {0, 1, 2, 3, 4, 5, 6, 7};
    CRYPT_DATA_BLOB Salt;
    DWORD cbData = sizeof(abData);

    if (!CryptCreateHash(hCryptProv, CALG_MD5, 0, 0, &hHash))
        MyHandleError("Error during CryptCreateHash.");
    if (!CryptHashData(hHash, (const BYTE*)"1134-kelp", 9, 0))
        MyHandleError("Error during CryptHashData.");
    if (!CryptDeriveKey(hCryptProv, CALG_RC4, hHash, 0, &hKey))
        MyHandleError("Error during CryptDeriveKey.");
    Salt.cbData = sizeof(abSalt);
    Salt.pbData = abSalt;
    if (!CryptSetKeyParam(hKey, KP_SALT_EX, (BYTE*)&Salt, 0))
        MyHandleError("Error setting the salt.");
    if (!CryptEncrypt(hKey, 0, TRUE, 0, abData, &cbData, sizeof(abData)))
        MyHandleError("Error during CryptEncrypt.");
    Expect(memcmp(abData, abExpected, sizeof(abData)) == 0, "The salted key is another one.");
    printf("A salt of 4 bytes was set.\n");
    CryptDestroyHash(hHash);
    CryptDestroyKey(hKey);
    CryptReleaseContext(hCryptProv, 0);
}

int main(void)
{
    SetAndGetParameters();
    DeriveFromPassword();
    KeyLengths(MS_DEF_PROV_A, 0, 40);
    KeyLengths(MS_DEF_PROV_A, 56, 56);
    KeyLengths(MS_ENHANCED_PROV_A, 0, 128);
    KeyLengths(MS_ENHANCED_PROV_A, 64, 64);
    SpecifySalt();
    printf("All went well.\n");
    return 0;
}
