// SPDX-License-Identifier: BSD-2-Clause
#include "advapi/registrations.h"

#include "base/fault.h"
#include "diag/notice.h"
#include "platform/file.h"
#include "platform/library.h"
#include "platform/paths.h"
#include "platform/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace capishim::advapi {
namespace {

constexpr std::string_view file_name = "capishim.conf";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF"; // what Windows' editors begin with
constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool has_control_characters(std::string_view text)
{
    return std::ranges::any_of(
        text, [](char unit) { return static_cast<unsigned char>(unit) < ' ' && unit != '\t'; });
}

bool is_named(const Registration& provider, std::string_view name)
{
    return platform::same_but_for_case(provider.name, name);
}

bool knows(const std::vector<Registration>& providers, std::string_view name)
{
    return std::ranges::any_of(providers,
                               [&](const Registration& one) { return is_named(one, name); });
}

/// A field of a section. The setter says whether the value is one.
struct Field {
    std::string_view name; // folded
    bool (*set)(Registration& provider, std::string_view value);
};

bool set_image(Registration& provider, std::string_view value)
{
    const bool first = provider.image.empty();
    provider.image = value;
    return first && !value.empty();
}

bool set_type(Registration& provider, std::string_view value)
{
    const bool first = provider.type == 0;
    const char* const end = value.data() + value.size();
    const auto [stop, error] = std::from_chars(value.data(), end, provider.type);
    return first && error == std::errc() && stop == end && provider.type >= 1 &&
           provider.type <= 999;
}

/// Signatures say who Microsoft trusted; whoever may write the file is trusted here.
bool ignore(Registration&, std::string_view)
{
    return true;
}

constexpr std::array fields = {
    Field{"image", set_image},  Field{"image path", set_image}, Field{"signature", ignore},
    Field{"siginfile", ignore}, Field{"type", set_type},
};

/// Reads line after line; a section is taken into the answer at its end.
class Parser {
  public:
    explicit Parser(const std::string& folder) : folder_(folder) {}

    void read(std::string_view line)
    {
        ++number_;
        const std::string_view text = trimmed(line);
        if (text.empty() || text.front() == '#' || text.front() == ';')
            return;
        if (text.front() == '[')
            begin(text);
        else if (!in_section_)
            complain(number_, "stands in no section");
        else if (!sound_)
            return; // one complaint a section
        else if (!read_field(text))
            damage("is not understood");
    }

    RegistrationFile finish()
    {
        end_section();
        return std::move(file_);
    }

  private:
    void begin(std::string_view header)
    {
        end_section();
        in_section_ = sound_ = true;
        section_ = {};
        section_line_ = number_;
        if (header.back() != ']' || has_control_characters(header))
            return damage("is no section's name");
        section_.name = trimmed(header.substr(1, header.size() - 2));
        if (section_.name.empty())
            damage("names no provider");
        else if (knows(file_.providers, section_.name))
            damage("names a provider that is registered above");
    }

    bool read_field(std::string_view text)
    {
        const std::size_t middle = text.find('=');
        if (middle == std::string_view::npos || has_control_characters(text))
            return false;
        const std::string name = platform::fold_case(trimmed(text.substr(0, middle)));
        const auto field = std::ranges::find(fields, name, &Field::name);
        return field != fields.end() && field->set(section_, trimmed(text.substr(middle + 1)));
    }

    void end_section()
    {
        if (!in_section_ || !sound_)
            return;
        if (section_.type == 0 || section_.image.empty())
            return complain(section_line_, "begins a section that lacks Type or Image Path");
        section_.image = platform::path_below(folder_, section_.image);
        file_.providers.push_back(section_);
    }

    void damage(const char* what)
    {
        sound_ = false;
        complain(number_, what);
    }

    void complain(std::size_t line, const char* what)
    {
        const char* const effect = in_section_ ? "; this provider is left out" : "";
        file_.complaints.push_back("line " + std::to_string(line) + ' ' + what + effect);
    }

    const std::string& folder_;
    RegistrationFile file_;
    Registration section_;
    std::size_t number_ = 0, section_line_ = 0;
    bool in_section_ = false, sound_ = false;
};

/// A file that can't be read registers nothing; the built-in providers do not suffer.
RegistrationFile read_file_in(const std::string& store)
{
    const auto contents = platform::read_file(store + '/' + std::string(file_name));
    if (!contents)
        return {};
    return parse_registrations({reinterpret_cast<const char*>(contents->data()), contents->size()},
                               store);
}

/// A machine's store that is closed to ordinary users, as it is when it was made for containers,
/// is no reason to tell each of them.
bool is_seen(const std::string& path)
{
    try {
        return platform::file_exists(path);
    } catch (const Error&) {
        return false;
    }
}

void add_from(const std::optional<std::string>& store, std::vector<Registration>& known)
{
    if (!store)
        return;
    const std::string path = *store + '/' + std::string(file_name);
    try {
        const RegistrationFile file = read_file_in(*store);
        for (const std::string& complaint : file.complaints)
            diag::notice(path + ": " + complaint);
        for (const Registration& provider : file.providers)
            if (!knows(known, provider.name))
                known.push_back(provider);
    } catch (const Error&) {
        if (is_seen(path))
            diag::notice(path + " cannot be read");
    }
}

} // namespace

RegistrationFile parse_registrations(std::string_view text, const std::string& folder)
{
    if (text.starts_with(byte_order_mark))
        text.remove_prefix(byte_order_mark.size());
    Parser parser(folder);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        parser.read(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parser.finish();
}

std::vector<Registration> read_registrations()
{
    std::vector<Registration> providers;
    add_from(platform::user_store(), providers);
    add_from(platform::machine_store(), providers);
    return providers;
}

} // namespace capishim::advapi
