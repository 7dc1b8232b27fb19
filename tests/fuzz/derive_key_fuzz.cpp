// SPDX-License-Identifier: BSD-2-Clause
// BCryptKeyDerivation, BCryptDeriveKey, BCryptDeriveKeyPBKDF2 and BCryptDeriveKeyCapi with any
// parameters. Input: function, hash, options, sizes of output and secret, the secret, parameters.
#include "derive_key_fuzz.h"

#include <algorithm>
#include <cwchar>

namespace {

using namespace fuzz;

/// A list of parameters over memory of just their sizes.
class Parameters {
  public:
    explicit Parameters(Input& input)
    {
        while (input.rest() > 1 && values_.size() < 12)
            add(input);
        list_ = {0, static_cast<ULONG>(buffers_.size()), buffers_.data()};
    }
    Parameters(const Parameters&) = delete;

    BCryptBufferDesc* list() { return &list_; }

  private:
    void add(Input& input)
    {
        const ULONG type = input.byte() % 24; // some that there aren't among them
        const UCHAR size = input.byte();
        Bytes value;
        if (size == a_hash) {
            const LPCWSTR name = input.pick(hashes);
            const PUCHAR text = reinterpret_cast<PUCHAR>(const_cast<LPWSTR>(name));
            value.assign(text, text + (std::wcslen(name) + 1) * sizeof(WCHAR));
        } else if (size != null_with_size && size != null_without) {
            value = input.bytes(size & most_bytes);
        }
        if (type == KDF_ITERATION_COUNT) // cap it, whatever its size is
            std::fill(value.begin() + std::min<std::ptrdiff_t>(1, std::ssize(value)), value.end(),
                      UCHAR{0});
        const ULONG told = size == null_with_size ? 5 : size_of(value);
        values_.push_back(std::move(value)); // its bytes stay where they are
        buffers_.push_back({told, type, values_.back().data()});
    }

    std::vector<Bytes> values_;
    std::vector<BCryptBuffer> buffers_;
    BCryptBufferDesc list_;
};

/// RFC 5903 8.1: a pair whose secret with itself serves as well as any.
const UCHAR pair_blob[] = {
    0x45, 0x43, 0x4b, 0x32, 0x20, 0x00, 0x00, 0x00, 0xda, 0xd0, 0xb6, 0x53, 0x94, 0x22, 0x1c,
    0xf9, 0xb0, 0x51, 0xe1, 0xfe, 0xca, 0x57, 0x87, 0xd0, 0x98, 0xdf, 0xe6, 0x37, 0xfc, 0x90,
    0xb9, 0xef, 0x94, 0x5d, 0x0c, 0x37, 0x72, 0x58, 0x11, 0x80, 0x52, 0x71, 0xa0, 0x46, 0x1c,
    0xdb, 0x82, 0x52, 0xd6, 0x1f, 0x1c, 0x45, 0x6f, 0xa3, 0xe5, 0x9a, 0xb1, 0xf4, 0x5b, 0x33,
    0xac, 0xcf, 0x5f, 0x58, 0x38, 0x9e, 0x05, 0x77, 0xb8, 0x99, 0x0b, 0xb3, 0xc8, 0x8f, 0x01,
    0xf5, 0x10, 0xd9, 0xac, 0x3f, 0x70, 0xa2, 0x92, 0xda, 0xa2, 0x31, 0x6d, 0xe5, 0x44, 0xe9,
    0xaa, 0xb8, 0xaf, 0xe8, 0x40, 0x49, 0xc6, 0x2a, 0x9c, 0x57, 0x86, 0x2d, 0x14, 0x33};

BCRYPT_SECRET_HANDLE new_secret()
{
    static BCRYPT_KEY_HANDLE pair = [] {
        BCRYPT_KEY_HANDLE imported = nullptr;
        BCryptImportKeyPair(BCRYPT_ECDH_P256_ALG_HANDLE, nullptr, BCRYPT_ECCPRIVATE_BLOB, &imported,
                            const_cast<PUCHAR>(pair_blob), sizeof pair_blob, 0);
        return imported;
    }();
    BCRYPT_SECRET_HANDLE secret = nullptr;
    BCryptSecretAgreement(pair, pair, &secret, 0);
    must(secret != nullptr, "the pair agrees with itself");
    return secret;
}

struct Call {
    explicit Call(Input& input)
        : row(input.pick(derive_rows)), hash(input.pick(hashes)), options(input.byte()),
          output(input.byte() * size_step), secret(read_secret(input)), parameters(input)
    {
    }

