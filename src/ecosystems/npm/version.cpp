#include "ecosystems/npm/version.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace assay {
namespace {

// Number.MAX_SAFE_INTEGER: npm rejects larger parts.
constexpr std::uint64_t largest_part = 9'007'199'254'740'991;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_identifier(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

bool is_all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

std::optional<std::uint64_t> take_number(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && is_digit(text[length])) ++length;
  std::uint64_t value = 0;
  const char* end = text.data() + length;
  if (length == 0 || std::from_chars(text.data(), end, value).ec != std::errc()) return {};
  if (value > largest_part) return {};
  text.remove_prefix(length);
  return value;
}

bool take(std::string_view& text, std::string_view start) {
  if (!text.starts_with(start)) return false;
  text.remove_prefix(start.size());
  return true;
}

// Dot-separated identifiers, all of them non-empty.
std::optional<std::vector<std::string>> take_identifiers(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && (is_identifier(text[length]) || text[length] == '.')) ++length;
  std::vector<std::string> identifiers;
  for (const std::string_view identifier : split(text.substr(0, length), '.')) {
    if (identifier.empty()) return {};
    identifiers.emplace_back(identifier);
  }
  text.remove_prefix(length);
  return identifiers;
}

// "-rc.1+build" or nothing, or loosely "beta1".
bool take_suffix(std::string_view& text, NpmVersion& version) {
  if (!text.empty() && (text.front() == '-' || (is_identifier(text.front())))) {
    take(text, "-");
    auto identifiers = take_identifiers(text);
    if (!identifiers) return false;
    version.prerelease = std::move(*identifiers);
  }
  if (take(text, "+")) {
    const std::string_view build = text;
    if (!take_identifiers(text)) return false;
    version.build = std::string(build.substr(0, build.size() - text.size()));
  }
  return true;
}

std::strong_ordering compare_identifiers(std::string_view a, std::string_view b) {
  const bool a_is_number = is_all_digits(a), b_is_number = is_all_digits(b);
  if (a_is_number != b_is_number) return b_is_number <=> a_is_number;
  if (a_is_number) {
    a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
    b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
    if (a.size() != b.size()) return a.size() <=> b.size();
  }
  return a <=> b;
}

}  // namespace

std::string NpmVersion::text() const {
  std::string out =
      std::to_string(major) + '.' + std::to_string(minor) + '.' + std::to_string(patch);
  char separator = '-';
  for (const std::string& identifier : prerelease) {
    out += separator + identifier;
    separator = '.';
  }
  return out;
}

std::strong_ordering NpmVersion::operator<=>(const NpmVersion& other) const {
  if (const auto order = major <=> other.major; order != 0) return order;
  if (const auto order = minor <=> other.minor; order != 0) return order;
  if (const auto order = patch <=> other.patch; order != 0) return order;
  if (prerelease.empty() != other.prerelease.empty()) {
    return prerelease.empty() <=> other.prerelease.empty();
  }
  return std::lexicographical_compare_three_way(
      prerelease.begin(), prerelease.end(), other.prerelease.begin(), other.prerelease.end(),
      [](const std::string& a, const std::string& b) { return compare_identifiers(a, b); });
}

std::optional<NpmVersion> parse_npm_version(std::string_view text) {
  // npm rejects versions over 256 characters.
  if (text.size() > 256) return {};
  text = trim(text);
  while (!text.empty() && std::string_view("vV= ").contains(text.front())) text.remove_prefix(1);
  NpmVersion version;
  std::uint64_t* const parts[] = {&version.major, &version.minor, &version.patch};
  for (std::uint64_t* part : parts) {
    if (part != parts[0] && !take(text, ".")) return {};
    const auto number = take_number(text);
    if (!number) return {};
    *part = *number;
  }
  if (!take_suffix(text, version) || !text.empty()) return {};
  return version;
}

bool NpmRange::Comparator::holds(const NpmVersion& candidate) const {
  const std::strong_ordering order = candidate <=> version;
  switch (op) {
    case Operator::less: return order < 0;
    case Operator::at_most: return order <= 0;
    case Operator::equal: return order == 0;
    case Operator::at_least: return order >= 0;
    case Operator::greater: return order > 0;
  }
  return false;
}

// Turns the text of a range into comparators.
class NpmRangeReader {
 public:
  using Operator = NpmRange::Operator;
  using Comparators = std::vector<NpmRange::Comparator>;

  // "1.2 - 2.3.4" or white-space separated "^1.2 !x". Nullopt when it is not a range.
  std::optional<Comparators> read(std::string_view text) {
    text_ = text;
    out_.clear();
    skip_space();
    if (text_.empty()) return Comparators{{Operator::at_least, {}}};
    bool is_first = true;
    while (!text_.empty()) {
      if (!read_comparator(is_first)) return {};
      is_first = false;
      skip_space();
    }
    return out_;
  }

 private:
  // A version of which the last numbers may be missing or x.
  struct Partial {
    NpmVersion version;
    int parts = 0;  // numbers given: 0 to 3
  };

  void skip_space() {
    while (!text_.empty() && std::string_view(" \t\r\n").contains(text_.front())) {
      text_.remove_prefix(1);
    }
  }

