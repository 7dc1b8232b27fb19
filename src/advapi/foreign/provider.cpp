// SPDX-License-Identifier: BSD-2-Clause
// Contexts, keys and hashes of a registered provider: its own handles, passed where the program
// passes ours (cryptoapi.md 11.2 rule 1).
#include "advapi/foreign/provider.h"

#include "advapi/foreign/session.h"
#include "platform/text.h"

#include <atomic>

namespace capishim::advapi {
namespace {

using SharedSession = std::shared_ptr<Session>;

std::uint32_t length_of(ByteView bytes)
{
    return static_cast<std::uint32_t>(bytes.size()); // it came as a DWORD
}

/// The provider's handle of a key or hash, and its end: destroyed by whichever comes first, the
/// program, the last use here, or the context's release, with which the provider does it itself
/// (11.2 rule 5).
template <class Value>
class OwnedHandle {
  public:
    explicit OwnedHandle(SharedSession session) : session_(std::move(session)) {}
    OwnedHandle(const OwnedHandle&) = delete;
    OwnedHandle& operator=(const OwnedHandle&) = delete;

    Session& session() const noexcept { return *session_; }
    const SharedSession& shared_session() const noexcept { return session_; }
    const ProviderEntries& entries() const noexcept { return session_->entries(); }

    /// The entry makes the object: its handle is the call's last argument.
    template <class Entry, class... Args>
    void make(const Entry& entry, const Args&... args)
    {
        session_->call(entry, args..., &value_);
        alive_ = true;
    }

    /// @throws Fault::stale_handle   destroyed meanwhile by an export with CRYPT_DESTROYKEY
    Value value() const
    {
        require(alive_, Fault::stale_handle);
        return value_;
    }

    /// The provider has destroyed the object itself.
    void forget() noexcept { alive_ = false; }

    template <class Entry>
    void destroy(const Entry& entry)
    {
        if (alive_.exchange(false))
            session_->call(entry, value_);
    }

    template <class Entry>
    void destroy_quietly(const Entry& entry) noexcept
    {
        if (!session_->closed())
            quietly([&] { destroy(entry); });
    }

  private:
    const SharedSession session_;
    Value value_ = 0;
    std::atomic<bool> alive_{false};
};

class ForeignKey final : public ProviderKey {
  public:
    explicit ForeignKey(const SharedSession& session) : handle(session) {}
    ~ForeignKey() override { handle.destroy_quietly(handle.entries().CPDestroyKey); }

    std::shared_ptr<ProviderKey> duplicate(std::uint32_t flags) override;
    void get_param(std::uint32_t param, Answer out, std::uint32_t flags) override;
    void set_param(std::uint32_t param, const std::uint8_t* data, std::uint32_t flags) override;
    void export_key(ProviderKey* export_key, std::uint32_t blob_type, std::uint32_t flags,
                    Answer out) override;
    void encrypt(ProviderHash* hash, bool final, std::uint32_t flags, std::uint8_t* data,
                 std::uint32_t* length, std::uint32_t capacity) override;
    void decrypt(ProviderHash* hash, bool final, std::uint32_t flags, std::uint8_t* data,
                 std::uint32_t* length) override;
    void destroy() override { handle.destroy(handle.entries().CPDestroyKey); }

    OwnedHandle<HCRYPTKEY> handle;
};

class ForeignHash final : public ProviderHash {
  public:
    explicit ForeignHash(const SharedSession& session) : handle(session) {}
    ~ForeignHash() override { handle.destroy_quietly(handle.entries().CPDestroyHash); }

    std::shared_ptr<ProviderHash> duplicate(std::uint32_t flags) override;
    void hash_data(ByteView data, std::uint32_t flags) override;
    void hash_session_key(ProviderKey& key, std::uint32_t flags) override;
    void get_param(std::uint32_t param, Answer out, std::uint32_t flags) override;
    void set_param(std::uint32_t param, const std::uint8_t* data, std::uint32_t flags) override;
    void sign(std::uint32_t key_spec, const Description& description, std::uint32_t flags,
              Answer out) override;
    void verify(ByteView signature, ProviderKey& public_key, const Description& description,
                std::uint32_t flags) override;
    void destroy() override { handle.destroy(handle.entries().CPDestroyHash); }

