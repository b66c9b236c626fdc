// The text that bytecode.cpp makes, bounded, with its indentation and names of its own.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace assay::code::python {

class Writer {
 public:
  explicit Writer(int minor) : minor_(minor) {}

  int minor() const { return minor_; }
  bool has_room() const { return left_ > 0; }
  // Takes so many bytes from what may be made; says no once it is gone.
  bool charge(std::size_t bytes) {
    left_ -= bytes < left_ ? bytes : left_;
    if (left_ == 0) not_understood();
    return left_ > 0;
  }
  void line(std::string_view text) {
    if (!charge(text.size() + depth_ + 1)) return;
    text_.append(depth_, ' ');
    text_ += text;
    text_ += '\n';
  }
  void indent(int by) { depth_ += static_cast<std::size_t>(by); }
  std::string new_name(std::string_view like) {
    return std::string(like) + "__" + std::to_string(++names_);
  }
  void not_understood() { ++misunderstood_; }
  std::size_t misunderstood() const { return misunderstood_; }
  std::string take() {
    if (misunderstood_ > 0) text_ += "\n) ? a part of the bytecode was not understood ? (\n";
    return std::move(text_);
  }

 private:
  int minor_;
  std::size_t left_ = 8u << 20;
  std::size_t depth_ = 0;
  std::size_t names_ = 0;
  std::size_t misunderstood_ = 0;
  std::string text_;
};

}  // namespace assay::code::python
