// SPDX-License-Identifier: BSD-2-Clause
// The one table of codes. Sources: lifetime.md 1, cryptoapi.md 0.4 and 1, cng.md 0.5 and 9.
#include "base/fault.h"

#include <capishim/ntstatus.h>
#include <capishim/winerror.h>

#include <array>
#include <cstddef>

namespace capishim {
namespace {

constexpr std::uint32_t code(auto value) { return static_cast<std::uint32_t>(value); }

constexpr FaultRow row(Fault fault, auto ntstatus, auto win32, const char* name)
{
    return {fault, code(ntstatus), code(win32), name};
}

constexpr std::array rows = {
    row(Fault::none, STATUS_SUCCESS, ERROR_SUCCESS, "none"),
    // lifetime.md 1: ERROR_* are the advapi layer's, NTE_* the provider's
    row(Fault::stale_handle, STATUS_INVALID_HANDLE, ERROR_INVALID_PARAMETER, "stale_handle"),
    row(Fault::wrong_kind, STATUS_INVALID_HANDLE, ERROR_INVALID_HANDLE, "wrong_kind"),
    row(Fault::context_released, STATUS_INVALID_HANDLE, NTE_BAD_UID, "context_released"),
    row(Fault::in_use, STATUS_DEVICE_BUSY, ERROR_BUSY, "in_use"),
    row(Fault::bad_uid, STATUS_INVALID_HANDLE, NTE_BAD_UID, "bad_uid"),
    row(Fault::bad_key, STATUS_INVALID_HANDLE, NTE_BAD_KEY, "bad_key"),
    row(Fault::bad_hash, STATUS_INVALID_HANDLE, NTE_BAD_HASH, "bad_hash"),
    row(Fault::stale_hash_object, STATUS_INVALID_PARAMETER, NTE_BAD_HASH,
        "stale_hash_object"), // lifetime.md 4
    row(Fault::invalid_parameter, STATUS_INVALID_PARAMETER, ERROR_INVALID_PARAMETER,
        "invalid_parameter"),
    row(Fault::bad_flags, STATUS_INVALID_PARAMETER, NTE_BAD_FLAGS, "bad_flags"),
    row(Fault::bad_type, STATUS_NOT_SUPPORTED, NTE_BAD_TYPE, "bad_type"),
    row(Fault::bad_algorithm, STATUS_NOT_SUPPORTED, NTE_BAD_ALGID, "bad_algorithm"),
    row(Fault::bad_length, STATUS_INVALID_PARAMETER, NTE_BAD_LEN, "bad_length"),
    row(Fault::bad_key_length, STATUS_INVALID_PARAMETER, ERROR_INVALID_PARAMETER,
        "bad_key_length"), // U-34
    row(Fault::bad_data, STATUS_INVALID_PARAMETER, NTE_BAD_DATA, "bad_data"),
    row(Fault::bad_version, STATUS_INVALID_PARAMETER, NTE_BAD_VER, "bad_version"),
    row(Fault::buffer_too_small, STATUS_BUFFER_TOO_SMALL, ERROR_MORE_DATA, "buffer_too_small"),
    row(Fault::no_more_items, STATUS_NO_MORE_ENTRIES, ERROR_NO_MORE_ITEMS, "no_more_items"),
    row(Fault::bad_key_state, STATUS_INVALID_HANDLE, NTE_BAD_KEY_STATE,
        "bad_key_state"), // N-12 for the status
    row(Fault::bad_hash_state, STATUS_INVALID_HANDLE, NTE_BAD_HASH_STATE, "bad_hash_state"),
    row(Fault::permission_denied, STATUS_ACCESS_DENIED, NTE_PERM, "permission_denied"),
    row(Fault::fixed_parameter, STATUS_NOT_SUPPORTED, NTE_FIXEDPARAMETER, "fixed_parameter"),
    row(Fault::silent_context, STATUS_NOT_SUPPORTED, NTE_SILENT_CONTEXT, "silent_context"),
    row(Fault::bad_signature, STATUS_INVALID_SIGNATURE, NTE_BAD_SIGNATURE, "bad_signature"),
    row(Fault::bad_padding, STATUS_DATA_ERROR, NTE_BAD_DATA, "bad_padding"), // N-50, N-71
    row(Fault::bad_block_length, STATUS_INVALID_BUFFER_SIZE, NTE_BAD_DATA, "bad_block_length"),
    row(Fault::no_key, STATUS_NOT_SUPPORTED, NTE_NO_KEY, "no_key"),
    row(Fault::not_found, STATUS_NOT_FOUND, NTE_NOT_FOUND, "not_found"),
    row(Fault::bad_public_key, STATUS_INVALID_PARAMETER, NTE_BAD_PUBLIC_KEY, "bad_public_key"),
    row(Fault::bad_provider, STATUS_NOT_FOUND, NTE_BAD_PROVIDER, "bad_provider"),
    row(Fault::bad_provider_type, STATUS_INVALID_PARAMETER, NTE_BAD_PROV_TYPE,
        "bad_provider_type"),
    row(Fault::provider_type_not_defined, STATUS_NOT_FOUND, NTE_PROV_TYPE_NOT_DEF,
        "provider_type_not_defined"),
    row(Fault::provider_type_mismatch, STATUS_INVALID_PARAMETER, NTE_PROV_TYPE_NO_MATCH,
        "provider_type_mismatch"),
    row(Fault::keyset_not_defined, STATUS_NOT_FOUND, NTE_KEYSET_NOT_DEF, "keyset_not_defined"),
    row(Fault::keyset_exists, STATUS_INVALID_PARAMETER, NTE_EXISTS, "keyset_exists"),
    row(Fault::bad_keyset, STATUS_NOT_FOUND, NTE_BAD_KEYSET, "bad_keyset"),
    row(Fault::bad_keyset_name, STATUS_INVALID_PARAMETER, NTE_BAD_KEYSET_PARAM,
        "bad_keyset_name"),
    row(Fault::bad_keyset_entry, STATUS_DATA_ERROR, NTE_KEYSET_ENTRY_BAD, "bad_keyset_entry"),
    row(Fault::profile_not_found, STATUS_NOT_FOUND, ERROR_FILE_NOT_FOUND,
        "profile_not_found"), // U-18
    row(Fault::mode_refused, STATUS_NOT_SUPPORTED, ERROR_INTERNAL_ERROR,
        "mode_refused"), // observed.md: KP_MODE = OFB, RSA providers (Windows 8)
    row(Fault::not_supported, STATUS_NOT_SUPPORTED, ERROR_CALL_NOT_IMPLEMENTED, "not_supported"),
    row(Fault::no_such_algorithm, STATUS_NOT_FOUND, NTE_BAD_ALGID, "no_such_algorithm"),
    row(Fault::access_denied, STATUS_ACCESS_DENIED, ERROR_ACCESS_DENIED, "access_denied"),
    row(Fault::no_private_key, STATUS_INVALID_PARAMETER, NTE_BAD_KEY_STATE,
        "no_private_key"), // observed.md part 2 D; U-45
    row(Fault::auth_tag_mismatch, STATUS_AUTH_TAG_MISMATCH, NTE_BAD_DATA, "auth_tag_mismatch"),
    row(Fault::call_not_implemented, STATUS_NOT_IMPLEMENTED, ERROR_CALL_NOT_IMPLEMENTED,
        "call_not_implemented"), // N-10
    row(Fault::csp_call_not_implemented, STATUS_NOT_IMPLEMENTED, E_NOTIMPL,
        "csp_call_not_implemented"), // cryptoapi.md 11.2 rule 4
    row(Fault::out_of_memory, STATUS_NO_MEMORY, ERROR_NOT_ENOUGH_MEMORY, "out_of_memory"),
    row(Fault::csp_out_of_memory, STATUS_NO_MEMORY, NTE_NO_MEMORY, "csp_out_of_memory"),
    row(Fault::internal, STATUS_INTERNAL_ERROR, NTE_FAIL, "internal"),
};

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

} // namespace capishim
