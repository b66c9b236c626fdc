#include "facts/executors/test_paths.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

TEST(TestPaths, AreToldByFolderAndName) {
  for (const std::string_view path :
       {"test/a.js", "lib/__tests__/a.js", "a.spec.ts", "a.test.mjs", "pkg/test_a.py", "a_test.py",
        "conftest.py", "Examples/a.py", "docs/conf.py", "benchmarks/run.js", "fixtures/x.json",
        "demo/a.js", "test.js"}) {
    EXPECT_TRUE(is_test_path(path)) << path;
  }
  for (const std::string_view path : {"index.js", "lib/testing.js", "contest/a.js", "latest.py",
                                      "spec.md2/a.js", "attest_x.py", "testing/a.py", "test"}) {
    EXPECT_FALSE(is_test_path(path)) << path;
  }
}

}  // namespace
}  // namespace assay
