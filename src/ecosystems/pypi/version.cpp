#include "ecosystems/pypi/version.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <tuple>

#include "base/text.h"

namespace assay {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alphanumeric(char c) { return is_digit(c) || (c >= 'a' && c <= 'z'); }
bool is_separator(char c) { return c == '.' || c == '-' || c == '_'; }

struct PhaseName {
  std::string_view name;
  PypiVersion::Phase phase;
};
// Longer spellings first, so that "alpha" is not read as "a" and a rest.
constexpr std::array<PhaseName, 8> phase_names = {{{"alpha", PypiVersion::Phase::alpha},
                                                   {"beta", PypiVersion::Phase::beta},
                                                   {"preview", PypiVersion::Phase::candidate},
                                                   {"pre", PypiVersion::Phase::candidate},
                                                   {"rc", PypiVersion::Phase::candidate},
                                                   {"a", PypiVersion::Phase::alpha},
                                                   {"b", PypiVersion::Phase::beta},
                                                   {"c", PypiVersion::Phase::candidate}}};
constexpr std::array<std::string_view, 3> post_names = {"post", "rev", "r"};

class VersionReader {
 public:
  explicit VersionReader(std::string_view lower_case) : rest_(lower_case) {}

  std::optional<PypiVersion> read() {
    if (rest_.starts_with('v')) rest_.remove_prefix(1);
    if (!read_release()) return {};
    read_phase();
    read_post();
    read_dev();
    if (rest_.starts_with('+') && !read_local()) return {};
    if (!rest_.empty() || overflowed_) return {};
    return std::move(out_);
  }

 private:
  std::optional<std::uint64_t> take_number() {
    std::size_t length = 0;
    while (length < rest_.size() && is_digit(rest_[length])) ++length;
    if (length == 0) return {};
    std::uint64_t value = 0;
    const char* end = rest_.data() + length;
    overflowed_ = overflowed_ || std::from_chars(rest_.data(), end, value).ec != std::errc();
    rest_.remove_prefix(length);
    return value;
  }

  bool read_release() {
    auto number = take_number();
    if (number && rest_.starts_with('!')) {
      out_.epoch = *number;
      rest_.remove_prefix(1);
      number = take_number();
    }
    while (number) {
      out_.release.push_back(*number);
      if (rest_.size() < 2 || rest_[0] != '.' || !is_digit(rest_[1])) break;
      rest_.remove_prefix(1);
      number = take_number();
    }
    return !out_.release.empty();
  }

  // Takes "[-_.]?name" off, if it is there.
  bool take_name(std::string_view name) {
    std::string_view text = rest_;
    if (!text.empty() && is_separator(text.front())) text.remove_prefix(1);
    if (!text.starts_with(name)) return false;
    rest_ = text.substr(name.size());
    return true;
  }

  // "[-_.]?N", or 0 where the number is left out.
  std::uint64_t take_suffix_number() {
    const bool is_separated = rest_.size() > 1 && is_separator(rest_[0]) && is_digit(rest_[1]);
    if (is_separated) rest_.remove_prefix(1);
    return take_number().value_or(0);
  }

  void read_phase() {
    for (const PhaseName& known : phase_names) {
      if (!take_name(known.name)) continue;
      out_.phase = known.phase;
      out_.phase_number = take_suffix_number();
      return;
    }
  }

  void read_post() {
    // "1.0-1" is an implicit post release.
    if (rest_.size() > 1 && rest_[0] == '-' && is_digit(rest_[1])) {
      rest_.remove_prefix(1);
      out_.post = take_number();
      return;
    }
    for (const std::string_view name : post_names) {
      if (!take_name(name)) continue;
      out_.post = take_suffix_number();
      return;
    }
  }

  void read_dev() {
    if (take_name("dev")) out_.dev = take_suffix_number();
  }

  bool read_local() {
    do {
      rest_.remove_prefix(1);
      std::size_t length = 0;
      while (length < rest_.size() && is_alphanumeric(rest_[length])) ++length;
      if (length == 0) return false;
      out_.local.emplace_back(rest_.substr(0, length));
      rest_.remove_prefix(length);
    } while (!rest_.empty() && is_separator(rest_.front()));
    return true;
  }

