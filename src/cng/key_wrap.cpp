// SPDX-License-Identifier: BSD-2-Clause
// What is wrapped are the bytes that a KeyDataBlob has behind its header.
#include "cng/key_wrap.h"

#include "cng/symmetric_blobs.h"
#include "engine/key_wrap.h"

namespace capishim::cng {
namespace {

constexpr std::string_view plain_type = "KeyDataBlob";
constexpr std::size_t plain_header = 12;

SecureBytes key_bytes(const KeyObject& key)
{
    const SecureBytes blob = key.export_blob(plain_type);
    return secure_copy(ByteView(blob).subspan(plain_header));
}

SecureBytes wrapping_bytes(const KeyObject& kek)
{
    const Algorithm& algorithm = kek.algorithm();
    require(algorithm.family == Family::block_cipher &&
                algorithm.cipher == engine::BlockCipherId::aes,
            Fault::stale_handle);
    return key_bytes(kek);
}

} // namespace

SecureBytes export_wrapped_key(const KeyObject& key, const KeyObject& kek)
{
    return engine::wrap_key(wrapping_bytes(kek), key_bytes(key));
}

std::shared_ptr<KeyObject> import_wrapped_key(const AlgorithmObject& algorithm,
                                              const KeyObject& kek, ByteView blob, Origin origin,
                                              ObjectMemory object_memory)
{
    const SecureBytes secret = engine::unwrap_key(wrapping_bytes(kek), blob);
    const SecureBytes plain = write_symmetric_blob(plain_type, algorithm.algorithm(), secret, 0);
    return import_symmetric_key(algorithm, plain_type, plain, origin, object_memory);
}

} // namespace capishim::cng
