// SPDX-License-Identifier: BSD-2-Clause
// <tchar.h>: one source for ANSI and Unicode builds. _UNICODE decides, as UNICODE does in
// windows.h.
#pragma once

#include "windows.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _UNICODE
#define __T(quote) L##quote
typedef WCHAR _TCHAR, _TSCHAR, _TUCHAR, _TXCHAR;
typedef WCHAR _TINT;
#define _TEOF ((_TINT)-1)
#else
#define __T(quote) quote
typedef char _TCHAR, _TXCHAR;
typedef signed char _TSCHAR;
typedef unsigned char _TUCHAR;
typedef int _TINT;
#define _TEOF EOF
#endif
#define _T(quote) __T(quote)
#define _TEXT(quote) __T(quote)

#ifdef _UNICODE
#include "detail/wide_crt.h"

#define _tcslen capishim_wcslen
#define _tcsnlen wcsnlen_s
#define _tcscpy capishim_wcscpy
#define _tcsncpy capishim_wcsncpy
#define _tcscat capishim_wcscat
#define _tcscmp capishim_wcscmp
#define _tcsncmp capishim_wcsncmp
#define _tcsicmp _wcsicmp
#define _tcsnicmp _wcsnicmp
#define _tcschr capishim_wcschr
#define _tcsrchr capishim_wcsrchr
#define _tcsstr capishim_wcsstr
#define _tcsdup _wcsdup
#define _tcscpy_s wcscpy_s
#define _tcsncpy_s wcsncpy_s
#define _tcscat_s wcscat_s
#define _tcsncat_s wcsncat_s
#define _tprintf capishim_wprintf
#define _tprintf_s capishim_wprintf
#define _ftprintf capishim_fwprintf
#define _ftprintf_s capishim_fwprintf
#define _vtprintf capishim_vwprintf
#define _vftprintf capishim_vfwprintf
#define _stprintf capishim_swprintf
#define _stprintf_s swprintf_s
#define _sntprintf _snwprintf
#define _sntprintf_s _snwprintf_s
#define _vstprintf_s vswprintf_s
#define _vsntprintf _vsnwprintf
#define _vsntprintf_s _vsnwprintf_s
#define _puttchar capishim_putwchar
#define _putts capishim_putws
#define _fputts capishim_fputws
#define _fgetts capishim_fgetws
#define _getts_s capishim_getws_s
#define _tfopen _wfopen
#define _tfopen_s _wfopen_s
#define _tremove capishim_wremove
#define _ttoi capishim_wtoi
#define _tstoi capishim_wtoi
#define _ttol capishim_wtoi
#define _tcstol capishim_wcstol
#define _tcstoul capishim_wcstoul
#define _totupper capishim_towupper
#define _totlower capishim_towlower
#define _istdigit capishim_iswdigit
#define _istspace capishim_iswspace
#define _istalpha capishim_iswalpha
#define _istxdigit capishim_iswxdigit
#define _tmain wmain
#else
#define _tcslen strlen
#define _tcsnlen strnlen_s
#define _tcscpy strcpy
#define _tcsncpy strncpy
#define _tcscat strcat
#define _tcscmp strcmp
#define _tcsncmp strncmp
#define _tcsicmp _stricmp
#define _tcsnicmp _strnicmp
#define _tcschr strchr
#define _tcsrchr strrchr
#define _tcsstr strstr
#define _tcsdup _strdup
#define _tcscpy_s strcpy_s
#define _tcsncpy_s strncpy_s
#define _tcscat_s strcat_s
#define _tcsncat_s strncat_s
#define _tprintf printf
#define _tprintf_s printf
#define _ftprintf fprintf
#define _ftprintf_s fprintf
#define _vtprintf vprintf
#define _vftprintf vfprintf
#define _stprintf sprintf
#define _stprintf_s sprintf_s
#define _sntprintf _snprintf
#define _sntprintf_s _snprintf_s
#define _vstprintf_s vsprintf_s
#define _vsntprintf _vsnprintf
#define _vsntprintf_s _vsnprintf_s
#define _puttchar putchar
#define _putts puts
#define _fputts fputs
#define _fgetts fgets
#define _getts_s gets_s
#define _tfopen fopen
#define _tfopen_s fopen_s
#define _tremove remove
#define _ttoi atoi
#define _tstoi atoi
#define _ttol atol
#define _tcstol strtol
#define _tcstoul strtoul
#define _totupper toupper
#define _totlower tolower
#define _istdigit isdigit
#define _istspace isspace
#define _istalpha isalpha
#define _istxdigit isxdigit
#define _tmain main
#endif
