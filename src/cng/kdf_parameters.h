// SPDX-License-Identifier: BSD-2-Clause
// The parameter list of BCryptDeriveKey and BCryptKeyDerivation (cng.md 6.7), once its text is
// narrow. It looks at the caller's bytes and keeps no copy of them.
#pragma once

#include "base/secure_bytes.h"
#include "cng/algorithms.h"

#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace capishim::cng {

/// The hash of an algorithm's name. @throws Fault::not_supported   no algorithm, or not a hash
engine::HashId hash_named(std::string_view name);

class KdfParameters {
  public:
    /// Types are KDF_*. Of one that comes twice the last counts, but all of PREPEND and APPEND;
    /// those that no function knows are passed over (N-184).
    void add(std::uint32_t type, ByteView bytes);
    void set_hash(std::string_view name);

    bool has(std::uint32_t type) const noexcept;
    /// Empty when there is none.
    ByteView bytes(std::uint32_t type) const noexcept;
    /// @throws Fault::invalid_parameter   there is none
    ByteView required(std::uint32_t type) const;
    /// @throws Fault::invalid_parameter   another size than a DWORD's
    std::optional<std::uint32_t> dword(std::uint32_t type) const;

    /// Hashes are looked up when a function asks for one: to others the name means nothing.
    /// @throws Fault::not_supported       the name is not a hash's
    engine::HashId hash_or(engine::HashId fallback) const;
    /// @throws Fault::invalid_parameter   there is none
    engine::HashId required_hash() const;

    const std::vector<ByteView>& prepend() const noexcept { return prepend_; }
    const std::vector<ByteView>& append() const noexcept { return append_; }

  private:
    static constexpr std::size_t type_count = 0x15;

    std::array<std::optional<ByteView>, type_count> values_;
    std::vector<ByteView> prepend_, append_;
    std::optional<std::string> hash_;
};

SecureBytes joined(std::initializer_list<ByteView> parts);
/// ALGORITHMID || PARTYUINFO || PARTYVINFO [|| SUPPPUBINFO || SUPPPRIVINFO] of SP 800-56A.
/// @throws Fault::invalid_parameter   one of the first three is missing
SecureBytes other_info(const KdfParameters& parameters);
/// KDF_TLS_PRF_LABEL || KDF_TLS_PRF_SEED. @throws Fault::invalid_parameter   one is missing
SecureBytes tls_seed(const KdfParameters& parameters);

} // namespace capishim::cng
