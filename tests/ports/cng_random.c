// SPDX-License-Identifier: BSD-2-Clause
// Random numbers from the system's preferred generator, without any handle.

#include "cng_program.h"

int main(void)
{
    BYTE rgbFirst[128], rgbSecond[128], rgbZero[128];

    memset(rgbFirst, 0, sizeof(rgbFirst));
    memset(rgbSecond, 0, sizeof(rgbSecond));
    memset(rgbZero, 0, sizeof(rgbZero));
    Check(BCryptGenRandom(NULL, rgbFirst, sizeof(rgbFirst), BCRYPT_USE_SYSTEM_PREFERRED_RNG),
          "BCryptGenRandom");
    Check(BCryptGenRandom(NULL, rgbSecond, sizeof(rgbSecond), BCRYPT_USE_SYSTEM_PREFERRED_RNG),
          "BCryptGenRandom");
    PrintBytes("random numbers", rgbFirst, 32);
    PrintBytes("and others", rgbSecond, 32);
    Require(memcmp(rgbFirst, rgbZero, sizeof(rgbZero)) != 0, "the buffer was not filled");
    Require(memcmp(rgbFirst, rgbSecond, sizeof(rgbFirst)) != 0, "the numbers came twice");
    return 0;
}
