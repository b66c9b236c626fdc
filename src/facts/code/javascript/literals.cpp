#include "facts/code/javascript/literals.h"

#include "facts/code/javascript/lexer.h"

namespace assay::code {
namespace {

constexpr std::uint32_t no_value = 0xffff'ffff;

std::uint32_t hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0');
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? static_cast<std::uint32_t>(lower - 'a' + 10) : no_value;
}

class Decoder {
 public:
  Decoder(std::string_view raw, bool is_template) : raw_(raw), is_template_(is_template) {
    out_.reserve(raw.size());
  }

  std::string run() {
    while (at_ < raw_.size()) {
      const std::size_t stop = raw_.find_first_of(is_template_ ? "\\\r" : "\\", at_);
      append_text(raw_.substr(at_, stop - at_));
      if (stop == std::string_view::npos) break;
      at_ = stop + 1;
      if (raw_[stop] == '\\') {
        decode_escape();
      } else {
        skip_line_feed();
        append_text("\n");
      }
    }
    return std::move(out_);
  }

 private:
  void append_text(std::string_view text) {
    if (text.empty()) return;
    out_ += text;
    after_high_ = false;
  }

  void append(std::uint32_t code) {
    if (code >= 0xdc00 && code <= 0xdfff && after_high_) {
      // The high half was written as three bytes; it and this one are a single character.
      out_.resize(out_.size() - 3);
      code = 0x10000 + ((high_ - 0xd800) << 10) + (code - 0xdc00);
    }
    after_high_ = code >= 0xd800 && code <= 0xdbff;
    high_ = code;
    const auto put = [&](std::uint32_t byte) { out_ += static_cast<char>(byte); };
    if (code < 0x80) {
      put(code);
    } else if (code < 0x800) {
      put(0xc0 | code >> 6);
      put(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
      put(0xe0 | code >> 12);
      put(0x80 | (code >> 6 & 0x3f));
      put(0x80 | (code & 0x3f));
    } else {
      put(0xf0 | code >> 18);
      put(0x80 | (code >> 12 & 0x3f));
      put(0x80 | (code >> 6 & 0x3f));
      put(0x80 | (code & 0x3f));
    }
  }

  void skip_line_feed() {
    if (at_ < raw_.size() && raw_[at_] == '\n') ++at_;
  }

  // The value of `count` hex digits from here, or no_value.
  std::uint32_t read_hex(std::size_t count) {
    if (raw_.size() - at_ < count) return no_value;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t digit = hex_digit(raw_[at_ + i]);
      if (digit == no_value) return no_value;
      value = value << 4 | digit;
    }
    at_ += count;
    return value;
  }

  std::uint32_t read_braced_hex() {
    std::uint32_t value = 0;
    std::size_t i = at_ + 1;
    for (; i < raw_.size() && hex_digit(raw_[i]) != no_value; ++i) {
      value = value << 4 | hex_digit(raw_[i]);
      if (value > 0x10ffff) return no_value;
    }
    if (i == at_ + 1 || i >= raw_.size() || raw_[i] != '}') return no_value;
    at_ = i + 1;
    return value;
  }

  void decode_hex(char kind) {
    const std::uint32_t value = kind == 'x'                             ? read_hex(2)
                                : at_ < raw_.size() && raw_[at_] == '{' ? read_braced_hex()
                                                                        : read_hex(4);
    append(value == no_value ? static_cast<unsigned char>(kind) : value);
  }

  void decode_octal(char first) {
    std::uint32_t value = static_cast<std::uint32_t>(first - '0');
    const int most = first <= '3' ? 2 : 1;
    for (int i = 0; i < most && at_ < raw_.size() && raw_[at_] >= '0' && raw_[at_] <= '7'; ++i) {
      value = value * 8 + static_cast<std::uint32_t>(raw_[at_++] - '0');
    }
    append(value);
  }

  void decode_escape() {
    if (at_ == raw_.size()) return;
    const char c = raw_[at_];
    if (const UnicodeBlank found = find_unicode_blank(raw_.substr(at_)); found.ends_line) {
      at_ += found.length;
      return;
    }
    ++at_;
    switch (c) {
      case '\n': return;
      case '\r': skip_line_feed(); return;
      case 'n': append('\n'); return;
      case 't': append('\t'); return;
      case 'r': append('\r'); return;
      case 'b': append('\b'); return;
      case 'f': append('\f'); return;
      case 'v': append('\v'); return;
      case 'x':
      case 'u': decode_hex(c); return;
      default: break;
    }
    if (c >= '0' && c <= '7') {
      decode_octal(c);
    } else {
      append_text(raw_.substr(at_ - 1, 1));
    }
  }

  std::string_view raw_;
  bool is_template_;
  std::size_t at_ = 0;
  std::string out_;
  bool after_high_ = false;
  std::uint32_t high_ = 0;
};

}  // namespace

std::string decode_string(std::string_view raw, bool is_template) {
  return Decoder(raw, is_template).run();
}

std::string decode_identifier(std::string_view raw) { return Decoder(raw, false).run(); }

}  // namespace assay::code
