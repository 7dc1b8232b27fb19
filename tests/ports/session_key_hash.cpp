// SPDX-License-Identifier: BSD-2-Clause
// Makes session keys and hashes, duplicates both while they are in use, and hashes a session key.
// Builds with and without UNICODE.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tchar.h>
#include <windows.h>
#include <Wincrypt.h>

#pragma comment(lib, "crypt32.lib")

static const DWORD MAX_HASH = 64;

void MyHandleError(LPCTSTR psz)
{
    _ftprintf(stderr, TEXT("An error occurred in the program.\n"));
    _fputts(psz, stderr);
    _ftprintf(stderr, TEXT("\nError number 0x%x.\n"), (unsigned)GetLastError());
    exit(1);
}

static void PrintBytes(LPCTSTR pszName, const BYTE* pbData, DWORD cbData)
{
    _fputts(pszName, stdout);
    for (DWORD i = 0; i < cbData; ++i)
        _tprintf(TEXT("%02x"), pbData[i]);
    _tprintf(TEXT("\n"));
}

// Reads a hash's value through a duplicate, so that the hash itself stays open for more data.
static DWORD PeekHash(HCRYPTHASH hHash, BYTE* pbValue)
{
    HCRYPTHASH hPeek = NULL;
    if (!CryptDuplicateHash(hHash, NULL, 0, &hPeek))
        MyHandleError(TEXT("Error during CryptDuplicateHash."));

    DWORD cbSize = 0;
    DWORD cbParam = sizeof(cbSize);
    if (!CryptGetHashParam(hPeek, HP_HASHSIZE, (BYTE*)&cbSize, &cbParam, 0))
        MyHandleError(TEXT("Error while reading the hash size."));
    DWORD cbValue = MAX_HASH;
    if (!CryptGetHashParam(hPeek, HP_HASHVAL, pbValue, &cbValue, 0))
        MyHandleError(TEXT("Error while reading the hash value."));
    if (cbValue != cbSize)
        MyHandleError(TEXT("The hash size and the length of the value differ."));
    if (!CryptDestroyHash(hPeek))
        MyHandleError(TEXT("Error during CryptDestroyHash."));
    return cbValue;
}

static void ExpectHash(LPCTSTR pszName, HCRYPTHASH hHash, const BYTE* pbExpected, DWORD cbExpected)
{
    BYTE abValue[MAX_HASH];
    const DWORD cbValue = PeekHash(hHash, abValue);
    PrintBytes(pszName, abValue, cbValue);
    if (cbValue != cbExpected || memcmp(abValue, pbExpected, cbExpected) != 0)
        MyHandleError(TEXT("That is not the value it should be."));
}

// A fresh RC2 key goes into an MD5, as the classic program does it; the value is anybody's guess.
static void HashRandomKey(HCRYPTPROV hProv)
{
    HCRYPTHASH hHash = NULL;
    HCRYPTKEY hKey = NULL;
    if (!CryptCreateHash(hProv, CALG_MD5, 0, 0, &hHash))
        MyHandleError(TEXT("Error during CryptCreateHash."));
    if (!CryptGenKey(hProv, CALG_RC2, CRYPT_EXPORTABLE, &hKey))
        MyHandleError(TEXT("Error during CryptGenKey."));
    if (!CryptHashSessionKey(hHash, hKey, 0))
        MyHandleError(TEXT("Error during CryptHashSessionKey."));

    BYTE abValue[MAX_HASH];
    PrintBytes(TEXT("MD5 of a random RC2 key:       "), abValue, PeekHash(hHash, abValue));
    if (!CryptDestroyHash(hHash) || !CryptDestroyKey(hKey))
        MyHandleError(TEXT("Error while destroying the hash and the key."));
}

// A known 40-bit key: its five bytes are hashed from the last to the first, its salt not at all.
static void HashKnownKey(HCRYPTPROV hProv, ALG_ID aiHash, const BYTE* pbExpected, DWORD cbExpected)
{
    struct {
        BLOBHEADER Header;
        DWORD cbKeySize;
        BYTE abKey[5];
    } Blob = {{PLAINTEXTKEYBLOB, CUR_BLOB_VERSION, 0, CALG_RC4}, 5, {0x4a, 0x3a, 0xee, 0x77, 0x37}};
    HCRYPTHASH hHash = NULL;
    HCRYPTKEY hKey = NULL;

    if (!CryptImportKey(hProv, (BYTE*)&Blob, sizeof(Blob), 0, 0, &hKey))
        MyHandleError(TEXT("Error during CryptImportKey."));
    if (!CryptCreateHash(hProv, aiHash, 0, 0, &hHash))
        MyHandleError(TEXT("Error during CryptCreateHash."));
    if (!CryptHashSessionKey(hHash, hKey, 0))
        MyHandleError(TEXT("Error during CryptHashSessionKey."));
    ExpectHash(TEXT("Hash of a known RC4 key:       "), hHash, pbExpected, cbExpected);
    if (!CryptDestroyHash(hHash) || !CryptDestroyKey(hKey))
        MyHandleError(TEXT("Error while destroying the hash and the key."));
}

