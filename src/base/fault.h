// SPDX-License-Identifier: BSD-2-Clause
// What can go wrong, named once. A Fault travels in an Error; only the rim turns it into codes.
#pragma once

#include <cstdint>
#include <exception>

namespace capishim {

/// Each fault has one row in fault.cpp: its NTSTATUS, its Win32 code and the source of both.
/// Where two functions report the same event differently, that is two faults.
enum class Fault : std::uint8_t {
    none,
    // handles
    stale_handle,      // zero, never issued, or destroyed
    wrong_kind,        // live, but of another kind
    context_released,  // a child whose context is gone
    in_use,            // another call is inside the object
    bad_uid,           // provider side: not a live context
    bad_key,           // provider side: not this context's key, or not usable here
    bad_hash,          // provider side: not this context's hash
    stale_hash_object, // BCryptDestroyHash on anything but a live hash
    // arguments
    invalid_parameter,
    bad_flags,
    bad_type, // unknown parameter or blob type, or not one for this object
    bad_algorithm,
    bad_length,
    bad_key_length,    // a key length outside the provider's limits
    uneven_dss_length, // a DSS length within them that is no multiple of 64
    bad_data,
    bad_version,
    buffer_too_small,
    no_more_items,
    // states and permissions
    bad_key_state,
    bad_hash_state,
    permission_denied,
    fixed_parameter,
    silent_context,
    bad_signature,
    bad_padding,      // decrypted data whose padding is wrong
    bad_block_length, // data that is no multiple of the block
    no_key,
    not_found,
    bad_public_key,
    // providers and containers
    bad_provider,
    bad_provider_type,
    provider_type_not_defined,
    provider_type_mismatch,
    provider_type_entry_bad,  // a type's default is of another type
    provider_image_not_found, // a registered provider's file is not there
    provider_image_failed,    // it is no library, or lacks an entry point
    provider_failed,          // a registered provider's own failure; the Error carries its code
    keyset_not_defined,
    keyset_exists,
    bad_keyset,
    bad_keyset_name,
    bad_keyset_entry,
    profile_not_found,
    mode_refused, // KP_MODE = OFB on an RSA provider
    // CNG only
    not_supported,
    no_such_algorithm,
    access_denied,
    not_dispatchable, // above passive level, without BCRYPT_PROV_DISPATCH's mark
    no_private_key,   // a public-only pair asked for what needs the private part
    bad_blob_length,  // a key blob that is longer or shorter than its header announces
    long_exponent,    // an RSA public exponent of more than 8 bytes
    auth_tag_mismatch,
    // calls and the machine
    call_not_implemented,
    csp_call_not_implemented,
    out_of_memory,
    csp_out_of_memory,
    internal,
    count
};

/// The two codes of a fault, with the names that traces and failing tests print.
struct FaultRow {
    Fault fault;
    std::uint32_t ntstatus;
    std::uint32_t win32;
    const char* name;
    const char* ntstatus_name;
    const char* win32_name;
};

const FaultRow& fault_row(Fault fault) noexcept;

/// How a call ended. `provider_code` belongs to Fault::provider_failed: the last error that a
/// registered provider left, whichever 32 bits that are. It goes through as it is; no table maps
/// it.
struct Outcome {
    Fault fault = Fault::none;
    std::uint32_t provider_code = 0;

    bool succeeded() const noexcept { return fault == Fault::none; }
    std::uint32_t win32() const noexcept
    {
        return fault == Fault::provider_failed ? provider_code : fault_row(fault).win32;
    }
    std::uint32_t ntstatus() const noexcept { return fault_row(fault).ntstatus; }
    /// For people: the code's name, or null where it has none.
    const char* win32_name() const noexcept;
};

/// Where a fault arose. std::source_location needs a newer clang than Debian 12's.
struct SourceLocation {
    const char* file;
    int line;

    static constexpr SourceLocation current(const char* file = __builtin_FILE(),
                                            int line = __builtin_LINE()) noexcept
    {
        return {file, line};
    }
};

/// The only exception thrown inside the library.
class Error : public std::exception {
  public:
    explicit Error(Fault fault, SourceLocation where = SourceLocation::current()) noexcept
        : outcome_{fault}, where_(where)
    {
    }

    /// What a registered provider's entry point answered.
    explicit Error(Outcome outcome, SourceLocation where = SourceLocation::current()) noexcept
        : outcome_(outcome), where_(where)
    {
    }

    Fault fault() const noexcept { return outcome_.fault; }
    const Outcome& outcome() const noexcept { return outcome_; }
    const SourceLocation& where() const noexcept { return where_; }
    const char* what() const noexcept override { return fault_row(outcome_.fault).name; }

  private:
    Outcome outcome_;
    SourceLocation where_;
};

/// Throws `fault` unless `condition` holds: the form in which arguments are checked.
inline void require(bool condition, Fault fault, SourceLocation where = SourceLocation::current())
{
    if (!condition)
        throw Error(fault, where);
}

} // namespace capishim
