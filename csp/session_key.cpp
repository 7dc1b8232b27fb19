// SPDX-License-Identifier: BSD-2-Clause
// Session keys between calls: cryptoapi.md 1.34, 2.4 to 2.6, 6.2 to 6.4.
#include "csp/session_key.h"

#include "csp/saved_bytes.h"

#include <capishim/wincrypt.h>

#include <utility>

namespace capishim::csp {
namespace {

constexpr std::size_t max_rc2_key = 128;

cng::ChainingMode chaining_mode(std::uint32_t mode)
{
    switch (mode) {
    case CRYPT_MODE_ECB:
        return cng::ChainingMode::ecb;
    case CRYPT_MODE_CFB:
        return cng::ChainingMode::cfb;
    default:
        return cng::ChainingMode::cbc;
    }
}

} // namespace

SessionKey::SessionKey(const CipherRow& cipher, SecureBytes material, SecureBytes salt,
                       std::uint32_t effective_bits)
    : row_(&cipher), material_(std::move(material)), salt_(std::move(salt)),
      effective_bits_(effective_bits),
      mode_(cipher.is_stream() ? 0 : CRYPT_MODE_CBC) // observed.md: KP_MODE get on RC4
{
    rekey();
}

SessionKey::SessionKey(const SessionKey& other)
    : row_(other.row_), material_(other.material_), salt_(other.salt_),
      effective_bits_(other.effective_bits_), mode_(other.mode_), iv_(other.iv_),
      in_message_(other.in_message_), settings_wait_(other.settings_wait_),
      rekey_waits_(other.rekey_waits_),
      key_(other.key_ ? std::make_unique<cng::SymmetricKey>(*other.key_) : nullptr)
{
}

namespace {

enum StateFlag : std::uint8_t { in_message = 1, settings_wait = 2, rekey_waits = 4, has_key = 8 };

/// The CNG key apart from the session key's fields: settings that wait have not reached it yet.
void write_key(LittleEndianWriter<SecureBytes>& out, const cng::SymmetricKey& key)
{
    write_sized(out, key.secret());
    out.u32(key.effective_bits());
    out.u8(static_cast<std::uint8_t>(key.chaining_mode()));
    out.bytes(key.iv());
    out.bytes(key.chain());
    out.u64(key.stream_position());
}

std::unique_ptr<cng::SymmetricKey> read_key(const CipherRow& row, LittleEndianReader& in)
{
    auto key = std::make_unique<cng::SymmetricKey>(row.algorithm(), read_sized(in));
    const std::uint32_t effective_bits = in.u32();
    if (row.id == CALG_RC2)
        key->set_effective_bits(effective_bits);
    const auto mode = static_cast<cng::ChainingMode>(in.u8());
    if (mode != key->chaining_mode())
        key->set_chaining_mode(mode);
    const ByteView iv = in.bytes(key->block_length()), chain = in.bytes(key->block_length());
    if (!row.is_stream())
        key->set_iv(iv);
    key->resume(chain, in.u64());
    return key;
}

} // namespace

void SessionKey::save(LittleEndianWriter<SecureBytes>& out) const
{
    write_sized(out, material_);
    write_sized(out, salt_);
    out.u32(effective_bits_);
    out.u32(mode_);
    out.bytes(iv_);
    out.u8(static_cast<std::uint8_t>((in_message_ ? in_message : 0) |
                                     (settings_wait_ ? settings_wait : 0) |
                                     (rekey_waits_ ? rekey_waits : 0) | (key_ ? has_key : 0)));
    if (key_)
        write_key(out, *key_);
}

SessionKey::SessionKey(const CipherRow& cipher, LittleEndianReader& saved)
    : row_(&cipher), material_(read_sized(saved)), salt_(read_sized(saved)),
      effective_bits_(saved.u32()), mode_(saved.u32())
{
    std::ranges::copy(saved.bytes(iv_.size()), iv_.begin());
    const std::uint8_t flags = saved.u8();
    in_message_ = (flags & in_message) != 0;
    settings_wait_ = (flags & settings_wait) != 0;
    rekey_waits_ = (flags & rekey_waits) != 0;
    if (flags & has_key)
        key_ = read_key(cipher, saved);
}

void SessionKey::rekey()
{
    SecureBytes joined;
    ByteView secret = material_;
    if (!salt_.empty()) {
        joined.reserve(material_.size() + salt_.size());
        joined = material_;
        joined.insert(joined.end(), salt_.begin(), salt_.end());
        secret = joined;
    }
    if (row_->id == CALG_RC2 && secret.size() > max_rc2_key)
        return;
    key_ = std::make_unique<cng::SymmetricKey>(row_->algorithm(), secret);
    if (row_->id == CALG_RC2)
        key_->set_effective_bits(effective_bits_);
    apply_mode_and_iv();
}

void SessionKey::apply_mode_and_iv()
{
    if (row_->is_stream() || !key_)
        return;
    if (key_->chaining_mode() != chaining_mode(mode_))
        key_->set_chaining_mode(chaining_mode(mode_));
    key_->set_iv(iv());
}

void SessionKey::settings_changed(bool needs_rekey)
{
    settings_wait_ = true;
    rekey_waits_ = rekey_waits_ || needs_rekey;
    if (!in_message_)
        restart();
}

void SessionKey::restart()
{
    in_message_ = false;
    if (std::exchange(rekey_waits_, false)) {
        settings_wait_ = false;
        return rekey();
    }
    if (std::exchange(settings_wait_, false))
        apply_mode_and_iv();
    if (key_)
        key_->restart();
}

void SessionKey::set_salt(SecureBytes salt)
{
    require(row_->id != CALG_RC2 || !key_ || material_.size() + salt.size() <= max_rc2_key,
            Fault::bad_flags); // U-84's code
    salt_ = std::move(salt);
    settings_changed(true);
}

void SessionKey::set_effective_bits(std::uint32_t bits)
{
    effective_bits_ = bits;
    settings_changed(true);
}

void SessionKey::set_mode(std::uint32_t mode)
{
    mode_ = mode;
    settings_changed(false);
}

void SessionKey::set_iv(ByteView iv)
{
    require(iv.size() == iv_size(), Fault::invalid_parameter);
    std::ranges::copy(iv, iv_.begin());
    settings_changed(false);
}

bool SessionKey::can_mac() const noexcept
{
    return key_ && !row_->is_stream() && mode_ == CRYPT_MODE_CBC;
}

std::uint64_t SessionKey::encrypted_size(std::uint64_t size, bool final) const
{
    if (row_->is_stream())
        return size;
    const std::uint64_t block = row_->block_bytes;
    if (final)
        return (size / block + 1) * block;
    require(size % block == 0, Fault::bad_block_length); // U-127: CFB too
    return size;
}

void SessionKey::encrypt(std::uint8_t* data, std::size_t size, bool final)
{
    const bool pad = final && !row_->is_stream();
    key_->encrypt({data, size}, {data, encrypted_size(size, final)}, pad);
    in_message_ = in_message_ || size != 0;
    if (final)
        restart();
}

std::size_t SessionKey::decrypt(MutableBytes data, bool final)
{
    const bool pad = final && !row_->is_stream();
    if (row_->is_stream())
        require(!data.empty() || !final, Fault::bad_length); // observed.md: RC4, length 0
    else
        require(data.size() % row_->block_bytes == 0 && (!data.empty() || !final),
                Fault::bad_block_length); // U-122
    in_message_ = in_message_ || !data.empty();
    std::size_t size = 0;
    try {
        size = key_->decrypt(data, data, pad);
    } catch (const Error&) { // U-128: each byte of the padding counts
        restart();           // U-129
        throw;
    }
    if (final)
        restart();
    return size;
}

} // namespace capishim::csp
