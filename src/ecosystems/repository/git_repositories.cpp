#include "ecosystems/repository/git_repositories.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "base/text.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

// Before the command's name, each with what it keeps a repository or this machine from doing.
constexpr std::string_view settings[] = {
    "core.hooksPath=/dev/null",       // no hook runs
    "core.fsmonitor=false",           // nor this program
    "core.attributesFile=/dev/null",  // no filter, which attributes turn on
    "core.askPass=",                  // nobody is asked
    "credential.helper=",             // and nothing that is stored is sent
    "credential.interactive=false",
    "protocol.version=2",  // tags are asked for, not filtered from all references
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "fetch.unpackLimit=1",  // one file instead of thousands
    "fetch.negotiationAlgorithm=noop",
    "transfer.bundleURI=false",  // no further address is taken from the server
    "fetch.uriProtocols=",
    "gc.auto=0",
    "maintenance.auto=false",
    "http.lowSpeedLimit=500",
    "http.lowSpeedTime=30",
    "pack.threads=1",
};

// Of this process's environment, what leads through proxies and company certificates.
constexpr std::string_view passed_on[] = {
    "http_proxy",   "https_proxy", "HTTPS_PROXY",    "all_proxy",      "ALL_PROXY",
    "no_proxy",     "NO_PROXY",    "GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "SSL_CERT_FILE",
    "SSL_CERT_DIR", "PATH",        "LD_LIBRARY_PATH"};

struct Meaning {
  std::string_view words;
  ErrorKind kind;
  std::string_view message;
};
// In the order in which they are looked for.
constexpr Meaning meanings[] = {
    {"could not read Username", ErrorKind::missing,
     "there is no such repository, or it is not public"},
    {"could not read Password", ErrorKind::missing,
     "there is no such repository, or it is not public"},
    {"terminal prompts disabled", ErrorKind::missing,
     "there is no such repository, or it is not public"},
    {"Authentication failed", ErrorKind::missing,
     "there is no such repository, or it is not public"},
    {"error: 401", ErrorKind::missing, "there is no such repository, or it is not public"},
    {"error: 403", ErrorKind::missing, "there is no such repository, or it is not public"},
    {"error: 404", ErrorKind::missing, "there is no such repository, or it is not public"},
    {"error: 410", ErrorKind::missing, "the repository was removed"},
    {"error: 451", ErrorKind::missing, "the repository was removed"},
    {"not our ref", ErrorKind::missing, "the repository does not have that commit"},
    {"couldn't find remote ref", ErrorKind::missing, "the repository does not have that commit"},
    {"unadvertised object", ErrorKind::unsupported, "the server gives no single commits"},
    {"not found", ErrorKind::missing, "there is no such repository, or it is not public"},
    {"does not appear to be a git repository", ErrorKind::missing, "there is no repository of git"},
    {"does not exist", ErrorKind::missing, "there is no such repository, or it is not public"},
    {"not valid: is this a git repository", ErrorKind::missing, "there is no repository of git"},
    {"error: 429", ErrorKind::network, "the server is asked too often"},
    {"not allowed", ErrorKind::refused, "only https is allowed"},
    {"Could not resolve", ErrorKind::network, "the host's name leads nowhere"},
    {"SSL certificate", ErrorKind::refused, "the server's certificate is not trusted"},
    {"server certificate", ErrorKind::refused, "the server's certificate is not trusted"},
    {"timed out", ErrorKind::network, "the server does not answer"},
    {"too slow", ErrorKind::network, "the server does not answer"},
    {"Failed to connect", ErrorKind::network, "the server cannot be reached"},
    {"unable to access", ErrorKind::network, "the server cannot be reached"},
};

std::uint64_t bytes_below(const fs::path& folder) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    if (!entry->is_regular_file(ignored)) continue;
    const std::uint64_t size = entry->file_size(ignored);
    if (!ignored) bytes += size;
  }
  return bytes;
}

// For this user alone, and gone at the end.
class PrivateFolder {
 public:
  static Result<PrivateFolder> make() {
    std::error_code error;
    fs::path base = fs::temp_directory_path(error);
    if (error) base = "/tmp";
    std::string name = (base / "assay-git-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
      return fail(ErrorKind::environment,
                  fmt::format("no folder can be made in {}", base.string()));
    }
    return PrivateFolder(std::move(name));
  }
  PrivateFolder(PrivateFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  PrivateFolder& operator=(PrivateFolder&&) = delete;
  ~PrivateFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }

  const std::string& path() const { return path_; }

