// Regular expressions on constants, as far as decoders need them: characters, classes, counts,
// groups and alternatives. What is matched is never given back, so that no expression takes long;
// an expression that would need it, or anything else, is not computed.
#include <algorithm>

#include "base/text.h"
#include "facts/code/flow/library_javascript.h"

namespace assay::code::javascript_library {
namespace {

struct Atom {
  std::vector<std::pair<char32_t, char32_t>> ranges;
  bool negated = false;
  std::size_t least = 1, most = 1;
  int opens = 0, closes = 0;  // groups that begin before it and end after it

  bool has(char32_t c) const {
    const bool inside = std::ranges::any_of(
        ranges, [&](const auto& range) { return c >= range.first && c <= range.second; });
    return inside != negated;
  }
};
struct Sequence {
  std::vector<Atom> atoms;
  bool at_start = false, at_end = false;
};
struct Match {
  std::size_t begin = 0, end = 0;
  std::vector<std::pair<std::size_t, std::size_t>> groups;
};

constexpr std::size_t unlimited = 1u << 24;

class Pattern {
 public:
  static std::optional<Pattern> read(std::string_view source, std::string_view flags) {
    Pattern pattern;
    pattern.ignores_case_ = flags.find('i') != std::string_view::npos;
    for (std::size_t at = 0; at < source.size();) pattern.text_ += next_code_point(source, at);
    if (!pattern.parse()) return std::nullopt;
    return pattern;
  }

  std::optional<Match> find(std::u32string_view text, std::size_t from) const {
    for (std::size_t at = from; at <= text.size() && left_ > 0; ++at) {
      for (const Sequence& sequence : alternatives_) {
        if (std::optional<Match> match = match_at(sequence, text, at)) return match;
      }
    }
    return std::nullopt;
  }

  bool has_given_up() const { return left_ == 0; }

 private:
  bool parse() {
    Sequence sequence;
    int open_before = 0, depth = 0;
    for (std::size_t at = 0; at < text_.size();) {
      const char32_t c = text_[at];
      if (c == '|' && depth == 0) {
        alternatives_.push_back(std::move(sequence));
        sequence = {};
        ++at;
      } else if (c == '^' && sequence.atoms.empty() && depth == 0) {
        sequence.at_start = true;
        ++at;
      } else if (c == '$' && (at + 1 == text_.size() || text_[at + 1] == '|')) {
        sequence.at_end = true;
        ++at;
      } else if (c == '(') {
        if (at + 1 < text_.size() && text_[at + 1] == '?') return false;
        ++open_before, ++depth, ++at;
      } else if (c == ')') {
        if (sequence.atoms.empty() || depth == 0 || open_before > 0) return false;
        ++sequence.atoms.back().closes;
        --depth, ++at;
        if (at < text_.size() &&
            std::u32string_view(U"*+?{").find(text_[at]) != std::u32string_view::npos)
          return false;
      } else {
        Atom atom;
        if (!parse_atom(at, atom) || !parse_count(at, atom)) return false;
        atom.opens = open_before;
        open_before = 0;
        sequence.atoms.push_back(std::move(atom));
      }
    }
    alternatives_.push_back(std::move(sequence));
    return depth == 0;
  }

  bool parse_atom(std::size_t& at, Atom& atom) {
    const char32_t c = text_[at++];
    if (std::u32string_view(U"*+?{}^$|").find(c) != std::u32string_view::npos) return false;
    if (c == '.') {
      atom.ranges = {{'\n', '\n'}, {'\r', '\r'}};
      atom.negated = true;
      return true;
    }
    if (c == '\\') return parse_escape(at, atom);
    if (c != '[') {
      add(atom, c, c);
      return true;
    }
    if (at < text_.size() && text_[at] == '^') atom.negated = true, ++at;
    while (at < text_.size() && text_[at] != ']') {
      Atom one;
      const char32_t first = text_[at++];
      if (first == '\\') {
        if (!parse_escape(at, one) || one.negated) return false;
      } else {
        one.ranges.emplace_back(first, first);
      }
      const bool is_single = one.ranges.size() == 1 && one.ranges[0].first == one.ranges[0].second;
      if (is_single && at + 1 < text_.size() && text_[at] == '-' && text_[at + 1] != ']') {
        ++at;
        Atom last;
        if (text_[at] == '\\') {
          ++at;
          if (!parse_escape(at, last) || last.ranges.size() != 1) return false;
        } else {
          last.ranges.emplace_back(text_[at], text_[at]);
          ++at;
        }
        add(atom, one.ranges[0].first, last.ranges[0].second);
      } else {
        for (const auto& range : one.ranges) add(atom, range.first, range.second);
      }
    }
    return at++ < text_.size();
  }

