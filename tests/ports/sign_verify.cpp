// SPDX-License-Identifier: BSD-2-Clause
// Signs a file with a key of its own container and verifies the signature as somebody else would
// who has only the public key. Builds with and without UNICODE; its messages are narrow in both.
//
//   sign_verify [FILE]      without FILE it signs its own program file

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vector>
#include <Windows.h>
#include <tchar.h>
#include <Wincrypt.h>

#pragma comment(lib, "crypt32.lib")

typedef std::vector<BYTE> Bytes;

#define CONTAINER_NAME TEXT("capishim port signer")
#define DESCRIPTION TEXT("Test Signature")

static void MyHandleError(_In_z_ const char* what)
{
    fprintf(stderr, "sign_verify: %s, error 0x%08x\n", what, (unsigned)GetLastError());
    exit(1);
}

static Bytes LoadFile(const _TCHAR* name)
{
    Bytes content;
    BYTE chunk[1024];
    FILE* file = _tfopen(name, TEXT("rb"));
    if (!file)
        MyHandleError("cannot open the file");
    for (size_t count; (count = fread(chunk, 1, sizeof(chunk), file)) != 0;)
        content.insert(content.end(), chunk, chunk + count);
    fclose(file);
    return content;
}

static HCRYPTHASH HashOf(HCRYPTPROV hProv, ALG_ID algorithm, const Bytes& content)
{
    const size_t step = 1024;
    HCRYPTHASH hHash = 0;
    if (!CryptCreateHash(hProv, algorithm, 0, 0, &hHash))
        MyHandleError("CryptCreateHash");
    for (size_t at = 0; at < content.size(); at += step) {
        const size_t count = content.size() - at < step ? content.size() - at : step;
        if (!CryptHashData(hHash, &content[at], (DWORD)count, 0))
            MyHandleError("CryptHashData");
    }
    return hHash;
}

// Opens the signer's container, or makes it together with its signature pair.
static HCRYPTPROV OpenSigner(HCRYPTKEY* phPair)
{
    HCRYPTPROV hProv = 0;
    if (!CryptAcquireContext(&hProv, CONTAINER_NAME, NULL, PROV_RSA_FULL, 0)) {
        if (GetLastError() != (DWORD)NTE_BAD_KEYSET)
            MyHandleError("CryptAcquireContext");
        if (!CryptAcquireContext(&hProv, CONTAINER_NAME, NULL, PROV_RSA_FULL, CRYPT_NEWKEYSET))
            MyHandleError("CryptAcquireContext, new key set");
        printf("Created a key container.\n");
    }
    if (!CryptGetUserKey(hProv, AT_SIGNATURE, phPair)) {
        if (GetLastError() != (DWORD)NTE_NO_KEY)
            MyHandleError("CryptGetUserKey");
        if (!CryptGenKey(hProv, AT_SIGNATURE, 0, phPair))
            MyHandleError("CryptGenKey");
        printf("Generated a signature pair.\n");
    }
    return hProv;
}

static Bytes PublicBlob(HCRYPTKEY hPair)
{
    DWORD length;
    if (!CryptExportKey(hPair, 0, PUBLICKEYBLOB, 0, NULL, &length))
        MyHandleError("CryptExportKey, length");
    Bytes blob(length);
    if (!CryptExportKey(hPair, 0, PUBLICKEYBLOB, 0, &blob[0], &length))
        MyHandleError("CryptExportKey");
    return blob;
}

static Bytes Sign(HCRYPTPROV hProv, ALG_ID algorithm, const Bytes& content, LPCTSTR description)
{
    const HCRYPTHASH hHash = HashOf(hProv, algorithm, content);
    DWORD length = 0;
    if (!CryptSignHash(hHash, AT_SIGNATURE, description, 0, NULL, &length))
        MyHandleError("CryptSignHash, length");
    Bytes signature(length);
    if (!CryptSignHash(hHash, AT_SIGNATURE, description, 0, &signature[0], &length))
        MyHandleError("CryptSignHash");
    if (!CryptDestroyHash(hHash))
        MyHandleError("CryptDestroyHash");
    return signature;
}

// The verifier has no keys: an ephemeral context and the signer's PUBLICKEYBLOB are all it uses.
// The imported key is left to the release of the context, as the classic program leaves it.
static bool Verify(ALG_ID algorithm, const Bytes& content, const Bytes& signature,
                   const Bytes& blob, LPCTSTR description)
{
    HCRYPTPROV hProv = 0;
    HCRYPTKEY hPublic = 0;
    if (!CryptAcquireContext(&hProv, NULL, NULL, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT))
        MyHandleError("CryptAcquireContext, verifier");
    if (!CryptImportKey(hProv, &blob[0], (DWORD)blob.size(), 0, 0, &hPublic))
        MyHandleError("CryptImportKey");
    const HCRYPTHASH hHash = HashOf(hProv, algorithm, content);
    const BOOL valid = CryptVerifySignature(hHash, &signature[0], (DWORD)signature.size(), hPublic,
                                            description, 0);
    if (!valid && GetLastError() != (DWORD)NTE_BAD_SIGNATURE)
        MyHandleError("CryptVerifySignature should say NTE_BAD_SIGNATURE");
    if (!CryptDestroyHash(hHash) || !CryptReleaseContext(hProv, 0))
        MyHandleError("the verifier's clean-up");
    return valid != FALSE;
}

