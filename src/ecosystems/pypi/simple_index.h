// A project's page of a Python package index: the simple API as JSON (PEP 691 with the fields of
// PEP 700) or as HTML (PEP 503, with the attributes of PEP 592 and PEP 658). What a page does not
// tell is absent here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/limits.h"
#include "base/result.h"
#include "ecosystems/registry/url.h"

namespace assay {

struct IndexFile {
  std::string file_name;
  std::string url;                    // absolute, without fragment
  std::optional<HashKind> hash_kind;  // the strongest published one that we know
  std::string hash;                   // lower-case hex
  std::optional<std::uint64_t> size_bytes;
  std::string uploaded;  // ISO 8601
  bool is_yanked = false;
  std::string yanked_reason;

  bool operator==(const IndexFile&) const = default;
};

struct ProjectPage {
  std::vector<IndexFile> files;  // in the order of the page
  std::size_t left_out = 0;      // entries without a usable name or link
};

// By the first character that is not white space, since servers are found that label either as the
// other. `page` is the page's own address, after redirects, to which links are relative.
Result<ProjectPage> parse_project_page(std::string_view text, const Url& page,
                                       const Limits& limits = {});

}  // namespace assay
