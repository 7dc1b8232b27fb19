// SPDX-License-Identifier: BSD-2-Clause
// BCryptImportKey with any blob. Input: algorithm, blob type, options, the blob.
// A key that was taken is exported, imported again, duplicated, and used.
#include "import_key_fuzz.h"

namespace {

using namespace fuzz;

constexpr UCHAR with_key_encryption_key = 1, in_own_memory = 2;

void import_again(BCRYPT_ALG_HANDLE algorithm, LPCWSTR type, const Bytes& blob)
{
    Key copy;
    must(BCryptImportKey(algorithm, nullptr, type, &copy.value, nullptr, 0, data_of(blob),
                         size_of(blob), 0) == STATUS_SUCCESS,
         "an exported key can be imported");
    must(exported(copy, type) == blob, "an imported key is exported as it came");
}

/// Both wrappings of a key by itself, if it wraps at all.
void wrap(BCRYPT_ALG_HANDLE algorithm, BCRYPT_KEY_HANDLE key)
{
    UCHAR blob[600];
    ULONG size = 0;
    if (BCryptExportKey(key, key, BCRYPT_AES_WRAP_KEY_BLOB, blob, sizeof blob, &size, 0) !=
        STATUS_SUCCESS)
        return;
    Key copy;
    must(BCryptImportKey(algorithm, key, BCRYPT_AES_WRAP_KEY_BLOB, &copy.value, nullptr, 0, blob,
                         size, 0) == STATUS_SUCCESS,
         "a wrapped key can be unwrapped");
}

void use(BCRYPT_KEY_HANDLE key)
{
    Bytes data(32, 7), out(64);
    ULONG size = 0;
    Key copy;
    BCryptDuplicateKey(key, &copy.value, nullptr, 0, 0);
    for (const BCRYPT_KEY_HANDLE each : {key, copy.value}) {
        BCryptEncrypt(each, data.data(), size_of(data), nullptr, nullptr, 0, out.data(),
                      size_of(out), &size, 0);
        BCryptDecrypt(each, data.data(), size_of(data), nullptr, nullptr, 0, out.data(),
                      size_of(out), &size, 0);
        read_properties(each);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Input input(data, size);
    Algorithm algorithm;
    if (!open(algorithm, input.pick(symmetric_algorithms)))
        return 0;
    const LPCWSTR type = input.pick(symmetric_blobs);
    const UCHAR options = input.byte();
    const Bytes blob = input.all();
    Algorithm aes;
    Key wrapping;
    UCHAR wrapping_secret[16] = {1};
    if (options & with_key_encryption_key && open(aes, BCRYPT_AES_ALGORITHM))
        BCryptGenerateSymmetricKey(aes, &wrapping.value, nullptr, 0, wrapping_secret,
                                   sizeof wrapping_secret, 0);
    Bytes memory(options & in_own_memory ? 2048 : 0); // outlives the key
    Key key;
    if (BCryptImportKey(algorithm, wrapping, type, &key.value,
                        memory.empty() ? nullptr : memory.data(), size_of(memory), data_of(blob),
                        size_of(blob), 0) != STATUS_SUCCESS) {
        must(key.value == nullptr, "a refused import leaves the handle alone");
        return 0;
    }
    for (const LPCWSTR each : {BCRYPT_KEY_DATA_BLOB, BCRYPT_OPAQUE_KEY_BLOB}) {
        const Bytes again = exported(key, each);
        must(!again.empty(), "a symmetric key can be exported");
        import_again(algorithm, each, again);
    }
    wrap(algorithm, key);
    use(key);
    return 0;
}
