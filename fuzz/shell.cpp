// Command texts in all three dialects, and what is read off each command.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "facts/code/shell/shell.h"

using namespace assay::code;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const ShellDialect dialect :
       {ShellDialect::posix, ShellDialect::powershell, ShellDialect::cmd}) {
    const ShellScript script = parse_shell(text, dialect);
    CHECK(script.commands.size() <= 1000);
    const auto count = static_cast<std::int32_t>(script.commands.size());
    for (const ShellCommand& command : script.commands) {
      CHECK(command.begin <= command.end && command.end <= size);
      CHECK(command.reads_from >= -1 && command.reads_from < count);
      for (const std::int32_t substitute : command.substitutes) {
        CHECK(substitute >= 0 && substitute < count);
      }
      inline_code_of(command);
      script_files_of(command);
    }
  }
  return 0;
}
