// SPDX-License-Identifier: BSD-2-Clause
#include "csp/keystore/container_file.h"

#include "base/row.h"
#include "csp/keystore/hex.h"
#include "csp/keystore/passphrase.h"
#include "engine/hash.h" // of csp only the key store speaks to the engine

#include <algorithm>
#include <charconv>

namespace capishim::csp {
namespace {

constexpr std::string_view title = "capishim key container, format 1";
constexpr std::string_view key_label = "ENCRYPTED PRIVATE KEY";
constexpr std::string_view certificate_label = "CERTIFICATE";
constexpr std::uint32_t max_iterations = 10'000'000; // more would only be there to keep us busy

constexpr std::array<std::string_view, 2> spec_names = {"exchange", "signature"};

struct FlagRow {
    std::string_view name;
    bool StoredPair::*flag;
};
constexpr std::array flags = {
    FlagRow{"exportable", &StoredPair::exportable},
    FlagRow{"user-protected", &StoredPair::user_protected},
};

// ---- Text --------------------------------------------------------------------------------------

bool stays(std::uint8_t letter)
{
    return letter >= 0x20 && letter < 0x7f && letter != '%';
}

/// Names may hold anything: what isn't ASCII's printable letters becomes %xx.
std::string escape(std::string_view name)
{
    std::string text;
    for (const char letter : name) {
        const auto byte = static_cast<std::uint8_t>(letter);
        if (stays(byte))
            text += letter;
        else
            text += '%' + to_hex({&byte, 1});
    }
    return text;
}

std::string unescape(std::string_view text)
{
    std::string name;
    while (!text.empty()) {
        const bool escaped = text.front() == '%';
        require(!escaped || text.size() >= 3, Fault::bad_data);
        name += escaped ? static_cast<char>(from_hex(text.substr(1, 2))[0]) : text.front();
        text.remove_prefix(escaped ? 3 : 1);
    }
    return name;
}

template <class Number>
Number read_number(std::string_view digits, int base)
{
    Number number{};
    const char* const end = digits.data() + digits.size();
    const auto result = std::from_chars(digits.data(), end, number, base);
    require(result.ec == std::errc() && result.ptr == end, Fault::bad_data);
    return number;
}

/// Walks a text line by line. What isn't as asked for is Fault::bad_data.
class LineReader {
  public:
    explicit LineReader(std::string_view text) : rest_(text) {}

    std::string_view line()
    {
        const std::size_t end = rest_.find('\n');
        require(end != std::string_view::npos, Fault::bad_data);
        const std::string_view line = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return line;
    }

    void expect(std::string_view text) { require(line() == text, Fault::bad_data); }

    bool has_field(std::string_view name) const
    {
        return rest_.starts_with(name) && rest_.substr(name.size()).starts_with(": ");
    }

    /// The value in a line "name: value".
    std::string_view field(std::string_view name)
    {
        require(has_field(name), Fault::bad_data);
        return line().substr(name.size() + 2);
    }

    bool has_pem(std::string_view label) const
    {
        return rest_.starts_with("-----BEGIN " + std::string(label) + "-----\n");
    }

    SecureBytes pem(std::string_view label)
    {
        require(has_pem(label), Fault::bad_data);
        const std::string end = "\n-----END " + std::string(label) + "-----\n";
        const std::size_t at = rest_.find(end);
        require(at != std::string_view::npos, Fault::bad_data);
        const std::string_view block = rest_.substr(0, at + end.size());
        rest_.remove_prefix(block.size());
        return engine::read_pem(block, label);
    }

    bool at_end() const { return rest_.empty(); }

