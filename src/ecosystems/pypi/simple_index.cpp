#include "ecosystems/pypi/simple_index.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "ecosystems/pypi/html_links.h"

namespace assay {
namespace {

using Element = simdjson::dom::element;
using Object = simdjson::dom::object;
using Array = simdjson::dom::array;

struct PublishedHash {
  std::string_view name;
  HashKind kind;
  std::size_t digits;
};

// Strongest first.
constexpr std::array<PublishedHash, 5> published_hashes = {{
    {"sha512", HashKind::sha512, 128},
    {"sha384", HashKind::sha384, 96},
    {"sha256", HashKind::sha256, 64},
    {"sha1", HashKind::sha1, 40},
    {"md5", HashKind::md5, 32},
}};

// Takes the hash when it is known, well formed and stronger than the one that the file has.
void offer_hash(std::string_view name, std::string_view digits, IndexFile& file) {
  const auto* known = std::ranges::find(published_hashes, name, &PublishedHash::name);
  if (known == published_hashes.end()) return;
  std::string hash = to_lower_ascii(digits);
  if (hash.size() != known->digits) return;
  if (hash.find_first_not_of("0123456789abcdef") != std::string::npos) return;
  if (file.hash_kind && hash.size() <= file.hash.size()) return;
  file.hash_kind = known->kind;
  file.hash = std::move(hash);
}

// A name that is one path component, as every later use of it takes for granted.
bool is_file_name(std::string_view name) {
  return !name.empty() && name.size() <= 255 && name != "." && name != ".." &&
         name.find_first_of(std::string_view("/\\\0", 3)) == std::string_view::npos &&
         is_valid_utf8(name);
}

bool set_link(const Url& page, std::string_view link, IndexFile& file) {
  const Result<Url> url = resolve_url(page, link);
  // Credentials may follow a link of an https page; they do not follow it to plain http.
  if (!url || (page.is_https && !url->is_https)) return false;
  const std::size_t equals = url->fragment.find('=');
  if (equals != std::string::npos) {
    const std::string_view fragment = url->fragment;
    const std::string_view digits = fragment.substr(equals + 1);
    offer_hash(fragment.substr(0, equals), digits.substr(0, digits.find('&')), file);
  }
  if (file.file_name.empty()) {
    file.file_name = percent_decode(std::string_view(url->path).substr(url->path.rfind('/') + 1));
  }
  file.url = request_text(*url);
  return is_file_name(file.file_name);
}

void read_hashes(const Element& value, IndexFile& file) {
  Object hashes;
  if (value.get(hashes) != simdjson::SUCCESS) return;
  for (const auto& [name, field] : hashes) {
    std::string_view digits;
    if (field.get(digits) == simdjson::SUCCESS) offer_hash(name, digits, file);
  }
}

// PEP 691: a boolean, or the reason as a text.
void read_yanked(const Element& value, IndexFile& file) {
  std::string_view reason;
  bool flag = false;
  if (value.get(reason) == simdjson::SUCCESS) {
    file.is_yanked = true;
    file.yanked_reason = reason;
  } else if (value.get(flag) == simdjson::SUCCESS) {
    file.is_yanked = flag;
  }
}

bool read_json_file(const Element& entry, const Url& page, IndexFile& file) {
  Object fields;
  if (entry.get(fields) != simdjson::SUCCESS) return false;
  std::string_view link;
  for (const auto& [key, value] : fields) {
    std::string_view text;
    const bool is_text = value.get(text) == simdjson::SUCCESS;
    std::uint64_t size = 0;
    if (key == "filename" && is_text) file.file_name = text;
    if (key == "url" && is_text) link = text;
    if (key == "upload-time" && is_text) file.uploaded = text;
    if (key == "hashes") read_hashes(value, file);
    if (key == "yanked") read_yanked(value, file);
    if (key == "size" && value.get(size) == simdjson::SUCCESS) file.size_bytes = size;
  }
  return !link.empty() && set_link(page, link, file);
}

Result<ProjectPage> parse_json(std::string_view text, const Url& page) {
  simdjson::dom::parser parser;
  Element root;
  Array files;
  const simdjson::error_code error = parser.parse(text.data(), text.size(), true).get(root);
  if (error != simdjson::SUCCESS) {
    return fail(ErrorKind::malformed,
                fmt::format("the index's answer is not JSON ({})", simdjson::error_message(error)));
  }
  if (root["files"].get(files) != simdjson::SUCCESS) {
    return fail(ErrorKind::malformed, "the index's answer has no list of files");
  }
  ProjectPage result;
  for (const Element& entry : files) {
    IndexFile file;
    if (read_json_file(entry, page, file)) {
      result.files.push_back(std::move(file));
    } else {
      ++result.left_out;
    }
  }
  return result;
}

ProjectPage parse_html(std::string_view text, const Url& page) {
  ProjectPage result;
  const HtmlLinks links = find_html_links(text);
  const Url base = resolve_url(page, links.base).value_or(page);
  for (const std::map<std::string, std::string>& anchor : links.anchors) {
    IndexFile file;
    const auto href = anchor.find("href");
    const auto yanked = anchor.find("data-yanked");
    if (yanked != anchor.end()) {
      file.is_yanked = true;
      file.yanked_reason = yanked->second;
    }
    if (href != anchor.end() && set_link(base, trim(href->second), file)) {
      result.files.push_back(std::move(file));
    } else {
      ++result.left_out;
    }
  }
  return result;
}

}  // namespace

Result<ProjectPage> parse_project_page(std::string_view text, const Url& page,
                                       const Limits& limits) {
  if (text.size() > limits.json_bytes) {
    return fail(ErrorKind::limit, fmt::format("the index's answer has {} bytes, over {}",
                                              text.size(), limits.json_bytes));
  }
  if (trim(text).starts_with('{')) return parse_json(text, page);
  ProjectPage result = parse_html(text, page);
  if (result.files.empty() && !contains_ignoring_case(text, "<html") &&
      !contains_ignoring_case(text, "<!doctype")) {
    return fail(ErrorKind::malformed, "the index's answer is neither JSON nor HTML");
  }
  return result;
}

}  // namespace assay
