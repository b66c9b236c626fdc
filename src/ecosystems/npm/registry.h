// The npm registry's read API as far as scanning needs it: the document of a package and the
// tarball of one version, checked against its published hash before anything else sees it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ecosystems/npm/config.h"
#include "ecosystems/npm/packument.h"
#include "ecosystems/registry/fetched.h"
#include "ecosystems/registry/http_client.h"
#include "ecosystems/registry/project_record.h"

namespace assay {

// The abbreviated document is a tenth of the full one's size and lacks times and scripts. Not every
// registry knows the difference.
enum class PackumentDetail : std::uint8_t { abbreviated, full };

class NpmRegistry {
 public:
  // `http` and `config` outlive this.
  NpmRegistry(HttpClient& http, const NpmConfig& config, FetchOptions options = {});

  // As served; nothing of it was read.
  Result<HttpResponse> document(std::string_view name, PackumentDetail detail) const;
  Result<Packument> packument(std::string_view name, PackumentDetail detail) const;
  // Of the full document. Kind refused when it is another package's.
  Result<ProjectRecord> record(std::string_view name) const;
  // What the registry says that it signs releases of this package with.
  Result<std::vector<SigningKey>> keys(std::string_view name) const;
  Result<FetchedRelease> fetch(std::string_view name, std::string_view wanted) const;

 private:
  Result<HttpResponse> download(std::string_view name, const std::string& registry,
                                const std::string& url, const std::string& file_name) const;

  HttpClient& http_;
  const NpmConfig& config_;
  FetchOptions options_;
};

// "@scope/name" becomes "@scope%2fname".
std::string npm_document_path(std::string_view name);

}  // namespace assay
