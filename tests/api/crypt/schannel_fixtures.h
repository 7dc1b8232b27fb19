// SPDX-License-Identifier: BSD-2-Clause
// What tests of master keys start from: both sides of a handshake, its parameters, and the keys
// that come of it.
#pragma once

#include "crypt_fixtures.h"

namespace capishim_test {

constexpr DWORD master_algorithms[] = {CALG_SSL2_MASTER, CALG_SSL3_MASTER, CALG_TLS1_MASTER};

inline BOOL set_blob(HCRYPTKEY key, DWORD param, ByteVector bytes, DWORD flags = 0)
{
    CRYPT_DATA_BLOB blob = {size_of(bytes), bytes.data()};
    return CryptSetKeyParam(key, param, reinterpret_cast<const BYTE*>(&blob), flags);
}

inline BOOL set_hash_blob(HCRYPTHASH hash, DWORD param, ByteVector bytes)
{
    CRYPT_DATA_BLOB blob = {size_of(bytes), bytes.data()};
    return CryptSetHashParam(hash, param, reinterpret_cast<const BYTE*>(&blob), 0);
}

inline BOOL set_algorithm(HCRYPTKEY master, DWORD use, ALG_ID id, DWORD bits, DWORD flags = 0)
{
    const SCHANNEL_ALG algorithm = {use, id, bits, flags, 0};
    return CryptSetKeyParam(master, KP_SCHANNEL_ALG, reinterpret_cast<const BYTE*>(&algorithm), 0);
}

/// What a handshake agrees on.
struct Suite {
    ALG_ID cipher;
    DWORD bits;
    ALG_ID mac;
    DWORD flags = 0;

    DWORD mac_bits() const { return mac == CALG_MD5 ? 128 : 160; }
};

inline void agree(HCRYPTKEY master, const Suite& suite)
{
    REQUIRE_SUCCEEDS(
        set_algorithm(master, SCHANNEL_ENC_KEY, suite.cipher, suite.bits, suite.flags));
    REQUIRE_SUCCEEDS(set_algorithm(master, SCHANNEL_MAC_KEY, suite.mac, suite.mac_bits()));
}

inline void say_hello(HCRYPTKEY master, const ByteVector& client, const ByteVector& server)
{
    REQUIRE_SUCCEEDS(set_blob(master, KP_CLIENT_RANDOM, client));
    REQUIRE_SUCCEEDS(set_blob(master, KP_SERVER_RANDOM, server));
}

inline ByteVector client_random()
{
    return counting(32);
}

inline ByteVector server_random()
{
    ByteVector bytes = counting(64);
    return {bytes.begin() + 32, bytes.end()};
}

/// What either SChannel provider does with its master keys.
struct Channel : Provider {
    using Provider::Provider;

    HCRYPTHASH master_hash(HCRYPTKEY master) const
    {
        return keyed_hash(provider, CALG_SCHANNEL_MASTER_HASH, master);
    }

    HCRYPTHASH prf(HCRYPTKEY master, const std::string& label, const ByteVector& seed) const
    {
        const HCRYPTHASH hash = keyed_hash(provider, CALG_TLS1PRF, master);
        REQUIRE_SUCCEEDS(set_hash_blob(hash, HP_TLS1PRF_LABEL, bytes_of(label)));
        REQUIRE_SUCCEEDS(set_hash_blob(hash, HP_TLS1PRF_SEED, seed));
        return hash;
    }

    /// The hash of a key by CryptHashSessionKey, in the key's own order.
    ByteVector hash_of_key(HCRYPTKEY key, ALG_ID algorithm = CALG_SHA1) const
    {
        const HCRYPTHASH hash = make_hash(algorithm);
        REQUIRE_SUCCEEDS(CryptHashSessionKey(hash, key, CRYPT_LITTLE_ENDIAN));
        return value_of(hash);
    }

    ByteVector hash_of_bytes(const ByteVector& bytes, ALG_ID algorithm = CALG_SHA1) const
    {
        const HCRYPTHASH hash = make_hash(algorithm);
        add_data(hash, bytes);
        return value_of(hash);
    }
};

/// One side: a provider with an exchange pair of its own.
struct Side : Channel {
    explicit Side(DWORD pair_bits = 512, DWORD flags = 0)
        : Channel(schannel_provider, flags), pair(make_key(AT_KEYEXCHANGE, pair_bits << 16))
    {
    }

    HCRYPTKEY pair;

    /// A SIMPLEBLOB that holds these bytes, whatever they are.
    ByteVector envelope(ALG_ID algorithm, const ByteVector& secret) const
    {
        return concatenated({blob_header(SIMPLEBLOB, algorithm), little_endian(CALG_RSA_KEYX),
                             encrypted_part(pair, secret, TRUE)});
    }

    /// A master key whose pre-master secret is known.
    HCRYPTKEY master_of(ALG_ID algorithm, const ByteVector& secret) const
    {
        return imported(provider, envelope(algorithm, secret), pair);
    }

    /// One that is ready for the master hash.
    HCRYPTKEY ready_master(ALG_ID algorithm, const Suite& suite = {CALG_RC4, 128, CALG_MD5}) const
    {
        const HCRYPTKEY master = make_key(algorithm);
        agree(master, suite);
        say_hello(master, client_random(), server_random());
        return master;
    }

    /// The pre-master secret, through an envelope to this side's pair.
    ByteVector secret_of(HCRYPTKEY master) const
    {
        const ByteVector blob = exported(master, SIMPLEBLOB, pair);
        return decrypted(pair, ByteVector(blob.begin() + 12, blob.end()));
    }

    ByteVector hmac(HCRYPTKEY key, ALG_ID algorithm, const ByteVector& data) const
    {
        const HCRYPTHASH hash = keyed_hash(provider, CALG_HMAC, key);
        REQUIRE_SUCCEEDS(set_hmac_info(hash, algorithm));
        add_data(hash, data);
        return value_of(hash);
    }
};

/// As many bytes of a CALG_TLS1PRF as are wanted.
inline ByteVector prf_value(HCRYPTHASH hash, DWORD size)
{
    ByteVector value(size + 1);
    DWORD length = size;
    REQUIRE_SUCCEEDS(CryptGetHashParam(hash, HP_HASHVAL, value.data(), &length, 0));
    BOOST_REQUIRE_EQUAL(length, size);
    value.resize(size);
    return value;
}

} // namespace capishim_test
