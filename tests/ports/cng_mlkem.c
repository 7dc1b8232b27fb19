// SPDX-License-Identifier: BSD-2-Clause
// ML-KEM-768: one side sends the bare encapsulation key, the other builds a blob of it,
// encapsulates and sends the ciphertext. Exit status 77 (skipped) where the system has no ML-KEM.

#include "cng_program.h"

#ifndef BCRYPT_MLKEM_ALG_HANDLE

int main(void)
{
    printf("This SDK does not know ML-KEM.\n");
    return 77;
}

#else

#define SECRET_LENGTH 32
#define KEY_LENGTH 1184
#define CIPHERTEXT_LENGTH 1088

/* A blob's text has 16-bit characters on every system. */
static const WORD rgwSetName[] = {'7', '6', '8', 0};

typedef struct _BYTES {
    PBYTE pb;
    DWORD cb;
} BYTES;

static BCRYPT_KEY_HANDLE MakePair(void)
{
    BCRYPT_KEY_HANDLE hPair = NULL;
    Check(BCryptGenerateKeyPair(BCRYPT_MLKEM_ALG_HANDLE, &hPair, 0, 0), "BCryptGenerateKeyPair");
    Check(BCryptSetProperty(hPair, BCRYPT_PARAMETER_SET_NAME,
                            (PUCHAR)BCRYPT_MLKEM_PARAMETER_SET_768,
                            sizeof(BCRYPT_MLKEM_PARAMETER_SET_768), 0),
          "BCryptSetProperty");
    Check(BCryptFinalizeKeyPair(hPair, 0), "BCryptFinalizeKeyPair");
    return hPair;
}

/* What goes over the wire: the key alone. */
static BYTES BareKey(BCRYPT_KEY_HANDLE hPair)
{
    BCRYPT_MLKEM_KEY_BLOB Header;
    DWORD cbBlob = 0;
    PBYTE pbBlob = Export(hPair, BCRYPT_MLKEM_ENCAPSULATION_BLOB, &cbBlob);
    BYTES Key;

    Require(cbBlob == sizeof(Header) + sizeof(rgwSetName) + KEY_LENGTH, "a blob of another length");
    memcpy(&Header, pbBlob, sizeof(Header));
    Require(Header.dwMagic == BCRYPT_MLKEM_PUBLIC_MAGIC, "a blob with another magic");
    Require(Header.cbParameterSet == sizeof(rgwSetName) && Header.cbKey == KEY_LENGTH,
            "a blob of another parameter set");
    Require(memcmp(pbBlob + sizeof(Header), rgwSetName, sizeof(rgwSetName)) == 0,
            "another name of a parameter set");
    Key.cb = KEY_LENGTH;
    Key.pb = Allocate(Key.cb);
    memcpy(Key.pb, pbBlob + sizeof(Header) + sizeof(rgwSetName), KEY_LENGTH);
    Free(pbBlob);
    return Key;
}

static BCRYPT_KEY_HANDLE ImportBareKey(BYTES Key)
{
    BCRYPT_MLKEM_KEY_BLOB Header;
    BCRYPT_KEY_HANDLE hKey;
    DWORD cbBlob = sizeof(Header) + sizeof(rgwSetName) + Key.cb;
    PBYTE pbBlob = Allocate(cbBlob);

    Header.dwMagic = BCRYPT_MLKEM_PUBLIC_MAGIC;
    Header.cbParameterSet = sizeof(rgwSetName);
    Header.cbKey = Key.cb;
    memcpy(pbBlob, &Header, sizeof(Header));
    memcpy(pbBlob + sizeof(Header), rgwSetName, sizeof(rgwSetName));
    memcpy(pbBlob + sizeof(Header) + sizeof(rgwSetName), Key.pb, Key.cb);
    hKey = Import(BCRYPT_MLKEM_ALG_HANDLE, BCRYPT_MLKEM_ENCAPSULATION_BLOB, pbBlob, cbBlob);
    Free(pbBlob);
    return hKey;
}

static BYTES Encapsulate(BYTES Key, PBYTE pbSecret)
{
    BCRYPT_KEY_HANDLE hKey = ImportBareKey(Key);
    ULONG cbSecret = 0, cbCipherText = 0;
    BYTES CipherText;

    Require(DwordProperty(hKey, BCRYPT_KEM_SHARED_SECRET_LENGTH) == SECRET_LENGTH,
            "a secret of another length");
    CipherText.cb = DwordProperty(hKey, BCRYPT_KEM_CIPHERTEXT_LENGTH);
    Require(CipherText.cb == CIPHERTEXT_LENGTH, "a ciphertext of another length");
    CipherText.pb = Allocate(CipherText.cb);
    Check(BCryptEncapsulate(hKey, pbSecret, SECRET_LENGTH, &cbSecret, CipherText.pb, CipherText.cb,
                            &cbCipherText, 0),
          "BCryptEncapsulate");
    Require(cbSecret == SECRET_LENGTH && cbCipherText == CipherText.cb, "other lengths came out");
    Check(BCryptDestroyKey(hKey), "BCryptDestroyKey");
    return CipherText;
}

int main(void)
{
    BCRYPT_ALG_HANDLE hAlg = NULL;
    BCRYPT_KEY_HANDLE hPair;
    BYTES Key, CipherText;
    BYTE rgbTheirs[SECRET_LENGTH], rgbOurs[SECRET_LENGTH];
    ULONG cbOurs = 0;
    NTSTATUS Status = BCryptOpenAlgorithmProvider(&hAlg, BCRYPT_MLKEM_ALGORITHM, NULL, 0);

    if (Status == STATUS_NOT_FOUND) {
        printf("This system has no ML-KEM.\n");
        return 77;
    }
    Check(Status, "BCryptOpenAlgorithmProvider");
    Check(BCryptCloseAlgorithmProvider(hAlg, 0), "BCryptCloseAlgorithmProvider");

    hPair = MakePair();
    Key = BareKey(hPair);
    CipherText = Encapsulate(Key, rgbTheirs);
    Require(DwordProperty(hPair, BCRYPT_KEM_SHARED_SECRET_LENGTH) == SECRET_LENGTH,
            "a secret of another length");
    Check(BCryptDecapsulate(hPair, CipherText.pb, CipherText.cb, rgbOurs, sizeof(rgbOurs), &cbOurs,
                            0),
          "BCryptDecapsulate");
    PrintBytes("shared secret", rgbOurs, cbOurs);
    Require(cbOurs == SECRET_LENGTH && memcmp(rgbOurs, rgbTheirs, cbOurs) == 0,
            "the two sides do not agree");
    Check(BCryptDestroyKey(hPair), "BCryptDestroyKey");
    Free(CipherText.pb);
    Free(Key.pb);
    return 0;
}

#endif
