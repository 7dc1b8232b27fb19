// SPDX-License-Identifier: BSD-2-Clause
// One side of an SSL or TLS connection as a protocol engine drives its provider: what is set on the
// master key, the keys derived of it, the finished messages. For programs that print and stop at
// the first error.
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <wincrypt.h>

#define CLIENT_RANDOM "client random: these are 32 byte"
#define SERVER_RANDOM "server random: these are 32 byte"
#define CB_RANDOM 32
#define CB_FINISHED 12

// One connection as one side sees it.
typedef struct _CONNECTION {
    HCRYPTPROV hProv;
    HCRYPTKEY hMasterKey;
    HCRYPTKEY hReadKey, hWriteKey;
    HCRYPTKEY hReadMac, hWriteMac;
    BYTE abClientFinished[CB_FINISHED], abServerFinished[CB_FINISHED];
} CONNECTION, *PCONNECTION;

void __cdecl MyHandleError(const char* s)
{
    printf("Error in %s 0x%08x\n", s, (unsigned)GetLastError());
    exit(1);
}

static void SetBlob(HCRYPTKEY hKey, DWORD dwParam, const char* sz, DWORD cb)
{
    CRYPT_DATA_BLOB Data;

    Data.cbData = cb;
    Data.pbData = (BYTE*)sz;
    if (!CryptSetKeyParam(hKey, dwParam, (BYTE*)&Data, 0))
        MyHandleError("CryptSetKeyParam, random");
}

static void SetAlgorithm(HCRYPTKEY hMasterKey, DWORD dwUse, ALG_ID aiAlg, DWORD cBits)
{
    SCHANNEL_ALG Algorithm;

    memset(&Algorithm, 0, sizeof(Algorithm));
    Algorithm.dwUse = dwUse;
    Algorithm.Algid = aiAlg;
    Algorithm.cBits = cBits;
    if (!CryptSetKeyParam(hMasterKey, KP_SCHANNEL_ALG, (BYTE*)&Algorithm, 0))
        MyHandleError("CryptSetKeyParam, algorithm");
}

static void SetHashBlob(HCRYPTHASH hHash, DWORD dwParam, const BYTE* pb, DWORD cb)
{
    CRYPT_DATA_BLOB Data;

    Data.cbData = cb;
    Data.pbData = (BYTE*)pb;
    if (!CryptSetHashParam(hHash, dwParam, (BYTE*)&Data, 0))
        MyHandleError("CryptSetHashParam");
}

static HCRYPTKEY Derive(HCRYPTPROV hProv, HCRYPTHASH hMasterHash, ALG_ID aiAlg, DWORD dwFlags)
{
    HCRYPTKEY hKey;

    if (!CryptDeriveKey(hProv, aiAlg, hMasterHash, dwFlags, &hKey))
        MyHandleError("CryptDeriveKey");
    return hKey;
}

// Four keys of the master hash: what one side writes with the other reads with.
static void DeriveKeys(PCONNECTION pSide, DWORD dwWrite, DWORD dwRead)
{
    HCRYPTHASH hMasterHash;

    SetAlgorithm(pSide->hMasterKey, SCHANNEL_ENC_KEY, CALG_3DES, 168);
    SetAlgorithm(pSide->hMasterKey, SCHANNEL_MAC_KEY, CALG_SHA, 160);
    SetBlob(pSide->hMasterKey, KP_CLIENT_RANDOM, CLIENT_RANDOM, CB_RANDOM);
    SetBlob(pSide->hMasterKey, KP_SERVER_RANDOM, SERVER_RANDOM, CB_RANDOM);
    if (!CryptCreateHash(pSide->hProv, CALG_SCHANNEL_MASTER_HASH, pSide->hMasterKey, 0,
                         &hMasterHash))
        MyHandleError("CryptCreateHash, master hash");
    pSide->hWriteKey = Derive(pSide->hProv, hMasterHash, CALG_SCHANNEL_ENC_KEY, dwWrite);
    pSide->hReadKey = Derive(pSide->hProv, hMasterHash, CALG_SCHANNEL_ENC_KEY, dwRead);
    pSide->hWriteMac = Derive(pSide->hProv, hMasterHash, CALG_SCHANNEL_MAC_KEY, dwWrite);
    pSide->hReadMac = Derive(pSide->hProv, hMasterHash, CALG_SCHANNEL_MAC_KEY, dwRead);
    CryptDestroyHash(hMasterHash);
}

