/* SPDX-License-Identifier: BSD-2-Clause
   Prints the SHA-1 of its argument by CryptoAPI, and which module answered.
   Built with mingw-w64: gcc sample.c -o sample.exe ..\capishim.dll.a */
#include <windows.h>
#include <wincrypt.h>
#include <stdio.h>
#include <string.h>

static BOOL hash(const char* text, BYTE* digest, DWORD* size)
{
    HCRYPTPROV provider = 0;
    HCRYPTHASH object = 0;
    BOOL ok = CryptAcquireContextA(&provider, NULL, NULL, PROV_RSA_AES, CRYPT_VERIFYCONTEXT) &&
              CryptCreateHash(provider, CALG_SHA1, 0, 0, &object) &&
              CryptHashData(object, (const BYTE*)text, (DWORD)strlen(text), 0) &&
              CryptGetHashParam(object, HP_HASHVAL, digest, size, 0);
    if (object)
        CryptDestroyHash(object);
    if (provider)
        CryptReleaseContext(provider, 0);
    return ok;
}

int main(int count, char** arguments)
{
    const char* text = count > 1 ? arguments[1] : "abc";
    char module[MAX_PATH] = "";
    BYTE digest[20];
    DWORD size = sizeof digest, i;
    if (!hash(text, digest, &size)) {
        printf("CryptoAPI failed: 0x%lx\n", GetLastError());
        return 1;
    }
    for (i = 0; i < size; ++i)
        printf("%02x", digest[i]);
    GetModuleFileNameA(GetModuleHandleA("capishim.dll"), module, sizeof module);
    printf("\n%s\n", module);
    return 0;
}
