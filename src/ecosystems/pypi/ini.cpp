#include "ecosystems/pypi/ini.h"

#include "base/text.h"

namespace assay {
namespace {

class IniReader {
 public:
  IniReader(std::string_view text, std::string_view delimiters)
      : text_(text), delimiters_(delimiters) {}

  std::vector<IniEntry> read() {
    std::size_t at = text_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    while (at < text_.size()) {
      std::size_t end = text_.find('\n', at);
      if (end == std::string_view::npos) end = text_.size();
      read_line(at, text_.substr(at, end - at));
      at = end + 1;
    }
    return std::move(entries_);
  }

 private:
  void read_line(std::size_t begin, std::string_view line) {
    const std::string_view trimmed = trim(line);
    if (trimmed.empty() || trimmed.front() == '#' || trimmed.front() == ';') return;
    const std::size_t indent = static_cast<std::size_t>(trimmed.data() - line.data());
    const auto where = static_cast<std::uint32_t>(begin + indent);
    if (in_value_ && indent > key_indent_) return add_line({trimmed, where});
    in_value_ = false;
    if (trimmed.front() == '[' && trimmed.find(']') != std::string_view::npos) {
      section_ = trimmed.substr(1, trimmed.find(']') - 1);
      return;
    }
    const std::size_t delimiter = trimmed.find_first_of(delimiters_);
    if (delimiter == std::string_view::npos) return;
    in_value_ = true;
    key_indent_ = indent;
    IniEntry entry;
    entry.section = section_;
    entry.key = trim(trimmed.substr(0, delimiter));
    entry.begin = where;
    entry.end = where + static_cast<std::uint32_t>(trimmed.size());
    entries_.push_back(std::move(entry));
    const std::string_view value = trim(trimmed.substr(delimiter + 1));
    const auto value_begin = static_cast<std::uint32_t>(value.data() - text_.data());
    if (!value.empty()) add_line({value, value_begin});
  }

  void add_line(IniLine line) {
    entries_.back().end = line.end();
    entries_.back().lines.push_back(line);
  }

  std::string_view text_, delimiters_;
  std::string_view section_;
  std::size_t key_indent_ = 0;
  bool in_value_ = false;
  std::vector<IniEntry> entries_;
};

}  // namespace

std::string IniEntry::value() const {
  std::string joined;
  for (const IniLine& line : lines) {
    if (!joined.empty()) joined += '\n';
    joined += line.text;
  }
  return joined;
}

std::vector<IniEntry> parse_ini(std::string_view text, std::string_view delimiters) {
  return IniReader(text, delimiters).read();
}

std::string normalise_ini_key(std::string_view key) {
  return replace_all(to_lower_ascii(key), "-", "_");
}

}  // namespace assay
