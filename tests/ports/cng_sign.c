// SPDX-License-Identifier: BSD-2-Clause
// Signs with ECDSA on P-256 and verifies with the exported public key.

#include "cng_signature.h"

int main(void)
{
    return SignAndVerify(BCRYPT_ECDSA_P256_ALGORITHM, 256, BCRYPT_ECCPUBLIC_BLOB);
}
