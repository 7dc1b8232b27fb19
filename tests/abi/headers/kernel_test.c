// SPDX-License-Identifier: BSD-2-Clause
// What the few kernel32 functions promise, seen from a program: built as C and C++, ANSI and
// Unicode, with a wchar_t of either width. Every case prints its name when it fails.
#include <bcrypt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strsafe.h>
#include <tchar.h>
#include <windows.h>

static int failures = 0;

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            printf("%s:%d: %s\n", __func__, __LINE__, #condition);                                 \
            ++failures;                                                                            \
        }                                                                                          \
    } while (0)

static void last_error_is_kept_until_set_again(void)
{
    SetLastError(NTE_BAD_KEYSET);
    CHECK(GetLastError() == (DWORD)NTE_BAD_KEYSET);
    CHECK(GetProcessHeap() != NULL);
    CHECK(GetLastError() == (DWORD)NTE_BAD_KEYSET);
    SetLastError(0);
    CHECK(GetLastError() == 0);
}

static void heaps_allocate_resize_and_free(void)
{
    HANDLE heap = GetProcessHeap();
    BYTE* block = (BYTE*)HeapAlloc(heap, HEAP_ZERO_MEMORY, 100);
    CHECK(block && block[0] == 0 && block[99] == 0);
    CHECK(((ULONG_PTR)block & 15) == 0);
    memset(block, 7, 100);
    CHECK(HeapSize(heap, 0, block) == 100);
    block = (BYTE*)HeapReAlloc(heap, HEAP_ZERO_MEMORY, block, 200);
    CHECK(block && block[99] == 7 && block[100] == 0 && block[199] == 0);
    CHECK(HeapSize(heap, 0, block) == 200);
    CHECK(HeapFree(heap, 0, block));
    CHECK(HeapFree(heap, 0, NULL));
    CHECK(HeapAlloc(heap, 0, (SIZE_T)-1) == NULL);
    CHECK(HeapAlloc(heap, 0, (SIZE_T)-8) == NULL);
}

static void a_heap_of_ones_own_takes_its_blocks_along(void)
{
    HANDLE heap = HeapCreate(0, 0, 0);
    LPVOID first = HeapAlloc(heap, 0, 10);
    LPVOID second = HeapAlloc(heap, 0, 20);
    CHECK(first && second);
    CHECK(!HeapFree(GetProcessHeap(), 0, first) && GetLastError() == ERROR_INVALID_PARAMETER);
    CHECK(HeapFree(heap, 0, first));
    CHECK(HeapDestroy(heap));
    CHECK(!HeapDestroy(GetProcessHeap()) && GetLastError() == ERROR_INVALID_HANDLE);
}

static void local_and_global_memory_are_plain_blocks(void)
{
    HLOCAL local = LocalAlloc(LPTR, 32);
    HGLOBAL global = GlobalAlloc(GMEM_MOVEABLE, 16);
    CHECK(local && ((BYTE*)local)[31] == 0);
    CHECK(LocalSize(local) == 32);
    local = LocalReAlloc(local, 64, LMEM_ZEROINIT);
    CHECK(local && ((BYTE*)local)[63] == 0);
    CHECK(LocalFree(local) == NULL);
    CHECK(LocalFree(NULL) == NULL);
    CHECK(GlobalLock(global) == global);
    CHECK(GlobalUnlock(global));
    CHECK(GlobalFree(global) == NULL);
}

static void string_functions_count_the_programs_units(void)
{
    TCHAR text[16];
    WCHAR wide[16];
    CHECK(lstrlen(TEXT("four")) == 4);
    CHECK(lstrlenW(L"caf\u00e9") == 4);
    CHECK(lstrlen(NULL) == 0);
    CHECK(lstrcpy(text, TEXT("one")) == text && lstrcmp(text, TEXT("one")) == 0);
    CHECK(lstrcat(text, TEXT("two")) == text && lstrcmp(text, TEXT("onetwo")) == 0);
    CHECK(lstrcpyn(text, TEXT("onetwo"), 4) == text && lstrcmp(text, TEXT("one")) == 0);
    CHECK(lstrcmp(TEXT("a"), TEXT("b")) < 0 && lstrcmp(TEXT("b"), TEXT("a")) > 0);
    CHECK(lstrcmpi(TEXT("CryptoAPI"), TEXT("cryptoapi")) == 0);
    CHECK(lstrcmp(NULL, TEXT("a")) < 0);
    CHECK(lstrcpyW(wide, L"wide") == wide && wide[3] == L'e' && wide[4] == 0);
}

