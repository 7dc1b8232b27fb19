// SPDX-License-Identifier: BSD-2-Clause
// The wide side of tchar.h, for a wchar_t of either width: the system's wcs* and w*printf read 32
// bits only, mean something else by %s, and turn a stream into one that takes no more bytes.
#pragma once

#include "types.h" // tchar.h, which includes this, has windows.h

CAPISHIM_BEGIN_C

static __inline__ size_t capishim_wcslen(const WCHAR* text)
{
    return capishim_wcsnlen(text, (size_t)-1);
}

static __inline__ WCHAR* capishim_wcscpy(WCHAR* to, const WCHAR* from)
{
    return (WCHAR*)memmove(to, from, (capishim_wcslen(from) + 1) * sizeof(WCHAR));
}

static __inline__ WCHAR* capishim_wcsncpy(WCHAR* to, const WCHAR* from, size_t most)
{
    size_t i = capishim_wcsnlen(from, most);
    memmove(to, from, i * sizeof(WCHAR));
    for (; i < most; ++i)
        to[i] = 0;
    return to;
}

static __inline__ WCHAR* capishim_wcscat(WCHAR* to, const WCHAR* from)
{
    capishim_wcscpy(to + capishim_wcslen(to), from);
    return to;
}

static __inline__ int capishim_wcscmp(const WCHAR* a, const WCHAR* b)
{
    return capishim_wcsncmp(a, b, (size_t)-1);
}

static __inline__ WCHAR* capishim_wcschr(const WCHAR* text, WCHAR sought)
{
    return (WCHAR*)capishim_wcsfirst(text, sought);
}

static __inline__ WCHAR* capishim_wcsrchr(const WCHAR* text, WCHAR sought)
{
    return (WCHAR*)capishim_wcslast(text, sought);
}

static __inline__ WCHAR* capishim_wcsstr(const WCHAR* text, const WCHAR* part)
{
    return (WCHAR*)capishim_wcsfind(text, part);
}

static __inline__ int capishim_vwprintf(const WCHAR* format, va_list arguments)
{
    return capishim_vfwprintf(stdout, format, arguments);
}

static __inline__ int capishim_swprintf(WCHAR* to, const WCHAR* format, ...)
{
    int written;
    va_list arguments;
    va_start(arguments, format);
    written = _vsnwprintf(to, 0x7FFFFFFF, format, arguments);
    va_end(arguments);
    return written;
}

// ---- Streams, in UTF-8 ------------------------------------------------------------------------
static __inline__ int capishim_fputws(const WCHAR* text, FILE* stream)
{
    char* const narrow = capishim_narrow(text);
    const int result = narrow ? fputs(narrow, stream) : EOF;
    free(narrow);
    return result;
}

static __inline__ int capishim_putws(const WCHAR* text)
{
    return capishim_fputws(text, stdout) == EOF ? EOF : putchar('\n');
}

static __inline__ int capishim_putwchar(WCHAR c)
{
    WCHAR text[2];
    text[0] = c;
    text[1] = 0;
    return capishim_fputws(text, stdout);
}

/// A line that does not fit when widened is cut.
static __inline__ WCHAR* capishim_fgetws(WCHAR* to, int room, FILE* stream)
{
    char* const narrow = room > 0 ? (char*)malloc((size_t)room) : NULL;
    WCHAR* result = NULL;
    if (narrow && fgets(narrow, room, stream) &&
        MultiByteToWideChar(CP_UTF8, 0, narrow, -1, to, room) > 0)
        result = to;
    free(narrow);
    return result;
}

static __inline__ WCHAR* capishim_getws_s(WCHAR* to, rsize_t room)
{
    size_t length;
    if (room == 0 || room > 0x7FFFFFFF || !capishim_fgetws(to, (int)room, stdin))
        return NULL;
    length = capishim_wcslen(to);
    if (length && to[length - 1] == '\n')
        to[length - 1] = 0;
    return to;
}

static __inline__ int capishim_wremove(const WCHAR* name)
{
    char* const narrow = capishim_narrow(name);
    const int result = narrow ? remove(narrow) : -1;
    free(narrow);
    return result;
}

// ---- Numbers and characters -------------------------------------------------------------------
static __inline__ long capishim_wcstol(const WCHAR* text, WCHAR** end, int base)
{
    char digits[80];
    char* stop;
    long value;
    size_t i;
    for (i = 0; i + 1 < sizeof(digits) && text[i] > 0 && text[i] < 0x80; ++i)
        digits[i] = (char)text[i];
    digits[i] = 0;
    value = strtol(digits, &stop, base);
    if (end)
        *end = (WCHAR*)text + (stop - digits);
    return value;
}

static __inline__ unsigned long capishim_wcstoul(const WCHAR* text, WCHAR** end, int base)
{
    return (unsigned long)capishim_wcstol(text, end, base);
}

static __inline__ int capishim_wtoi(const WCHAR* text)
{
    return (int)capishim_wcstol(text, NULL, 10);
}

#define CAPISHIM_ASCII(c) ((c) >= 0 && (c) < 0x80)
#define capishim_towupper(c) (CAPISHIM_ASCII(c) ? toupper((int)(c)) : (int)(c))
#define capishim_towlower(c) (CAPISHIM_ASCII(c) ? tolower((int)(c)) : (int)(c))
#define capishim_iswdigit(c) (CAPISHIM_ASCII(c) && isdigit((int)(c)))
#define capishim_iswspace(c) (CAPISHIM_ASCII(c) && isspace((int)(c)))
#define capishim_iswalpha(c) (CAPISHIM_ASCII(c) && isalpha((int)(c)))
#define capishim_iswxdigit(c) (CAPISHIM_ASCII(c) && isxdigit((int)(c)))

CAPISHIM_END_C
