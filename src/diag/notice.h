// SPDX-License-Identifier: BSD-2-Clause
// A line on standard error for whoever set the library up, where no code can say what is wrong.
#pragma once

#include <string>

namespace capishim::diag {

void notice(const std::string& text);

} // namespace capishim::diag
