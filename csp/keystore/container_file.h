// SPDX-License-Identifier: BSD-2-Clause
// The format of a container's file, text with PEM inside; README.md describes it.
#pragma once

#include "csp/keystore/keystore.h"

#include <array>

namespace capishim::csp {

/// Tells a container from a later one of the same name, and is the salt of its keys.
using ContainerId = std::array<std::uint8_t, 16>;

struct ContainerFile {
    ContainerId id;
    std::uint32_t iterations; // of PBKDF2
    std::string name;         // as spelled at creation
    std::array<std::optional<StoredPair>, 2> pairs;

    std::optional<StoredPair>& pair(KeySpec spec) { return pairs[static_cast<int>(spec) - 1]; }
};

Bytes encode(const ContainerFile& container, ByteView passphrase);
/// @throws Fault::bad_keyset_entry   changed, cut short, or no container of this format
/// @throws Fault::bad_key_state      whole, but of another passphrase
ContainerFile decode(ByteView file, ByteView passphrase);
/// The name in the header, which is not authenticated. @throws Fault::bad_keyset_entry
std::string decode_name(ByteView file);

/// `text` with its MAC and the checksum of both, which end a file.
std::string signed_text(std::string text, ByteView mac_key);

} // namespace capishim::csp
