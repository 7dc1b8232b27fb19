// SPDX-License-Identifier: BSD-2-Clause
// PP_CLIENT_HWND: the window that a registered provider's questions to the user belong to. It is
// kept here and never reaches the provider but by the table it is opened with (cryptoapi.md 9.2).
#pragma once

#include <atomic>
#include <cstdint>

namespace capishim::advapi {

inline std::atomic<std::uintptr_t> client_window{0};

} // namespace capishim::advapi
