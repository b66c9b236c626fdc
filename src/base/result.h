// Errors as values: what is returned when hostile input, the disk or the network fails.
// Our own bugs are not errors: they end the program through CHECK (base/check.h).
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <utility>

namespace assay {

enum class ErrorKind : std::uint8_t {
  missing,      // asked for, not there
  malformed,    // there, but not what its format says
  limit,        // larger, deeper or longer than we examine
  unsupported,  // a format or feature that we do not read
  refused,      // policy or integrity says no
  network,      // could not be reached or answered with an error
  environment,  // disk, permissions, missing program
  usage,        // the caller asked for something meaningless
};

// `message` names the thing and the limit, for people: "index.js: 70 MB exceeds 64 MB".
// Text from packages inside it is not yet escaped; whoever shows it escapes it (base/text.h).
struct Error {
  ErrorKind kind;
  std::string message;

  bool operator==(const Error&) const = default;
};

template <typename T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(ErrorKind kind, std::string message) {
  return std::unexpected(Error{kind, std::move(message)});
}

namespace detail {
template <typename T>
T take(Result<T>&& result) {
  return std::move(*result);
}
inline void take(Result<void>&&) {}
}  // namespace detail

}  // namespace assay

// Unwraps a Result or returns its error to the caller. Use it only as a whole initialiser or a
// whole statement: with g++ 12, leaving from inside a braced list leaks the elements already built.
#define TRY(expression)                                            \
  __extension__({                                                  \
    auto try_result_ = (expression);                               \
    if (!try_result_) return std::unexpected(try_result_.error()); \
    ::assay::detail::take(std::move(try_result_));                 \
  })
