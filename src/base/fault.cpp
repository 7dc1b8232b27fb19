// SPDX-License-Identifier: BSD-2-Clause
// The one table of codes. Sources: lifetime.md 1, cryptoapi.md 0.4 and 1, cng.md 0.5 and 9.
#include "base/fault.h"

#include <capishim/ntstatus.h>
#include <capishim/winerror.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace capishim {
namespace {

constexpr std::uint32_t code(auto value)
{
    return static_cast<std::uint32_t>(value);
}

// A macro, because the rows keep the codes' names as they are written here.
#define ROW(fault, ntstatus, win32)                                                                \
    FaultRow                                                                                       \
    {                                                                                              \
        Fault::fault, code(ntstatus), code(win32), #fault, #ntstatus, #win32                       \
    }

constexpr std::array rows = {
    ROW(none, STATUS_SUCCESS, ERROR_SUCCESS),
    // lifetime.md 1: ERROR_* are the advapi layer's, NTE_* the provider's
    ROW(stale_handle, STATUS_INVALID_HANDLE, ERROR_INVALID_PARAMETER),
    ROW(wrong_kind, STATUS_INVALID_HANDLE, ERROR_INVALID_HANDLE),
    ROW(context_released, STATUS_INVALID_HANDLE, NTE_BAD_UID),
    ROW(in_use, STATUS_DEVICE_BUSY, ERROR_BUSY),
    ROW(bad_uid, STATUS_INVALID_HANDLE, NTE_BAD_UID),
    ROW(bad_key, STATUS_INVALID_HANDLE, NTE_BAD_KEY),
    ROW(bad_hash, STATUS_INVALID_HANDLE, NTE_BAD_HASH),
    ROW(stale_hash_object, STATUS_INVALID_PARAMETER, NTE_BAD_HASH), // lifetime.md 4
    ROW(invalid_parameter, STATUS_INVALID_PARAMETER, ERROR_INVALID_PARAMETER),
    ROW(bad_flags, STATUS_INVALID_PARAMETER, NTE_BAD_FLAGS),
    ROW(bad_type, STATUS_NOT_SUPPORTED, NTE_BAD_TYPE),
    ROW(bad_algorithm, STATUS_NOT_SUPPORTED, NTE_BAD_ALGID),
    ROW(bad_length, STATUS_INVALID_PARAMETER, NTE_BAD_LEN),
    ROW(bad_key_length, STATUS_INVALID_PARAMETER, ERROR_INVALID_PARAMETER), // U-34
    ROW(uneven_dss_length, STATUS_INVALID_PARAMETER,
        STATUS_INVALID_PARAMETER), // observed.md: CryptGenKey, DSS length off the 64-bit step
    ROW(bad_data, STATUS_INVALID_PARAMETER, NTE_BAD_DATA),
    ROW(bad_version, STATUS_INVALID_PARAMETER, NTE_BAD_VER),
    ROW(buffer_too_small, STATUS_BUFFER_TOO_SMALL, ERROR_MORE_DATA),
    ROW(no_more_items, STATUS_NO_MORE_ENTRIES, ERROR_NO_MORE_ITEMS),
    ROW(bad_key_state, STATUS_INVALID_HANDLE, NTE_BAD_KEY_STATE), // N-12 for the status
    ROW(bad_hash_state, STATUS_INVALID_HANDLE, NTE_BAD_HASH_STATE),
    ROW(permission_denied, STATUS_ACCESS_DENIED, NTE_PERM),
    ROW(fixed_parameter, STATUS_NOT_SUPPORTED, NTE_FIXEDPARAMETER),
    ROW(silent_context, STATUS_NOT_SUPPORTED, NTE_SILENT_CONTEXT),
    ROW(bad_signature, STATUS_INVALID_SIGNATURE, NTE_BAD_SIGNATURE),
    ROW(bad_padding, STATUS_DATA_ERROR, NTE_BAD_DATA), // N-50, N-71
    ROW(bad_block_length, STATUS_INVALID_BUFFER_SIZE, NTE_BAD_DATA),
    ROW(no_key, STATUS_NOT_SUPPORTED, NTE_NO_KEY),
    ROW(not_found, STATUS_NOT_FOUND, NTE_NOT_FOUND),
    ROW(bad_public_key, STATUS_INVALID_PARAMETER, NTE_BAD_PUBLIC_KEY),
    ROW(bad_provider, STATUS_NOT_FOUND, NTE_BAD_PROVIDER),
    ROW(bad_provider_type, STATUS_INVALID_PARAMETER, NTE_BAD_PROV_TYPE),
    ROW(provider_type_not_defined, STATUS_NOT_FOUND, NTE_PROV_TYPE_NOT_DEF),
    ROW(provider_type_mismatch, STATUS_INVALID_PARAMETER, NTE_PROV_TYPE_NO_MATCH),
    ROW(provider_type_entry_bad, STATUS_DATA_ERROR, NTE_PROV_TYPE_ENTRY_BAD), // 1.1
    ROW(provider_image_not_found, STATUS_NOT_FOUND, NTE_PROV_DLL_NOT_FOUND),  // 1.1
    ROW(provider_image_failed, STATUS_DATA_ERROR, NTE_PROVIDER_DLL_FAIL),     // 1.1
    ROW(provider_failed, STATUS_INTERNAL_ERROR, NTE_FAIL), // its own code goes in their place
    ROW(keyset_not_defined, STATUS_NOT_FOUND, NTE_KEYSET_NOT_DEF),
    ROW(keyset_exists, STATUS_INVALID_PARAMETER, NTE_EXISTS),
    ROW(bad_keyset, STATUS_NOT_FOUND, NTE_BAD_KEYSET),
    ROW(bad_keyset_name, STATUS_INVALID_PARAMETER, NTE_BAD_KEYSET_PARAM),
    ROW(bad_keyset_entry, STATUS_DATA_ERROR, NTE_KEYSET_ENTRY_BAD),
    ROW(profile_not_found, STATUS_NOT_FOUND, ERROR_FILE_NOT_FOUND), // U-18
    ROW(mode_refused, STATUS_NOT_SUPPORTED,
        ERROR_INTERNAL_ERROR), // observed.md: KP_MODE = OFB, RSA providers (Windows 8)
    ROW(not_supported, STATUS_NOT_SUPPORTED, ERROR_CALL_NOT_IMPLEMENTED),
    ROW(no_such_algorithm, STATUS_NOT_FOUND, NTE_BAD_ALGID),
    ROW(access_denied, STATUS_ACCESS_DENIED, ERROR_ACCESS_DENIED),
    ROW(not_dispatchable, STATUS_INVALID_HANDLE, ERROR_INVALID_PARAMETER), // lifetime.md 4
    ROW(no_private_key, STATUS_INVALID_PARAMETER, NTE_BAD_KEY_STATE), // observed.md part 2 D; U-45
    ROW(bad_blob_length, STATUS_INVALID_BUFFER_SIZE, NTE_BAD_DATA),   // cng.md 5
    ROW(long_exponent, NTE_BAD_DATA, NTE_BAD_DATA), // observed.md part 2 D: an NTE code as status
    ROW(auth_tag_mismatch, STATUS_AUTH_TAG_MISMATCH, NTE_BAD_DATA),
    ROW(call_not_implemented, STATUS_NOT_IMPLEMENTED, ERROR_CALL_NOT_IMPLEMENTED), // N-10
    ROW(csp_call_not_implemented, STATUS_NOT_IMPLEMENTED, E_NOTIMPL), // cryptoapi.md 11.2 rule 4
    ROW(out_of_memory, STATUS_NO_MEMORY, ERROR_NOT_ENOUGH_MEMORY),
    ROW(csp_out_of_memory, STATUS_NO_MEMORY, NTE_NO_MEMORY),
    ROW(internal, STATUS_INTERNAL_ERROR, NTE_FAIL),
};
#undef ROW

constexpr bool rows_follow_the_enumeration()
{
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].fault != static_cast<Fault>(i))
            return false;
    return rows.size() == static_cast<std::size_t>(Fault::count);
}
static_assert(rows_follow_the_enumeration());

} // namespace

const FaultRow& fault_row(Fault fault) noexcept
{
    return rows[static_cast<std::size_t>(fault)];
}

const char* Outcome::win32_name() const noexcept
{
    if (fault != Fault::provider_failed)
        return fault_row(fault).win32_name;
    const auto row = std::ranges::find(rows, provider_code, &FaultRow::win32);
    return row == rows.end() ? nullptr : row->win32_name;
}

} // namespace capishim
