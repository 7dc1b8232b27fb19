// SPDX-License-Identifier: BSD-2-Clause
// Prints the hashes of files as md5sum and its kin do.
//
//   file_hash [-md2 | -md4 | -md5 | -sha1 | -sha256 | -sha384 | -sha512] FILE...
//
// Without files it checks itself against the published hashes of "abc".

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <wincrypt.h>

#define BUFSIZE 1024
#define MAX_HASH 64

typedef struct _HASH_CHOICE {
    const char* szOption;
    ALG_ID aiAlgid;
    const char* szAbc;
} HASH_CHOICE;

static const HASH_CHOICE Choices[] = {
    {"-md5", CALG_MD5, "900150983cd24fb0d6963f7d28e17f72"},
    {"-md2", CALG_MD2, "da853b0d3f88d99b30283a69e6ded6bb"},
    {"-md4", CALG_MD4, "a448017aaf21d8525fc10ae87aa6729d"},
    {"-sha1", CALG_SHA1, "a9993e364706816aba3e25717850c26c9cd0d89d"},
    {"-sha256", CALG_SHA_256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"-sha384", CALG_SHA_384,
     "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
     "8086072ba1e7cc2358baeca134c825a7"},
    {"-sha512", CALG_SHA_512,
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
     "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"},
};
#define CHOICES (sizeof(Choices) / sizeof(Choices[0]))

void MyHandleError(const char* s)
{
    fprintf(stderr, "file_hash: %s failed: %u\n", s, (unsigned)GetLastError());
    exit(1);
}

static HCRYPTHASH CreateHash(HCRYPTPROV hProv, ALG_ID aiAlgid)
{
    HCRYPTHASH hHash = 0;
    if (!CryptCreateHash(hProv, aiAlgid, 0, 0, &hHash))
        MyHandleError("CryptCreateHash");
    return hHash;
}

// Ends the hash, and leaves its value as hexadecimal digits in a buffer of 2 * MAX_HASH + 1.
static void FinishHash(HCRYPTHASH hHash, char* szHex)
{
    static const char rgbDigits[] = "0123456789abcdef";
    BYTE rgbHash[MAX_HASH];
    DWORD cbHash = MAX_HASH;
    DWORD i;

    if (!CryptGetHashParam(hHash, HP_HASHVAL, rgbHash, &cbHash, 0))
        MyHandleError("CryptGetHashParam");
    for (i = 0; i < cbHash; i++) {
        *szHex++ = rgbDigits[rgbHash[i] >> 4];
        *szHex++ = rgbDigits[rgbHash[i] & 0xf];
    }
    *szHex = '\0';
    if (CryptHashData(hHash, rgbHash, cbHash, 0))
        MyHandleError("a finished hash took more data, which");
    if (GetLastError() != (DWORD)NTE_BAD_HASH_STATE)
        MyHandleError("adding to a finished hash did not give NTE_BAD_HASH_STATE; it");
    if (!CryptDestroyHash(hHash))
        MyHandleError("CryptDestroyHash");
}

static int HashFile(HCRYPTPROV hProv, ALG_ID aiAlgid, const char* szFile)
{
    BYTE rgbFile[BUFSIZE];
    char szHex[2 * MAX_HASH + 1];
    DWORD cbRead;
    HCRYPTHASH hHash;
    FILE* hFile = fopen(szFile, "rb");

    if (!hFile) {
        fprintf(stderr, "file_hash: cannot open %s\n", szFile);
        return 1;
    }
    hHash = CreateHash(hProv, aiAlgid);
    while ((cbRead = (DWORD)fread(rgbFile, 1, BUFSIZE, hFile)) != 0) {
        if (!CryptHashData(hHash, rgbFile, cbRead, 0))
            MyHandleError("CryptHashData");
    }
    fclose(hFile);
    FinishHash(hHash, szHex);
    printf("%s  %s\n", szHex, szFile);
    return 0;
}

static int CheckSelf(HCRYPTPROV hProv)
{
    char szHex[2 * MAX_HASH + 1];
    HCRYPTHASH hHash;
    int nFailed = 0;
    size_t i;

    for (i = 0; i < CHOICES; ++i) {
        hHash = CreateHash(hProv, Choices[i].aiAlgid);
        if (!CryptHashData(hHash, (const BYTE*)"abc", 3, 0))
            MyHandleError("CryptHashData");
        FinishHash(hHash, szHex);
        printf("%-8s %s\n", Choices[i].szOption + 1, szHex);
        if (strcmp(szHex, Choices[i].szAbc) != 0) {
            printf("expected %s\n", Choices[i].szAbc);
            ++nFailed;
        }
    }
    return nFailed != 0;
}

int main(int argc, char* argv[])
{
    HCRYPTPROV hProv = 0;
    ALG_ID aiAlgid = CALG_MD5;
    int nFiles = 0, nStatus = 0, nArg;
    size_t i;

    if (!CryptAcquireContext(&hProv, NULL, NULL, PROV_RSA_AES, CRYPT_VERIFYCONTEXT))
        MyHandleError("CryptAcquireContext");
    for (nArg = 1; nArg < argc; ++nArg) {
        for (i = 0; i < CHOICES && strcmp(argv[nArg], Choices[i].szOption) != 0; ++i)
            continue;
        if (i < CHOICES) {
            aiAlgid = Choices[i].aiAlgid;
        } else {
            nStatus |= HashFile(hProv, aiAlgid, argv[nArg]);
            ++nFiles;
        }
    }
    if (nFiles == 0)
        nStatus = CheckSelf(hProv);
    if (!CryptReleaseContext(hProv, 0))
        MyHandleError("CryptReleaseContext");
    return nStatus;
}
