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
    Demand(memcmp(Client.abClientFinished, Server.abClientFinished, CB_FINISHED) == 0 &&
               memcmp(Client.abServerFinished, Server.abServerFinished, CB_FINISHED) == 0,
           "The finished messages differ");
    SendRecord(&Client, &Server, "GET / HTTP/1.0", RecordMac);
    SendRecord(&Client, &Server, "Host: example.com", RecordMac);
    SendRecord(&Server, &Client, "HTTP/1.0 200 OK", RecordMac);
    SignAndVerify(&Server, &Client, abServerKey, cbServerKey);

    CryptDestroyKey(hExchangeKey);
    Close(&Client);
    Close(&Server);
    return 0;
}
