#include "facts/code/python/bytecode_objects.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace assay::code {
namespace {

constexpr int max_depth = 60;
constexpr std::size_t max_objects = 200'000;
constexpr std::size_t max_text_bytes = 8u << 20;  // of all constants as source text

struct Object {
  enum class Kind : std::uint8_t { other, text, bytes, tuple, code, number };
  Kind kind = Kind::other;
  std::string text;           // as source text
  std::string_view raw;       // of texts and bytes
  std::vector<Object> items;  // of tuples
  int code = -1;
  std::size_t parts = 1;  // objects in there, itself included
};

// The layouts of code objects, newest first, by the first minor version that has them.
constexpr std::array layouts = {11, 8, 6, -1};

std::string quoted(std::string_view raw, bool is_bytes) {
  std::string out = is_bytes ? "b'" : "'";
  for (const char c : raw) {
    const auto byte = static_cast<unsigned char>(c);
    const char escape = c == '\'' || c == '\\' ? c
                        : c == '\n'            ? 'n'
                        : c == '\r'            ? 'r'
                        : c == '\t'            ? 't'
                                               : '\0';
    if (escape != '\0') {
      out += '\\';
      out += escape;
    } else if (byte < 0x20 || byte == 0x7F || (is_bytes && byte >= 0x80)) {
      out += "\\x" + hex(std::string_view(&c, 1));
    } else {
      out += c;
    }
  }
  return out + "'";
}

class Reader {
 public:
  Reader(std::string_view bytes, int minor, Bytecode& result)
      : bytes_(bytes), minor_(minor), result_(result) {}

  // Whether the bytes are one code object in this layout, and nothing in it is broken.
  bool read() {
    const Object object = read_object(0);
    if (is_broken_ || object.kind != Object::Kind::code) return false;
    result_.main = object.code;
    return true;
  }

 private:
  std::uint32_t number(std::size_t length) {
    if (length > bytes_.size() - std::min(at_, bytes_.size())) {
      is_broken_ = true;
      return 0;
    }
    std::uint32_t value = 0;
    for (std::size_t i = length; i-- > 0;)
      value = value << 8 | static_cast<unsigned char>(bytes_[at_ + i]);
    at_ += length;
    return value;
  }

  std::string_view slice(std::uint64_t length) {
    if (is_broken_ || length > bytes_.size() - at_) {
      is_broken_ = true;
      return {};
    }
    const std::string_view part = bytes_.substr(at_, length);
    at_ += length;
    return part;
  }

  Object text_object(std::string_view raw, bool is_bytes) {
    text_left_ -= std::min(text_left_, raw.size() * 4);
    if (text_left_ == 0) is_broken_ = true;
    if (is_broken_) return {};
    return {
        is_bytes ? Object::Kind::bytes : Object::Kind::text, quoted(raw, is_bytes), raw, {}, -1, 1};
  }

  Object plain(std::string text) { return {Object::Kind::number, std::move(text), {}, {}, -1, 1}; }

  Object read_sequence(std::uint64_t count, char type, int depth) {
    Object made;
    if (count > bytes_.size() - std::min(at_, bytes_.size())) is_broken_ = true;
    made.kind = Object::Kind::tuple;
    made.text = type == '[' ? "[" : type == '<' || type == '>' ? "{" : "(";
    for (std::uint64_t i = 0; i < count && !is_broken_; ++i) {
      made.items.push_back(read_object(depth + 1));
      const std::string& text = made.items.back().text;
      made.parts += made.items.back().parts;
      text_left_ -= std::min(text_left_, text.size());
      if (text_left_ == 0) is_broken_ = true;
      made.text += text + ",";
    }
    made.text += type == '[' ? "]" : type == '<' || type == '>' ? "}" : ")";
    if (count == 0 && (type == '<' || type == '>')) made.text = "set()";
    return made;
  }

