// SPDX-License-Identifier: BSD-2-Clause
// The one word that CNG programs take from <winternl.h>.
#pragma once

#include "detail/types.h"

#ifndef NT_SUCCESS
#define NT_SUCCESS(Status) (((NTSTATUS)(Status)) >= 0)
#endif
