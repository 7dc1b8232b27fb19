// SPDX-License-Identifier: BSD-2-Clause
#include "cng/ssl_keys.h"

#include "engine/kdf.h"

namespace capishim::cng {
namespace {

constexpr std::size_t master_size = 48;
constexpr std::size_t md5_size = 16;

SecureBytes joined(ByteView a, ByteView b)
{
    SecureBytes both = secure_copy(a);
    both.insert(both.end(), b.begin(), b.end());
    return both;
}

SecureBytes md5(std::initializer_list<ByteView> parts)
{
    const auto state = engine::make_hash(engine::HashId::md5);
    for (const ByteView part : parts)
        if (!part.empty())
            state->update(part);
    SecureBytes digest(md5_size);
    state->finish(digest.data());
    return digest;
}

SecureBytes first(SecureBytes bytes, std::size_t size)
{
    bytes.resize(size);
    return bytes;
}

SecureBytes key_block(SslProtocol protocol, ByteView master, const SslRandoms& randoms,
                      std::size_t size)
{
    const SecureBytes seed = joined(randoms.server, randoms.client);
    return protocol == SslProtocol::ssl3 ? engine::ssl_3_0_prf(master, seed, size)
                                         : tls1_prf(master, "key expansion", seed, size);
}

/// The key block's parts in their order: MACs, keys, IVs, each the client's first.
SslWriteKeys split(ByteView block, const SslSuite& suite, bool server)
{
    const auto part = [&](std::size_t size) {
        const SecureBytes taken = secure_copy(block.subspan(server ? size : 0, size));
        block = block.subspan(2 * size);
        return taken;
    };
    SslWriteKeys keys;
    keys.mac = part(suite.mac_size);
    keys.key = part(suite.material_size);
    keys.iv = part(suite.iv_size);
    return keys;
}

/// RFC 6101 6.2.2.1: from what is known to all but the few secret bytes.
void weaken_ssl3(SslWriteKeys& keys, const SslRandoms& randoms, const SslSuite& suite, bool server)
{
    const Bytes& own = server ? randoms.server : randoms.client;
    const Bytes& other = server ? randoms.client : randoms.server;
    keys.key = first(md5({keys.key, own, other}), suite.key_size);
    keys.iv = first(md5({own, other}), suite.iv_size);
}

/// RFC 2246 6.3.1.
void weaken_tls1(SslWriteKeys& keys, const SslRandoms& randoms, const SslSuite& suite, bool server)
{
    const SecureBytes seed = joined(randoms.client, randoms.server);
    const std::string_view label = server ? "server write key" : "client write key";
    keys.key = tls1_prf(keys.key, label, seed, suite.key_size);
    const SecureBytes ivs = tls1_prf({}, "IV block", seed, 2 * suite.iv_size);
    keys.iv = secure_copy(ByteView(ivs).subspan(server ? suite.iv_size : 0, suite.iv_size));
}

/// U-181: MD5(master || "0" || challenge || connection id), the same with "1", "2" ...; the server
/// writes with the first key, the client with the second. The MAC's secret is the cipher's key, the
/// IV travels apart.
SslWriteKeys ssl2_write_keys(ByteView master, const SslRandoms& randoms, const SslSuite& suite,
                             bool server)
{
    SecureBytes material;
    for (std::uint8_t digit = '0'; material.size() < 2 * suite.key_size; ++digit)
        material = joined(material, md5({master, view(&digit, 1), randoms.client, randoms.server}));
    SslWriteKeys keys;
    keys.key = secure_copy(ByteView(material).subspan(server ? 0 : suite.key_size, suite.key_size));
    keys.mac = keys.key;
    keys.iv = SecureBytes(suite.iv_size);
    return keys;
}

} // namespace

SecureBytes tls1_prf(ByteView secret, std::string_view label, ByteView seed, std::size_t size)
{
    return engine::tls_1_0_prf(secret, joined(view(label.data(), label.size()), seed), size);
}

SecureBytes ssl_master_secret(SslProtocol protocol, ByteView pre_master, const SslRandoms& randoms)
{
    if (protocol == SslProtocol::ssl2)
        return secure_copy(pre_master);
    const SecureBytes seed = joined(randoms.client, randoms.server);
    return protocol == SslProtocol::ssl3 ? engine::ssl_3_0_prf(pre_master, seed, master_size)
                                         : tls1_prf(pre_master, "master secret", seed, master_size);
}

SslWriteKeys ssl_write_keys(SslProtocol protocol, ByteView master_secret, const SslRandoms& randoms,
                            const SslSuite& suite, bool server)
{
    if (protocol == SslProtocol::ssl2)
        return ssl2_write_keys(master_secret, randoms, suite, server);
    const std::size_t size = 2 * (suite.mac_size + suite.material_size + suite.iv_size);
    SslWriteKeys keys = split(key_block(protocol, master_secret, randoms, size), suite, server);
    if (suite.exportable)
        (protocol == SslProtocol::ssl3 ? weaken_ssl3 : weaken_tls1)(keys, randoms, suite, server);
    return keys;
}

} // namespace capishim::cng
