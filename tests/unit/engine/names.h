// SPDX-License-Identifier: BSD-2-Clause
// The names that the vector files use, as the engine's enumerations.
#pragma once

#include "engine/curve.h"
#include "engine/hash.h"

#include <map>
#include <string>

namespace capishim_test {

inline capishim::engine::HashId hash_id(const std::string& name)
{
    using capishim::engine::HashId;
    static const std::map<std::string, HashId> ids = {
        {"MD2", HashId::md2},           {"MD4", HashId::md4},
        {"MD5", HashId::md5},           {"SHA1", HashId::sha1},
        {"SHA256", HashId::sha256},     {"SHA384", HashId::sha384},
        {"SHA512", HashId::sha512},     {"SHA3-256", HashId::sha3_256},
        {"SHA3-384", HashId::sha3_384}, {"SHA3-512", HashId::sha3_512},
    };
    return ids.at(name);
}

inline capishim::engine::CurveId curve_id(const std::string& name)
{
    using capishim::engine::CurveId;
    static const std::map<std::string, CurveId> ids = {
        {"P-256", CurveId::p256}, {"P-384", CurveId::p384}, {"P-521", CurveId::p521}};
    return ids.at(name);
}

/// What sample data is made of: no two runs of it are alike within its first 64 KiB.
inline capishim::Bytes sample(std::size_t size)
{
    capishim::Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<std::uint8_t>(i ^ (i >> 8) * 167);
    return bytes;
}

} // namespace capishim_test
