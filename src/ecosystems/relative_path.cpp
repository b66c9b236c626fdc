#include "ecosystems/relative_path.h"

#include <vector>

#include "base/text.h"

namespace assay {

std::optional<std::string> join_path(std::string_view folder, std::string_view path) {
  if (path.starts_with('/') || path.starts_with('\\')) folder = {};
  std::string joined(folder);
  joined += '/';
  joined += path;
  for (char& c : joined) {
    if (c == '\\') c = '/';
  }
  std::vector<std::string_view> kept;
  for (const std::string_view component : split(joined, '/')) {
    if (component.empty() || component == ".") continue;
    if (component != "..") {
      kept.push_back(component);
    } else if (kept.empty()) {
      return {};
    } else {
      kept.pop_back();
    }
  }
  std::string out;
  for (const std::string_view component : kept) {
    if (!out.empty()) out += '/';
    out += component;
  }
  return out;
}

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view base_name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view extension_of(std::string_view path) {
  const std::string_view name = base_name_of(path);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view() : name.substr(dot);
}

}  // namespace assay
