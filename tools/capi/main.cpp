// SPDX-License-Identifier: BSD-2-Clause
// Where arguments are text of 8 bits: it is taken to be UTF-8.
#include "command.h"

int main(int count, char** arguments)
{
    return capishim::capi::run(count, arguments);
}
