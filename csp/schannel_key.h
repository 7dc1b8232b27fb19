// SPDX-License-Identifier: BSD-2-Clause
// Keys of SSL and TLS that are no cipher's: master keys, which gather what a handshake agrees on,
// and MAC keys (cryptoapi.md 8.4). Not locked: csp::Key serialises.
#pragma once

#include "cng/ssl_keys.h"
#include "csp/profiles.h"

#include <array>
#include <optional>

namespace capishim::csp {

/// One kind of master key.
struct MasterRow {
    std::uint32_t id; // CALG_*
    cng::SslProtocol protocol;
    std::array<std::uint8_t, 2> version; // what a pre-master secret begins with (U-176)

    /// Whether its pre-master secrets are what the protocol makes of them: 48 bytes. SSL 2.0's have
    /// the length of the cipher's secret.
    bool fixed_size() const noexcept { return protocol != cng::SslProtocol::ssl2; }
};
constexpr std::size_t pre_master_size = 48;

/// @return the row, or null: no master key, or not one of this provider
const MasterRow* find_master(const Profile& profile, std::uint32_t algorithm_id) noexcept;

/// SCHANNEL_ALG as it was checked: a cipher or a hash.
struct SchannelAlgorithm {
    std::uint32_t id; // CALG_*
    std::uint32_t bits;
    bool exportable; // INTERNATIONAL_USAGE
};

/// What keys are made of: a master key's contents at one moment (CALG_SCHANNEL_MASTER_HASH).
struct Handshake {
    cng::SslProtocol protocol;
    SecureBytes master_secret;
    cng::SslRandoms randoms;
    std::optional<SchannelAlgorithm> cipher, mac;
};

class MasterKey {
  public:
    MasterKey(const MasterRow& row, SecureBytes pre_master);
    /// A client's new pre-master secret. @param size   bytes
    static MasterKey generate(const MasterRow& row, std::size_t size);
    /// What save() wrote. @throws Fault::bad_data
    MasterKey(const MasterRow& row, LittleEndianReader& saved);
    void save(LittleEndianWriter<SecureBytes>& out) const;

    const MasterRow& row() const noexcept { return *row_; }
    /// What SIMPLEBLOB carries. It never changes, so no lock is needed.
    ByteView pre_master() const noexcept { return pre_master_; }

    void set_client_random(ByteView random);
    void set_server_random(ByteView random);
    /// KP_CLEAR_KEY, SSL 2.0 only: the part of the master key that was sent in the clear.
    void set_clear_part(ByteView bytes);
    void set_cipher(const SchannelAlgorithm& cipher) { cipher_ = cipher; }
    void set_mac(const SchannelAlgorithm& mac) { mac_ = mac; }

    /// The master secret, made at its first use and kept from then on: randoms that are set later
    /// are a reconnection's (8.4 items 5, 7). Empty before both randoms are there.
    SecureBytes master_secret();
    /// @throws Fault::invalid_parameter   before both randoms are there (observed.md)
    Handshake handshake();

  private:
    bool has_randoms() const noexcept;

    const MasterRow* row_;
    SecureBytes pre_master_;
    SecureBytes clear_part_;
    SecureBytes master_secret_; // empty until it is first used
    cng::SslRandoms randoms_;   // empty until they are set
    std::optional<SchannelAlgorithm> cipher_, mac_;
};

/// CALG_SCHANNEL_MAC_KEY: serves HMAC alone (U-180). It never changes.
struct MacKey {
    SecureBytes secret;
};

} // namespace capishim::csp
