#include "facts/lexical/obfuscators.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <unordered_set>

#include "base/text.h"
#include "facts/lexical/regions.h"

namespace assay::lexical {
namespace {

using Obfuscator = LexicalFacts::Obfuscator;

// One name that looks generated may be anybody's; obfuscators rename everything.
constexpr std::size_t min_hex_names = 12;
constexpr std::size_t min_distinct_names = 4;
constexpr std::size_t min_confusing_names = 3;
constexpr std::size_t min_confusing_length = 8;
// obfuscator.io checks its rotation with a sum of seven or more parseInt.
constexpr std::size_t min_parse_ints = 5;
constexpr std::size_t rotation_window = 2500;
constexpr std::size_t min_jsfuck = 256;

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$';
}
bool is_hex_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

class Signatures {
 public:
  Signatures(std::string_view text, const Scan& scan, LexicalFacts& facts)
      : text_(text), scan_(scan), facts_(facts) {}

  void find() {
    find_hex_names();
    find_string_array();
    find_confusing_names(Mark::l_or_i, "lI1");
    find_confusing_names(Mark::zero_or_o, "O0o_");
    find_lambda_chains();
    find_exact();
    find_jsfuck();
    std::ranges::sort(facts_.obfuscators, {}, [](const LexicalFacts::Obfuscated& found) {
      return std::pair(found.where.begin, found.kind);
    });
  }

 private:
  std::string_view around(std::size_t begin, std::size_t length) const {
    return begin < text_.size() ? text_.substr(begin, length) : std::string_view();
  }

  bool has(Obfuscator kind) const {
    return std::ranges::any_of(facts_.obfuscators,
                               [kind](const auto& f) { return f.kind == kind; });
  }

  void add(Obfuscator kind, std::size_t begin, std::size_t end) {
    if (has(kind)) return;
    const Span where{static_cast<std::uint32_t>(begin),
                     static_cast<std::uint32_t>(std::min(end, text_.size()))};
    facts_.obfuscators.push_back({kind, where});
  }

  // _0x1a2b3c and _$_1a2b
  void find_hex_names() {
    for (const Mark mark : {Mark::hex_name, Mark::dollar_name}) {
      std::unordered_set<std::string_view> names;
      std::size_t uses = 0;
      Span first;
      for (const Hit& hit : scan_.hits) {
        if (hit.mark != mark) continue;
        std::size_t end = hit.at + hit.length;
        while (end < text_.size() && end - hit.at < 16 && is_hex_digit(text_[end])) ++end;
        if (end - hit.at - hit.length < 4 || (end < text_.size() && is_name(text_[end]))) continue;
        if (uses++ == 0) first = {hit.at, static_cast<std::uint32_t>(end)};
        if (names.size() < min_distinct_names) names.insert(text_.substr(hit.at, end - hit.at));
      }
      // javascriptobfuscator's array has one name, used everywhere.
      const std::size_t needed = mark == Mark::hex_name ? min_distinct_names : 1;
      if (uses >= min_hex_names && names.size() >= needed) {
        add(Obfuscator::hex_names, first.begin, first.end);
      }
    }
  }

  // The array of strings is rotated until a sum of parseInt fits, or a given number of times.
  void find_string_array() {
    std::vector<std::uint32_t> places;
    for (const Hit& hit : scan_.hits) {
      if (hit.mark == Mark::rotation) {
        const std::string_view body = around(hit.at, 160);
        if (contains(body, "push") && contains(body, "shift")) {
          add(Obfuscator::string_array, hit.at, hit.at + 160);
        }
      }
      if (hit.mark == Mark::parse_int) places.push_back(hit.at);
    }
    for (std::size_t i = min_parse_ints - 1; i < places.size(); ++i) {
      const std::size_t begin = places[i + 1 - min_parse_ints];
      if (places[i] - begin > rotation_window || has(Obfuscator::string_array)) continue;
      const std::string_view body = around(begin, places[i] - begin + 600);
      const std::size_t push = body.find("push");
      const bool rotates = push != std::string_view::npos &&
                           contains(body.substr(push, 80), "shift") && contains(body, ")/");
      if (rotates) add(Obfuscator::string_array, begin, begin + body.size());
    }
  }

  // Names of nothing but l, I and 1, or O and 0.
  void find_confusing_names(Mark mark, std::string_view alphabet) {
    std::unordered_set<std::string_view> names;
    std::size_t done = 0;
    Span first;
    for (const Hit& hit : scan_.hits) {
      if (hit.mark != mark || hit.at < done) continue;
      std::size_t begin = hit.at;
      while (begin > done && is_name(text_[begin - 1])) --begin;
      std::size_t end = hit.at;
      while (end < text_.size() && is_name(text_[end])) ++end;
      done = end;
      const std::string_view name = text_.substr(begin, end - begin);
      const bool is_number = name.front() >= '0' && name.front() <= '9';
      if (name.size() < min_confusing_length || is_number ||
          name.find_first_not_of(alphabet) != std::string_view::npos) {
        continue;
      }
      if (names.empty())
        first = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
      names.insert(name);
      if (names.size() >= min_confusing_names) {
        add(Obfuscator::l_and_i_names, first.begin, first.end);
        return;
      }
    }
  }

