// A small package with what its code was found to do, for the tests of this folder.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "facts/code/flow/flow.h"

namespace assay::code {

struct Scene {
  Package package;
  FlowResult result;

  const Action* find(Act act, std::string_view api = "") const {
    const auto found = std::ranges::find_if(result.actions, [&](const Action& action) {
      return action.act == act && (api.empty() || action.api == api);
    });
    return found == result.actions.end() ? nullptr : &*found;
  }
};

inline Scene analyse(std::string_view bundle, bool is_program = false) {
  Scene scene;
  scene.package = package_from_bundle(bundle);
  const std::vector<FileRole> roles(
      scene.package.files.size(),
      FileRole{Trigger::import, false, is_program ? Trigger::import : Trigger::none, {}});
  scene.result = analyse_flow(scene.package, roles, {});
  return scene;
}
inline Scene javascript(std::string_view code) {
  return analyse("==> index.js\n" + std::string(code));
}
inline Scene python(std::string_view code) {
  return analyse("==> setup.py\n" + std::string(code), true);
}

#define ASSERT_ACTION(name, scene, ...)           \
  const Action* name = (scene).find(__VA_ARGS__); \
  ASSERT_NE(name, nullptr)

}  // namespace assay::code