 private:
  explicit PrivateFolder(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

}  // namespace

bool is_address_for_git(std::string_view url) {
  return url.starts_with("https://") && url.size() > 8 && url[8] != '-' && url[8] != '/' &&
         std::ranges::all_of(url, [](char c) { return c > ' ' && c != 0x7F && c != '\\'; });
}

Error error_of_git(std::string_view errors, std::string_view url) {
  for (const Meaning& meaning : meanings) {
    if (contains_ignoring_case(errors, meaning.words)) {
      return {meaning.kind, fmt::format("{}: {}", url, meaning.message)};
    }
  }
  const std::vector<std::string_view> lines = split_lines(trim(errors));
  const std::string_view last = lines.empty() ? std::string_view("git failed") : lines.back();
  return {ErrorKind::network, fmt::format("{}: {}", url, last.substr(0, 300))};
}

// A private repository with one remote.
class GitRepositories::Session {
 public:
  static Result<Session> begin(const GitRepositories& owner, const std::string& url) {
    const bool is_local = static_cast<bool>(owner.local_);
    const std::string remote = is_local ? "file://" + owner.local_(url) : url;
    if (!is_local && !is_address_for_git(url)) {
      return fail(ErrorKind::refused, fmt::format("{}: only https is allowed", url));
    }
    const std::string program = owner.environment_.find_program("git");
    if (program.empty()) {
      return fail(ErrorKind::environment, "git is not installed, so that no repository is read");
    }
    PrivateFolder folder = TRY(PrivateFolder::make());
    Session session(owner, url, remote, program, std::move(folder));
    // An empty template, since the machine's own may hold hooks.
    TRY(session.run({"init", "--quiet", "--bare", "--template=", session.folder_.path()}, {},
                    64_KiB));
    return session;
  }

  Result<std::string> run(std::vector<std::string> arguments, std::string input,
                          std::size_t output_bytes) const {
    ProgramRun run;
    run.command = {program_};
    for (const std::string_view setting : settings) add_setting(run.command, setting);
    add_setting(run.command, "remote.origin.url=" + remote_);
    add_setting(run.command, "protocol.allow=never");
    add_setting(run.command, fmt::format("protocol.{}.allow=always", protocol()));
    std::ranges::move(arguments, std::back_inserter(run.command));
    run.environment = variables();
    run.input = std::move(input);
    run.output_bytes = output_bytes;
    run.limit = owner_.limits_.time;
    run.may_go_on = [this] { return bytes_below(folder_.path()) <= owner_.limits_.folder_bytes; };
    ProgramEnd end = TRY(within_limits(run_to_end(run)));
    if (end.exit_code != 0) return std::unexpected(error_of_git(end.errors, url_));
    return std::move(end.output);
  }

  Result<void> fetch(const std::string& commit, bool with_contents) const {
    std::vector<std::string> arguments = fetch_arguments(with_contents);
    arguments.insert(arguments.end(), {"--depth=1", "origin", commit});
    TRY(run(std::move(arguments), {}, 64_KiB));
    return {};
  }

  // All commits before this one, without their files.
  Result<void> fetch_history(const std::string& commit) const {
    std::vector<std::string> arguments = fetch_arguments(true);
    arguments.insert(arguments.end(), {"--filter=tree:0", "origin", commit});
    TRY(run(std::move(arguments), {}, 64_KiB));
    return {};
  }

  Result<void> fetch_contents(std::span<const std::string> ids) const {
    std::vector<std::string> arguments = fetch_arguments(false);
    arguments.insert(arguments.end(), {"--stdin", "origin"});
    TRY(run(std::move(arguments), lines_of(ids), 64_KiB));
    return {};
  }

  static std::string lines_of(std::span<const std::string> ids) {
    std::string lines;
    for (const std::string& id : ids) lines += id + "\n";
    return lines;
  }

 private:
  Session(const GitRepositories& owner, std::string url, std::string remote, std::string program,
          PrivateFolder folder)
      : owner_(owner),
        url_(std::move(url)),
        remote_(std::move(remote)),
        program_(std::move(program)),
        folder_(std::move(folder)) {}

  static void add_setting(std::vector<std::string>& command, std::string_view setting) {
    command.emplace_back("-c");
    command.emplace_back(setting);
  }

  static std::vector<std::string> fetch_arguments(bool with_contents) {
    std::vector<std::string> arguments = {"fetch",
                                          "--quiet",
                                          "--no-tags",
                                          "--no-write-fetch-head",
                                          "--no-recurse-submodules",
                                          "--no-auto-maintenance",
                                          "--no-show-forced-updates"};
    if (!with_contents) arguments.emplace_back("--filter=blob:none");
    return arguments;
  }

