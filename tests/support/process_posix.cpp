// SPDX-License-Identifier: BSD-2-Clause
#include "support/process.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace capishim_test {

Process::Process(const std::vector<std::string>& arguments, Stream stream)
{
    std::vector<char*> words = {const_cast<char*>("test")};
    for (const std::string& argument : arguments)
        words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe");
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], stream == Stream::output ? STDOUT_FILENO : STDERR_FILENO);
        execv("/proc/self/exe", words.data());
        _exit(101);
    }
    close(ends[1]);
    process_ = child;
    output_ = ends[0];
    if (child < 0)
        throw std::runtime_error("no process");
}

Process::~Process()
{
    kill();
    wait();
    close(static_cast<int>(output_));
}

bool Process::has_written(std::chrono::milliseconds patience)
{
    pollfd ready = {static_cast<int>(output_), POLLIN, 0};
    return poll(&ready, 1, static_cast<int>(patience.count())) > 0;
}

bool Process::read(void* data, std::size_t size)
{
    return ::read(static_cast<int>(output_), data, size) == static_cast<ssize_t>(size);
}

void Process::kill()
{
    if (!ended_)
        ::kill(static_cast<pid_t>(process_), SIGKILL);
}

int Process::wait()
{
    int status = 0;
    if (!ended_ && waitpid(static_cast<pid_t>(process_), &status, 0) == process_)
        status_ = WIFEXITED(status) ? WEXITSTATUS(status) : killed;
    ended_ = true;
    return status_;
}

bool Process::write(const void* data, std::size_t size)
{
    return ::write(STDOUT_FILENO, data, size) == static_cast<ssize_t>(size);
}

} // namespace capishim_test
