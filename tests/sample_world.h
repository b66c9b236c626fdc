// What is outside a package, as samples of rules and tests write it: files of a bundle whose paths
// begin with "//" are no files of the package but what its registry would answer.
//
//   //npm/NAME.json          the full document of an npm package
//   //pypi/NAME.json         the simple page of a Python project
//   //pypi/NAME.more.json    its JSON document
//   //keys.json              what the npm registry signs with
//   //sdist/PATH             a file of the source distribution beside the package, a wheel
//   //domain/NAME            "absent", or the day since when it is registered
//   //names/npm, //names/pypi  popular names, one a line
//   //osv/NAME               an advisory
//   //git/TAG/PATH           a file of the repository that the package names, at a tag; the last
//   tag
//                            is the newest commit. "//git/absent": there is none
//   //forge/PATH             what its forge answers, without the query
//   //package                "npm NAME VERSION" or "pypi NAME VERSION": what is being asked about
//
// The time is always that of sample_time.
#pragma once

#include <string_view>

#include "facts/facts.h"

namespace assay {

inline constexpr Time sample_time = std::chrono::sys_days(std::chrono::year(2026) / 1 / 15);

struct SampleScene {
  Package package;
  Package sdist;  // empty without "//sdist/"
  Facts facts;    // of `package`, with what is outside it
};

// `scene.facts` point into the scene, which must stay where it is.
void build_scene(std::string_view bundle, SampleScene& scene);

}  // namespace assay
