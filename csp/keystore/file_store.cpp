// SPDX-License-Identifier: BSD-2-Clause
// Key containers as files (U-205): one folder for each family and user, one file for each
// container, named by its unique name, and a key file that seals them all. Readers take no lock,
// since files are only ever replaced whole; writers hold the folder's.
#include "csp/keystore/container_file.h"
#include "csp/keystore/keystore.h"
#include "csp/keystore/unique_name.h"
#include "engine/random.h" // of csp only the key store speaks to the engine: see container_file.cpp
#include "engine/seal.h"
#include "platform/file.h"
#include "platform/paths.h"

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
    explicit Folder(std::string path) : path_(std::move(path)) {}

    void make() const { platform::make_folder(path_); }
    platform::FileLock lock() const { return platform::FileLock(file(".lock")); }
    std::string file(const std::string& name) const { return path_ + '/' + name; }
    std::vector<std::string> entries() const { return platform::list_folder(path_); }

    /// @throws Fault::bad_keyset_entry   lost or damaged, and with it what it sealed
    SecureBytes key() const
    {
        auto key = platform::read_file(file(key_name));
        require(key && key->size() == engine::seal_key_size, Fault::bad_keyset_entry);
        return std::move(*key);
    }

    void make_key() const
    {
        if (platform::file_exists(file(key_name)))
            return;
        SecureArray<engine::seal_key_size> key;
        engine::random_bytes(key);
        platform::create_file(file(key_name), key); // if another was quicker, its key holds
    }

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
    static constexpr const char* key_name = ".key";

    std::string path_;
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

  private:
    ContainerFile read() const
    {
        const auto contents = platform::read_file(folder_.file(file_name_));
        require(contents.has_value(), Fault::bad_keyset);
        ContainerFile container = decode(*contents, folder_.key());
        // The file of another container, renamed.
        require(file_name_.starts_with(name_digits(container.name)), Fault::bad_keyset_entry);
        return container;
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
            require(platform::file_exists(folder_.file(file_name_)), Fault::bad_keyset);
            const auto lock = folder_.lock();
            ContainerFile container = current();
            change(container);
            platform::replace_file(folder_.file(file_name_), encode(container, folder_.key()));
        });
    }

    Folder folder_;
    std::string file_name_;
    ContainerId id_;
};

class FileStore : public KeyStore {
  public:
    explicit FileStore(std::string path) : folder_(std::move(path)) {}

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
        folder_.make_key();

        ContainerFile container{{}, name, {}};
        engine::random_bytes(container.id);
        const std::string file_name = unique_name(name_digits(name));
        require(platform::create_file(folder_.file(file_name), encode(container, folder_.key())),
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
        std::sort(names.begin(), names.end());
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
    return std::make_unique<FileStore>(folder_of(family, scope));
}

} // namespace capishim::csp
