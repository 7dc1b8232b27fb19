// SPDX-License-Identifier: BSD-2-Clause
// The passphrase that a store's private keys are encrypted under, and the keys made from it.
#pragma once

#include "csp/keystore/keystore.h"
#include "engine/pkcs8.h" // of csp only the key store speaks to the engine

namespace capishim::csp {

struct Passphrase {
    SecureBytes text;
    std::uint32_t iterations; // for what is newly made
};

/// A passphrase that was given, or a file with one in its first line.
class PassphraseSource {
  public:
    /// The user's store: CAPISHIM_KEY_FILE, else CAPISHIM_PASSPHRASE, else `.passphrase` in
    /// `folder`. The machine's: always the last, since a user's phrase would lock out the others.
    static PassphraseSource find(StoreScope scope, const std::string& folder);

    /// Makes the file with a random passphrase, mode 0600, when there is none.
    void make() const;
    /// @throws Fault::bad_keyset_entry   the file is lost, or holds none
    Passphrase read() const;

  private:
    std::string file_; // empty when the text was given
    SecureBytes text_;
};

/// The keys of one container.
struct ContainerKeys {
    SecureBytes encryption; // of its private keys
    SecureBytes mac;        // of the whole file
};

/// Those keys; the last ones used are remembered, since stretching is meant to be slow.
std::shared_ptr<const ContainerKeys> container_keys(ByteView passphrase,
                                                    const engine::KeyStretching& stretching);

} // namespace capishim::csp