  // Fifteen bits a digit, the lowest first.
  Object read_long() {
    const auto digits = static_cast<std::int32_t>(number(4));
    const std::string_view raw =
        slice(2ull * static_cast<std::uint64_t>(std::abs(static_cast<std::int64_t>(digits))));
    if (raw.size() > 2048) return plain("0");
    std::string bits;
    for (std::size_t i = 0; i + 1 < raw.size(); i += 2) {
      unsigned digit = static_cast<unsigned char>(raw[i]) |
                       static_cast<unsigned>(static_cast<unsigned char>(raw[i + 1])) << 8;
      for (int bit = 0; bit < 15; ++bit, digit >>= 1) bits += static_cast<char>('0' + (digit & 1u));
    }
    while (bits.size() > 1 && bits.back() == '0') bits.pop_back();
    std::string out = digits < 0 ? "-0x" : "0x";
    const std::size_t nibbles = std::max<std::size_t>(1, (bits.size() + 3) / 4);
    for (std::size_t i = nibbles; i-- > 0;) {
      unsigned value = 0;
      for (std::size_t bit = 4; bit-- > 0;) {
        const std::size_t at = i * 4 + bit;
        value = value << 1 | (at < bits.size() && bits[at] == '1' ? 1u : 0u);
      }
      out += "0123456789abcdef"[value];
    }
    return plain(out);
  }

  Object read_float() {
    const std::string_view raw = slice(8);
    if (raw.size() != 8) return {};
    std::uint64_t bits = 0;
    for (std::size_t i = 8; i-- > 0;) bits = bits << 8 | static_cast<unsigned char>(raw[i]);
    const double value = std::bit_cast<double>(bits);
    if (!std::isfinite(value)) return plain("float('inf')");
    std::array<char, 64> digits;
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    return plain(std::string(digits.data(), end));
  }

  Object read_plain(char type, int depth) {
    switch (type) {
      case 'N': return plain("None");
      case 'T': return plain("True");
      case 'F': return plain("False");
      case '.': return plain("...");
      case 'S': return plain("StopIteration");
      case '0': return plain("None");
      case 'i': return plain(std::to_string(static_cast<std::int32_t>(number(4))));
      case 'I': slice(8); return plain("0");
      case 'g': return read_float();
      case 'f': slice(number(1)); return plain("0.0");
      case 'y': slice(16); return plain("0j");
      case 'x':
        slice(number(1));
        slice(number(1));
        return plain("0j");
      case 'l': return read_long();
      case 's': return text_object(slice(number(4)), minor_ >= 0);
      case 't': {
        Object text = text_object(slice(number(4)), false);
        if (minor_ < 0) interned_.push_back(text);
        return text;
      }
      case 'u':
      case 'a':
      case 'A': return text_object(slice(number(4)), false);
      case 'z':
      case 'Z': return text_object(slice(number(1)), false);
      case '(':
      case '[':
      case '<':
      case '>': return read_sequence(number(4), type, depth);
      case ')': return read_sequence(number(1), type, depth);
      case ':': return read_sequence(3, type, depth);
      case 'c': return read_code(depth);
      case 'R': {
        const std::uint32_t index = number(4);
        if (index < interned_.size()) return interned_[index];
        break;
      }
      default: break;
    }
    is_broken_ = true;
    return {};
  }

  Object read_object(int depth) {
    if (is_broken_ || depth > max_depth || at_ >= bytes_.size() || ++objects_ > max_objects) {
      is_broken_ = true;
      return {};
    }
    const auto head = static_cast<unsigned char>(bytes_[at_++]);
    const char type = static_cast<char>(head & 0x7F);
    if (type == 'r') {
      const std::uint32_t index = number(4);
      if (index >= references_.size()) is_broken_ = true;
      if (is_broken_) return {};
      // A copy is charged, so that references to references cannot multiply.
      const Object& referred = references_[index];
      text_left_ -= std::min(text_left_, referred.text.size() + referred.parts * 64);
      if (text_left_ == 0) is_broken_ = true;
      return is_broken_ ? Object{} : referred;
    }
    const bool is_numbered = (head & 0x80) != 0 && minor_ >= 0;
    const std::size_t reference = references_.size();
    if (is_numbered) references_.emplace_back();
    Object object = read_plain(type, depth);
    if (is_numbered && !is_broken_) references_[reference] = object;
    return object;
  }

  std::vector<std::string> names_of(const Object& tuple) {
    if (tuple.kind != Object::Kind::tuple) is_broken_ = true;
    std::vector<std::string> names;
    for (const Object& item : tuple.items) {
      // Names are told apart by letters only; what else stands in one comes from no compiler.
      std::string name;
      for (const char c : item.raw.substr(0, 200)) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                               (c >= '0' && c <= '9') || c == '_' || byte >= 0x80;
        name += is_letter || c == '*' ? c : c == '.' ? '.' : '_';
      }
      names.push_back(name.empty() ? "_" : name);
    }
    return names;
  }

