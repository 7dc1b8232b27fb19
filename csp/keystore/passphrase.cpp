// SPDX-License-Identifier: BSD-2-Clause
#include "csp/keystore/passphrase.h"

#include "csp/keystore/hex.h"
#include "engine/hash.h"
#include "engine/random.h"
#include "platform/at_fork.h"
#include "platform/file.h"
#include "platform/paths.h"

#include <algorithm>
#include <array>
#include <mutex>

namespace capishim::csp {
namespace {

// 256 random bits can't be guessed however quickly a guess is tried, so for a passphrase that we
// made RFC 8018's least count (4.2) does. What a person thought of must be slow to try.
constexpr std::size_t random_digits = 64;
constexpr std::uint32_t random_iterations = 1000, human_iterations = 600000;

constexpr std::size_t max_passphrase_size = 1023; // openssl's -passin file: reads no more

std::uint32_t iterations_for(ByteView text)
{
    const bool random = text.size() == random_digits && std::ranges::all_of(text, is_hex_digit);
    return random ? random_iterations : human_iterations;
}

SecureBytes first_line(ByteView contents)
{
    return secure_copy(contents.first(
        static_cast<std::size_t>(std::ranges::find(contents, '\n') - contents.begin())));
}

SecureBytes random_passphrase()
{
    SecureArray<random_digits / 2> random;
    engine::random_bytes(random);
    SecureBytes text;
    for (const std::uint8_t byte : random)
        for (const int digit : {byte >> 4, byte & 15})
            text.push_back(static_cast<std::uint8_t>(hex_digits[static_cast<std::size_t>(digit)]));
    text.push_back('\n');
    return text;
}

ContainerKeys derive(ByteView passphrase, const engine::KeyStretching& stretching)
{
    constexpr std::string_view purpose = "capishim key container";
    ContainerKeys keys{engine::stretch(passphrase, stretching),
                       SecureBytes(engine::hash_size(engine::HashId::sha256))};
    engine::Hmac mac(engine::HashId::sha256, keys.encryption);
    mac.update(view(purpose.data(), purpose.size()));
    mac.finish(keys.mac.data());
    return keys;
}

/// The keys of the containers that were used last.
class KeyCache {
  public:
    KeyCache() { platform::keep_across_fork(mutex_); }

    std::shared_ptr<const ContainerKeys> find(ByteView passphrase,
                                              const engine::KeyStretching& stretching)
    {
        const std::lock_guard lock(mutex_);
        for (const Entry& entry : entries_)
            if (entry.keys && entry.stretching == stretching &&
                constant_time_equal(entry.passphrase, passphrase))
                return entry.keys;
        return nullptr;
    }

    void put(ByteView passphrase, const engine::KeyStretching& stretching,
             std::shared_ptr<const ContainerKeys> keys)
    {
        Entry entry{secure_copy(passphrase), stretching, std::move(keys)};
        const std::lock_guard lock(mutex_);
        std::swap(entries_[oldest_], entry);
        oldest_ = (oldest_ + 1) % entries_.size();
    }

  private:
    struct Entry {
        SecureBytes passphrase;
        engine::KeyStretching stretching;
        std::shared_ptr<const ContainerKeys> keys;
    };

    std::mutex mutex_;
    std::array<Entry, 32> entries_;
    std::size_t oldest_ = 0;
};

KeyCache& cache()
{
    static KeyCache& kept = *new KeyCache; // containers may be used from destructors
    return kept;
}

} // namespace

PassphraseSource PassphraseSource::find(StoreScope scope, const std::string& folder)
{
    PassphraseSource source;
    if (scope == StoreScope::user) {
        source.file_ = platform::environment("CAPISHIM_KEY_FILE");
        const std::string text = platform::environment("CAPISHIM_PASSPHRASE");
        if (source.file_.empty())
            source.text_.assign(text.begin(), text.end());
    }
    if (source.file_.empty() && source.text_.empty())
        source.file_ = folder + "/.passphrase";
    return source;
}

void PassphraseSource::make() const
{
    if (!file_.empty() && !platform::file_exists(file_))
        platform::create_file(file_, random_passphrase()); // if another was quicker, its holds
}

Passphrase PassphraseSource::read() const
{
    SecureBytes text = text_;
    if (!file_.empty()) {
        const auto contents = platform::read_file(file_);
        require(contents.has_value(), Fault::bad_keyset_entry);
        text = first_line(*contents);
    }
    require(!text.empty() && text.size() <= max_passphrase_size &&
                std::ranges::find(text, '\0') == text.end(),
            Fault::bad_keyset_entry);
    const std::uint32_t iterations = iterations_for(text);
    return {std::move(text), iterations};
}

std::shared_ptr<const ContainerKeys> container_keys(ByteView passphrase,
                                                    const engine::KeyStretching& stretching)
{
    if (auto known = cache().find(passphrase, stretching))
        return known;
    auto keys = std::make_shared<const ContainerKeys>(derive(passphrase, stretching));
    cache().put(passphrase, stretching, keys);
    return keys;
}

} // namespace capishim::csp
