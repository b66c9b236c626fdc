#include "facts/code/python/parser.h"

#include <limits>

#include "facts/code/python/encoding.h"
#include "facts/code/python/grammar.h"
#include "facts/code/python/names.h"

namespace assay::code {

Tree parse_python(std::string_view source, const ParseLimits& limits) {
  return python::Parser(source, limits).parse();
}

namespace python {
namespace {

// The parser stops at max_nodes by itself; the builder needs room beyond that, to close what is
// open then.
ParseLimits with_room_to_close(ParseLimits limits) {
  const std::uint64_t room = std::uint64_t{limits.max_nodes} * 2 + 65536;
  limits.max_nodes = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(room, std::numeric_limits<std::uint32_t>::max()));
  return limits;
}

// Ordinary code has a node for eleven bytes, tables of numbers one for four. Memory that is never
// written to costs nothing.
std::size_t expected_nodes(std::string_view source, const ParseLimits& limits) {
  return std::min<std::size_t>(source.size() / 4 + 16, limits.max_nodes);
}

// Offsets are 32 bits wide.
std::string_view addressable(std::string_view source) {
  return source.substr(0, std::numeric_limits<std::uint32_t>::max() - 16);
}

}  // namespace

Parser::Parser(std::string_view source, const ParseLimits& limits)
    : source_(addressable(source)),
      limits_(limits),
      builder_(tree_, with_room_to_close(limits)),
      lexer_(source_, builder_, byte_order_mark_size(source_)) {
  tree_.language = Language::python;
  tree_.source = source;
  tree_.nodes.reserve(expected_nodes(source_, limits));
  tree_.child_ids.reserve(expected_nodes(source_, limits));
}

Tree Parser::parse() {
  const auto size = static_cast<std::uint32_t>(source_.size());
  const std::string_view problem = encoding_problem(source_);
  if (!problem.empty()) builder_.skip(0, size, problem);
  if (source_.size() < tree_.source.size()) builder_.skip(size, size, "file over 4 GB");
  const std::size_t mark = builder_.mark();
  advance();
  module();
  tree_.root = builder_.finish(Kind::module, 0, size, mark);
  return std::move(tree_);
}

void Parser::advance() {
  if (!ends_line(token_.kind)) previous_end_ = token_.end;
  if (tree_.nodes.size() >= limits_.max_nodes) [[unlikely]]
    stop();
  lexer_.next(token_);
}

bool Parser::accept(TokenKind wanted) {
  if (kind() != wanted) return false;
  advance();
  return true;
}

void Parser::expect(TokenKind wanted, std::string_view complaint) {
  if (!accept(wanted)) complain(complaint);
}

bool Parser::at_word() const { return kind() == TokenKind::name || kind() >= TokenKind::kw_false; }

std::string_view Parser::text_between(std::uint32_t begin, std::uint32_t end) const {
  return source_.substr(begin, end - begin);
}

std::string_view Parser::word_text() {
  const std::string_view text = text_between(token_.begin, token_.end);
  if (!token_.non_ascii) return text;
  std::string folded = fold_identifier(text);
  return folded == text ? text : builder_.keep(std::move(folded));
}

Parser::Checkpoint Parser::checkpoint() const {
  return {token_, tree_.nodes.size(), tree_.child_ids.size(), tree_.skipped.size()};
}

// Forgets what was read since; the next advance() reads the token after the remembered one.
void Parser::return_to(const Checkpoint& place) {
  tree_.nodes.resize(place.nodes);
  tree_.child_ids.resize(place.child_ids);
  if (tree_.skipped.size() > place.skipped) tree_.skipped.resize(place.skipped);
  token_ = place.token;
  lexer_.rewind(place.token);
}

void Parser::stop() {
  if (!tree_.stopped_early) {
    builder_.skip(token_.end, static_cast<std::uint32_t>(source_.size()), "too many nodes");
  }
  tree_.stopped_early = true;
  lexer_.stop();
}

}  // namespace python
}  // namespace assay::code
