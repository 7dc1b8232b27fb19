// SPDX-License-Identifier: BSD-2-Clause
// The bounded string helpers of <strsafe.h>: always ended, told when cut.
#pragma once

#include "windows.h"

#define STRSAFE_MAX_CCH 2147483647
#define STRSAFE_E_INSUFFICIENT_BUFFER ((HRESULT)0x8007007A)
#define STRSAFE_E_INVALID_PARAMETER ((HRESULT)0x80070057)
#define STRSAFE_E_END_OF_FILE ((HRESULT)0x80070026)

CAPISHIM_BEGIN_C

// ---- char ---------------------------------------------------------------------------------------
static __inline__ HRESULT StringCchLengthA(LPCSTR text, size_t most, size_t* length)
{
    const size_t found = text && most <= STRSAFE_MAX_CCH ? capishim_strnlen(text, most) : most;
    if (length)
        *length = found < most ? found : 0;
    return found < most ? S_OK : STRSAFE_E_INVALID_PARAMETER;
}

static __inline__ HRESULT StringCbLengthA(LPCSTR text, size_t most, size_t* size)
{
    const HRESULT result = StringCchLengthA(text, most / sizeof(char), size);
    if (size)
        *size *= sizeof(char);
    return result;
}

/// Copies `most` units at most behind the first `at`; what does not fit is cut off.
static __inline__ HRESULT capishim_strsafe_putA(LPSTR to, size_t room, size_t at, LPCSTR from,
                                                size_t most)
{
    size_t length;
    if (!to || room == 0 || room > STRSAFE_MAX_CCH || at >= room)
        return STRSAFE_E_INVALID_PARAMETER;
    length = capishim_strnlen(from, most < room ? most : room);
    if (length >= room - at) {
        memmove(to + at, from, (room - at - 1) * sizeof(char));
        to[room - 1] = 0;
        return STRSAFE_E_INSUFFICIENT_BUFFER;
    }
    memmove(to + at, from, length * sizeof(char));
    to[at + length] = 0;
    return S_OK;
}

static __inline__ HRESULT StringCchCopyA(LPSTR to, size_t room, LPCSTR from)
{
    return capishim_strsafe_putA(to, room, 0, from, STRSAFE_MAX_CCH);
}

static __inline__ HRESULT StringCchCopyNA(LPSTR to, size_t room, LPCSTR from, size_t most)
{
    return capishim_strsafe_putA(to, room, 0, from, most);
}

static __inline__ HRESULT StringCchCatA(LPSTR to, size_t room, LPCSTR from)
{
    return capishim_strsafe_putA(to, room, capishim_strnlen(to, room), from, STRSAFE_MAX_CCH);
}

static __inline__ HRESULT StringCchCatNA(LPSTR to, size_t room, LPCSTR from, size_t most)
{
    return capishim_strsafe_putA(to, room, capishim_strnlen(to, room), from, most);
}

static __inline__ HRESULT StringCchVPrintfA(LPSTR to, size_t room, LPCSTR format, va_list arguments)
{
    int written;
    if (!to || room == 0 || room > STRSAFE_MAX_CCH)
        return STRSAFE_E_INVALID_PARAMETER;
    written = _vsnprintf(to, room, format, arguments);
    if (written >= 0 && (size_t)written < room)
        return S_OK;
    to[room - 1] = 0;
    return STRSAFE_E_INSUFFICIENT_BUFFER;
}

static __inline__ HRESULT StringCchPrintfA(LPSTR to, size_t room, LPCSTR format, ...)
{
    HRESULT result;
    va_list arguments;
    va_start(arguments, format);
    result = StringCchVPrintfA(to, room, format, arguments);
    va_end(arguments);
    return result;
}

static __inline__ HRESULT StringCbCopyA(LPSTR to, size_t size, LPCSTR from)
{
    return StringCchCopyA(to, size / sizeof(char), from);
}

static __inline__ HRESULT StringCbCatA(LPSTR to, size_t size, LPCSTR from)
{
    return StringCchCatA(to, size / sizeof(char), from);
}

static __inline__ HRESULT StringCbVPrintfA(LPSTR to, size_t size, LPCSTR format, va_list arguments)
{
    return StringCchVPrintfA(to, size / sizeof(char), format, arguments);
}

static __inline__ HRESULT StringCbPrintfA(LPSTR to, size_t size, LPCSTR format, ...)
{
    HRESULT result;
    va_list arguments;
    va_start(arguments, format);
    result = StringCbVPrintfA(to, size, format, arguments);
    va_end(arguments);
    return result;
}

// ---- WCHAR
// ---------------------------------------------------------------------------------------
static __inline__ HRESULT StringCchLengthW(LPCWSTR text, size_t most, size_t* length)
{
    const size_t found = text && most <= STRSAFE_MAX_CCH ? capishim_wcsnlen(text, most) : most;
    if (length)
        *length = found < most ? found : 0;
    return found < most ? S_OK : STRSAFE_E_INVALID_PARAMETER;
}

