// Which tag of a repository marks a version of a package. Repositories of many packages have tags
// of all of them, so that a tag with another package's name is none of this one's.
#pragma once

#include <span>
#include <string_view>

#include "ecosystems/repository/repositories.h"
#include "package/package.h"

namespace assay {

// "v1.2.3", "1.2.3", "name@1.2.3", "name-v1.2.3", "release-1.2.3", "REL_1_2_3" and their like; a
// tag with the package's name wins over one without. Versions of Python are compared as PEP 440
// does. Null when there is none.
const RepositoryTag* tag_of_version(std::span<const RepositoryTag> tags, const PackageId& package);

}  // namespace assay
