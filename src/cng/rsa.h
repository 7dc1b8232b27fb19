// SPDX-License-Identifier: BSD-2-Clause
// RSA keys for the layers above, which know no engine.
#pragma once

#include "engine/pkcs8.h"
#include "engine/rsa_padding.h"

namespace capishim::cng {

using engine::digest_info_prefix;
using engine::pkcs1_decode;
using engine::pkcs1_decode_or;
using engine::pkcs1_encode;
using engine::read_rsa_key_info;
using engine::RsaKey;
using engine::RsaNumbers;
using engine::write_rsa_key_info;

} // namespace capishim::cng
