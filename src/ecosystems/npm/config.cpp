#include "ecosystems/npm/config.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <optional>

#include "base/hash.h"
#include "base/text.h"
#include "ecosystems/npm/npmrc.h"
#include "ecosystems/registry/client_default.h"
#include "ecosystems/registry/url.h"

namespace assay {
namespace {

using Settings = std::map<std::string, std::string>;
using std::filesystem::path;

constexpr std::string_view what_to_set =
    "write registry=<URL> into ~/.npmrc or set npm_config_registry";

// Later layers win, so the chain is merged from its lowest end.
void merge(Settings& into, const Settings& layer) {
  for (const auto& [key, value] : layer) into.insert_or_assign(key, value);
}

Result<Settings> read_layer(const ClientEnvironment& environment, const std::string& file) {
  Settings layer;
  if (file.empty()) return layer;
  const Result<std::string> text = environment.read_file(file);
  if (!text && text.error().kind == ErrorKind::missing) return layer;
  if (!text) return std::unexpected(text.error());
  for (const auto& [key, value] : parse_npmrc(*text)) {
    layer.insert_or_assign(expand_npm_variables(key, environment.variables()),
                           expand_npm_variables(value, environment.variables()));
  }
  return layer;
}

// npm_config_fetch_retries sets fetch-retries; keys of a host or a scope keep their spelling.
Settings variable_layer(const ClientEnvironment& environment) {
  constexpr std::string_view prefix = "npm_config_";
  Settings layer;
  for (const auto& [name, value] : environment.variables()) {
    if (!starts_with_ignoring_case(name, prefix) || value.empty()) continue;
    std::string key = name.substr(prefix.size());
    if (!key.starts_with("//")) {
      key = to_lower_ascii(key);
      for (std::size_t i = 1; i < key.size(); ++i) {
        if (key[i] == '_') key[i] = '-';
      }
    }
    layer.insert_or_assign(std::move(key), value);
  }
  return layer;
}

std::string value_of(const Settings& settings, const std::string& key) {
  const auto found = settings.find(key);
  return found == settings.end() ? std::string() : found->second;
}

// npm's own folder: npm-cli.js is in its bin/, and npm on PATH is a link to that.
std::string builtin_file(const ClientEnvironment& environment) {
  const std::string npm = environment.real_path(environment.find_program("npm"));
  return npm.empty() ? std::string() : (path(npm).parent_path().parent_path() / "npmrc").string();
}

std::string global_file(const ClientEnvironment& environment, const Settings& so_far) {
  if (std::string file = value_of(so_far, "globalconfig"); !file.empty()) return file;
  std::string prefix = value_of(so_far, "prefix");
  if (prefix.empty()) prefix = environment.variable("PREFIX");
  if (prefix.empty()) {
    const std::string node = environment.real_path(environment.find_program("node"));
    if (node.empty()) return {};
    prefix = path(node).parent_path().parent_path().string();
  }
  return (path(prefix) / "etc" / "npmrc").string();
}

// The nearest folder upwards that is a project, else the working folder itself.
std::string project_file(const ClientEnvironment& environment) {
  const path start = environment.working_folder();
  if (start.empty()) return {};
  for (path folder = start;; folder = folder.parent_path()) {
    if (environment.exists((folder / "package.json").string()) ||
        environment.exists((folder / "node_modules").string())) {
      return (folder / ".npmrc").string();
    }
    if (folder == folder.parent_path()) break;
  }
  return (start / ".npmrc").string();
}

// "//host/path/" becomes "//host/path", that "//host/", that "//host", and that the empty string.
void shorten(std::string& prefix) {
  if (prefix.ends_with('/')) {
    prefix.pop_back();
  } else {
    prefix.resize(prefix.rfind('/') + 1);
  }
  if (prefix.size() <= 2) prefix.clear();
}

Result<std::string> default_of_npm(ClientEnvironment& environment) {
  const std::string npm = environment.find_program("npm");
  if (npm.empty()) {
    return fail(
        ErrorKind::environment,
        fmt::format("npm: no registry is configured and npm is not installed to ask for its "
                    "default: {}",
                    what_to_set));
  }
  const Result<std::string> answer =
      ask_client(environment, {"npm-registry", npm, {"config", "get", "registry"}});
  if (answer) return answer;
  return fail(ErrorKind::environment,
              fmt::format("npm: no registry is configured and npm did not name "
                          "its default ({}): {}",
                          answer.error().message, what_to_set));
}

std::string first_of(const Settings& settings, const ClientEnvironment& environment,
                     std::string_view setting, std::string_view variable) {
  std::string value = value_of(settings, std::string(setting));
  if (value == "null" || value == "false") value.clear();
  return value.empty() ? environment.variable(std::string(variable)) : value;
}

HttpRoute route_of(const Settings& settings, const ClientEnvironment& environment) {
  HttpRoute route;
  route.ca_file = first_of(settings, environment, "cafile", "SSL_CERT_FILE");
  route.extra_ca_file = environment.variable("NODE_EXTRA_CA_CERTS");
  route.proxy = first_of(settings, environment, "https-proxy", "");
  if (route.proxy.empty()) route.proxy = first_of(settings, environment, "proxy", "");
  route.no_proxy = first_of(settings, environment, "noproxy", "");
  return route;
}

}  // namespace

Result<NpmConfig> NpmConfig::load(ClientEnvironment& environment) {
  const Settings builtin = TRY(read_layer(environment, builtin_file(environment)));
  const Settings variables = variable_layer(environment);
  Settings known = builtin;
  merge(known, variables);
  std::string user_file = value_of(known, "userconfig");
  if (user_file.empty() && !environment.home().empty()) user_file = environment.home() + "/.npmrc";
  const Settings user = TRY(read_layer(environment, user_file));
  merge(known, user);
  const Settings global = TRY(read_layer(environment, global_file(environment, known)));
  const std::string project = project_file(environment);
  // In the home folder both are the same file, and it is the user's.
  const bool is_user_file = !project.empty() && !environment.real_path(project).empty() &&
                            environment.real_path(project) == environment.real_path(user_file);

  NpmConfig config;
  config.settings_ = builtin;
  merge(config.settings_, global);
  merge(config.settings_, user);
  if (!is_user_file) {
    const Settings layer = TRY(read_layer(environment, project));
    merge(config.settings_, layer);
  }
  merge(config.settings_, variables);
  config.route_ = route_of(config.settings_, environment);
  if (config.setting("registry") == nullptr) config.default_registry_ = default_of_npm(environment);
  return config;
}

const std::string* NpmConfig::setting(const std::string& key) const {
  const auto found = settings_.find(key);
  return found == settings_.end() || found->second.empty() ? nullptr : &found->second;
}

Result<std::string> NpmConfig::registry_for(std::string_view package_name) const {
  const std::string* configured = nullptr;
  if (package_name.starts_with('@')) {
    configured =
        setting(fmt::format("{}:registry", package_name.substr(0, package_name.find('/'))));
  }
  if (configured == nullptr) configured = setting("registry");
  if (configured == nullptr && !default_registry_) return default_registry_;
  const std::string text = configured != nullptr ? *configured : *default_registry_;
  Result<Url> url = parse_url(text);
  if (!url) {
    return fail(ErrorKind::malformed,
                fmt::format("npm: the configured registry is not a URL ({}): {}",
                            url.error().message, what_to_set));
  }
  url->query.clear();
  if (!url->path.ends_with('/')) url->path += '/';
  return request_text(*url);
}

std::string NpmConfig::own_authorization(std::string_view text) const {
  const Result<Url> url = parse_url(text);
  if (!url) return {};
  std::string prefix =
      fmt::format("//{}{}{}{}", url->host, url->port.empty() ? "" : ":", url->port, url->path);
  for (; !prefix.empty(); shorten(prefix)) {
    if (const std::string* token = setting(prefix + ":_authToken")) return "Bearer " + *token;
    if (const std::string* pair = setting(prefix + ":_auth")) return "Basic " + *pair;
    const std::string* user = setting(prefix + ":username");
    const std::string* password = setting(prefix + ":_password");
    if (user == nullptr || password == nullptr) continue;
    const std::optional<std::string> plain = base64_decode(*password);
    if (plain) return "Basic " + base64_encode(fmt::format("{}:{}", *user, *plain));
  }
  return {};
}

std::string NpmConfig::authorization_for(std::string_view url, std::string_view registry) const {
  const std::string own = own_authorization(url);
  if (!own.empty()) return own;
  const Result<Url> at = parse_url(url);
  const Result<Url> home = parse_url(registry);
  return at && home && same_origin(*at, *home) ? own_authorization(registry) : std::string();
}

HttpRoute NpmConfig::route_for(std::string_view registry) const {
  HttpRoute route = route_;
  const Result<Url> url = parse_url(registry);
  if (!url) return route;
  std::string prefix =
      fmt::format("//{}{}{}{}", url->host, url->port.empty() ? "" : ":", url->port, url->path);
  for (; !prefix.empty(); shorten(prefix)) {
    if (const std::string* file = setting(prefix + ":cafile")) {
      route.ca_file = *file;
      break;
    }
  }
  return route;
}

}  // namespace assay
