// SPDX-License-Identifier: BSD-2-Clause
// What a BCRYPT_SECRET_HANDLE names: the value that two keys agreed on, which needs neither of
// them.
#pragma once

#include "base/secure_bytes.h"
#include "cng/provider.h"

#include <string_view>
#include <vector>

namespace capishim::cng {

/// The parameters of BCryptDeriveKey (cng.md 6.7), those of other KDFs left out.
struct DeriveParameters {
    engine::HashId hash = engine::HashId::sha1;
    SecureBytes prepend, append; // each kind concatenated in its order
    SecureBytes hmac_key;
    bool has_hmac_key = false;
};

class SecretObject {
  public:
    /// @param value   big-endian, leading zeros kept (N-178)
    SecretObject(SecureBytes value, Origin origin) : value_(std::move(value)), origin_(origin) {}

    const Origin& origin() const noexcept { return origin_; }

    /// Everything that the KDF yields. @param secret_is_key   KDF_USE_SECRET_AS_HMAC_KEY_FLAG
    /// @throws Fault::not_supported       another KDF than HASH, HMAC, TRUNCATE
    /// @throws Fault::invalid_parameter   an HMAC key beside that flag (N-189)
    SecureBytes derive(std::string_view kdf, const DeriveParameters& parameters,
                       bool secret_is_key) const;

  private:
    SecureBytes value_;
    Origin origin_;
};

} // namespace capishim::cng
