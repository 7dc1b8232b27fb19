// SPDX-License-Identifier: BSD-2-Clause
// What the DLL holds for itself and for the libraries linked into it, from when it is loaded until
// FreeLibrary: its heap, and the thread-local slots.
#pragma once

namespace capishim::platform {

/// @return false where the system has no memory
bool make_heap() noexcept;
/// With everything in it, whoever still points there.
void destroy_heap() noexcept;

/// Destroys the thread_local variables of the calling thread, which ends.
void end_thread() noexcept;
/// Those of the threads that live on stay in the heap until it goes.
void give_back_slots() noexcept;

} // namespace capishim::platform
