// SPDX-License-Identifier: BSD-2-Clause
// BCryptImportKeyPair with any blob. Input: algorithm, blob type, options, the blob.
// A pair that was taken is exported, imported again, and used for all that pairs do.
#include "import_key_pair_fuzz.h"

#include <iterator>

namespace {

using namespace fuzz;

constexpr ULONG most_bits = 2100; // of a modulus: longer ones take seconds under the sanitizers

bool is_quick(BCRYPT_KEY_HANDLE key)
{
    ULONG bits = 0, size = 0;
    BCryptGetProperty(key, BCRYPT_KEY_LENGTH, reinterpret_cast<PUCHAR>(&bits), sizeof bits, &size,
                      0);
    return bits <= most_bits;
}

/// CryptoAPI's blobs of RSA are taken as they are (U-97), even with numbers that don't belong
/// together (N-143) or an exponent that CNG's own blobs do not allow.
bool may_be_refused(LPCWSTR came_as, LPCWSTR goes_as)
{
    const auto is_legacy = [](LPCWSTR type) {
        return type == pair_blobs[legacy_rsa_public] || type == pair_blobs[legacy_rsa_private];
    };
    return is_legacy(came_as) && !is_legacy(goes_as);
}

/// What was exported without complaint must be importable, and come back as it went.
void check_export(BCRYPT_ALG_HANDLE algorithm, BCRYPT_KEY_HANDLE key, LPCWSTR type, ULONG flags)
{
    const Bytes blob = exported(key, type);
    Key copy;
    if (blob.empty() || BCryptImportKeyPair(algorithm, nullptr, type, &copy.value, data_of(blob),
                                            size_of(blob), flags) == STATUS_NOT_SUPPORTED)
        return;
    must(copy.value != nullptr, "an exported pair can be imported");
    must(exported(copy, type) == blob, "an imported pair is exported as it came");
}

void sign_and_verify(BCRYPT_KEY_HANDLE key)
{
    BCRYPT_PKCS1_PADDING_INFO info = {BCRYPT_SHA1_ALGORITHM};
    Bytes hash(20, 5), signature(5000);
    for (const ULONG padding : {0u, ULONG{BCRYPT_PAD_PKCS1}}) {
        VOID* const given = padding ? &info : nullptr;
        ULONG size = size_of(signature);
        BCryptVerifySignature(key, given, hash.data(), size_of(hash), signature.data(), 64,
                              padding);
        if (BCryptSignHash(key, given, hash.data(), size_of(hash), signature.data(), size, &size,
                           padding) == STATUS_SUCCESS)
            BCryptVerifySignature(key, given, hash.data(), size_of(hash), signature.data(), size,
                                  padding);
    }
}

void encrypt(BCRYPT_KEY_HANDLE key)
{
    Bytes text(11, 3), out(3000);
    ULONG size = 0;
    if (BCryptEncrypt(key, text.data(), size_of(text), nullptr, nullptr, 0, out.data(),
                      size_of(out), &size, BCRYPT_PAD_PKCS1) == STATUS_SUCCESS)
        BCryptDecrypt(key, out.data(), size, nullptr, nullptr, 0, out.data(), size_of(out), &size,
                      BCRYPT_PAD_PKCS1);
}

void agree(BCRYPT_KEY_HANDLE key)
{
    Secret secret;
    UCHAR derived[32];
    ULONG size = 0;
    if (BCryptSecretAgreement(key, key, &secret.value, 0) == STATUS_SUCCESS)
        must(BCryptDeriveKey(secret, BCRYPT_KDF_HASH, nullptr, derived, sizeof derived, &size, 0) ==
                 STATUS_SUCCESS,
             "an agreed secret derives");
}

void encapsulate(BCRYPT_KEY_HANDLE key)
{
    Bytes secret(32), sealed(2000);
    ULONG secret_size = 0, size = 0;
    if (BCryptEncapsulate(key, secret.data(), size_of(secret), &secret_size, sealed.data(),
                          size_of(sealed), &size, 0) == STATUS_SUCCESS)
        BCryptDecapsulate(key, sealed.data(), size, secret.data(), size_of(secret), &secret_size,
                          0);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Input input(data, size);
    Algorithm algorithm;
    if (!open(algorithm, input.pick(pair_algorithms)))
        return 0;
    const LPCWSTR type = input.pick(pair_blobs);
    const UCHAR options = input.byte();
    const ULONG flags = options & without_validation ? BCRYPT_NO_KEY_VALIDATION : 0;
    if (const LPCWSTR curve = curves[(options >> curve_shift) % std::size(curves)])
        BCryptSetProperty(algorithm, BCRYPT_ECC_CURVE_NAME,
                          reinterpret_cast<PUCHAR>(const_cast<LPWSTR>(curve)), 0, 0);
    const Bytes blob = input.all();
    Key key;
    if (BCryptImportKeyPair(algorithm, nullptr, type, &key.value, data_of(blob), size_of(blob),
                            flags) != STATUS_SUCCESS) {
        must(key.value == nullptr, "a refused import leaves the handle alone");
        return 0;
    }
    read_properties(key);
    if (!is_quick(key))
        return 0;
    for (const LPCWSTR each : pair_blobs)
        if (!may_be_refused(type, each))
            check_export(algorithm, key, each, flags);
    sign_and_verify(key);
    encrypt(key);
    agree(key);
    encapsulate(key);
    return 0;
}
