// SPDX-License-Identifier: BSD-2-Clause
// A provider context: one profile and one key container, and what is made through them.
// Handles and references are the advapi layer's affair.
#pragma once

#include "base/out_buffer.h"
#include "csp/keystore/keystore.h"
#include "csp/pairs.h"
#include "csp/profiles.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace capishim::csp {

class Hash;
class Key;

/// What CryptAcquireContext asks of a provider.
struct ContextRequest {
    const Profile* profile;               // its name is what PP_NAME answers (U-68)
    std::optional<std::string> container; // UTF-8; nothing for the default container
    std::uint32_t flags; // CRYPT_VERIFYCONTEXT, NEWKEYSET, MACHINE_KEYSET, SILENT ...
};

class Context : public std::enable_shared_from_this<Context> {
  public:
    /// Opens or creates a context; the flags' rules are cryptoapi.md 1.1 and observed.md.
    /// An ephemeral context (CRYPT_VERIFYCONTEXT) costs no input or output.
    /// @throws Fault::bad_flags, bad_keyset, keyset_exists, bad_keyset_entry, bad_keyset_name,
    ///         profile_not_found
    static std::shared_ptr<Context> acquire(const ContextRequest& request);
    /// CRYPT_DELETEKEYSET.
    static void delete_container(const ContextRequest& request);

    const Profile& profile() const noexcept { return *profile_; }
    bool ephemeral() const noexcept { return ephemeral_; }
    bool silent() const noexcept { return silent_; }
    PairStore& pairs() noexcept { return *container_; }
    PairCache& pair_cache() noexcept { return pair_cache_; }

    // 1.4, 1.5, section 9
    void get_param(std::uint32_t param, std::uint32_t flags, OutBuffer& out);
    void set_param(std::uint32_t param, const std::uint8_t* data, std::uint32_t flags);

    // 1.11, 1.12, 1.16, 1.19, 1.22
    std::shared_ptr<Key> gen_key(std::uint32_t algorithm_id, std::uint32_t flags);
    std::shared_ptr<Key> derive_key(std::uint32_t algorithm_id, Hash& base, std::uint32_t flags);
    std::shared_ptr<Key> import_key(ByteView blob, const std::shared_ptr<Key>& import_key,
                                    std::uint32_t flags);
    std::shared_ptr<Key> user_key(std::uint32_t key_spec);
    std::shared_ptr<Hash> create_hash(std::uint32_t algorithm_id, const std::shared_ptr<Key>& key,
                                      std::uint32_t flags);

    // 1.31: the buffer's contents are mixed in by nobody; they are only overwritten
    void gen_random(MutableBytes out);

  private:
    struct Params; // the tables of parameters, provider_params.cpp

    explicit Context(const ContextRequest& request);

    const Profile* const profile_;
    const std::string container_name_; // as given; empty when ephemeral
    const bool ephemeral_;
    const bool silent_;
    const bool machine_;
    std::unique_ptr<PairStore> container_;
    PairCache pair_cache_;

    std::mutex mutex_; // guards the enumerations' places (9.3); they begin at the start (U-196)
    std::size_t algorithm_cursor_ = 0;
    std::size_t algorithm_ex_cursor_ = 0;
    std::size_t container_cursor_ = 0;
    std::optional<std::vector<std::string>> container_names_; // as they were at the first item
};

} // namespace capishim::csp
