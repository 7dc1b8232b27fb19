// SPDX-License-Identifier: BSD-2-Clause
#include "support/process.h"

#include <stdexcept>
#include <thread>
#include <windows.h>

namespace capishim_test {
namespace {

constexpr UINT killed_status = 0xDEAD;

HANDLE handle(std::intptr_t number)
{
    return reinterpret_cast<HANDLE>(number);
}

/// As the C runtime takes it apart again. None of the tests' arguments ends with a backslash.
std::string quoted(const std::string& argument)
{
    std::string text = "\"";
    for (const char letter : argument)
        text += letter == '"' ? std::string("\\\"") : std::string(1, letter);
    return text + '"';
}

} // namespace

Process::Process(const std::vector<std::string>& arguments, Stream stream)
{
    char program[MAX_PATH];
    GetModuleFileNameA(nullptr, program, sizeof program);
    std::string line = quoted(program);
    for (const std::string& argument : arguments)
        line += ' ' + quoted(argument);

    SECURITY_ATTRIBUTES inherited = {sizeof inherited, nullptr, TRUE};
    HANDLE ours = nullptr, theirs = nullptr;
    if (!CreatePipe(&ours, &theirs, &inherited, 0))
        throw std::runtime_error("no pipe");
    SetHandleInformation(ours, HANDLE_FLAG_INHERIT, 0);
    STARTUPINFOA start = {};
    start.cb = sizeof start;
    start.dwFlags = STARTF_USESTDHANDLES;
    start.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
    start.hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE);
    start.hStdError = GetStdHandle(STD_ERROR_HANDLE);
    (stream == Stream::output ? start.hStdOutput : start.hStdError) = theirs;
    PROCESS_INFORMATION made = {};
    const BOOL started = CreateProcessA(program, line.data(), nullptr, nullptr, TRUE, 0, nullptr,
                                        nullptr, &start, &made);
    CloseHandle(theirs);
    output_ = reinterpret_cast<std::intptr_t>(ours);
    process_ = reinterpret_cast<std::intptr_t>(made.hProcess);
    if (!started)
        throw std::runtime_error("no process");
    CloseHandle(made.hThread);
}

Process::~Process()
{
    kill();
    wait();
    CloseHandle(handle(process_));
    CloseHandle(handle(output_));
}

bool Process::has_written(std::chrono::milliseconds patience)
{
    const auto end = std::chrono::steady_clock::now() + patience;
    for (;;) {
        DWORD available = 0;
        if (!PeekNamedPipe(handle(output_), nullptr, 0, nullptr, &available, nullptr) || available)
            return true;
        if (std::chrono::steady_clock::now() >= end)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

bool Process::read(void* data, std::size_t size)
{
    DWORD count = 0;
    return ReadFile(handle(output_), data, static_cast<DWORD>(size), &count, nullptr) &&
           count == size;
}

void Process::kill()
{
    if (!ended_)
        TerminateProcess(handle(process_), killed_status);
}

int Process::wait()
{
    DWORD status = 0;
    WaitForSingleObject(handle(process_), INFINITE);
    GetExitCodeProcess(handle(process_), &status);
    ended_ = true;
    status_ = status == killed_status ? killed : static_cast<int>(status);
    return status_;
}

bool Process::write(const void* data, std::size_t size)
{
    DWORD count = 0;
    return WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), data, static_cast<DWORD>(size), &count,
                     nullptr) &&
           count == size;
}

} // namespace capishim_test
