// SPDX-License-Identifier: BSD-2-Clause
// Both ends of a handshake with ephemeral Diffie-Hellman: the server signs P, G and its Y with its
// DSS key, each side makes the master key of its own pair and the other's Y, derives bulk keys and
// MAC keys, and ends with finished messages: TLS 1.0's by the PRF, SSL 3.0's and its record MACs by
// hashing the keys.

#include "schannel_connection.h"

#define DHKEYSIZE 768 /* makes the first group of RFC 2409 */
#define CB_PRIME (DHKEYSIZE / 8)
#define CB_PUBLIC (16 + CB_PRIME)
#define CB_DSS_SIGNATURE 40
#define CB_SSL3_FINISHED 36

// What the server's ServerKeyExchange message holds.
typedef struct _DH_PARAMETERS {
    BYTE abPrime[CB_PRIME], abGenerator[CB_PRIME], abPublic[CB_PUBLIC];
    BYTE abSignature[CB_DSS_SIGNATURE];
} DH_PARAMETERS, *PDH_PARAMETERS;

static void Open(PCONNECTION pSide)
{
    memset(pSide, 0, sizeof(*pSide));
    if (!CryptAcquireContext(&pSide->hProv, NULL, MS_DEF_DH_SCHANNEL_PROV, PROV_DH_SCHANNEL,
                             CRYPT_VERIFYCONTEXT))
        MyHandleError("CryptAcquireContext");
}

static void GetNumber(HCRYPTKEY hKey, DWORD dwParam, BYTE* pb)
{
    DWORD cb = CB_PRIME;

    if (!CryptGetKeyParam(hKey, dwParam, pb, &cb, 0) || cb != CB_PRIME)
        MyHandleError("CryptGetKeyParam");
}

static void ExportPublic(HCRYPTKEY hKey, BYTE* pb)
{
    DWORD cb = CB_PUBLIC;

    if (!CryptExportKey(hKey, 0, PUBLICKEYBLOB, 0, pb, &cb) || cb != CB_PUBLIC)
        MyHandleError("CryptExportKey, public value");
}

// What is signed: both randoms and the parameters.
static HCRYPTHASH ParametersHash(HCRYPTPROV hProv, const DH_PARAMETERS* pParameters)
{
    HCRYPTHASH hHash;

    if (!CryptCreateHash(hProv, CALG_SHA, 0, 0, &hHash) ||
        !CryptHashData(hHash, (const BYTE*)CLIENT_RANDOM SERVER_RANDOM, 2 * CB_RANDOM, 0) ||
        !CryptHashData(hHash, pParameters->abPrime, CB_PRIME, 0) ||
        !CryptHashData(hHash, pParameters->abGenerator, CB_PRIME, 0) ||
        !CryptHashData(hHash, pParameters->abPublic, CB_PUBLIC, 0))
        MyHandleError("the parameters' hash");
    return hHash;
}

static HCRYPTKEY ServerParameters(PCONNECTION pServer, PDH_PARAMETERS pParameters)
{
    HCRYPTKEY hPair;
    HCRYPTHASH hHash;
    DWORD cb = CB_DSS_SIGNATURE;

    if (!CryptGenKey(pServer->hProv, CALG_DH_EPHEM, DHKEYSIZE << 16 | CRYPT_EXPORTABLE, &hPair))
        MyHandleError("CryptGenKey, the server's pair");
    GetNumber(hPair, KP_P, pParameters->abPrime);
    GetNumber(hPair, KP_G, pParameters->abGenerator);
    ExportPublic(hPair, pParameters->abPublic);
    hHash = ParametersHash(pServer->hProv, pParameters);
    if (!CryptSignHash(hHash, AT_SIGNATURE, NULL, 0, pParameters->abSignature, &cb) ||
        cb != CB_DSS_SIGNATURE)
        MyHandleError("CryptSignHash");
    CryptDestroyHash(hHash);
    return hPair;
}

static void VerifyParameters(PCONNECTION pClient, const DH_PARAMETERS* pParameters,
                             const BYTE* pbServerKey, DWORD cbServerKey)
{
    HCRYPTKEY hServerKey;
    HCRYPTHASH hHash = ParametersHash(pClient->hProv, pParameters);

    if (!CryptImportKey(pClient->hProv, pbServerKey, cbServerKey, 0, 0, &hServerKey))
        MyHandleError("CryptImportKey, the server's DSS key");
    if (!CryptVerifySignature(hHash, pParameters->abSignature, CB_DSS_SIGNATURE, hServerKey, NULL,
                              0))
        MyHandleError("CryptVerifySignature");
    CryptDestroyHash(hHash);
    CryptDestroyKey(hServerKey);
}

