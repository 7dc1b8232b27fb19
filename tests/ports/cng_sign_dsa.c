// SPDX-License-Identifier: BSD-2-Clause
// Signs with DSA of 1024 bits, whose parameters nobody sets, and verifies with the exported key.

#include "cng_signature.h"

int main(void)
{
    return SignAndVerify(BCRYPT_DSA_ALGORITHM, 1024, BCRYPT_DSA_PUBLIC_BLOB);
}