    OwnedHandle<HCRYPTHASH> handle;
};

/// The provider's own handle. @throws Fault::bad_key   another provider's key (U-07)
HCRYPTKEY handle_of(const ProviderKey& key, const Session& session)
{
    const auto* const own = dynamic_cast<const ForeignKey*>(&key);
    require(own && own->handle.session().same_provider(session), Fault::bad_key);
    return own->handle.value();
}

HCRYPTHASH handle_of(const ProviderHash& hash, const Session& session)
{
    const auto* const own = dynamic_cast<const ForeignHash*>(&hash);
    require(own && own->handle.session().same_provider(session), Fault::bad_hash);
    return own->handle.value();
}

/// 0 for none.
template <class Object>
std::uintptr_t optional_handle_of(const Object* object, const Session& session)
{
    return object ? handle_of(*object, session) : 0;
}

/// The object is there before the provider's handle, which is not lost then for want of memory.
template <class Object, class Entry, class... Args>
std::shared_ptr<Object> make(const SharedSession& session, const Entry& entry, const Args&... args)
{
    auto object = std::make_shared<Object>(session);
    object->handle.make(entry, args...);
    return object;
}

/// Calls the one of a wide function's two entries that the image has, with the description in its
/// units; the one of Windows' units where it has both.
template <class Entry16, class Entry32, class Call>
void with_description(const Entry16& entry, const Entry32& entry_w32,
                      const Description& description, Call call)
{
    if (entry.function)
        return call(entry, description ? description->c_str() : nullptr);
    const std::u32string wider =
        description ? platform::to_utf32(platform::to_utf8(*description)) : std::u32string();
    call(entry_w32, description ? wider.c_str() : nullptr);
}

// ---- keys --------------------------------------------------------------------------------------

std::shared_ptr<ProviderKey> ForeignKey::duplicate(std::uint32_t flags)
{
    return make<ForeignKey>(handle.shared_session(), handle.entries().CPDuplicateKey,
                            handle.value(), static_cast<DWORD*>(nullptr), flags);
}

void ForeignKey::get_param(std::uint32_t param, Answer out, std::uint32_t flags)
{
    handle.session().call(handle.entries().CPGetKeyParam, handle.value(), param, out.data,
                          out.length, flags);
}

void ForeignKey::set_param(std::uint32_t param, const std::uint8_t* data, std::uint32_t flags)
{
    handle.session().call(handle.entries().CPSetKeyParam, handle.value(), param, data, flags);
}

void ForeignKey::export_key(ProviderKey* export_key, std::uint32_t blob_type, std::uint32_t flags,
                            Answer out)
{
    Session& session = handle.session();
    session.call(handle.entries().CPExportKey, handle.value(),
                 optional_handle_of(export_key, session), blob_type, flags, out.data, out.length);
    if ((flags & CRYPT_DESTROYKEY) && out.data)
        handle.forget();
}

void ForeignKey::encrypt(ProviderHash* hash, bool final, std::uint32_t flags, std::uint8_t* data,
                         std::uint32_t* length, std::uint32_t capacity)
{
    Session& session = handle.session();
    session.call(handle.entries().CPEncrypt, handle.value(), optional_handle_of(hash, session),
                 BOOL{final}, flags, data, length, capacity);
}

void ForeignKey::decrypt(ProviderHash* hash, bool final, std::uint32_t flags, std::uint8_t* data,
                         std::uint32_t* length)
{
    Session& session = handle.session();
    session.call(handle.entries().CPDecrypt, handle.value(), optional_handle_of(hash, session),
                 BOOL{final}, flags, data, length);
}

// ---- hashes ------------------------------------------------------------------------------------

std::shared_ptr<ProviderHash> ForeignHash::duplicate(std::uint32_t flags)
{
    return make<ForeignHash>(handle.shared_session(), handle.entries().CPDuplicateHash,
                             handle.value(), static_cast<DWORD*>(nullptr), flags);
}

void ForeignHash::hash_data(ByteView data, std::uint32_t flags)
{
    handle.session().call(handle.entries().CPHashData, handle.value(), data.data(), length_of(data),
                          flags);
}

void ForeignHash::hash_session_key(ProviderKey& key, std::uint32_t flags)
{
    Session& session = handle.session();
    session.call(handle.entries().CPHashSessionKey, handle.value(), handle_of(key, session), flags);
}

void ForeignHash::get_param(std::uint32_t param, Answer out, std::uint32_t flags)
{
    handle.session().call(handle.entries().CPGetHashParam, handle.value(), param, out.data,
                          out.length, flags);
}

void ForeignHash::set_param(std::uint32_t param, const std::uint8_t* data, std::uint32_t flags)
{
    handle.session().call(handle.entries().CPSetHashParam, handle.value(), param, data, flags);
}

void ForeignHash::sign(std::uint32_t key_spec, const Description& description, std::uint32_t flags,
                       Answer out)
{
    const ProviderEntries& entries = handle.entries();
    const auto sign_with = [&](const auto& entry, const auto* text) {
        handle.session().call(entry, handle.value(), key_spec, text, flags, out.data, out.length);
    };
    with_description(entries.CPSignHash, entries.CPSignHash_w32, description, sign_with);
}

void ForeignHash::verify(ByteView signature, ProviderKey& public_key,
                         const Description& description, std::uint32_t flags)
{
    const ProviderEntries& entries = handle.entries();
    const HCRYPTKEY key = handle_of(public_key, handle.session());
    const auto verify_with = [&](const auto& entry, const auto* text) {
        handle.session().call(entry, handle.value(), signature.data(), length_of(signature), key,
                              text, flags);
    };
    with_description(entries.CPVerifySignature, entries.CPVerifySignature_w32, description,
                     verify_with);
}

// ---- contexts ----------------------------------------------------------------------------------

class ForeignContext final : public ProviderContext {
  public:
    explicit ForeignContext(SharedSession session) : session_(std::move(session)) {}

