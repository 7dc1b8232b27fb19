// SPDX-License-Identifier: BSD-2-Clause
// What CryptoAPI knows of a DSS or DH group and PKCS #8 has no place for, as a container keeps it:
// DSSSEED, the length of Q in bytes (4), Q, J; in the order of key blobs.
#pragma once

#include "cng/dh_blobs.h"

namespace capishim::csp {

inline Bytes write_stored_group(const cng::DhHistory& group)
{
    SecureBytes stored;
    LittleEndianWriter writer(stored);
    cng::write_dss_seed(writer, group.seed);
    writer.u32(static_cast<std::uint32_t>(group.order.size()));
    cng::write_little(writer, group.order);
    cng::write_little(writer, group.cofactor);
    return {stored.begin(), stored.end()};
}

/// @throws Fault::bad_data
inline cng::DhHistory read_stored_group(ByteView stored)
{
    LittleEndianReader reader(stored);
    cng::DhHistory group;
    group.seed = cng::read_dss_seed(reader);
    group.order = reversed(reader.bytes(reader.u32()));
    group.cofactor = reversed(reader.bytes(reader.remaining()));
    return group;
}

} // namespace capishim::csp
