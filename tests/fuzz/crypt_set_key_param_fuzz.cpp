// SPDX-License-Identifier: BSD-2-Clause
// CryptSetKeyParam with any parameter and value. Input: provider, key, then again and again a
// parameter, flags, and a value with its size; last what is encrypted. A key that was set however
// still decrypts what it encrypts.
#include "crypt_fuzz.h"

#include <algorithm>

namespace {

using namespace fuzz;

/// The function is told no length, so the value must be what the parameter implies.
enum class Form : std::uint8_t { bytes, blob, der };

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
};

constexpr DWORD flag_values[] = {0, 0, 0, 1, CRYPT_SERVER, 0x80000000};
constexpr std::size_t longest_value = 64; // of those that are no blob

void set(HCRYPTKEY key, Input& input)
{
    const ParamRow& row = input.pick(params);
    const DWORD flags = input.pick(flag_values);
    Bytes value = input.bytes(input.byte());
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
    check_round_trip(key, input.bytes(100));
    return 0;
}
