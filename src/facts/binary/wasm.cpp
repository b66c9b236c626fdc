// WebAssembly modules (core specification, chapter 5): their imports.
#include <algorithm>

#include "facts/binary/bytes.h"
#include "facts/binary/formats.h"

namespace assay::binary {
namespace {

constexpr std::uint8_t import_section = 2;

class Wasm {
 public:
  Wasm(std::string_view bytes, BinaryFacts& facts) : bytes_(bytes), in_(bytes), facts_(facts) {}

  void read() {
    facts_.architecture = "wasm32";
    at_ = 8;
    while (at_ < bytes_.size() && !is_broken_) {
      const std::uint64_t section = at_;
      const std::uint8_t id = in_.u8(at_++);
      const std::uint64_t size = number();
      // No section has a higher number: what follows is no section.
      if (id > 13) {
        at_ = section;
        break;
      }
      const std::uint64_t end = at_ + size;
      if (end > bytes_.size()) {
        is_broken_ = true;
        break;
      }
      if (id == import_section) read_imports(end);
      at_ = end;
    }
    facts_.imports = imports_.take();
    if (is_broken_) {
      facts_.is_truncated = true;
    } else {
      set_end(bytes_, at_, facts_);
    }
  }

 private:
  // LEB128 of at most 32 bits.
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
      if (at_ >= bytes_.size()) break;
      const std::uint8_t byte = in_.u8(at_++);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if ((byte & 0x80) == 0) return value;
    }
    is_broken_ = true;
    return 0;
  }

  std::string_view name(std::uint64_t end) {
    const std::uint64_t length = number();
    if (length > end || at_ > end - length) {
      is_broken_ = true;
      return {};
    }
    const std::string_view text = in_.slice(at_, length);
    at_ += length;
    return text;
  }

  void skip_limits() {
    const std::uint64_t flags = number();
    number();
    if ((flags & 1) != 0) number();
  }

  void read_imports(std::uint64_t end) {
    const std::uint64_t count = number();
    for (std::uint64_t i = 0; i < count && at_ < end && !is_broken_ && !imports_.is_full(); ++i) {
      std::string full(name(end));
      full += ".";
      full += name(end);
      const std::uint8_t kind = in_.u8(at_++);
      if (kind == 0) {
        number();
      } else if (kind == 1) {
        ++at_;
        skip_limits();
      } else if (kind == 2) {
        skip_limits();
      } else if (kind == 3) {
        at_ += 2;
      } else if (kind == 4) {
        ++at_;
        number();
      } else {
        return;
      }
      if (!is_broken_) imports_.add(full.substr(0, 512));
    }
  }

  std::string_view bytes_;
  Bytes in_;
  BinaryFacts& facts_;
  Imports imports_;
  std::uint64_t at_ = 0;
  bool is_broken_ = false;
};

}  // namespace

void read_wasm(std::string_view bytes, BinaryFacts& facts) { Wasm(bytes, facts).read(); }

}  // namespace assay::binary
