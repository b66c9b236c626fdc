#include "sample_world.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>

#include "base/check.h"
#include "base/text.h"
#include "ecosystems/npm/project_record.h"
#include "ecosystems/pypi/project_record.h"
#include "ecosystems/repository/location.h"
#include "ecosystems/repository/memory_repositories_for_test.h"
#include "facts/advisories/index_builder.h"
#include "facts/names/index_builder.h"
#include "facts/outside/advisories_source.h"
#include "facts/outside/health_source.h"
#include "facts/outside/names_source.h"
#include "facts/outside/repository_source.h"
#include "facts/outside/source.h"

namespace assay {
namespace {

constexpr std::string_view outside_mark = "//";

using Answers = std::map<std::string, std::string>;  // by path

class SampleRecords final : public Records {
 public:
  explicit SampleRecords(const Answers& answers) : answers_(answers) {}

  Result<ProjectRecord> record(Ecosystem ecosystem, const std::string& name) override {
    const std::string path = fmt::format("//{}/{}", to_string(ecosystem), name);
    const std::string* document = find(path + ".json");
    if (document == nullptr) return fail(ErrorKind::missing, "no package named " + name);
    if (ecosystem == Ecosystem::npm) return parse_npm_record(*document);
    const Url page = TRY(parse_url("https://pypi.example.test/simple/" + name + "/"));
    ProjectRecord record = TRY(parse_pypi_record(name, *document, page));
    if (const std::string* more = find(path + ".more.json")) TRY(add_pypi_document(*more, record));
    return record;
  }

  Result<std::vector<SigningKey>> keys(const std::string&) override {
    const std::string* document = find("//keys.json");
    if (document == nullptr) return fail(ErrorKind::missing, "the registry serves no signing keys");
    return parse_npm_keys(*document);
  }

  Result<ProvenPublisher> publisher(const std::string&) override {
    return fail(ErrorKind::missing, "the provenance is not there");
  }

 private:
  const std::string* find(const std::string& path) const {
    const auto found = answers_.find(path);
    return found == answers_.end() ? nullptr : &found->second;
  }

  const Answers& answers_;
};

class SampleDomains final : public Domains {
 public:
  explicit SampleDomains(const Answers& answers) : answers_(answers) {}

  Known<bool> exists(const std::string& domain) override {
    const auto found = answers_.find("//domain/" + domain);
    if (found == answers_.end()) return Unknown{"no such sample"};
    return trim(found->second) != "absent";
  }
  Known<Time> registered_since(const std::string& domain) override {
    const auto found = answers_.find("//domain/" + domain);
    const std::optional<Time> time =
        found == answers_.end() ? std::nullopt : parse_timestamp(found->second);
    return time ? Known<Time>(*time) : Known<Time>(Unknown{"no such sample"});
  }

