// SPDX-License-Identifier: BSD-2-Clause
// What a BCRYPT_SECRET_HANDLE names: the value that two keys agreed on, which needs neither of
// them.
#pragma once

#include "base/secure_bytes.h"
#include "cng/hkdf.h"
#include "cng/kdf_parameters.h"
#include "cng/provider.h"

#include <string_view>

namespace capishim::cng {

/// The arguments of BCryptDeriveKey but the function's name.
struct DeriveCall {
    const KdfParameters& parameters;
    bool secret_is_key;              // KDF_USE_SECRET_AS_HMAC_KEY_FLAG
    std::optional<std::size_t> room; // none: a size query
};

class SecretObject {
  public:
    /// @param value         big-endian, leading zeros kept (N-178)
    /// @param concat_hash   SP800_56A_CONCAT's hash where none is named: by the curve's strength
    SecretObject(SecureBytes value, engine::HashId concat_hash, Origin origin)
        : value_(std::move(value)), concat_hash_(concat_hash), origin_(origin)
    {
    }

    const Origin& origin() const noexcept { return origin_; }
    ByteView value() const noexcept { return value_; }
    engine::HashId concat_hash() const noexcept { return concat_hash_; }
    const Hkdf& hkdf() const noexcept { return hkdf_; }

    /// Everything that the function yields, or as much as there is room for.
    /// @throws Fault::not_supported       a function that there isn't (N-63)
    /// @throws Fault::invalid_parameter   parameters or a room that it does not take
    SecureBytes derive(std::string_view kdf, const DeriveCall& call) const;

    void set_hkdf_hash(engine::HashId hash) { hkdf_.set_hash(hash); }
    void finalize_hkdf(std::optional<ByteView> salt) { hkdf_.finalize(value_, salt); }

  private:
    SecureBytes value_;
    engine::HashId concat_hash_;
    Origin origin_;
    Hkdf hkdf_;
};

} // namespace capishim::cng
