#include <gtest/gtest.h>

#include "base/text.h"
#include "facts/code/shell/shell_testing.h"

namespace assay::code {
namespace {

std::string repeated(std::string_view part, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += part;
  return out;
}

TEST(ShellLimits, a_thousand_commands_are_kept_and_more_are_cut) {
  EXPECT_FALSE(parse_shell(repeated("a;", 1000)).cut);
  const ShellScript script = parse_shell(repeated("a;", 1001));
  EXPECT_EQ(script.commands.size(), 1000u);
  EXPECT_TRUE(script.cut);
}

TEST(ShellLimits, a_command_of_very_many_words_is_cut_and_read_in_time) {
  const ShellScript script = parse_shell(repeated("eval ", 100'000) + "a");
  EXPECT_TRUE(script.cut);
  for (const ShellCommand& command : script.commands) EXPECT_LE(command.words.size(), 8192u);
}

TEST(ShellLimits, nesting_beyond_twenty_levels_is_cut) {
  EXPECT_FALSE(parse_shell(repeated("$(a ", 20) + repeated(")", 20)).cut);
  EXPECT_TRUE(parse_shell(repeated("$(a ", 21) + repeated(")", 21)).cut);
  EXPECT_TRUE(parse_shell(repeated("( ", 100) + "a" + repeated(" )", 100)).cut);
  EXPECT_TRUE(parse_shell(repeated("${a:-", 100)).cut);
}

TEST(ShellLimits, variables_that_double_stop_at_the_budget) {
  std::string text = "a=xxxxxxxxxxxxxxxx;";
  for (int i = 0; i < 64; ++i) text += "a=$a$a;";
  EXPECT_TRUE(parse_shell(text + "curl $a").cut);
}

TEST(ShellLimits, a_script_that_evaluates_itself_ends) {
  EXPECT_TRUE(parse_shell("a='eval \"$a\"'; eval \"$a\"").cut);
  EXPECT_TRUE(parse_shell("echo 'sh /tmp/x' > /tmp/x; sh /tmp/x").cut);
}

TEST(ShellLimits, deep_and_unfinished_input_is_read_in_all_dialects) {
  for (const std::string_view part :
       {"(",    "((",         "$((",    "$(",    "`",      "\"",     "'",
        "${",   "<<E\n",      "{",      "[",     "[[",     "if ",    "case x in ",
        "<(",   "@(",         "& {",    "a=b ",  "%a",     "!a",     "for /f %i in ('",
        "|",    "\\",         "^",      "eval ", "-join ", "xargs ", "$'",
        "@'\n", "cat <<E $(", "[x]::",  ".a(",   ",",      "1..",    "sudo ",
        "a (",  "a ((((",     "$x = (", "-a (",  "(a "}) {
    const std::string text = repeated(part, 5000);
    for (const ShellDialect dialect :
         {ShellDialect::posix, ShellDialect::cmd, ShellDialect::powershell}) {
      const ShellScript script = parse_shell(text, dialect);
      EXPECT_LE(script.commands.size(), 1000u);
      for (const ShellCommand& command : script.commands) {
        EXPECT_LE(command.begin, command.end);
        EXPECT_LE(command.end, text.size());
      }
    }
  }
}

TEST(ShellLimits, scripts_cut_anywhere_keep_their_ranges_inside_the_text) {
  const std::string text =
      "a 2>&1 <<E & powershell -enc YQA= | sh -c 'b \"$(c)\"' `d` \n$x${y:-z}\nE\n%e%!f!^ \"`\" "
      "@'\n";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    for (const ShellDialect dialect :
         {ShellDialect::posix, ShellDialect::cmd, ShellDialect::powershell}) {
      for (const ShellCommand& command : parse_shell(text.substr(0, size), dialect).commands) {
        EXPECT_LE(command.begin, command.end);
        EXPECT_LE(command.end, size);
      }
    }
  }
}

TEST(ShellLimits, any_bytes_are_accepted) {
  std::string bytes;
  for (int i = 0; i < 2048; ++i) bytes += static_cast<char>((i * 7919) >> 3);
  for (const ShellDialect dialect :
       {ShellDialect::posix, ShellDialect::cmd, ShellDialect::powershell}) {
    EXPECT_LE(parse_shell(bytes, dialect).commands.size(), 1000u);
  }
  EXPECT_TRUE(parse_shell("").commands.empty());
  EXPECT_TRUE(parse_shell("# only a comment").commands.empty());
}

}  // namespace
}  // namespace assay::code
