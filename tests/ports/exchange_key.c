// SPDX-License-Identifier: BSD-2-Clause
// Two users with a key container each: the sender seals a session key with the public key of the
// receiver and encrypts a message; the receiver opens both. Both containers are deleted at the end.

#define _WIN32_WINNT 0x0500

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <wincrypt.h>

#define SENDER_CONTAINER "capishim port sender"
#define RECEIVER_CONTAINER "capishim port receiver"
#define IV_LENGTH 8
#define MAX_MESSAGE 256

static const char szMessage[] = "The session key under this text has travelled sealed.";

// What goes over the wire from the sender to the receiver.
typedef struct _ENVELOPE {
    BYTE* pbKeyBlob;
    DWORD dwKeyBlobLen;
    BYTE abIV[IV_LENGTH];
    BYTE abText[MAX_MESSAGE];
    DWORD dwTextLen;
} ENVELOPE;

void MyHandleError(const char* szWhat)
{
    printf("An error occurred: %s.\n", szWhat);
    printf("Error number %x.\n", (unsigned)GetLastError());
    exit(1);
}

// Starts afresh even if an earlier run was broken off.
static HCRYPTPROV CreateContainer(const char* szContainer)
{
    HCRYPTPROV hProv = 0;

    if (!CryptAcquireContextA(&hProv, szContainer, MS_STRONG_PROV_A, PROV_RSA_FULL,
                              CRYPT_DELETEKEYSET) &&
        GetLastError() != (DWORD)NTE_BAD_KEYSET)
        MyHandleError("deleting an old container");
    if (!CryptAcquireContextA(&hProv, szContainer, MS_STRONG_PROV_A, PROV_RSA_FULL,
                              CRYPT_NEWKEYSET))
        MyHandleError("creating a container");
    printf("Created \"%s\".\n", szContainer);
    return hProv;
}

static void DeleteContainer(const char* szContainer)
{
    HCRYPTPROV hProv = 0;

    if (!CryptAcquireContextA(&hProv, szContainer, MS_STRONG_PROV_A, PROV_RSA_FULL,
                              CRYPT_DELETEKEYSET))
        MyHandleError("deleting a container");
    if (CryptAcquireContextA(&hProv, szContainer, MS_STRONG_PROV_A, PROV_RSA_FULL, 0))
        MyHandleError("a deleted container opened");
    if (GetLastError() != (DWORD)NTE_BAD_KEYSET)
        MyHandleError("a deleted container should give NTE_BAD_KEYSET");
    printf("Deleted \"%s\".\n", szContainer);
}

static BYTE* ExportBlob(HCRYPTKEY hKey, HCRYPTKEY hExpKey, DWORD dwBlobType, DWORD* pdwLen)
{
    BYTE* pbBlob;

    if (!CryptExportKey(hKey, hExpKey, dwBlobType, 0, NULL, pdwLen))
        MyHandleError("asking for the length of a blob");
    pbBlob = (BYTE*)malloc(*pdwLen);
    if (!pbBlob)
        MyHandleError("out of memory");
    if (!CryptExportKey(hKey, hExpKey, dwBlobType, 0, pbBlob, pdwLen))
        MyHandleError("exporting a blob");
    return pbBlob;
}

// The receiver makes a pair of 1024 bits and hands out its public half.
static BYTE* PublishKey(HCRYPTPROV hReceiver, DWORD* pdwLen)
{
    HCRYPTKEY hPair = 0;
    BYTE* pbBlob;

    if (CryptGetUserKey(hReceiver, AT_KEYEXCHANGE, &hPair))
        MyHandleError("a new container holds a key");
    if (GetLastError() != (DWORD)NTE_NO_KEY)
        MyHandleError("a new container should give NTE_NO_KEY");
    if (!CryptGenKey(hReceiver, AT_KEYEXCHANGE, RSA1024BIT_KEY, &hPair))
        MyHandleError("generating a pair");
    pbBlob = ExportBlob(hPair, 0, PUBLICKEYBLOB, pdwLen);
    if (*pdwLen != sizeof(BLOBHEADER) + sizeof(RSAPUBKEY) + 128)
        MyHandleError("the public key has a wrong length");
    if (!CryptDestroyKey(hPair))
        MyHandleError("destroying a pair's handle");
    return pbBlob;
}

