// SPDX-License-Identifier: BSD-2-Clause
// CryptEncrypt and CryptDecrypt: cryptoapi.md section 6. Nothing on the session keys' path
// allocates; what can fail is checked before the data, the hash or the key changes.
#include "csp/context.h"
#include "csp/hash.h"
#include "csp/key.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {

/// The arguments that both calls have, and what both do with them.
class Key::Operation {
  public:
    Hash* hash;
    bool final;
    std::uint32_t flags;
    std::uint8_t* data;
    std::uint32_t* length;

    MutableBytes input() const { return {data, *length}; }

    /// U-130: an open hash of the same context, or none.
    void check_hash(const Context& context) const
    {
        if (!hash)
            return;
        require(&hash->context() == &context, Fault::bad_hash);
        hash->require_open();
    }

    /// Answers a size query (false), or makes sure that `size` bytes have room.
    bool offer(std::uint64_t size, std::uint32_t capacity) const
    {
        require(size <= UINT32_MAX, Fault::bad_length);
        if (data != nullptr && size <= capacity)
            return true;
        *length = static_cast<std::uint32_t>(size);
        require(data == nullptr, Fault::buffer_too_small); // U-124
        return false;
    }

    void add_to_hash(ByteView plaintext) const
    {
        if (hash)
            hash->hash_data(plaintext, 0);
    }

    /// Hands the result over, which for RSA lies elsewhere.
    void finish(ByteView result) const
    {
        if (result.data() != data)
            std::ranges::copy(result, data);
        *length = static_cast<std::uint32_t>(result.size());
    }
};

namespace {

constexpr std::uint32_t no_padding_check = CRYPT_DECRYPT_RSA_NO_PADDING_CHECK;

std::size_t longest_message(const engine::RsaKey& rsa, bool oaep)
{
    const std::size_t overhead = oaep ? 2 * engine::hash_size(engine::HashId::sha1) + 2 : 11;
    return rsa.size() < overhead ? 0 : rsa.size() - overhead;
}

/// U-132: a signature pair may not exchange keys; U-135: nor may those of DSS and DH.
void require_exchange_key(const Key& key)
{
    require(key.algorithm_id() == CALG_RSA_KEYX, Fault::bad_key);
}

SecureBytes open_rsa(const engine::RsaKey& rsa, const Bytes& label, ByteView ciphertext,
                     std::uint32_t flags)
{
    if (flags & CRYPT_OAEP)
        return rsa.decrypt_oaep(ciphertext, engine::HashId::sha1, label);
    if (flags & no_padding_check)
        return reversed<SecureBytes>(rsa.private_operation(ciphertext)); // U-134
    return rsa.decrypt_pkcs1(ciphertext);
}

} // namespace

/// U-136: master keys and MAC keys encrypt nothing.
void Key::require_cipher_key() const
{
    require_complete();
    require(is_session_key() || is_pair(), Fault::bad_algorithm);
}

void Key::encrypt(Hash* hash, bool final, std::uint32_t flags, std::uint8_t* data,
                  std::uint32_t* length, std::uint32_t capacity)
{
    require(length != nullptr, Fault::invalid_parameter);
    const std::uint32_t known_flags = is_pair() ? CRYPT_OAEP : 0U; // U-120
    require((flags & ~known_flags) == 0, Fault::bad_flags);
    require_cipher_key();
    require_permission(CRYPT_ENCRYPT);
    const Operation operation{hash, final, flags, data, length};
    operation.check_hash(*context_);
    if (is_session_key())
        encrypt_session(operation, capacity);
    else
        encrypt_rsa(operation, capacity);
}

void Key::encrypt_session(const Operation& operation, std::uint32_t capacity)
{
    const std::lock_guard lock(mutex_);
    SessionKey& key = *session();
    // observed.md: RC2 keys beyond 16 bytes decrypt but don't encrypt
    const bool long_rc2 = algorithm_id_ == CALG_RC2 && key.material().size() > 16;
    require(key.can_cipher() && !long_rc2, Fault::bad_key);
    const std::uint64_t size = key.encrypted_size(*operation.length, operation.final);
    if (!operation.offer(size, capacity))
        return;
    operation.add_to_hash(operation.input());
    key.encrypt(operation.data, *operation.length, operation.final);
    operation.finish({operation.data, static_cast<std::size_t>(size)});
}

/// The block is reversed, not the message in it (U-131). Each section is the last (U-133).
void Key::encrypt_rsa(const Operation& operation, std::uint32_t capacity)
{
    require_exchange_key(*this);
    require_container();
    const engine::RsaKey& rsa = *pair()->numbers->rsa();
    const bool oaep = (operation.flags & CRYPT_OAEP) != 0;
    require(operation.data == nullptr || *operation.length <= longest_message(rsa, oaep),
            Fault::bad_length);
    if (!operation.offer(rsa.size(), capacity))
        return;
    operation.add_to_hash(operation.input());
    const Bytes ciphertext =
        oaep ? rsa.encrypt_oaep(operation.input(), engine::HashId::sha1, oaep_label())
             : rsa.encrypt_pkcs1(operation.input());
    operation.finish(reversed(ciphertext));
}

void Key::decrypt(Hash* hash, bool final, std::uint32_t flags, std::uint8_t* data,
                  std::uint32_t* length)
{
    require(length != nullptr && data != nullptr, Fault::invalid_parameter); // U-121
    const std::uint32_t known_flags = is_pair() ? CRYPT_OAEP | no_padding_check : 0U;
    require((flags & ~known_flags) == 0, Fault::bad_flags);
    require((flags & known_flags) != (CRYPT_OAEP | no_padding_check), Fault::bad_flags);
    require_cipher_key();
    require_permission(CRYPT_DECRYPT);
    const Operation operation{hash, final, flags, data, length};
    operation.check_hash(*context_);
    if (is_session_key())
        decrypt_session(operation);
    else
        decrypt_rsa(operation);
}

void Key::decrypt_session(const Operation& operation)
{
    const std::lock_guard lock(mutex_);
    SessionKey& key = *session();
    require(key.can_cipher(), Fault::bad_key);
    const std::size_t size = key.decrypt(operation.input(), operation.final);
    const ByteView plaintext(operation.data, size);
    operation.add_to_hash(plaintext);
    operation.finish(plaintext);
}

void Key::decrypt_rsa(const Operation& operation)
{
    require_exchange_key(*this);
    require_private();
    const engine::RsaKey& rsa = *pair()->numbers->rsa();
    const bool oaep = (operation.flags & CRYPT_OAEP) != 0;
    // U-123; observed.md: CryptDecrypt, RSA OAEP
    require(*operation.length == rsa.size(), oaep ? Fault::bad_data : Fault::bad_length);
    const SecureBytes plaintext =
        open_rsa(rsa, oaep_label(), reversed(operation.input()), operation.flags);
    operation.add_to_hash(plaintext);
    operation.finish(plaintext);
}

} // namespace capishim::csp