  private:
    std::string_view rest_;
};

// ---- Checksum and MAC --------------------------------------------------------------------------

std::string checksum(std::string_view text)
{
    std::array<std::uint8_t, 32> digest;
    engine::hash(engine::HashId::sha256, view(text.data(), text.size()), digest.data());
    return to_hex(digest);
}

std::string authenticator(std::string_view text, ByteView mac_key)
{
    std::array<std::uint8_t, 32> mac;
    engine::Hmac hmac(engine::HashId::sha256, mac_key);
    hmac.update(view(text.data(), text.size()));
    hmac.finish(mac.data());
    return to_hex(mac);
}

constexpr std::string_view checksum_field = "sha256: ";
constexpr std::string_view mac_field = "mac: ";
constexpr std::size_t digest_digits = 64;
constexpr std::size_t checksum_line_size = checksum_field.size() + digest_digits + 1;
constexpr std::size_t mac_line_size = mac_field.size() + digest_digits + 1;

/// A file whose checksum is right.
struct Parts {
    std::string_view text; // what is authenticated
    std::string_view mac;
};

Parts split(std::string_view file)
{
    require(file.size() >= mac_line_size + checksum_line_size, Fault::bad_data);
    const std::string_view summed = file.substr(0, file.size() - checksum_line_size);
    const std::string_view text = summed.substr(0, summed.size() - mac_line_size);
    LineReader end(file.substr(text.size()));
    const std::string_view mac = end.field("mac");
    require(end.field("sha256") == checksum(summed) && end.at_end(), Fault::bad_data);
    return {text, mac};
}

// ---- Header and pairs --------------------------------------------------------------------------

engine::KeyStretching stretching_of(const ContainerFile& container)
{
    return {Bytes(container.id.begin(), container.id.end()), container.iterations};
}

ContainerFile read_header(LineReader& reader)
{
    ContainerFile container{};
    reader.expect(title);
    const Bytes id = from_hex(reader.field("id"));
    require(id.size() == container.id.size(), Fault::bad_data);
    std::ranges::copy(id, container.id.begin());
    container.iterations = read_number<std::uint32_t>(reader.field("iterations"), 10);
    require(container.iterations > 0 && container.iterations <= max_iterations, Fault::bad_data);
    container.name = unescape(reader.field("name"));
    reader.expect("");
    return container;
}

std::string write_header(const ContainerFile& container)
{
    return std::string(title) + "\nid: " + to_hex(container.id) +
           "\niterations: " + std::to_string(container.iterations) +
           "\nname: " + escape(container.name) + "\n\n";
}

/// "none", or the flags' names with a space between two.
std::string write_flags(const StoredPair& pair)
{
    std::string text;
    for (const FlagRow& row : flags)
        if (pair.*row.flag)
            text += (text.empty() ? "" : " ") + std::string(row.name);
    return text.empty() ? "none" : text;
}

void read_flags(std::string_view text, StoredPair& pair)
{
    for (const FlagRow& row : flags)
        pair.*row.flag = text.find(row.name) != std::string_view::npos;
    require(write_flags(pair) == text, Fault::bad_data);
}

std::string write_algorithm(std::uint32_t algorithm_id)
{
    std::array<std::uint8_t, 4> bytes;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(algorithm_id >> (24 - 8 * i));
    return to_hex(bytes);
}

std::string write_pair(std::string_view spec_name, const StoredPair& pair,
                       const ContainerFile& container, const ContainerKeys& keys)
{
    std::string text = "pair: " + std::string(spec_name) +
                       "\nalgorithm: " + write_algorithm(pair.algorithm_id) +
                       "\nflags: " + write_flags(pair) + '\n';
    if (!pair.extra.empty())
        text += "extra: " + to_hex(pair.extra) + '\n';
    text += engine::write_pem(
        engine::encrypt_key_info(pair.key_info, stretching_of(container), keys.encryption),
        key_label);
    if (!pair.certificate.empty())
        text += engine::write_pem(pair.certificate, certificate_label);
    return text + '\n';
}

StoredPair read_pair(LineReader& reader, const ContainerFile& container, const ContainerKeys& keys)
{
    StoredPair pair;
    pair.algorithm_id = read_number<std::uint32_t>(reader.field("algorithm"), 16);
    read_flags(reader.field("flags"), pair);
    if (reader.has_field("extra"))
        pair.extra = from_hex(reader.field("extra"));
    pair.key_info = engine::decrypt_key_info(reader.pem(key_label), [&](const auto& stretching) {
        require(stretching == stretching_of(container), Fault::bad_data); // never one per key
        return keys.encryption;
    });
    if (reader.has_pem(certificate_label)) {
        const SecureBytes certificate = reader.pem(certificate_label);
        pair.certificate.assign(certificate.begin(), certificate.end());
    }
    reader.expect("");
    return pair;
}

void read_pairs(LineReader& reader, ContainerFile& container, const ContainerKeys& keys)
{
    while (!reader.at_end()) {
        const auto spec = std::ranges::find(spec_names, reader.field("pair"));
        require(spec != spec_names.end(), Fault::bad_data);
        auto& place = container.pairs[static_cast<std::size_t>(spec - spec_names.begin())];
        require(!place, Fault::bad_data);
        place = read_pair(reader, container, keys);
    }
}

std::string_view text_of(ByteView file)
{
    return {reinterpret_cast<const char*>(file.data()), file.size()};
}

/// Whatever does not read as it should is a damaged container.
template <class Body>
auto as_damage(Body body)
{
    try {
        return body();
    } catch (const Error& error) {
        throw Error(error.fault() == Fault::bad_data ? Fault::bad_keyset_entry : error.fault(),
                    error.where());
    }
}

} // namespace

std::string signed_text(std::string text, ByteView mac_key)
{
    text += std::string(mac_field) + authenticator(text, mac_key) + '\n';
    text += std::string(checksum_field) + checksum(text) + '\n';
    return text;
}

Bytes encode(const ContainerFile& container, ByteView passphrase)
{
    const auto keys = container_keys(passphrase, stretching_of(container));
    std::string text = write_header(container);
    for (std::size_t i = 0; i < container.pairs.size(); ++i)
        if (container.pairs[i])
            text += write_pair(spec_names[i], *container.pairs[i], container, *keys);
    text = signed_text(std::move(text), keys->mac);
    return {text.begin(), text.end()};
}

ContainerFile decode(ByteView file, ByteView passphrase)
{
    return as_damage([&] {
        const Parts parts = split(text_of(file));
        LineReader reader(parts.text);
        ContainerFile container = read_header(reader);
        const auto keys = container_keys(passphrase, stretching_of(container));
        const std::string mac = authenticator(parts.text, keys->mac);
        // The checksum was right, so the file is as it was written (10.3).
        require(constant_time_equal(view(mac.data(), mac.size()),
                                    view(parts.mac.data(), parts.mac.size())),
                Fault::bad_key_state);
        read_pairs(reader, container, *keys);
        return container;
    });
}

std::string decode_name(ByteView file)
{
    return as_damage([&] {
        LineReader reader(text_of(file));
        return read_header(reader).name;
    });
}

} // namespace capishim::csp
