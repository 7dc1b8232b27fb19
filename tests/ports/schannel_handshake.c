// SPDX-License-Identifier: BSD-2-Clause
// Both ends of an SSL handshake as a protocol engine drives them: the client's master key goes to
// the server under RSA, each side derives the bulk keys, MAC keys and finished messages, a record
// goes each way, and the server signs with SSL3's pair of hashes.

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

// The client's half of the key exchange: a master key under the server's public key.
static DWORD SendMasterKey(PCONNECTION pClient, const BYTE* pbServerKey, DWORD cbServerKey,
                           BYTE* pbEnvelope, DWORD cbEnvelope)
{
    HCRYPTKEY hServerKey;

    if (!CryptImportKey(pClient->hProv, pbServerKey, cbServerKey, 0, 0, &hServerKey))
        MyHandleError("CryptImportKey, the server's public key");
    if (!CryptGenKey(pClient->hProv, CALG_TLS1_MASTER, CRYPT_EXPORTABLE, &pClient->hMasterKey))
        MyHandleError("CryptGenKey, master key");
    if (!CryptExportKey(pClient->hMasterKey, hServerKey, SIMPLEBLOB, 0, pbEnvelope, &cbEnvelope))
        MyHandleError("CryptExportKey, master key");
    CryptDestroyKey(hServerKey);
    return cbEnvelope;
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

static void RecordMac(HCRYPTPROV hProv, HCRYPTKEY hMac, const BYTE* pb, DWORD cb, BYTE* pbMac)
{
    HMAC_INFO HmacInfo;
    HCRYPTHASH hHash;
    DWORD cbMac = 20;

    memset(&HmacInfo, 0, sizeof(HmacInfo));
    HmacInfo.HashAlgid = CALG_SHA;
    if (!CryptCreateHash(hProv, CALG_HMAC, hMac, 0, &hHash) ||
        !CryptSetHashParam(hHash, HP_HMAC_INFO, (BYTE*)&HmacInfo, 0) ||
        !CryptHashData(hHash, pb, cb, 0) || !CryptGetHashParam(hHash, HP_HASHVAL, pbMac, &cbMac, 0))
        MyHandleError("the record's MAC");
    CryptDestroyHash(hHash);
}

// Data, MAC and the engine's own padding, in whole blocks and never final.
static void SendRecord(PCONNECTION pFrom, PCONNECTION pTo, const char* szText)
{
    BYTE abRecord[64], abMac[20];
    const DWORD cbText = (DWORD)strlen(szText);
    const DWORD cbPadding = 8 - (cbText + 20) % 8;
    DWORD cb = cbText + 20 + cbPadding;

    memcpy(abRecord, szText, cbText);
    RecordMac(pFrom->hProv, pFrom->hWriteMac, abRecord, cbText, abRecord + cbText);
    memset(abRecord + cbText + 20, (int)cbPadding - 1, cbPadding);
    if (!CryptEncrypt(pFrom->hWriteKey, 0, FALSE, 0, abRecord, &cb, sizeof(abRecord)))
        MyHandleError("CryptEncrypt");
    if (!CryptDecrypt(pTo->hReadKey, 0, FALSE, 0, abRecord, &cb))
        MyHandleError("CryptDecrypt");
    RecordMac(pTo->hProv, pTo->hReadMac, abRecord, cbText, abMac);
    if (memcmp(abRecord, szText, cbText) != 0 || memcmp(abRecord + cbText, abMac, 20) != 0) {
        printf("The record came out wrong\n");
        exit(1);
    }
    printf("record of %u bytes: %s\n", (unsigned)cb, szText);
}

// What a server signs of its parameters: MD5 and SHA-1 that it computed itself.
static HCRYPTHASH ParametersHash(HCRYPTPROV hProv)
{
    BYTE abBoth[36];
    HCRYPTHASH hHash;

    Transcript(hProv, abBoth);
    if (!CryptCreateHash(hProv, CALG_SSL3_SHAMD5, 0, 0, &hHash))
        MyHandleError("CryptCreateHash, SSL3_SHAMD5");
    if (!CryptSetHashParam(hHash, HP_HASHVAL, abBoth, 0))
        MyHandleError("CryptSetHashParam, SSL3_SHAMD5");
    return hHash;
}

static void SignAndVerify(PCONNECTION pServer, PCONNECTION pClient, const BYTE* pbServerKey,
                          DWORD cbServerKey)
{
    BYTE abSignature[128];
    DWORD cbSignature = sizeof(abSignature);
    HCRYPTKEY hServerKey;
    HCRYPTHASH hHash = ParametersHash(pServer->hProv);

    if (!CryptSignHash(hHash, AT_KEYEXCHANGE, NULL, 0, abSignature, &cbSignature))
        MyHandleError("CryptSignHash");
    CryptDestroyHash(hHash);

    hHash = ParametersHash(pClient->hProv);
    if (!CryptImportKey(pClient->hProv, pbServerKey, cbServerKey, 0, 0, &hServerKey))
        MyHandleError("CryptImportKey");
    if (!CryptVerifySignature(hHash, abSignature, cbSignature, hServerKey, NULL, 0))
        MyHandleError("CryptVerifySignature");
    CryptDestroyHash(hHash);
    CryptDestroyKey(hServerKey);
    printf("signature of %u bytes verified\n", (unsigned)cbSignature);
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

int main(void)
{
    CONNECTION Client, Server;
    HCRYPTKEY hExchangeKey;
    BYTE abServerKey[20 + 128], abEnvelope[12 + 128];
    DWORD cbServerKey = sizeof(abServerKey), cbEnvelope;

    memset(&Client, 0, sizeof(Client));
    memset(&Server, 0, sizeof(Server));
    if (!CryptAcquireContext(&Client.hProv, NULL, NULL, PROV_RSA_SCHANNEL, CRYPT_VERIFYCONTEXT) ||
        !CryptAcquireContext(&Server.hProv, NULL, MS_DEF_RSA_SCHANNEL_PROV, PROV_RSA_SCHANNEL,
                             CRYPT_VERIFYCONTEXT))
        MyHandleError("CryptAcquireContext");
    if (!CryptGenKey(Server.hProv, AT_KEYEXCHANGE, RSA1024BIT_KEY, &hExchangeKey))
        MyHandleError("CryptGenKey, exchange key");
    if (!CryptExportKey(hExchangeKey, 0, PUBLICKEYBLOB, 0, abServerKey, &cbServerKey))
        MyHandleError("CryptExportKey, public key");

    cbEnvelope = SendMasterKey(&Client, abServerKey, cbServerKey, abEnvelope, sizeof(abEnvelope));
    if (!CryptImportKey(Server.hProv, abEnvelope, cbEnvelope, hExchangeKey, 0, &Server.hMasterKey))
        MyHandleError("CryptImportKey, master key");
    DeriveKeys(&Client, 0, CRYPT_SERVER);
    DeriveKeys(&Server, CRYPT_SERVER, 0);

    FinishBoth(&Client);
    FinishBoth(&Server);
    if (memcmp(Client.abClientFinished, Server.abClientFinished, CB_FINISHED) != 0 ||
        memcmp(Client.abServerFinished, Server.abServerFinished, CB_FINISHED) != 0) {
        printf("The finished messages differ\n");
        return 1;
    }
    SendRecord(&Client, &Server, "GET / HTTP/1.0");
    SendRecord(&Client, &Server, "Host: example.com");
    SendRecord(&Server, &Client, "HTTP/1.0 200 OK");
    SignAndVerify(&Server, &Client, abServerKey, cbServerKey);

    CryptDestroyKey(hExchangeKey);
    Close(&Client);
    Close(&Server);
    return 0;
}
