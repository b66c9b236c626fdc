// Small writers of honest and dishonest archives, for tests only.
#pragma once

#include <bzlib.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace assay::testing_archives {

// Members one after the other; str() adds the end-of-archive mark.
class Tar {
 public:
  Tar& add(std::string_view name, std::string_view bytes, char type = '0',
           std::string_view link = {}) {
    return add_header(name, bytes.size(), type, link).add_contents(bytes);
  }
  Tar& add_header(std::string_view name, std::size_t size, char type = '0',
                  std::string_view link = {}, std::string_view size_field = {}) {
    std::string block(512, '\0');
    const auto put = [&](std::size_t at, std::string_view text) {
      block.replace(at, text.size(), text);
    };
    put(0, name.substr(0, 100));
    put(100, "0000644");
    char digits[16];
    std::snprintf(digits, sizeof digits, "%011zo", size);
    put(124, size_field.empty() ? std::string_view(digits) : size_field);
    put(148, "        ");
    block[156] = type;
    put(157, link.substr(0, 100));
    put(257, std::string_view("ustar\00000", 8));
    unsigned sum = 0;
    for (const char c : block) sum += static_cast<unsigned char>(c);
    std::snprintf(digits, sizeof digits, "%06o", sum);
    put(148, digits);
    block[154] = '\0';
    bytes_ += block;
    return *this;
  }
  Tar& add_contents(std::string_view bytes) {
    bytes_ += bytes;
    bytes_.append((512 - bytes.size() % 512) % 512, '\0');
    return *this;
  }
  Tar& add_pax(std::string_view key, std::string_view value, char type = 'x') {
    const std::string body = " " + std::string(key) + "=" + std::string(value) + "\n";
    std::size_t length = body.size() + 1;
    while (std::to_string(length).size() + body.size() != length) {
      length = std::to_string(length).size() + body.size();
    }
    return add("PaxHeaders/x", std::to_string(length) + body, type);
  }
  Tar& add_raw(std::string_view bytes) {
    bytes_ += bytes;
    return *this;
  }
  Tar& add_end_mark() { return add_raw(std::string(1024, '\0')); }

  std::string str() const { return bytes_ + std::string(1024, '\0'); }
  std::string str_without_end_mark() const { return bytes_; }

 private:
  std::string bytes_;
};

// Empty when zlib fails, which no test expects.
inline std::string deflate_with(std::string_view bytes, int window_bits) {
  z_stream stream{};
  if (deflateInit2(&stream, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool is_done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(is_done ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}
inline std::string gzip(std::string_view bytes) { return deflate_with(bytes, 15 + 16); }

inline std::string bzip2(std::string_view bytes) {
  std::string out(bytes.size() + bytes.size() / 100 + 600, '\0');
  auto size = static_cast<unsigned>(out.size());
  const bool is_done =
      BZ2_bzBuffToBuffCompress(out.data(), &size, const_cast<char*>(bytes.data()),
                               static_cast<unsigned>(bytes.size()), 1, 0, 0) == BZ_OK;
  out.resize(is_done ? size : 0);
  return out;
}

inline std::string xz(std::string_view bytes) {
  std::string out(lzma_stream_buffer_bound(bytes.size()), '\0');
  std::size_t size = 0;
  const bool is_done =
      lzma_easy_buffer_encode(
          1, LZMA_CHECK_CRC32, nullptr, reinterpret_cast<const std::uint8_t*>(bytes.data()),
          bytes.size(), reinterpret_cast<std::uint8_t*>(out.data()), &size, out.size()) == LZMA_OK;
  out.resize(is_done ? size : 0);
  return out;
}

inline std::string zstd(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size = ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 1);
  out.resize(ZSTD_isError(size) != 0 ? 0 : size);
  return out;
}

// What a zip member says in each place; the local header says what `name` and so on say unless told
// otherwise.
struct ZipMember {
  std::string name;
  std::string bytes;
  bool deflated = true;
  std::uint16_t flags = 0;
  std::string local_name;          // when it differs
  std::int64_t claimed_size = -1;  // when it differs
  std::uint32_t unix_mode = 0100644;
  bool is_listed = true;  // in the central directory
  bool has_descriptor = false;
};

class Zip {
 public:
  Zip& add(const ZipMember& member) {
    const std::string packed = member.deflated ? deflate_with(member.bytes, -15) : member.bytes;
    const auto crc =
        static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(member.bytes.data()),
                                         static_cast<uInt>(member.bytes.size())));
    const auto flags = static_cast<std::uint16_t>(member.flags | (member.has_descriptor ? 8 : 0));
    const std::uint64_t size = member.claimed_size < 0
                                   ? member.bytes.size()
                                   : static_cast<std::uint64_t>(member.claimed_size);
    std::string numbers = number(crc, 4) + number(packed.size(), 4) + number(size, 4);
    const std::string common = number(flags, 2) + number(member.deflated ? 8 : 0, 2) + number(0, 4);
    const std::size_t local_at = bytes_.size();
    const std::string& local_name = member.local_name.empty() ? member.name : member.local_name;
    bytes_ += "PK\x03\x04" + number(20, 2) + common +
              (member.has_descriptor ? std::string(12, '\0') : numbers) +
              number(local_name.size(), 2) + number(0, 2) + local_name + packed;
    if (member.has_descriptor) bytes_ += "PK\x07\x08" + numbers;
    if (member.is_listed) {
      directory_ += "PK\x01\x02" + number(0x0314, 2) + number(20, 2) + common + numbers +
                    number(member.name.size(), 2) + number(0, 2) + number(0, 2) + number(0, 2) +
                    number(0, 2) + number(std::uint64_t{member.unix_mode} << 16, 4) +
                    number(local_at, 4) + member.name;
      ++entries_;
    }
    return *this;
  }
  Zip& add(std::string name, std::string bytes) {
    ZipMember member;
    member.name = std::move(name);
    member.bytes = std::move(bytes);
    return add(member);
  }
  Zip& promise_entries(std::uint16_t count) {
    promised_ = count;
    return *this;
  }

  std::string str() const {
    const std::size_t count = promised_ != 0 ? promised_ : entries_;
    return bytes_ + directory_ + "PK\x05\x06" + number(0, 4) + number(count, 2) + number(count, 2) +
           number(directory_.size(), 4) + number(bytes_.size(), 4) + number(0, 2);
  }
  std::string str_without_directory() const { return bytes_; }

 private:
  static std::string number(std::uint64_t value, std::size_t size) {
    std::string out;
    for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
    return out;
  }

  std::string bytes_;
  std::string directory_;
  std::size_t entries_ = 0;
  std::size_t promised_ = 0;
};

}  // namespace assay::testing_archives
