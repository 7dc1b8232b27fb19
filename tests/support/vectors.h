// SPDX-License-Identifier: BSD-2-Clause
// Reads the known answers of tests/vectors/*.vec: blocks of `name = value` lines, an empty line
// between two blocks, `#` before a remark. Needs -DVECTOR_DIR.
#pragma once

#include <cstdint>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace capishim_test {

using VectorBytes = std::vector<std::uint8_t>;

inline VectorBytes from_hex(const std::string& text)
{
    if (text.size() % 2 != 0)
        throw std::runtime_error("half a byte in '" + text + "'");
    VectorBytes bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        std::size_t used = 0;
        bytes.push_back(static_cast<std::uint8_t>(std::stoul(text.substr(i, 2), &used, 16)));
        if (used != 2)
            throw std::runtime_error("no hexadecimal number: '" + text + "'");
    }
    return bytes;
}

inline std::string to_hex(const std::uint8_t* data, std::size_t size)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        text += digits[data[i] >> 4];
        text += digits[data[i] & 15];
    }
    return text;
}

template <class Container>
std::string to_hex(const Container& bytes)
{
    return to_hex(bytes.data(), bytes.size());
}

/// One block of a file. A name that is missing fails the test, unless asked for with has().
class Vector {
  public:
    bool has(const std::string& name) const { return values_.count(name) != 0; }

    const std::string& text(const std::string& name) const
    {
        const auto found = values_.find(name);
        if (found == values_.end())
            throw std::runtime_error(where_ + " has no '" + name + "'");
        return found->second;
    }

    VectorBytes bytes(const std::string& name) const { return from_hex(text(name)); }
    std::size_t number(const std::string& name) const { return std::stoul(text(name)); }
    /// File and line, for messages.
    const std::string& where() const { return where_; }

  private:
    friend std::vector<Vector> read_vectors(const std::string& file);

    std::map<std::string, std::string> values_;
    std::string where_;
};

inline std::pair<std::string, std::string> split_vector_line(const std::string& line)
{
    const auto separator = line.find(" =");
    if (separator == std::string::npos)
        throw std::runtime_error("no vector: '" + line + "'");
    const auto value = line.find_first_not_of(' ', separator + 2);
    return {line.substr(0, separator), value == std::string::npos ? "" : line.substr(value)};
}

/// All blocks of a file, at least one.
inline std::vector<Vector> read_vectors(const std::string& file)
{
    std::ifstream in(std::string(VECTOR_DIR "/") + file);
    std::vector<Vector> vectors;
    bool open = false;
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.empty() || line[0] == '#') {
            open = false;
            continue;
        }
        if (!std::exchange(open, true)) {
            vectors.emplace_back();
            vectors.back().where_ = file + ":" + std::to_string(number);
        }
        vectors.back().values_.insert(split_vector_line(line));
    }
    if (vectors.empty())
        throw std::runtime_error("no vectors in " + file);
    return vectors;
}

} // namespace capishim_test
