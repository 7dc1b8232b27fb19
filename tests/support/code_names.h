// SPDX-License-Identifier: BSD-2-Clause
// Names for the codes that tests print.
#pragma once

#include <cstdint>
#include <cstdio>
#include <ntstatus.h>
#include <string>
#include <windows.h>
#include <winerror.h>

namespace capishim_test {

struct CodeName {
    std::uint32_t code;
    const char* name;
};

#define NAMED(code)                                                                                \
    CodeName                                                                                       \
    {                                                                                              \
        static_cast<std::uint32_t>(code), #code                                                    \
    }

inline std::string code_name(std::uint32_t code, const CodeName* first, const CodeName* last)
{
    for (; first != last; ++first)
        if (first->code == code)
            return first->name;
    char text[16];
    std::snprintf(text, sizeof text, "0x%08X", static_cast<unsigned>(code));
    return text;
}

inline std::string win32_name(std::uint32_t code)
{
    static const CodeName names[] = {
        NAMED(ERROR_SUCCESS),
        NAMED(ERROR_FILE_NOT_FOUND),
        NAMED(ERROR_ACCESS_DENIED),
        NAMED(ERROR_INVALID_HANDLE),
        NAMED(ERROR_NOT_ENOUGH_MEMORY),
        NAMED(ERROR_INVALID_PARAMETER),
        NAMED(ERROR_CALL_NOT_IMPLEMENTED),
        NAMED(ERROR_BUSY),
        NAMED(ERROR_MORE_DATA),
        NAMED(ERROR_NO_MORE_ITEMS),
        NAMED(ERROR_INTERNAL_ERROR),
        NAMED(NTE_BAD_UID),
        NAMED(NTE_BAD_HASH),
        NAMED(NTE_BAD_KEY),
        NAMED(NTE_BAD_LEN),
        NAMED(NTE_BAD_DATA),
        NAMED(NTE_BAD_SIGNATURE),
        NAMED(NTE_BAD_VER),
        NAMED(NTE_BAD_ALGID),
        NAMED(NTE_BAD_FLAGS),
        NAMED(NTE_BAD_TYPE),
        NAMED(NTE_BAD_KEY_STATE),
        NAMED(NTE_BAD_HASH_STATE),
        NAMED(NTE_NO_KEY),
        NAMED(NTE_NO_MEMORY),
        NAMED(NTE_EXISTS),
        NAMED(NTE_PERM),
        NAMED(NTE_NOT_FOUND),
        NAMED(NTE_BAD_PROVIDER),
        NAMED(NTE_BAD_PROV_TYPE),
        NAMED(NTE_BAD_PUBLIC_KEY),
        NAMED(NTE_BAD_KEYSET),
        NAMED(NTE_PROV_TYPE_NOT_DEF),
        NAMED(NTE_KEYSET_NOT_DEF),
        NAMED(NTE_KEYSET_ENTRY_BAD),
        NAMED(NTE_PROV_TYPE_NO_MATCH),
        NAMED(NTE_PROV_TYPE_ENTRY_BAD),
        NAMED(NTE_PROV_DLL_NOT_FOUND),
        NAMED(NTE_PROVIDER_DLL_FAIL),
        NAMED(NTE_BAD_KEYSET_PARAM),
        NAMED(NTE_FAIL),
        NAMED(NTE_SILENT_CONTEXT),
        NAMED(NTE_FIXEDPARAMETER),
    };
    return code_name(code, std::begin(names), std::end(names));
}

inline std::string status_name(std::int32_t status)
{
    static const CodeName names[] = {
        NAMED(STATUS_SUCCESS),
        NAMED(STATUS_INVALID_HANDLE),
        NAMED(STATUS_INVALID_PARAMETER),
        NAMED(STATUS_NO_MEMORY),
        NAMED(STATUS_ACCESS_DENIED),
        NAMED(STATUS_BUFFER_TOO_SMALL),
        NAMED(STATUS_DATA_ERROR),
        NAMED(STATUS_NOT_SUPPORTED),
        NAMED(STATUS_INTERNAL_ERROR),
        NAMED(STATUS_INVALID_BUFFER_SIZE),
        NAMED(STATUS_NOT_FOUND),
        NAMED(STATUS_INVALID_SIGNATURE),
        NAMED(STATUS_AUTH_TAG_MISMATCH),
        NAMED(STATUS_NOT_IMPLEMENTED),
        NAMED(NTE_BAD_DATA),
    };
    return code_name(static_cast<std::uint32_t>(status), std::begin(names), std::end(names));
}

#undef NAMED

} // namespace capishim_test
