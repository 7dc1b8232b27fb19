// SPDX-License-Identifier: BSD-2-Clause
// What Microsoft's C library has beyond the standard and era programs use: the bounded `_s`
// functions, names with an underscore, and wide text in the program's own wchar_t, which the
// system's wcs* functions read only when it has 32 bits.
#pragma once

#include "types.h" // windows.h, which includes this, has the prototypes

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef _WIN32 // where it is the C library
// The bounded functions answer with an errno value and an empty result where Windows would stop the
// program.
#define _TRUNCATE ((size_t)-1)
#define _MAX_PATH MAX_PATH
#define _MAX_FNAME 256
#ifndef _countof
#define _countof(array) (sizeof(array) / sizeof((array)[0]))
#endif

CAPISHIM_BEGIN_C

typedef int errno_t;
typedef size_t rsize_t;

// ---- Memory -----------------------------------------------------------------------------------
static __inline__ errno_t memmove_s(void* to, rsize_t room, const void* from, rsize_t count)
{
    if (count == 0)
        return 0;
    if (!to || !from)
        return EINVAL;
    if (count > room)
        return ERANGE;
    memmove(to, from, count);
    return 0;
}

static __inline__ errno_t memcpy_s(void* to, rsize_t room, const void* from, rsize_t count)
{
    const errno_t error = memmove_s(to, room, from, count);
    if (error && to)
        memset(to, 0, room); // as the documentation says
    return error;
}

