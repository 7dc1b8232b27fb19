// SPDX-License-Identifier: BSD-2-Clause
// Loads and frees capishim.dll over and over, with calls of this thread and of others in between.
// Threads and thread-local storage may not grow, nor memory by more than it does for a DLL that
// does nothing: Wine 8 itself keeps some for each load. The thread library that is linked in keeps
// two semaphores, and an event for a lock that two threads wanted at once.

#include <stdio.h>
#include <stdlib.h>
#include <windows.h>
#include <bcrypt.h>
#include <tlhelp32.h>
#include <wincrypt.h>

#define WARM_UP 100
#define ROUNDS 1000
#define THREADS 2
#define MOST_HANDLES 6      // a round
#define MEMORY_STEP 0x10000 // what Windows hands out at once

typedef struct {
    SIZE_T cbPrivate;
    DWORD dwThreads, dwHandles, dwTlsIndex;
} USAGE;

static HMODULE hLibrary;
static BOOL bIsOurs; // and not the DLL that does nothing

static void Expect(BOOL bCondition, const char* szWhat)
{
    if (!bCondition) {
        printf("%s (0x%x)\n", szWhat, (unsigned)GetLastError());
        exit(1);
    }
}

static FARPROC Find(const char* szName)
{
    FARPROC pfn = GetProcAddress(hLibrary, szName);
    Expect(pfn != NULL, szName);
    return pfn;
}

static void UseCryptoApi(void)
{
    BOOL(WINAPI * pfnAcquire)(HCRYPTPROV*, LPCSTR, LPCSTR, DWORD, DWORD);
    BOOL(WINAPI * pfnGenKey)(HCRYPTPROV, ALG_ID, DWORD, HCRYPTKEY*);
    BOOL(WINAPI * pfnEncrypt)(HCRYPTKEY, HCRYPTHASH, BOOL, DWORD, BYTE*, DWORD*, DWORD);
    BOOL(WINAPI * pfnRelease)(HCRYPTPROV, DWORD);
    HCRYPTPROV hProv;
    HCRYPTKEY hKey;
    BYTE abData[64] = "text";
    DWORD cbData = 4;

    *(FARPROC*)&pfnAcquire = Find("CryptAcquireContextA");
    *(FARPROC*)&pfnGenKey = Find("CryptGenKey");
    *(FARPROC*)&pfnEncrypt = Find("CryptEncrypt");
    *(FARPROC*)&pfnRelease = Find("CryptReleaseContext");
    Expect(pfnAcquire(&hProv, NULL, NULL, PROV_RSA_AES, CRYPT_VERIFYCONTEXT), "acquire");
    Expect(pfnGenKey(hProv, CALG_AES_128, 0, &hKey), "generate");
    Expect(pfnEncrypt(hKey, 0, TRUE, 0, abData, &cbData, sizeof abData), "encrypt");
    Expect(pfnRelease(hProv, 0), "release"); // the key is left to it
}

static void UseCng(void)
{
    NTSTATUS(WINAPI * pfnOpen)(BCRYPT_ALG_HANDLE*, LPCWSTR, LPCWSTR, ULONG);
    NTSTATUS(WINAPI * pfnCreate)
    (BCRYPT_ALG_HANDLE, BCRYPT_HASH_HANDLE*, PUCHAR, ULONG, PUCHAR, ULONG, ULONG);
    BCRYPT_ALG_HANDLE hAlgorithm;
    BCRYPT_HASH_HANDLE hHash;

    *(FARPROC*)&pfnOpen = Find("BCryptOpenAlgorithmProvider");
    *(FARPROC*)&pfnCreate = Find("BCryptCreateHash");
    Expect(pfnOpen(&hAlgorithm, BCRYPT_SHA256_ALGORITHM, NULL, 0) == 0, "open");
    Expect(pfnCreate(hAlgorithm, &hHash, NULL, 0, NULL, 0, 0) == 0, "create");
    // Left alive: they go with the library.
}

