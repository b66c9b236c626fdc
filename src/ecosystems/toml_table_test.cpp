#include "ecosystems/toml_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(TomlTable, ValuesAreReadByTheirKind) {
  constexpr std::string_view text =
      "one = \"a\"\nlist = [\"b\", \"c\"]\nyes = true\n[t]\n[[many]]\n[[many]]\n";
  const TomlFile file = TomlFile::read(text, "x.toml").value();
  TomlTableReader reader(file, file.tree.root());
  EXPECT_EQ(reader.string("one"), "a");
  EXPECT_THAT(reader.strings("one"), ElementsAre("a"));
  EXPECT_THAT(reader.strings("list"), ElementsAre("b", "c"));
  EXPECT_EQ(reader.flag("yes"), true);
  EXPECT_NE(reader.table("t"), nullptr);
  EXPECT_EQ(reader.tables("many").size(), 2u);
  EXPECT_EQ(reader.string("absent"), "");
  EXPECT_TRUE(reader.finish());
}

TEST(TomlTable, TheFirstThingWrongIsToldWithItsPlace) {
  constexpr std::string_view text = "a = \"\xC3\xA9\"\n  list = [1, 2]\nother = 1\n";
  const TomlFile file = TomlFile::read(text, "x.toml").value();
  TomlTableReader reader(file, file.tree.root());
  reader.string("a");
  reader.strings("list");
  reader.strings("outher");
  const Result<void> finished = reader.finish();
  ASSERT_FALSE(finished);
  EXPECT_EQ(finished.error().kind, ErrorKind::usage);
  EXPECT_EQ(finished.error().message, "x.toml:2:3: 'list' must be a string or a list of strings");
}

TEST(TomlTable, AnUnknownKeyIsToldWithWhatIsPossible) {
  const TomlFile file = TomlFile::read("nmae = \"a\"\n", "x.toml").value();
  TomlTableReader reader(file, file.tree.root());
  reader.string("name");
  EXPECT_THAT(reader.finish().error().message,
              AllOf(HasSubstr("x.toml:1:1: unknown key 'nmae'; did you mean 'name'?"),
                    HasSubstr("possible: name")));
}

TEST(TomlTable, WhatIsNoTomlIsToldWithItsLine) {
  EXPECT_THAT(TomlFile::read("a = 1\nb =\n", "x.toml").error().message,
              HasSubstr("x.toml: no value at line 2"));
}

}  // namespace
}  // namespace assay
