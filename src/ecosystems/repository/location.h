// Where a package says that its sources are: the many spellings that manifests use, read into one
// https address, or the reason why there is none. Nothing is asked here.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace assay {

struct RepositoryLocation {
  std::string url;     // "https://host/owner/name", without ".git", user, query and fragment
  std::string host;    // lower case, with the port where it has one
  std::string path;    // "owner/name", or deeper on some forges
  std::string folder;  // "packages/a", where the text names one; else empty

  bool operator==(const RepositoryLocation&) const = default;
};

// "git+https://…", "git@host:owner/name.git", "ssh://…", "git://…", "owner/name",
// "gitlab:owner/name" and addresses of pages such as "…/tree/main/packages/a" all name a place that
// can be asked by https. Unsupported: what is no repository of git (a snippet, a home page, a path
// of this machine).
Result<RepositoryLocation> locate_repository(std::string_view text);

}  // namespace assay
