// SPDX-License-Identifier: BSD-2-Clause
// Key containers: named places for a key exchange pair and a signature pair.
#pragma once

#include "base/secure_bytes.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace capishim::csp {

/// The two places of a container; the numbers are AT_KEYEXCHANGE and AT_SIGNATURE.
enum class KeySpec : std::uint8_t { exchange = 1, signature = 2 };

/// A pair as it is kept (cryptoapi.md 10.4).
struct StoredPair {
    std::uint32_t algorithm_id = 0; // CALG_RSA_KEYX ...
    SecureBytes key_info;           // PKCS #8 PrivateKeyInfo, DER
    Bytes extra;                    // what the algorithm keeps beside it (DSSSEED); empty when none
    bool exportable = false;
    bool user_protected = false;
    Bytes certificate; // DER, KP_CERTIFICATE; empty when none

    bool operator==(const StoredPair&) const = default;
};

/// The pairs of one container. Each call sees what other contexts wrote before it (10.2).
class PairStore {
  public:
    virtual ~PairStore() = default;

    /// @return the pair, or nothing
    /// @throws Fault::bad_keyset         the container has been deleted meanwhile
    /// @throws Fault::bad_keyset_entry   damaged
    virtual std::optional<StoredPair> load(KeySpec spec) = 0;
    /// Replaces the pair of that spec. @throws Fault::bad_keyset   deleted meanwhile
    virtual void save(KeySpec spec, const StoredPair& pair) = 0;
    /// @return false when there was none
    virtual bool remove(KeySpec spec) = 0;
    /// The unique name (PP_UNIQUE_CONTAINER): 32 hex digits, "_", machine GUID.
    virtual std::string unique_name() const = 0;
    /// A self-relative security descriptor with those parts: OWNER_SECURITY_INFORMATION ...
    /// @throws Fault::bad_type   the container isn't kept
    virtual Bytes security(std::uint32_t information) const = 0;
    /// Takes the DACL of a descriptor over, where `information` says so.
    /// @throws Fault::invalid_parameter   not a descriptor; else as above
    virtual void set_security(const std::uint8_t* descriptor, std::uint32_t information) = 0;
};

/// Which store: providers of one family share theirs (10.1), users and machine have one each.
enum class StoreScope : std::uint8_t { user, machine };

/// The containers of one family and scope: files (U-205), or what another kind of store keeps.
class KeyStore {
  public:
    virtual ~KeyStore() = default;

    /// A unique name is accepted for a name too.
    /// @throws Fault::bad_keyset         no such container
    /// @throws Fault::bad_keyset_entry   damaged
    /// @throws Fault::bad_key_state      whole, but sealed under another passphrase
    virtual std::unique_ptr<PairStore> open(const std::string& name) = 0;
    /// @throws Fault::keyset_exists
    virtual std::unique_ptr<PairStore> create(const std::string& name) = 0;
    /// @throws Fault::bad_keyset   no such container
    virtual void remove(const std::string& name) = 0;
    /// Names as spelled at creation, sorted.
    virtual std::vector<std::string> names() = 0;
};

/// The file store (README.md) of a family ("RSA", "DSS"). Opening it touches no file.
/// @throws Fault::profile_not_found   no home can be determined
std::unique_ptr<KeyStore> open_file_store(std::string_view family, StoreScope scope);

/// The pairs of an ephemeral context: in memory, gone with it. Its unique name is random, and made
/// when it is asked for.
std::unique_ptr<PairStore> make_memory_store();

} // namespace capishim::csp
