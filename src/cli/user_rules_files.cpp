#include "cli/user_rules_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "base/hash.h"
#include "base/text.h"
#include "scan/worker.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

constexpr int most_folders_deep = 8;

Result<std::string> read_rules(const fs::path& path, std::size_t most_bytes) {
  const std::string name = escape_for_display(path.string());
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (error) {
    return fail(ErrorKind::usage, fmt::format("{}: cannot be read: {}", name, error.message()));
  }
  if (size > most_bytes) {
    return fail(ErrorKind::usage,
                fmt::format("{}: more than {} MiB of rules", name, most_bytes >> 20));
  }
  std::ifstream file(path, std::ios::binary);
  std::string text(size, '\0');
  if (!file.read(text.data(), static_cast<std::streamsize>(size))) {
    return fail(ErrorKind::usage, fmt::format("{}: cannot be read", name));
  }
  return text;
}

bool is_yara_file(const fs::path& path) {
  const std::string ending = to_lower_ascii(path.extension().string());
  return ending == ".yar" || ending == ".yara";
}

// Letters of a namespace, which is part of a rule's id.
std::string name_space_of(const fs::path& relative) {
  std::string name = fs::path(relative).replace_extension().generic_string();
  for (char& c : name) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '/' || c == '.';
    if (!is_plain) c = '_';
  }
  return name;
}

struct YaraFile {
  fs::path path;
  std::string name_space;
};

Result<void> add_yara_files(const std::string& given, std::vector<YaraFile>& files) {
  std::error_code error;
  if (!fs::is_directory(given, error)) {
    files.push_back({given, name_space_of(fs::path(given).filename())});
    return {};
  }
  const std::size_t before = files.size();
  auto walk = fs::recursive_directory_iterator(given, error);
  for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
    if (walk.depth() > most_folders_deep) {
      return fail(ErrorKind::usage, fmt::format("{}: folders more than {} deep",
                                                escape_for_display(given), most_folders_deep));
    }
    std::error_code ignored;
    if (!walk->is_regular_file(ignored) || !is_yara_file(walk->path())) continue;
    files.push_back({walk->path(), name_space_of(walk->path().lexically_relative(given))});
    if (files.size() > YaraRules::Bounds().files) {
      return fail(ErrorKind::usage,
                  fmt::format("{}: more than {} YARA files", escape_for_display(given),
                              YaraRules::Bounds().files));
    }
  }
  if (error) {
    return fail(ErrorKind::usage,
                fmt::format("{}: {}", escape_for_display(given), error.message()));
  }
  if (files.size() == before) {
    return fail(ErrorKind::usage,
                fmt::format("{}: holds no .yar or .yara file", escape_for_display(given)));
  }
  std::ranges::sort(files.begin() + static_cast<std::ptrdiff_t>(before), files.end(), {},
                    &YaraFile::path);
  return {};
}

Result<std::vector<YaraSource>> read_yara(const std::vector<std::string>& given) {
  std::vector<YaraFile> files;
  for (const std::string& each : given) TRY(add_yara_files(each, files));
  std::vector<YaraSource> sources;
  std::set<std::string> paths;
  std::map<std::string, int> namespaces;
  std::size_t left = YaraRules::Bounds().total_bytes;
  for (const YaraFile& file : files) {
    std::error_code ignored;
    const fs::path real = fs::weakly_canonical(file.path, ignored);
    if (!paths.insert(real.string()).second) continue;  // given twice
    YaraSource source;
    source.text = TRY(read_rules(file.path, std::min(left, YaraRules::Bounds().file_bytes)));
    left -= source.text.size();
    source.name = escape_for_display(file.path.string());
    const int same = ++namespaces[file.name_space];
    source.name_space = same == 1 ? file.name_space : fmt::format("{}-{}", file.name_space, same);
    sources.push_back(std::move(source));
  }
  return sources;
}

// libyara's parser of regular expressions recurses as deep as they nest.
Result<YaraRules> compile(const std::vector<YaraSource>& sources) {
  std::optional<Result<YaraRules>> result;
  {
    const Worker worker([&] {
      try {
        result = YaraRules::compile(sources);
      } catch (const std::exception& exception) {
        result = fail(ErrorKind::environment, exception.what());
      }
    });
  }
  return std::move(*result);
}

}  // namespace

Result<LoadedRules> load_user_rules(const std::vector<std::string>& yara,
                                    const std::vector<std::string>& house) {
  LoadedRules loaded;
  if (yara.empty() && house.empty()) return loaded;
  std::optional<YaraRules> compiled;
  if (!yara.empty()) {
    const std::vector<YaraSource> sources = TRY(read_yara(yara));
    compiled = TRY(compile(sources));
    loaded.notes = compiled->warnings();
  }
  std::vector<HouseRule> rules;
  std::string hashes;
  std::set<std::string> ids;
  for (const std::string& path : house) {
    const std::string name = escape_for_display(path);
    const std::string text = TRY(read_rules(path, 1_MiB));
    std::vector<HouseRule> read = TRY(read_house_rules(text, name));
    for (HouseRule& rule : read) {
      if (!ids.insert(rule.id).second) {
        return fail(ErrorKind::usage,
                    fmt::format("{}: another file has a rule '{}' too", name,
                                rule.id.substr(std::string_view("house:").size())));
      }
      rules.push_back(std::move(rule));
    }
    hashes += hash_hex(HashKind::sha256, text) + '\n';
  }
  loaded.rules =
      std::make_unique<UserRules>(std::move(compiled), std::move(rules), std::move(hashes));
  return loaded;
}

}  // namespace assay