static DWORD WINAPI Work(void* pUnused)
{
    (void)pUnused;
    if (bIsOurs) {
        UseCryptoApi();
        UseCng();
    }
    return 0;
}

static void Round(const char* szLibrary)
{
    HANDLE ahThreads[THREADS];
    int i;

    hLibrary = LoadLibraryA(szLibrary);
    Expect(hLibrary != NULL, "load");
    for (i = 0; i < THREADS; ++i)
        ahThreads[i] = CreateThread(NULL, 0, Work, NULL, 0, NULL);
    Work(NULL);
    WaitForMultipleObjects(THREADS, ahThreads, TRUE, INFINITE);
    for (i = 0; i < THREADS; ++i)
        CloseHandle(ahThreads[i]);
    Expect(FreeLibrary(hLibrary), "free");
    Expect(GetModuleHandleA(szLibrary) == NULL, "it is still loaded");
}

static DWORD CountThreads(void)
{
    HANDLE hSnapshot = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
    THREADENTRY32 entry;
    DWORD dwCount = 0;
    BOOL bMore;

    entry.dwSize = sizeof entry;
    for (bMore = Thread32First(hSnapshot, &entry); bMore; bMore = Thread32Next(hSnapshot, &entry))
        dwCount += entry.th32OwnerProcessID == GetCurrentProcessId();
    CloseHandle(hSnapshot);
    return dwCount;
}

// Both are counted by hand, since Wine 8 answers 0.
static DWORD CountHandles(void)
{
    DWORD dwCount = 0, dwFlags;
    UINT_PTR uHandle;

    for (uHandle = 4; uHandle < 0x100000; uHandle += 4)
        dwCount += GetHandleInformation((HANDLE)uHandle, &dwFlags) != 0;
    return dwCount;
}

static SIZE_T PrivateMemory(void)
{
    MEMORY_BASIC_INFORMATION region;
    const BYTE* pb = NULL;
    SIZE_T cbSum = 0;

    for (; VirtualQuery(pb, &region, sizeof region); pb += region.RegionSize) {
        if (region.State == MEM_COMMIT && region.Type == MEM_PRIVATE)
            cbSum += region.RegionSize;
    }
    return cbSum;
}

static USAGE Measure(void)
{
    USAGE usage;

    usage.cbPrivate = PrivateMemory();
    usage.dwHandles = CountHandles();
    usage.dwThreads = CountThreads();
    usage.dwTlsIndex = TlsAlloc(); // the first free one
    TlsFree(usage.dwTlsIndex);
    printf("%lu KiB, %lu threads, %lu handles; the next TLS index is %lu\n",
           (unsigned long)(usage.cbPrivate / 1024), usage.dwThreads, usage.dwHandles,
           usage.dwTlsIndex);
    return usage;
}

static SIZE_T Growth(const char* szLibrary)
{
    USAGE before, after;
    int i;

    printf("%s\n", szLibrary);
    for (i = 0; i < WARM_UP; ++i)
        Round(szLibrary);
    before = Measure();
    for (i = 0; i < ROUNDS; ++i)
        Round(szLibrary);
    after = Measure();
    Expect(after.dwThreads == before.dwThreads, "threads are left");
    Expect(after.dwTlsIndex == before.dwTlsIndex, "thread-local storage is left");
    Expect(after.dwHandles <= before.dwHandles + ROUNDS * MOST_HANDLES, "handles are left");
    return after.cbPrivate > before.cbPrivate ? after.cbPrivate - before.cbPrivate : 0;
}

int main(void)
{
    SIZE_T cbEmpty = Growth("empty.dll"), cbOurs;

    bIsOurs = TRUE;
    cbOurs = Growth("capishim.dll");
    Expect(cbOurs <= cbEmpty + 2 * MEMORY_STEP, "memory grows");
    return 0;
}
