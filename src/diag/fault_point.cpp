// SPDX-License-Identifier: BSD-2-Clause
#include "diag/fault_point.h"

#ifdef CAPISHIM_FAULT_INJECTION

#include "platform/paths.h"

#include <charconv>
#include <mutex>
#include <string>

namespace capishim::diag {
namespace {

struct Request {
    std::string name;
    unsigned passages = 0; // still to go; 0 when nothing is asked
    Fault fault = Fault::out_of_memory;
};

std::mutex mutex;

Fault fault_named(std::string_view name)
{
    for (unsigned i = 0; i < static_cast<unsigned>(Fault::count); ++i)
        if (name == fault_row(static_cast<Fault>(i)).name)
            return static_cast<Fault>(i);
    return Fault::out_of_memory;
}

Request parse(std::string_view text)
{
    const std::size_t first = text.find(':');
    const std::size_t second = text.find(':', first == text.npos ? first : first + 1);
    Request request;
    if (second == text.npos)
        return request;
    request.name = text.substr(0, first);
    std::from_chars(text.data() + first + 1, text.data() + second, request.passages);
    request.fault = fault_named(text.substr(second + 1));
    return request;
}

Request& current()
{
    static Request request = parse(platform::environment("CAPISHIM_FAULT"));
    return request;
}

} // namespace

void fault_point(std::string_view name)
{
    const std::lock_guard lock(mutex);
    Request& request = current();
    if (request.passages == 0 || (request.name != "*" && request.name != name))
        return;
    if (--request.passages == 0)
        throw Error(request.fault);
}

void request_fault(std::string_view request)
{
    const std::lock_guard lock(mutex);
    current() = parse(request);
}

} // namespace capishim::diag

#endif
