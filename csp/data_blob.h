// SPDX-License-Identifier: BSD-2-Clause
// CRYPT_DATA_BLOB as it lies in a caller's memory: the value of many parameters.
#pragma once

#include "base/bytes.h"

namespace capishim::csp {

/// @param data   a CRYPT_DATA_BLOB, native pointers, at any alignment
/// @throws Fault::invalid_parameter   a length without bytes
inline ByteView read_data_blob(const std::uint8_t* data)
{
    struct {
        std::uint32_t size;
        const std::uint8_t* data;
    } blob;
    std::memcpy(&blob, data, sizeof blob);
    require(blob.size == 0 || blob.data != nullptr, Fault::invalid_parameter);
    return view(blob.data, blob.size);
}

} // namespace capishim::csp