// ---- Strings of either width: one body for char and for WCHAR ---------------------------------
#define CAPISHIM_STRING_FUNCTIONS(unit, prefix)                                                    \
    static __inline__ size_t capishim_##prefix##nlen(const unit* text, size_t most)                \
    {                                                                                              \
        size_t length = 0;                                                                         \
        while (text && length < most && text[length])                                              \
            ++length;                                                                              \
        return length;                                                                             \
    }                                                                                              \
    static __inline__ errno_t capishim_##prefix##append(unit* to, size_t room, size_t at,          \
                                                        const unit* from, size_t most)             \
    {                                                                                              \
        size_t length;                                                                             \
        if (!to || room == 0)                                                                      \
            return EINVAL;                                                                         \
        if (!from || at >= room) {                                                                 \
            to[0] = 0;                                                                             \
            return EINVAL;                                                                         \
        }                                                                                          \
        length = capishim_##prefix##nlen(from, most == _TRUNCATE ? room - at - 1 : most);          \
        if (length >= room - at) {                                                                 \
            to[0] = 0;                                                                             \
            return ERANGE;                                                                         \
        }                                                                                          \
        memmove(to + at, from, length * sizeof(unit));                                             \
        to[at + length] = 0;                                                                       \
        return 0;                                                                                  \
    }                                                                                              \
    static __inline__ int capishim_##prefix##fold(unit c)                                          \
    {                                                                                              \
        return c >= 'A' && c <= 'Z' ? (int)c - 'A' + 'a' : (int)c;                                 \
    }                                                                                              \
    static __inline__ int capishim_##prefix##nicmp(const unit* a, const unit* b, size_t most)      \
    {                                                                                              \
        size_t i;                                                                                  \
        for (i = 0; i < most; ++i) {                                                               \
            const int x = capishim_##prefix##fold(a[i]);                                           \
            const int y = capishim_##prefix##fold(b[i]);                                           \
            if (x != y || x == 0)                                                                  \
                return x < y ? -1 : x > y;                                                         \
        }                                                                                          \
        return 0;                                                                                  \
    }                                                                                              \
    static __inline__ int capishim_##prefix##ncmp(const unit* a, const unit* b, size_t most)       \
    {                                                                                              \
        size_t i;                                                                                  \
        for (i = 0; i < most; ++i)                                                                 \
            if (a[i] != b[i] || a[i] == 0)                                                         \
                return a[i] < b[i] ? -1 : a[i] > b[i];                                             \
        return 0;                                                                                  \
    }                                                                                              \
    static __inline__ unit* capishim_##prefix##dup(const unit* text)                               \
    {                                                                                              \
        const size_t size = (capishim_##prefix##nlen(text, (size_t)-1) + 1) * sizeof(unit);        \
        unit* const copy = text ? (unit*)malloc(size) : NULL;                                      \
        if (copy)                                                                                  \
            memcpy(copy, text, size);                                                              \
        return copy;                                                                               \
    }                                                                                              \
    static __inline__ const unit* capishim_##prefix##find(const unit* text, const unit* part)      \
    {                                                                                              \
        const size_t length = capishim_##prefix##nlen(part, (size_t)-1);                           \
        for (;; ++text) {                                                                          \
            if (capishim_##prefix##ncmp(text, part, length) == 0)                                  \
                return text;                                                                       \
            if (!*text)                                                                            \
                return NULL;                                                                       \
        }                                                                                          \
    }                                                                                              \
    static __inline__ const unit* capishim_##prefix##last(const unit* text, unit sought)           \
    {                                                                                              \
        const unit* found = NULL;                                                                  \
        for (;; ++text) {                                                                          \
            if (*text == sought)                                                                   \
                found = text;                                                                      \
            if (!*text)                                                                            \
                return found;                                                                      \
        }                                                                                          \
    }                                                                                              \
    static __inline__ const unit* capishim_##prefix##first(const unit* text, unit sought)          \
    {                                                                                              \
        for (; *text != sought; ++text)                                                            \
            if (!*text)                                                                            \
                return NULL;                                                                       \
        return text;                                                                               \
    }

CAPISHIM_STRING_FUNCTIONS(char, str)
CAPISHIM_STRING_FUNCTIONS(WCHAR, wcs)
#undef CAPISHIM_STRING_FUNCTIONS

static __inline__ errno_t strcpy_s(char* to, rsize_t room, const char* from)
{
    return capishim_strappend(to, room, 0, from, (size_t)-2);
}

static __inline__ errno_t strncpy_s(char* to, rsize_t room, const char* from, rsize_t most)
{
    return capishim_strappend(to, room, 0, from, most);
}

static __inline__ errno_t strcat_s(char* to, rsize_t room, const char* from)
{
    return capishim_strappend(to, room, capishim_strnlen(to, room), from, (size_t)-2);
}

static __inline__ errno_t strncat_s(char* to, rsize_t room, const char* from, rsize_t most)
{
    return capishim_strappend(to, room, capishim_strnlen(to, room), from, most);
}

static __inline__ errno_t wcscpy_s(WCHAR* to, rsize_t room, const WCHAR* from)
{
    return capishim_wcsappend(to, room, 0, from, (size_t)-2);
}

static __inline__ errno_t wcsncpy_s(WCHAR* to, rsize_t room, const WCHAR* from, rsize_t most)
{
    return capishim_wcsappend(to, room, 0, from, most);
}

static __inline__ errno_t wcscat_s(WCHAR* to, rsize_t room, const WCHAR* from)
{
    return capishim_wcsappend(to, room, capishim_wcsnlen(to, room), from, (size_t)-2);
}

static __inline__ errno_t wcsncat_s(WCHAR* to, rsize_t room, const WCHAR* from, rsize_t most)
{
    return capishim_wcsappend(to, room, capishim_wcsnlen(to, room), from, most);
}

static __inline__ size_t strnlen_s(const char* text, size_t most)
{
    return capishim_strnlen(text, most);
}

static __inline__ size_t wcsnlen_s(const WCHAR* text, size_t most)
{
    return capishim_wcsnlen(text, most);
}

static __inline__ int _stricmp(const char* a, const char* b)
{
    return capishim_strnicmp(a, b, (size_t)-1);
}

static __inline__ int _strnicmp(const char* a, const char* b, size_t most)
{
    return capishim_strnicmp(a, b, most);
}

static __inline__ int _wcsicmp(const WCHAR* a, const WCHAR* b)
{
    return capishim_wcsnicmp(a, b, (size_t)-1);
}

static __inline__ int _wcsnicmp(const WCHAR* a, const WCHAR* b, size_t most)
{
    return capishim_wcsnicmp(a, b, most);
}

static __inline__ char* _strdup(const char* text)
{
    return capishim_strdup(text);
}

static __inline__ WCHAR* _wcsdup(const WCHAR* text)
{
    return capishim_wcsdup(text);
}

static __inline__ char* strtok_s(char* text, const char* separators, char** rest)
{
    char* begin = text ? text : *rest;
    begin += strspn(begin, separators);
    *rest = begin + strcspn(begin, separators);
    if (*rest == begin)
        return NULL;
    if (**rest)
        *(*rest)++ = 0;
    return begin;
}

#define _strcmpi _stricmp
#define stricmp _stricmp
#define strcmpi _stricmp
#define strnicmp _strnicmp
#define wcsicmp _wcsicmp

// ---- Formatting -------------------------------------------------------------------------------
static __inline__ int _vsnprintf_s(char* to, size_t room, size_t most, const char* format,
                                   va_list arguments)
{
    int written;
    if (!to || room == 0 || !format)
        return -1;
    written = _vsnprintf(to, most < room ? most + 1 : room, format, arguments);
    if (written >= 0 && (size_t)written < room && (most == _TRUNCATE || (size_t)written <= most)) {
        to[written] = 0;
        return written;
    }
    to[most < room ? most : most == _TRUNCATE ? room - 1 : 0] = 0;
    return -1;
}

static __inline__ int _vsnwprintf_s(WCHAR* to, size_t room, size_t most, const WCHAR* format,
                                    va_list arguments)
{
    int written;
    if (!to || room == 0 || !format)
        return -1;
    written = _vsnwprintf(to, most < room ? most + 1 : room, format, arguments);
    if (written >= 0 && (size_t)written < room && (most == _TRUNCATE || (size_t)written <= most)) {
        to[written] = 0;
        return written;
    }
    to[most < room ? most : most == _TRUNCATE ? room - 1 : 0] = 0;
    return -1;
}

static __inline__ int vsprintf_s(char* to, size_t room, const char* format, va_list arguments)
{
    return _vsnprintf_s(to, room, room, format, arguments);
}

static __inline__ int vswprintf_s(WCHAR* to, size_t room, const WCHAR* format, va_list arguments)
{
    return _vsnwprintf_s(to, room, room, format, arguments);
}

#define CAPISHIM_FORMAT(call)                                                                      \
    int result;                                                                                    \
    va_list arguments;                                                                             \
    va_start(arguments, format);                                                                   \
    result = call;                                                                                 \
    va_end(arguments);                                                                             \
    return result

static __inline__ int sprintf_s(char* to, size_t room, const char* format, ...)
{
    CAPISHIM_FORMAT(vsprintf_s(to, room, format, arguments));
}

static __inline__ int swprintf_s(WCHAR* to, size_t room, const WCHAR* format, ...)
{
    CAPISHIM_FORMAT(vswprintf_s(to, room, format, arguments));
}

static __inline__ int _snprintf(char* to, size_t room, const char* format, ...)
{
    CAPISHIM_FORMAT(_vsnprintf(to, room, format, arguments));
}

static __inline__ int _snwprintf(WCHAR* to, size_t room, const WCHAR* format, ...)
{
    CAPISHIM_FORMAT(_vsnwprintf(to, room, format, arguments));
}

static __inline__ int _snprintf_s(char* to, size_t room, size_t most, const char* format, ...)
{
    CAPISHIM_FORMAT(_vsnprintf_s(to, room, most, format, arguments));
}

static __inline__ int _snwprintf_s(WCHAR* to, size_t room, size_t most, const WCHAR* format, ...)
{
    CAPISHIM_FORMAT(_vsnwprintf_s(to, room, most, format, arguments));
}

/// Wide text as UTF-8 in fresh memory; NULL when there is none.
static __inline__ char* capishim_narrow(const WCHAR* text)
{
    const int size = text ? WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL) : 0;
    char* const narrow = size > 0 ? (char*)malloc((size_t)size) : NULL;
    if (narrow)
        WideCharToMultiByte(CP_UTF8, 0, text, -1, narrow, size, NULL, NULL);
    return narrow;
}

/// As Windows' vfwprintf, in UTF-8. The stream stays a byte stream, so wide and narrow output may
/// be mixed.
static __inline__ int capishim_vfwprintf(FILE* stream, const WCHAR* format, va_list arguments)
{
    size_t room = 256;
    for (;; room *= 2) {
        WCHAR* const wide = (WCHAR*)malloc(room * sizeof(WCHAR));
        int written = -1;
        va_list copy;
        if (!wide)
            return -1;
        va_copy(copy, arguments);
        written = _vsnwprintf(wide, room - 1, format, copy);
        va_end(copy);
        if (written >= 0) {
            char* narrow;
            wide[written] = 0;
            narrow = capishim_narrow(wide);
            if (!narrow || fputs(narrow, stream) < 0)
                written = -1;
            free(narrow);
        }
        free(wide);
        if (written >= 0 || room > ((size_t)1 << 24))
            return written;
    }
}

static __inline__ int capishim_fwprintf(FILE* stream, const WCHAR* format, ...)
{
    CAPISHIM_FORMAT(capishim_vfwprintf(stream, format, arguments));
}

static __inline__ int capishim_wprintf(const WCHAR* format, ...)
{
    CAPISHIM_FORMAT(capishim_vfwprintf(stdout, format, arguments));
}

// ---- Files ------------------------------------------------------------------------------------
static __inline__ errno_t fopen_s(FILE** stream, const char* name, const char* mode)
{
    if (!stream || !name || !mode)
        return EINVAL;
    *stream = fopen(name, mode);
    return *stream ? 0 : errno;
}

static __inline__ FILE* _wfopen(const WCHAR* name, const WCHAR* mode)
{
    char* const narrow_name = capishim_narrow(name);
    char* const narrow_mode = capishim_narrow(mode);
    FILE* const stream = narrow_name && narrow_mode ? fopen(narrow_name, narrow_mode) : NULL;
    free(narrow_mode);
    free(narrow_name);
    return stream;
}

static __inline__ errno_t _wfopen_s(FILE** stream, const WCHAR* name, const WCHAR* mode)
{
    if (!stream || !name || !mode)
        return EINVAL;
    *stream = _wfopen(name, mode);
    return *stream ? 0 : errno;
}

static __inline__ char* gets_s(char* to, rsize_t room)
{
    size_t length;
    if (!to || room == 0 || room > 0x7FFFFFFF || !fgets(to, (int)room, stdin))
        return NULL;
    length = strlen(to);
    if (length && to[length - 1] == '\n')
        to[length - 1] = 0;
    return to;
}

CAPISHIM_END_C

// In C++ Microsoft's library finds the size of an array by itself.
#ifdef __cplusplus
extern "C++" {
template <size_t room>
inline errno_t strcpy_s(char (&to)[room], const char* from)
{
    return strcpy_s(to, room, from);
}

template <size_t room>
inline errno_t strncpy_s(char (&to)[room], const char* from, rsize_t most)
{
    return strncpy_s(to, room, from, most);
}

template <size_t room>
inline errno_t strcat_s(char (&to)[room], const char* from)
{
    return strcat_s(to, room, from);
}

template <size_t room>
inline errno_t wcscpy_s(WCHAR (&to)[room], const WCHAR* from)
{
    return wcscpy_s(to, room, from);
}

template <size_t room>
inline errno_t wcsncpy_s(WCHAR (&to)[room], const WCHAR* from, rsize_t most)
{
    return wcsncpy_s(to, room, from, most);
}

template <size_t room>
inline errno_t wcscat_s(WCHAR (&to)[room], const WCHAR* from)
{
    return wcscat_s(to, room, from);
}

template <size_t room>
inline int sprintf_s(char (&to)[room], const char* format, ...)
{
    CAPISHIM_FORMAT(vsprintf_s(to, room, format, arguments));
}

template <size_t room>
inline int swprintf_s(WCHAR (&to)[room], const WCHAR* format, ...)
{
    CAPISHIM_FORMAT(vswprintf_s(to, room, format, arguments));
}
}
#endif
#undef CAPISHIM_FORMAT
#endif
