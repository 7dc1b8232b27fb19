/* SPDX-License-Identifier: BSD-2-Clause
   A program of the kind that retargeting is for: beside CryptoAPI it uses other names of
   advapi32.dll, which capishim.dll hands on. Prints the hash of a value that it read from the
   registry. */
#include <windows.h>
#include <wincrypt.h>
#include <stdio.h>
#include <string.h>

static int fail(const char* what)
{
    printf("%s: %lu\n", what, GetLastError());
    return 1;
}

static LONG read_back(const char* text, char* value, DWORD size)
{
    HKEY key;
    LONG status = RegCreateKeyExA(HKEY_CURRENT_USER, "Software\\Retargeted", 0, NULL, 0,
                                  KEY_ALL_ACCESS, NULL, &key, NULL);
    if (status != ERROR_SUCCESS)
        return status;
    status = RegSetValueExA(key, "text", 0, REG_SZ, (const BYTE*)text, (DWORD)strlen(text) + 1);
    if (status == ERROR_SUCCESS)
        status = RegQueryValueExA(key, "text", NULL, NULL, (BYTE*)value, &size);
    RegCloseKey(key);
    RegDeleteKeyA(HKEY_CURRENT_USER, "Software\\Retargeted");
    return status;
}

static BOOL hash(const char* text, BYTE* digest, DWORD* size)
{
    HCRYPTPROV provider = 0;
    HCRYPTHASH object = 0;
    BOOL ok = CryptAcquireContextA(&provider, NULL, NULL, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT) &&
              CryptCreateHash(provider, CALG_SHA1, 0, 0, &object) &&
              CryptHashData(object, (const BYTE*)text, (DWORD)strlen(text), 0) &&
              CryptGetHashParam(object, HP_HASHVAL, digest, size, 0);
    if (object)
        CryptDestroyHash(object);
    if (provider)
        CryptReleaseContext(provider, 0);
    return ok;
}

int main(void)
{
    char value[20], user[200];
    BYTE digest[20];
    DWORD size = sizeof digest, i, user_size = sizeof user;
    if (read_back("abc", value, sizeof value) != ERROR_SUCCESS || strcmp(value, "abc") != 0)
        return fail("the registry");
    if (!GetUserNameA(user, &user_size) || user_size != strlen(user) + 1)
        return fail("GetUserName");
    if (!hash(value, digest, &size) || size != sizeof digest)
        return fail("the hash");
    for (i = 0; i < size; ++i)
        printf("%02x", digest[i]);
    printf("\n");
    return 0;
}
