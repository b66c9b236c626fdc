#include "incidents/incident.h"

#include <algorithm>
#include <charconv>
#include <functional>

#include "base/hash.h"
#include "base/text.h"
#include "package/archive/archive.h"
#include "package/archive/archives_for_test.h"

namespace assay::incidents {
namespace {

constexpr std::string_view member_mark = "==> ";

std::string base64(std::string_view text) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += 3) {
    unsigned bits = 0;
    for (std::size_t i = at; i < at + 3; ++i) {
      bits = bits << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0u);
    }
    for (unsigned i = 0; i < 4; ++i) {
      out += at + i <= text.size() ? digits[bits >> (18 - 6 * i) & 63] : '=';
    }
  }
  return out;
}

std::string bytes_of_hex(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at + 1 < text.size(); at += 2) {
    int byte = 0;
    std::from_chars(text.data() + at, text.data() + at + 2, byte, 16);
    out += static_cast<char>(byte);
  }
  return out;
}

// A byte as one variation selector: nothing is seen where the text stands.
std::string invisible(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    append_utf8(out, byte < 16 ? char32_t{0xFE00} + byte : char32_t{0xE0100} + byte - 16);
  }
  return out;
}

std::string blanks(std::string_view count) {
  std::size_t number = 0;
  std::from_chars(count.data(), count.data() + count.size(), number);
  return std::string(std::min<std::size_t>(number, 10'000), ' ');
}

std::string reversed(std::string_view text) { return {text.rbegin(), text.rend()}; }

std::string xor_7_hex(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c ^ 7);
  return hex(out);
}

struct Trick {
  std::string_view name;
  std::string (*done)(std::string_view text);
};
constexpr Trick tricks[] = {
    {"blanks", blanks},
    {"bytes", bytes_of_hex},
    {"base64", base64},
    {"hex", [](std::string_view text) { return hex(text); }},
    {"reversed", reversed},
    {"invisible", invisible},
    {"gzip-base64", [](std::string_view text) { return base64(testing_archives::gzip(text)); }},
    {"xor-7-hex", xor_7_hex},
};

// The last one that opens has no other inside, so the inner ones are done first.
std::string expand(std::string text, std::string_view version) {
  text = replace_all(std::move(text), "{{version}}", version);
  std::size_t before = std::string::npos;
  while (true) {
    const std::size_t at = text.rfind("{{", before);
    if (at == std::string::npos) return text;
    before = at == 0 ? 0 : at - 1;
    const std::size_t colon = text.find(':', at);
    const std::size_t end = text.find("}}", at);
    const auto trick =
        colon == std::string::npos
            ? std::end(tricks)
            : std::ranges::find(tricks, std::string_view(text).substr(at + 2, colon - at - 2),
                                &Trick::name);
    if (trick != std::end(tricks) && end != std::string::npos) {
      text.replace(at, end + 2 - at, trick->done(text.substr(colon + 1, end - colon - 1)));
      before = std::string::npos;
    } else if (at == 0) {
      return text;
    }
  }
}

bool belongs_to(std::string_view member, std::string_view version) {
  return member == "every" || member == version || (member == "clean" && version != "malicious");
}

void read_head(Incident& incident, std::string_view line) {
  const std::size_t colon = line.find(": ");
  if (colon == std::string_view::npos) return;
  const std::string_view key = line.substr(0, colon), value = trim(line.substr(colon + 2));
  if (key == "incident") incident.incident = value;
  if (key == "technique") incident.technique = value;
  if (key == "packed") incident.packed = value;
  if (key == "verdict") incident.verdict = value;
  if (key != "because") return;
  for (const std::string_view rule : split(value, ' ')) incident.because.emplace_back(rule);
}

}  // namespace

Result<Incident> read_incident(std::string_view file, std::string_view text) {
  Incident incident;
  incident.file = file;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::string_view line = text.substr(at, end - at);
    if (line.starts_with(member_mark)) {
      const std::string_view path = trim(line.substr(member_mark.size()));
      const std::size_t slash = path.find('/');
      if (slash == std::string_view::npos) {
        return std::unexpected(
            Error{ErrorKind::malformed, std::string(path) + " names no version"});
      }
      incident.members.push_back(
          {std::string(path.substr(0, slash)), std::string(path.substr(slash + 1)), ""});
    } else if (incident.members.empty()) {
      read_head(incident, line);
    } else {
      incident.members.back().text += line;
    }
    at = end;
  }
  return incident;
}

Result<Package> package_of(const Incident& incident, std::string_view version) {
  constexpr std::array<std::string_view, 3> numbers = {"2.3.3", "2.3.4", "2.3.5"};
  const std::string number(
      numbers[static_cast<std::size_t>(std::ranges::find(versions, version) - versions.begin())]);
  const std::string top = incident.packed == "npm"     ? "package/"
                          : incident.packed == "sdist" ? "replica-" + number + "/"
                                                       : "";
  testing_archives::Tar tar;
  testing_archives::Zip zip;
  for (const Incident::Member& member : incident.members) {
    if (!belongs_to(member.version, version)) continue;
    const std::string path = top + expand(member.path, number);
    tar.add(path, expand(member.text, number));
    zip.add(path, expand(member.text, number));
  }
  if (incident.packed == "wheel")
    return read_archive(zip.str(), "replica-" + number + "-py3-none-any.whl");
  return read_archive(testing_archives::gzip(tar.str()),
                      "replica-" + number + (incident.packed == "npm" ? ".tgz" : ".tar.gz"));
}

}  // namespace assay::incidents
