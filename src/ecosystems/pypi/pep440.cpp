#include "ecosystems/pypi/pep440.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>
#include <utility>

#include "base/text.h"

namespace assay {
namespace {

// Longer than any version on an index.
constexpr std::size_t max_version_bytes = 256;
constexpr std::size_t max_clauses = 64;
// A time stamp down to the second has 14.
constexpr std::size_t max_digits = 18;

constexpr std::string_view digits = "0123456789";

struct PreSpelling {
  std::string_view word;
  char kind;
};
// Longer words before those that they begin with.
constexpr std::array<PreSpelling, 8> pre_spellings = {{{"alpha", 'a'},
                                                       {"beta", 'b'},
                                                       {"preview", 'c'},
                                                       {"pre", 'c'},
                                                       {"rc", 'c'},
                                                       {"a", 'a'},
                                                       {"b", 'b'},
                                                       {"c", 'c'}}};
constexpr std::array<std::string_view, 3> post_words = {"post", "rev", "r"};

bool is_separator(char c) { return c == '.' || c == '-' || c == '_'; }

// Reads one version from the left; each step takes what it knows and leaves the rest.
class VersionReader {
 public:
  explicit VersionReader(std::string_view text) : text_(text) {}

  std::optional<Pep440Version> read() {
    if (text_.starts_with('v')) text_.remove_prefix(1);
    if (!read_release()) return std::nullopt;
    if (!read_pre() || !read_post() || !read_dev() || !read_local()) return std::nullopt;
    if (!text_.empty()) return std::nullopt;
    return std::move(version_);
  }

 private:
  std::optional<std::uint64_t> take_number() {
    const std::size_t end = std::min(text_.find_first_not_of(digits), text_.size());
    if (end == 0 || end > max_digits) return std::nullopt;
    std::uint64_t number = 0;
    std::from_chars(text_.data(), text_.data() + end, number);
    text_.remove_prefix(end);
    return number;
  }

  // The number behind a word such as "rc", which may be left out and then is 0. The separator in
  // front of it belongs to the word either way.
  bool take_implicit_number(std::uint64_t& number) {
    number = 0;
    if (!text_.empty() && is_separator(text_.front())) text_.remove_prefix(1);
    if (text_.empty() || !digits.contains(text_.front())) return true;
    const std::optional<std::uint64_t> found = take_number();
    number = found.value_or(0);
    return found.has_value();
  }

  bool take_word(std::string_view word) {
    std::string_view rest = text_;
    if (!rest.empty() && is_separator(rest.front())) rest.remove_prefix(1);
    if (!rest.starts_with(word)) return false;
    text_ = rest.substr(word.size());
    return true;
  }

  bool read_release() {
    std::optional<std::uint64_t> number = take_number();
    if (number && text_.starts_with('!')) {
      version_.epoch = *number;
      text_.remove_prefix(1);
      number = take_number();
    }
    while (number) {
      version_.release.push_back(*number);
      const bool goes_on = text_.size() > 1 && text_[0] == '.' && digits.contains(text_[1]);
      if (!goes_on) return true;
      text_.remove_prefix(1);
      number = take_number();
    }
    return false;
  }

  bool read_pre() {
    for (const PreSpelling& spelling : pre_spellings) {
      const std::string_view before = text_;
      if (!take_word(spelling.word)) continue;
      // "rev" and "r1" are post-releases, and "c" must not take the start of a longer word.
      if (!text_.empty() && !digits.contains(text_.front()) && !is_separator(text_.front()) &&
          !text_.starts_with('+') && !text_.starts_with("post") && !text_.starts_with('r') &&
          !text_.starts_with("dev")) {
        text_ = before;
        continue;
      }
      version_.pre_kind = spelling.kind;
      return take_implicit_number(version_.pre);
    }
    return true;
  }

  bool read_post() {
    // "1.0-1" is a post-release too.
    if (text_.size() > 1 && text_[0] == '-' && digits.contains(text_[1])) {
      text_.remove_prefix(1);
      version_.post = take_number();
      return version_.post.has_value();
    }
    for (const std::string_view word : post_words) {
      if (!take_word(word)) continue;
      std::uint64_t number = 0;
      if (!take_implicit_number(number)) return false;
      version_.post = number;
      return true;
    }
    return true;
  }

