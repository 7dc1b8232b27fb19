// SPDX-License-Identifier: BSD-2-Clause
// Names the handles that are still alive, each with the call that made it.
#pragma once

#include "handle/handle_table.h"

#include <string>
#include <vector>

namespace capishim::diag {

/// Writes every live handle to standard error.
void report_live_handles();

/// CAPISHIM_LEAKS=1: standard error gets the live handles when the process exits.
void report_leaks_at_exit();

/// Writes one line a handle to standard error: "key 17.3, made by CryptGenKey, call 12".
/// Only handles for which `chosen` is true.
void report_handles(const std::string& heading, const std::vector<handle::Handle>& chosen);

} // namespace capishim::diag
