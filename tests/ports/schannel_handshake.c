// SPDX-License-Identifier: BSD-2-Clause
// Both ends of an SSL handshake as a protocol engine drives them: the client's master key goes to
// the server under RSA, each side derives the bulk keys, MAC keys and finished messages, a record
// goes each way, and the server signs with SSL3's pair of hashes.

#include "schannel_connection.h"

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