  Object read_code(int depth) {
    CodeObject code;
    code.arguments = number(4);
    if (minor_ >= 8) number(4);  // positional only
    if (minor_ >= 0) code.keyword_only = number(4);
    if (minor_ < 11) number(4);  // locals
    number(4);                   // depth of the stack
    code.flags = number(4);
    const Object text = read_object(depth + 1), constants = read_object(depth + 1);
    if ((text.kind != Object::Kind::bytes && text.kind != Object::Kind::text) ||
        constants.kind != Object::Kind::tuple) {
      is_broken_ = true;
      return {};
    }
    code.code = text.raw;
    for (const Object& item : constants.items) {
      CodeObject::Constant constant{item.text, item.code, {}};
      if (item.kind == Object::Kind::tuple) {
        const bool is_names = std::ranges::all_of(
            item.items, [](const Object& each) { return each.kind == Object::Kind::text; });
        if (is_names) constant.names = names_of(item);
      }
      code.constants.push_back(std::move(constant));
    }
    code.names = names_of(read_object(depth + 1));
    code.variables = names_of(read_object(depth + 1));
    if (minor_ >= 11) {
      read_object(depth + 1);  // kinds of variables
    } else {
      const std::vector<std::string> free = names_of(read_object(depth + 1));
      code.cells = names_of(read_object(depth + 1));
      code.cells.insert(code.cells.end(), free.begin(), free.end());
    }
    read_object(depth + 1);  // file
    const Object name = read_object(depth + 1);
    if (name.kind != Object::Kind::text && name.kind != Object::Kind::bytes) is_broken_ = true;
    code.name = std::string(name.raw.substr(0, 100));
    if (minor_ >= 11) read_object(depth + 1);  // qualified name
    number(4);                                 // first line
    read_object(depth + 1);                    // table of lines
    if (minor_ >= 11) read_object(depth + 1);  // table of exceptions
    if (is_broken_) return {};
    Object made;
    made.kind = Object::Kind::code;
    made.code = static_cast<int>(result_.codes.size());
    made.text = "None";
    result_.codes.push_back(std::move(code));
    return made;
  }

  std::string_view bytes_;
  int minor_;
  Bytecode& result_;
  std::size_t at_ = 0;
  std::size_t objects_ = 0;
  std::size_t text_left_ = max_text_bytes;
  std::vector<Object> references_, interned_;
  bool is_broken_ = false;
};

struct Magic {
  unsigned first;
  int minor;
};
// The number at the head of a .pyc file grows with each release.
constexpr std::array magics = {Magic{3360, 6},  Magic{3390, 7},  Magic{3400, 8},  Magic{3420, 9},
                               Magic{3430, 10}, Magic{3450, 11}, Magic{3500, 12}, Magic{3550, 13}};

// The version of a .pyc file's head, and the head's size.
std::optional<std::pair<int, std::size_t>> head_of(std::string_view bytes) {
  if (bytes.size() < 16 || bytes.substr(2, 2) != "\r\n") return std::nullopt;
  const unsigned magic = static_cast<unsigned char>(bytes[0]) |
                         static_cast<unsigned>(static_cast<unsigned char>(bytes[1])) << 8;
  if (magic == 62211) return std::pair{-1, std::size_t{8}};
  if (magic < magics.front().first || magic >= 3600) return std::nullopt;
  int minor = 6;
  for (const Magic& each : magics) {
    if (magic >= each.first) minor = each.minor;
  }
  return std::pair{minor, std::size_t{minor >= 7 ? 16u : 12u}};
}

}  // namespace

std::optional<Bytecode> read_bytecode_objects(std::string_view bytes) {
  const auto head = head_of(bytes);
  if (head) bytes.remove_prefix(head->second);
  for (const int layout : layouts) {
    if (head && head->first < layout) continue;
    Bytecode result;
    result.minor = head ? head->first : layout;
    result.is_version_known = head.has_value();
    if (Reader(bytes, layout, result).read()) return result;
    if (head) break;
  }
  return std::nullopt;
}

}  // namespace assay::code
