#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "base/text.h"
#include "facts/names/index_builder.h"
#include "facts/names/spelling.h"

namespace assay::names {
namespace {

struct Row {
  std::string_view name;
  std::uint64_t number = 0;  // rank or count
};

// Letters, digits and what either registry ever allowed beside them.
bool is_name(Ecosystem ecosystem, std::string_view name) {
  const std::string_view more = ecosystem == Ecosystem::npm ? "-_.~'!()*@/" : "-_.";
  return !name.empty() && name.size() <= max_name_bytes && !squash(name).empty() &&
         std::ranges::all_of(name, [more](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  more.contains(c);
         });
}

Result<Row> read_row(std::string_view line, std::size_t number) {
  const std::size_t tab = line.find('\t');
  std::string_view second = line.substr(tab + 1);
  second = second.substr(0, second.find('\t'));
  Row row{line.substr(0, tab)};
  const auto [end, error] =
      std::from_chars(second.data(), second.data() + second.size(), row.number);
  if (error != std::errc() || end != second.data() + second.size()) {
    return fail(ErrorKind::malformed,
                fmt::format("line {}: '{}' is no number", number, escape_for_display(second, 40)));
  }
  return row;
}

// Which of the forms a list has is told by its first line.
Result<std::vector<Row>> read_rows(std::string_view text) {
  const std::vector<std::string_view> lines = split_lines(text);
  std::vector<Row> rows;
  const bool has_columns = !lines.empty() && lines[0].contains('\t');
  for (std::size_t i = has_columns ? 1 : 0; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    if (!has_columns) {
      rows.push_back({lines[i], i + 1});
    } else if (lines[i].contains('\t')) {
      rows.push_back(TRY(read_row(lines[i], i + 1)));
    } else {
      return fail(ErrorKind::malformed, fmt::format("line {}: no second column", i + 1));
    }
  }
  if (has_columns && !contains(split(lines[0], '\t')[1], "rank")) {
    std::ranges::stable_sort(rows, std::greater(), &Row::number);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].number = i + 1;
  } else {
    std::ranges::stable_sort(rows, {}, &Row::number);
  }
  return rows;
}

}  // namespace

Result<std::vector<RankedName>> read_name_list(Ecosystem ecosystem, std::string_view text) {
  const std::vector<Row> rows = TRY(read_rows(text));
  std::vector<RankedName> names;
  std::unordered_set<std::string> seen;
  for (const Row& row : rows) {
    if (!is_name(ecosystem, row.name)) continue;
    std::string name = canonical(ecosystem, row.name);
    if (!seen.insert(name).second) continue;
    if (names.size() == max_listed_names) {
      return fail(ErrorKind::limit, fmt::format("more than {} names", max_listed_names));
    }
    const std::uint64_t rank = std::clamp<std::uint64_t>(row.number, 1, UINT32_MAX);
    names.push_back({std::move(name), static_cast<std::uint32_t>(rank)});
  }
  return names;
}

}  // namespace assay::names
