// JavaScript's decoders on constants.
#include <cctype>
#include <cmath>

#include "base/text.h"
#include "facts/code/flow/decoders.h"
#include "facts/code/flow/library_javascript.h"

namespace assay::code::javascript_library {
namespace {

std::optional<Value> from_char_code(PureCall& call) {
  std::u32string units;
  for (const Value& argument : call.arguments) {
    const auto code = to_number(argument);
    if (!code || !std::isfinite(*code)) return std::nullopt;
    const double unit = std::fmod(std::trunc(*code), 65536.0);
    units += static_cast<char32_t>(unit < 0 ? unit + 65536 : unit);
  }
  std::string out = from_units(units);
  if (!call.interpreter.spend_text(out.size())) return std::nullopt;
  constexpr std::size_t telling = 5;
  if (units.size() >= telling)
    return [&] {
      Value value = decoded(call, out, "String.fromCharCode", Disguise::character_codes);
      value.kind = ValueKind::string;
      return value;
    }();
  return text(call, std::move(out));
}
std::optional<Value> atob(PureCall& call) {
  const auto source = constant(call, 0);
  if (!source) return std::nullopt;
  const auto bytes = decode_base64(*source);
  if (!bytes || !call.interpreter.spend_text(bytes->size())) return std::nullopt;
  Value value = decoded(call, latin1_to_utf8(*bytes), "base64");
  value.kind = ValueKind::string;
  return value;
}
std::optional<Value> unescape(PureCall& call) {
  const auto source = constant(call, 0);
  if (!source || !call.interpreter.spend_text(source->size())) return std::nullopt;
  std::string out = decode_js_unescape(*source);
  if (out == *source) return text(call, std::move(out));
  Value value = decoded(call, std::move(out), "unescape");
  value.kind = ValueKind::string;
  return value;
}
std::optional<Value> decode_uri(PureCall& call) {
  const auto source = constant(call, 0);
  if (!source || !call.interpreter.spend_text(source->size())) return std::nullopt;
  std::string out = decode_percent(*source);
  if (out == *source) return text(call, std::move(out));
  Value value = decoded(call, std::move(out), "percent-encoding");
  value.kind = ValueKind::string;
  return value;
}
// decodeURIComponent(escape(atob(x))): escape of a latin-1 text gives back its bytes.
std::optional<Value> escape_text(PureCall& call) {
  const auto source = constant(call, 0);
  if (!source) return std::nullopt;
  constexpr std::string_view plain = "@*_+-./";
  std::string out;
  for (std::size_t at = 0; at < source->size();) {
    const char32_t c = next_code_point(*source, at);
    if ((c < 0x80 && (std::isalnum(static_cast<int>(c)) != 0 ||
                      plain.find(static_cast<char>(c)) != std::string_view::npos))) {
      out += static_cast<char>(c);
    } else if (c < 0x100) {
      const char byte = static_cast<char>(c);
      out += "%" + hex(std::string_view(&byte, 1));
    } else {
      return std::nullopt;
    }
  }
  return text(call, std::move(out));
}
std::optional<Value> buffer_from(PureCall& call) {
  const Value& source = call.argument(0);
  if (source.is(ValueKind::list) && !source.object->open) {
    std::string bytes;
    for (const Value& item : source.object->items) {
      const auto code = to_number(item);
      if (!code || !std::isfinite(*code)) return std::nullopt;
      bytes += static_cast<char>(static_cast<int>(std::fmod(*code, 256)));
    }
    constexpr std::size_t telling = 5;
    if (bytes.size() < telling) return Value::bytes(std::move(bytes));
    return decoded(call, std::move(bytes), "byte values", Disguise::character_codes);
  }
  const auto constant_text = constant(call, 0);
  if (!constant_text || !source.is_textual()) return std::nullopt;
  if (!call.interpreter.spend_text(constant_text->size())) return std::nullopt;
  const std::string encoding = to_lower_ascii(
      call.argument(1).is(ValueKind::undefined) ? "utf8" : constant(call, 1).value_or("?"));
  if (encoding == "base64" || encoding == "base64url") {
    const auto bytes = decode_base64(*constant_text);
    return bytes ? std::optional<Value>(decoded(call, *bytes, "base64")) : std::nullopt;
  }
  if (encoding == "hex") {
    const auto bytes = decode_hex(*constant_text);
    return bytes ? std::optional<Value>(decoded(call, *bytes, "hex")) : std::nullopt;
  }
  if (encoding == "latin1" || encoding == "binary") {
    const auto bytes = utf8_to_latin1(*constant_text);
    return bytes ? std::optional<Value>(Value::bytes(*bytes).with(source.from, source.trace))
                 : std::nullopt;
  }
  return Value::bytes(*constant_text).with(source.from, source.trace);
}
std::optional<Value> inflate(PureCall& call) {
  const Value& source = call.argument(0);
  if (!source.is_constant_text()) return std::nullopt;
  const auto bytes = inflate_any(*source.text);
  if (!bytes || !call.interpreter.spend_text(bytes->size())) return std::nullopt;
  return decoded(call, *bytes, "zlib");
}
// createDecipheriv(name, key, iv).update(bytes, encoding) with constants.
std::optional<Value> decipher_update(PureCall& call) {
  const Object* made = call.self.object;
  if (made == nullptr || made->items.size() < 3) return std::nullopt;
  for (const Value& item : made->items) {
    if (!item.is_constant_text()) return std::nullopt;
  }
  if (!call.argument(0).is_constant_text()) return std::nullopt;
  const std::string encoding =
      call.argument(0).is(ValueKind::bytes) ? "" : constant(call, 1).value_or("");
  const auto bytes = encoding == "hex"      ? decode_hex(*call.argument(0).text)
                     : encoding == "base64" ? decode_base64(*call.argument(0).text)
                                            : std::optional<std::string>(*call.argument(0).text);
  if (!bytes) return std::nullopt;
  const auto plain =
      decrypt_cipher(*made->items[0].text, *made->items[1].text, *made->items[2].text, *bytes);
  if (!plain || !call.interpreter.spend_text(plain->size())) return std::nullopt;
  Value value = decoded(call, *plain, *made->items[0].text);
  value.kind = ValueKind::string;
  return value.with(Source::decrypted);
}

// All was given by update(): what decrypt_cipher undoes, it undoes whole.
std::optional<Value> decipher_final(PureCall& call) {
  const Object* made = call.self.object;
  if (made == nullptr || made->items.size() < 3) return std::nullopt;
  for (const Value& item : made->items) {
    if (!item.is_constant_text()) return std::nullopt;
  }
  return Value::string("");
}

// Buffer.alloc(size, fill): keys and vectors of one byte. One without a fill is there to be
// written.
std::optional<Value> allocate(PureCall& call) {
  constexpr double most = 64 * 1024;
  const auto size = number(call, 0);
  const auto fill = number(call, 1);
  if (!size || !fill || *size < 0 || *size > most || call.argument(1).is_textual())
    return std::nullopt;
  const auto byte = static_cast<char>(static_cast<std::int64_t>(*fill) & 0xFF);
  if (!call.interpreter.spend_text(static_cast<std::size_t>(*size))) return std::nullopt;
  return Value::bytes(std::string(static_cast<std::size_t>(*size), byte));
}

constexpr Row functions[] = {{"String.fromCharCode", from_char_code},
                             {"String.fromCodePoint", from_char_code},
                             {"atob", atob},
                             {"base-64.decode", atob},
                             {"js-base64.decode", atob},
                             {"unescape", unescape},
                             {"escape", escape_text},
                             {"decodeURIComponent", decode_uri},
                             {"decodeURI", decode_uri},
                             {"querystring.unescape", decode_uri},
                             {"Buffer.from", buffer_from},
                             {"Buffer", buffer_from},
                             {"buffer.Buffer.from", buffer_from},
                             {"Uint8Array", buffer_from},
                             {"Uint8Array.from", buffer_from},
                             {"zlib.inflateSync", inflate},
                             {"zlib.gunzipSync", inflate},
                             {"zlib.unzipSync", inflate},
                             {"zlib.inflateRawSync", inflate},
                             {"pako.inflate", inflate},
                             {"pako.ungzip", inflate},
                             {"pako.inflateRaw", inflate},
                             {"crypto.createDecipheriv().update", decipher_update},
                             {"crypto.createDecipheriv().final", decipher_final},
                             {"Buffer.alloc", allocate}};

}  // namespace

std::span<const Row> encoding_functions() { return functions; }

}  // namespace assay::code::javascript_library
