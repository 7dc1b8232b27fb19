// SPDX-License-Identifier: BSD-2-Clause
// CryptSetKeyParam with any parameter and value. Input: provider, key, then again and again a
// parameter, flags, and a value with its size; last what is encrypted. A key that was set however
// still decrypts what it encrypts, and a master key gives the keys of both directions or none.
#include "crypt_fuzz.h"

#include <algorithm>

namespace {

using namespace fuzz;

/// The function is told no length, so the value must be what the parameter implies.
enum class Form : std::uint8_t { bytes, blob, der, none, cms };

struct ParamRow {
    DWORD id;
    Form form;
};
const ParamRow params[] = {
    {KP_IV, Form::bytes},
    {KP_SALT, Form::bytes},
    {KP_SALT_EX, Form::blob},
    {KP_PADDING, Form::bytes},
    {KP_MODE, Form::bytes},
    {KP_MODE_BITS, Form::bytes},
    {KP_PERMISSIONS, Form::bytes},
    {KP_EFFECTIVE_KEYLEN, Form::bytes},
    {KP_ALGID, Form::bytes},
    {KP_P, Form::blob},
    {KP_Q, Form::blob},
    {KP_G, Form::blob},
    {KP_X, Form::blob},
    {KP_PUB_PARAMS, Form::blob},
    {KP_OAEP_PARAMS, Form::blob},
    {KP_CERTIFICATE, Form::der},
    {KP_CLIENT_RANDOM, Form::blob},
    {KP_SERVER_RANDOM, Form::blob},
    {KP_SCHANNEL_ALG, Form::bytes},
    {KP_PRECOMP_MD5, Form::blob},
    {KP_HIGHEST_VERSION, Form::bytes},
    {KP_KEYVAL, Form::bytes},
    {KP_KEYLEN, Form::bytes},
    {KP_BLOCKLEN, Form::bytes},
    {0, Form::bytes},
    {77, Form::bytes},
    {KP_X, Form::none},
    {KP_CLEAR_KEY, Form::blob},
    {KP_CMS_DH_KEY_INFO, Form::cms},
};

constexpr DWORD flag_values[] = {0, 0, 0, 1, CRYPT_SERVER, 0x80000000};
constexpr std::size_t longest_value = 64; // of those that are no blob

/// CMS_DH_KEY_INFO: the algorithm in two bytes, its OID up to a zero, and public information.
void set_cms_key_info(HCRYPTKEY key, Bytes value, DWORD flags)
{
    value.insert(value.end(), 3, 0);
    CMS_DH_KEY_INFO info = {};
    info.dwVersion = sizeof info;
    info.Algid = static_cast<ALG_ID>(value[0] | value[1] << 8);
    info.pszContentEncObjId = reinterpret_cast<char*>(&value[2]);
    const auto end = std::find(value.begin() + 2, value.end(), 0);
    info.PubInfo = {static_cast<DWORD>(value.end() - end), &*end};
    CryptSetKeyParam(key, KP_CMS_DH_KEY_INFO, reinterpret_cast<const BYTE*>(&info), flags);
}

/// The keys of a handshake, as far as the settings go.
void use_master(HCRYPTPROV context, HCRYPTKEY master)
{
    HCRYPTHASH hash = 0;
    if (!CryptCreateHash(context, CALG_SCHANNEL_MASTER_HASH, master, 0, &hash))
        return;
    for (const ALG_ID kind : {CALG_SCHANNEL_ENC_KEY, CALG_SCHANNEL_MAC_KEY}) {
        HCRYPTKEY clients = 0, servers = 0;
        const BOOL derived = CryptDeriveKey(context, kind, hash, 0, &clients);
        must(derived == CryptDeriveKey(context, kind, hash, CRYPT_SERVER, &servers),
             "both directions have keys, or neither");
        read_params(servers);
        check_round_trip(clients, {1, 2, 3});
    }
    if (CryptCreateHash(context, CALG_SHA1, 0, 0, &hash))
        CryptHashSessionKey(hash, master, 0);
}

void set(HCRYPTKEY key, Input& input)
{
    const ParamRow& row = input.pick(params);
    const DWORD flags = input.pick(flag_values);
    Bytes value = input.bytes(input.byte());
    if (row.form == Form::none) {
        CryptSetKeyParam(key, row.id, nullptr, flags);
        return;
    }
    if (row.form == Form::cms)
        return set_cms_key_info(key, std::move(value), flags);
    if (row.form == Form::blob) {
        CRYPT_DATA_BLOB blob = {size_of(value), data_of(value)};
        CryptSetKeyParam(key, row.id, reinterpret_cast<const BYTE*>(&blob), flags);
        return;
    }
    if (row.form == Form::der) { // as long as its header says
        const auto size = static_cast<BYTE>(std::min<std::size_t>(value.size(), 127));
        value.resize(size);
        value.insert(value.begin(), {0x30, size});
    } else {
        value.resize(longest_value);
    }
    CryptSetKeyParam(key, row.id, value.data(), flags);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Input input(data, size);
    const Context context(input.pick(providers));
    const HCRYPTKEY key = make_key(context, input.pick(key_rows));
    if (key == 0)
        return 0;
    for (int steps = input.byte() % 8; steps > 0; --steps)
        set(key, input);
    read_params(key);
    use_master(context, key);
    check_round_trip(key, input.bytes(100));
    return 0;
}
