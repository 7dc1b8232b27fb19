// SPDX-License-Identifier: BSD-2-Clause
// CryptDecrypt with any ciphertext. Input: provider, key, mode, its bits, flags, options, the IV,
// the size of the first of two pieces, the text.
#include "crypt_fuzz.h"

namespace {

using namespace fuzz;

enum Option : BYTE { first_is_final = 1, with_hash = 2, set_iv = 4, round_trip = 8, with_mac = 16 };

const DWORD flag_rows[] = {0, CRYPT_OAEP, CRYPT_DECRYPT_RSA_NO_PADDING_CHECK, 0x80};
constexpr std::size_t iv_size = 16;

void set(HCRYPTKEY key, DWORD param, DWORD value)
{
    CryptSetKeyParam(key, param, reinterpret_cast<const BYTE*>(&value), 0);
}

HCRYPTHASH make_hash(HCRYPTPROV context, HCRYPTKEY key, BYTE options)
{
    HCRYPTHASH hash = 0;
    if (options & with_mac)
        CryptCreateHash(context, CALG_MAC, key, 0, &hash);
    else if (options & with_hash)
        CryptCreateHash(context, CALG_SHA1, 0, 0, &hash);
    return hash;
}

void decrypt(HCRYPTKEY key, HCRYPTHASH hash, BOOL last, DWORD flags, Bytes text)
{
    DWORD size = size_of(text);
    const DWORD before = size;
    if (text.empty())
        text.resize(1); // a buffer for nothing must not be null
    CryptDecrypt(key, hash, last, flags, text.data(), &size);
    must(size <= before, "a plaintext is not longer than what it was");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Input input(data, size);
    const Context context(input.pick(providers));
    const HCRYPTKEY key = make_key(context, input.pick(key_rows));
    if (key == 0)
        return 0;
    const DWORD mode = input.byte() % 7, mode_bits = input.byte();
    const DWORD flags = input.pick(flag_rows);
    const BYTE options = input.byte();
    Bytes iv = input.bytes(iv_size);
    iv.resize(iv_size);
    if (mode != 0)
        set(key, KP_MODE, mode);
    if (mode_bits != 0)
        set(key, KP_MODE_BITS, mode_bits);
    if (options & set_iv)
        CryptSetKeyParam(key, KP_IV, iv.data(), 0);
    const Bytes first = input.bytes(input.byte());
    const Bytes second = input.all();
    if (options & round_trip) {
        check_round_trip(key, first, flags);
        return 0;
    }
    const HCRYPTHASH hash = make_hash(context, key, options);
    decrypt(key, hash, (options & first_is_final) != 0, flags, first);
    decrypt(key, hash, TRUE, flags, second);
    return 0;
}
