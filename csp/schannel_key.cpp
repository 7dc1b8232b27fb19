// SPDX-License-Identifier: BSD-2-Clause
#include "csp/schannel_key.h"

#include "base/row.h"
#include "csp/random.h"
#include "csp/saved_bytes.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

using cng::SslProtocol;

constexpr MasterRow table[] = {
    {CALG_SSL3_MASTER, SslProtocol::ssl3, {3, 0}},
    {CALG_SSL2_MASTER, SslProtocol::ssl2, {}},
    {CALG_TLS1_MASTER, SslProtocol::tls1, {3, 1}},
};
static_assert(sorted_by(table, &MasterRow::id));

void save_algorithm(LittleEndianWriter<SecureBytes>& out,
                    const std::optional<SchannelAlgorithm>& algorithm)
{
    const SchannelAlgorithm saved = algorithm.value_or(SchannelAlgorithm{});
    out.u32(saved.id);
    out.u32(saved.bits);
    out.u8(saved.exportable ? 1 : 0);
}

std::optional<SchannelAlgorithm> load_algorithm(LittleEndianReader& in)
{
    SchannelAlgorithm saved = {};
    saved.id = in.u32();
    saved.bits = in.u32();
    saved.exportable = in.u8() != 0;
    return saved.id == 0 ? std::nullopt : std::optional(saved);
}

Bytes load_random(LittleEndianReader& in)
{
    const SecureBytes random = read_sized(in);
    return {random.begin(), random.end()};
}

} // namespace

const MasterRow* find_master(const Profile& profile, std::uint32_t algorithm_id) noexcept
{
    return profile.find(algorithm_id) ? find_row(table, &MasterRow::id, algorithm_id) : nullptr;
}

MasterKey::MasterKey(const MasterRow& row, SecureBytes pre_master)
    : row_(&row), pre_master_(std::move(pre_master))
{
}

MasterKey MasterKey::generate(const MasterRow& row, std::size_t size)
{
    SecureBytes secret(size);
    random_bytes(secret);
    if (row.fixed_size()) // U-177: no other version can be asked for
        std::ranges::copy(row.version, secret.begin());
    return MasterKey(row, std::move(secret));
}

MasterKey::MasterKey(const MasterRow& row, LittleEndianReader& saved)
    : row_(&row), pre_master_(read_sized(saved)), clear_part_(read_sized(saved)),
      master_secret_(read_sized(saved)), randoms_{load_random(saved), load_random(saved)},
      cipher_(load_algorithm(saved)), mac_(load_algorithm(saved))
{
}

void MasterKey::save(LittleEndianWriter<SecureBytes>& out) const
{
    write_sized(out, pre_master_);
    write_sized(out, clear_part_);
    write_sized(out, master_secret_);
    write_sized(out, randoms_.client);
    write_sized(out, randoms_.server);
    save_algorithm(out, cipher_);
    save_algorithm(out, mac_);
}

void MasterKey::set_client_random(ByteView random)
{
    randoms_.client.assign(random.begin(), random.end());
}

void MasterKey::set_server_random(ByteView random)
{
    randoms_.server.assign(random.begin(), random.end());
}

void MasterKey::set_clear_part(ByteView bytes)
{
    clear_part_ = secure_copy(bytes);
    master_secret_.clear();
}

bool MasterKey::has_randoms() const noexcept
{
    return !randoms_.client.empty() && !randoms_.server.empty();
}

SecureBytes MasterKey::master_secret()
{
    if (master_secret_.empty() && has_randoms()) {
        SecureBytes whole = clear_part_; // SSL 2.0: clear || secret (8.4 item 10)
        whole.insert(whole.end(), pre_master_.begin(), pre_master_.end());
        master_secret_ = cng::ssl_master_secret(row_->protocol, whole, randoms_);
    }
    return master_secret_;
}

Handshake MasterKey::handshake()
{
    require(has_randoms(), Fault::invalid_parameter);
    return {row_->protocol, master_secret(), randoms_, cipher_, mac_};
}

} // namespace capishim::csp