  // After a backslash.
  bool parse_escape(std::size_t& at, Atom& atom) {
    if (at >= text_.size()) return false;
    const char32_t c = text_[at++];
    const auto hex = [&](std::size_t digits) {
      char32_t value = 0;
      for (std::size_t i = 0; i < digits && at < text_.size(); ++i, ++at) {
        const char32_t d = text_[at];
        value = value * 16 + (d <= '9' ? d - '0' : (d | 0x20) - 'a' + 10);
      }
      atom.ranges.emplace_back(value, value);
      return true;
    };
    switch (c) {
      case 'd':
      case 'D': atom.ranges = {{'0', '9'}}; break;
      case 'w':
      case 'W': atom.ranges = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}; break;
      case 's':
      case 'S':
        atom.ranges = {{'\t', '\r'}, {' ', ' '}, {0xA0, 0xA0}, {0xFEFF, 0xFEFF}, {0x2028, 0x2029}};
        break;
      case 'n': atom.ranges = {{'\n', '\n'}}; break;
      case 'r': atom.ranges = {{'\r', '\r'}}; break;
      case 't': atom.ranges = {{'\t', '\t'}}; break;
      case '0': atom.ranges = {{0, 0}}; break;
      case 'x': return hex(2);
      case 'u': return text_[std::min(at, text_.size() - 1)] != '{' && hex(4);
      default:
        if ((c >= '1' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
          return false;
        atom.ranges = {{c, c}};
    }
    atom.negated = c == 'D' || c == 'W' || c == 'S';
    return true;
  }

  bool parse_count(std::size_t& at, Atom& atom) {
    if (at >= text_.size()) return true;
    const auto read = [&](std::size_t& value) {
      const std::size_t begin = at;
      for (value = 0;
           at < text_.size() && text_[at] >= '0' && text_[at] <= '9' && value < unlimited; ++at) {
        value = value * 10 + static_cast<std::size_t>(text_[at] - '0');
      }
      return at > begin;
    };
    switch (text_[at]) {
      case '*': atom.least = 0, atom.most = unlimited, ++at; break;
      case '+': atom.most = unlimited, ++at; break;
      case '?': atom.least = 0, ++at; break;
      case '{':
        ++at;
        if (!read(atom.least)) return false;
        atom.most = atom.least;
        if (at < text_.size() && text_[at] == ',') {
          ++at;
          if (!read(atom.most)) atom.most = unlimited;
        }
        if (at >= text_.size() || text_[at++] != '}') return false;
        break;
      default: return true;
    }
    // A lazy count would take less than is taken here.
    return at >= text_.size() || text_[at] != '?';
  }

  void add(Atom& atom, char32_t first, char32_t last) const {
    atom.ranges.emplace_back(first, last);
    if (!ignores_case_) return;
    for (const auto& [from, to, shift] :
         {std::tuple{U'a', U'z', -32}, std::tuple{U'A', U'Z', 32}}) {
      const char32_t low = std::max(first, from), high = std::min(last, to);
      if (low <= high) {
        atom.ranges.emplace_back(static_cast<char32_t>(static_cast<std::int32_t>(low) + shift),
                                 static_cast<char32_t>(static_cast<std::int32_t>(high) + shift));
      }
    }
  }

  std::optional<Match> match_at(const Sequence& sequence, std::u32string_view text,
                                std::size_t at) const {
    if (sequence.at_start && at != 0) return std::nullopt;
    Match match;
    match.begin = at;
    std::vector<std::size_t> open;
    for (const Atom& atom : sequence.atoms) {
      for (int i = 0; i < atom.opens; ++i) {
        open.push_back(match.groups.size());
        match.groups.emplace_back(at, at);
      }
      std::size_t count = 0;
      while (count < atom.most && at < text.size() && atom.has(text[at])) ++count, ++at;
      left_ -= std::min<std::uint64_t>(left_, count + 1);
      if (left_ == 0) return std::nullopt;
      if (count < atom.least) return std::nullopt;
      for (int i = 0; i < atom.closes && !open.empty(); ++i) {
        match.groups[open.back()].second = at;
        open.pop_back();
      }
    }
    if (sequence.at_end && at != text.size()) return std::nullopt;
    match.end = at;
    return match;
  }

  mutable std::uint64_t left_ =
      2'000'000;  // characters looked at: /a*b/ would look at all, again and again
  std::u32string text_;
  bool ignores_case_ = false;
  std::vector<Sequence> alternatives_;
};

struct Expression {
  Pattern pattern;
  bool is_global = false;
};

std::optional<Expression> expression_of(PureCall& call, const Value& value) {
  if (!value.is(ValueKind::object)) return std::nullopt;
  const Value* source = value.object->find(call.interpreter.names().intern("source"));
  const Value* flags = value.object->find(call.interpreter.names().intern("flags"));
  if (source == nullptr || !source->is_constant_text()) return std::nullopt;
  const std::string flag_text = flags != nullptr && flags->is_constant_text() ? *flags->text : "";
  auto pattern = Pattern::read(*source->text, flag_text);
  if (!pattern) return std::nullopt;
  return Expression{std::move(*pattern), contains(flag_text, "g")};
}

Value part_of(PureCall& call, std::u32string_view units,
              std::pair<std::size_t, std::size_t> range) {
  return Value::string(from_units(units.substr(range.first, range.second - range.first)))
      .with(call.self.from, call.self.trace);
}

// "$&" and "$1" in a replacement.
std::string expanded(std::string_view replacement, std::u32string_view units, const Match& match) {
  std::string out;
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    const char next =
        replacement[i] == '$' && i + 1 < replacement.size() ? replacement[i + 1] : '\0';
    const std::size_t group =
        next >= '1' && next <= '9' ? static_cast<std::size_t>(next - '1') : SIZE_MAX;
    if (next == '&') {
      out += from_units(units.substr(match.begin, match.end - match.begin));
    } else if (next == '$') {
      out += '$';
    } else if (group < match.groups.size()) {
      out += from_units(units.substr(match.groups[group].first,
                                     match.groups[group].second - match.groups[group].first));
    } else {
      out += replacement[i];
      continue;
    }
    ++i;
  }
  return out;
}

}  // namespace

std::optional<Value> replace_pattern(PureCall& call, bool all) {
  const auto expression = expression_of(call, call.argument(0));
  const Value& by = call.argument(1);
  const auto replacement =
      by.is_constant_text() ? std::optional<std::string>(*by.text) : std::nullopt;
  const bool calls = by.is(ValueKind::function) || by.is(ValueKind::api);
  if (!expression || !call.self.is_constant_text() || (!replacement && !calls)) return std::nullopt;
  const std::u32string units = units_of(call);
  if (!call.interpreter.spend_text(units.size() * 4)) return std::nullopt;
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = 0; at <= units.size();) {
    const auto match = expression->pattern.find(units, at);
    if (!match) break;
    if (!call.interpreter.spend(4 + (match->end - at) / 16)) return std::nullopt;
    out += from_units(std::u32string_view(units).substr(done, match->begin - done));
    if (replacement) {
      out += expanded(*replacement, units, *match);
    } else {
      std::vector<Value> given{part_of(call, units, {match->begin, match->end})};
      for (const auto& group : match->groups) given.push_back(part_of(call, units, group));
      given.push_back(Value::of_number(static_cast<double>(match->begin)));
      const Value made =
          call.interpreter.call(call.frame, by, Value::undefined(), std::move(given), call.site);
      const auto text = to_constant_string(made, Language::javascript);
      if (!text) return std::nullopt;
      out += *text;
    }
    done = match->end;
    at = match->end > match->begin ? match->end : match->end + 1;
    if (!(all || expression->is_global)) break;
    if (out.size() > max_text) return std::nullopt;
  }
  if (expression->pattern.has_given_up()) return std::nullopt;
  if (done < units.size()) out += from_units(std::u32string_view(units).substr(done));
  return text(call, std::move(out));
}

