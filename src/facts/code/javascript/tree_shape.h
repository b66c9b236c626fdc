// For tests: a tree on one line, `call[f, +[1, a]]` for f(1 + a), its statements joined by "; ".
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "facts/code/javascript/parser.h"

namespace assay::code {

inline std::string flag_names(int flags) {
  static constexpr std::pair<int, std::string_view> names[] = {
      {flag_arrow, "arrow"},       {flag_async, "async"},         {flag_generator, "generator"},
      {flag_getter, "getter"},     {flag_setter, "setter"},       {flag_static, "static"},
      {flag_optional, "optional"}, {flag_tagged, "tagged"},       {flag_prefix, "prefix"},
      {flag_delegate, "delegate"}, {flag_statement, "statement"},
      // Said by where they stand: flag_method, flag_expression_body.
  };
  std::string out;
  for (const auto& [flag, name] : names) {
    if ((flags & flag) != 0) out += " +" + std::string(name);
  }
  return out;
}

// One line of dump(), shortened: `name "a"` is a, `number "1"` is 1, `string "b"` is "b",
// `binary .+` is +, and flags have names.
inline std::string shape_of_line(std::string_view line) {
  std::string flags;
  if (const std::size_t bang = line.rfind(" !");
      bang != std::string_view::npos && !line.ends_with('"')) {
    flags = flag_names(std::stoi(std::string(line.substr(bang + 2))));
    line = line.substr(0, bang);
  }
  for (const std::string_view bare : {"name \"", "number \""}) {
    if (line.starts_with(bare))
      return std::string(line.substr(bare.size(), line.size() - bare.size() - 1));
  }
  for (const std::string_view prefix : {"binary .", "compare .", "logical .", "string "}) {
    if (line.starts_with(prefix)) line.remove_prefix(prefix.size());
  }
  std::string out(line);
  if (const std::size_t dot = out.find(" ."); dot < out.find('"')) out.erase(dot + 1, 1);
  return out + flags;
}

inline std::string shape(const Tree& tree) {
  std::string out;
  std::size_t depth = 0;  // of the line before; the root is left out
  const std::string text = dump(tree);
  std::string_view rest = text;
  rest.remove_prefix(rest.find('\n') + 1);
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() + 1);
    const std::size_t here = line.find_first_not_of(' ') / 2;
    if (here > depth) {
      if (depth > 0) out += '[';
    } else {
      out.append(depth - here, ']');
      out += here == 1 ? "; " : ", ";
    }
    depth = here;
    out += shape_of_line(line.substr(2 * here));
  }
  if (depth > 1) out.append(depth - 1, ']');
  return out;
}

inline constexpr JavaScriptOptions typescript_options{.typescript = true, .jsx = false};
inline constexpr JavaScriptOptions tsx_options{.typescript = true};

// The shape of a source that must be read without a complaint.
inline std::string shape(std::string_view source, JavaScriptOptions options = {}) {
  const Tree tree = parse_javascript(source, options);
  if (tree.skipped.empty()) return shape(tree);
  return "error at " + std::to_string(tree.skipped[0].begin) + ": " +
         std::string(tree.skipped[0].reason) + ": " + shape(tree);
}

// The shape of one that need not be.
inline std::string broken_shape(std::string_view source, JavaScriptOptions options = {}) {
  return shape(parse_javascript(source, options));
}

}  // namespace assay::code
