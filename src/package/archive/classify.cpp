#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"
#include "package/archive/archive.h"
#include "package/archive/format.h"
#include "package/archive/kinds.h"
#include "package/archive/little_endian.h"
#include "package/archive/member_path.h"

namespace assay {
namespace {

using namespace std::string_view_literals;

struct Entry {
  std::string_view text;
  FileKind kind;
};

constexpr auto magics = std::to_array<Entry>({
    {"\x7f"
     "ELF"sv,
     FileKind::native},
    {"\xfe\xed\xfa\xce"sv, FileKind::native},  // Mach-O, both byte orders and widths
    {"\xfe\xed\xfa\xcf"sv, FileKind::native},
    {"\xce\xfa\xed\xfe"sv, FileKind::native},
    {"\xcf\xfa\xed\xfe"sv, FileKind::native},
    {"\0asm"sv, FileKind::wasm},
    {"\x89PNG\r\n\x1a\n"sv, FileKind::image},
    {"\xff\xd8\xff"sv, FileKind::image},  // JPEG
    {"GIF87a"sv, FileKind::image},
    {"GIF89a"sv, FileKind::image},
    {"II*\0"sv, FileKind::image},  // TIFF
    {"MM\0*"sv, FileKind::image},
    {"wOFF"sv, FileKind::font},
    {"wOF2"sv, FileKind::font},
    {"OTTO"sv, FileKind::font},
    {"ttcf"sv, FileKind::font},
});

// A fat Mach-O counts its architectures where a Java class, with the same magic, has its version
// (45 and more).
bool is_fat_mach_o(std::string_view head) {
  const bool has_magic =
      head.starts_with("\xca\xfe\xba\xbe"sv) || head.starts_with("\xca\xfe\xba\xbf"sv);
  return has_magic && head.size() >= 8 && head.substr(4, 3) == "\0\0\0"sv && head[7] > 0 &&
         head[7] < 45;
}

// "MZ" alone begins ordinary text; the PE header is where the word at 0x3C says.
bool is_portable_executable(std::string_view head) {
  constexpr std::size_t pointer_at = 0x3C;
  if (!head.starts_with("MZ") || head.size() < pointer_at + 4) return false;
  const std::uint32_t header_at = le32(head, pointer_at);
  if (header_at >= head.size()) return head.find('\0') < pointer_at;
  return head.substr(header_at).starts_with("PE\0\0"sv) ||
         head.substr(header_at).starts_with("NE"sv);
}

// Python writes a version number and "\r\n": 3000 and up for Python 3, 62xxx for Python 2.
bool is_python_bytecode(std::string_view head) {
  constexpr std::size_t shortest = 8;
  if (head.size() < shortest || head.substr(2, 2) != "\r\n") return false;
  const std::uint16_t version = le16(head, 0);
  return (version >= 3000 && version < 4000) || (version >= 62000 && version < 62300);
}

bool is_weakly_marked_image(std::string_view head) {
  if (head.starts_with("RIFF") && head.size() >= 12) return head.substr(8, 4) == "WEBP";
  if (head.starts_with("\0\0\1\0"sv))
    return head.size() >= 22 && le16(head, 4) > 0 && le16(head, 4) < 256;
  if (head.starts_with("BM"))
    return head.size() >= 26 && le32(head, 6) == 0 && le32(head, 14) < 256;
  return head.size() >= 12 && (head.substr(4, 8) == "ftypavif" || head.substr(4, 8) == "ftypheic");
}

bool is_true_type(std::string_view head) {
  const bool has_magic = head.starts_with("\0\1\0\0"sv) || head.starts_with("true\0"sv);
  return has_magic && head.size() >= 12 && head[4] == 0 && head[5] > 0 && head[5] < 64;
}

constexpr auto interpreters = std::to_array<Entry>({
    {"node", FileKind::javascript},
    {"bun", FileKind::javascript},
    {"deno", FileKind::typescript},
    {"ts-node", FileKind::typescript},
    {"tsx", FileKind::typescript},
    {"python", FileKind::python},
    {"pypy", FileKind::python},
    {"pwsh", FileKind::powershell},
    {"powershell", FileKind::powershell},
    {"sh", FileKind::shell},
    {"bash", FileKind::shell},
    {"dash", FileKind::shell},
    {"zsh", FileKind::shell},
    {"ksh", FileKind::shell},
    {"ash", FileKind::shell},
});

// "#!/usr/bin/env -S node --flag": the first word that names an interpreter.
FileKind kind_by_shebang(std::string_view head) {
  if (!head.starts_with("#!")) return FileKind::other;
  const std::string_view line = head.substr(
      2, head.find('\n') == std::string_view::npos ? std::string_view::npos : head.find('\n') - 2);
  for (const std::string_view word : split(line.substr(0, 256), ' ')) {
    std::string_view program = last_component(trim(word));
    // "python3.11"
    while (!program.empty() &&
           (program.back() == '.' || (program.back() >= '0' && program.back() <= '9'))) {
      program.remove_suffix(1);
    }
    const auto found = std::ranges::find(interpreters, program, &Entry::text);
    if (found != interpreters.end()) return found->kind;
  }
  return FileKind::other;
}

constexpr auto endings = std::to_array<Entry>({
    {"js", FileKind::javascript},    {"cjs", FileKind::javascript},
    {"mjs", FileKind::javascript},   {"jsx", FileKind::javascript},
    {"es6", FileKind::javascript},   {"ts", FileKind::typescript},
    {"mts", FileKind::typescript},   {"cts", FileKind::typescript},
    {"tsx", FileKind::typescript},   {"py", FileKind::python},
    {"pyw", FileKind::python},       {"pyi", FileKind::declaration},
    {"pth", FileKind::pth},          {"sh", FileKind::shell},
    {"bash", FileKind::shell},       {"zsh", FileKind::shell},
    {"ksh", FileKind::shell},        {"command", FileKind::shell},
    {"ps1", FileKind::powershell},   {"psm1", FileKind::powershell},
    {"psd1", FileKind::powershell},  {"bat", FileKind::batch},
    {"cmd", FileKind::batch},        {"json", FileKind::json},
    {"json5", FileKind::json},       {"jsonc", FileKind::json},
    {"ipynb", FileKind::json},       {"webmanifest", FileKind::json},
    {"toml", FileKind::toml},        {"yaml", FileKind::yaml},
    {"yml", FileKind::yaml},         {"ini", FileKind::ini},
    {"cfg", FileKind::ini},          {"gyp", FileKind::gyp},
    {"gypi", FileKind::gyp},         {"md", FileKind::text},
    {"markdown", FileKind::text},    {"rst", FileKind::text},
    {"txt", FileKind::text},         {"mdc", FileKind::text},
    {"html", FileKind::html},        {"htm", FileKind::html},
    {"xhtml", FileKind::html},       {"vue", FileKind::html},
    {"svelte", FileKind::html},      {"map", FileKind::source_map},
    {"wasm", FileKind::wasm},        {"pyc", FileKind::bytecode},
    {"pyo", FileKind::bytecode},     {"so", FileKind::native},
    {"dll", FileKind::native},       {"dylib", FileKind::native},
    {"exe", FileKind::native},       {"node", FileKind::native},
    {"pyd", FileKind::native},       {"png", FileKind::image},
    {"jpg", FileKind::image},        {"jpeg", FileKind::image},
    {"gif", FileKind::image},        {"webp", FileKind::image},
    {"ico", FileKind::image},        {"bmp", FileKind::image},
    {"tif", FileKind::image},        {"tiff", FileKind::image},
    {"avif", FileKind::image},       {"svg", FileKind::image},
    {"woff", FileKind::font},        {"woff2", FileKind::font},
    {"ttf", FileKind::font},         {"otf", FileKind::font},
    {"ttc", FileKind::font},         {"eot", FileKind::font},
    {"tgz", FileKind::archive},      {"gz", FileKind::archive},
    {"zip", FileKind::archive},      {"whl", FileKind::archive},
    {"egg", FileKind::archive},      {"tar", FileKind::archive},
    {"bz2", FileKind::archive},      {"xz", FileKind::archive},
    {"zst", FileKind::archive},      {"7z", FileKind::archive},
    {"rar", FileKind::archive},      {"jar", FileKind::archive},
    {"c", FileKind::other_source},   {"h", FileKind::other_source},
    {"cc", FileKind::other_source},  {"hh", FileKind::other_source},
    {"cpp", FileKind::other_source}, {"hpp", FileKind::other_source},
    {"cxx", FileKind::other_source}, {"hxx", FileKind::other_source},
    {"inl", FileKind::other_source}, {"m", FileKind::other_source},
    {"mm", FileKind::other_source},  {"rs", FileKind::other_source},
    {"go", FileKind::other_source},  {"java", FileKind::other_source},
    {"kt", FileKind::other_source},  {"swift", FileKind::other_source},
    {"cs", FileKind::other_source},  {"pyx", FileKind::other_source},
    {"pxd", FileKind::other_source}, {"f90", FileKind::other_source},
    {"cu", FileKind::other_source},  {"cmake", FileKind::other_source},
    {"asm", FileKind::other_source}, {"s", FileKind::other_source},
});

// Whole names, in lower case.
constexpr auto names = std::to_array<Entry>({
    {"entry_points.txt", FileKind::ini},
    {".npmrc", FileKind::ini},
    {".editorconfig", FileKind::ini},
    {"pipfile", FileKind::toml},
    {"pipfile.lock", FileKind::json},
    {".babelrc", FileKind::json},
    {".eslintrc", FileKind::json},
    {"metadata", FileKind::text},
    {"pkg-info", FileKind::text},
    {"record", FileKind::text},
    {"wheel", FileKind::text},
    {"license", FileKind::text},
    {"licence", FileKind::text},
    {"copying", FileKind::text},
    {"notice", FileKind::text},
    {"authors", FileKind::text},
    {"readme", FileKind::text},
    {"changelog", FileKind::text},
    {"changes", FileKind::text},
    {"history", FileKind::text},
    {"makefile", FileKind::other_source},
    {"cmakelists.txt", FileKind::other_source},
});

// Formats that always carry a magic number: without it the name is not believed.
bool must_have_magic(FileKind kind, std::string_view path) {
  switch (kind) {
    case FileKind::native:
    case FileKind::wasm:
    case FileKind::archive: return true;
    case FileKind::image: return !ends_with_ignoring_case(path, ".svg");
    case FileKind::font: return !ends_with_ignoring_case(path, ".eot");
    default: return false;
  }
}

}  // namespace

FileKind kind_by_content(std::string_view head) {
  for (const Entry& magic : magics) {
    if (head.starts_with(magic.text)) return magic.kind;
  }
  if (is_portable_executable(head) || is_fat_mach_o(head)) return FileKind::native;
  if (is_python_bytecode(head)) return FileKind::bytecode;
  if (is_weakly_marked_image(head)) return FileKind::image;
  if (is_true_type(head)) return FileKind::font;
  return sniff_archive(head) != ArchiveFormat::none ? FileKind::archive : FileKind::other;
}

FileKind kind_by_name(std::string_view path) {
  const std::string name = to_lower_ascii(last_component(path));
  if (const auto whole = std::ranges::find(names, name, &Entry::text); whole != names.end()) {
    return whole->kind;
  }
  for (const std::string_view ending : {".d.ts"sv, ".d.mts"sv, ".d.cts"sv}) {
    if (name.ends_with(ending)) return FileKind::declaration;
  }
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos) return FileKind::other;
  const std::string_view ending = std::string_view(name).substr(dot + 1);
  const auto found = std::ranges::find(endings, ending, &Entry::text);
  return found != endings.end() ? found->kind : FileKind::other;
}

FileKind classify_file(std::string_view path, std::string_view head) {
  const FileKind by_content = kind_by_content(head);
  if (by_content != FileKind::other) return by_content;
  constexpr std::string_view apple_double = "\0\5\x16\7"sv;  // attributes that macOS keeps aside
  if (head.starts_with(apple_double)) return FileKind::other;
  const FileKind by_name = kind_by_name(path);
  if (by_name == FileKind::other || by_name == FileKind::text) {
    const FileKind by_shebang = kind_by_shebang(head);
    return by_shebang != FileKind::other ? by_shebang : by_name;
  }
  return must_have_magic(by_name, path) && !head.empty() ? FileKind::other : by_name;
}

}  // namespace assay
