// SPDX-License-Identifier: BSD-2-Clause
// What a thread leaves behind. Not by destructors of thread_local objects: on Windows they would
// keep the library loaded for as long as such a thread lives, whatever FreeLibrary is told.
#pragma once

namespace capishim::platform {

/// Runs `farewell` on the calling thread when it ends, or frees the library; the last one first.
/// Given when the thread is ending already, it may never run; nor does it on a thread that outlives
/// the library, whose memory goes with it.
void at_thread_exit(void (*farewell)());

} // namespace capishim::platform
