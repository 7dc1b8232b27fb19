// SPDX-License-Identifier: BSD-2-Clause
// The format of a container's file:
//
//     "CSKC"  version (4)  id (16)  length of the name (4)  name        the header, readable
//     sealed records                                                    the rest of the file
//
// Numbers are little-endian. The records are sealed (engine/seal.h) as one, with the header as the
// authenticated context: neither can be changed, mixed or cut without the key. Unsealed they are
//
//     count (1), and for each pair: key spec (1)  flags (1)
//     length of the blob (4)  blob  length of the certificate (4)  certificate
#pragma once

#include "csp/keystore/keystore.h"

#include <array>

namespace capishim::csp {

/// Tells a container from a later one of the same name.
using ContainerId = std::array<std::uint8_t, 16>;

struct ContainerFile {
    ContainerId id;
    std::string name; // as spelled at creation
    std::array<std::optional<StoredPair>, 2> pairs;

    std::optional<StoredPair>& pair(KeySpec spec) { return pairs[static_cast<int>(spec) - 1]; }
};

Bytes encode(const ContainerFile& container, ByteView key);
/// @throws Fault::bad_keyset_entry   changed, cut short, of another version, or another key's
ContainerFile decode(ByteView file, ByteView key);
/// The name in the header, which is not authenticated. @throws Fault::bad_keyset_entry
std::string decode_name(ByteView file);

} // namespace capishim::csp
