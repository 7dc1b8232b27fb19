// SPDX-License-Identifier: BSD-2-Clause
// A hash handle that destroys itself.
#pragma once

#include "bcrypt_fixtures.h"

namespace capishim_test {

struct HashHandle {
    HashHandle() = default;
    explicit HashHandle(BCRYPT_ALG_HANDLE algorithm, ULONG flags = 0, const ByteVector& secret = {})
    {
        REQUIRE_STATUS(BCryptCreateHash(algorithm, &handle, nullptr, 0,
                                        secret.empty() ? nullptr : data_of(secret), size_of(secret),
                                        flags),
                       STATUS_SUCCESS);
    }
    HashHandle(const HashHandle&) = delete;
    ~HashHandle() { BCryptDestroyHash(handle); }
    operator BCRYPT_HASH_HANDLE() const { return handle; }

    void add(const std::string& text) const
    {
        REQUIRE_STATUS(
            BCryptHashData(handle, data_of(bytes_of(text)), static_cast<ULONG>(text.size()), 0),
            STATUS_SUCCESS);
    }
    std::string finish(ULONG size, ULONG flags = 0) const
    {
        ByteVector value(size);
        REQUIRE_STATUS(BCryptFinishHash(handle, value.data(), size, flags), STATUS_SUCCESS);
        return to_hex(value);
    }

    BCRYPT_HASH_HANDLE handle = nullptr;
};

} // namespace capishim_test