static void text_turns_from_bytes_to_wide_and_back(void)
{
    static const char utf8[] =
        "k\xC3\xA4se \xF0\x9F\x94\x91"; // a letter beyond ASCII, a key beyond 16 bits
    WCHAR wide[32];
    char back[32];
    const int units = sizeof(WCHAR) == 2 ? 8 : 7; // with the end; the key is a pair in 16 bits
    CHECK(MultiByteToWideChar(CP_ACP, 0, utf8, -1, NULL, 0) == units);
    CHECK(MultiByteToWideChar(CP_UTF8, 0, utf8, -1, wide, 32) == units);
    CHECK(wide[1] == 0xE4 && wide[units - 1] == 0);
    CHECK(WideCharToMultiByte(CP_UTF8, 0, wide, -1, back, 32, NULL, NULL) == (int)sizeof utf8);
    CHECK(strcmp(back, utf8) == 0);
    CHECK(WideCharToMultiByte(CP_ACP, 0, wide, 2, back, 32, NULL, NULL) == 3);
    CHECK(WideCharToMultiByte(CP_ACP, 0, wide, -1, back, 3, NULL, NULL) == 0);
    CHECK(GetLastError() == ERROR_INSUFFICIENT_BUFFER);
    CHECK(MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, "\xFF", 1, wide, 32) == 0);
    CHECK(GetLastError() == ERROR_NO_UNICODE_TRANSLATION);
    CHECK(MultiByteToWideChar(1252, 0, utf8, -1, wide, 32) == 0);
    CHECK(GetLastError() == ERROR_INVALID_PARAMETER);
}

static void formats_as_windows_does(void)
{
    TCHAR text[1024];
    char narrow[64];
    CHECK(wsprintf(text, TEXT("%s-%d-%08lx"), TEXT("key"), -5, (DWORD)0x80090016) == 15);
    CHECK(lstrcmp(text, TEXT("key--5-80090016")) == 0);
    CHECK(wsprintf(text, TEXT("%hs %ls|%5d|%-5d|%c"), "n", L"w", 42, 42, TEXT('x')) == 17);
    CHECK(lstrcmp(text, TEXT("n w|   42|42   |x")) == 0);
    wsprintf(text, TEXT("%I64d %lu %u%%"), 1LL << 40, (DWORD)4000000000u, 7u);
    CHECK(lstrcmp(text, TEXT("1099511627776 4000000000 7%")) == 0);
    wsprintf(text, TEXT("%.2s|%6s|%-6s|"), TEXT("abcdef"), TEXT("ab"), TEXT("ab"));
    CHECK(lstrcmp(text, TEXT("ab|    ab|ab    |")) == 0);
    CHECK(sprintf_s(narrow, sizeof narrow, "%S %.1f", L"wide", 1.5) == 8);
    CHECK(strcmp(narrow, "wide 1.5") == 0);
    CHECK(_snprintf(narrow, 4, "%s", "too long") == -1 && memcmp(narrow, "too ", 4) == 0);
    CHECK(_snprintf_s(narrow, 4, _TRUNCATE, "%s", "too long") == -1 && strcmp(narrow, "too") == 0);
}

static void a_long_text_is_cut_and_ended(void)
{
    TCHAR text[1024];
    TCHAR* longer = (TCHAR*)calloc(3000, sizeof(TCHAR));
    int i;
    for (i = 0; i < 2999; ++i)
        longer[i] = TEXT('y');
    CHECK(wsprintf(text, TEXT("%s"), longer) == 1023);
    CHECK(text[1022] == TEXT('y') && text[1023] == 0);
    free(longer);
}

