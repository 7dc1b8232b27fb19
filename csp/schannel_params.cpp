// SPDX-License-Identifier: BSD-2-Clause
#include "csp/schannel_params.h"

#include "csp/ciphers.h"
#include "csp/context.h"
#include "csp/data_blob.h"
#include "csp/hash_algorithms.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

constexpr std::uint32_t exportable_bits = 40;

MasterKey& master_of(Key& key)
{
    MasterKey* const master = key.master();
    require(master != nullptr, Fault::bad_type);
    return *master;
}

void check_cipher(const Profile& profile, const SchannelAlgorithm& asked)
{
    const CipherRow* const cipher = find_cipher(asked.id);
    require(cipher != nullptr && profile.find(asked.id) != nullptr, Fault::bad_data);
    if (asked.exportable) // the suites of 1996: RC2, RC4 and DES with 40 bits
        require(asked.bits == exportable_bits && (cipher->salted || asked.id == CALG_DES),
                Fault::bad_data);
    else
        require(takes_key_length(profile, *cipher, asked.bits), Fault::bad_data);
}

void check_mac(const Profile& profile, const SchannelAlgorithm& asked)
{
    const HashRow* const hash = find_hash(profile, asked.id);
    require(hash != nullptr && hash->kind == HashKind::plain && hash->size * 8 == asked.bits,
            Fault::bad_data);
}

/// KP_CLIENT_RANDOM, KP_SERVER_RANDOM and KP_CLEAR_KEY: any length (observed.md), copied.
void set_bytes(Key& key, MasterKey& master, const std::uint8_t* data,
               void (MasterKey::*set)(ByteView))
{
    const ByteView bytes = read_data_blob(data);
    const std::lock_guard lock(key.mutex());
    (master.*set)(bytes);
}

} // namespace

void set_schannel_algorithm(Key& key, const std::uint8_t* data)
{
    MasterKey& master = master_of(key);
    SCHANNEL_ALG asked;
    std::memcpy(&asked, data, sizeof asked);
    require((asked.dwFlags & ~static_cast<std::uint32_t>(INTERNATIONAL_USAGE)) == 0,
            Fault::bad_data);
    require(asked.dwUse == SCHANNEL_ENC_KEY || asked.dwUse == SCHANNEL_MAC_KEY, Fault::bad_data);
    const SchannelAlgorithm algorithm{asked.Algid, asked.cBits, asked.dwFlags != 0};
    const bool cipher = asked.dwUse == SCHANNEL_ENC_KEY;
    (cipher ? check_cipher : check_mac)(key.context().profile(), algorithm);
    const std::lock_guard lock(key.mutex());
    cipher ? master.set_cipher(algorithm) : master.set_mac(algorithm);
}

void set_client_random(Key& key, const std::uint8_t* data)
{
    set_bytes(key, master_of(key), data, &MasterKey::set_client_random);
}

void set_server_random(Key& key, const std::uint8_t* data)
{
    set_bytes(key, master_of(key), data, &MasterKey::set_server_random);
}

void set_clear_key(Key& key, const std::uint8_t* data)
{
    MasterKey& master = master_of(key);
    require(master.row().id == CALG_SSL2_MASTER, Fault::bad_type);
    set_bytes(key, master, data, &MasterKey::set_clear_part);
}

} // namespace capishim::csp
