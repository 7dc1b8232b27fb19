// SPDX-License-Identifier: BSD-2-Clause
// BCryptEncrypt and BCryptDecrypt on symmetric keys (cng.md 4.2, 4.3; observed.md part 2 B).
#include "cng/symmetric_key_object.h"

#include "cng/cipher_call.h"
#include "cng/kdf_key.h"
#include "cng/symmetric_blobs.h"

namespace capishim::cng {

struct SymmetricKeyObject::Plan {
    bool pad;
    MutableBytes iv; // empty: the key's own register
};

SymmetricKeyObject::SymmetricKeyObject(const Algorithm& algorithm, ByteView secret,
                                       const KeySettings& settings, Origin origin,
                                       ObjectMemory object_memory)
    : KeyObject(algorithm, origin, object_memory), key_(algorithm, secret)
{
    if (settings.mode != key_.chaining_mode())
        key_.set_chaining_mode(settings.mode);
    if (settings.message_block != key_.message_block_length())
        key_.set_message_block_length(settings.message_block);
    if (settings.effective_bits != 0)
        key_.set_effective_bits(settings.effective_bits);
}

SymmetricKeyObject::SymmetricKeyObject(const SymmetricKeyObject& other, ObjectMemory object_memory)
    : KeyObject(other.algorithm(), other.origin(), object_memory), key_([&] {
          const std::lock_guard lock(other.mutex_);
          return SymmetricKey(other.key_);
      }())
{
}

/// The checks that both directions share, in N-09's order.
SymmetricKeyObject::Plan SymmetricKeyObject::check(const CipherCall& call, OutBuffer& out) const
{
    require(call.input.data() != nullptr || call.input.empty(), Fault::invalid_parameter);
    require((call.flags & ~cipher_flags) == 0, Fault::invalid_parameter);
    require(!call.padding.given, Fault::invalid_parameter); // N-49
    const bool pad = (call.flags & BCRYPT_BLOCK_PADDING) != 0;
    const bool has_iv = call.iv.data() != nullptr;
    switch (key_.chaining_mode()) {
    case ChainingMode::ecb:
        if (has_iv) {
            out.written(call.input.size()); // observed.md part 2 B: stored, then refused
            throw Error(Fault::invalid_parameter);
        }
        return {pad, {}};
    case ChainingMode::not_applicable:
        return {pad, {}}; // RC4 ignores an IV
    default:
        require(!has_iv || call.iv.size() == key_.block_length(), Fault::invalid_parameter);
        return {pad, has_iv ? call.iv : MutableBytes{}};
    }
}

std::size_t SymmetricKeyObject::run_encrypt(const Plan& plan, ByteView in, MutableBytes room)
{
    const std::size_t size = plan.iv.empty() ? key_.encrypt(in, room, plan.pad)
                                             : key_.encrypt(in, room, plan.pad, plan.iv);
    if (plan.pad)
        key_.restart(); // N-127: a padded call ends a message
    return size;
}

bool SymmetricKeyObject::authenticates() const
{
    return aead_rules(algorithm(), key_.chaining_mode()) != nullptr;
}

void SymmetricKeyObject::encrypt(const CipherCall& call, OutBuffer& out)
{
    const std::lock_guard lock(mutex_);
    if (authenticates())
        return aead_.encrypt(key_, call, out);
    if (algorithm().family == Family::xts)
        return crypt_units(&engine::Xts::encrypt, call, out);
    const Plan plan = check(call, out);
    std::size_t size = 0;
    try {
        size = key_.encrypted_size(call.input.size(), plan.pad);
    } catch (const Error& error) {
        if (error.fault() == Fault::bad_block_length)
            refuse_length(call, out);
        throw;
    }
    if (!out.offer(size))
        return;
    const Input input(call.input, out.room().first(size));
    out.written(run_encrypt(plan, input.bytes(), out.room()));
}

void SymmetricKeyObject::decrypt(const CipherCall& call, OutBuffer& out)
{
    const std::lock_guard lock(mutex_);
    if (authenticates())
        return aead_.decrypt(key_, call, out);
    if (algorithm().family == Family::xts)
        return crypt_units(&engine::Xts::decrypt, call, out);
    const Plan plan = check(call, out);
    const std::size_t size = call.input.size();
    const bool stream = key_.chaining_mode() == ChainingMode::not_applicable;
    require(!stream || !plan.pad, Fault::invalid_parameter); // N-119
    const bool whole =
        plan.pad ? size != 0 && size % key_.block_length() == 0 : size % key_.granularity() == 0;
    if (!whole)
        refuse_length(call, out);
    if (plan.pad)
        return decrypt_padded(plan, call.input, out);
    if (!out.offer(size))
        return;
    const Input input(call.input, out.room().first(size));
    out.written(plan.iv.empty() ? key_.decrypt(input.bytes(), out.room(), false)
                                : key_.decrypt(input.bytes(), out.room(), false, plan.iv));
}

void SymmetricKeyObject::decrypt_padded(const Plan& plan, ByteView in, OutBuffer& out)
{
    if (!out.is_size_query() && out.capacity() < in.size() &&
        out.capacity() >= in.size() - key_.block_length())
        return decrypt_short(plan, in, out);
    if (!out.offer(in.size()))
        return;
    const Input input(in, out.room().first(in.size()));
    const std::size_t size = plan.iv.empty()
                                 ? key_.decrypt(input.bytes(), out.room(), true)
                                 : key_.decrypt(input.bytes(), out.room(), true, plan.iv);
    key_.restart();
    out.written(size);
}

/// N-123, observed.md part 2 B: with room for all but the last block's padding, the real length is
/// what counts. Only then does the register move.
void SymmetricKeyObject::decrypt_short(const Plan& plan, ByteView in, OutBuffer& out)
{
    SymmetricKey trial(key_);
    SecureBytes plain(in.size());
    SecureArray<max_block_length> iv;
    std::ranges::copy(plan.iv, iv.begin());
    const MutableBytes trial_iv{iv.data(), plan.iv.size()};
    plain.resize(plan.iv.empty() ? trial.decrypt(in, plain, true)
                                 : trial.decrypt(in, plain, true, trial_iv));
    out.write(plain);
    std::ranges::copy(trial_iv, plan.iv.begin());
    key_.restart();
}

/// cng.md 4.7: pbIV numbers the first data unit, little-endian in 8 or 16 bytes (N-140).
void SymmetricKeyObject::crypt_units(UnitOperation operation, const CipherCall& call,
                                     OutBuffer& out)
{
    const std::size_t size = call.input.size();
    require(call.input.data() != nullptr || size == 0, Fault::invalid_parameter);
    require((call.flags & ~std::uint32_t{BCRYPT_BUFFERS_LOCKED_FLAG}) == 0,
            Fault::invalid_parameter);
    require(!call.padding.given, Fault::invalid_parameter);
    if (size % key_.granularity() != 0)
        refuse_length(call, out); // N-141
    if (!out.offer(size))
        return;
    require(call.iv.size() == 8 || call.iv.size() == 16, Fault::invalid_parameter);
    if (!xts_)
        xts_.emplace(key_.secret());
    const Input input(call.input, out.room().first(size));
    ((*xts_).*operation)(call.iv, key_.granularity(), input.bytes(), out.room().data());
    out.written(size);
}

SecureBytes SymmetricKeyObject::export_blob(std::string_view type) const
{
    const std::lock_guard lock(mutex_);
    return write_symmetric_blob(type, algorithm(), key_.secret(), key_.effective_bits());
}

std::shared_ptr<KeyObject> SymmetricKeyObject::duplicate(ObjectMemory object_memory) const
{
    return std::make_shared<SymmetricKeyObject>(*this, object_memory);
}

std::uint32_t SymmetricKeyObject::key_bits() const
{
    return key_.key_bits();
}

std::uint32_t SymmetricKeyObject::strength_bits() const
{
    if (algorithm().has_effective_bits())
        return effective_bits();
    if (algorithm().family == Family::xts)
        return key_bits() / 2; // the other half makes tweaks
    return algorithm().fixed_strength != 0 ? algorithm().fixed_strength : key_bits();
}

std::uint32_t SymmetricKeyObject::block_length() const
{
    return algorithm().block_length;
}

ChainingMode SymmetricKeyObject::chaining_mode() const
{
    const std::lock_guard lock(mutex_);
    return key_.chaining_mode();
}

std::uint32_t SymmetricKeyObject::message_block_length() const
{
    const std::lock_guard lock(mutex_);
    require(key_.has_message_block(), Fault::not_supported);
    return static_cast<std::uint32_t>(key_.message_block_length());
}

std::uint32_t SymmetricKeyObject::effective_bits() const
{
    require(algorithm().has_effective_bits(), Fault::not_supported);
    const std::lock_guard lock(mutex_);
    return key_.effective_bits();
}

SecureBytes SymmetricKeyObject::chain() const
{
    require(algorithm().family == Family::block_cipher, Fault::not_supported);
    const std::lock_guard lock(mutex_);
    return secure_copy(key_.chain()); // N-101
}

void SymmetricKeyObject::set_chaining_mode(ChainingMode mode)
{
    const std::lock_guard lock(mutex_);
    key_.set_chaining_mode(mode);
}

void SymmetricKeyObject::set_message_block_length(std::uint32_t bytes)
{
    const std::lock_guard lock(mutex_);
    key_.set_message_block_length(bytes);
}

void SymmetricKeyObject::set_effective_bits(std::uint32_t bits)
{
    const std::lock_guard lock(mutex_);
    key_.set_effective_bits(bits);
}

void SymmetricKeyObject::set_iv(ByteView iv)
{
    require(algorithm().family == Family::block_cipher, Fault::not_supported);
    const std::lock_guard lock(mutex_);
    key_.set_iv(iv);
}

std::shared_ptr<KeyObject> make_symmetric_key(const AlgorithmObject& algorithm, ByteView secret,
                                              Origin origin, ObjectMemory object_memory)
{
    const Algorithm& kind = algorithm.algorithm();
    secret = algorithm.fitting_secret(secret);
    if (kind.family == Family::kdf)
        return std::make_shared<KdfKey>(kind, secret, origin, object_memory);
    return std::make_shared<SymmetricKeyObject>(kind, secret, algorithm.settings(), origin,
                                                object_memory);
}

std::shared_ptr<KeyObject> import_symmetric_key(const AlgorithmObject& algorithm,
                                                std::string_view type, ByteView blob, Origin origin,
                                                ObjectMemory object_memory)
{
    const Algorithm& kind = algorithm.algorithm();
    require(kind.has_symmetric_keys(), Fault::not_supported);
    const SymmetricBlob imported = read_symmetric_blob(type, kind, blob);
    algorithm.require_key_length(imported.secret.size());
    if (kind.family == Family::kdf)
        return std::make_shared<KdfKey>(kind, imported.secret, origin, object_memory);
    KeySettings settings = algorithm.settings();
    if (imported.effective_bits != 0)
        settings.effective_bits = imported.effective_bits;
    return std::make_shared<SymmetricKeyObject>(kind, imported.secret, settings, origin,
                                                object_memory);
}

} // namespace capishim::cng