// One SHA-1 up to "a", two ways on from there.
static void DuplicateRunningHash(HCRYPTPROV hProv)
{
    static const BYTE abShaOfA[] = {0x86, 0xf7, 0xe4, 0x37, 0xfa, 0xa5, 0xa7, 0xfc, 0xe1, 0x5d,
                                    0x1d, 0xdc, 0xb9, 0xea, 0xea, 0xea, 0x37, 0x76, 0x67, 0xb8};
    static const BYTE abShaOfAbc[] = {0xa9, 0x99, 0x3e, 0x36, 0x47, 0x06, 0x81, 0x6a, 0xba, 0x3e,
                                      0x25, 0x71, 0x78, 0x50, 0xc2, 0x6c, 0x9c, 0xd0, 0xd8, 0x9d};
    HCRYPTHASH hOriginal = NULL;
    HCRYPTHASH hDuplicate = NULL;

    if (!CryptCreateHash(hProv, CALG_SHA1, 0, 0, &hOriginal))
        MyHandleError(TEXT("Error during CryptCreateHash."));
    if (!CryptHashData(hOriginal, (const BYTE*)"a", 1, 0))
        MyHandleError(TEXT("Error during CryptHashData."));
    if (!CryptDuplicateHash(hOriginal, NULL, 0, &hDuplicate))
        MyHandleError(TEXT("Error during CryptDuplicateHash."));
    if (!CryptHashData(hDuplicate, (const BYTE*)"bc", 2, 0))
        MyHandleError(TEXT("Error during CryptHashData."));
    ExpectHash(TEXT("SHA-1 of \"a\", the original:    "), hOriginal, abShaOfA, sizeof(abShaOfA));
    if (!CryptDestroyHash(hOriginal))
        MyHandleError(TEXT("Error during CryptDestroyHash."));
    ExpectHash(TEXT("SHA-1 of \"abc\", the duplicate: "), hDuplicate, abShaOfAbc,
               sizeof(abShaOfAbc));
    if (!CryptDestroyHash(hDuplicate))
        MyHandleError(TEXT("Error during CryptDestroyHash."));
}

static void EncryptText(HCRYPTKEY hKey, BYTE* pbText, DWORD cbText)
{
    DWORD cbData = cbText;
    if (!CryptEncrypt(hKey, 0, TRUE, 0, pbText, &cbData, cbText))
        MyHandleError(TEXT("Error during CryptEncrypt."));
    if (cbData != cbText)
        MyHandleError(TEXT("A stream cipher has changed the length."));
}

// A duplicate of an RC4 key takes block cipher parameters without a word, and ignores them.
static void DuplicateSessionKey(HCRYPTPROV hProv)
{
    HCRYPTKEY hOriginal = NULL;
    HCRYPTKEY hDuplicate = NULL;
    DWORD dwMode = CRYPT_MODE_ECB;
    BYTE abIV[8];
    BYTE abFirst[] = "the same text";
    BYTE abSecond[] = "the same text";

    if (!CryptGenKey(hProv, CALG_RC4, 0, &hOriginal))
        MyHandleError(TEXT("Error during CryptGenKey."));
    if (!CryptDuplicateKey(hOriginal, NULL, 0, &hDuplicate))
        MyHandleError(TEXT("Error during CryptDuplicateKey."));
    if (!CryptSetKeyParam(hDuplicate, KP_MODE, (BYTE*)&dwMode, 0))
        MyHandleError(TEXT("Error while setting KP_MODE."));
    if (!CryptGenRandom(hProv, sizeof(abIV), abIV))
        MyHandleError(TEXT("Error during CryptGenRandom."));
    if (!CryptSetKeyParam(hDuplicate, KP_IV, abIV, 0))
        MyHandleError(TEXT("Error while setting KP_IV."));

    EncryptText(hOriginal, abFirst, sizeof(abFirst));
    if (!CryptDestroyKey(hOriginal))
        MyHandleError(TEXT("Error during CryptDestroyKey."));
    EncryptText(hDuplicate, abSecond, sizeof(abSecond));
    if (memcmp(abFirst, abSecond, sizeof(abFirst)) != 0)
        MyHandleError(TEXT("The duplicate encrypts differently."));
    PrintBytes(TEXT("Under a key and its duplicate: "), abSecond, sizeof(abSecond));
    if (!CryptDestroyKey(hDuplicate))
        MyHandleError(TEXT("Error during CryptDestroyKey."));
}

int _tmain(int argc, _TCHAR* argv[])
{
    static const BYTE abMd5[] = {0x0b, 0x15, 0x55, 0x0a, 0xa0, 0x03, 0xf9, 0x3f,
                                 0x75, 0x82, 0xf7, 0xe7, 0x91, 0x32, 0xbc, 0x8c};
    static const BYTE abSha1[] = {0x3c, 0x37, 0x72, 0x93, 0x53, 0xff, 0x2a, 0x4f, 0xef, 0x12,
                                  0x54, 0x18, 0x5b, 0x3a, 0xc4, 0x63, 0x03, 0xfd, 0x07, 0x5d};
    HCRYPTPROV hCryptProv = NULL;
    LPCTSTR pszProvider = argc > 1 ? argv[1] : NULL; // none given: the default of the type

    if (!CryptAcquireContext(&hCryptProv, NULL, pszProvider, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT))
        MyHandleError(TEXT("Error during CryptAcquireContext."));
    HashRandomKey(hCryptProv);
    HashKnownKey(hCryptProv, CALG_MD5, abMd5, sizeof(abMd5));
    HashKnownKey(hCryptProv, CALG_SHA1, abSha1, sizeof(abSha1));
    DuplicateRunningHash(hCryptProv);
    DuplicateSessionKey(hCryptProv);
    if (!CryptReleaseContext(hCryptProv, 0))
        MyHandleError(TEXT("Error during CryptReleaseContext."));
    _tprintf(TEXT("The program ran to completion without error.\n"));
    return 0;
}
