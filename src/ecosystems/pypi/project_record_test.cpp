#include "ecosystems/pypi/project_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Url page = *parse_url("https://pypi.example.test/simple/adds/");

constexpr std::string_view simple = R"({
  "meta": {"api-version": "1.4"}, "name": "adds",
  "project-status": {"status": "quarantined", "reason": "looked at"},
  "files": [
    {"filename": "adds-1.10.tar.gz", "url": "/f/adds-1.10.tar.gz", "upload-time": "2022-01-02T00:00:00Z",
     "size": 10, "provenance": "https://pypi.example.test/p/adds-1.10.tar.gz"},
    {"filename": "adds-1.10.0-py3-none-any.whl", "url": "/f/w", "upload-time": "2022-01-01T00:00:00Z",
     "provenance": null},
    {"filename": "adds-1.9-py3-none-any.whl", "url": "/f/v", "upload-time": "2021-01-01T00:00:00Z",
     "yanked": "broken", "provenance": "https://pypi.example.test/p/v"},
    {"filename": "other-1.0.tar.gz", "url": "/f/o"}]})";

TEST(PypiRecord, Groups_files_into_releases_with_times_yanking_provenance_and_state) {
  const Result<ProjectRecord> record = parse_pypi_record("adds", simple, page);
  ASSERT_TRUE(record);
  ASSERT_EQ(record->releases.size(), 2u);
  EXPECT_EQ(*record->state, ProjectState::quarantined);
  EXPECT_EQ(record->state_reason, "looked at");
  const ReleaseRecord& old = record->releases[0];
  const ReleaseRecord& last = record->releases[1];
  EXPECT_EQ(old.version, "1.9");
  EXPECT_TRUE(old.is_yanked);
  EXPECT_EQ(old.yanked_reason, "broken");
  EXPECT_EQ(*old.trust, Trust::trusted_publisher);
  EXPECT_EQ(last.files.size(), 2u);
  EXPECT_EQ(format_date(*last.published), "2022-01-01");  // Of the first file.
  EXPECT_EQ(*last.trust, Trust::none);                    // One file has no provenance.
}

TEST(PypiRecord, An_index_of_an_older_api_tells_less_and_that_is_unknown) {
  const Result<ProjectRecord> record = parse_pypi_record(
      "adds",
      R"({"meta": {"api-version": "1.1"}, "files": [{"filename": "adds-1.0.tar.gz", "url": "/f"}]})",
      page);
  ASSERT_TRUE(record);
  EXPECT_THAT(record->state.reason(), HasSubstr("PEP 792"));
  EXPECT_THAT(record->releases.at(0).trust.reason(), HasSubstr("PEP 740"));
  EXPECT_THAT(record->releases.at(0).published.reason(), HasSubstr("no times"));
  const Result<ProjectRecord> html =
      parse_pypi_record("adds", "<html><a href=\"/f/adds-1.0.tar.gz\">adds</a></html>", page);
  ASSERT_TRUE(html);
  EXPECT_EQ(html->releases.size(), 1u);
}

TEST(PypiRecord, The_document_beside_the_page_adds_people_addresses_and_vulnerabilities) {
  Result<ProjectRecord> record = parse_pypi_record("adds", simple, page);
  ASSERT_TRUE(record);
  ASSERT_TRUE(add_pypi_document(R"({"info": {"summary": "Adds", "description": "Adds numbers.",
      "author": "Ann", "author_email": "ann@mail.example.test", "maintainer": null,
      "maintainer_email": "\"Bob, B\" <bob@mail.example.test>, Eve <eve@mail.example.test>",
      "project_urls": {"Source Code": "https://code.example.test/adds"},
      "downloads": {"last_month": -1}},
    "ownership": {"organization": "adders", "roles": [{"role": "Owner", "user": "ann"}]},
    "vulnerabilities": [{"id": "X-1", "summary": "s", "fixed_in": ["2.0"], "withdrawn": null},
                        {"id": "X-2", "withdrawn": "2024-01-01T00:00:00Z"}]})",
                                *record));
  EXPECT_THAT(record->contacts, ElementsAre(Person{"Ann", "ann@mail.example.test"},
                                            Person{"Bob, B", "bob@mail.example.test"},
                                            Person{"Eve", "eve@mail.example.test"}));
  EXPECT_THAT(*record->maintainers, ElementsAre(Person{"adders", ""}, Person{"ann", ""}));
  EXPECT_EQ(record->repository, "https://code.example.test/adds");
  ASSERT_EQ(record->vulnerabilities->size(), 1u);
  EXPECT_THAT(record->vulnerabilities->at(0).fixed_in, ElementsAre("2.0"));
  EXPECT_FALSE(record->downloads_a_month);
}

TEST(PypiRecord, Malformed_documents_are_errors_and_wrong_types_are_nothing) {
  Result<ProjectRecord> record = parse_pypi_record("adds", simple, page);
  ASSERT_TRUE(record);
  EXPECT_FALSE(add_pypi_document("no", *record));
  EXPECT_TRUE(add_pypi_document(R"({"info": [], "ownership": 3, "vulnerabilities": {}})", *record));
  EXPECT_FALSE(record->maintainers);
  EXPECT_FALSE(parse_pypi_record("adds", "{\"files\": 1}", page));
  EXPECT_FALSE(parse_pypi_record("adds", "what", page));
}

TEST(PypiProvenance, Names_who_made_the_file) {
  const Result<ProvenPublisher> publisher = parse_pypi_provenance(
      R"({"version": 1, "attestation_bundles": [{"publisher": {"kind": "GitHub",
          "repository": "o/adds", "workflow": "release.yml", "environment": null}, "attestations": []}]})");
  ASSERT_TRUE(publisher);
  EXPECT_EQ(*publisher, (ProvenPublisher{"GitHub", "o/adds", "release.yml"}));
  EXPECT_FALSE(parse_pypi_provenance("{}"));
  EXPECT_FALSE(parse_pypi_provenance(R"({"attestation_bundles": [1, {"publisher": 2}]})"));
}

}  // namespace
}  // namespace assay
