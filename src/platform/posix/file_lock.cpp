// SPDX-License-Identifier: BSD-2-Clause
// The lock between processes and threads. flock() locks an open file description, and each FileLock
// has one of its own, so that it keeps threads apart as well and needs no mutex beside it (a mutex
// would be lost to a child that was forked while another thread held it).
#include "platform/file.h"
#include "platform/posix/system_error.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace capishim::platform {

namespace {

int descriptor_of(std::intptr_t file)
{
    return static_cast<int>(file);
}

} // namespace

FileLock::FileLock(const std::string& path)
    : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600))
{
    if (file_ < 0)
        throw_system_error(errno);
    while (::flock(descriptor_of(file_), LOCK_EX) != 0) {
        if (errno == EINTR)
            continue;
        const int error_number = errno;
        ::close(descriptor_of(file_));
        throw_system_error(error_number);
    }
}

FileLock::~FileLock()
{
    // Not left to close(): a child forked meanwhile has the description too, and would go on
    // locking.
    ::flock(descriptor_of(file_), LOCK_UN);
    ::close(descriptor_of(file_));
}

} // namespace capishim::platform
