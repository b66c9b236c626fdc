#include "ecosystems/repository/kept_repositories.h"

#include <fmt/format.h>

#include <charconv>

#include "base/hash.h"
#include "base/text.h"

namespace assay {
namespace {

// Another way to write them gets another number.
constexpr std::string_view format = "git 1";

std::string name_of(const std::string& question) {
  return hash_hex(HashKind::sha256, fmt::format("{}\n{}", format, question));
}

std::string text_of(const RepositoryRefs& refs) {
  std::string text;
  if (!refs.head.empty()) text += refs.head + "\tHEAD\n";
  for (const RepositoryTag& tag : refs.tags) {
    text += fmt::format("{}\trefs/tags/{}\n", tag.commit, tag.name);
  }
  return text;
}

std::string text_of(const std::vector<TreeFile>& files) {
  std::string text;
  for (const TreeFile& file : files) {
    const bool is_module = file.kind == TreeKind::submodule;
    const std::string_view mode = is_module                     ? "160000"
                                  : file.kind == TreeKind::link ? "120000"
                                                                : "100644";
    text += fmt::format("{} {} {}\t{}", mode, is_module ? "commit" : "blob", file.id, file.path);
    text += '\0';
  }
  return text;
}

std::string text_of(const RepositoryHistory& history) {
  const auto day = [](const std::optional<Time>& time) {
    return time ? format_timestamp(*time) : std::string("-");
  };
  return fmt::format("{} {} {} {} {}", history.commits, history.merges, history.authors,
                     day(history.first), day(history.last));
}

std::optional<RepositoryHistory> history_from(std::string_view text) {
  const std::vector<std::string_view> parts = split(text, ' ');
  RepositoryHistory history;
  std::uint64_t* const counts[] = {&history.commits, &history.merges, &history.authors};
  if (parts.size() != 5) return std::nullopt;
  for (std::size_t i = 0; i < std::size(counts); ++i) {
    const char* const end = parts[i].data() + parts[i].size();
    if (std::from_chars(parts[i].data(), end, *counts[i]).ptr != end) return std::nullopt;
  }
  history.first = parse_timestamp(parts[3]);
  history.last = parse_timestamp(parts[4]);
  return history;
}

std::unexpected<Error> not_kept(const std::string& url) {
  return fail(ErrorKind::network,
              fmt::format("{} is not in the cache, and --offline asks nobody", url));
}

// A kept answer in the form in which it was given.
Result<RepositoryRefs> refs_from(const HttpResponse& kept) {
  if (kept.status == 404) return fail(ErrorKind::missing, kept.body);
  RepositoryRefs refs = TRY(parse_refs(kept.body));
  refs.asked = kept.asked;
  refs.from_cache = true;
  return refs;
}

}  // namespace

std::optional<HttpResponse> KeptRepositories::load(const std::string& question) {
  return store_.load(name_of(question));
}

void KeptRepositories::save(const std::string& question, int status, std::string body) {
  HttpResponse response;
  response.status = status;
  response.url = question.substr(question.find(' ') + 1);
  response.body = std::move(body);
  response.asked = std::chrono::floor<std::chrono::seconds>(clock_.now());
  store_.save(name_of(question), response);
}

Result<RepositoryRefs> KeptRepositories::refs(const std::string& url) {
  const std::string question = "refs " + url;
  const std::optional<HttpResponse> kept = load(question);
  if (kept) {
    const auto age = clock_.now() - kept->asked.value_or(Time{});
    const bool is_fresh = age >= age.zero() && age <= fresh_;
    if (is_fresh || network_ == nullptr) return refs_from(*kept);
  }
  if (network_ == nullptr) return not_kept(url);
  Result<RepositoryRefs> refs = network_->refs(url);
  if (!refs && refs.error().kind == ErrorKind::missing) save(question, 404, refs.error().message);
  if (!refs && refs.error().kind == ErrorKind::network && kept) return refs_from(*kept);
  if (!refs) return refs;
  refs->asked = std::chrono::floor<std::chrono::seconds>(clock_.now());
  save(question, 200, text_of(*refs));
  return refs;
}

Result<std::vector<TreeFile>> KeptRepositories::tree(const std::string& url,
                                                     const std::string& commit) {
  const std::string question = fmt::format("tree {} {}", url, commit);
  if (const std::optional<HttpResponse> kept = load(question)) {
    // That a commit is not there changes with the next push.
    if (kept->status == 200) return parse_tree(kept->body);
    const auto age = clock_.now() - kept->asked.value_or(Time{});
    if (network_ == nullptr || age <= fresh_) return fail(ErrorKind::missing, kept->body);
  }
  if (network_ == nullptr) return not_kept(url);
  Result<std::vector<TreeFile>> files = network_->tree(url, commit);
  if (files) save(question, 200, text_of(*files));
  if (!files && files.error().kind == ErrorKind::missing) {
    save(question, 404, files.error().message);
  }
  return files;
}

Result<std::map<std::string, std::string>> KeptRepositories::contents(
    const std::string& url, const std::string& commit, std::span<const std::string> ids) {
  std::map<std::string, std::string> contents;
  std::vector<std::string> unknown;
  for (const std::string& id : ids) {
    std::optional<HttpResponse> kept = load("blob " + id);
    if (kept && blob_id(kept->body, id.size()) == id) {
      contents.emplace(id, std::move(kept->body));
    } else {
      unknown.push_back(id);
    }
  }
  if (unknown.empty()) return contents;
  if (network_ == nullptr) return not_kept(url);
  std::map<std::string, std::string> more = TRY(network_->contents(url, commit, unknown));
  for (auto& [id, text] : more) {
    save("blob " + id, 200, text);
    contents.emplace(id, std::move(text));
  }
  return contents;
}

Result<RepositoryHistory> KeptRepositories::history(const std::string& url,
                                                    const std::string& commit) {
  const std::string question = fmt::format("history {} {}", url, commit);
  if (const std::optional<HttpResponse> kept = load(question)) {
    if (const std::optional<RepositoryHistory> history = history_from(kept->body)) return *history;
  }
  if (network_ == nullptr) return not_kept(url);
  Result<RepositoryHistory> history = network_->history(url, commit);
  if (history) save(question, 200, text_of(*history));
  return history;
}

}  // namespace assay
