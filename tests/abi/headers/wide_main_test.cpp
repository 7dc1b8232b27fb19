// SPDX-License-Identifier: BSD-2-Clause
// The same program as C++.
#include "wide_main_test.c" // NOLINT(bugprone-suspicious-include)