  std::string_view rest_;
  PypiVersion out_;
  bool overflowed_ = false;
};

std::uint64_t part(const std::vector<std::uint64_t>& release, std::size_t index) {
  return index < release.size() ? release[index] : 0;
}

// 1.0 and 1.0.0 are the same.
std::strong_ordering compare_releases(const std::vector<std::uint64_t>& a,
                                      const std::vector<std::uint64_t>& b) {
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    if (const auto order = part(a, i) <=> part(b, i); order != 0) return order;
  }
  return std::strong_ordering::equal;
}

// A development release of no pre-release comes before all of these, and a final one after.
std::pair<int, std::uint64_t> phase_key(const PypiVersion& version) {
  if (version.phase) return {static_cast<int>(*version.phase), version.phase_number};
  const bool is_only_dev = version.dev && !version.post;
  return {is_only_dev ? -1 : 3, 0};
}

std::tuple<int, std::uint64_t, std::uint64_t> suffix_key(const PypiVersion& version) {
  constexpr std::uint64_t last = std::numeric_limits<std::uint64_t>::max();
  return {version.post ? 1 : 0, version.post.value_or(0), version.dev.value_or(last)};
}

bool is_number(std::string_view text) { return std::ranges::all_of(text, is_digit); }

// Numbers come after words, and a longer version after its own beginning.
std::strong_ordering compare_local_parts(std::string_view a, std::string_view b) {
  if (is_number(a) != is_number(b)) return is_number(a) <=> is_number(b);
  if (is_number(a)) {
    a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
    b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
    if (a.size() != b.size()) return a.size() <=> b.size();
  }
  return a <=> b;
}

PypiVersion without_local(PypiVersion version) {
  version.local.clear();
  return version;
}

// The candidate's release cut or padded to as many numbers as the prefix has.
bool has_prefix(const PypiVersion& candidate, const PypiVersion& prefix) {
  if (candidate.epoch != prefix.epoch) return false;
  for (std::size_t i = 0; i < prefix.release.size(); ++i) {
    if (part(candidate.release, i) != prefix.release[i]) return false;
  }
  return true;
}

bool has_same_release(const PypiVersion& a, const PypiVersion& b) {
  return a.epoch == b.epoch && compare_releases(a.release, b.release) == 0;
}

}  // namespace

std::string PypiVersion::text() const {
  std::string out = epoch == 0 ? std::string() : std::to_string(epoch) + '!';
  for (std::size_t i = 0; i < release.size(); ++i) {
    out += (i > 0 ? "." : "") + std::to_string(release[i]);
  }
  constexpr std::array<std::string_view, 3> letters = {"a", "b", "rc"};
  if (phase) {
    out += letters[static_cast<std::size_t>(*phase)];
    out += std::to_string(phase_number);
  }
  if (post) out += ".post" + std::to_string(*post);
  if (dev) out += ".dev" + std::to_string(*dev);
  for (std::size_t i = 0; i < local.size(); ++i) out += (i == 0 ? '+' : '.') + local[i];
  return out;
}

std::strong_ordering PypiVersion::operator<=>(const PypiVersion& other) const {
  if (const auto order = epoch <=> other.epoch; order != 0) return order;
  if (const auto order = compare_releases(release, other.release); order != 0) return order;
  if (const auto order = phase_key(*this) <=> phase_key(other); order != 0) return order;
  if (const auto order = suffix_key(*this) <=> suffix_key(other); order != 0) return order;
  return std::lexicographical_compare_three_way(
      local.begin(), local.end(), other.local.begin(), other.local.end(),
      [](const std::string& a, const std::string& b) { return compare_local_parts(a, b); });
}

std::optional<PypiVersion> parse_pypi_version(std::string_view text) {
  // No index takes longer ones.
  if (text.size() > 512) return {};
  const std::string lower = to_lower_ascii(trim(text));
  return VersionReader(lower).read();
}

