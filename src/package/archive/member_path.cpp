#include "package/archive/member_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace assay {
namespace {

// Enough to recognise a refused name in a report.
constexpr std::size_t shown_bytes = 200;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Invalid UTF-8 becomes \xNN. No valid name can read like that, as backslashes separate.
std::string with_invalid_bytes_escaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    next_code_point(text, at);
    const std::string_view bytes = text.substr(start, at - start);
    if (is_valid_utf8(bytes)) {
      out += bytes;
    } else {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[start]));
    }
  }
  return out;
}

CheckedPath refuse(std::string_view raw_name, std::string problem) {
  return {escape_for_display(raw_name, shown_bytes), std::move(problem), true};
}

// Takes "C:", "/", "\\" and their repetitions off the front; says whether there were any.
bool strip_root(std::string_view& name) {
  const std::size_t before = name.size();
  while (!name.empty()) {
    if (name.front() == '/' || name.front() == '\\') {
      name.remove_prefix(1);
    } else if (name.size() >= 2 && name[1] == ':' && is_letter(name[0])) {
      name.remove_prefix(2);
    } else {
      break;
    }
  }
  return name.size() != before;
}

}  // namespace

CheckedPath check_member_path(std::string_view raw_name, const Limits& limits) {
  if (raw_name.size() > limits.path_bytes) {
    return refuse(raw_name,
                  fmt::format("a name of {} bytes exceeds {}", raw_name.size(), limits.path_bytes));
  }
  CheckedPath checked;
  std::string_view name = raw_name;
  // Readers written in C end the name here, others keep the rest.
  if (const std::size_t nul = name.find('\0'); nul != std::string_view::npos) {
    name = name.substr(0, nul);
    checked.problem = "the name holds a NUL byte";
  }
  if (strip_root(name)) checked.problem = "an absolute name; examined without its root";
  std::size_t components = 0;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find_first_of("/\\"), name.size());
    const std::string_view component = name.substr(0, end);
    name.remove_prefix(std::min(end + 1, name.size()));
    if (component.empty() || component == ".") continue;
    if (component == "..") return refuse(raw_name, "the name leaves the package with \"..\"");
    if (++components > limits.path_components) {
      return refuse(raw_name, fmt::format("more than {} folders deep", limits.path_components));
    }
    if (!checked.path.empty()) checked.path += '/';
    checked.path += component;
  }
  if (!is_valid_utf8(checked.path)) checked.path = with_invalid_bytes_escaped(checked.path);
  if (checked.path.empty()) return refuse(raw_name, "an empty name");
  return checked;
}

std::string_view first_component(std::string_view path) { return path.substr(0, path.find('/')); }

std::string_view without_first_component(std::string_view path) {
  const std::size_t slash = path.find('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
}

std::string_view last_component(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string resolve_link(std::string_view path, std::string_view target) {
  if (target.starts_with('/')) return {};
  std::vector<std::string_view> components = split(path, '/');
  components.pop_back();
  for (const std::string_view component : split(target, '/')) {
    if (component.empty() || component == ".") continue;
    if (component != "..") {
      components.push_back(component);
    } else if (components.empty()) {
      return {};
    } else {
      components.pop_back();
    }
  }
  std::string resolved;
  for (const std::string_view component : components) {
    if (!resolved.empty()) resolved += '/';
    resolved += component;
  }
  return resolved;
}

bool is_in_test_folder(std::string_view path) {
  constexpr std::array<std::string_view, 10> folders = {
      "test",      "tests",   "testing",  "test-data", "testdata",
      "test_data", "fixture", "fixtures", "__tests__", "spec"};
  while (contains(path, "/")) {
    const std::string folder = to_lower_ascii(first_component(path));
    if (std::ranges::find(folders, folder) != folders.end()) return true;
    path = without_first_component(path);
  }
  return false;
}

}  // namespace assay
