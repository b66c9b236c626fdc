// Python's decoders, decompressors and ciphers on constants.
#include <algorithm>

#include "base/text.h"
#include "facts/code/flow/decoders.h"
#include "facts/code/flow/json_value.h"
#include "facts/code/flow/library_python.h"
#include "facts/code/python/bytecode.h"

namespace assay::code::python_library {

std::optional<Value> decode_by_codec(PureCall& call, const Value& source,
                                     const std::string& codec) {
  if (!source.is_textual()) return std::nullopt;
  if (!source.complete) {
    if (!codec.starts_with("utf") && !codec.starts_with("ascii") && !codec.starts_with("latin"))
      return std::nullopt;
    Value same = source;
    same.kind = ValueKind::string;
    return same;
  }
  if (codec == "rot13" || codec == "rot_13")
    return decoded(call, rot13(*source.text), "rot13", Disguise::encoded_blob, false);
  if (codec == "hex" || codec == "hex_codec") {
    const auto out = decode_hex(*source.text);
    return out ? std::optional<Value>(decoded(call, *out, "hex")) : std::nullopt;
  }
  if (codec == "base64" || codec == "base64_codec" || codec == "base-64") {
    const auto out = decode_base64(*source.text);
    return out ? std::optional<Value>(decoded(call, *out, "base64")) : std::nullopt;
  }
  if (codec == "zlib" || codec == "zip" || codec == "zlib_codec") {
    const auto out = inflate_any(*source.text);
    return out ? std::optional<Value>(decoded(call, *out, "zlib")) : std::nullopt;
  }
  if (codec == "bz2" || codec == "bz2_codec") {
    const auto out = decode_bzip2(*source.text);
    return out ? std::optional<Value>(decoded(call, *out, "bz2")) : std::nullopt;
  }
  if (codec == "utf-16" || codec == "utf-16-le" || codec == "utf_16" || codec == "utf16") {
    std::string out;
    for (std::size_t i = 0; i + 1 < source.text->size(); i += 2) {
      const char32_t unit =
          static_cast<unsigned char>((*source.text)[i]) |
          (static_cast<char32_t>(static_cast<unsigned char>((*source.text)[i + 1])) << 8);
      if (unit != 0xFEFF) append_utf8(out, unit);
    }
    return Value::string(std::move(out)).with(from_of(call), trace_before(call));
  }
  if (codec == "unicode_escape" || codec == "unicode-escape" || codec == "raw_unicode_escape") {
    std::string quoted = "\"" + replace_all(*source.text, "\"", "\\\"") + "\"";
    auto value = read_json_value(call.interpreter, quoted);
    return value ? std::optional<Value>(value->with(from_of(call), trace_before(call)))
                 : std::nullopt;
  }
  if (codec == "latin-1" || codec == "latin1" || codec == "iso-8859-1") {
    std::string out;
    for (const char byte : *source.text) append_utf8(out, static_cast<unsigned char>(byte));
    return Value::string(std::move(out)).with(from_of(call), trace_before(call));
  }
  Value value = source;
  value.kind = ValueKind::string;
  return value.with(from_of(call), trace_before(call));
}

namespace {

using Decoder = std::optional<std::string> (*)(std::string_view);
std::optional<Value> decode_with(PureCall& call, Decoder decoder, std::string how) {
  const Value& source = call.argument(0);
  if (!source.is_constant_text()) return std::nullopt;
  const auto out = decoder(*source.text);
  if (!out || !call.interpreter.spend_text(out->size())) return std::nullopt;
  return decoded(call, *out, std::move(how));
}
std::optional<Value> b64(PureCall& call) { return decode_with(call, decode_base64, "base64"); }
std::optional<Value> b32(PureCall& call) { return decode_with(call, decode_base32, "base32"); }
std::optional<Value> b85(PureCall& call) { return decode_with(call, decode_base85, "base85"); }
std::optional<Value> a85(PureCall& call) { return decode_with(call, decode_ascii85, "ascii85"); }
std::optional<Value> unhex(PureCall& call) { return decode_with(call, decode_hex, "hex"); }
std::optional<Value> zlib(PureCall& call) { return decode_with(call, inflate_any, "zlib"); }
std::optional<Value> bzip2(PureCall& call) { return decode_with(call, decode_bzip2, "bz2"); }
std::optional<Value> lzma(PureCall& call) { return decode_with(call, decode_lzma, "lzma"); }
std::optional<Value> unquote(PureCall& call) {
  const Value& source = call.argument(0);
  if (!source.is_constant_text()) return std::nullopt;
  std::string out = decode_percent(*source.text);
  if (out == *source.text) return source;
  return decoded(call, std::move(out), "percent-encoding", Disguise::encoded_blob, false);
}
// To base64 and hex: what encodes a constant only to hand it to a shell that decodes it.
std::optional<Value> to_base64(PureCall& call) {
  if (!call.argument(0).is_constant_text()) return std::nullopt;
  return Value::bytes(encode_base64(*call.argument(0).text))
      .with(from_of(call), trace_before(call));
}
std::optional<Value> to_hex(PureCall& call) {
  if (!call.argument(0).is_constant_text()) return std::nullopt;
  return Value::bytes(hex(*call.argument(0).text)).with(from_of(call), trace_before(call));
}
std::optional<Value> codecs_decode(PureCall& call) {
  return decode_by_codec(call, call.argument(0),
                         to_lower_ascii(constant(call.argument(1)).value_or("utf-8")));
}
std::optional<Value> marshal_loads(PureCall& call) {
  const Value& source = call.argument(0);
  if (source.is_constant_text()) {
    if (auto text = python::text_of_bytecode(*source.text);
        text && call.interpreter.spend_text(text->size())) {
      return decoded(call, std::move(*text), "marshal");
    }
  }
  Value value = Value::unknown(source.from | Source::decoded);
  value.trace = call.interpreter.add_step(call.frame, call.site, "marshal", source.trace);
  return value;
}
Value decrypted(PureCall& call, std::string text, std::string how) {
  Value value = decoded(call, std::move(text), std::move(how));
  return value.with(Source::decrypted);
}
// Fernet(key).decrypt(token) with both constant.
std::optional<Value> fernet_decrypt(PureCall& call) {
  const Value* key = made_with(call, 0);
  if (key == nullptr || !key->is_constant_text() || !call.argument(0).is_constant_text())
    return std::nullopt;
  const auto plain = decrypt_fernet(*key->text, *call.argument(0).text);
  if (!plain || !call.interpreter.spend_text(plain->size())) return std::nullopt;
  return decrypted(call, *plain, "fernet");
}
// AES.new(key, AES.MODE_x, iv).decrypt(bytes) with all constant.
std::optional<Value> aes_decrypt(PureCall& call) {
  const Value *key = made_with(call, 0), *mode = made_with(call, 1), *iv = made_with(call, 2);
  if (key == nullptr || !key->is_constant_text() || mode == nullptr || !mode->is(ValueKind::api) ||
      !call.argument(0).is_constant_text())
    return std::nullopt;
  const std::string_view mode_name = call.interpreter.names()[mode->api];
  const std::string_view cipher_mode = mode_name.ends_with("CBC")   ? "cbc"
                                       : mode_name.ends_with("ECB") ? "ecb"
                                       : mode_name.ends_with("CTR") ? "ctr"
                                                                    : "";
  if (cipher_mode.empty()) return std::nullopt;
  const std::string name =
      "aes-" + std::to_string(key->text->size() * 8) + "-" + std::string(cipher_mode);
  const auto plain =
      decrypt_cipher(name, *key->text, iv != nullptr && iv->is_constant_text() ? *iv->text : "",
                     *call.argument(0).text);
  if (!plain || !call.interpreter.spend_text(plain->size())) return std::nullopt;
  return decrypted(call, *plain, name);
}
std::optional<Value> int_from_bytes(PureCall& call) {
  const Value& source = call.argument(0);
  if (!source.is_constant_text() || source.text->size() > 6) return std::nullopt;
  double value = 0;
  std::string bytes = *source.text;
  if (constant(call.argument(1)).value_or("big") == "little") std::ranges::reverse(bytes);
  for (const char byte : bytes) value = value * 256 + static_cast<unsigned char>(byte);
  return Value::of_number(value).with(source.from);
}
std::optional<Value> json_loads(PureCall& call) {
  if (!call.argument(0).is_constant_text()) return std::nullopt;
  auto value = read_json_value(call.interpreter, *call.argument(0).text);
  return value ? std::optional<Value>(value->with(call.argument(0).from, call.argument(0).trace))
               : std::nullopt;
}
std::optional<Value> json_dumps(PureCall& call) {
  const Sources from = call.interpreter.sources_of(call.argument(0));
  Value out = Value::string(call.interpreter.show(call.argument(0)), false);
  return out.with(from, call.interpreter.trace_of(call.argument(0), from));
}
// codecs.getdecoder(name), codecs.lookup(name).decode: a function that gives text and length.
std::optional<Value> codec_named(PureCall& call) {
  Object* made = call.interpreter.make_object();
  made->items.push_back(call.argument(0));
  Value codec = Value::of_api(call.interpreter.names().intern("codecs.codec()"));
  codec.object = made;
  return codec;
}
std::optional<Value> with_codec(PureCall& call) {
  const Value* name = made_with(call, 0);
  const auto codec = name == nullptr ? std::nullopt : constant(*name);
  if (!codec) return std::nullopt;
  const auto text = decode_by_codec(call, call.argument(0), to_lower_ascii(*codec));
  if (!text) return std::nullopt;
  return call.interpreter.make_list({*text, Value::unknown()});
}
// Text to bytes by the codecs that only change the type; by the others, as if undone.
std::optional<Value> codecs_encode(PureCall& call) {
  const std::string codec = to_lower_ascii(constant(call.argument(1)).value_or("utf-8"));
  if (codec.starts_with("rot")) return decode_by_codec(call, call.argument(0), codec);
  if (!call.argument(0).is_textual() || codec.starts_with("hex") || codec.starts_with("base64") ||
      codec.starts_with("zip") || codec.starts_with("zlib"))
    return std::nullopt;
  Value value = call.argument(0);
  value.kind = ValueKind::bytes;
  return value;
}

constexpr Row functions[] = {{"codecs.getdecoder", codec_named},
                             {"codecs.getencoder", codec_named},
                             {"codecs.lookup", codec_named},
                             {"codecs.codec()", with_codec},
                             {"codecs.codec().decode", with_codec},
                             {"codecs.codec().encode", with_codec},
                             {"codecs.encode", codecs_encode},
                             {"base64.b64encode", to_base64},
                             {"base64.standard_b64encode", to_base64},
                             {"base64.encodebytes", to_base64},
                             {"binascii.b2a_base64", to_base64},
                             {"binascii.hexlify", to_hex},
                             {"base64.b64decode", b64},
                             {"base64.standard_b64decode", b64},
                             {"base64.urlsafe_b64decode", b64},
                             {"base64.decodebytes", b64},
                             {"base64.decodestring", b64},
                             {"binascii.a2b_base64", b64},
                             {"base64.b32decode", b32},
                             {"base64.b16decode", unhex},
                             {"base64.b85decode", b85},
                             {"base64.a85decode", a85},
                             {"binascii.unhexlify", unhex},
                             {"binascii.a2b_hex", unhex},
                             {"bytes.fromhex", unhex},
                             {"bytearray.fromhex", unhex},
                             {"zlib.decompress", zlib},
                             {"gzip.decompress", zlib},
                             {"bz2.decompress", bzip2},
                             {"lzma.decompress", lzma},
                             {"urllib.parse.unquote", unquote},
                             {"urllib.unquote", unquote},
                             {"codecs.decode", codecs_decode},
                             {"marshal.loads", marshal_loads},
                             {"int.from_bytes", int_from_bytes},
                             {"cryptography.fernet.Fernet().decrypt", fernet_decrypt},
                             {"fernet.Fernet().decrypt", fernet_decrypt},
                             {"Crypto.Cipher.AES.new().decrypt", aes_decrypt},
                             {"Cryptodome.Cipher.AES.new().decrypt", aes_decrypt},
                             {"json.loads", json_loads},
                             {"json.dumps", json_dumps}};

}  // namespace

std::span<const Row> encoding_functions() { return functions; }

}  // namespace assay::code::python_library
