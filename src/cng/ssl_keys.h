// SPDX-License-Identifier: BSD-2-Clause
// From a pre-master secret to the keys of both directions: SSL 2.0 (its draft), SSL 3.0 (RFC 6101
// 6), TLS 1.0 (RFC 2246 5, 6.3, 8.1). Sizes are bytes.
#pragma once

#include "base/secure_bytes.h"

#include <string_view>

namespace capishim::cng {

enum class SslProtocol : std::uint8_t { ssl2, ssl3, tls1 };

/// What both sides said in their hellos; in SSL 2.0 the challenge and the connection id.
struct SslRandoms {
    Bytes client, server;
};

/// PRF of RFC 2246 5.
SecureBytes tls1_prf(ByteView secret, std::string_view label, ByteView seed, std::size_t size);

/// 48 bytes. In SSL 2.0 the pre-master secret is the master secret, of whatever size.
SecureBytes ssl_master_secret(SslProtocol protocol, ByteView pre_master, const SslRandoms& randoms);

/// What a cipher suite takes from the key block.
struct SslSuite {
    std::size_t mac_size;
    std::size_t material_size; // of the key block's part
    std::size_t key_size;      // what the cipher is given; differs in exportable suites
    std::size_t iv_size;
    bool exportable; // keys and IVs are hashed once more (RFC 6101 6.2.2.1, RFC 2246 6.3.1)
};

/// One direction's.
struct SslWriteKeys {
    SecureBytes mac, key, iv;
};

/// @param server   the server's write keys; else the client's
SslWriteKeys ssl_write_keys(SslProtocol protocol, ByteView master_secret, const SslRandoms& randoms,
                            const SslSuite& suite, bool server);

} // namespace capishim::cng
