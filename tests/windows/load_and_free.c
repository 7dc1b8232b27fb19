// SPDX-License-Identifier: BSD-2-Clause
// Loads and frees capishim.dll over and over, with calls of this thread and of others in between,
// which end before it is freed or live on; and has threads come and go while it stays. Nothing may
// be left: no thread, no handle, no slot of thread-local storage, no memory.

#include <stdio.h>
#include <stdlib.h>
#include <windows.h>
#include <bcrypt.h>
#include <tlhelp32.h>
#include <wincrypt.h>

#define WARM_UP 100
#define ROUNDS 1000
#define THREADS 2
// Heaps grow by 64 KiB at once, so that the same use can differ by such a step at either end; a
// page left by each round would be 4 MiB. What is smaller is seen by the number of blocks.
#define MEMORY_NOISE 0x20000

typedef struct {
    SIZE_T cbPrivate, cBlocks; // memory as the system counts it, and what heaps have given
    DWORD dwThreads, dwHandles, dwTlsIndex;
} USAGE;

static HMODULE hLibrary;
static BOOL bStays;
static HANDLE hHaveCalled, hMayEnd;

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
    NTSTATUS(WINAPI * pfnDestroy)(BCRYPT_HASH_HANDLE);
    NTSTATUS(WINAPI * pfnClose)(BCRYPT_ALG_HANDLE, ULONG);
    BCRYPT_ALG_HANDLE hAlgorithm;
    BCRYPT_HASH_HANDLE hHash;

    *(FARPROC*)&pfnOpen = Find("BCryptOpenAlgorithmProvider");
    *(FARPROC*)&pfnCreate = Find("BCryptCreateHash");
    *(FARPROC*)&pfnDestroy = Find("BCryptDestroyHash");
    *(FARPROC*)&pfnClose = Find("BCryptCloseAlgorithmProvider");
    Expect(pfnOpen(&hAlgorithm, BCRYPT_SHA256_ALGORITHM, NULL, 0) == 0, "open");
    Expect(pfnCreate(hAlgorithm, &hHash, NULL, 0, NULL, 0, 0) == 0, "create");
    if (bStays) { // otherwise they go with the library
        Expect(pfnDestroy(hHash) == 0, "destroy");
        Expect(pfnClose(hAlgorithm, 0) == 0, "close");
    }
}

static void Call(void)
{
    UseCryptoApi();
    UseCng();
}

static DWORD WINAPI CallAndWait(void* pUnused)
{
    (void)pUnused;
    Call();
    ReleaseSemaphore(hHaveCalled, 1, NULL);
    WaitForSingleObject(hMayEnd, INFINITE);
    return 0;
}

static void EndThreads(HANDLE* phThreads)
{
    int i;

    SetEvent(hMayEnd);
    WaitForMultipleObjects(THREADS, phThreads, TRUE, INFINITE);
    for (i = 0; i < THREADS; ++i)
        CloseHandle(phThreads[i]);
    ResetEvent(hMayEnd);
}

static void CallOnThreads(HANDLE* phThreads)
{
    int i;

    for (i = 0; i < THREADS; ++i)
        phThreads[i] = CreateThread(NULL, 0, CallAndWait, NULL, 0, NULL);
    Call();
    for (i = 0; i < THREADS; ++i)
        WaitForSingleObject(hHaveCalled, INFINITE);
}

static void Load(void)
{
    hLibrary = LoadLibraryA("capishim.dll");
    Expect(hLibrary != NULL, "load");
}

static void Free(void)
{
    Expect(FreeLibrary(hLibrary), "free");
    Expect(GetModuleHandleA("capishim.dll") == NULL, "it is still loaded");
}

static void ThreadsEndFirst(void)
{
    HANDLE ahThreads[THREADS];

    Load();
    CallOnThreads(ahThreads);
    EndThreads(ahThreads);
    Free();
}

static void ThreadsLiveOn(void)
{
    HANDLE ahThreads[THREADS];

    Load();
    CallOnThreads(ahThreads);
    Free();
    EndThreads(ahThreads);
}

static void LibraryStays(void)
{
    HANDLE ahThreads[THREADS];

    CallOnThreads(ahThreads);
    EndThreads(ahThreads);
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

static SIZE_T CountBlocks(void)
{
    HANDLE ahHeaps[64];
    DWORD cHeaps = GetProcessHeaps(64, ahHeaps), i;
    SIZE_T cBlocks = 0;

    Expect(cHeaps <= 64, "heaps are left");
    for (i = 0; i < cHeaps; ++i) {
        PROCESS_HEAP_ENTRY entry;
        entry.lpData = NULL;
        while (HeapWalk(ahHeaps[i], &entry))
            cBlocks += (entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) != 0;
    }
    return cBlocks;
}

static USAGE Measure(void)
{
    USAGE usage;

    usage.cbPrivate = PrivateMemory();
    usage.cBlocks = CountBlocks();
    usage.dwHandles = CountHandles();
    usage.dwThreads = CountThreads();
    usage.dwTlsIndex = TlsAlloc(); // the first free one
    TlsFree(usage.dwTlsIndex);
    printf("  %lu KiB in %lu blocks, %lu threads, %lu handles; the next TLS index is %lu\n",
           (unsigned long)(usage.cbPrivate / 1024), (unsigned long)usage.cBlocks, usage.dwThreads,
           usage.dwHandles, usage.dwTlsIndex);
    return usage;
}

static void ExpectNothingLeft(void (*pfnRound)(void), const char* szTitle)
{
    USAGE before, after;
    int i;

    printf("%s\n", szTitle);
    for (i = 0; i < WARM_UP; ++i)
        pfnRound();
    before = Measure();
    for (i = 0; i < ROUNDS; ++i)
        pfnRound();
    after = Measure();
    Expect(after.dwThreads == before.dwThreads, "threads are left");
    Expect(after.dwHandles == before.dwHandles, "handles are left");
    Expect(after.dwTlsIndex == before.dwTlsIndex, "thread-local storage is left");
    Expect(after.cBlocks < before.cBlocks + ROUNDS / 2, "blocks of memory are left");
    Expect(after.cbPrivate <= before.cbPrivate + MEMORY_NOISE, "memory grows");
}

int main(void)
{
    // The system's own DLLs stay: Wine 8 keeps some memory each time one is loaded.
    Expect(LoadLibraryA("advapi32.dll") != NULL, "advapi32.dll");
    hHaveCalled = CreateSemaphoreA(NULL, 0, THREADS, NULL);
    hMayEnd = CreateEventA(NULL, TRUE, FALSE, NULL);
    ExpectNothingLeft(ThreadsEndFirst, "threads end before the library is freed");
    ExpectNothingLeft(ThreadsLiveOn, "threads outlive the library");
    Load();
    bStays = TRUE;
    ExpectNothingLeft(LibraryStays, "threads come and go while the library stays");
    Free();
    return 0;
}
