#include "cli/configuration.h"

#include "base/text.h"

namespace assay {
namespace {

constexpr const char* file_name = "assay.toml";

// Rules stand beside the file that names them, wherever the program is started.
Result<Settings> parse_file(std::string_view text, const std::string& path) {
  Settings settings = TRY(parse_settings(text, path));
  const std::string folder = path.substr(0, path.rfind('/') + 1);  // npos + 1 is 0
  for (std::vector<std::string>* paths : {&settings.yara, &settings.house_rules}) {
    for (std::string& each : *paths) {
      if (!each.starts_with('/')) each.insert(0, folder);
    }
  }
  return settings;
}

// Nothing when there is no such file.
Result<Settings> read_settings(const std::string& path, const ClientEnvironment& environment,
                               Configuration& configuration) {
  Result<std::string> text = environment.read_file(path);
  if (!text && text.error().kind == ErrorKind::missing) return Settings{};
  if (!text) return std::unexpected(text.error());
  configuration.files.push_back(path);
  return parse_file(*text, path);
}

bool is_inside(const std::string& path, const std::string& folder) {
  return !folder.empty() && path.size() > folder.size() && path.starts_with(folder) &&
         (folder.ends_with('/') || path[folder.size()] == '/');
}

bool is_examined(const std::string& path, std::span<const Target> targets,
                 const ClientEnvironment& environment) {
  const std::string real = environment.real_path(path);
  for (const Target& target : targets) {
    if (!target.spec && is_inside(real, environment.real_path(target.given))) return true;
  }
  return false;
}

}  // namespace

Result<Configuration> load_configuration(const Settings& flags, const std::string& explicit_file,
                                         std::span<const Target> targets,
                                         const ClientEnvironment& environment) {
  Configuration configuration;
  const std::string user_folder = environment.xdg_config_home();
  Settings settings;
  if (!user_folder.empty()) {
    settings = TRY(read_settings(user_folder + "/assay/" + file_name, environment, configuration));
  }

  const std::string project_file = environment.working_folder() + "/" + file_name;
  if (!explicit_file.empty()) {
    const std::string text = TRY(environment.read_file(explicit_file));
    const Settings chosen = TRY(parse_file(text, explicit_file));
    settings = merge(std::move(settings), chosen);
    configuration.files.push_back(explicit_file);
  } else if (is_examined(project_file, targets, environment)) {
    configuration.notes.push_back(
        "./assay.toml is part of what is examined and is not used; --config ./assay.toml uses it");
  } else {
    const Settings project = TRY(read_settings(project_file, environment, configuration));
    settings = merge(std::move(settings), project);
  }

  const Settings variables = TRY(settings_of_variables(environment.variables()));
  configuration.settings = merge(merge(std::move(settings), variables), flags);
  return configuration;
}

}  // namespace assay
