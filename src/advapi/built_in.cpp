// SPDX-License-Identifier: BSD-2-Clause
#include "advapi/built_in.h"

#include "csp/hash.h"
#include "csp/key.h"
#include "platform/last_error.h"

#include <capishim/wincrypt.h>

namespace capishim::advapi {
namespace {

class BuiltInKey;
class BuiltInHash;

std::shared_ptr<ProviderKey> wrapped(std::shared_ptr<csp::Key> key);
std::shared_ptr<ProviderHash> wrapped(std::shared_ptr<csp::Hash> hash);

/// The provider's own object; a registered provider's is refused as one of another CSP (U-07).
std::shared_ptr<csp::Key> own(ProviderKey* key);
const std::shared_ptr<csp::Hash>& own(ProviderHash& hash);
csp::Hash* own(ProviderHash* hash);

class BuiltInContext final : public ProviderContext {
  public:
    explicit BuiltInContext(std::shared_ptr<csp::Context> context) : context_(std::move(context)) {}

    void get_param(std::uint32_t param, Answer out, std::uint32_t flags) override
    {
        OutBuffer place = answer(out.data, out.length);
        context_->get_param(param, flags, place);
    }
    void set_param(std::uint32_t param, const std::uint8_t* data, std::uint32_t flags) override
    {
        context_->set_param(param, data, flags);
    }
    std::shared_ptr<ProviderKey> gen_key(std::uint32_t algorithm_id, std::uint32_t flags) override
    {
        return wrapped(context_->gen_key(algorithm_id, flags));
    }
    std::shared_ptr<ProviderKey> derive_key(std::uint32_t algorithm_id, ProviderHash& base,
                                            std::uint32_t flags) override
    {
        return wrapped(context_->derive_key(algorithm_id, *own(base), flags));
    }
    std::shared_ptr<ProviderKey> import_key(ByteView blob, ProviderKey* import_key,
                                            std::uint32_t flags) override
    {
        return wrapped(context_->import_key(blob, own(import_key), flags));
    }
    std::shared_ptr<ProviderKey> user_key(std::uint32_t key_spec) override
    {
        return wrapped(context_->user_key(key_spec));
    }
    std::shared_ptr<ProviderHash> create_hash(std::uint32_t algorithm_id, ProviderKey* key,
                                              std::uint32_t flags) override
    {
        return wrapped(context_->create_hash(algorithm_id, own(key), flags));
    }
    void gen_random(MutableBytes out) override { context_->gen_random(out); }

  private:
    const std::shared_ptr<csp::Context> context_;
};

/// Holds the key as nobody else does for long: a keyed hash sees by that whether its key's handle
/// is still there (lifetime.md 3).
class BuiltInKey final : public ProviderKey {
  public:
    explicit BuiltInKey(std::shared_ptr<csp::Key> key) : key_(std::move(key)) {}

    const std::shared_ptr<csp::Key>& key() const noexcept { return key_; }

    std::shared_ptr<ProviderKey> duplicate(std::uint32_t flags) override
    {
        require(flags == 0, Fault::invalid_parameter);
        return wrapped(key_->duplicate());
    }
    void get_param(std::uint32_t param, Answer out, std::uint32_t flags) override
    {
        OutBuffer place = answer(out.data, out.length);
        require(flags == 0, Fault::bad_flags);
        key_->get_param(param, place);
    }
    void set_param(std::uint32_t param, const std::uint8_t* data, std::uint32_t flags) override
    {
        key_->set_param(param, data, flags);
    }
    void export_key(ProviderKey* export_key, std::uint32_t blob_type, std::uint32_t flags,
                    Answer out) override
    {
        const auto other = own(export_key);
        OutBuffer place = answer(out.data, out.length);
        key_->export_key(other.get(), blob_type, flags, place);
    }
    void encrypt(ProviderHash* hash, bool final, std::uint32_t flags, std::uint8_t* data,
                 std::uint32_t* length, std::uint32_t capacity) override
    {
        key_->encrypt(own(hash), final, flags, data, length, capacity);
    }
    void decrypt(ProviderHash* hash, bool final, std::uint32_t flags, std::uint8_t* data,
                 std::uint32_t* length) override
    {
        key_->decrypt(own(hash), final, flags, data, length);
    }

  private:
    const std::shared_ptr<csp::Key> key_;
};

class BuiltInHash final : public ProviderHash {
  public:
    explicit BuiltInHash(std::shared_ptr<csp::Hash> hash) : hash_(std::move(hash)) {}

    const std::shared_ptr<csp::Hash>& hash() const noexcept { return hash_; }

    std::shared_ptr<ProviderHash> duplicate(std::uint32_t flags) override
    {
        require(flags == 0, Fault::invalid_parameter);
        return wrapped(hash_->duplicate());
    }
    void hash_data(ByteView data, std::uint32_t flags) override { hash_->hash_data(data, flags); }
    void hash_session_key(ProviderKey& key, std::uint32_t flags) override
    {
        hash_->hash_session_key(*own(&key), flags);
    }
    void get_param(std::uint32_t param, Answer out, std::uint32_t flags) override
    {
        OutBuffer place = answer(out.data, out.length);
        require(flags == 0, Fault::bad_flags);
        hash_->get_param(param, place);
    }
    void set_param(std::uint32_t param, const std::uint8_t* data, std::uint32_t flags) override
    {
        require(flags == 0, Fault::bad_flags);
        hash_->set_param(param, data);
    }
    void sign(std::uint32_t key_spec, const Description& description, std::uint32_t flags,
              Answer out) override
    {
        OutBuffer place = answer(out.data, out.length);
        hash_->sign(key_spec, description, flags, place);
    }
    void verify(ByteView signature, ProviderKey& public_key, const Description& description,
                std::uint32_t flags) override
    {
        hash_->verify(signature, *own(&public_key), description, flags);
    }

  private:
    const std::shared_ptr<csp::Hash> hash_;
};

std::shared_ptr<ProviderKey> wrapped(std::shared_ptr<csp::Key> key)
{
    return std::make_shared<BuiltInKey>(std::move(key));
}

std::shared_ptr<ProviderHash> wrapped(std::shared_ptr<csp::Hash> hash)
{
    return std::make_shared<BuiltInHash>(std::move(hash));
}

std::shared_ptr<csp::Key> own(ProviderKey* key)
{
    if (!key)
        return nullptr;
    const auto* const built_in = dynamic_cast<const BuiltInKey*>(key);
    require(built_in != nullptr, Fault::bad_key);
    return built_in->key();
}

const std::shared_ptr<csp::Hash>& own(ProviderHash& hash)
{
    const auto* const built_in = dynamic_cast<const BuiltInHash*>(&hash);
    require(built_in != nullptr, Fault::bad_hash);
    return built_in->hash();
}

csp::Hash* own(ProviderHash* hash)
{
    return hash ? own(*hash).get() : nullptr;
}

} // namespace

std::shared_ptr<ProviderContext> open_built_in(const csp::ContextRequest& request)
{
    if (request.flags & CRYPT_DELETEKEYSET) {
        csp::Context::delete_container(request);
        return nullptr;
    }
    auto opened = std::make_shared<BuiltInContext>(csp::Context::acquire(request));
    // Windows overwrites the last error when it opens a container; 0 is the tamest of the values
    // seen (observed.md: CryptAcquireContext, last error after success).
    if (!(request.flags & (CRYPT_VERIFYCONTEXT | CRYPT_NEWKEYSET)))
        platform::set_last_error(0);
    return opened;
}

} // namespace capishim::advapi