std::optional<Value> match_pattern(PureCall& call) {
  const auto expression = expression_of(call, call.argument(0));
  if (!expression || !call.self.is_constant_text()) return std::nullopt;
  const std::u32string units = units_of(call);
  std::vector<Value> parts;
  for (std::size_t at = 0; at <= units.size();) {
    const auto match = expression->pattern.find(units, at);
    if (!match || !call.interpreter.spend(4 + (match->end - at) / 16)) break;
    parts.push_back(part_of(call, units, {match->begin, match->end}));
    if (!expression->is_global) {
      for (const auto& group : match->groups) parts.push_back(part_of(call, units, group));
      break;
    }
    at = match->end > match->begin ? match->end : match->end + 1;
  }
  if (parts.empty() || expression->pattern.has_given_up()) return std::nullopt;
  return call.interpreter.make_list(std::move(parts));
}

std::optional<Value> test_pattern(PureCall& call) {
  const auto expression = expression_of(call, call.self);
  const Value& subject = call.argument(0);
  // One that is global remembers where it was.
  if (!expression || expression->is_global || !subject.is_constant_text()) return std::nullopt;
  if (!call.interpreter.spend(4 + subject.text->size() / 16)) return std::nullopt;
  const std::u32string units = call.interpreter.characters(subject.text, true);
  const bool found = expression->pattern.find(units, 0).has_value();
  if (expression->pattern.has_given_up()) return std::nullopt;
  return Value::boolean(found).with(subject.from, subject.trace);
}