static void messages_exist_for_our_codes_only(void)
{
    static const DWORD codes[] = {(DWORD)NTE_BAD_UID,        (DWORD)NTE_BAD_KEYSET,
                                  (DWORD)NTE_FIXEDPARAMETER, ERROR_MORE_DATA,
                                  ERROR_INVALID_HANDLE,      (DWORD)0xC000A000};
    LPTSTR allocated = NULL;
    TCHAR text[256];
    size_t i;
    for (i = 0; i < ARRAYSIZE(codes); ++i) {
        const DWORD length =
            FormatMessage(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL,
                          codes[i], MAKELANGID(LANG_NEUTRAL, SUBLANG_DEFAULT), text, 256, NULL);
        CHECK(length > 10 && length == (DWORD)lstrlen(text));
        CHECK(length > 2 && text[length - 1] == TEXT('\n') && text[length - 2] == TEXT('\r'));
    }
    CHECK(FormatMessage(FORMAT_MESSAGE_ALLOCATE_BUFFER | FORMAT_MESSAGE_FROM_SYSTEM, NULL,
                        (DWORD)NTE_BAD_DATA, 0, (LPTSTR)&allocated, 0, NULL) > 10);
    CHECK(allocated && LocalSize(allocated) >= 11 * sizeof(TCHAR));
    CHECK(LocalFree(allocated) == NULL);
    CHECK(FormatMessage(FORMAT_MESSAGE_FROM_SYSTEM, NULL, (DWORD)NTE_BAD_DATA, 0, text, 5, NULL) ==
          0);
    CHECK(GetLastError() == ERROR_INSUFFICIENT_BUFFER);
    CHECK(FormatMessage(FORMAT_MESSAGE_FROM_SYSTEM, NULL, 0x12345678, 0, text, 256, NULL) == 0);
    CHECK(GetLastError() == ERROR_MR_MID_NOT_FOUND);
}

typedef int(WINAPI* Length)(LPCWSTR);

static void the_library_is_found_by_its_dll_names(void)
{
    static const TCHAR* const names[] = {
        TEXT("advapi32.dll"), TEXT("ADVAPI32"),     TEXT("cryptsp.dll"),
        TEXT("Bcrypt.dll"),   TEXT("kernel32.dll"), TEXT("C:\\Windows\\System32\\advapi32.dll")};
    size_t i;
    for (i = 0; i < ARRAYSIZE(names); ++i) {
        const HMODULE module = LoadLibrary(names[i]);
        CHECK(module != NULL && module == GetModuleHandle(names[i]));
        CHECK(FreeLibrary(module));
    }
    CHECK(LoadLibrary(TEXT("secur32.dll")) == NULL && GetLastError() == ERROR_MOD_NOT_FOUND);
    CHECK(GetModuleHandle(NULL) != NULL);
}

static void addresses_are_those_the_program_would_call(void)
{
    const HMODULE advapi32 = GetModuleHandle(TEXT("advapi32"));
    const HMODULE kernel32 = GetModuleHandle(TEXT("kernel32"));
    const FARPROC acquire = GetProcAddress(advapi32, "CryptAcquireContextW");
    const FARPROC length = GetProcAddress(kernel32, "lstrlenW");
    CHECK(acquire && (ULONG_PTR)acquire == (ULONG_PTR)&CryptAcquireContextW);
    CHECK(length && ((Length)(ULONG_PTR)length)(L"three") == 5);
    CHECK(GetProcAddress(advapi32, "SystemFunction036") != NULL);
    CHECK(GetProcAddress(advapi32, "BCryptGenRandom") == NULL);
    CHECK(GetLastError() == ERROR_PROC_NOT_FOUND);
    CHECK(GetProcAddress(GetModuleHandle(TEXT("bcrypt.dll")), "BCryptGenRandom") != NULL);
    CHECK(GetProcAddress(advapi32, (LPCSTR)1) == NULL);
    CHECK(GetProcAddress(GetModuleHandle(NULL), "CryptGenKey") == NULL);
    CHECK(GetProcAddress((HMODULE)&failures, "CryptGenKey") == NULL);
}

