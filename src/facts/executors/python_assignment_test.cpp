#include "facts/executors/python_assignment.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

TEST(PythonAssignment, TakesPlainStringsOnly) {
  for (const std::string_view text :
       {"v = '1.0'", "\"\"\"doc\nv = f()\n\"\"\"\nv = '1'  # c\n", "x = 1\nv: str = \"1\"\n",
        "# \"\"\"\nv = '1'", "w = 'it\\'s'\nv='1'\nv = f()\n", "version = f()\nv = '1'"}) {
    EXPECT_TRUE(assigns_plain_string(text, "v")) << text;
  }
  for (const std::string_view text :
       {"", "v = f()", "v = '1' + f()", "  v = '1'", "'''\nv = '1'\n'''\nv = f()", "v = ('1', f())",
        "v == '1'", "v = f'{x()}'", "'unclosed\nv = f()\nv = '1'"}) {
    EXPECT_FALSE(assigns_plain_string(text, "v")) << text;
  }
}

}  // namespace
}  // namespace assay
