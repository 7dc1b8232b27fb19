// SPDX-License-Identifier: BSD-2-Clause
#include "engine/key_wrap.h"

#include "engine/botan_compat.h"
#include "engine/botan_faults.h"

#include <botan/block_cipher.h>
#include <botan/nist_keywrap.h>

namespace capishim::engine {
namespace {

constexpr std::size_t unit = 8;

std::unique_ptr<Botan::BlockCipher> keyed_aes(ByteView key)
{
    std::string name = "AES-";
    name += std::to_string(8 * key.size());
    auto aes = Botan::BlockCipher::create_or_throw(name);
    aes->set_key(key.data(), key.size());
    return aes;
}

} // namespace

SecureBytes wrap_key(ByteView key_encryption_key, ByteView key)
{
    require(key.size() % unit == 0 && key.size() >= 2 * unit, Fault::bad_data);
    return translate([&] {
        const auto wrapped =
            Botan::nist_key_wrap(key.data(), key.size(), *keyed_aes(key_encryption_key));
        return SecureBytes(wrapped.begin(), wrapped.end());
    });
}

SecureBytes unwrap_key(ByteView key_encryption_key, ByteView wrapped)
{
    require(wrapped.size() % unit == 0 && wrapped.size() >= 3 * unit, Fault::bad_data);
    try {
        return translate([&] {
            const auto key = Botan::nist_key_unwrap(wrapped.data(), wrapped.size(),
                                                    *keyed_aes(key_encryption_key));
            return SecureBytes(key.begin(), key.end());
        });
    } catch (const Error& error) {
        throw Error(error.fault() == Fault::auth_tag_mismatch ? Fault::bad_data : error.fault());
    }
}

} // namespace capishim::engine
