// Finds and reads the YARA files and house rules that a call names.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "rules/user/user_rules.h"

namespace assay {

struct LoadedRules {
  std::unique_ptr<UserRules> rules;  // null when nothing was given
  std::vector<std::string> notes;    // for people: what may be slow
};

// `yara`: files, and folders whose .yar and .yara files are all read. `house`: files. Kind usage
// when one is absent or no good; the message says where and what to do.
Result<LoadedRules> load_user_rules(const std::vector<std::string>& yara,
                                    const std::vector<std::string>& house);

}  // namespace assay
