// Which names are popular: what `assay db names` wrote for this user, or what the program carries.
#pragma once

#include <string>
#include <vector>

#include "base/mapped_file.h"
#include "ecosystems/registry/client_environment.h"
#include "facts/names/name_index.h"

namespace assay {

struct NamesData {
  MappedFile file;  // what `index` looks at, when it is the user's
  names::NameIndex index;
  std::string source;              // for people
  std::vector<std::string> notes;  // why the user's own was not used
};

std::string names_index_path(const ClientEnvironment& environment);
NamesData load_names(const ClientEnvironment& environment);

}  // namespace assay
