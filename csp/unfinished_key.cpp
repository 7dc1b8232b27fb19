// SPDX-License-Identifier: BSD-2-Clause
// KP_P, KP_Q, KP_G, KP_PUB_PARAMS and KP_X of a CRYPT_PREGEN pair; KP_ALGID and KP_CMS_DH_KEY_INFO
// of an agreed key.
#include "csp/unfinished_key.h"

#include "base/row.h"
#include "csp/agreement.h"
#include "csp/context.h"
#include "csp/data_blob.h"
#include "csp/derive.h"
#include "csp/dh_pair.h"
#include "csp/dss_pair.h"
#include "csp/gen_flags.h"
#include "csp/key.h"
#include "csp/pairs.h"

#include <capishim/wincrypt.h>

#include <utility>

namespace capishim::csp {
namespace {

// ---- Pairs begun with CRYPT_PREGEN -------------------------------------------------------------

constexpr std::size_t dss_order_size = 20;

bool is_dss(const PregenPair& pair)
{
    return pair.algorithm_id == CALG_DSS_SIGN;
}

std::size_t prime_size(const PregenPair& pair)
{
    return (pair.bits + 7) / 8;
}

/// U-162: of just the length that CryptGenKey was asked for.
void set_prime(PregenPair& pair, const std::uint8_t* data)
{
    Bytes prime = reversed(read_data_blob(data));
    require(prime.size() == prime_size(pair) && bit_length(prime) == pair.bits &&
                is_odd_number(prime),
            Fault::bad_data);
    pair.group.prime = std::move(prime);
}

void set_generator(PregenPair& pair, const std::uint8_t* data)
{
    const Bytes generator = reversed(read_data_blob(data));
    require(!is_zero_number(generator) && bit_length(generator) <= pair.bits, Fault::bad_data);
    pair.group.generator = padded_number<Bytes>(generator, prime_size(pair));
}

void set_order(PregenPair& pair, const std::uint8_t* data)
{
    Bytes order = reversed(read_data_blob(data));
    require(!is_zero_number(order), Fault::bad_data);
    require(is_dss(pair) ? order.size() == dss_order_size : bit_length(order) <= pair.bits,
            Fault::bad_data);
    pair.group.order = std::move(order);
}

/// U-104: with a BLOBHEADER or without; Y is not there.
void set_public_parameters(PregenPair& pair, const std::uint8_t* data)
{
    LittleEndianReader reader(read_data_blob(data));
    const auto wanted = is_dss(pair) ? cng::CapiMagic::dss_public_3 : cng::CapiMagic::dh_public_3;
    const auto magic = [&] { return static_cast<cng::CapiMagic>(reader.u32()); };
    LittleEndianReader ahead = reader;
    if (ahead.u8() == PUBLICKEYBLOB) {
        const cng::CapiHeader header = cng::read_capi_header(reader);
        require(header.version == 3, Fault::bad_version);
    }
    require(magic() == wanted, Fault::bad_data);
    cng::CapiVersion3 group = cng::read_capi_version_3(reader, cng::CapiPart::parameters);
    require(bit_length(group.prime) == pair.bits, Fault::bad_data); // U-162
    require(!is_dss(pair) || group.order.size() == dss_order_size, Fault::bad_data);
    pair.group = std::move(group);
}

/// A pair in the group that was set, which must be a sound one. @throws Fault::bad_data
SharedNumbers generate_numbers(const PregenPair& pair)
{
    const cng::CapiVersion3& set = pair.group;
    const bool all_set =
        !set.prime.empty() && !set.generator.empty() && (!is_dss(pair) || !set.order.empty());
    require(all_set, Fault::bad_key_state);
    if (!is_dss(pair))
        return std::make_shared<DhPair>(
            cng::DhBlob{engine::DhKey::generate({set.prime, set.generator}),
                        {set.order, set.cofactor, set.seed}});
    engine::DsaGroup group;
    group.prime = set.prime;
    group.order = set.order;
    group.generator = set.generator;
    group.seed = set.seed.seed;
    group.counter = set.seed.counter;
    engine::check_group(group, true);
    return std::make_shared<DssPair>(
        cng::CapiDsaKey{engine::DsaKey::generate(std::move(group)), set.cofactor});
}

/// What is set, for the one call that finishes the pair; it works and writes without a lock.
PregenPair claim(Key& key)
{
    const std::lock_guard lock(key.mutex());
    PregenPair& pair = key.unfinished<PregenPair>();
    require(!std::exchange(pair.finishing, true), Fault::bad_key_state);
    return pair;
}

void give_back(Key& key)
{
    const std::lock_guard lock(key.mutex());
    key.unfinished<PregenPair>().finishing = false;
}

PairKey make_pair(Context& context, const PregenPair& begun)
{
    PairKey pair{generate_numbers(begun), begun.container_spec,
                 (begun.flags & CRYPT_USER_PROTECTED) != 0};
    if (begun.container_spec)
        store_pair(context, *begun.container_spec, begun.algorithm_id, pair.numbers, begun.flags);
    return pair;
}

/// KP_X: no value may be given, so there is nothing to read (U-160).
void generate_secret(Key& key, const std::uint8_t* data)
{
    require(data == nullptr, Fault::bad_flags);
    const PregenPair begun = claim(key);
    try {
        PairKey pair = make_pair(key.context(), begun);
        const std::lock_guard lock(key.mutex());
        key.finish(begun.algorithm_id, std::move(pair), initial_permissions(begun.flags));
    } catch (...) {
        give_back(key);
        throw;
    }
}

struct PregenRow {
    std::uint32_t id;
    void (*set)(PregenPair& pair, const std::uint8_t* data);
};

constexpr PregenRow pregen_table[] = {
    {KP_P, set_prime},
    {KP_G, set_generator},
    {KP_Q, set_order},
    {KP_PUB_PARAMS, set_public_parameters},
};
static_assert(sorted_by(pregen_table, &PregenRow::id));

// ---- Agreed keys -------------------------------------------------------------------------------

/// `body` takes the secret and gives what the key becomes.
template <class MakeBody>
void finish_agreed(Key& key, std::uint32_t algorithm_id, std::uint32_t flags, MakeBody make_body)
{
    const std::lock_guard lock(key.mutex());
    const ByteView secret = key.unfinished<AgreedKey>().secret;
    // whoever imported the other party's key as exportable need not say it again
    const std::uint32_t permissions = key.permissions() | initial_permissions(flags);
    key.finish(algorithm_id, make_body(secret), permissions);
}

void set_algorithm(Key& key, const std::uint8_t* data, std::uint32_t flags)
{
    require((flags & refused_by_gen_key) == 0, Fault::bad_flags);
    refuse_user_interface(key.context(), flags);
    const std::uint32_t algorithm_id = LittleEndianReader({data, 4}).u32();
    finish_agreed(key, algorithm_id, flags, [&](ByteView secret) {
        return make_agreed_key(key.context().profile(), algorithm_id, flags, secret);
    });
}

/// CMS_DH_KEY_INFO: a key of the algorithm's default length, made by RFC 2631.
void set_cms_key_info(Key& key, const std::uint8_t* data)
{
    CMS_DH_KEY_INFO info;
    std::memcpy(&info, data, sizeof info);
    require(info.dwVersion == sizeof info && info.pszContentEncObjId != nullptr &&
                (info.PubInfo.cbData == 0 || info.PubInfo.pbData != nullptr),
            Fault::bad_data);
    const Profile& profile = key.context().profile();
    const CipherRow& cipher = require_cipher(profile, info.Algid);
    const std::size_t size = requested_key_size(profile, cipher, 0);
    finish_agreed(key, cipher.id, 0, [&](ByteView secret) {
        SecureBytes material = derive_x942(secret, info.pszContentEncObjId,
                                           view(info.PubInfo.pbData, info.PubInfo.cbData), size);
        return session_key_from(profile, cipher, std::move(material), SaltChoice::by_length, {});
    });
}

void set_pregen_param(Key& key, std::uint32_t param, const std::uint8_t* data)
{
    if (param == KP_X)
        return generate_secret(key, data);
    const PregenRow* const row = find_row(pregen_table, &PregenRow::id, param);
    require(row != nullptr, Fault::bad_key_state);
    const std::lock_guard lock(key.mutex());
    row->set(key.unfinished<PregenPair>(), data);
}

} // namespace

void get_unfinished_param(Key& key, std::uint32_t param, OutBuffer& out)
{
    require(param == KP_ALGID && key.algorithm_id() == CALG_AGREEDKEY_ANY, Fault::bad_key_state);
    out.write_u32(CALG_AGREEDKEY_ANY);
}

void set_unfinished_param(Key& key, std::uint32_t param, const std::uint8_t* data,
                          std::uint32_t flags)
{
    if (key.algorithm_id() != CALG_AGREEDKEY_ANY)
        return set_pregen_param(key, param, data);
    if (param == KP_ALGID)
        return set_algorithm(key, data, flags);
    require(param == KP_CMS_DH_KEY_INFO, Fault::bad_key_state);
    set_cms_key_info(key, data);
}

} // namespace capishim::csp
