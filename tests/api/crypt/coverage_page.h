// SPDX-License-Identifier: BSD-2-Clause
// The page csp/coverage.md as tables whose cells a test fills in from what the library does, and
// the constants of the public header that must have their rows there.
#pragma once

#include "support/checks.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <string>
#include <vector>

namespace capishim_test {

/// Of include/capishim/wincrypt.h: names that begin so, with their values.
inline std::map<std::string, DWORD> header_constants(const std::string& prefix)
{
    std::ifstream header(COVERAGE_HEADER);
    BOOST_REQUIRE(header);
    const std::regex definition("#define +(" + prefix + "\\w+) +(0x[0-9A-Fa-f]+|[0-9]+)");
    std::map<std::string, DWORD> found;
    std::smatch match;
    for (std::string line; std::getline(header, line);)
        if (std::regex_search(line, match, definition))
            found[match[1]] = static_cast<DWORD>(std::stoul(match[2], nullptr, 0));
    BOOST_REQUIRE(!found.empty());
    return found;
}

inline std::string trimmed(const std::string& text)
{
    const auto first = text.find_first_not_of(' ');
    return first == std::string::npos ? ""
                                      : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// What stands between backticks.
inline std::vector<std::string> names_in(const std::string& cell)
{
    static const std::regex name("`(\\w+)`");
    std::vector<std::string> names;
    for (std::sregex_iterator at(cell.begin(), cell.end(), name), end; at != end; ++at)
        names.push_back((*at)[1]);
    return names;
}

class CoveragePage {
  public:
    struct Row {
        std::size_t line;
        std::vector<std::string> cells;
    };
    struct Table {
        std::vector<std::string> columns;
        std::vector<Row> rows;
    };

    CoveragePage()
    {
        std::ifstream page(COVERAGE_PAGE);
        BOOST_REQUIRE(page);
        std::string section;
        for (std::string line; std::getline(page, line); lines_.push_back(line)) {
            if (line.rfind("## ", 0) == 0)
                section = line.substr(3);
            if (line.rfind("| ", 0) == 0 && line.rfind("| ---", 0) != 0)
                add_row(tables_[section], cells_of(line));
        }
    }

    const Table& table(const std::string& section) const
    {
        const auto found = tables_.find(section);
        BOOST_REQUIRE_MESSAGE(found != tables_.end(), "no section " << section);
        return found->second;
    }

    /// What the library does in this row and column, which the page must say.
    void check(const std::string& section, std::size_t row, const std::string& column,
               const std::string& seen)
    {
        Table& table = tables_.at(section);
        const auto at = std::find(table.columns.begin(), table.columns.end(), column);
        BOOST_REQUIRE_MESSAGE(at != table.columns.end(), section << " has no column " << column);
        auto& cells = table.rows[row].cells;
        std::string& said = cells[static_cast<std::size_t>(at - table.columns.begin())];
        BOOST_CHECK_MESSAGE(said == seen, section << ", " << cells[0] << ", " << column
                                                  << ": the page says \"" << said
                                                  << "\", the library does \"" << seen << '"');
        stale_ = stale_ || said != seen;
        said = seen;
        std::string& line = lines_[table.rows[row].line] = "|";
        for (const std::string& cell : cells)
            line += ' ' + cell + (cell.empty() ? "|" : " |");
    }

    /// The constants of these prefixes are all named in the first column of these sections.
    void check_complete(const std::string& section, const std::vector<std::string>& names) const
    {
        std::string first_column;
        for (const Row& row : table(section).rows)
            first_column += row.cells[0];
        for (const std::string& name : names)
            BOOST_CHECK_MESSAGE(first_column.find('`' + name + '`') != std::string::npos,
                                section << " has no row " << name);
    }

    /// Where the page is stale.
    void leave_right_page() const
    {
        if (!stale_)
            return;
        std::ofstream right(COVERAGE_RIGHT);
        for (const std::string& line : lines_)
            right << line << '\n';
        BOOST_TEST_MESSAGE("the right page: " << COVERAGE_RIGHT);
    }

  private:
    static std::vector<std::string> cells_of(const std::string& line)
    {
        std::vector<std::string> cells;
        for (std::size_t at = 1, end; (end = line.find('|', at)) != std::string::npos; at = end + 1)
            cells.push_back(trimmed(line.substr(at, end - at)));
        return cells;
    }

    void add_row(Table& table, std::vector<std::string> cells) const
    {
        if (table.columns.empty())
            table.columns = std::move(cells);
        else
            table.rows.push_back({lines_.size(), std::move(cells)});
        BOOST_REQUIRE(table.rows.empty() || table.rows.back().cells.size() == table.columns.size());
    }

    std::vector<std::string> lines_;
    std::map<std::string, Table> tables_;
    bool stale_ = false;
};

} // namespace capishim_test
