// SPDX-License-Identifier: BSD-2-Clause
#include "platform/thread_exit.h"

#include <vector>

namespace capishim::platform {
namespace {

thread_local bool ending = false;

struct Farewells {
    ~Farewells()
    {
        ending = true;
        for (auto farewell = list.rbegin(); farewell != list.rend(); ++farewell)
            (*farewell)();
    }
    std::vector<void (*)()> list;
};

} // namespace

void at_thread_exit(void (*farewell)())
{
    static thread_local Farewells farewells;
    if (!ending)
        farewells.list.push_back(farewell);
}

} // namespace capishim::platform
