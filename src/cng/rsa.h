// SPDX-License-Identifier: BSD-2-Clause
// RSA keys for the layers above, which know no engine.
#pragma once

#include "engine/rsa.h"

namespace capishim::cng {

using engine::digest_info_prefix;
using engine::RsaKey;
using engine::RsaNumbers;

} // namespace capishim::cng
