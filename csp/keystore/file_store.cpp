// SPDX-License-Identifier: BSD-2-Clause
// Key containers as files (U-205): one folder for each family and user, one file for each
// container, named by its unique name. Readers take no lock, since files are only ever replaced
// whole; writers hold the folder's.
#include "csp/keystore/container_file.h"
#include "csp/keystore/file_security.h"
#include "csp/keystore/keystore.h"
#include "csp/keystore/passphrase.h"
#include "csp/keystore/unique_name.h"
#include "engine/random.h" // of csp only the key store speaks to the engine
#include "platform/file.h"
#include "platform/paths.h"

#include <mutex>

namespace capishim::csp {
namespace {

/// Runs `body`; a file that the user may not touch is `fault`.
template <class Body>
auto denied_as(Fault fault, Body body)
{
    try {
        return body();
    } catch (const Error& error) {
        throw Error(error.fault() == Fault::access_denied ? fault : error.fault(), error.where());
    }
}

/// The folder of one family and user.
class Folder {
  public:
    Folder(std::string path, StoreScope scope)
        : path_(std::move(path)), passphrase_(PassphraseSource::find(scope, path_))
    {
    }

    void make() const { platform::make_folder(path_); }
    platform::FileLock lock() const { return platform::FileLock(file(".lock")); }
    std::string file(const std::string& name) const { return path_ + '/' + name; }
    std::vector<std::string> entries() const { return platform::list_folder(path_); }

    Passphrase passphrase() const { return passphrase_.read(); }
    void make_passphrase() const { passphrase_.make(); }

    /// The file of the container with that name, or with that unique name.
    std::optional<std::string> find(const std::string& name) const
    {
        const std::string digits = name_digits(name);
        const std::string usual = unique_name(digits);
        if (platform::file_exists(file(usual)))
            return usual;
        // A store that was carried here from another machine: the digits are what counts.
        for (const std::string& entry : entries())
            if (entry.starts_with(digits) && is_unique_name(entry))
                return entry;
        if (is_unique_name(name) && platform::file_exists(file(name)))
            return name;
        return std::nullopt;
    }

    /// Removes what writers left behind that died; the caller holds the lock.
    void sweep() const
    {
        for (const std::string& entry : entries())
            if (entry.find(".tmp-") != std::string::npos)
                platform::remove_file(file(entry));
    }

  private:
    std::string path_;
    PassphraseSource passphrase_;
};

class FileContainer : public PairStore {
  public:
    FileContainer(Folder folder, std::string file_name)
        : folder_(std::move(folder)), file_name_(std::move(file_name)), id_(read().id)
    {
    }

    std::optional<StoredPair> load(KeySpec spec) override
    {
        return denied_as(Fault::permission_denied, [&] { return current().pair(spec); }); // U-207
    }

    void save(KeySpec spec, const StoredPair& pair) override
    {
        change([&](ContainerFile& container) { container.pair(spec) = pair; });
    }

    bool remove(KeySpec spec) override
    {
        bool existed = false;
        change([&](ContainerFile& container) {
            existed = container.pair(spec).has_value();
            container.pair(spec).reset();
        });
        return existed;
    }

    std::string unique_name() const override { return file_name_; }

    Bytes security(std::uint32_t information) const override
    {
        return denied_as(Fault::permission_denied, [&] {
            current();
            return file_security(path(), information);
        });
    }

    void set_security(const std::uint8_t* descriptor, std::uint32_t information) override
    {
        denied_as(Fault::permission_denied, [&] {
            current();
            const auto lock = folder_.lock(); // a writer would put back the access that it saw
            set_file_security(path(), descriptor, information);
        });
    }

  private:
    std::string path() const { return folder_.file(file_name_); }

    ContainerFile read() const
    {
        auto contents = platform::read_file(path());
        require(contents.has_value(), Fault::bad_keyset);
        const std::lock_guard lock(mutex_);
        if (*contents !=
            seen_) { // decoding takes longer than reading, and signatures read each time
            container_ = decode(*contents, folder_.passphrase().text);
            seen_ = std::move(*contents);
        }
        // The file of another container, renamed.
        require(file_name_.starts_with(name_digits(container_.name)), Fault::bad_keyset_entry);
        return container_;
    }