  // exec((_)(b'…')), exec((lambda …)(…)), _ = lambda __ : decompress(b64decode(__[::-1]))
  void find_lambda_chains() {
    for (const Hit& hit : scan_.hits) {
      const std::string_view after = around(hit.at + hit.length, 160);
      if (hit.mark == Mark::exec) {
        const std::string_view call = trim(after.substr(0, 24));
        if (call.starts_with("(_)(") || call.starts_with("(lambda") ||
            call.starts_with("lambda ") || call.starts_with("((lambda") ||
            call.starts_with("(_)((")) {
          add(Obfuscator::lambda_chain, hit.at, hit.at + 60);
        }
      }
      const bool is_decoder = hit.mark == Mark::lambda && after.starts_with(" __") &&
                              (contains(after, "decompress") || contains(after, "b64decode")) &&
                              contains(after, "__import__");
      if (is_decoder) add(Obfuscator::lambda_chain, hit.at, hit.at + 60);
    }
  }

  struct Exact {
    Mark mark;
    Obfuscator kind;
  };

  bool is_genuine(const Hit& hit) {
    const std::string_view literal = text_.substr(hit.at, hit.length);
    const std::string_view before = text_.substr(0, hit.at);
    if (hit.mark == Mark::pyarmor) {
      if (!regions_) regions_.emplace(text_);
      if (regions_->at(hit.at) != Region::code) return false;
      if (literal == "__pyarmor") return around(hit.at, 12) == "__pyarmor__(";
      return before.ends_with("import ") || before.ends_with("from ") || before.ends_with("from .");
    }
    if (hit.mark == Mark::packer)
      return contains(around(hit.at, 40), ",d)") || contains(around(hit.at, 40), ",r)");
    if (literal == "__obfuscator__") return trim(around(hit.at + hit.length, 4)).starts_with("=");
    if (literal == "pyobfuscate")
      return around(hit.at + hit.length, 3) == "=\"\"" || before.ends_with("(https://");
    // _____=eval("\145\166…: the name of a builtin, escaped.
    if (literal == "eval(\"\\") return before.ends_with("_=");
    if (literal == "BlankOBF" || literal == "PlusOBF" || literal == "Py-Fuscate") {
      return contains(before.substr(before.size() - std::min<std::size_t>(before.size(), 60)),
                      "bfuscated");
    }
    return true;
  }

  void find_exact() {
    constexpr std::array exact = {
        Exact{Mark::jjencode, Obfuscator::jjencode}, Exact{Mark::aaencode, Obfuscator::aaencode},
        Exact{Mark::packer, Obfuscator::packer}, Exact{Mark::pyarmor, Obfuscator::pyarmor},
        Exact{Mark::python_mark, Obfuscator::hyperion}};
    for (const Hit& hit : scan_.hits) {
      for (const Exact& entry : exact) {
        if (entry.mark == hit.mark && is_genuine(hit)) add(entry.kind, hit.at, hit.at + hit.length);
      }
    }
  }

  void find_jsfuck() {
    constexpr std::array<bool, 256> signs = [] {
      std::array<bool, 256> table{};
      for (const char c : std::string_view("[]()!+")) table[static_cast<unsigned char>(c)] = true;
      return table;
    }();
    const auto is_sign = [&](std::size_t at) {
      return signs[static_cast<unsigned char>(text_[at])];
    };
    std::size_t done = 0;
    for (std::size_t at = min_jsfuck - 1; at < text_.size(); at += min_jsfuck) {
      if (at < done || !is_sign(at)) continue;
      std::size_t begin = at;
      while (begin > done && is_sign(begin - 1)) --begin;
      std::size_t end = at + 1;
      while (end < text_.size() && is_sign(end)) ++end;
      done = end;
      const std::string_view run = text_.substr(begin, end - begin);
      if (run.size() >= min_jsfuck && contains(run, "!![]") && contains(run, "[]+")) {
        add(Obfuscator::jsfuck, begin, end);
      }
    }
  }

  std::string_view text_;
  const Scan& scan_;
  LexicalFacts& facts_;
  std::optional<Regions> regions_;
};

}  // namespace

void find_obfuscators(std::string_view text, const Scan& scan, LexicalFacts& facts) {
  Signatures(text, scan, facts).find();
}

}  // namespace assay::lexical
