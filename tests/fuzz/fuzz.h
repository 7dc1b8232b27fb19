// SPDX-License-Identifier: BSD-2-Clause
// What the fuzz targets have in common: input taken apart from its front, handles that close
// themselves, and the tables that its first bytes choose from. Kept inputs hold places in these
// tables, so rows are added at the end only.
#pragma once

#include <bcrypt.h>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ntstatus.h>
#include <vector>
#include <windows.h>

namespace fuzz {

using Bytes = std::vector<UCHAR>;

/// Stops the run: an answer of the library that no input may lead to.
inline void must(bool condition, const char* what)
{
    if (condition)
        return;
    std::fprintf(stderr, "broken promise: %s\n", what);
    std::abort();
}

/// The input, front to back; what is not there is zero.
class Input {
  public:
    Input(const std::uint8_t* data, std::size_t size) : data_(data), rest_(size) {}

    std::size_t rest() const { return rest_; }

    UCHAR byte()
    {
        if (rest_ == 0)
            return 0;
        --rest_;
        return *data_++;
    }

    /// At most `size` bytes, in memory of just that size.
    Bytes bytes(std::size_t size)
    {
        size = size < rest_ ? size : rest_;
        const Bytes taken(data_, data_ + size);
        data_ += size;
        rest_ -= size;
        return taken;
    }

    Bytes all() { return bytes(rest_); }

    template <class Row, std::size_t N>
    const Row& pick(const Row (&table)[N])
    {
        return table[byte() % N];
    }

  private:
    const std::uint8_t* data_;
    std::size_t rest_;
};

template <NTSTATUS(WINAPI* close)(BCRYPT_HANDLE)>
struct Handle {
    Handle() = default;
    Handle(const Handle&) = delete;
    ~Handle()
    {
        if (value)
            close(value);
    }
    operator BCRYPT_HANDLE() const { return value; }

    BCRYPT_HANDLE value = nullptr;
};

inline NTSTATUS WINAPI close_algorithm(BCRYPT_HANDLE handle)
{
    return BCryptCloseAlgorithmProvider(handle, 0);
}

using Algorithm = Handle<close_algorithm>;
using Key = Handle<BCryptDestroyKey>;
using Hash = Handle<BCryptDestroyHash>;
using Secret = Handle<BCryptDestroySecret>;

inline ULONG size_of(const Bytes& bytes)
{
    return static_cast<ULONG>(bytes.size());
}

/// The caller's buffers are not const in this interface; an empty one may well be null.
inline PUCHAR data_of(const Bytes& bytes)
{
    return const_cast<PUCHAR>(bytes.data());
}

inline bool open(Algorithm& algorithm, LPCWSTR id, ULONG flags = 0)
{
    return BCryptOpenAlgorithmProvider(&algorithm.value, id, nullptr, flags) == STATUS_SUCCESS;
}

/// What BCryptExportKey gives; empty when it gives nothing. The size query and the call must agree.
inline Bytes exported(BCRYPT_KEY_HANDLE key, LPCWSTR type)
{
    ULONG size = 0, written = 0;
    if (BCryptExportKey(key, nullptr, type, nullptr, 0, &size, 0) != STATUS_SUCCESS)
        return {};
    Bytes blob(size);
    must(BCryptExportKey(key, nullptr, type, blob.data(), size, &written, 0) == STATUS_SUCCESS &&
             written == size,
         "an export is as long as its size query says");
    return blob;
}

/// Asks every property; the answers don't matter.
inline void read_properties(BCRYPT_HANDLE object)
{
    static const LPCWSTR names[] = {
        BCRYPT_ALGORITHM_NAME,       BCRYPT_BLOCK_LENGTH,         BCRYPT_BLOCK_SIZE_LIST,
        BCRYPT_CHAINING_MODE,        BCRYPT_DH_PARAMETERS,        BCRYPT_DSA_PARAMETERS,
        BCRYPT_ECC_CURVE_NAME,       BCRYPT_ECC_PARAMETERS,       BCRYPT_KEY_LENGTH,
        BCRYPT_EFFECTIVE_KEY_LENGTH, BCRYPT_KEY_STRENGTH,         BCRYPT_INITIALIZATION_VECTOR,
        BCRYPT_OBJECT_LENGTH,        BCRYPT_MESSAGE_BLOCK_LENGTH, BCRYPT_PADDING_SCHEMES,
        BCRYPT_PARAMETER_SET_NAME,   BCRYPT_PROVIDER_HANDLE,      BCRYPT_PUBLIC_KEY_LENGTH,
        BCRYPT_SIGNATURE_LENGTH};
    for (const LPCWSTR name : names) {
        ULONG size = 0;
        if (BCryptGetProperty(object, name, nullptr, 0, &size, 0) != STATUS_SUCCESS)
            continue;
        Bytes value(size);
        BCryptGetProperty(object, name, value.data(), size, &size, 0);
    }
}

inline const LPCWSTR hashes[] = {
    BCRYPT_MD2_ALGORITHM,      BCRYPT_MD4_ALGORITHM,        BCRYPT_MD5_ALGORITHM,
    BCRYPT_SHA1_ALGORITHM,     BCRYPT_SHA256_ALGORITHM,     BCRYPT_SHA384_ALGORITHM,
    BCRYPT_SHA512_ALGORITHM,   BCRYPT_SHA3_256_ALGORITHM,   BCRYPT_SHA3_384_ALGORITHM,
    BCRYPT_SHA3_512_ALGORITHM, BCRYPT_SHAKE128_ALGORITHM,   BCRYPT_SHAKE256_ALGORITHM,
    BCRYPT_KMAC128_ALGORITHM,  BCRYPT_AES_CMAC_ALGORITHM,   BCRYPT_AES_GMAC_ALGORITHM,
    BCRYPT_AES_ALGORITHM,      L"NO SUCH ALGORITHM AT ALL",
};

} // namespace fuzz
