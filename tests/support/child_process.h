// SPDX-License-Identifier: BSD-2-Clause
// Runs a piece of a test in a forked child.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

namespace capishim_test {

/// Starts a child that ends with the answer of `body` (0..99), or 100 for an exception.
template <class Body>
pid_t start_child(Body body)
{
    const pid_t child = fork();
    if (child != 0)
        return child;
    int answer = 100;
    try {
        answer = body();
    } catch (...) {
    }
    _exit(answer); // without the test framework's ends
}

/// @return the child's answer; 200 when it died of a signal
inline int answer_of(pid_t child)
{
    int status = 0;
    if (waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return 200;
    return WEXITSTATUS(status);
}

template <class Body>
int run_child(Body body)
{
    return answer_of(start_child(body));
}

} // namespace capishim_test