static void Digest(HCRYPTPROV hProv, ALG_ID aiHash, const char* szText, BYTE* pbValue,
                   DWORD cbValue)
{
    HCRYPTHASH hHash;

    if (!CryptCreateHash(hProv, aiHash, 0, 0, &hHash) ||
        !CryptHashData(hHash, (const BYTE*)szText, (DWORD)strlen(szText), 0) ||
        !CryptGetHashParam(hHash, HP_HASHVAL, pbValue, &cbValue, 0))
        MyHandleError("the digest");
    CryptDestroyHash(hHash);
}

// MD5 and SHA-1 of all handshake messages, one behind the other.
static void Transcript(HCRYPTPROV hProv, BYTE* pbBoth)
{
    static const char szMessages[] = "all handshake messages so far";

    Digest(hProv, CALG_MD5, szMessages, pbBoth, 16);
    Digest(hProv, CALG_SHA, szMessages, pbBoth + 16, 20);
}

static void Finished(PCONNECTION pSide, const char* szLabel, BYTE* pbFinished)
{
    BYTE abTranscript[36];
    HCRYPTHASH hHash;
    DWORD cb = CB_FINISHED;

    Transcript(pSide->hProv, abTranscript);
    if (!CryptCreateHash(pSide->hProv, CALG_TLS1PRF, pSide->hMasterKey, 0, &hHash))
        MyHandleError("CryptCreateHash, PRF");
    SetHashBlob(hHash, HP_TLS1PRF_LABEL, (const BYTE*)szLabel, (DWORD)strlen(szLabel));
    SetHashBlob(hHash, HP_TLS1PRF_SEED, abTranscript, sizeof(abTranscript));
    if (!CryptGetHashParam(hHash, HP_HASHVAL, pbFinished, &cb, 0) || cb != CB_FINISHED)
        MyHandleError("CryptGetHashParam, PRF");
    CryptDestroyHash(hHash);
}

static void FinishBoth(PCONNECTION pSide)
{
    Finished(pSide, "client finished", pSide->abClientFinished);
    Finished(pSide, "server finished", pSide->abServerFinished);
}

static void Demand(BOOL fRight, const char* szWhat)
{
    if (fRight)
        return;
    printf("%s\n", szWhat);
    exit(1);
}

// How the protocol makes a record's 20 bytes of MAC.
typedef void (*RECORDMAC)(HCRYPTPROV hProv, HCRYPTKEY hMac, const BYTE* pb, DWORD cb, BYTE* pbMac);

// Data, MAC and the engine's own padding, in whole blocks and never final.
static void SendRecord(PCONNECTION pFrom, PCONNECTION pTo, const char* szText, RECORDMAC pfnMac)
{
    BYTE abRecord[64], abMac[20];
    const DWORD cbText = (DWORD)strlen(szText);
    const DWORD cbPadding = 8 - (cbText + 20) % 8;
    DWORD cb = cbText + 20 + cbPadding;

    memcpy(abRecord, szText, cbText);
    pfnMac(pFrom->hProv, pFrom->hWriteMac, abRecord, cbText, abRecord + cbText);
    memset(abRecord + cbText + 20, (int)cbPadding - 1, cbPadding);
    if (!CryptEncrypt(pFrom->hWriteKey, 0, FALSE, 0, abRecord, &cb, sizeof(abRecord)))
        MyHandleError("CryptEncrypt");
    Demand(memcmp(abRecord, szText, cbText) != 0, "The record went as it is");
    if (!CryptDecrypt(pTo->hReadKey, 0, FALSE, 0, abRecord, &cb))
        MyHandleError("CryptDecrypt");
    pfnMac(pTo->hProv, pTo->hReadMac, abRecord, cbText, abMac);
    Demand(memcmp(abRecord, szText, cbText) == 0, "The record came out wrong");
    Demand(memcmp(abRecord + cbText, abMac, 20) == 0, "The record's MAC is wrong");
    printf("record of %u bytes: %s\n", (unsigned)cb, szText);
}

static void Close(PCONNECTION pSide)
{
    CryptDestroyKey(pSide->hReadKey);
    CryptDestroyKey(pSide->hWriteKey);
    CryptDestroyKey(pSide->hReadMac);
    CryptDestroyKey(pSide->hWriteMac);
    CryptDestroyKey(pSide->hMasterKey);
    if (!CryptReleaseContext(pSide->hProv, 0))
        MyHandleError("CryptReleaseContext");
}
