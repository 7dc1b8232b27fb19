// SPDX-License-Identifier: BSD-2-Clause
// Lists the registered providers of cryptography twice: in memory that the library allocates, and
// in the program's own.

#include "cng_program.h"

static void PrintProviders(const CRYPT_PROVIDERS* pProviders)
{
    ULONG i;
    Require(pProviders->cProviders > 0, "no provider at all");
    for (i = 0; i < pProviders->cProviders; ++i)
        printf("%ls\n", (const wchar_t*)pProviders->rgpszProviders[i]);
}

static void LetTheLibraryAllocate(void)
{
    PCRYPT_PROVIDERS pProviders = NULL;
    ULONG cbBuffer = 0;
    Check(BCryptEnumRegisteredProviders(&cbBuffer, &pProviders), "BCryptEnumRegisteredProviders");
    Require(pProviders != NULL, "no list came back");
    PrintProviders(pProviders);
    BCryptFreeBuffer(pProviders);
}

static void AllocateHere(void)
{
    PCRYPT_PROVIDERS pProviders;
    ULONG cbBuffer = 0;
    Require(BCryptEnumRegisteredProviders(&cbBuffer, NULL) == STATUS_BUFFER_TOO_SMALL,
            "a question for the size should find the buffer too small");
    pProviders = (PCRYPT_PROVIDERS)Allocate(cbBuffer);
    Check(BCryptEnumRegisteredProviders(&cbBuffer, &pProviders), "BCryptEnumRegisteredProviders");
    PrintProviders(pProviders);
    Free((PBYTE)pProviders);
}

int main(void)
{
    LetTheLibraryAllocate();
    AllocateHere();
    return 0;
}