bool PypiSpecifiers::Specifier::holds(const PypiVersion& candidate) const {
  // Local parts only count when the specifier has one.
  const PypiVersion plain = version.local.empty() ? without_local(candidate) : candidate;
  switch (op) {
    case Operator::arbitrary: return to_lower_ascii(written) == to_lower_ascii(candidate.text());
    case Operator::equal: return is_prefix ? has_prefix(candidate, version) : plain == version;
    case Operator::not_equal: return is_prefix ? !has_prefix(candidate, version) : plain != version;
    case Operator::at_most: return without_local(candidate) <= version;
    case Operator::at_least: return without_local(candidate) >= version;
    case Operator::less:
      // "<1.0" leaves out the pre-releases of 1.0 unless it names one itself.
      return candidate < version && (version.is_prerelease() || !candidate.is_prerelease() ||
                                     !has_same_release(candidate, version));
    case Operator::greater:
      // ">1.0" leaves out 1.0.post1 and 1.0+local.
      return candidate > version &&
             (version.post || !candidate.post || !has_same_release(candidate, version)) &&
             (candidate.local.empty() || !has_same_release(candidate, version));
    case Operator::compatible: {
      PypiVersion prefix = version;
      prefix.release.pop_back();
      return without_local(candidate) >= version && has_prefix(candidate, prefix);
    }
  }
  return false;
}

std::optional<PypiSpecifiers::Specifier> PypiSpecifiers::parse_one(std::string_view text) {
  struct Sign {
    std::string_view text;
    Operator op;
  };
  static constexpr std::array<Sign, 8> signs = {{{"===", Operator::arbitrary},
                                                 {"~=", Operator::compatible},
                                                 {"==", Operator::equal},
                                                 {"!=", Operator::not_equal},
                                                 {"<=", Operator::at_most},
                                                 {">=", Operator::at_least},
                                                 {"<", Operator::less},
                                                 {">", Operator::greater}}};
  const auto sign =
      std::ranges::find_if(signs, [&](const Sign& each) { return text.starts_with(each.text); });
  if (sign == signs.end()) return {};
  std::string_view written = trim(text.substr(sign->text.size()));
  Specifier specifier{sign->op, {}, false, std::string(written)};
  if (sign->op == Operator::arbitrary) return specifier;
  specifier.is_prefix = written.ends_with(".*");
  if (specifier.is_prefix) written.remove_suffix(2);
  auto version = parse_pypi_version(written);
  if (!version) return {};
  const bool is_equality = sign->op == Operator::equal || sign->op == Operator::not_equal;
  if (specifier.is_prefix && !is_equality) return {};
  if (sign->op == Operator::compatible && version->release.size() < 2) return {};
  specifier.version = std::move(*version);
  return specifier;
}

std::optional<PypiSpecifiers> PypiSpecifiers::parse(std::string_view text) {
  PypiSpecifiers specifiers;
  text = trim(text);
  if (text.starts_with('(') && text.ends_with(')')) text = text.substr(1, text.size() - 2);
  if (text.size() > 4096) return {};
  for (const std::string_view each : split(text, ',')) {
    if (trim(each).empty()) continue;
    auto specifier = parse_one(trim(each));
    if (!specifier) return {};
    specifiers.all_.push_back(std::move(*specifier));
  }
  return specifiers;
}

bool PypiSpecifiers::matches(const PypiVersion& version, bool include_prereleases) const {
  const bool names_prerelease = std::ranges::any_of(all_, [](const Specifier& each) {
    return each.op != Operator::not_equal && each.version.is_prerelease();
  });
  if (version.is_prerelease() && !include_prereleases && !names_prerelease) {
    const bool is_exact = std::ranges::any_of(
        all_, [](const Specifier& each) { return each.op == Operator::arbitrary; });
    if (!is_exact) return false;
  }
  return std::ranges::all_of(all_, [&](const Specifier& each) { return each.holds(version); });
}

}  // namespace assay