  bool read_dev() {
    if (!take_word("dev")) return true;
    std::uint64_t number = 0;
    if (!take_implicit_number(number)) return false;
    version_.dev = number;
    return true;
  }

  bool read_local() {
    if (!text_.starts_with('+')) return true;
    std::string part;
    for (const char c : text_.substr(1)) {
      if (is_separator(c) && part.empty()) return false;
      if (is_separator(c)) {
        version_.local.push_back(std::exchange(part, {}));
      } else if ((c >= 'a' && c <= 'z') || digits.contains(c)) {
        part += c;
      } else {
        return false;
      }
    }
    if (part.empty()) return false;
    version_.local.push_back(std::move(part));
    text_ = {};
    return true;
  }

  std::string_view text_;
  Pep440Version version_;
};

std::uint64_t part_of(const std::vector<std::uint64_t>& release, std::size_t at) {
  return at < release.size() ? release[at] : 0;
}

std::strong_ordering compare_releases(const Pep440Version& a, const Pep440Version& b) {
  const std::size_t count = std::max(a.release.size(), b.release.size());
  for (std::size_t i = 0; i < count; ++i) {
    const auto order = part_of(a.release, i) <=> part_of(b.release, i);
    if (order != 0) return order;
  }
  return std::strong_ordering::equal;
}

// 1.0.dev1 < 1.0a1.dev1 < 1.0a1 < 1.0rc1 < 1.0 < 1.0.post1.dev1 < 1.0.post1
auto suffix_key(const Pep440Version& version) {
  const bool is_only_dev = version.pre_kind == 0 && !version.post && version.dev;
  const int pre_rank = is_only_dev ? 0 : version.pre_kind == 0 ? 'z' : version.pre_kind;
  return std::tuple(pre_rank, version.pre, version.post.has_value(), version.post.value_or(0),
                    !version.dev.has_value(), version.dev.value_or(0));
}

// Numbers come after words and compare as numbers, whatever their length.
std::strong_ordering compare_local_parts(std::string_view a, std::string_view b) {
  const bool a_is_number = a.find_first_not_of(digits) == std::string_view::npos;
  const bool b_is_number = b.find_first_not_of(digits) == std::string_view::npos;
  if (a_is_number != b_is_number) return a_is_number <=> b_is_number;
  if (!a_is_number) return a <=> b;
  a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
  b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
  return a.size() != b.size() ? a.size() <=> b.size() : a <=> b;
}

Pep440Version without_local(Pep440Version version) {
  version.local.clear();
  return version;
}

// The first parts of the release agree, epoch included.
bool has_prefix(const Pep440Version& version, const Pep440Version& prefix, std::size_t parts) {
  if (version.epoch != prefix.epoch) return false;
  for (std::size_t i = 0; i < parts; ++i) {
    if (part_of(version.release, i) != prefix.release[i]) return false;
  }
  return true;
}

bool has_same_base(const Pep440Version& a, const Pep440Version& b) {
  return a.epoch == b.epoch && compare_releases(a, b) == 0;
}

bool has_same_pre(const Pep440Version& a, const Pep440Version& b) {
  return a.pre_kind == b.pre_kind && a.pre == b.pre;
}

// Of a version that is none itself.
bool is_prerelease_of(const Pep440Version& candidate, const Pep440Version& version) {
  if (version.is_prerelease() || !candidate.is_prerelease()) return false;
  if (!has_same_base(candidate, version)) return false;
  return !version.post || (has_same_pre(candidate, version) && candidate.post == version.post);
}

bool is_postrelease_of(const Pep440Version& candidate, const Pep440Version& version) {
  return !version.post && !version.dev && candidate.post && has_same_base(candidate, version) &&
         has_same_pre(candidate, version);
}

}  // namespace

std::strong_ordering Pep440Version::operator<=>(const Pep440Version& other) const {
  if (const auto order = epoch <=> other.epoch; order != 0) return order;
  if (const auto order = compare_releases(*this, other); order != 0) return order;
  if (const auto order = suffix_key(*this) <=> suffix_key(other); order != 0) return order;
  const std::size_t common = std::min(local.size(), other.local.size());
  for (std::size_t i = 0; i < common; ++i) {
    const auto order = compare_local_parts(local[i], other.local[i]);
    if (order != 0) return order;
  }
  return local.size() <=> other.local.size();
}

std::optional<Pep440Version> parse_pep440_version(std::string_view text) {
  text = trim(text);
  if (text.size() > max_version_bytes) return std::nullopt;
  const std::string lower = to_lower_ascii(text);
  return VersionReader(lower).read();
}

struct Pep440Specifiers::Spelling {
  std::string_view text;
  Operator op;
};

std::optional<Pep440Specifiers::Clause> Pep440Specifiers::parse_clause(std::string_view text) {
  // Longer spellings before those that they begin with.
  static constexpr std::array<Spelling, 8> spellings = {{{"===", Operator::identical},
                                                         {"~=", Operator::compatible},
                                                         {"==", Operator::equal},
                                                         {"!=", Operator::unequal},
                                                         {"<=", Operator::at_most},
                                                         {">=", Operator::at_least},
                                                         {"<", Operator::less},
                                                         {">", Operator::greater}}};
  text = trim(text);
  const auto* spelling = std::ranges::find_if(
      spellings, [&](const Spelling& each) { return text.starts_with(each.text); });
  if (spelling == spellings.end()) return std::nullopt;
  Clause clause;
  clause.op = spelling->op;
  text = trim(text.substr(spelling->text.size()));
  if (clause.op == Operator::identical) {
    clause.text = to_lower_ascii(text);
    return text.empty() ? std::nullopt : std::optional(std::move(clause));
  }
  const bool takes_prefix = clause.op == Operator::equal || clause.op == Operator::unequal;
  if (takes_prefix && text.ends_with(".*")) {
    clause.is_prefix = true;
    text.remove_suffix(2);
  }
  const std::optional<Pep440Version> version = parse_pep440_version(text);
  if (!version) return std::nullopt;
  clause.version = *version;
  const bool is_bare = version->pre_kind == 0 && !version->post && !version->dev;
  if (clause.is_prefix && !is_bare) return std::nullopt;
  // "~=1" would allow everything; PEP 440 forbids it.
  if (clause.op == Operator::compatible && version->release.size() < 2) return std::nullopt;
  if (!version->local.empty() && (!takes_prefix || clause.is_prefix)) return std::nullopt;
  return clause;
}

std::optional<Pep440Specifiers> Pep440Specifiers::parse(std::string_view text) {
  Pep440Specifiers specifiers;
  for (const std::string_view part : split(text, ',')) {
    if (trim(part).empty()) continue;
    std::optional<Clause> clause = parse_clause(part);
    if (!clause || specifiers.clauses_.size() == max_clauses) return std::nullopt;
    specifiers.clauses_.push_back(std::move(*clause));
  }
  if (specifiers.clauses_.empty()) return std::nullopt;
  return specifiers;
}

bool Pep440Specifiers::Clause::holds(const Pep440Version& candidate,
                                     std::string_view candidate_text) const {
  const Pep440Version shown = version.local.empty() ? without_local(candidate) : candidate;
  const std::size_t parts = version.release.size();
  switch (op) {
    case Operator::identical: return to_lower_ascii(trim(candidate_text)) == text;
    case Operator::compatible: return shown >= version && has_prefix(candidate, version, parts - 1);
    case Operator::equal:
      return is_prefix ? has_prefix(candidate, version, parts) : shown == version;
    case Operator::unequal:
      return is_prefix ? !has_prefix(candidate, version, parts) : shown != version;
    case Operator::at_most: return shown <= version;
    case Operator::at_least: return shown >= version;
    // "<1.0" leaves out 1.0rc1, and ">1.0" leaves out 1.0.post1 and 1.0+local.
    case Operator::less: return shown < version && !is_prerelease_of(candidate, version);
    case Operator::greater: return shown > version && !is_postrelease_of(candidate, version);
  }
  return false;
}

bool Pep440Specifiers::match(const Pep440Version& version, std::string_view text) const {
  return std::ranges::all_of(clauses_,
                             [&](const Clause& clause) { return clause.holds(version, text); });
}

bool Pep440Specifiers::names_prerelease() const {
  return std::ranges::any_of(clauses_, [](const Clause& clause) {
    const bool is_inclusive = clause.op != Operator::unequal && clause.op != Operator::less &&
                              clause.op != Operator::greater;
    return is_inclusive && clause.version.is_prerelease();
  });
}

}  // namespace assay
