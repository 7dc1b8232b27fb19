// SPDX-License-Identifier: BSD-2-Clause
// The Windows base types and the words old sources put around declarations. Every public header
// starts here.
#pragma once

#include <stddef.h>
#include <stdint.h>

// Sizes are Windows' own on every platform: LONG and DWORD have 32 bits also where `long` has 64
// (N-01), because blobs and structures are made of them. WCHAR is the program's wchar_t, so that
// L"" literals of ported sources fit (U-01).

#ifdef __cplusplus
#define CAPISHIM_BEGIN_C extern "C" {
#define CAPISHIM_END_C }
#else
#define CAPISHIM_BEGIN_C
#define CAPISHIM_END_C
#endif

// ---- Words of Microsoft's compiler ------------------------------------------------------------
#ifndef _WIN32
#ifndef __declspec
#define __declspec(x)
#endif
#define __cdecl
#define __stdcall
#define __fastcall
#define __thiscall
#define __vectorcall
#define _cdecl
#define _stdcall
#define _fastcall
#define __w64
#define __ptr32
#define __ptr64
#define __unaligned
#define __int8 char
#define __int16 short
#define __int32 int
#define __int64 long long
#define _inline __inline__
#define _forceinline __inline__
#define __forceinline __inline__
#define __assume(x) ((void)0)
#define __noop ((void)0)
#endif

#ifdef _WIN32
#define WINAPI __stdcall
#define CALLBACK __stdcall
#define NTAPI __stdcall
#else
#define WINAPI
#define CALLBACK
#define NTAPI
#endif
#define APIENTRY WINAPI
#define PASCAL WINAPI
#define WINAPIV
#define APIPRIVATE WINAPI
#define STDAPICALLTYPE WINAPI
#define CDECL
#define WINBASEAPI
#define WINADVAPI
#define WINUSERAPI
#define WINIMPM
#define NTSYSAPI
#define DECLSPEC_IMPORT
#define DECLSPEC_NORETURN
#define FORCEINLINE static __inline__

#define FAR
#define NEAR
#define CONST const
#define VOID void
#define IN
#define OUT
#define OPTIONAL
#define EXTERN_C_START CAPISHIM_BEGIN_C
#define EXTERN_C_END CAPISHIM_END_C
#ifdef __cplusplus
#define EXTERN_C extern "C"
#else
#define EXTERN_C extern
#endif

#ifndef TRUE
#define TRUE 1
#endif
#ifndef FALSE
#define FALSE 0
#endif
#define MAX_PATH 260

CAPISHIM_BEGIN_C

// ---- Integers ---------------------------------------------------------------------------------
typedef char CHAR, CCHAR;
typedef signed char INT8;
typedef unsigned char UCHAR, BYTE, BOOLEAN, UINT8;
typedef short SHORT, INT16;
typedef unsigned short USHORT, WORD, UINT16, ATOM, LANGID;
typedef int INT, BOOL, LONG, INT32, LONG32;
typedef unsigned int UINT, DWORD, ULONG, UINT32, ULONG32, DWORD32, LCID;
typedef long long LONGLONG, INT64, LONG64;
typedef unsigned long long ULONGLONG, UINT64, ULONG64, DWORD64, DWORDLONG;
typedef float FLOAT;
typedef double DOUBLE;
typedef wchar_t WCHAR;

typedef intptr_t INT_PTR, LONG_PTR, SSIZE_T;
typedef uintptr_t UINT_PTR, ULONG_PTR, DWORD_PTR, SIZE_T;
typedef UINT_PTR WPARAM;
typedef LONG_PTR LPARAM, LRESULT;

typedef LONG HRESULT, SCODE;
typedef LONG NTSTATUS, *PNTSTATUS;
typedef DWORD ACCESS_MASK, SECURITY_INFORMATION, *PSECURITY_INFORMATION;

