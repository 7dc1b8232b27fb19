// SPDX-License-Identifier: BSD-2-Clause
#include "diag/trace.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <mutex>
#include <string>

namespace capishim::diag {
namespace {

std::atomic<std::uint64_t> calls{0};

// Never destroyed: handles are destroyed until the very end of the process.
struct Output {
    std::mutex mutex;
    std::FILE* file = stderr;

    void line(const std::string& text)
    {
        const std::lock_guard lock(mutex);
        std::fprintf(file, "%s\n", text.c_str());
        std::fflush(file);
    }
};

Output& output()
{
    static Output& one = *new Output;
    return one;
}

std::string hex(std::uint64_t value)
{
    char text[24];
    std::snprintf(text, sizeof text, "%#llx", static_cast<unsigned long long>(value));
    return value ? text : "0";
}

std::string show(ParamKind kind, std::uint64_t value)
{
    switch (kind) {
    case ParamKind::handle:
        return value ? handle::handles().describe({static_cast<std::uintptr_t>(value)}) : "0";
    case ParamKind::length:
    case ParamKind::integer:
    case ParamKind::param_id:
        return std::to_string(static_cast<std::uint32_t>(value));
    case ParamKind::boolean:
        return value ? "TRUE" : "FALSE";
    case ParamKind::alg_id:
    case ParamKind::flags:
        return hex(static_cast<std::uint32_t>(value));
    case ParamKind::secret:
        return value ? "(secret)" : "NULL";
    default:
        return value ? hex(value) : "NULL";
    }
}

std::string show_last_error(const Outcome& outcome)
{
    const char* const name = outcome.win32_name();
    return name ? name : hex(outcome.win32());
}

std::string show_result(ResultKind kind, const Outcome& outcome)
{
    switch (kind) {
    case ResultKind::boolean:
        return outcome.succeeded() ? "TRUE" : "FALSE, " + show_last_error(outcome);
    case ResultKind::byte_boolean:
        return outcome.succeeded() ? "TRUE" : "FALSE";
    case ResultKind::ntstatus:
        return fault_row(outcome.fault).ntstatus_name;
    case ResultKind::nothing:
        break;
    }
    return "void";
}

void trace_handle(const char* event, handle::Handle handle) noexcept
try {
    output().line("  " + handle::handles().describe(handle) + " " + event);
} catch (...) {
    // As for calls: what there is no memory for is left out.
}

} // namespace

void start_trace(std::string_view request)
{
    const std::size_t colon = request.find(':');
    const std::string_view what = request.substr(0, colon);
    if (colon != std::string_view::npos) {
        const std::string path(request.substr(colon + 1));
        if (std::FILE* const file = std::fopen(path.c_str(), "a"))
            output().file = file;
        else
            output().line("capishim: cannot open the trace file " + path);
    }
    settings.trace_calls = what.find("calls") != std::string_view::npos;
    settings.trace_handles = what.find("handles") != std::string_view::npos;
    if (settings.trace_calls)
        settings.watch_calls = true;
    if (settings.trace_handles)
        handle::handles().set_observer(trace_handle);
}

void CallTrace::begin(handle::Maker& maker, std::span<const std::uint64_t> arguments) noexcept
{
    maker.number = ++calls;
    handle::last_issued() = {};
    count_ = std::min(arguments.size(), max_arguments);
    std::copy_n(arguments.begin(), count_, arguments_.begin());
}

void CallTrace::write(const Outcome& outcome) const noexcept
try {
    if (!settings.trace_calls.load(std::memory_order_relaxed))
        return;
    std::string line = std::string(info_->name) + "(";
    for (std::size_t i = 0; i < std::min<std::size_t>(count_, info_->param_count); ++i) {
        const ParamInfo& param = info_->params[i];
        line += std::string(i ? ", " : "") + param.name + "=" + show(param.kind, arguments_[i]);
    }
    line += ") = " + show_result(info_->result, outcome);
    if (const handle::Handle made = handle::last_issued(); made && outcome.succeeded())
        line += " -> " + handle::handles().describe(made);
    output().line(line);
} catch (...) {
    // A line that there is no memory for is left out; the call's result stands.
}

} // namespace capishim::diag
