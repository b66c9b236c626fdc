#include <gtest/gtest.h>

#include "package/archive/archive.h"
#include "package/archive/archives_for_test.h"

namespace assay {
namespace {

using namespace std::string_view_literals;

struct Case {
  std::string_view path;
  std::string_view head;
  FileKind kind;
};

void expect_all(std::initializer_list<Case> cases) {
  for (const Case& one : cases) {
    EXPECT_EQ(to_string(classify_file(one.path, one.head)), to_string(one.kind)) << one.path;
  }
}

TEST(Classify, Names_decide_for_text) {
  expect_all({{"a.js", "x", FileKind::javascript},
              {"a.d.ts", "x", FileKind::declaration},
              {"a.d.mts", "x", FileKind::declaration},
              {"a.ts", "x", FileKind::typescript},
              {"lib/A.PY", "x", FileKind::python},
              {"a.pyi", "x", FileKind::declaration},
              {"a.pth", "import os", FileKind::pth},
              {"package.json", "{}", FileKind::json},
              {"a.js.map", "{}", FileKind::source_map},
              {"pyproject.toml", "x", FileKind::toml},
              {"setup.cfg", "x", FileKind::ini},
              {"x.egg-info/entry_points.txt", "x", FileKind::ini},
              {"binding.gyp", "{}", FileKind::gyp},
              {"README", "x", FileKind::text},
              {"PKG-INFO", "x", FileKind::text},
              {"App.vue", "x", FileKind::html},
              {"run.cmd", "x", FileKind::batch},
              {"src/lib.rs", "x", FileKind::other_source},
              {"bin/thing", "console.log(1)", FileKind::other},
              {"a.unknown", "x", FileKind::other}});
}

TEST(Classify, A_shebang_decides_where_the_name_does_not) {
  expect_all({{"bin/a", "#!/usr/bin/env node\n", FileKind::javascript},
              {"bin/a", "#!/usr/bin/env -S node --flag\n", FileKind::javascript},
              {"bin/a", "#!/usr/bin/python3.11\n", FileKind::python},
              {"bin/a", "#!/bin/bash -e\n", FileKind::shell},
              {"a.js", "#!/bin/sh\n", FileKind::javascript},
              {"bin/a", "#!", FileKind::other},
              {"bin/a", "#!/bin/awk", FileKind::other}});
}

TEST(Classify, Contents_come_before_names) {
  const std::string zip = testing_archives::Zip().add("a", "1").str();
  std::string program(128, '\0');
  program.replace(0, 2, "MZ");
  program[0x3C] = 0x60;
  program.replace(0x60, 4, "PE\0\0"sv);
  expect_all({{"a.js",
               "\x7f"
               "ELF\2\1\1",
               FileKind::native},
              {"a.txt", program, FileKind::native},
              {"a", "\xcf\xfa\xed\xfe....", FileKind::native},
              {"a", "\xca\xfe\xba\xbe\0\0\0\2"sv, FileKind::native},
              {"A.class", "\xca\xfe\xba\xbe\0\0\0\x34"sv, FileKind::other},
              {"a.js", "\0asm\1\0\0\0"sv, FileKind::wasm},
              {"a.txt", "\x6f\x0d\r\n\0\0\0\0"sv, FileKind::bytecode},
              {"a.js", zip, FileKind::archive},
              {"a.dat", "\x1f\x8b\x08....", FileKind::archive},
              {"a.txt", "\x89PNG\r\n\x1a\n", FileKind::image},
              {"a", "wOF2....", FileKind::font}});
}

TEST(Classify, A_name_that_promises_a_binary_format_is_not_believed) {
  expect_all({{"logo.png", "require('child_process')", FileKind::other},
              {"font.woff2", "require('child_process')", FileKind::other},
              {"lib.so", "INPUT(-lc)", FileKind::other},
              {"MZ.txt", "MZ is how it begins", FileKind::text},
              {"a.svg", "<svg/>", FileKind::image},
              {"empty.png", "", FileKind::image}});
}

TEST(Classify, Attributes_that_macOS_keeps_aside_are_not_taken_for_the_file) {
  expect_all({{"._package.json", "\0\5\x16\7\0\2\0\0Mac OS X"sv, FileKind::other}});
}

}  // namespace
}  // namespace assay
