#include <gtest/gtest.h>

#include "facts/code/shell/shell_testing.h"

namespace assay::code {
namespace {

std::vector<InlineCode> code_in(std::string_view text) {
  std::vector<InlineCode> all;
  for (const ShellCommand& command : parse_shell(text).commands) {
    for (InlineCode& code : inline_code_of(command)) all.push_back(std::move(code));
  }
  return all;
}

std::vector<std::string> files_in(std::string_view text) {
  std::vector<std::string> all;
  for (const ShellCommand& command : parse_shell(text).commands) {
    for (std::string& file : script_files_of(command)) all.push_back(std::move(file));
  }
  return all;
}

using Codes = std::vector<InlineCode>;
using Files = std::vector<std::string>;

TEST(InlineCode, is_found_behind_each_interpreters_option) {
  EXPECT_EQ(code_in("node -e 'a()'"), (Codes{{"node", "a()"}}));
  EXPECT_EQ(code_in("node --eval='a()' x"), (Codes{{"node", "a()"}}));
  EXPECT_EQ(code_in("node -pe 'a()'"), (Codes{{"node", "a()"}}));
  EXPECT_EQ(code_in("/usr/bin/python3.11 -Bc 'import os' x"), (Codes{{"python", "import os"}}));
  EXPECT_EQ(code_in("py -3 -c\"import os\""), (Codes{{"python", "import os"}}));
  EXPECT_EQ(code_in("perl -we 'system(1)'"), (Codes{{"perl", "system(1)"}}));
  EXPECT_EQ(code_in("ruby -e x; php -r y; deno eval z"),
            (Codes{{"ruby", "x"}, {"php", "y"}, {"node", "z"}}));
  EXPECT_EQ(code_in("osascript -e a -e b"), (Codes{{"osascript", "a\nb\n"}}));
}

TEST(InlineCode, is_constant_standard_input_too) {
  EXPECT_EQ(code_in("python - <<'E'\nimport os\nE\n"), (Codes{{"python", "import os\n"}}));
  EXPECT_EQ(code_in("echo 'a()' | node"), (Codes{{"node", "a()\n"}}));
  EXPECT_EQ(code_in("echo aW1wb3J0IG9z | base64 -d | python3 -"), (Codes{{"python", "import os"}}));
  EXPECT_EQ(code_in("python -c \"$(echo aW1wb3J0IG9z | base64 -d)\""),
            (Codes{{"python", "import os"}}));
}

TEST(InlineCode, is_not_a_script_file_or_a_module) {
  EXPECT_EQ(code_in("node x.js -e"), Codes{});
  EXPECT_EQ(code_in("python -m pip install x"), Codes{});
  EXPECT_EQ(code_in("sh -c 'a'"), Codes{});
  EXPECT_EQ(code_in("echo x | python a.py"), Codes{});
}

TEST(ScriptFiles, are_named_as_written) {
  EXPECT_EQ(files_in("node x.js"), (Files{"x.js"}));
  EXPECT_EQ(files_in("node --no-warnings -r ./y.js . a"), (Files{"./y.js", "."}));
  EXPECT_EQ(files_in("python3 -u x.py; sh x.sh; bash -e y.sh; . z.sh"),
            (Files{"x.py", "x.sh", "y.sh", "z.sh"}));
  EXPECT_EQ(
      files_in("./a && scripts/b && tsx c.ts && bun run d.ts && bun e.ts && deno run -A f.ts"),
      (Files{"./a", "scripts/b", "c.ts", "d.ts", "e.ts", "f.ts"}));
  EXPECT_EQ(files_in("npx ts-node x.ts; pnpm exec node y.js"), (Files{"x.ts", "y.js"}));
  EXPECT_EQ(files_in("powershell -ExecutionPolicy Bypass -File x.ps1"), (Files{"x.ps1"}));
  EXPECT_EQ(files_in("sh < x.sh; cat y.sh | bash"), (Files{"x.sh", "y.sh"}));
  EXPECT_EQ(files_in("cmd /c install.bat"), (Files{"install.bat"}));
  EXPECT_EQ(files_in("wscript.exe //B x.vbs"), (Files{"x.vbs"}));
}

TEST(ScriptFiles, leave_out_programs_and_subcommands) {
  EXPECT_EQ(files_in("/usr/bin/curl u; npm run build; bun install; node -e 'x' y; python -m x"),
            Files{});
}

TEST(ProgramOf, drops_folder_ending_and_case) {
  EXPECT_EQ(program_of(parse_shell("/usr/bin/Curl u").commands[0]), "curl");
  EXPECT_EQ(program_of(parse_shell("C:\\x\\NODE.EXE u", ShellDialect::cmd).commands[0]), "node");
  EXPECT_EQ(program_of(ShellCommand{}), "");
}

}  // namespace
}  // namespace assay::code
