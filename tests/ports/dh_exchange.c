// SPDX-License-Identifier: BSD-2-Clause
// A client and a server agree on a session key by Diffie-Hellman, in a group that both know
// beforehand: CRYPT_PREGEN with KP_P and KP_G on the one side, KP_PUB_PARAMS out of the other's
// version 3 blob on the other. A message goes each way under the key.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <wincrypt.h>

#define DHKEYSIZE 512
#define CB_PRIME (DHKEYSIZE / 8)
#define CB_MESSAGE 64

// A 512-bit prime and a generator of its subgroup of 160 bits (the example of FIPS 186), in
// little-endian byte order.
static const BYTE g_rgbPrime[CB_PRIME] = {
    0x91, 0x02, 0xC8, 0x31, 0xEE, 0x36, 0x07, 0xEC, 0xC2, 0x24, 0x37, 0xF8, 0xFB, 0x3D, 0x69, 0x49,
    0xAC, 0x7A, 0xAB, 0x32, 0xAC, 0xAD, 0xE9, 0xC2, 0xAF, 0x0E, 0x21, 0xB7, 0xC5, 0x2F, 0x76, 0xD0,
    0xE5, 0x82, 0x78, 0x0D, 0x4F, 0x32, 0xB8, 0xCB, 0xF7, 0x0C, 0x8D, 0xFB, 0x3A, 0xD8, 0xC0, 0xEA,
    0xCB, 0x69, 0x68, 0xB0, 0x9B, 0x75, 0x25, 0x3D, 0xAA, 0x76, 0x22, 0x49, 0xA4, 0x94, 0xF2, 0x8D};
static const BYTE g_rgbGenerator[CB_PRIME] = {
    0x02, 0x88, 0xD7, 0xE6, 0x53, 0xAF, 0x72, 0xC5, 0x8C, 0x08, 0x4B, 0x46, 0x6F, 0x9F, 0x2E, 0xC4,
    0x9C, 0x5C, 0x92, 0x21, 0x95, 0xB7, 0xE5, 0x58, 0xBF, 0xBA, 0x24, 0xFA, 0xE5, 0x9D, 0xCB, 0x71,
    0x2E, 0x2C, 0xCE, 0x99, 0xF3, 0x10, 0xFF, 0x3B, 0xCB, 0xEF, 0x6C, 0x95, 0x22, 0x55, 0x9D, 0x29,
    0x00, 0xB5, 0x4C, 0x5B, 0xA5, 0x63, 0x31, 0x41, 0x13, 0x0A, 0xEA, 0x39, 0x78, 0x02, 0x6D, 0x62};

void __cdecl MyHandleError(const char* s)
{
    printf("Error in %s 0x%08x\n", s, (unsigned)GetLastError());
    exit(1);
}

static void SetBlob(HCRYPTKEY hKey, DWORD dwParam, const BYTE* pb, DWORD cb)
{
    DATA_BLOB Data;

    Data.cbData = cb;
    Data.pbData = (BYTE*)pb;
    if (!CryptSetKeyParam(hKey, dwParam, (PBYTE)&Data, 0))
        MyHandleError("CryptSetKeyParam, parameters");
}

static HCRYPTPROV OpenProvider(void)
{
    HCRYPTPROV hProv;

    if (!CryptAcquireContext(&hProv, NULL, MS_ENH_DSS_DH_PROV, PROV_DSS_DH, CRYPT_VERIFYCONTEXT))
        MyHandleError("CryptAcquireContext");
    return hProv;
}

static HCRYPTKEY BeginPair(HCRYPTPROV hProv)
{
    HCRYPTKEY hKey;

    if (!CryptGenKey(hProv, CALG_DH_EPHEM, DHKEYSIZE << 16 | CRYPT_EXPORTABLE | CRYPT_PREGEN,
                     &hKey))
        MyHandleError("CryptGenKey");
    return hKey;
}

// Generates X and Y.
static void FinishPair(HCRYPTKEY hKey)
{
    if (!CryptSetKeyParam(hKey, KP_X, NULL, 0))
        MyHandleError("CryptSetKeyParam, KP_X");
}