static void Seal(HCRYPTPROV hSender, const BYTE* pbPublic, DWORD dwPublicLen, ENVELOPE* pEnvelope)
{
    HCRYPTKEY hPublic = 0;
    HCRYPTKEY hSession = 0;
    const BLOBHEADER* pHeader;

    if (!CryptImportKey(hSender, pbPublic, dwPublicLen, 0, 0, &hPublic))
        MyHandleError("importing the receiver's public key");
    if (!CryptGenKey(hSender, CALG_3DES, CRYPT_EXPORTABLE, &hSession))
        MyHandleError("generating a session key");
    pEnvelope->pbKeyBlob = ExportBlob(hSession, hPublic, SIMPLEBLOB, &pEnvelope->dwKeyBlobLen);
    pHeader = (const BLOBHEADER*)pEnvelope->pbKeyBlob;
    if (pEnvelope->dwKeyBlobLen != sizeof(BLOBHEADER) + sizeof(ALG_ID) + 128 ||
        pHeader->bType != SIMPLEBLOB || pHeader->bVersion != CUR_BLOB_VERSION ||
        pHeader->aiKeyAlg != CALG_3DES)
        MyHandleError("the key blob is not what it should be");

    if (!CryptGenRandom(hSender, IV_LENGTH, pEnvelope->abIV))
        MyHandleError("drawing an initialization vector");
    if (!CryptSetKeyParam(hSession, KP_IV, pEnvelope->abIV, 0))
        MyHandleError("setting the initialization vector");
    memcpy(pEnvelope->abText, szMessage, sizeof(szMessage));
    pEnvelope->dwTextLen = sizeof(szMessage);
    if (!CryptEncrypt(hSession, 0, TRUE, 0, pEnvelope->abText, &pEnvelope->dwTextLen, MAX_MESSAGE))
        MyHandleError("encrypting");
    printf("Sealed %u bytes.\n", (unsigned)pEnvelope->dwTextLen);

    if (!CryptDestroyKey(hSession) || !CryptDestroyKey(hPublic))
        MyHandleError("destroying the sender's keys");
}

static void Open(HCRYPTPROV hReceiver, ENVELOPE* pEnvelope)
{
    HCRYPTKEY hPair = 0;
    HCRYPTKEY hSession = 0;

    if (!CryptGetUserKey(hReceiver, AT_KEYEXCHANGE, &hPair))
        MyHandleError("getting the receiver's pair");
    if (!CryptImportKey(hReceiver, pEnvelope->pbKeyBlob, pEnvelope->dwKeyBlobLen, hPair, 0,
                        &hSession))
        MyHandleError("importing the session key");
    if (!CryptSetKeyParam(hSession, KP_IV, pEnvelope->abIV, 0))
        MyHandleError("setting the receiver's initialization vector");
    if (!CryptDecrypt(hSession, 0, TRUE, 0, pEnvelope->abText, &pEnvelope->dwTextLen))
        MyHandleError("decrypting");
    if (pEnvelope->dwTextLen != sizeof(szMessage) ||
        memcmp(pEnvelope->abText, szMessage, sizeof(szMessage)) != 0)
        MyHandleError("the message has changed on its way");
    printf("Received: %s\n", (char*)pEnvelope->abText);
    if (!CryptDestroyKey(hSession) || !CryptDestroyKey(hPair))
        MyHandleError("destroying the receiver's keys");
}

int main(void)
{
    HCRYPTPROV hSender = CreateContainer(SENDER_CONTAINER);
    HCRYPTPROV hReceiver = CreateContainer(RECEIVER_CONTAINER);
    HCRYPTKEY hStranger = 0;
    ENVELOPE Envelope;
    DWORD dwPublicLen;
    BYTE* pbPublic = PublishKey(hReceiver, &dwPublicLen);

    ZeroMemory(&Envelope, sizeof(Envelope));
    Seal(hSender, pbPublic, dwPublicLen, &Envelope);

    // The sender has no exchange pair and so cannot read its own letter again.
    if (CryptImportKey(hSender, Envelope.pbKeyBlob, Envelope.dwKeyBlobLen, 0, 0, &hStranger))
        MyHandleError("the blob opened without a private key");

    Open(hReceiver, &Envelope);
    free(Envelope.pbKeyBlob);
    free(pbPublic);
    if (!CryptReleaseContext(hSender, 0) || !CryptReleaseContext(hReceiver, 0))
        MyHandleError("releasing the contexts");
    DeleteContainer(SENDER_CONTAINER);
    DeleteContainer(RECEIVER_CONTAINER);
    printf("The program ran to completion without error.\n");
    return 0;
}
