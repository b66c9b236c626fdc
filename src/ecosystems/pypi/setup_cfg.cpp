#include "ecosystems/pypi/setup_cfg.h"

#include <array>

#include "base/text.h"
#include "ecosystems/pypi/ini.h"

namespace assay {
namespace {

struct TextKey {
  std::string_view key;
  std::string CoreMetadata::* member;
};
constexpr std::array<TextKey, 14> text_keys = {{
    {"name", &CoreMetadata::name},
    {"version", &CoreMetadata::version},
    {"description", &CoreMetadata::summary},
    {"summary", &CoreMetadata::summary},
    {"url", &CoreMetadata::home_page},
    {"home_page", &CoreMetadata::home_page},
    {"author", &CoreMetadata::author},
    {"author_email", &CoreMetadata::author_email},
    {"maintainer", &CoreMetadata::maintainer},
    {"maintainer_email", &CoreMetadata::maintainer_email},
    {"license", &CoreMetadata::license},
    {"long_description", &CoreMetadata::description},
    {"long_description_content_type", &CoreMetadata::description_content_type},
    {"download_url", &CoreMetadata::download_url},
}};

struct Place {
  std::string_view section, key;
};
// Options whose values setuptools, distutils or pbr import from the source tree while building.
constexpr std::array<Place, 4> import_options = {{{"options", "cmdclass"},
                                                  {"global", "command_packages"},
                                                  {"global", "setup_hooks"},
                                                  {"options", "distclass"}}};

class SetupCfgReader {
 public:
  SetupCfg read(std::string_view text) {
    for (const IniEntry& entry : parse_ini(text, "=:")) {
      const std::string key = normalise_ini_key(entry.key);
      if (entry.section == "metadata") read_metadata(entry, key);
      if (entry.section == "options" && key == "install_requires") {
        append_lines(entry, out_.metadata.requires_dist);
      }
      if (entry.section == "options.entry_points" || entry.section == "entry_points") {
        read_entry_points(entry);
      }
      for (const Place& place : import_options) {
        if (place.section == entry.section && place.key == key) read_import_option(entry, key);
      }
      read_attribute(entry, key);
    }
    return std::move(out_);
  }

 private:
  void read_metadata(const IniEntry& entry, std::string_view key) {
    for (const TextKey& known : text_keys) {
      if (known.key == key) out_.metadata.*known.member = entry.value();
    }
    if (key == "classifiers" || key == "classifier") append_lines(entry, out_.metadata.classifiers);
    if (key != "project_urls") return;
    for (const IniLine& line : entry.lines) {
      const std::size_t equals = line.text.find('=');
      if (equals == std::string_view::npos) continue;
      out_.metadata.project_urls.push_back(std::string(trim(line.text.substr(0, equals))) + ", " +
                                           std::string(trim(line.text.substr(equals + 1))));
    }
  }

  static void append_lines(const IniEntry& entry, std::vector<std::string>& into) {
    for (const IniLine& line : entry.lines) into.emplace_back(line.text);
  }

  // The key is the group; each line of the value is "name = target".
  void read_entry_points(const IniEntry& entry) {
    for (const IniLine& line : entry.lines) {
      const std::size_t equals = line.text.find('=');
      if (equals == std::string_view::npos) continue;
      out_.entry_points.push_back({.group = std::string(entry.key),
                                   .name = std::string(trim(line.text.substr(0, equals))),
                                   .target = std::string(trim(line.text.substr(equals + 1))),
                                   .path = {},
                                   .begin = line.begin,
                                   .end = line.end()});
    }
  }

  // "install = pkg.commands.Install", or the dotted name alone.
  void read_import_option(const IniEntry& entry, const std::string& key) {
    for (const IniLine& line : entry.lines) {
      const std::string_view target = trim(line.text.substr(line.text.find('=') + 1));
      add_hook(std::string(entry.section) + '.' + key, target, line.begin, line.end());
    }
  }

  // "version = attr: pkg.__version__" imports pkg when its source is not plain enough.
  void read_attribute(const IniEntry& entry, const std::string& key) {
    for (const IniLine& line : entry.lines) {
      if (!line.text.starts_with("attr:")) continue;
      add_hook(std::string(entry.section) + '.' + key, trim(line.text.substr(5)), line.begin,
               line.end());
    }
  }

  void add_hook(std::string option, std::string_view target, std::uint32_t begin,
                std::uint32_t end) {
    out_.build_hooks.push_back({.option = std::move(option),
                                .target = std::string(target),
                                .path = {},
                                .begin = begin,
                                .end = end});
  }

  SetupCfg out_;
};

}  // namespace

SetupCfg parse_setup_cfg(std::string_view text) { return SetupCfgReader().read(text); }

}  // namespace assay