static __inline__ HRESULT StringCbLengthW(LPCWSTR text, size_t most, size_t* size)
{
    const HRESULT result = StringCchLengthW(text, most / sizeof(WCHAR), size);
    if (size)
        *size *= sizeof(WCHAR);
    return result;
}

/// Copies `most` units at most behind the first `at`; what does not fit is cut off.
static __inline__ HRESULT capishim_strsafe_putW(LPWSTR to, size_t room, size_t at, LPCWSTR from,
                                                size_t most)
{
    size_t length;
    if (!to || room == 0 || room > STRSAFE_MAX_CCH || at >= room)
        return STRSAFE_E_INVALID_PARAMETER;
    length = capishim_wcsnlen(from, most < room ? most : room);
    if (length >= room - at) {
        memmove(to + at, from, (room - at - 1) * sizeof(WCHAR));
        to[room - 1] = 0;
        return STRSAFE_E_INSUFFICIENT_BUFFER;
    }
    memmove(to + at, from, length * sizeof(WCHAR));
    to[at + length] = 0;
    return S_OK;
}

static __inline__ HRESULT StringCchCopyW(LPWSTR to, size_t room, LPCWSTR from)
{
    return capishim_strsafe_putW(to, room, 0, from, STRSAFE_MAX_CCH);
}

static __inline__ HRESULT StringCchCopyNW(LPWSTR to, size_t room, LPCWSTR from, size_t most)
{
    return capishim_strsafe_putW(to, room, 0, from, most);
}

static __inline__ HRESULT StringCchCatW(LPWSTR to, size_t room, LPCWSTR from)
{
    return capishim_strsafe_putW(to, room, capishim_wcsnlen(to, room), from, STRSAFE_MAX_CCH);
}

static __inline__ HRESULT StringCchCatNW(LPWSTR to, size_t room, LPCWSTR from, size_t most)
{
    return capishim_strsafe_putW(to, room, capishim_wcsnlen(to, room), from, most);
}

static __inline__ HRESULT StringCchVPrintfW(LPWSTR to, size_t room, LPCWSTR format,
                                            va_list arguments)
{
    int written;
    if (!to || room == 0 || room > STRSAFE_MAX_CCH)
        return STRSAFE_E_INVALID_PARAMETER;
    written = _vsnwprintf(to, room, format, arguments);
    if (written >= 0 && (size_t)written < room)
        return S_OK;
    to[room - 1] = 0;
    return STRSAFE_E_INSUFFICIENT_BUFFER;
}

static __inline__ HRESULT StringCchPrintfW(LPWSTR to, size_t room, LPCWSTR format, ...)
{
    HRESULT result;
    va_list arguments;
    va_start(arguments, format);
    result = StringCchVPrintfW(to, room, format, arguments);
    va_end(arguments);
    return result;
}

static __inline__ HRESULT StringCbCopyW(LPWSTR to, size_t size, LPCWSTR from)
{
    return StringCchCopyW(to, size / sizeof(WCHAR), from);
}

static __inline__ HRESULT StringCbCatW(LPWSTR to, size_t size, LPCWSTR from)
{
    return StringCchCatW(to, size / sizeof(WCHAR), from);
}

static __inline__ HRESULT StringCbVPrintfW(LPWSTR to, size_t size, LPCWSTR format,
                                           va_list arguments)
{
    return StringCchVPrintfW(to, size / sizeof(WCHAR), format, arguments);
}

static __inline__ HRESULT StringCbPrintfW(LPWSTR to, size_t size, LPCWSTR format, ...)
{
    HRESULT result;
    va_list arguments;
    va_start(arguments, format);
    result = StringCbVPrintfW(to, size, format, arguments);
    va_end(arguments);
    return result;
}

CAPISHIM_END_C

#ifdef UNICODE
#define StringCchLength StringCchLengthW
#define StringCbLength StringCbLengthW
#define StringCchCopy StringCchCopyW
#define StringCchCopyN StringCchCopyNW
#define StringCchCat StringCchCatW
#define StringCchCatN StringCchCatNW
#define StringCchVPrintf StringCchVPrintfW
#define StringCchPrintf StringCchPrintfW
#define StringCbCopy StringCbCopyW
#define StringCbCat StringCbCatW
#define StringCbVPrintf StringCbVPrintfW
#define StringCbPrintf StringCbPrintfW
#else
#define StringCchLength StringCchLengthA
#define StringCbLength StringCbLengthA
#define StringCchCopy StringCchCopyA
#define StringCchCopyN StringCchCopyNA
#define StringCchCat StringCchCatA
#define StringCchCatN StringCchCatNA
#define StringCchVPrintf StringCchVPrintfA
#define StringCchPrintf StringCchPrintfA
#define StringCbCopy StringCbCopyA
#define StringCbCat StringCbCatA
#define StringCbVPrintf StringCbVPrintfA
#define StringCbPrintf StringCbPrintfA
#endif
