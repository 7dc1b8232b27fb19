/* SPDX-License-Identifier: BSD-2-Clause
   What the sample provider tells a test about itself, and lets it set. The test finds these
   functions in the loaded image. */
#pragma once

#include <windows.h>

/* One call of an entry point: the provider's own handles, as they came. `other` is the second key
   of an export or import, or a verification's. */
typedef struct {
    HCRYPTPROV prov;
    HCRYPTKEY key;
    HCRYPTHASH hash;
    HCRYPTKEY other;
    DWORD flags;
} SampleCall;

typedef struct {
    int contexts, keys, hashes;
} SampleLive;

/* What CPAcquireContext saw of its table, and what its functions answered. */
typedef struct {
    DWORD version, type;
    char name[100], container[100];
    BOOL has_container, image_verified;
    HWND window;
} SampleTable;

#ifdef __cplusplus
extern "C" {
#endif

/* How often an entry was called, and with what the last time. */
unsigned SampleCount(const char* entry);
SampleCall SampleLast(const char* entry);
void SampleForget(void);
SampleLive SampleAlive(void);
SampleTable SampleTableSeen(void);
/* The window that the table's function gives at this moment. */
HWND SampleWindow(void);
/* Until SampleFail(NULL, ...) each call of `entry` fails with `code`, or, when `silent`, leaves the
   last error as it is. */
void SampleFail(const char* entry, DWORD code, BOOL silent);
/* Each call of `entry` waits inside until it is NULL again; SampleWaiting says that one does. */
void SampleHold(const char* entry);
BOOL SampleWaiting(void);

#ifdef __cplusplus
}
#endif