  std::string_view protocol() const { return owner_.local_ ? "file" : "https"; }

  std::vector<std::string> variables() const {
    std::vector<std::string> list = {"GIT_TERMINAL_PROMPT=0",
                                     "GIT_ASKPASS=",
                                     "SSH_ASKPASS=",
                                     "GIT_CONFIG_NOSYSTEM=1",
                                     "GIT_CONFIG_SYSTEM=/dev/null",
                                     "GIT_CONFIG_GLOBAL=/dev/null",
                                     "GIT_ATTR_NOSYSTEM=1",
                                     "GIT_LFS_SKIP_SMUDGE=1",
                                     "GIT_NO_LAZY_FETCH=1",
                                     "GIT_NO_REPLACE_OBJECTS=1",
                                     "GIT_OPTIONAL_LOCKS=0",
                                     "LC_ALL=C"};
    list.push_back("GIT_DIR=" + folder_.path());
    list.push_back("HOME=" + folder_.path());
    list.push_back(fmt::format("GIT_ALLOW_PROTOCOL={}", protocol()));
    for (const auto& [name, value] : owner_.environment_.variables()) {
      if (std::ranges::find(passed_on, name) != std::ranges::end(passed_on)) {
        list.push_back(name + "=" + value);
      }
    }
    // git knows another name for the certificates that other programs are told of.
    const std::string authorities = owner_.environment_.variable("SSL_CERT_FILE");
    if (!authorities.empty() && owner_.environment_.variable("GIT_SSL_CAINFO").empty()) {
      list.push_back("GIT_SSL_CAINFO=" + authorities);
    }
    return list;
  }

  Result<ProgramEnd> within_limits(Result<ProgramEnd> end) const {
    if (end || end.error().kind != ErrorKind::limit) return end;
    return fail(ErrorKind::limit,
                fmt::format("{}: not read within {} s and {} MiB", url_,
                            owner_.limits_.time.count(), owner_.limits_.folder_bytes >> 20));
  }

  const GitRepositories& owner_;
  std::string url_, remote_, program_;
  PrivateFolder folder_;
};

GitRepositories::GitRepositories(const ClientEnvironment& environment, GitLimits limits)
    : environment_(environment), limits_(limits) {}

GitRepositories::GitRepositories(const ClientEnvironment& environment, GitLimits limits,
                                 LocalFolder local)
    : environment_(environment), limits_(limits), local_(std::move(local)) {}

Result<RepositoryRefs> GitRepositories::refs(const std::string& url) {
  const Session session = TRY(Session::begin(*this, url));
  const std::string text = TRY(session.run(
      {"ls-remote", "--quiet", "origin", "HEAD", "refs/tags/*"}, {}, limits_.listing_bytes));
  return parse_refs(text);
}

Result<std::vector<TreeFile>> GitRepositories::tree(const std::string& url,
                                                    const std::string& commit) {
  if (!is_object_id(commit)) return fail(ErrorKind::malformed, "no id of a commit: " + commit);
  const Session session = TRY(Session::begin(*this, url));
  TRY(session.fetch(commit, false));
  const std::string text =
      TRY(session.run({"ls-tree", "-r", "-z", "--full-tree", commit}, {}, limits_.listing_bytes));
  return parse_tree(text);
}

Result<std::map<std::string, std::string>> GitRepositories::contents(
    const std::string& url, const std::string& commit, std::span<const std::string> ids) {
  if (ids.empty()) return std::map<std::string, std::string>();
  if (!is_object_id(commit) || !std::ranges::all_of(ids, is_object_id)) {
    return fail(ErrorKind::malformed, "no id of git: " + commit);
  }
  const Session session = TRY(Session::begin(*this, url));
  if (!session.fetch_contents(ids)) {
    // Servers that give no single files give a whole commit.
    TRY(session.fetch(commit, true));
  }
  const std::string text = TRY(session.run({"cat-file", "--batch"}, Session::lines_of(ids),
                                           limits_.contents_bytes + ids.size() * 100));
  return parse_contents(text);
}

Result<RepositoryHistory> GitRepositories::history(const std::string& url,
                                                   const std::string& commit) {
  if (!is_object_id(commit)) return fail(ErrorKind::malformed, "no id of a commit: " + commit);
  const Session session = TRY(Session::begin(*this, url));
  TRY(session.fetch_history(commit));
  const std::string text =
      TRY(session.run({"log", "--no-show-signature", "--format=%at%x09%P%x09%ae", commit}, {},
                      limits_.listing_bytes));
  return parse_history(text);
}

}  // namespace assay
