// SPDX-License-Identifier: BSD-2-Clause
// AES-256-GCM with a random nonce of 96 bits in front.
#include "engine/seal.h"

#include "engine/botan_compat.h"
#include "engine/botan_faults.h"
#include "engine/random.h"

namespace capishim::engine {
namespace {

constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;

std::unique_ptr<Botan::AEAD_Mode> start_gcm(bool encrypting, ByteView key, ByteView context,
                                            ByteView nonce)
{
    require(key.size() == seal_key_size, Fault::bad_length);
    auto mode = compat::make_aead("AES-256/GCM", encrypting);
    mode->set_key(key.data(), key.size());
    mode->set_associated_data(context.data(), context.size());
    mode->start(nonce.data(), nonce.size());
    return mode;
}

} // namespace

Bytes seal(ByteView key, ByteView context, ByteView plaintext)
{
    Bytes sealed(nonce_size);
    random_bytes(sealed);
    return translate([&] {
        const auto mode = start_gcm(true, key, context, sealed);
        Botan::secure_vector<std::uint8_t> text(plaintext.begin(), plaintext.end());
        mode->finish(text);
        sealed.insert(sealed.end(), text.begin(), text.end());
        return std::move(sealed);
    });
}

SecureBytes unseal(ByteView key, ByteView context, ByteView sealed)
{
    require(sealed.size() >= nonce_size + tag_size, Fault::bad_data);
    try {
        return translate([&] {
            const auto mode = start_gcm(false, key, context, sealed.first(nonce_size));
            Botan::secure_vector<std::uint8_t> text(sealed.begin() + nonce_size, sealed.end());
            mode->finish(text);
            return SecureBytes(text.begin(), text.end());
        });
    } catch (const Error& error) {
        throw Error(error.fault() == Fault::auth_tag_mismatch ? Fault::bad_data : error.fault());
    }
}

} // namespace capishim::engine
