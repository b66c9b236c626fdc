// Whether two projects of a registry belong together.
#pragma once

#include <string>
#include <string_view>

#include "base/known.h"
#include "ecosystems/registry/project_record.h"
#include "facts/facts.h"

namespace assay {

// "https://git.example.test/owner/name.git" and "git+ssh://git@git.example.test/owner/name" are the
// same place: "git.example.test/owner/name". A shorthand keeps its words.
std::string plain_repository(std::string_view text);
bool is_same_repository(std::string_view a, std::string_view b);
// What the record names, or else the package itself.
std::string repository_of(const Facts& facts, const ProjectRecord& record);
// Whether somebody may publish both.
Known<bool> share_people(const ProjectRecord& a, const ProjectRecord& b);

}  // namespace assay
