// SPDX-License-Identifier: BSD-2-Clause
#include "csp/user_seal.h"

#include "csp/keystore/user_key.h"
#include "engine/seal.h" // of csp only the key store speaks to the engine: see container_file.cpp

namespace capishim::csp {

Bytes seal_for_user(std::string_view purpose, ByteView context, ByteView plaintext)
{
    return engine::seal(user_key_for(purpose), context, plaintext);
}

SecureBytes unseal_for_user(std::string_view purpose, ByteView context, ByteView sealed)
{
    return engine::unseal(user_key_for(purpose), context, sealed);
}

} // namespace capishim::csp