static void strsafe_cuts_and_tells(void)
{
    TCHAR text[8];
    size_t length = 0;
    CHECK(StringCchCopy(text, 8, TEXT("seven 7")) == S_OK);
    CHECK(StringCchLength(text, 8, &length) == S_OK && length == 7);
    CHECK(StringCchCat(text, 8, TEXT("8")) == STRSAFE_E_INSUFFICIENT_BUFFER && lstrlen(text) == 7);
    CHECK(StringCchPrintf(text, 8, TEXT("%d"), 123) == S_OK && lstrcmp(text, TEXT("123")) == 0);
    CHECK(StringCchPrintf(text, 4, TEXT("%d"), 12345) == STRSAFE_E_INSUFFICIENT_BUFFER);
    CHECK(lstrcmp(text, TEXT("123")) == 0);
    CHECK(StringCbCopy(text, sizeof text, TEXT("a")) == S_OK && lstrlen(text) == 1);
    CHECK(FAILED(StringCchCopy(text, 0, TEXT("a"))));
}

static void bounded_c_functions_refuse_what_does_not_fit(void)
{
    char to[4] = "abc";
    TCHAR text[4];
    FILE* stream = (FILE*)1;
    CHECK(strcpy_s(to, sizeof to, "xyz") == 0 && strcmp(to, "xyz") == 0);
    CHECK(strcpy_s(to, sizeof to, "long") == ERANGE && to[0] == 0);
    CHECK(strcat_s(to, sizeof to, "ab") == 0 && strcat_s(to, sizeof to, "cd") == ERANGE);
    CHECK(strncpy_s(to, sizeof to, "longer", _TRUNCATE) == 0 && strcmp(to, "lon") == 0);
    CHECK(memcpy_s(to, 2, "abc", 3) == ERANGE && to[0] == 0);
    CHECK(_tcscpy_s(text, 4, _T("abc")) == 0 && _tcslen(text) == 3);
    CHECK(_tcscmp(text, _T("abc")) == 0 && _tcsicmp(text, _T("ABC")) == 0);
    CHECK(_tcschr(text, _T('b')) == text + 1 && _tcsstr(text, _T("bc")) == text + 1);
    CHECK(_tcsrchr(text, _T('z')) == NULL && _ttoi(_T("42")) == 42);
    CHECK(_tfopen_s(&stream, _T("/nonexistent/file"), _T("r")) == ENOENT && stream == NULL);
}

static void printing_mixes_narrow_and_wide(void)
{
    CHECK(printf("narrow, ") == 8);
    CHECK(_tprintf(_T("%s %d\n"), _T("either"), 1) == 9);
}

static void processes_and_time_go_on(void)
{
    const ULONGLONG before = GetTickCount64();
    Sleep(20);
    CHECK(GetTickCount64() - before >= 19);
    CHECK(GetCurrentProcessId() > 1);
    CHECK(GetCurrentThreadId() == GetCurrentProcessId()); // the first thread's number
}

int main(void)
{
    last_error_is_kept_until_set_again();
    heaps_allocate_resize_and_free();
    a_heap_of_ones_own_takes_its_blocks_along();
    local_and_global_memory_are_plain_blocks();
    string_functions_count_the_programs_units();
    text_turns_from_bytes_to_wide_and_back();
    formats_as_windows_does();
    a_long_text_is_cut_and_ended();
    messages_exist_for_our_codes_only();
    the_library_is_found_by_its_dll_names();
    addresses_are_those_the_program_would_call();
    strsafe_cuts_and_tells();
    bounded_c_functions_refuse_what_does_not_fit();
    printing_mixes_narrow_and_wide();
    processes_and_time_go_on();
    return failures != 0;
}