  bool read_comparator(bool may_be_hyphen) {
    static constexpr std::string_view operators[] = {"<=", ">=", "~>", "<", ">", "=", "^", "~"};
    std::string_view op;
    for (const std::string_view known : operators) {
      if (op.empty() && take(text_, known)) op = known;
    }
    skip_space();
    const auto low = read_partial();
    if (!low) return false;
    if (op.empty() && may_be_hyphen) {
      const std::string_view before = text_;
      skip_space();
      if (take(text_, "- ")) {
        skip_space();
        const auto high = read_partial();
        if (!high) return false;
        at_least(*low);
        at_most(*high);
        return true;
      }
      text_ = before;
    }
    if (!text_.empty() && !std::string_view(" \t\r\n<>=^~").contains(text_.front())) return false;
    add(op, *low);
    return true;
  }

  std::optional<Partial> read_partial() {
    while (!text_.empty() && std::string_view("vV=").contains(text_.front())) {
      text_.remove_prefix(1);
    }
    Partial partial;
    std::uint64_t* const parts[] = {&partial.version.major, &partial.version.minor,
                                    &partial.version.patch};
    bool is_open = false;
    int read = 0;
    for (; read < 3; ++read) {
      if (read > 0 && !take(text_, ".")) break;
      if (take(text_, "x") || take(text_, "X") || take(text_, "*")) {
        is_open = true;
        continue;
      }
      const auto number = take_number(text_);
      if (!number) return {};
      *parts[read] = is_open ? 0 : *number;
      if (!is_open) partial.parts = read + 1;
    }
    if (read < 3) {
      // "1.2-rc" is no range, but a hyphen with spaces joins two of them.
      return text_.starts_with("-") ? std::nullopt : std::optional(partial);
    }
    if (!take_suffix(text_, partial.version)) return {};
    if (partial.parts < 3) partial.version.prerelease.clear();
    return partial;
  }

  void add(std::string_view op, const Partial& partial) {
    if (op == "^") return add_caret(partial);
    if (op == "~" || op == "~>") return add_tilde(partial);
    if (op == ">=") return at_least(partial);
    if (op == "<=") return at_most(partial);
    if (op == "<")
      return push(partial.parts == 3 ? below(partial.version) : before(partial.version));
    if (op == ">") return add_greater(partial);
    if (partial.parts == 3) return push({Operator::equal, partial.version});
    at_least(partial);
    at_most(partial);
  }

  void at_least(const Partial& partial) { push({Operator::at_least, partial.version}); }

  void at_most(const Partial& partial) {
    if (partial.parts == 3) return push({Operator::at_most, partial.version});
    if (partial.parts > 0) push(before(after(partial.version, partial.parts)));
  }

  void add_greater(const Partial& partial) {
    if (partial.parts == 3) return push({Operator::greater, partial.version});
    if (partial.parts == 0) return push(before({}));
    push({Operator::at_least, after(partial.version, partial.parts)});
  }

  void add_tilde(const Partial& partial) {
    at_least(partial);
    if (partial.parts > 0) push(before(after(partial.version, std::min(partial.parts, 2))));
  }

  // The leftmost number that is not zero stays.
  void add_caret(const Partial& partial) {
    at_least(partial);
    if (partial.parts == 0) return;
    const NpmVersion& v = partial.version;
    const int fixed = v.major != 0 || partial.parts == 1   ? 1
                      : v.minor != 0 || partial.parts == 2 ? 2
                                                           : 3;
    push(before(after(v, fixed)));
  }

  // The first version past all that share the first `parts` numbers.
  static NpmVersion after(NpmVersion version, int parts) {
    version.prerelease.clear();
    if (parts < 3) version.patch = 0;
    if (parts < 2) version.minor = 0;
    ++(parts == 1 ? version.major : parts == 2 ? version.minor : version.patch);
    return version;
  }

  static NpmRange::Comparator below(NpmVersion version) {
    return {Operator::less, std::move(version)};
  }
  // npm writes the bounds that it computes as <2.0.0-0: the pre-releases of 2.0.0 stay out too.
  static NpmRange::Comparator before(NpmVersion version) {
    version.prerelease = {"0"};
    return below(std::move(version));
  }

  void push(NpmRange::Comparator comparator) { out_.push_back(std::move(comparator)); }

  std::string_view text_;
  Comparators out_;
};

std::optional<NpmRange> NpmRange::parse(std::string_view text) {
  if (text.size() > 1024) return {};
  NpmRange range;
  while (true) {
    const std::size_t bar = text.find("||");
    auto comparators = NpmRangeReader().read(text.substr(0, bar));
    if (!comparators) return {};
    range.alternatives_.push_back(std::move(*comparators));
    if (bar == std::string_view::npos) return range;
    text.remove_prefix(bar + 2);
  }
}

bool NpmRange::matches(const NpmVersion& version, bool include_prereleases) const {
  return std::ranges::any_of(alternatives_, [&](const std::vector<Comparator>& all) {
    const bool holds = std::ranges::all_of(
        all, [&](const Comparator& comparator) { return comparator.holds(version); });
    if (!holds || include_prereleases || !version.is_prerelease()) return holds;
    return std::ranges::any_of(all, [&](const Comparator& comparator) {
      return comparator.version.is_prerelease() && comparator.version.major == version.major &&
             comparator.version.minor == version.minor && comparator.version.patch == version.patch;
    });
  });
}

}  // namespace assay