std::optional<Value> make_pattern(PureCall& call) {
  const Value& source = call.argument(0);
  const Value& flags = call.argument(1);
  constexpr std::size_t longest_pattern = 64 * 1024;
  if (!source.is_constant_text() || source.text->size() > longest_pattern ||
      !call.interpreter.spend_text(source.text->size() * 2)) {
    return std::nullopt;
  }
  Names& names = call.interpreter.names();
  // A slash stands escaped in the text of an expression.
  std::string escaped;
  for (std::size_t i = 0; i < source.text->size(); ++i) {
    const char c = (*source.text)[i];
    if (c == '/') escaped += '\\';
    escaped += c;
    if (c == '\\' && i + 1 < source.text->size()) escaped += (*source.text)[++i];
  }
  Object* made = call.interpreter.make_object();
  made->has_fallback = true;
  made->fallback = names.intern("RegExp()");
  made->from = source.from;
  made->set(names.intern("source"),
            Value::string(std::move(escaped)).with(source.from, source.trace));
  made->set(names.intern("flags"), Value::string(flags.is_constant_text() ? *flags.text : ""));
  return Value::of_object(ValueKind::object, made).with(source.from, source.trace);
}

std::optional<Value> split_by_pattern(PureCall& call) {
  const auto expression = expression_of(call, call.argument(0));
  if (!expression || !call.self.is_constant_text()) return std::nullopt;
  const std::u32string units = units_of(call);
  std::vector<Value> parts;
  std::size_t done = 0;
  for (std::size_t at = 0; at < units.size();) {
    const auto match = expression->pattern.find(units, at);
    if (!match || match->end <= match->begin || !call.interpreter.spend(4 + (match->end - at) / 16))
      break;
    parts.push_back(part_of(call, units, {done, match->begin}));
    done = at = match->end;
  }
  if (expression->pattern.has_given_up()) return std::nullopt;
  parts.push_back(part_of(call, units, {done, units.size()}));
  return call.interpreter.make_list(std::move(parts));
}

}  // namespace assay::code::javascript_library