// ---- Pointers ---------------------------------------------------------------------------------
typedef void *PVOID, *LPVOID;
typedef const void *PCVOID, *LPCVOID;
typedef CHAR *PCHAR, *LPCH, *PCH, *NPSTR, *LPSTR, *PSTR;
typedef const CHAR *LPCCH, *PCCH, *LPCSTR, *PCSTR, *PCSZ;
typedef WCHAR *PWCHAR, *LPWCH, *PWCH, *NWPSTR, *LPWSTR, *PWSTR;
typedef const WCHAR *LPCWCH, *PCWCH, *LPCWSTR, *PCWSTR;
typedef LPWSTR* PZPWSTR;
typedef UCHAR* PUCHAR;
typedef BYTE *PBYTE, *LPBYTE;
typedef const BYTE* PCBYTE;
typedef BOOLEAN* PBOOLEAN;
typedef BOOL *PBOOL, *LPBOOL;
typedef SHORT* PSHORT;
typedef USHORT* PUSHORT;
typedef WORD *PWORD, *LPWORD;
typedef INT *PINT, *LPINT;
typedef UINT* PUINT;
typedef LONG *PLONG, *LPLONG;
typedef ULONG* PULONG;
typedef DWORD *PDWORD, *LPDWORD;
typedef DWORD32* PDWORD32;
typedef DWORD64* PDWORD64;
typedef LONGLONG* PLONGLONG;
typedef ULONGLONG* PULONGLONG;
typedef INT_PTR* PINT_PTR;
typedef UINT_PTR* PUINT_PTR;
typedef LONG_PTR* PLONG_PTR;
typedef ULONG_PTR* PULONG_PTR;
typedef DWORD_PTR* PDWORD_PTR;
typedef SIZE_T* PSIZE_T;

#ifdef UNICODE
typedef WCHAR TCHAR;
typedef LPWSTR PTSTR, LPTSTR;
typedef LPCWSTR PCTSTR, LPCTSTR;
#define __TEXT(quote) L##quote
#else
typedef char TCHAR;
typedef LPSTR PTSTR, LPTSTR;
typedef LPCSTR PCTSTR, LPCTSTR;
#define __TEXT(quote) quote
#endif
typedef TCHAR* PTCHAR;
#ifdef UNICODE
typedef WCHAR TBYTE, *PTBYTE;
#else
typedef unsigned char TBYTE, *PTBYTE;
#endif
#define TEXT(quote) __TEXT(quote)

// ---- Handles ----------------------------------------------------------------------------------
typedef void* HANDLE;
typedef HANDLE *PHANDLE, *LPHANDLE;
typedef HANDLE HGLOBAL, HLOCAL, GLOBALHANDLE, LOCALHANDLE;

#define DECLARE_HANDLE(name)                                                                       \
    struct name##__ {                                                                              \
        int unused;                                                                                \
    };                                                                                             \
    typedef struct name##__* name

DECLARE_HANDLE(HINSTANCE);
DECLARE_HANDLE(HWND);
DECLARE_HANDLE(HKEY);
typedef HINSTANCE HMODULE;
typedef HWND* LPHWND;

#define INVALID_HANDLE_VALUE ((HANDLE)(LONG_PTR)-1)

#ifdef __cplusplus
typedef INT_PTR(WINAPI* FARPROC)(...);
typedef INT_PTR(WINAPI* NEARPROC)(...);
typedef INT_PTR(WINAPI* PROC)(...);
#else
typedef INT_PTR(WINAPI* FARPROC)();
typedef INT_PTR(WINAPI* NEARPROC)();
typedef INT_PTR(WINAPI* PROC)();
#endif

// ---- Structures -------------------------------------------------------------------------------
typedef union _LARGE_INTEGER {
#ifndef __STRICT_ANSI__
    __extension__ struct {
        DWORD LowPart;
        LONG HighPart;
    };
#endif
    struct {
        DWORD LowPart;
        LONG HighPart;
    } u;
    LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER;

typedef union _ULARGE_INTEGER {
#ifndef __STRICT_ANSI__
    __extension__ struct {
        DWORD LowPart;
        DWORD HighPart;
    };
#endif
    struct {
        DWORD LowPart;
        DWORD HighPart;
    } u;
    ULONGLONG QuadPart;
} ULARGE_INTEGER, *PULARGE_INTEGER;

typedef struct _FILETIME {
    DWORD dwLowDateTime;
    DWORD dwHighDateTime;
} FILETIME, *PFILETIME, *LPFILETIME;

typedef struct _SYSTEMTIME {
    WORD wYear;
    WORD wMonth;
    WORD wDayOfWeek;
    WORD wDay;
    WORD wHour;
    WORD wMinute;
    WORD wSecond;
    WORD wMilliseconds;
} SYSTEMTIME, *PSYSTEMTIME, *LPSYSTEMTIME;

typedef struct _GUID {
    UINT Data1;
    USHORT Data2;
    USHORT Data3;
    UCHAR Data4[8];
} GUID, *LPGUID, IID, CLSID;

typedef struct _SECURITY_ATTRIBUTES {
    DWORD nLength;
    LPVOID lpSecurityDescriptor;
    BOOL bInheritHandle;
} SECURITY_ATTRIBUTES, *PSECURITY_ATTRIBUTES, *LPSECURITY_ATTRIBUTES;

typedef PVOID PSECURITY_DESCRIPTOR, PSID;

CAPISHIM_END_C
