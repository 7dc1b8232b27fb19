// SPDX-License-Identifier: BSD-2-Clause
// BCryptDecrypt with any ciphertext, IV, tag and flags. Input: cipher, options, sizes of IV,
// associated data and tag, those bytes, the text. What can be encrypted must decrypt to itself.
#include "decrypt_fuzz.h"

#include <string>

namespace {

using namespace fuzz;

/// cng.md 10.8's key of 512 bits, as RSAPRIVATEBLOB.
const char rsa_key[] = "525341320002000003000000400000002000000020000000010001"
                       "98ac8aa6309c791e165c1006819c97e725262eb25e37a660868d8c5bbd5d0b32"
                       "836a07689d13a0b01493992dde1d7639114f8ff0904413f71d61e64d87f171bd"
                       "c8f84d942cd180f85c2c2ffe5dac9cd03974c10c655f4fb15b693a597764a0fb"
                       "c27ac390f3a483a4975eba4eb40388632e81d389ee7e3dc997ddc01c0bc5eaa7";

Bytes from_hex(const std::string& hex)
{
    Bytes bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2)
        bytes.push_back(static_cast<UCHAR>(std::stoul(hex.substr(i, 2), nullptr, 16)));
    return bytes;
}

/// Everything of a call but the direction.
struct Call {
    explicit Call(Input& input) : row(input.pick(cipher_rows)), options(input.byte())
    {
        const UCHAR iv_size = input.byte() % 33, data_size = input.byte() % 65,
                    tag_size = input.byte() % 33;
        iv = input.bytes(iv_size);
        auth_data = input.bytes(data_size);
        tag = input.bytes(tag_size);
        text = input.all();
    }

    bool has(UCHAR option) const { return (options & option) != 0; }

    const CipherRow& row;
    UCHAR options;
    Bytes iv, auth_data, tag, text;
};

bool make_key(const CipherRow& row, BCRYPT_ALG_HANDLE algorithm, Key& key)
{
    if (row.key_size == 0) {
        static const Bytes blob = from_hex(rsa_key);
        return BCryptImportKeyPair(algorithm, nullptr, BCRYPT_RSAPRIVATE_BLOB, &key.value,
                                   data_of(blob), size_of(blob), 0) == STATUS_SUCCESS;
    }
    UCHAR secret[64];
    for (UCHAR i = 0; i < sizeof secret; ++i)
        secret[i] = static_cast<UCHAR>(i * 7 + 1);
    if (row.mode)
        BCryptSetProperty(algorithm, BCRYPT_CHAINING_MODE,
                          reinterpret_cast<PUCHAR>(const_cast<LPWSTR>(row.mode)), 0, 0);
    if (BCryptGenerateSymmetricKey(algorithm, &key.value, nullptr, 0, secret, row.key_size, 0) !=
        STATUS_SUCCESS)
        return false;
    ULONG block = row.message_block;
    if (block != 0)
        BCryptSetProperty(key, BCRYPT_MESSAGE_BLOCK_LENGTH, reinterpret_cast<PUCHAR>(&block),
                          sizeof block, 0);
    return true;
}

/// Padding information over buffers of a call's own.
class Info {
  public:
    explicit Info(const Call& call)
        : given_(call.has(give_info)), rsa_(call.row.key_size == 0), nonce_(call.iv),
          auth_data_(call.auth_data), tag_(call.tag), mac_context_(call.has(give_mac_context) * 16)
    {
        BCRYPT_INIT_AUTH_MODE_INFO(info_);
        info_.pbNonce = nonce_.data();
        info_.cbNonce = size_of(nonce_);
        info_.pbAuthData = auth_data_.data();
        info_.cbAuthData = size_of(auth_data_);
        info_.pbTag = tag_.data();
        info_.cbTag = size_of(tag_);
        info_.pbMacContext = mac_context_.data();
        info_.cbMacContext = size_of(mac_context_);
        info_.dwFlags = call.has(chain_calls) ? BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG : 0;
        oaep_ = {BCRYPT_SHA1_ALGORITHM, auth_data_.data(), size_of(auth_data_)};
    }