static void SignAndVerify(HCRYPTPROV hSigner, ALG_ID algorithm, const char* name,
                          const Bytes& content, const Bytes& blob)
{
    const Bytes signature = Sign(hSigner, algorithm, content, NULL);
    if (!Verify(algorithm, content, signature, blob, NULL))
        MyHandleError("a good signature was refused");
    Bytes changed(content);
    changed.push_back('!');
    if (Verify(algorithm, changed, signature, blob, NULL))
        MyHandleError("the signature of a changed file was accepted");
    if (Verify(algorithm, content, signature, blob, DESCRIPTION))
        MyHandleError("a description that was not signed was accepted");
    const Bytes described = Sign(hSigner, algorithm, content, DESCRIPTION);
    if (!Verify(algorithm, content, described, blob, DESCRIPTION))
        MyHandleError("a good signature with a description was refused");
    printf("Signed with %s and verified: %u bytes.\n", name, (unsigned)signature.size());
}

// A signature that another machine made long ago, with its description: the text counts as UTF-16
// there, however wide this program's characters are.
static void VerifyOldSignature()
{
    static const BYTE blob[84] = {
        0x06, 0x02, 0x00, 0x00, 0x00, 0xa4, 0x00, 0x00, 0x52, 0x53, 0x41, 0x31, 0x00, 0x02,
        0x00, 0x00, 0x01, 0x00, 0x01, 0x00, 0xe1, 0x94, 0x84, 0x7a, 0x27, 0x4c, 0x7b, 0xda,
        0xdb, 0xc5, 0x99, 0xdd, 0xed, 0x20, 0x1a, 0xb8, 0x66, 0x44, 0x21, 0xdc, 0x10, 0xe5,
        0xee, 0x48, 0x62, 0x39, 0xae, 0x8f, 0xcf, 0x17, 0x81, 0xf0, 0x37, 0x8b, 0xb5, 0x46,
        0xa9, 0x65, 0xb7, 0x4e, 0x75, 0x83, 0x84, 0x4e, 0x4f, 0xce, 0xf1, 0xf2, 0xad, 0xa0,
        0xb1, 0x22, 0x09, 0xec, 0xc2, 0x30, 0x96, 0xf8, 0x27, 0x2b, 0x33, 0xcf, 0xa4, 0xbe};
    static const BYTE signature[64] = {
        0x64, 0xf6, 0x46, 0x3a, 0x97, 0x2e, 0x83, 0x38, 0x09, 0x57, 0x43, 0xcb, 0xca,
        0x41, 0x59, 0x0d, 0x03, 0x35, 0xd6, 0xe4, 0x36, 0x6f, 0x2c, 0xfc, 0x63, 0x43,
        0x95, 0xc4, 0xfd, 0xe2, 0xc4, 0xed, 0x06, 0xda, 0x9a, 0x21, 0x98, 0xfc, 0x0a,
        0x6e, 0x3f, 0x1c, 0xad, 0x3a, 0xdb, 0x7c, 0x83, 0x2f, 0x14, 0xd0, 0x58, 0x80,
        0x02, 0xdf, 0xdc, 0x96, 0x70, 0x09, 0x00, 0xe3, 0x5b, 0xbd, 0x2b, 0x45};
    static const char data[] = "1134-kelp";
    if (!Verify(CALG_MD5, Bytes(data, data + 9), Bytes(signature, signature + sizeof(signature)),
                Bytes(blob, blob + sizeof(blob)), DESCRIPTION))
        MyHandleError("the old signature was refused");
    printf("Verified an old signature with its description.\n");
}

int _tmain(int argc, _TCHAR* argv[])
{
    const Bytes content = LoadFile(argc > 1 ? argv[1] : argv[0]);
    HCRYPTKEY hPair = 0;
    HCRYPTPROV hSigner = OpenSigner(&hPair);
    const Bytes blob = PublicBlob(hPair);

    SignAndVerify(hSigner, CALG_MD5, "MD5", content, blob);
    SignAndVerify(hSigner, CALG_SHA1, "SHA-1", content, blob);
    if (!CryptReleaseContext(hSigner, 0)) // hPair goes with it
        MyHandleError("CryptReleaseContext");
    if (!CryptAcquireContext(&hSigner, CONTAINER_NAME, NULL, PROV_RSA_FULL, CRYPT_DELETEKEYSET))
        MyHandleError("CryptAcquireContext, delete key set");
    VerifyOldSignature();
    return 0;
}