// A pair in the server's group.
static HCRYPTKEY ClientPair(PCONNECTION pClient, const DH_PARAMETERS* pParameters, BYTE* pbPublic)
{
    HCRYPTKEY hPair;

    if (!CryptGenKey(pClient->hProv, CALG_DH_EPHEM,
                     DHKEYSIZE << 16 | CRYPT_EXPORTABLE | CRYPT_PREGEN, &hPair))
        MyHandleError("CryptGenKey, the client's pair");
    SetBlob(hPair, KP_P, (const char*)pParameters->abPrime, CB_PRIME);
    SetBlob(hPair, KP_G, (const char*)pParameters->abGenerator, CB_PRIME);
    if (!CryptSetKeyParam(hPair, KP_X, NULL, 0))
        MyHandleError("CryptSetKeyParam, KP_X");
    ExportPublic(hPair, pbPublic);
    return hPair;
}

// The agreed key becomes the master key; the pair has done its duty.
static void MakeMasterKey(PCONNECTION pSide, HCRYPTKEY hPair, const BYTE* pbTheirs, ALG_ID aiMaster)
{
    DWORD dwBits, cb = sizeof(dwBits);

    if (!CryptImportKey(pSide->hProv, pbTheirs, CB_PUBLIC, hPair, 0, &pSide->hMasterKey))
        MyHandleError("CryptImportKey, the other's public value");
    if (!CryptSetKeyParam(pSide->hMasterKey, KP_ALGID, (BYTE*)&aiMaster, 0))
        MyHandleError("CryptSetKeyParam, KP_ALGID");
    CryptDestroyKey(hPair);
    if (!CryptGetKeyParam(pSide->hMasterKey, KP_KEYLEN, (BYTE*)&dwBits, &cb, 0) || dwBits != 384)
        MyHandleError("CryptGetKeyParam, the master key's length");
}

// A hash of the key, then the pad as often as it takes.
static HCRYPTHASH HashWithKey(HCRYPTPROV hProv, ALG_ID aiHash, HCRYPTKEY hKey, BYTE bPad)
{
    BYTE abPad[48];
    HCRYPTHASH hHash;

    memset(abPad, bPad, sizeof(abPad));
    if (!CryptCreateHash(hProv, aiHash, 0, 0, &hHash) ||
        !CryptHashSessionKey(hHash, hKey, CRYPT_LITTLE_ENDIAN) ||
        !CryptHashData(hHash, abPad, aiHash == CALG_MD5 ? 48 : 40, 0))
        MyHandleError("CryptHashSessionKey");
    return hHash;
}

static DWORD ValueOf(HCRYPTHASH hHash, BYTE* pb)
{
    DWORD cb = 20;

    if (!CryptGetHashParam(hHash, HP_HASHVAL, pb, &cb, 0))
        MyHandleError("CryptGetHashParam");
    CryptDestroyHash(hHash);
    return cb;
}

// hash(key, pad 2, the inner hash)
static DWORD OuterHash(HCRYPTPROV hProv, ALG_ID aiHash, HCRYPTKEY hKey, const BYTE* pbInner,
                       DWORD cbInner, BYTE* pbValue)
{
    HCRYPTHASH hHash = HashWithKey(hProv, aiHash, hKey, 0x5C);

    if (!CryptHashData(hHash, pbInner, cbInner, 0))
        MyHandleError("CryptHashData");
    return ValueOf(hHash, pbValue);
}

// One of the two halves of SSL 3.0's finished message (RFC 6101 5.6.9).
static DWORD Ssl3FinishedHalf(PCONNECTION pSide, ALG_ID aiHash, const char* szSender, BYTE* pbHalf)
{
    static const char szMessages[] = "all handshake messages so far";
    BYTE abPad[48], abInner[20];
    HCRYPTHASH hHash;
    DWORD cbInner;

    memset(abPad, 0x36, sizeof(abPad));
    if (!CryptCreateHash(pSide->hProv, aiHash, 0, 0, &hHash) ||
        !CryptHashData(hHash, (const BYTE*)szMessages, (DWORD)strlen(szMessages), 0) ||
        !CryptHashData(hHash, (const BYTE*)szSender, 4, 0) ||
        !CryptHashSessionKey(hHash, pSide->hMasterKey, CRYPT_LITTLE_ENDIAN) ||
        !CryptHashData(hHash, abPad, aiHash == CALG_MD5 ? 48 : 40, 0))
        MyHandleError("the inner hash");
    cbInner = ValueOf(hHash, abInner);
    return OuterHash(pSide->hProv, aiHash, pSide->hMasterKey, abInner, cbInner, pbHalf);
}

