// Compiled Python: a header that depends on the version, then one marshalled code object
// (CPython's Python/marshal.c). The names that code uses are its imports here.
#include <algorithm>
#include <array>
#include <vector>

#include "facts/binary/bytes.h"
#include "facts/binary/formats.h"

namespace assay::binary {
namespace {

struct Version {
  std::uint16_t first_magic;
  std::string_view name;
  int minor;  // of Python 3; -1 for Python 2
};
// The magic number grows with each release (Lib/importlib/_bootstrap_external.py).
constexpr std::array versions = {
    Version{3000, "python 3.0", 0},
    Version{3141, "python 3.1", 1},
    Version{3160, "python 3.2", 2},
    Version{3190, "python 3.3", 3},
    Version{3250, "python 3.4", 4},
    Version{3320, "python 3.5", 5},
    Version{3360, "python 3.6", 6},
    Version{3390, "python 3.7", 7},
    Version{3400, "python 3.8", 8},
    Version{3420, "python 3.9", 9},
    Version{3430, "python 3.10", 10},
    Version{3450, "python 3.11", 11},
    Version{3500, "python 3.12", 12},
    Version{3550, "python 3.13", 13},
    Version{3600, "python 3.14", 14},
    Version{3650, "python 3.15", 15},
    Version{3700, "", 0},
    Version{62211, "python 2.7", -1},
    Version{62212, "", 0},
};

const Version* version_of(std::uint16_t magic) {
  const Version* found = nullptr;
  for (const Version& version : versions) {
    if (magic >= version.first_magic) found = &version;
  }
  return found && !found->name.empty() ? found : nullptr;
}

// Tuples in tuples; deeper ones come from no compiler.
constexpr std::size_t max_open = 10'000;
constexpr std::size_t max_name = 256;
constexpr std::size_t max_references = 1 << 20;
// Objects of a size that their type alone tells: constants, integers and binary floating numbers.
constexpr std::string_view fixed_types = "0NFTS.iIgy";
constexpr std::array<std::uint8_t, 10> fixed_sizes = {0, 0, 0, 0, 0, 0, 4, 8, 8, 16};
constexpr std::size_t no_reference = ~std::size_t{0};

class Pyc {
 public:
  Pyc(std::string_view bytes, const Version& version, BinaryFacts& facts)
      : bytes_(bytes), in_(bytes), version_(version), facts_(facts) {}

  void read() {
    facts_.architecture = version_.name;
    const int minor = version_.minor;
    at_ = minor >= 7 ? 16 : minor >= 3 ? 12 : 8;
    open_.push_back({false, 0, 1, false});
    while (!open_.empty() && !is_broken_) {
      Open& top = open_.back();
      if (top.remaining == 0) {
        open_.pop_back();
        continue;
      }
      --top.remaining;
      const std::uint64_t field = top.is_code ? top.done++ : 0;
      // The first line's number stands between the names and the line table.
      if (top.is_code && field == objects_before_line()) at_ += 4;
      read_object(top.is_code ? field == 2 : top.holds_names);
    }
    facts_.imports = imports_.take();
    if (is_broken_) {
      facts_.is_truncated = true;
    } else {
      set_end(bytes_, at_, facts_);
    }
  }

 private:
  // A container whose objects are being read.
  struct Open {
    bool is_code;
    std::uint64_t done;  // objects of a code object read so far
    std::uint64_t remaining;
    bool holds_names;  // the tuple of names that code uses
  };

  std::uint64_t objects_before_line() const { return 8; }
  std::uint64_t code_objects() const { return version_.minor >= 11 ? 10 : 9; }
  std::uint64_t code_integers() const {
    if (version_.minor < 0) return 4;
    if (version_.minor >= 11) return 5;
    return version_.minor >= 8 ? 6 : 5;
  }

  void open(std::uint64_t count, bool holds_names) {
    if (open_.size() >= max_open || count > bytes_.size()) {
      is_broken_ = true;
      return;
    }
    open_.push_back({false, 0, count, holds_names});
  }

  void take_text(std::uint64_t length, bool is_name) {
    if (!in_.has(at_, length)) {
      is_broken_ = true;
      return;
    }
    const std::string_view text = in_.slice(at_, length);
    if (is_name && length <= max_name) imports_.add(text);
    if (reference_ < references_.size()) references_[reference_] = text.substr(0, max_name + 1);
    at_ += length;
  }

  void read_object(bool is_name) {
    if (at_ >= bytes_.size()) {
      is_broken_ = true;
      return;
    }
    const std::uint8_t head = in_.u8(at_++);
    const char type = static_cast<char>(head & 0x7F);
    // Flagged objects are numbered in the order in which they begin, for 'r' to name again.
    const bool is_numbered = (head & 0x80) != 0 && references_.size() < max_references;
    reference_ = is_numbered ? references_.size() : no_reference;
    if (reference_ != no_reference) references_.emplace_back();
    if (const std::size_t fixed = fixed_types.find(type); fixed != std::string_view::npos) {
      at_ += fixed_sizes[fixed];
    } else if (std::string_view("stuaA").contains(type)) {
      take_text(length32(), is_name);
    } else if (type == 'z' || type == 'Z') {
      take_text(in_.u8(at_++), is_name);
    } else if (std::string_view("([<>").contains(type)) {
      open(length32(), is_name);
    } else if (type == ')') {
      open(in_.u8(at_++), is_name);
    } else if (type == 'r' || type == 'R') {
      take_reference(length32(), is_name);
    } else if (type == 'l') {
      const std::uint32_t digits = length32();  // negative for negative numbers
      take_text(std::uint64_t{2} * ((digits & 0x80000000u) != 0 ? 0u - digits : digits), false);
    } else if (type == 'f' || type == 'x') {
      // Floating numbers as text; complex ones as two.
      for (int i = type == 'x' ? 2 : 1; i > 0; --i) at_ += 1u + in_.u8(at_);
    } else if (type == ':') {
      open(3, false);
    } else if (type == 'c') {
      at_ += 4 * code_integers();
      open_code();
    } else {
      is_broken_ = true;  // dictionaries do not occur in compiled code
    }
  }

  std::uint32_t length32() {
    const std::uint32_t length = in_.u32(at_);
    at_ += 4;
    return length;
  }

  void take_reference(std::uint32_t number, bool is_name) {
    if (is_name && number < references_.size() && references_[number].size() <= max_name) {
      imports_.add(references_[number]);
    }
  }

  void open_code() {
    open(code_objects(), false);
    if (!is_broken_) open_.back().is_code = true;
  }

  std::string_view bytes_;
  Bytes in_;
  const Version& version_;
  BinaryFacts& facts_;
  Imports imports_;
  std::vector<Open> open_;
  std::vector<std::string_view> references_;  // texts; empty for other objects
  std::size_t reference_ = no_reference;      // number of the object that is being read
  std::uint64_t at_ = 0;
  bool is_broken_ = false;
};

}  // namespace

bool is_pyc(std::string_view bytes) {
  const Bytes in(bytes);
  return bytes.size() > 16 && in.slice(2, 2) == "\r\n" && version_of(in.u16(0)) != nullptr;
}

void read_pyc(std::string_view bytes, BinaryFacts& facts) {
  if (const Version* version = version_of(Bytes(bytes).u16(0))) Pyc(bytes, *version, facts).read();
}

}  // namespace assay::binary
