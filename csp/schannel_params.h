// SPDX-License-Identifier: BSD-2-Clause
// The key parameters of master keys (cryptoapi.md 8.4 items 3 and 4). None can be read.
#pragma once

#include "csp/key.h"

namespace capishim::csp {

/// @throws Fault::bad_type   no master key; as the others
/// @throws Fault::bad_data   not an algorithm, length or flag that the provider has for SSL and TLS
void set_schannel_algorithm(Key& key, const std::uint8_t* data);
void set_client_random(Key& key, const std::uint8_t* data);
void set_server_random(Key& key, const std::uint8_t* data);
/// @throws Fault::bad_type   not an SSL 2.0 master key
void set_clear_key(Key& key, const std::uint8_t* data);

} // namespace capishim::csp
