// SPDX-License-Identifier: BSD-2-Clause
// What the trace knows of each exported function; the rows are generated from src/abi/*.toml.
#pragma once

#include <cstdint>

namespace capishim::diag {

/// How a parameter is shown. Secrets show as lengths only; pointers are printed, never followed.
enum class ParamKind : std::uint8_t {
    handle,
    out_handle,
    alg_id,
    flags,
    length,
    length_ptr,
    secret,
    bytes,
    string,
    wide_string,
    integer,
    boolean,
    param_id,
    pointer
};

/// How a result is shown: BOOL, NTSTATUS, VOID, BOOLEAN.
enum class ResultKind : std::uint8_t { boolean, ntstatus, nothing, byte_boolean };

struct ParamInfo {
    const char* name; // as in the API
    ParamKind kind;
};

struct CallInfo {
    const char* name;
    ResultKind result;
    const ParamInfo* params; // null when there are none
    std::uint8_t param_count;
};

} // namespace capishim::diag
