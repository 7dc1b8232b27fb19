// SPDX-License-Identifier: BSD-2-Clause
// Reads a BCryptBufferDesc (cng.md 6.7) whose text has characters of type Unit.
#pragma once

#include "abi/exports.h"
#include "cng/exports/text.h"
#include "cng/kdf_parameters.h"

namespace capishim::cng {

template <class Unit>
void add_parameter(const BCryptBuffer& buffer, KdfParameters& parameters)
{
    require(buffer.BufferType != KDF_SECRET_HANDLE, Fault::not_supported); // N-180
    require(buffer.pvBuffer || buffer.cbBuffer == 0, Fault::invalid_parameter);
    const ByteView bytes = view(buffer.pvBuffer, buffer.cbBuffer);
    if (buffer.BufferType != KDF_HASH_ALGORITHM)
        parameters.add(buffer.BufferType, bytes);
    else if (bytes.empty())
        parameters.set_hash({});
    else // up to its NUL, but not beyond the buffer (N-184)
        parameters.set_hash(Name(units<Unit>(bytes.data()), bytes.size() / sizeof(Unit)));
}

/// ulVersion is not looked at: observed.md part 2 F.
template <class Unit>
KdfParameters read_parameters(const BCryptBufferDesc* list)
{
    KdfParameters parameters;
    if (!list)
        return parameters;
    require(list->pBuffers || list->cBuffers == 0, Fault::invalid_parameter);
    for (ULONG i = 0; i < list->cBuffers; ++i)
        add_parameter<Unit>(list->pBuffers[i], parameters);
    return parameters;
}

} // namespace capishim::cng
