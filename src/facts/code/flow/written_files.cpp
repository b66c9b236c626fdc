#include "facts/code/flow/written_files.h"

#include <algorithm>

#include "base/text.h"
#include "facts/code/flow/api.h"
#include "facts/code/flow/value.h"

namespace assay::code {
namespace {

constexpr std::size_t most_files = 2000;
constexpr std::size_t most_contents = 1u << 20;  // of one file

// "a/pkg/part.py" and "a/pkg/part/__init__.py" are called "part".
std::string_view module_name(std::string_view path) {
  constexpr std::string_view of_package = "/__init__.py", of_module = ".py";
  if (path.ends_with(of_package)) {
    path.remove_suffix(of_package.size());
  } else if (path.ends_with(of_module)) {
    path.remove_suffix(of_module.size());
  } else {
    return {};
  }
  return path.substr(path.rfind('/') + 1);
}

}  // namespace

// The same place in the same words: %temp%\\x, $TMPDIR/x and what gettempdir() gives.
std::string normal_place(std::string_view text) {
  struct Name {
    std::string_view written, place;
  };
  static constexpr Name names[] = {{"%temp%", "/TEMP"},
                                   {"%tmp%", "/TEMP"},
                                   {"$env:temp", "/TEMP"},
                                   {"$tmpdir", "/TEMP"},
                                   {"%appdata%", "/APPDATA"},
                                   {"$env:appdata", "/APPDATA"},
                                   {"%localappdata%", "/LOCALAPPDATA"},
                                   {"%userprofile%", "/HOME"},
                                   {"$home", "/HOME"},
                                   {"$env:userprofile", "/HOME"}};
  std::string out = replace_all(std::string(text), "\\", "/");
  for (const auto& [written, place] : names) {
    const std::string lower = to_lower_ascii(out);
    const std::size_t at = lower.find(written);
    if (at != std::string::npos)
      out.replace(at, written.size(), std::string(hole) + std::string(place));
  }
  out = replace_all(out, std::string(hole) + "/TMP/", std::string(hole) + "/TEMP/");
  return replace_all(out, std::string(hole) + "/USERPROFILE", std::string(hole) + "/HOME");
}

void WrittenFiles::add(std::string_view path, Sources from, std::string_view contents) {
  constexpr std::size_t telling = 4;
  std::string key = replace_all(std::string(path), "<package>/", "");
  const bool tells = replace_all(key, hole, "").size() >= telling;
  if (!tells || (files_.size() >= most_files && !files_.contains(key))) return;
  const auto [at, is_new] = files_.try_emplace(std::move(key));
  File& file = at->second;
  if (is_new) file.place = normal_place(at->first);
  file.from |= from;
  const bool fits = contents.size() <= std::min(most_contents, bytes_left_);
  if (!file.contents.empty() || contents.empty() || !fits) return;
  file.contents = contents;
  bytes_left_ -= contents.size();
  const std::string_view module = module_name(at->first);
  if (!module.empty()) modules_[std::string(module)].push_back(&at->first);
}

const WrittenFiles::File* WrittenFiles::find(std::string_view path) const {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

const std::vector<const std::string*>* WrittenFiles::modules_called(std::string_view dotted) const {
  const auto found = modules_.find(std::string(dotted.substr(dotted.rfind('.') + 1)));
  return found == modules_.end() ? nullptr : &found->second;
}

const std::string* WrittenFiles::find_module(std::string_view dotted) const {
  const std::vector<const std::string*>* named = modules_called(dotted);
  if (named == nullptr) return nullptr;
  const std::string path = "/" + replace_all(std::string(dotted), ".", "/");
  for (const std::string* file : *named) {
    if (file->ends_with(path + ".py") || file->ends_with(path + "/__init__.py")) return file;
  }
  return nullptr;
}

std::size_t WrittenFiles::search_steps(std::size_t text_bytes) const {
  constexpr std::size_t bytes_a_step = 128, fewest = 4;
  return files_.size() * (text_bytes / bytes_a_step + fewest);
}

std::size_t WrittenFiles::module_search_steps(std::string_view dotted) const {
  if (modules_.empty()) return 0;
  const std::vector<const std::string*>* named = modules_called(dotted);
  return 4 + (named == nullptr ? 0 : named->size());
}

}  // namespace assay::code