    VOID* get()
    {
        if (!given_)
            return nullptr;
        return rsa_ ? static_cast<VOID*>(&oaep_) : &info_;
    }
    void end_chain() { info_.dwFlags &= ~ULONG{BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG}; }
    const Bytes& tag() const { return tag_; }

  private:
    bool given_, rsa_;
    Bytes nonce_, auth_data_, tag_, mac_context_;
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info_;
    BCRYPT_OAEP_PADDING_INFO oaep_;
};

ULONG flags_of(const Call& call)
{
    if (call.row.key_size != 0)
        return call.has(pad) ? BCRYPT_BLOCK_PADDING : 0;
    if (call.has(give_info))
        return BCRYPT_PAD_OAEP;
    return call.has(pad) ? BCRYPT_PAD_PKCS1 : BCRYPT_PAD_NONE;
}

using Operation = NTSTATUS(WINAPI*)(BCRYPT_KEY_HANDLE, PUCHAR, ULONG, VOID*, PUCHAR, ULONG, PUCHAR,
                                    ULONG, ULONG*, ULONG);

NTSTATUS run(Operation operation, BCRYPT_KEY_HANDLE key, const Call& call, Info& info, Bytes& iv,
             Bytes& in, Bytes& out, ULONG& size)
{
    const NTSTATUS status = operation(
        key, in.data(), size_of(in), info.get(), call.has(give_iv) ? iv.data() : nullptr,
        call.has(give_iv) ? size_of(iv) : 0, out.data(), size_of(out), &size, flags_of(call));
    must(status != STATUS_SUCCESS || size <= out.size() || out.empty(),
         "no more is written than there is room for");
    return status;
}

void decrypt_anything(BCRYPT_KEY_HANDLE key, const Call& call)
{
    Info info(call);
    Bytes iv = call.iv, text = call.text, out(call.text.size() / (call.has(short_room) ? 2 : 1));
    ULONG size = 0;
    Bytes& to = call.has(in_place) ? text : out;
    run(BCryptDecrypt, key, call, info, iv, text, to, size);
    info.end_chain();
    run(BCryptDecrypt, key, call, info, iv, text, to, size);
    Bytes none;
    run(BCryptDecrypt, key, call, info, iv, text, none, size); // a size query
}

void encrypt_and_decrypt(BCRYPT_KEY_HANDLE key, const Call& call)
{
    Key other; // the registers of both start alike
    if (call.row.key_size != 0 &&
        BCryptDuplicateKey(key, &other.value, nullptr, 0, 0) != STATUS_SUCCESS)
        return;
    Info info(call);
    info.end_chain();
    Bytes iv = call.iv, iv_again = call.iv, text = call.text, none;
    ULONG size = 0;
    if (run(BCryptEncrypt, key, call, info, iv, text, none, size) != STATUS_SUCCESS)
        return;
    Bytes sealed(size), opened(size);
    if (run(BCryptEncrypt, key, call, info, iv, text, sealed, size) != STATUS_SUCCESS)
        return;
    sealed.resize(size);
    const NTSTATUS status = run(BCryptDecrypt, other.value ? other.value : key, call, info,
                                iv_again, sealed, opened, size);
    must(status == STATUS_SUCCESS, "what was encrypted can be decrypted");
    opened.resize(size);
    must(opened == call.text, "decryption undoes encryption");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Input input(data, size);
    const Call call(input);
    Algorithm algorithm;
    Key key;
    if (!open(algorithm, call.row.algorithm) || !make_key(call.row, algorithm, key))
        return 0;
    if (call.has(round_trip))
        encrypt_and_decrypt(key, call);
    else
        decrypt_anything(key, call);
    return 0;
}
