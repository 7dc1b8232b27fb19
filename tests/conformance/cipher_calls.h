// SPDX-License-Identifier: BSD-2-Clause
// Keys and calls of ciphers by the names that vectors have for them.
#pragma once

#include "api/bcrypt/auth_info.h"
#include "support/vectors.h"

#include <map>

namespace capishim_test {

/// A mode by name; CFB is here the one with feedback of a block, CFB8 that of a byte.
struct ModeName {
    LPCWSTR chaining_mode;
    bool whole_block_feedback = false;
};

inline const ModeName& mode_named(const std::string& name)
{
    static const std::map<std::string, ModeName> modes = {
        {"CBC", {BCRYPT_CHAIN_MODE_CBC}},       {"ECB", {BCRYPT_CHAIN_MODE_ECB}},
        {"CFB", {BCRYPT_CHAIN_MODE_CFB, true}}, {"CFB8", {BCRYPT_CHAIN_MODE_CFB}},
        {"GCM", {BCRYPT_CHAIN_MODE_GCM}},       {"CCM", {BCRYPT_CHAIN_MODE_CCM}},
    };
    return modes.at(name);
}

inline void set_mode(BCRYPT_KEY_HANDLE key, const std::string& mode)
{
    const ModeName& row = mode_named(mode);
    REQUIRE_STATUS(set_text(key, BCRYPT_CHAINING_MODE, row.chaining_mode), STATUS_SUCCESS);
    if (row.whole_block_feedback)
        REQUIRE_STATUS(
            set_dword(key, BCRYPT_MESSAGE_BLOCK_LENGTH, dword_property(key, BCRYPT_BLOCK_LENGTH)),
            STATUS_SUCCESS);
}

/// @param mode   empty for a cipher without modes
inline KeyHandle cipher_key(const std::string& algorithm, const std::string& mode,
                            const ByteVector& secret)
{
    const AlgorithmHandle provider(std::wstring(algorithm.begin(), algorithm.end()).c_str());
    KeyHandle key = symmetric_key(provider, to_hex(secret));
    if (!mode.empty())
        set_mode(key, mode);
    return key;
}

/// One call; `iv` goes on to the next one, and is empty where there is none.
inline ByteVector crypt(CipherFunction function, BCRYPT_KEY_HANDLE key, const ByteVector& in,
                        ByteVector& iv, ULONG flags = 0)
{
    ByteVector out(in.size() + 17); // room for padding, and never null
    ULONG size = 0;
    REQUIRE_STATUS(function(key, data_of(in), size_of(in), nullptr,
                            iv.empty() ? nullptr : iv.data(), size_of(iv), out.data(), size_of(out),
                            &size, flags),
                   STATUS_SUCCESS);
    out.resize(size);
    return out;
}

inline ByteVector part(const ByteVector& whole, std::size_t at, std::size_t size)
{
    const auto from = whole.begin() + static_cast<std::ptrdiff_t>(at);
    return {from, from + static_cast<std::ptrdiff_t>(size)};
}

inline void append(ByteVector& to, const ByteVector& more)
{
    to.insert(to.end(), more.begin(), more.end());
}

} // namespace capishim_test
