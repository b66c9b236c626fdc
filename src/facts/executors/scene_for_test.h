// A small package with what was found to run in it, for the tests of this folder.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "ecosystems/npm/manifest.h"
#include "ecosystems/pypi/manifest.h"
#include "facts/executors/executor.h"

namespace assay {

// A package, what runs in it, and questions about both by path.
class Scene {
 public:
  explicit Scene(std::string_view bundle) : package_(package_from_bundle(bundle)) {
    const File* json = package_.find("package.json");
    const auto npm = json ? read_npm_manifest(json->bytes) : fail(ErrorKind::missing, "");
    const auto python = read_python_manifest(package_);
    surface_ = find_executors(package_, npm ? &*npm : nullptr, python ? &*python : nullptr);
  }

  Trigger trigger(std::string_view path) const { return reach(path).trigger; }
  std::string reached_by(std::string_view path) const { return reach(path).reached_by; }
  bool is_test(std::string_view path) const { return reach(path).is_test; }

  // "install npm script postinstall -> a.js b.js"
  std::vector<std::string> executors() const {
    std::vector<std::string> lines;
    for (const Executor& each : surface_.executors) {
      std::string line = std::string(to_string(each.trigger)) + ' ' +
                         std::string(to_string(each.kind)) + ' ' + each.name + " ->";
      for (const std::int32_t file : each.files) {
        line += ' ' + package_.files[static_cast<std::size_t>(file)].path;
      }
      lines.push_back(line);
    }
    return lines;
  }

  const Surface& surface() const { return surface_; }
  const Package& package() const { return package_; }

 private:
  const Reach& reach(std::string_view path) const {
    const File* file = package_.find(path);
    static const Reach none;
    EXPECT_NE(file, nullptr) << path;
    return file ? surface_.reach[static_cast<std::size_t>(file - package_.files.data())] : none;
  }

  Package package_;
  Surface surface_;
};

}  // namespace assay
