// SPDX-License-Identifier: BSD-2-Clause
// Hashes with CNG: an object in memory of the program's own, closed before it is destroyed; one
// that is used again and again; a duplicate; HMAC. Algorithm names are wide strings throughout.

#include <windows.h>
#include <bcrypt.h>
#include <stdio.h>
#include <string.h>
#include <stdexcept>
#include <string>
#include <vector>

#pragma comment(lib, "bcrypt.lib")

#undef STATUS_INVALID_HANDLE // <winbase.h> has it as an unsigned number
#define STATUS_INVALID_HANDLE ((NTSTATUS)0xC0000008L)

typedef std::vector<BYTE> Bytes;

static void Check(NTSTATUS status, const char* what)
{
    if (status >= 0)
        return;
    char text[100];
    sprintf(text, "%.60s gave status 0x%08x", what, (unsigned)status);
    throw std::runtime_error(text);
}

static void Expect(const char* name, const Bytes& value, const char* expected)
{
    std::string hex;
    for (size_t i = 0; i < value.size(); ++i) {
        char digits[3];
        sprintf(digits, "%02x", value[i]);
        hex += digits;
    }
    printf("%-32s %s\n", name, hex.c_str());
    if (hex != expected)
        throw std::runtime_error(std::string("expected ") + expected);
}

class Algorithm {
  public:
    Algorithm(LPCWSTR name, ULONG flags) : handle_(NULL)
    {
        Check(BCryptOpenAlgorithmProvider(&handle_, name, NULL, flags),
              "BCryptOpenAlgorithmProvider");
    }
    ~Algorithm() { Close(); }

    void Close()
    {
        if (handle_)
            BCryptCloseAlgorithmProvider(handle_, 0);
        handle_ = NULL;
    }

    DWORD Number(LPCWSTR property) const
    {
        DWORD value = 0;
        ULONG written = 0;
        Check(BCryptGetProperty(handle_, property, (PUCHAR)&value, sizeof(value), &written, 0),
              "BCryptGetProperty");
        return value;
    }

    BCRYPT_ALG_HANDLE Get() const { return handle_; }

  private:
    Algorithm(const Algorithm&);
    Algorithm& operator=(const Algorithm&);
    BCRYPT_ALG_HANDLE handle_;
};

static void Add(BCRYPT_HASH_HANDLE hash, const char* text)
{
    Check(BCryptHashData(hash, (PUCHAR)text, (ULONG)strlen(text), 0), "BCryptHashData");
}

static Bytes Finish(BCRYPT_HASH_HANDLE hash, DWORD length)
{
    Bytes value(length);
    Check(BCryptFinishHash(hash, &value[0], length, 0), "BCryptFinishHash");
    return value;
}

// The order of the classic program: the provider is closed first, the hash destroyed after it.
static void HashInOwnMemory()
{
    Algorithm sha256(BCRYPT_SHA256_ALGORITHM, 0);
    Bytes object(sha256.Number(BCRYPT_OBJECT_LENGTH));
    const DWORD length = sha256.Number(BCRYPT_HASH_LENGTH);
    BCRYPT_HASH_HANDLE hash = NULL;

    Check(BCryptCreateHash(sha256.Get(), &hash, &object[0], (ULONG)object.size(), NULL, 0, 0),
          "BCryptCreateHash");
    Add(hash, "abc");
    Expect("SHA-256 of \"abc\"", Finish(hash, length),
           "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    if (BCryptHashData(hash, (PUCHAR) "d", 1, 0) != STATUS_INVALID_HANDLE)
        throw std::runtime_error("a finished hash took more data");
    sha256.Close();
    Check(BCryptDestroyHash(hash), "BCryptDestroyHash");
}

// Finishing a reusable object makes it a fresh one.
static void ReuseOneObject()
{
    static UCHAR message[] = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08};
    Algorithm sha256(L"SHA256", BCRYPT_HASH_REUSABLE_FLAG);
    BCRYPT_HASH_HANDLE hash = NULL;

    Check(BCryptCreateHash(sha256.Get(), &hash, NULL, 0, NULL, 0, BCRYPT_HASH_REUSABLE_FLAG),
          "BCryptCreateHash, reusable");
    for (int round = 1; round <= 2; ++round) {
        for (int i = 0; i < 4; ++i)
            Check(BCryptHashData(hash, message, sizeof(message), 0), "BCryptHashData");
        Expect(round == 1 ? "SHA-256 of a message" : "once more on that object", Finish(hash, 32),
               "8cf3e5f40cf025a984d8e00b307bbab2b520c91b2bde6fa86958f8f4e7d8a609");
    }
    Check(BCryptDestroyHash(hash), "BCryptDestroyHash");
}

static void DuplicateHash()
{
    Algorithm sha1(BCRYPT_SHA1_ALGORITHM, 0);
    BCRYPT_HASH_HANDLE original = NULL;
    BCRYPT_HASH_HANDLE duplicate = NULL;

    Check(BCryptCreateHash(sha1.Get(), &original, NULL, 0, NULL, 0, 0), "BCryptCreateHash");
    Add(original, "a");
    Check(BCryptDuplicateHash(original, &duplicate, NULL, 0, 0), "BCryptDuplicateHash");
    Check(BCryptDestroyHash(original), "BCryptDestroyHash");
    Add(duplicate, "bc");
    Expect("SHA-1 of \"abc\" by a duplicate", Finish(duplicate, 20),
           "a9993e364706816aba3e25717850c26c9cd0d89d");
    Check(BCryptDestroyHash(duplicate), "BCryptDestroyHash");
}

struct HmacCase {
    LPCWSTR algorithm;
    const char* name;
    const char* expected;
};

static void HmacOf(const HmacCase& row)
{
    static char key[] = "Jefe";
    Algorithm algorithm(row.algorithm, BCRYPT_ALG_HANDLE_HMAC_FLAG);
    BCRYPT_HASH_HANDLE hash = NULL;

    Check(BCryptCreateHash(algorithm.Get(), &hash, NULL, 0, (PUCHAR)key, 4, 0),
          "BCryptCreateHash, HMAC");
    Add(hash, "what do ya want ");
    Add(hash, "for nothing?");
    Expect(row.name, Finish(hash, algorithm.Number(BCRYPT_HASH_LENGTH)), row.expected);
    Check(BCryptDestroyHash(hash), "BCryptDestroyHash");
}

static const HmacCase hmacCases[] = {
    {BCRYPT_MD5_ALGORITHM, "HMAC-MD5", "750c783e6ab0b503eaa86e310a5db738"},
    {BCRYPT_SHA1_ALGORITHM, "HMAC-SHA-1", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
    {BCRYPT_SHA256_ALGORITHM, "HMAC-SHA-256",
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
};

static void UnknownAlgorithm()
{
    BCRYPT_ALG_HANDLE handle = NULL;
    const NTSTATUS status = BCryptOpenAlgorithmProvider(&handle, L"SHA2560", NULL, 0);
    if (status != (NTSTATUS)0xC0000225L) // STATUS_NOT_FOUND
        throw std::runtime_error("an algorithm of no known name should not be found");
}

int main()
{
    try {
        HashInOwnMemory();
        ReuseOneObject();
        DuplicateHash();
        for (size_t i = 0; i < sizeof(hmacCases) / sizeof(hmacCases[0]); ++i)
            HmacOf(hmacCases[i]);
        UnknownAlgorithm();
    } catch (const std::exception& error) {
        fprintf(stderr, "cng_hash: %s\n", error.what());
        return 1;
    }
    return 0;
}
