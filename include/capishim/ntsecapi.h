// SPDX-License-Identifier: BSD-2-Clause
// The documented names of SystemFunction036, 040 and 041 (cryptoapi.md 1.32, 1.33).
#pragma once

#include "wincrypt.h"

#define RtlGenRandom SystemFunction036
#define RtlEncryptMemory SystemFunction040
#define RtlDecryptMemory SystemFunction041

#define RTL_ENCRYPT_MEMORY_SIZE 8
#define RTL_ENCRYPT_OPTION_CROSS_PROCESS 0x01
#define RTL_ENCRYPT_OPTION_SAME_LOGON 0x02
#define RTL_ENCRYPT_OPTION_FOR_SYSTEM 0x04