static void Ssl3Finished(PCONNECTION pSide, const char* szSender, BYTE* pbFinished)
{
    DWORD cb = Ssl3FinishedHalf(pSide, CALG_MD5, szSender, pbFinished);

    cb += Ssl3FinishedHalf(pSide, CALG_SHA, szSender, pbFinished + cb);
    if (cb != CB_SSL3_FINISHED)
        MyHandleError("the finished message's length");
}

// RFC 6101 5.2.3.1, without the sequence number.
static void Ssl3RecordMac(HCRYPTPROV hProv, HCRYPTKEY hMac, const BYTE* pb, DWORD cb, BYTE* pbMac)
{
    BYTE abInner[20];
    HCRYPTHASH hHash = HashWithKey(hProv, CALG_SHA, hMac, 0x36);

    if (!CryptHashData(hHash, pb, cb, 0))
        MyHandleError("CryptHashData");
    OuterHash(hProv, CALG_SHA, hMac, abInner, ValueOf(hHash, abInner), pbMac);
}

static void FinishSsl3(PCONNECTION pClient, PCONNECTION pServer)
{
    BYTE abClients[2][CB_SSL3_FINISHED], abServers[2][CB_SSL3_FINISHED];

    Ssl3Finished(pClient, "CLNT", abClients[0]);
    Ssl3Finished(pServer, "CLNT", abServers[0]);
    Ssl3Finished(pClient, "SRVR", abClients[1]);
    Ssl3Finished(pServer, "SRVR", abServers[1]);
    Demand(memcmp(abClients, abServers, sizeof(abClients)) == 0, "The finished messages differ");
    Demand(memcmp(abClients[0], abClients[1], CB_SSL3_FINISHED) != 0,
           "Client and server finish alike");
}

static void FinishTls1(PCONNECTION pClient, PCONNECTION pServer)
{
    FinishBoth(pClient);
    FinishBoth(pServer);
    Demand(memcmp(pClient->abClientFinished, pServer->abClientFinished, CB_FINISHED) == 0 &&
               memcmp(pClient->abServerFinished, pServer->abServerFinished, CB_FINISHED) == 0,
           "The finished messages differ");
}

static void Handshake(ALG_ID aiMaster)
{
    CONNECTION Client, Server;
    DH_PARAMETERS Parameters;
    HCRYPTKEY hSignatureKey, hServerPair, hClientPair;
    BYTE abServerKey[512], abClientPublic[CB_PUBLIC];
    DWORD cbServerKey = sizeof(abServerKey);

    Open(&Client);
    Open(&Server);
    if (!CryptGenKey(Server.hProv, AT_SIGNATURE, 512 << 16, &hSignatureKey))
        MyHandleError("CryptGenKey, the server's DSS key");
    if (!CryptExportKey(hSignatureKey, 0, PUBLICKEYBLOB, 0, abServerKey, &cbServerKey))
        MyHandleError("CryptExportKey, the server's DSS key");

    hServerPair = ServerParameters(&Server, &Parameters);
    VerifyParameters(&Client, &Parameters, abServerKey, cbServerKey);
    hClientPair = ClientPair(&Client, &Parameters, abClientPublic);
    MakeMasterKey(&Client, hClientPair, Parameters.abPublic, aiMaster);
    MakeMasterKey(&Server, hServerPair, abClientPublic, aiMaster);
    DeriveKeys(&Client, 0, CRYPT_SERVER);
    DeriveKeys(&Server, CRYPT_SERVER, 0);

    if (aiMaster == CALG_TLS1_MASTER)
        FinishTls1(&Client, &Server);
    else
        FinishSsl3(&Client, &Server);
    SendRecord(&Client, &Server, "GET / HTTP/1.0", Ssl3RecordMac);
    SendRecord(&Client, &Server, "Host: example.com", Ssl3RecordMac);
    SendRecord(&Server, &Client, "HTTP/1.0 200 OK", Ssl3RecordMac);

    CryptDestroyKey(hSignatureKey);
    Close(&Client);
    Close(&Server);
}

int main(void)
{
    Handshake(CALG_TLS1_MASTER);
    Handshake(CALG_SSL3_MASTER);
    return 0;
}
