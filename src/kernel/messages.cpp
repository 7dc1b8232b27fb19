// SPDX-License-Identifier: BSD-2-Clause
// The sentences, in our own words: errors of the system, of the providers, and status codes.
#include "kernel/messages.h"

#include "base/row.h"

#include <capishim/ntstatus.h>
#include <capishim/winerror.h>

namespace capishim::kernel {
namespace {

struct Message {
    std::uint32_t code;
    const char* text;
};

constexpr Message message(auto code, const char* text)
{
    return {static_cast<std::uint32_t>(code), text};
}

constexpr Message messages[] = {
    message(ERROR_SUCCESS, "The operation succeeded."),
    message(ERROR_FILE_NOT_FOUND, "The file was not found."),
    message(ERROR_PATH_NOT_FOUND, "The path was not found."),
    message(ERROR_ACCESS_DENIED, "Access was denied."),
    message(ERROR_INVALID_HANDLE, "The handle is not valid here."),
    message(ERROR_NOT_ENOUGH_MEMORY, "There is not enough memory."),
    message(ERROR_INVALID_DATA, "The data are not valid."),
    message(ERROR_OUTOFMEMORY, "Memory is exhausted."),
    message(ERROR_WRITE_FAULT, "Writing failed."),
    message(ERROR_READ_FAULT, "Reading failed."),
    message(ERROR_NOT_SUPPORTED, "The request is not supported."),
    message(ERROR_FILE_EXISTS, "The file exists already."),
    message(ERROR_INVALID_PARAMETER, "A parameter is not valid."),
    message(ERROR_DISK_FULL, "The disk is full."),
    message(ERROR_CALL_NOT_IMPLEMENTED, "The function is not implemented."),
    message(ERROR_INSUFFICIENT_BUFFER, "The buffer is too small."),
    message(ERROR_MOD_NOT_FOUND, "The module was not found."),
    message(ERROR_PROC_NOT_FOUND, "The module has no such function."),
    message(ERROR_BUSY, "The object is in use."),
    message(ERROR_ALREADY_EXISTS, "It exists already."),
    message(ERROR_MORE_DATA, "There is more data than the buffer holds."),
    message(ERROR_NO_MORE_ITEMS, "There are no more items."),
    message(ERROR_NO_UNICODE_TRANSLATION, "The text has characters that cannot be converted."),
    message(ERROR_INTERNAL_ERROR, "An internal error happened."),
    message(STATUS_DEVICE_BUSY, "The object is in use."),
    message(STATUS_NO_MORE_ENTRIES, "There are no more entries."),
    message(E_NOTIMPL, "This is not implemented."),
    message(E_FAIL, "The operation failed for no stated reason."),
    message(NTE_BAD_UID, "The provider context is not valid."),
    message(NTE_BAD_HASH, "The hash is not valid."),
    message(NTE_BAD_KEY, "The key is not valid."),
    message(NTE_BAD_LEN, "The length is not valid."),
    message(NTE_BAD_DATA, "The data are not valid."),
    message(NTE_BAD_SIGNATURE, "The signature does not match."),
    message(NTE_BAD_VER, "The provider does not know this version."),
    message(NTE_BAD_ALGID, "The algorithm is not one of this provider's."),
    message(NTE_BAD_FLAGS, "The flags are not valid."),
    message(NTE_BAD_TYPE, "The type is not valid."),
    message(NTE_BAD_KEY_STATE, "The key's state does not allow this."),
    message(NTE_BAD_HASH_STATE, "The hash's state does not allow this."),
    message(NTE_NO_KEY, "There is no such key."),
    message(NTE_NO_MEMORY, "The provider has not enough memory."),
    message(NTE_EXISTS, "The object exists already."),
    message(NTE_PERM, "Permission was denied."),
    message(NTE_NOT_FOUND, "The object was not found."),
    message(NTE_DOUBLE_ENCRYPT, "The data are encrypted already."),
    message(NTE_BAD_PROVIDER, "The provider is not valid."),
    message(NTE_BAD_PROV_TYPE, "The provider type is not valid."),
    message(NTE_BAD_PUBLIC_KEY, "The public key is not valid."),
    message(NTE_BAD_KEYSET, "The key container does not exist."),
    message(NTE_PROV_TYPE_NOT_DEF, "No provider of this type is registered."),
    message(NTE_PROV_TYPE_ENTRY_BAD, "The provider type's registration is damaged."),
    message(NTE_KEYSET_NOT_DEF, "No provider of this name is registered."),
    message(NTE_KEYSET_ENTRY_BAD, "The key container is damaged."),
    message(NTE_PROV_TYPE_NO_MATCH, "The provider is of another type."),
    message(NTE_SIGNATURE_FILE_BAD, "The provider's signature file is damaged."),
    message(NTE_PROVIDER_DLL_FAIL, "The provider's library failed to start."),
    message(NTE_PROV_DLL_NOT_FOUND, "The provider's library was not found."),
    message(NTE_BAD_KEYSET_PARAM, "The name of the container or of the provider is not valid."),
    message(NTE_FAIL, "An internal error happened in the provider."),
    message(NTE_SYS_ERR, "An error of the system stopped the provider."),
    message(NTE_SILENT_CONTEXT, "The context is silent, and the user would have to be asked."),
    message(NTE_TOKEN_KEYSET_STORAGE_FULL, "The token has no room for another container."),
    message(NTE_TEMPORARY_PROFILE, "The user's profile is temporary."),
    message(NTE_FIXEDPARAMETER, "The parameter is fixed."),
    message(STATUS_UNSUCCESSFUL, "The operation failed."),
    message(STATUS_NOT_IMPLEMENTED, "The function is not implemented."),
    message(STATUS_INVALID_HANDLE, "The handle is not valid."),
    message(STATUS_INVALID_PARAMETER, "A parameter is not valid."),
    message(STATUS_NO_MEMORY, "There is not enough memory."),
    message(STATUS_ACCESS_DENIED, "Access was denied."),
    message(STATUS_BUFFER_TOO_SMALL, "The buffer is too small."),
    message(STATUS_DATA_ERROR, "The data are damaged, or the key is another."),
    message(STATUS_INSUFFICIENT_RESOURCES, "Resources are exhausted."),
    message(STATUS_NOT_SUPPORTED, "The request is not supported."),
    message(STATUS_INTERNAL_ERROR, "An internal error happened."),
    message(STATUS_INVALID_BUFFER_SIZE, "The buffer's size does not fit."),
    message(STATUS_NOT_FOUND, "It was not found."),
    message(STATUS_ENCRYPTION_FAILED, "Encrypting failed."),
    message(STATUS_DECRYPTION_FAILED, "Decrypting failed."),
    message(STATUS_INVALID_SIGNATURE, "The signature does not match."),
    message(STATUS_HMAC_NOT_SUPPORTED, "The algorithm makes no HMAC."),
    message(STATUS_AUTH_TAG_MISMATCH, "The authentication tag does not match."),
};
static_assert(sorted_by(messages, &Message::code));

} // namespace

const char* message_of(std::uint32_t code) noexcept
{
    const Message* const row = find_row(messages, &Message::code, code);
    return row ? row->text : nullptr;
}

} // namespace capishim::kernel