    static Bytes read_secret(Input& input)
    {
        const UCHAR size = input.byte();
        return input.bytes(size);
    }

    bool has(UCHAR option) const { return (options & option) != 0; }
    BCryptBufferDesc* list() { return has(no_list) ? nullptr : parameters.list(); }

    const DeriveRow& row;
    LPCWSTR hash;
    UCHAR options;
    Bytes output, secret;
    Parameters parameters;
};

void lead_through_hkdf(BCRYPT_HANDLE object, const Call& call)
{
    if (call.has(set_hash))
        BCryptSetProperty(object, BCRYPT_HKDF_HASH_ALGORITHM,
                          reinterpret_cast<PUCHAR>(const_cast<LPWSTR>(call.hash)), 0, 0);
    if (call.has(set_salt))
        BCryptSetProperty(object, BCRYPT_HKDF_SALT_AND_FINALIZE, data_of(call.secret),
                          size_of(call.secret), 0);
    if (call.has(set_prk))
        BCryptSetProperty(object, BCRYPT_HKDF_PRK_AND_FINALIZE, nullptr, 0, 0);
}

void by_key_derivation(Call& call)
{
    Algorithm algorithm;
    Key key;
    if (!open(algorithm, call.row.name))
        return;
    must(BCryptGenerateSymmetricKey(algorithm, &key.value, nullptr, 0, data_of(call.secret),
                                    size_of(call.secret), 0) == STATUS_SUCCESS,
         "a secret of any length is a key");
    lead_through_hkdf(key, call);
    ULONG size = 0;
    const NTSTATUS status =
        BCryptKeyDerivation(key, call.list(), call.output.data(), size_of(call.output), &size,
                            call.has(own_flag) ? BCRYPT_CAPI_AES_FLAG : 0);
    must(status != STATUS_SUCCESS || size == call.output.size(), "the whole output is filled");
}

void by_derive_key(Call& call)
{
    static const BCRYPT_SECRET_HANDLE kept = new_secret();
    Secret own; // HKDF's phases last
    if (call.options & (set_hash | set_salt | set_prk))
        own.value = new_secret();
    const BCRYPT_SECRET_HANDLE secret = own.value ? own.value : kept;
    lead_through_hkdf(secret, call);
    ULONG size = 0;
    const NTSTATUS status = BCryptDeriveKey(
        secret, call.row.name, call.list(), call.has(size_query) ? nullptr : call.output.data(),
        size_of(call.output), &size, call.has(own_flag) ? KDF_USE_SECRET_AS_HMAC_KEY_FLAG : 0);
    const bool query = call.has(size_query) || call.output.data() == nullptr;
    must(status != STATUS_SUCCESS || query || size <= call.output.size(),
         "no more is written than there is room for");
}

void by_pbkdf2(Call& call)
{
    Algorithm algorithm;
    if (!open(algorithm, call.hash, call.has(own_flag) ? 0 : BCRYPT_ALG_HANDLE_HMAC_FLAG))
        return;
    BCryptDeriveKeyPBKDF2(algorithm, data_of(call.secret), size_of(call.secret),
                          data_of(call.secret), size_of(call.secret), call.options % 16,
                          call.output.data(), size_of(call.output), 0);
}

void by_derive_key_capi(Call& call)
{
    Algorithm algorithm;
    Hash hash;
    if (!open(algorithm, call.hash, call.has(own_flag) ? BCRYPT_ALG_HANDLE_HMAC_FLAG : 0) ||
        BCryptCreateHash(algorithm, &hash.value, nullptr, 0, nullptr, 0, 0) != STATUS_SUCCESS)
        return;
    BCryptHashData(hash, data_of(call.secret), size_of(call.secret), 0);
    BCryptDeriveKeyCapi(hash, call.has(no_list) ? BCRYPT_AES_CBC_ALG_HANDLE : nullptr,
                        call.output.data(), size_of(call.output), 0);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Input input(data, size);
    Call call(input);
    switch (call.row.way) {
    case DeriveRow::key_derivation:
        by_key_derivation(call);
        break;
    case DeriveRow::derive_key:
        by_derive_key(call);
        break;
    case DeriveRow::pbkdf2:
        by_pbkdf2(call);
        break;
    case DeriveRow::derive_key_capi:
        by_derive_key_capi(call);
        break;
    }
    return 0;
}
