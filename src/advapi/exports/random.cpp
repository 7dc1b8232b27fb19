// SPDX-License-Identifier: BSD-2-Clause
// Random bytes.
#include "csp/random.h"

#include "advapi/exports/rim.h"

using namespace capishim;
using namespace capishim::advapi;

BOOL WINAPI CryptGenRandom(HCRYPTPROV hProv, DWORD dwLen, BYTE* pbBuffer)
{
    return win32_call(
        Api::CryptGenRandom,
        [&] {
            require(pbBuffer != nullptr || dwLen == 0, Fault::invalid_parameter); // U-62
            pin<Context>(hProv)->provider().gen_random({pbBuffer, dwLen});
        },
        hProv, dwLen, pbBuffer);
}

// RtlGenRandom. A null buffer of some length crashes on Windows (observed.md); here it is refused.
BOOLEAN WINAPI SystemFunction036(PVOID RandomBuffer, ULONG RandomBufferLength)
{
    return byte_boolean_call(
        Api::SystemFunction036,
        [&] {
            require(RandomBuffer != nullptr || RandomBufferLength == 0, Fault::invalid_parameter);
            csp::random_bytes({static_cast<BYTE*>(RandomBuffer), RandomBufferLength});
        },
        RandomBuffer, RandomBufferLength);
}
