#include "ecosystems/pypi/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/hash.h"
#include "base/text.h"
#include "ecosystems/pypi/ini.h"
#include "ecosystems/pypi/uv_config.h"
#include "ecosystems/registry/client_default.h"
#include "ecosystems/registry/url.h"

namespace assay {
namespace {

constexpr std::string_view what_to_set =
    "write index-url=<URL> below [global] into pip.conf or set PIP_INDEX_URL";

// By key; a section for a command beats [global] wherever it stands, as in pip.
using Settings = std::map<std::string, std::string>;

constexpr std::array<std::string_view, 3> sections = {"global", "download", "install"};

// "index_url" and "INDEX-URL" are both index-url to pip.
std::string pip_key(std::string_view key) { return replace_all(to_lower_ascii(key), "_", "-"); }

// Lowest precedence first.
std::vector<std::string> configuration_files(const ClientEnvironment& environment) {
  const std::string named = environment.variable("PIP_CONFIG_FILE");
  if (named == "/dev/null") return {};
  std::vector<std::string> files;
  std::string shared = environment.variable("XDG_CONFIG_DIRS");
  if (shared.empty()) shared = "/etc/xdg";
  for (const std::string_view folder : split(shared, ':')) {
    if (folder.starts_with('/')) files.push_back(fmt::format("{}/pip/pip.conf", folder));
  }
  files.emplace_back("/etc/pip.conf");
  if (!environment.home().empty()) files.push_back(environment.home() + "/.pip/pip.conf");
  const std::string user = environment.xdg_config_home();
  if (!user.empty()) files.push_back(user + "/pip/pip.conf");
  std::filesystem::path site = environment.variable("VIRTUAL_ENV");
  if (site.empty()) {
    const std::string python = environment.real_path(environment.find_program("python3"));
    site = std::filesystem::path(python).parent_path().parent_path();
  }
  if (site.is_absolute()) files.push_back((site / "pip.conf").string());
  if (!named.empty()) files.push_back(named);
  return files;
}

Result<Settings> load_pip_settings(const ClientEnvironment& environment) {
  std::map<std::string, Settings> by_section;
  for (const std::string& file : configuration_files(environment)) {
    const Result<std::string> text = environment.read_file(file);
    if (!text && text.error().kind == ErrorKind::missing) continue;
    if (!text) return std::unexpected(text.error());
    for (const IniEntry& entry : parse_ini(*text, "=:")) {
      by_section[std::string(entry.section)].insert_or_assign(pip_key(entry.key), entry.value());
    }
  }
  Settings settings;
  for (const std::string_view section : sections) {
    for (const auto& [key, value] : by_section[std::string(section)]) {
      settings.insert_or_assign(key, value);
    }
  }
  for (const auto& [name, value] : environment.variables()) {
    if (!name.starts_with("PIP_") || value.empty()) continue;
    settings.insert_or_assign(pip_key(name.substr(4)), value);
  }
  return settings;
}

std::string value_of(const Settings& settings, const std::string& key) {
  const auto found = settings.find(key);
  return found == settings.end() ? std::string() : found->second;
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> found;
  while (true) {
    text = trim(text);
    if (text.empty()) return found;
    const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
    found.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

std::string basic(std::string_view user, std::string_view password) {
  return "Basic " + base64_encode(fmt::format("{}:{}", user, password));
}

Result<PypiIndexAddress> address_of(std::string_view text) {
  Result<Url> url = parse_url(text);
  if (!url) {
    return fail(ErrorKind::malformed, fmt::format("pypi: a configured index is not a URL ({}): {}",
                                                  url.error().message, what_to_set));
  }
  PypiIndexAddress address;
  if (!url->user_info.empty()) {
    const std::size_t colon = std::min(url->user_info.find(':'), url->user_info.size());
    const std::string_view info = url->user_info;
    const std::string password = percent_decode(info.substr(std::min(colon + 1, info.size())));
    address.authorization = basic(percent_decode(info.substr(0, colon)), password);
  }
  // One slash at the end: some servers answer 400 to two.
  while (url->path.ends_with('/')) url->path.pop_back();
  url->path += '/';
  url->query.clear();
  address.url = request_text(*url);
  return address;
}

Result<std::string> default_of_pip(ClientEnvironment& environment) {
  const std::string python = environment.find_program("python3");
  if (python.empty()) {
    return fail(
        ErrorKind::environment,
        fmt::format("pypi: no index is configured and python3 is not installed to ask pip for "
                    "its default: {}",
                    what_to_set));
  }
  // -I keeps the working folder and PYTHON* variables from choosing which pip module runs.
  const Result<std::string> answer = ask_client(
      environment,
      {"pip-index",
       python,
       {"-I", "-c", "from pip._internal.models.index import PyPI; print(PyPI.simple_url)"}});
  if (answer) return answer;
  return fail(
      ErrorKind::environment,
      fmt::format("pypi: no index is configured and the installed pip did not name its default "
                  "({}): {}",
                  answer.error().message, what_to_set));
}

HttpRoute route_of(const Settings& settings, const ClientEnvironment& environment) {
  HttpRoute route;
  route.proxy = value_of(settings, "proxy");
  route.ca_file = value_of(settings, "cert");
  for (const char* variable : {"REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"}) {
    if (route.ca_file.empty()) route.ca_file = environment.variable(variable);
  }
  return route;
}

bool is_true(std::string_view value) {
  const std::string text = to_lower_ascii(value);
  return text == "1" || text == "true" || text == "yes" || text == "on" || text == "y" ||
         text == "t";
}

}  // namespace

Result<PypiConfig> PypiConfig::load(ClientEnvironment& environment) {
  const Settings settings = TRY(load_pip_settings(environment));
  if (is_true(value_of(settings, "no-index"))) {
    return fail(ErrorKind::usage,
                "pypi: pip is configured with no-index, so there is nothing to ask");
  }
  std::string main_url = value_of(settings, "index-url");
  std::vector<std::string> extra_urls = words(value_of(settings, "extra-index-url"));
  if (main_url.empty()) {
    const UvIndexes uv = load_uv_indexes(environment);
    main_url = uv.default_url;
    extra_urls.insert(extra_urls.end(), uv.extra_urls.begin(), uv.extra_urls.end());
  }
  if (main_url.empty()) {
    const std::string answer = TRY(default_of_pip(environment));
    main_url = answer;
  }

  PypiConfig config;
  extra_urls.insert(extra_urls.begin(), main_url);
  for (const std::string& url : extra_urls) {
    PypiIndexAddress address = TRY(address_of(url));
    if (std::ranges::find(config.indexes_, address) == config.indexes_.end()) {
      config.indexes_.push_back(std::move(address));
    }
  }
  config.route_ = route_of(settings, environment);
  std::string netrc = environment.variable("NETRC");
  if (netrc.empty() && !environment.home().empty()) netrc = environment.home() + "/.netrc";
  // pip goes on without a .netrc that it cannot read, and so does this.
  config.netrc_ = parse_netrc(environment.read_file(netrc).value_or(""));
  return config;
}

std::string PypiConfig::authorization_for(std::string_view text,
                                          const PypiIndexAddress& index) const {
  const Result<Url> url = parse_url(text);
  const Result<Url> home = parse_url(index.url);
  if (!url || !home) return {};
  if (same_origin(*url, *home) && !index.authorization.empty()) return index.authorization;
  // Over plain http only where the index itself is read that way.
  if (!url->is_https && home->is_https) return {};
  auto found = netrc_.find(url->host);
  // The entry for any host is for the index, not for whatever host the index links to.
  if (found == netrc_.end() && same_origin(*url, *home)) found = netrc_.find("");
  if (found == netrc_.end() || found->second.login.empty()) return {};
  return basic(found->second.login, found->second.password);
}

}  // namespace assay
