// Reads house rules.
#include "rules/user/house_rules.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/suggest.h"
#include "base/text.h"
#include "ecosystems/toml_table.h"

namespace assay {
namespace {

constexpr std::size_t most_text_bytes = 500;

Result<Severity> severity_named(std::string_view text) {
  if (const auto severity = severity_from(text)) return *severity;
  return fail(ErrorKind::usage, fmt::format("'{}' is none of info, low, medium, high, critical",
                                            escape_for_display(text, 80)));
}

Result<bool> scope_named(std::string_view text) {
  if (text == "package") return false;
  if (text == "file") return true;
  return fail(ErrorKind::usage,
              fmt::format("'{}' is none of package, file", escape_for_display(text, 80)));
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 64 && text.front() != '-' && text.back() != '-' &&
         !contains(text, "--") && std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

// A number of bytes with an optional unit: 4096, "64 KiB", "1 MiB".
std::optional<std::uint64_t> bytes_from(std::string_view text) {
  std::string plain = replace_all(std::string(trim(text)), "_", "");
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), number);
  const std::string_view unit = trim(std::string_view(end, plain.data() + plain.size()));
  if (error != std::errc() || number > (std::uint64_t{1} << 40)) return std::nullopt;
  if (unit.empty() || unit == "B") return number;
  if (unit == "KiB") return number << 10;
  if (unit == "MiB") return number << 20;
  if (unit == "GiB") return number << 30;
  return std::nullopt;
}

class HouseReader {
 public:
  HouseReader(const TomlFile& file, const HouseBounds& bounds) : file_(file), bounds_(bounds) {}

  Result<std::vector<HouseRule>> read() {
    TomlTableReader reader(file_, file_.tree.root());
    std::vector<HouseRule> rules;
    const std::vector<const TomlNode*> tables = reader.tables("rule");
    TRY(reader.finish());
    if (tables.empty()) {
      return fail(ErrorKind::usage,
                  fmt::format("{}:1:1: holds no rules: a rule begins with [[rule]]", file_.name));
    }
    std::set<std::string> names;
    for (const TomlNode* table : tables) {
      if (rules.size() == bounds_.rules) return too_many(*table, "rules", bounds_.rules);
      HouseRule rule = TRY(read_rule(*table));
      if (!names.insert(rule.id).second) {
        return std::unexpected(
            file_.complaint(*table, fmt::format("a second rule '{}'", rule.id.substr(6))));
      }
      rules.push_back(std::move(rule));
    }
    return rules;
  }

 private:
  std::unexpected<Error> too_many(const TomlNode& node, std::string_view what,
                                  std::size_t most) const {
    return std::unexpected(file_.complaint(node, fmt::format("more than {} {}", most, what)));
  }

  Result<HouseRule> read_rule(const TomlNode& table) {
    TomlTableReader reader(file_, table);
    HouseRule rule;
    const std::string name = reader.string("name");
    rule.id = "house:" + name;
    rule.title = reader.string("title");
    rule.severity = reader.named("severity", severity_named).value_or(Severity::medium);
    rule.message = reader.string("message");
    rule.why = reader.string("why");
    rule.harmless_when = reader.string("harmless-when");
    rule.in_one_file = reader.named("scope", scope_named).value_or(false);
    const TomlNode* when = reader.table("when");
    TRY(reader.finish());
    if (!is_name(name)) {
      reader.complain("a rule needs a name of at most 64 letters a-z, digits and single dashes");
    }
    if (rule.title.empty()) reader.complain("a rule needs a title: one sentence");
    for (const std::string* text : {&rule.title, &rule.message, &rule.why, &rule.harmless_when}) {
      if (text->size() > most_text_bytes) reader.complain("a text of more than 500 bytes");
    }
    if (when == nullptr) reader.complain("a rule needs its condition: [rule.when]");
    TRY(reader.finish());
    rule.when = TRY(read_condition(*when, 1));
    if (rule.in_one_file && !matches_something(rule.when)) {
      return std::unexpected(file_.complaint(
          *when, "scope = \"file\" needs a condition outside of 'not' that names the file"));
    }
    if (rule.message.empty()) rule.message = rule.title;
    return rule;
  }

  static bool matches_something(const HouseCondition& condition) {
    if (condition.kind == HouseCondition::Kind::records) return true;
    return condition.kind != HouseCondition::Kind::none &&
           std::ranges::any_of(condition.parts, matches_something);
  }

  // Several keys of one condition have to hold all.
  Result<HouseCondition> read_condition(const TomlNode& table, int depth) {
    if (depth > bounds_.depth)
      return too_many(table, "conditions inside one another",
                      static_cast<std::size_t>(bounds_.depth));
    if (++conditions_ > bounds_.conditions)
      return too_many(table, "conditions", bounds_.conditions);
    TomlTableReader reader(file_, table);
    HouseCondition condition;
    condition.kind = HouseCondition::Kind::all;
    for (int i = 0; i < record_kind_count; ++i) {
      const auto kind = static_cast<RecordKind>(i);
      const TomlNode* node = reader.table(to_string(kind));
      if (node == nullptr) continue;
      HouseCondition part = TRY(read_records(*node, kind));
      condition.parts.push_back(std::move(part));
    }
    TRY(read_group(reader, "all", HouseCondition::Kind::all, depth, condition.parts));
    TRY(read_group(reader, "any", HouseCondition::Kind::any, depth, condition.parts));
    if (const TomlNode* node = reader.table("not")) {
      HouseCondition inner = TRY(read_condition(*node, depth + 1));
      HouseCondition none;
      none.kind = HouseCondition::Kind::none;
      none.parts.push_back(std::move(inner));
      condition.parts.push_back(std::move(none));
    }
    TRY(reader.finish());
    if (condition.parts.empty()) {
      reader.complain(
          "a condition needs one of action, executor, dependency, manifest, file, all, any, not");
      TRY(reader.finish());
    }
    if (condition.parts.size() == 1) {
      HouseCondition only = std::move(condition.parts.front());
      return only;
    }
    return condition;
  }

