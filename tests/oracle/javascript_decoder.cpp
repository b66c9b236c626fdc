#include "javascript_decoder.h"

#include <cstdint>
#include <unordered_map>

namespace assay::oracle {
namespace {

using Text = std::string_view;

void append_utf8(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xc0 | code >> 6);
    out += static_cast<char>(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xe0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (code & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | code >> 18);
    out += static_cast<char>(0x80 | (code >> 12 & 0x3f));
    out += static_cast<char>(0x80 | (code >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (code & 0x3f));
  }
}

class Decoder {
 public:
  static std::string run(Text raw, bool is_template) {
    Decoder decoder;
    for (std::size_t i = 0; i < raw.size();) i = decoder.step(raw, i, is_template);
    decoder.flush();
    return decoder.out_;
  }

 private:
  std::size_t step(Text raw, std::size_t i, bool is_template) {
    const char c = raw[i];
    if (c == '\r' && is_template) {
      unit('\n');
      return i + (i + 1 < raw.size() && raw[i + 1] == '\n' ? 2 : 1);
    }
    if (c != '\\' || i + 1 == raw.size()) {
      byte(c);
      return i + 1;
    }
    const char e = raw[i + 1];
    static const std::unordered_map<char, char> simple{{'n', '\n'}, {'t', '\t'}, {'r', '\r'},
                                                       {'b', '\b'}, {'f', '\f'}, {'v', '\v'}};
    if (const auto found = simple.find(e); found != simple.end()) {
      unit(static_cast<unsigned char>(found->second));
      return i + 2;
    }
    if (e == '\n') return i + 2;
    if (e == '\r') return i + (i + 2 < raw.size() && raw[i + 2] == '\n' ? 3 : 2);
    if (raw.substr(i + 1, 3) == "\xe2\x80\xa8" || raw.substr(i + 1, 3) == "\xe2\x80\xa9")
      return i + 4;
    if (e >= '0' && e <= '7') return octal(raw, i + 1);
    if (e == 'x' && is_hex(raw, i + 2, 2)) return hex(raw, i + 2, 2);
    if (e == 'u' && is_hex(raw, i + 2, 4)) return hex(raw, i + 2, 4);
    if (e == 'u' && i + 2 < raw.size() && raw[i + 2] == '{') {
      const std::size_t close = raw.find('}', i);
      if (close != Text::npos && close > i + 3 && is_hex(raw, i + 3, close - i - 3)) {
        hex(raw, i + 3, close - i - 3);
        return close + 1;
      }
    }
    byte(e);
    return i + 2;
  }

  static bool is_hex(Text raw, std::size_t from, std::size_t count) {
    if (from + count > raw.size()) return false;
    return raw.substr(from, count).find_first_not_of("0123456789abcdefABCDEF") == Text::npos;
  }

  std::size_t hex(Text raw, std::size_t from, std::size_t count) {
    const auto code =
        static_cast<std::uint32_t>(std::stoul(std::string(raw.substr(from, count)), nullptr, 16));
    if (code >= 0x10000) {
      unit(0xd800 + ((code - 0x10000) >> 10));
      unit(0xdc00 + ((code - 0x10000) & 0x3ff));
    } else {
      unit(code);
    }
    return from + count;
  }

  std::size_t octal(Text raw, std::size_t i) {
    std::uint32_t value = 0;
    for (int count = 0; count < 3 && i < raw.size() && raw[i] >= '0' && raw[i] <= '7';
         ++count, ++i) {
      const std::uint32_t longer = value * 8 + static_cast<std::uint32_t>(raw[i] - '0');
      if (longer > 255) break;
      value = longer;
    }
    unit(value);
    return i;
  }

  void unit(std::uint32_t code) {
    if (high_ != 0 && code >= 0xdc00 && code < 0xe000) {
      append_utf8(out_, 0x10000 + ((high_ - 0xd800) << 10) + (code - 0xdc00));
      high_ = 0;
      return;
    }
    flush();
    if (code >= 0xd800 && code < 0xdc00) {
      high_ = code;
    } else {
      append_utf8(out_, code);
    }
  }
  void byte(char c) {
    flush();
    out_ += c;
  }
  void flush() {
    if (high_ != 0) append_utf8(out_, high_);
    high_ = 0;
  }

  std::string out_;
  std::uint32_t high_ = 0;
};

}  // namespace

std::string decode_literal(std::string_view raw, bool is_template) {
  return Decoder::run(raw, is_template);
}

}  // namespace assay::oracle
