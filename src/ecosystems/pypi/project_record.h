// What a Python package index tells of a project, as a ProjectRecord: the simple API as JSON (PEP
// 691, 700, 740, 792), and the JSON document that some indexes serve beside it
// (the JSON API of the index).
#pragma once

#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/result.h"
#include "ecosystems/registry/project_record.h"
#include "ecosystems/registry/url.h"

namespace assay {

// `page` is the address of `simple`, after redirects. A page as HTML gives a record of unknowns.
Result<ProjectRecord> parse_pypi_record(std::string_view project, std::string_view simple,
                                        const Url& page, const Limits& limits = {});

// Adds what the other document tells: people, summary, description, vulnerabilities, downloads.
Result<void> add_pypi_document(std::string_view json, ProjectRecord& record,
                               const Limits& limits = {});

// The document that a file's "provenance" points at.
Result<ProvenPublisher> parse_pypi_provenance(std::string_view json, const Limits& limits = {});

}  // namespace assay