  Result<void> read_group(TomlTableReader& reader, std::string_view key, HouseCondition::Kind kind,
                          int depth, std::vector<HouseCondition>& into) {
    const std::vector<const TomlNode*> nodes = reader.tables(key);
    if (nodes.empty()) return {};
    HouseCondition group;
    group.kind = kind;
    for (const TomlNode* node : nodes) {
      HouseCondition part = TRY(read_condition(*node, depth + 1));
      group.parts.push_back(std::move(part));
    }
    into.push_back(std::move(group));
    return {};
  }

  Result<HouseCondition> read_records(const TomlNode& table, RecordKind kind) {
    if (++conditions_ > bounds_.conditions)
      return too_many(table, "conditions", bounds_.conditions);
    TomlTableReader reader(file_, table);
    HouseCondition condition;
    condition.records = kind;
    const std::span<const Field> fields = fields_of(kind);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      TRY(read_tests(reader, fields[i], i, condition.tests));
    }
    TRY(reader.finish());
    return condition;
  }

  // "host", "host-not", and for choices with several values "data-all".
  Result<void> read_tests(TomlTableReader& reader, const Field& field, std::size_t index,
                          std::vector<HouseTest>& tests) {
    const std::string name(field.name);
    if (field.kind == FieldKind::flag) {
      const std::optional<bool> value = reader.flag(name);
      if (!value) return {};
      HouseTest test;
      test.field = index;
      test.words = {*value ? "true" : "false"};
      tests.push_back(std::move(test));
      return {};
    }
    if (field.kind == FieldKind::size) return read_size(reader, name, index, tests);
    TRY(read_test(reader, field, name, index, HouseTest::Needs::any, tests));
    TRY(read_test(reader, field, name + "-not", index, HouseTest::Needs::none, tests));
    const bool has_several = field.name == "data" || field.name == "target-from";
    if (has_several)
      TRY(read_test(reader, field, name + "-all", index, HouseTest::Needs::all, tests));
    return {};
  }

  Result<void> read_size(TomlTableReader& reader, const std::string& name, std::size_t index,
                         std::vector<HouseTest>& tests) {
    HouseTest test;
    test.field = index;
    bool is_given = false;
    for (const bool is_over : {true, false}) {
      const std::string key = name + (is_over ? "-over" : "-under");
      const TomlNode* node = reader.node(key);
      if (node == nullptr) continue;
      // Asked for as text, so that both 4096 and "4 KiB" are possible.
      if (node->kind == TomlKind::text) reader.string(key);
      const auto bytes = node->kind == TomlKind::text
                             ? bytes_from(node->text)
                             : reader.bare(key, "a number of bytes", bytes_from);
      if (!bytes) {
        return std::unexpected(file_.complaint(
            *node,
            fmt::format("'{}' must be a number of bytes: 4096, \"64 KiB\", \"1 MiB\"", key)));
      }
      (is_over ? test.over : test.under) = *bytes;
      is_given = true;
    }
    if (is_given) tests.push_back(std::move(test));
    // So that a complaint of another key lists them.
    if (reader.node(name + "-over") == nullptr) reader.string(name + "-over");
    if (reader.node(name + "-under") == nullptr) reader.string(name + "-under");
    return {};
  }

  Result<void> read_test(TomlTableReader& reader, const Field& field, const std::string& key,
                         std::size_t index, HouseTest::Needs needs, std::vector<HouseTest>& tests) {
    const std::vector<std::string> values = reader.strings(key);
    if (values.empty()) return {};
    const TomlNode& node = *reader.node(key);
    HouseTest test;
    test.field = index;
    test.needs = needs;
    const std::vector<std::string> words = words_of(field);
    for (const std::string& value : values) {
      if (field.kind == FieldKind::choice) {
        if (std::ranges::find(words, value) == words.end()) {
          return std::unexpected(file_.complaint(
              node, fmt::format("{}: '{}' is none of {}{}", key, escape_for_display(value, 80),
                                fmt::join(words, ", "), did_you_mean(value, words))));
        }
        test.words.push_back(value);
        continue;
      }
      if (++patterns_ > bounds_.patterns) return too_many(node, "patterns", bounds_.patterns);
      Result<Glob> glob =
          Glob::read(value, field.kind == FieldKind::path ? Glob::Of::path : Glob::Of::text);
      if (!glob) return std::unexpected(file_.complaint(node, key + ": " + glob.error().message));
      test.globs.push_back(std::move(*glob));
    }
    tests.push_back(std::move(test));
    return {};
  }

  const TomlFile& file_;
  const HouseBounds& bounds_;
  std::size_t conditions_ = 0, patterns_ = 0;
};

}  // namespace

Result<std::vector<HouseRule>> read_house_rules(std::string_view text, std::string_view name,
                                                const HouseBounds& bounds) {
  // Rules that people write have a few KB; the reader keeps 100 bytes a value.
  if (text.size() > 1_MiB) {
    return fail(ErrorKind::usage, fmt::format("{}: house rules of more than 1 MiB", name));
  }
  const TomlFile file = TRY(TomlFile::read(text, name));
  return HouseReader(file, bounds).read();
}

}  // namespace assay
