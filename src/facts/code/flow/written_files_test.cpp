#include "facts/code/flow/written_files.h"

#include <gtest/gtest.h>

namespace assay::code {
namespace {

TEST(WrittenFiles, Are_found_by_just_their_path_with_all_that_was_written_there) {
  WrittenFiles files;
  files.add("/tmp/a.py", Source::remote, "");
  files.add("/tmp/a.py", Source::decoded, "import os");
  ASSERT_NE(files.find("/tmp/a.py"), nullptr);
  EXPECT_EQ(files.find("/tmp/a.py")->contents, "import os");
  EXPECT_TRUE(files.find("/tmp/a.py")->from.has(Source::remote));
  EXPECT_TRUE(files.find("/tmp/a.py")->from.has(Source::decoded));
  EXPECT_EQ(files.find("/tmp"), nullptr);
}

TEST(WrittenFiles, Modules_are_found_in_any_folder_when_their_contents_are_known) {
  WrittenFiles files;
  files.add("/tmp/x/pkg/part.py", {}, "a = 1");
  files.add("/tmp/x/whole/__init__.py", {}, "b = 1");
  files.add("/tmp/x/unknown.py", Source::remote, "");
  ASSERT_NE(files.find_module("pkg.part"), nullptr);
  EXPECT_EQ(*files.find_module("pkg.part"), "/tmp/x/pkg/part.py");
  EXPECT_NE(files.find_module("whole"), nullptr);
  EXPECT_EQ(files.find_module("other.part"), nullptr);
  EXPECT_EQ(files.find_module("unknown"), nullptr);
}

TEST(WrittenFiles, One_text_in_many_files_does_not_fill_the_memory) {
  WrittenFiles files;
  const std::string text(1u << 20, 'x');
  for (int i = 0; i < 3000; ++i) files.add("/tmp/file" + std::to_string(i), {}, text);
  std::size_t kept = 0;
  for (const auto& [path, file] : files.all()) kept += file.contents.size();
  EXPECT_EQ(kept, 16u << 20);
  EXPECT_EQ(files.all().size(), 2000u);
}

TEST(WrittenFiles, A_search_costs_more_the_more_files_there_are) {
  WrittenFiles files;
  EXPECT_EQ(files.search_steps(1000), 0u);
  EXPECT_EQ(files.module_search_steps("a"), 0u);
  for (int i = 0; i < 100; ++i) files.add("/tmp/" + std::to_string(i) + "/m.py", {}, "a = 1");
  EXPECT_GE(files.search_steps(1000), 100u);
  EXPECT_GE(files.module_search_steps("q.m"), 100u);
  EXPECT_LT(files.module_search_steps("q.other"), 100u);
}

}  // namespace
}  // namespace assay::code