    /// What the container holds now; a later container of the same name is not this one.
    ContainerFile current() const
    {
        ContainerFile container = read();
        require(container.id == id_, Fault::bad_keyset);
        return container;
    }

    template <class Change>
    void change(Change change) const
    {
        denied_as(Fault::permission_denied, [&] {
            require(platform::file_exists(path()), Fault::bad_keyset);
            const auto lock = folder_.lock();
            ContainerFile container = current();
            change(container);
            platform::replace_file(path(), encode(container, folder_.passphrase().text));
        });
    }

    const Folder folder_;
    const std::string file_name_;
    mutable std::mutex mutex_; // of the next two
    mutable SecureBytes seen_; // the file, as it was decoded
    mutable ContainerFile container_{};
    const ContainerId id_; // last: read() is what tells it
};

class FileStore : public KeyStore {
  public:
    FileStore(std::string path, StoreScope scope) : folder_(std::move(path), scope) {}

    std::unique_ptr<PairStore> open(const std::string& name) override
    {
        return denied_as(Fault::bad_keyset, [&] { // 10.1: others' machine containers
            auto file_name = folder_.find(name);
            require(file_name.has_value(), Fault::bad_keyset);
            return std::make_unique<FileContainer>(folder_, std::move(*file_name));
        });
    }

    std::unique_ptr<PairStore> create(const std::string& name) override
    {
        folder_.make();
        const auto lock = folder_.lock();
        require(!folder_.find(name), Fault::keyset_exists);
        folder_.sweep();
        folder_.make_passphrase();

        const Passphrase passphrase = folder_.passphrase();
        ContainerFile container{{}, passphrase.iterations, name, {}};
        engine::random_bytes(container.id);
        const std::string file_name = unique_name(name_digits(name));
        require(platform::create_file(folder_.file(file_name), encode(container, passphrase.text)),
                Fault::keyset_exists);
        return std::make_unique<FileContainer>(folder_, file_name);
    }

    void remove(const std::string& name) override
    {
        denied_as(Fault::bad_keyset, [&] {
            require(folder_.find(name).has_value(), Fault::bad_keyset);
            const auto lock = folder_.lock();
            const auto file_name = folder_.find(name); // another may have been quicker
            require(file_name && platform::remove_file(folder_.file(*file_name)),
                    Fault::bad_keyset);
        });
    }

    std::vector<std::string> names() override
    {
        std::vector<std::string> names;
        for (const std::string& entry : folder_.entries())
            if (auto name = name_in(entry))
                names.push_back(std::move(*name));
        std::sort(names.begin(), names.end()); // U-201
        return names;
    }

  private:
    /// The name of the container in that file; nothing for other, damaged and unreadable files.
    std::optional<std::string> name_in(const std::string& file_name) const
    {
        if (!is_unique_name(file_name))
            return std::nullopt;
        try {
            const auto contents = platform::read_file(folder_.file(file_name));
            auto name = decode_name(contents ? *contents : SecureBytes());
            if (file_name.starts_with(name_digits(name)))
                return name;
        } catch (const Error& error) {
            if (error.fault() != Fault::bad_keyset_entry && error.fault() != Fault::access_denied)
                throw;
        }
        return std::nullopt;
    }

    Folder folder_;
};

std::string folder_of(std::string_view family, StoreScope scope)
{
    if (scope == StoreScope::machine)
        return platform::machine_store() + "/MachineKeys/" + std::string(family);
    const auto store = platform::user_store();
    require(store.has_value(), Fault::profile_not_found); // U-18
    return *store + '/' + std::string(family) + '/' + platform::user_name();
}

} // namespace

std::unique_ptr<KeyStore> open_file_store(std::string_view family, StoreScope scope)
{
    return std::make_unique<FileStore>(folder_of(family, scope), scope);
}

} // namespace capishim::csp
