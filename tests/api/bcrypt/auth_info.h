// SPDX-License-Identifier: BSD-2-Clause
// BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO with the memory that its pointers lead to.
#pragma once

#include "bcrypt_fixtures.h"

namespace capishim_test {

struct AuthInfo {
    AuthInfo(const ByteVector& nonce_bytes, const ByteVector& context_bytes,
             const ByteVector& tag_bytes)
        : nonce(nonce_bytes), context(context_bytes), tag(tag_bytes)
    {
        BCRYPT_INIT_AUTH_MODE_INFO(info);
        info.pbNonce = nonce.data();
        info.cbNonce = size_of(nonce);
        set_context(context);
        info.pbTag = tag.data();
        info.cbTag = size_of(tag);
    }
    AuthInfo(const AuthInfo&) = delete;

    /// Null when there is none, as programs have it.
    void set_context(const ByteVector& bytes)
    {
        info.pbAuthData = bytes.empty() ? nullptr : data_of(bytes);
        info.cbAuthData = size_of(bytes);
    }

    void begin_chain()
    {
        info.pbMacContext = mac_context.data();
        info.cbMacContext = size_of(mac_context);
        info.dwFlags = BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG;
    }

    void last_call() { info.dwFlags &= ~ULONG{BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG}; }

    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    ByteVector nonce, context, tag;
    ByteVector mac_context = ByteVector(16, 0xEE);
    ByteVector working_iv = ByteVector(16, 0xEE); // what it holds before the first call is ignored
};

using CipherFunction = NTSTATUS(WINAPI*)(BCRYPT_KEY_HANDLE, PUCHAR, ULONG, VOID*, PUCHAR, ULONG,
                                         PUCHAR, ULONG, ULONG*, ULONG);

/// One call into `out`, which is given its size; both pointers are null when there is no text.
inline NTSTATUS crypt(CipherFunction function, BCRYPT_KEY_HANDLE key, AuthInfo& auth,
                      const ByteVector& in, ByteVector& out)
{
    ULONG size = 0;
    out.resize(in.size());
    const bool chained = auth.info.pbMacContext != nullptr;
    const NTSTATUS status =
        function(key, in.empty() ? nullptr : data_of(in), size_of(in), &auth.info,
                 chained ? auth.working_iv.data() : nullptr, chained ? 16 : 0,
                 out.empty() ? nullptr : out.data(), size_of(out), &size, 0);
    if (status == STATUS_SUCCESS)
        BOOST_TEST(size == in.size());
    return status;
}

} // namespace capishim_test
