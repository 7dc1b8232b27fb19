// SPDX-License-Identifier: BSD-2-Clause
// What the engine is made of, for versions and bug reports.
#pragma once

#include <string>

namespace capishim::engine {

/// For example "Botan 3.7.1".
std::string engine_name();

} // namespace capishim::engine
