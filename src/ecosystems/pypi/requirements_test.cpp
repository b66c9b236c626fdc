#include "ecosystems/pypi/requirements.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay {
namespace {

using testing::ElementsAre;

TEST(Requirement, Has_a_name_and_specifiers_whatever_stands_around_them) {
  const auto read = [](std::string_view text) {
    const std::optional<PypiRequirement> requirement = parse_requirement(text);
    return requirement ? requirement->name + "|" + requirement->wanted + "|" + requirement->url
                       : std::string("none");
  };
  EXPECT_EQ(read("adds"), "adds||");
  EXPECT_EQ(read("adds[fast, all] >= 1.0, < 2 ; python_version < '3.9'"), "adds|>=1.0,<2|");
  EXPECT_EQ(read("adds (==1.0)"), "adds|==1.0|");
  EXPECT_EQ(read("adds @ https://code.example.test/adds.zip ; os_name == 'nt'"),
            "adds||https://code.example.test/adds.zip");
  EXPECT_EQ(read("adds ~~ 1"), "none");
  EXPECT_EQ(read("adds[fast"), "none");
  EXPECT_EQ(read("-e ."), "none");
  EXPECT_EQ(read(""), "none");
}

TEST(RequirementsFile, Is_read_with_comments_continuations_options_and_includes) {
  const RequirementsFile file = parse_requirements_file(
      "# what we need\n"
      "adds==1.0 \\\n  --hash=sha256:abc\n"
      "takes>=2  # newer\n"
      "-r more.txt\n--requirement=even-more.txt\n-c limits.txt\n"
      "--index-url https://pypi.example.test/simple\n"
      "-e ./local\n"
      "git+https://code.example.test/x.git#egg=x\n"
      "what is this\n");
  std::vector<std::string> names;
  for (const PypiRequirement& requirement : file.requirements) {
    names.push_back(requirement.name + requirement.wanted + requirement.url);
  }
  EXPECT_THAT(names, ElementsAre("adds==1.0", "takes>=2", "./local",
                                 "git+https://code.example.test/x.git#egg=x"));
  EXPECT_THAT(file.includes, ElementsAre("more.txt", "even-more.txt"));
  EXPECT_THAT(file.unread, ElementsAre("what is this"));
}

}  // namespace
}  // namespace assay
