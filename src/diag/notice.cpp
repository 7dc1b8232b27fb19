// SPDX-License-Identifier: BSD-2-Clause
#include "diag/notice.h"

#include <cstdio>

namespace capishim::diag {

void notice(const std::string& text)
{
    std::fprintf(stderr, "capishim: %s\n", text.c_str());
}

} // namespace capishim::diag
