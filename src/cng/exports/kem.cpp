// SPDX-License-Identifier: BSD-2-Clause
// BCryptEncapsulate and BCryptDecapsulate: cng.md 1.37, 1.38.
#include "abi/call.h"
#include "abi/exports.h"
#include "base/out_buffer.h"
#include "cng/exports/kinds.h"

namespace capishim::cng {
namespace {

/// Unlike elsewhere, no key at all is an invalid parameter here; a stale one is not (N-75).
handle::Pin<KeyObject> kem_key(BCRYPT_KEY_HANDLE hKey)
{
    require(hKey != nullptr, Fault::invalid_parameter);
    return pin<KeyObject>(hKey);
}

/// One of BCryptEncapsulate's two outputs.
struct Output {
    PUCHAR bytes;
    ULONG room;
    ULONG* size;

    bool holds(std::size_t needed) const { return room >= needed; }
    void write(ByteView from) const
    {
        std::ranges::copy(from, bytes);
        *size = static_cast<ULONG>(from.size());
    }
};

void encapsulate(const KeyObject& key, const Output& secret, const Output& ciphertext)
{
    const KemLengths lengths = key.kem_lengths();
    require(!secret.bytes == !ciphertext.bytes, Fault::invalid_parameter); // N-77
    const bool fits = secret.holds(lengths.secret) && ciphertext.holds(lengths.ciphertext);
    if (!secret.bytes || !fits) {
        *secret.size = static_cast<ULONG>(lengths.secret);
        *ciphertext.size = static_cast<ULONG>(lengths.ciphertext);
        require(!secret.bytes, Fault::buffer_too_small);
        return;
    }
    const engine::Encapsulation made = key.encapsulate();
    secret.write(made.secret);
    ciphertext.write(made.ciphertext);
}

} // namespace
} // namespace capishim::cng

using namespace capishim;
using namespace capishim::cng;

NTSTATUS WINAPI BCryptEncapsulate(BCRYPT_KEY_HANDLE hKey, PUCHAR pbSecretKey, ULONG cbSecretKey,
                                  ULONG* pcbSecretKey, PUCHAR pbCipherText, ULONG cbCipherText,
                                  ULONG* pcbCipherText, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptEncapsulate,
        [&] {
            const auto key = kem_key(hKey);
            require(pcbSecretKey && pcbCipherText, Fault::invalid_parameter);
            require(dwFlags == 0, Fault::bad_flags);
            encapsulate(*key, {pbSecretKey, cbSecretKey, pcbSecretKey},
                        {pbCipherText, cbCipherText, pcbCipherText});
        },
        hKey, pbSecretKey, cbSecretKey, pcbSecretKey, pbCipherText, cbCipherText, pcbCipherText,
        dwFlags);
}

NTSTATUS WINAPI BCryptDecapsulate(BCRYPT_KEY_HANDLE hKey, PUCHAR pbCipherText, ULONG cbCipherText,
                                  PUCHAR pbSecretKey, ULONG cbSecretKey, ULONG* pcbSecretKey,
                                  ULONG dwFlags)
{
    return nt_call(
        Api::BCryptDecapsulate,
        [&] {
            const auto key = kem_key(hKey);
            OutBuffer out(pbSecretKey, cbSecretKey, pcbSecretKey);
            require(pbCipherText != nullptr, Fault::invalid_parameter);
            require(dwFlags == 0, Fault::bad_flags);
            const KemLengths lengths = key->kem_lengths();
            require(cbCipherText == lengths.ciphertext, Fault::bad_blob_length);
            if (out.offer(lengths.secret))
                out.write(key->decapsulate(view(pbCipherText, cbCipherText)));
        },
        hKey, pbCipherText, cbCipherText, pbSecretKey, cbSecretKey, pcbSecretKey, dwFlags);
}
