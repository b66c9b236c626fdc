// Releases from the configured Python package indexes: the pages of a project on all of them taken
// together, as pip does, and the files of one release, each checked against its published hash
// before anything else sees it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ecosystems/pypi/choice.h"
#include "ecosystems/pypi/config.h"
#include "ecosystems/registry/fetched.h"
#include "ecosystems/registry/http_client.h"
#include "ecosystems/registry/project_record.h"

namespace assay {

class PypiIndexes {
 public:
  // `http` and `config` outlive this.
  PypiIndexes(HttpClient& http, const PypiConfig& config, FetchOptions options = {});

  Result<FetchedRelease> fetch(std::string_view name, std::string_view wanted) const;

  // Of the first index that knows the project, with its JSON document where it serves one.
  Result<ProjectRecord> record(std::string_view name) const;
  // `url` is what the index gives as the provenance of a file of this project.
  Result<ProvenPublisher> publisher(std::string_view url) const;

  // Every file of the project that is a distribution; kind missing when no index knows the project.
  Result<std::vector<IndexCandidate>> candidates(std::string_view name) const;

 private:
  Result<HttpResponse> page(const PypiIndexAddress& index, std::string_view project) const;
  Result<HttpResponse> document(const PypiIndexAddress& index, std::string_view project) const;
  Result<FetchedArtifact> download(std::string_view name, const IndexCandidate& candidate) const;

  HttpClient& http_;
  const PypiConfig& config_;
  FetchOptions options_;
};

}  // namespace assay
