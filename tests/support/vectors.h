// SPDX-License-Identifier: BSD-2-Clause
// Reads the known answers of tests/vectors/*.vec: blocks of `name = value` lines, an empty line
// between two blocks, `#` before a remark. Needs -DVECTOR_DIR.
#pragma once

#include "support/hex.h"

#include <cstdint>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace capishim_test {

using VectorBytes = std::vector<std::uint8_t>;

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
