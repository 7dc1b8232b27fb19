// SPDX-License-Identifier: BSD-2-Clause
#include "cng/pbkdf2.h"

#include "cng/hash_object.h"
#include "engine/kdf.h"

namespace capishim::cng {

SecureBytes pbkdf2(const AlgorithmObject& algorithm, ByteView password, ByteView salt,
                   std::uint64_t iterations, std::size_t size)
{
    if (algorithm.traits().hmac) {
        const engine::HashId id = algorithm.algorithm().hash;
        return engine::pbkdf2(engine::hmac_prf(id, password), engine::hash_size(id), salt,
                              iterations, size);
    }
    Hash hash = make_hash(algorithm, true, password);
    const auto prf = [&](std::span<const ByteView> message, std::uint8_t* value) {
        for (const ByteView part : message)
            hash.update(part);
        hash.finish({value, hash.size()});
    };
    return engine::pbkdf2(prf, hash.size(), salt, iterations, size);
}

} // namespace capishim::cng
