// SPDX-License-Identifier: BSD-2-Clause
// HMAC-SHA-1 of several messages under one key. The object is reusable where the system knows such
// objects (Windows 8), else it is made anew for each message. Then a plain hash on a reusable one.

#include "cng_program.h"

#define SHA1_LENGTH 20

static BYTE rgbKey[] = {'J', 'e', 'f', 'e'};
static BYTE rgbMessage[] = "what do ya want for nothing?";

static void HmacLoop(void)
{
    BCRYPT_ALG_HANDLE hAlg = Open(BCRYPT_SHA1_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG);
    BCRYPT_HASH_HANDLE hHash = NULL;
    BYTE rgbMac[SHA1_LENGTH];
    BOOL bReusable = TRUE;
    int i;

    Require(DwordProperty(hAlg, BCRYPT_HASH_LENGTH) == SHA1_LENGTH, "SHA-1 is 20 bytes long");
    if (!NT_SUCCESS(BCryptCreateHash(hAlg, &hHash, NULL, 0, rgbKey, sizeof(rgbKey),
                                     BCRYPT_HASH_REUSABLE_FLAG))) {
        bReusable = FALSE;
        Check(BCryptCreateHash(hAlg, &hHash, NULL, 0, rgbKey, sizeof(rgbKey), 0),
              "BCryptCreateHash");
    }
    for (i = 0; i < 4; ++i) {
        Check(BCryptHashData(hHash, rgbMessage, sizeof(rgbMessage) - 1, 0), "BCryptHashData");
        Check(BCryptFinishHash(hHash, rgbMac, sizeof(rgbMac), 0), "BCryptFinishHash");
        Expect("HMAC-SHA-1", rgbMac, sizeof(rgbMac), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        if (!bReusable) {
            Check(BCryptDestroyHash(hHash), "BCryptDestroyHash");
            Check(BCryptCreateHash(hAlg, &hHash, NULL, 0, rgbKey, sizeof(rgbKey), 0),
                  "BCryptCreateHash");
        }
    }
    Check(BCryptDestroyHash(hHash), "BCryptDestroyHash");
    Check(BCryptCloseAlgorithmProvider(hAlg, 0), "BCryptCloseAlgorithmProvider");
}

static void HashWithoutMemory(void)
{
    BCRYPT_ALG_HANDLE hAlg = Open(BCRYPT_SHA256_ALGORITHM, BCRYPT_HASH_REUSABLE_FLAG);
    BCRYPT_HASH_HANDLE hHash = NULL;
    DWORD cbHash = DwordProperty(hAlg, BCRYPT_HASH_LENGTH);
    PBYTE pbHash = Allocate(cbHash);
    BYTE rgbAbc[] = {'a', 'b', 'c'};

    Check(BCryptCreateHash(hAlg, &hHash, NULL, 0, NULL, 0, BCRYPT_HASH_REUSABLE_FLAG),
          "BCryptCreateHash");
    Check(BCryptHashData(hHash, rgbAbc, sizeof(rgbAbc), 0), "BCryptHashData");
    Check(BCryptFinishHash(hHash, pbHash, cbHash, 0), "BCryptFinishHash");
    Expect("SHA-256 of \"abc\"", pbHash, cbHash,
           "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    Check(BCryptDestroyHash(hHash), "BCryptDestroyHash");
    Check(BCryptCloseAlgorithmProvider(hAlg, 0), "BCryptCloseAlgorithmProvider");
    Free(pbHash);
}

int main(void)
{
    HmacLoop();
    HashWithoutMemory();
    return 0;
}