 private:
  const Answers& answers_;
};

// "npm NAME VERSION"
PackageId parse_id(std::string_view text) {
  const std::vector<std::string_view> words = split(trim(text), ' ');
  if (words.size() < 2) return {};
  return {words[0] == "npm" ? Ecosystem::npm : Ecosystem::pypi, std::string(words[1]),
          words.size() > 2 ? std::string(words[2]) : std::string()};
}

Answers take_answers(SampleScene& scene) {
  constexpr std::string_view sdist = "//sdist/";
  Answers answers;
  for (File& file : scene.package.files) {
    if (!file.path.starts_with(outside_mark)) continue;
    if (file.path.starts_with(sdist)) {
      file.path.erase(0, sdist.size());
      scene.sdist.files.push_back(file);
      file.path = outside_mark;
    } else {
      answers[file.path] = file.bytes;
    }
  }
  std::erase_if(scene.package.files,
                [](const File& file) { return file.path.starts_with(outside_mark); });
  return answers;
}

// Bytes where a mapping could be.
std::vector<std::uint64_t> aligned(const std::string& bytes) {
  std::vector<std::uint64_t> words(bytes.size() / 8);
  std::memcpy(words.data(), bytes.data(), words.size() * 8);
  return words;
}

void ask_names(const Answers& answers, const Subject& subject, Records& records, Facts& facts) {
  const auto names_of = [&](Ecosystem ecosystem) {
    const auto list = answers.find(fmt::format("//names/{}", to_string(ecosystem)));
    return names::read_name_list(ecosystem, list == answers.end() ? "" : list->second).value();
  };
  const auto npm = names_of(Ecosystem::npm), pypi = names_of(Ecosystem::pypi);
  if (npm.empty() && pypi.empty()) return;
  const std::vector<std::uint64_t> words = aligned(
      names::build_index(npm, pypi, names::build_language(npm, pypi, "left\nshelf\n").view()));
  const Result<names::NameIndex> index = names::NameIndex::open(std::as_bytes(std::span(words)));
  CHECK(index.has_value());
  NamesSource(*index, records).collect(subject, facts);
}

void ask_advisories(const Answers& answers, const Subject& subject, Facts& facts) {
  AdvisoryIndexBuilder builder;
  for (const auto& [path, text] : answers) {
    if (path.starts_with("//osv/")) CHECK(builder.add(text).has_value());
  }
  if (builder.records() == 0) return;
  const std::vector<std::uint64_t> words = aligned(builder.build(sample_time));
  AdvisoriesSource(AdvisoryIndex::open(std::as_bytes(std::span(words)))).collect(subject, facts);
}

class SampleForge final : public HttpClient {
 public:
  explicit SampleForge(const Answers& answers) : answers_(answers) {}

  Result<HttpResponse> get(const HttpRequest& request) override {
    constexpr std::string_view base = "https://api.github.com";
    HttpResponse response;
    response.url = request.url;
    const std::string path = request.url.substr(std::min(base.size(), request.url.size()));
    const auto found = answers_.find("//forge" + path.substr(0, path.find('?')));
    response.status = found == answers_.end() ? 404 : 200;
    if (found != answers_.end()) response.body = found->second;
    return response;
  }

 private:
  const Answers& answers_;
};

void ask_repository(const Answers& answers, const Subject& subject, Facts& facts) {
  constexpr std::string_view start = "//git/";
  std::map<std::string, MemoryRepositories::Files> by_tag;
  bool is_asked = false;
  for (const auto& [path, text] : answers) {
    if (!path.starts_with(start)) continue;
    is_asked = true;
    const std::string rest = path.substr(start.size());
    const std::size_t slash = rest.find('/');
    if (slash != std::string::npos) by_tag[rest.substr(0, slash)][rest.substr(slash + 1)] = text;
  }
  if (!is_asked) return;
  MemoryRepositories repositories;
  const Result<RepositoryLocation> location = locate_repository(declared_repository(facts).text);
  for (auto& [tag, files] : by_tag) {
    if (location) repositories.add(location->url, tag, std::move(files));
  }
  RepositorySource(repositories).collect(subject, facts);
  SampleForge forge(answers);
  HealthSource(forge, {}, repositories).collect(subject, facts);
}

}  // namespace

void build_scene(std::string_view bundle, SampleScene& scene) {
  scene.package = package_from_bundle(bundle);
  const Answers answers = take_answers(scene);
  if (!scene.sdist.files.empty()) {
    scene.sdist.kind = ArtifactKind::sdist;
    scene.package.kind = ArtifactKind::wheel;
  }
  scene.facts = collect_facts(scene.package);
  const auto about = answers.find("//package");
  if (about == answers.end()) return;
  const Facts sdist_facts = collect_facts(scene.sdist);
  const Facts* const artifacts[] = {&scene.facts, &sdist_facts};
  const Subject subject{parse_id(about->second), sample_time,
                        std::span(artifacts).first(scene.sdist.files.empty() ? 1u : 2u)};
  SampleRecords records(answers);
  RegistrySource(records).collect(subject, scene.facts);
  SampleDomains domains(answers);
  MailSource(domains).collect(subject, scene.facts);
  ask_names(answers, subject, records, scene.facts);
  ask_advisories(answers, subject, scene.facts);
  ask_repository(answers, subject, scene.facts);
}

}  // namespace assay