    void get_param(std::uint32_t param, Answer out, std::uint32_t flags) override
    {
        session_->call(entries().CPGetProvParam, param, out.data, out.length, flags);
    }
    void set_param(std::uint32_t param, const std::uint8_t* data, std::uint32_t flags) override
    {
        if (param != PP_CLIENT_HWND) // it never reaches a provider (cryptoapi.md 9.2)
            session_->call(entries().CPSetProvParam, param, data, flags);
    }
    std::shared_ptr<ProviderKey> gen_key(std::uint32_t algorithm_id, std::uint32_t flags) override
    {
        return make<ForeignKey>(session_, entries().CPGenKey, algorithm_id, flags);
    }
    std::shared_ptr<ProviderKey> derive_key(std::uint32_t algorithm_id, ProviderHash& base,
                                            std::uint32_t flags) override
    {
        return make<ForeignKey>(session_, entries().CPDeriveKey, algorithm_id,
                                handle_of(base, *session_), flags);
    }
    std::shared_ptr<ProviderKey> import_key(ByteView blob, ProviderKey* import_key,
                                            std::uint32_t flags) override
    {
        return make<ForeignKey>(session_, entries().CPImportKey, blob.data(), length_of(blob),
                                optional_handle_of(import_key, *session_), flags);
    }
    std::shared_ptr<ProviderKey> user_key(std::uint32_t key_spec) override
    {
        return make<ForeignKey>(session_, entries().CPGetUserKey, key_spec);
    }
    std::shared_ptr<ProviderHash> create_hash(std::uint32_t algorithm_id, ProviderKey* key,
                                              std::uint32_t flags) override
    {
        return make<ForeignHash>(session_, entries().CPCreateHash, algorithm_id,
                                 optional_handle_of(key, *session_), flags);
    }
    void gen_random(MutableBytes out) override
    {
        session_->call(entries().CPGenRandom, static_cast<DWORD>(out.size()), out.data());
    }
    void close() noexcept override { session_->close(); }
    void release(std::uint32_t flags) override { session_->release(flags); }

  private:
    const ProviderEntries& entries() const noexcept { return session_->entries(); }

    const SharedSession session_;
};

} // namespace

std::shared_ptr<ProviderContext> open_foreign(const Registration& provider,
                                              const std::optional<std::string>& container,
                                              std::uint32_t flags)
{
    auto session = Session::open(provider, container, flags);
    return session ? std::make_shared<ForeignContext>(std::move(session)) : nullptr;
}

} // namespace capishim::advapi