static BYTE* ExportPublic(HCRYPTKEY hKey, DWORD dwFlags, DWORD* pcb)
{
    BYTE* pb;

    if (!CryptExportKey(hKey, 0, PUBLICKEYBLOB, dwFlags, NULL, pcb))
        MyHandleError("CryptExportKey, size");
    if (!(pb = (BYTE*)malloc(*pcb)))
        MyHandleError("malloc");
    if (!CryptExportKey(hKey, 0, PUBLICKEYBLOB, dwFlags, pb, pcb))
        MyHandleError("CryptExportKey");
    return pb;
}

static HCRYPTKEY Agree(HCRYPTPROV hProv, HCRYPTKEY hOwn, const BYTE* pbTheirs, DWORD cbTheirs)
{
    HCRYPTKEY hSession;
    ALG_ID Algid = CALG_RC4;

    if (!CryptImportKey(hProv, pbTheirs, cbTheirs, hOwn, 0, &hSession))
        MyHandleError("CryptImportKey");
    if (!CryptSetKeyParam(hSession, KP_ALGID, (PBYTE)&Algid, 0))
        MyHandleError("CryptSetKeyParam, KP_ALGID");
    return hSession;
}

static void Send(HCRYPTKEY hFrom, HCRYPTKEY hTo, const char* szMessage)
{
    BYTE rgb[CB_MESSAGE];
    DWORD cb = (DWORD)strlen(szMessage) + 1;

    memcpy(rgb, szMessage, cb);
    if (!CryptEncrypt(hFrom, 0, TRUE, 0, rgb, &cb, sizeof(rgb)))
        MyHandleError("CryptEncrypt");
    if (memcmp(rgb, szMessage, cb) == 0)
        MyHandleError("encryption: the text went as it is");
    if (!CryptDecrypt(hTo, 0, TRUE, 0, rgb, &cb))
        MyHandleError("CryptDecrypt");
    if (strcmp((const char*)rgb, szMessage) != 0)
        MyHandleError("decryption: another text came");
    printf("%s\n", (const char*)rgb);
}

int main(void)
{
    HCRYPTPROV hClientProv = OpenProvider(), hServerProv = OpenProvider();
    HCRYPTKEY hClientPair, hServerPair, hClientKey, hServerKey;
    BYTE *pbClient, *pbServer;
    DWORD cbClient, cbServer;

    // The client knows the group and sends it with its public key.
    hClientPair = BeginPair(hClientProv);
    SetBlob(hClientPair, KP_P, g_rgbPrime, sizeof(g_rgbPrime));
    SetBlob(hClientPair, KP_G, g_rgbGenerator, sizeof(g_rgbGenerator));
    FinishPair(hClientPair);
    pbClient = ExportPublic(hClientPair, CRYPT_BLOB_VER3, &cbClient);

    // The server takes the group from there: DHPUBKEY_VER3 and what follows it, without Y.
    hServerPair = BeginPair(hServerProv);
    SetBlob(hServerPair, KP_PUB_PARAMS, pbClient + sizeof(PUBLICKEYSTRUC),
            cbClient - (DWORD)sizeof(PUBLICKEYSTRUC) - CB_PRIME);
    FinishPair(hServerPair);
    pbServer = ExportPublic(hServerPair, 0, &cbServer);

    hServerKey = Agree(hServerProv, hServerPair, pbClient, cbClient);
    hClientKey = Agree(hClientProv, hClientPair, pbServer, cbServer);
    Send(hClientKey, hServerKey, "From the client to the server.");
    Send(hServerKey, hClientKey, "From the server to the client.");

    free(pbClient);
    free(pbServer);
    CryptDestroyKey(hClientKey);
    CryptDestroyKey(hServerKey);
    CryptDestroyKey(hClientPair);
    CryptDestroyKey(hServerPair);
    CryptReleaseContext(hClientProv, 0);
    CryptReleaseContext(hServerProv, 0);
    return 0;
}
