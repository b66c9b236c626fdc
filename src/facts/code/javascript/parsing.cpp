#include "facts/code/javascript/parsing.h"

#include <algorithm>
#include <limits>

#include "facts/code/javascript/literals.h"

namespace assay::code {
namespace {

// Offsets are 32 bits, and half of that leaves room for sums.
constexpr std::size_t max_source_bytes = std::numeric_limits<std::uint32_t>::max() / 2;

// Flow has no file name of its own, only this word in a comment at the top.
bool says_flow(std::string_view source) {
  const std::string_view head = source.substr(0, 1024);
  return head.find("@flow") != std::string_view::npos;
}

// The parser itself stops at max_nodes; what is open then must still be finished.
ParseLimits without_node_limit(ParseLimits limits) {
  limits.max_nodes = std::numeric_limits<std::uint32_t>::max();
  return limits;
}

Tok closer_of(Tok kind) {
  switch (kind) {
    case Tok::open_paren: return Tok::close_paren;
    case Tok::open_bracket: return Tok::close_bracket;
    case Tok::open_brace: return Tok::close_brace;
    case Tok::template_head: return Tok::template_tail;
    default: return Tok::end;
  }
}

}  // namespace

Parser::Parser(Tree& tree, JavaScriptOptions options, const ParseLimits& limits)
    : tree_(tree),
      builder_(tree, without_node_limit(limits)),
      source_(tree.source),
      lexer_(tree.source),
      options_(options),
      types_(options.typescript || says_flow(tree.source)),
      max_nodes_(limits.max_nodes),
      max_depth_(limits.max_depth) {}

bool Parser::parse_module() {
  lexer_.set_html_comments(!options_.module && !options_.typescript);
  advance();
  const std::size_t first = mark();
  parse_statements(false);
  tree_.root = finish(Kind::module, 0, first);
  tree_.nodes[tree_.root].end = static_cast<std::uint32_t>(source_.size());
  const Lexer::Range comment = lexer_.html_comment();
  if (comment.end == 0) return true;
  report(comment.begin, comment.end, "code in modules, a comment in scripts");
  return !is_module_;
}

// Tokens

void Parser::advance() {
  previous_end_ = token_.end;
  token_ = lexer_.next();
}

bool Parser::accept(Tok kind) {
  if (!at(kind)) return false;
  advance();
  return true;
}

bool Parser::expect(Tok kind, std::string_view reason) {
  if (accept(kind)) return true;
  report(token_.begin, token_.begin, reason);
  return false;
}

void Parser::back_to(const Point& point) {
  lexer_.go_to(point.position);
  token_ = point.token;
  previous_end_ = point.previous_end;
}

Token Parser::peek() {
  const std::uint32_t position = lexer_.position();
  const Token token = lexer_.next();
  lexer_.go_to(position);
  return token;
}

Tok Parser::peek_kind() { return peek().kind; }

std::string_view Parser::source_text(const Token& token) const {
  return source_.substr(token.begin, token.end - token.begin);
}

std::string_view Parser::name_text(const Token& token) {
  const std::string_view text = source_text(token);
  return token.escaped ? builder_.keep(decode_identifier(text)) : text;
}

// What a string or template token stands for, without its quotes.
std::string_view Parser::string_text(const Token& token) {
  std::string_view text = source_text(token).substr(1);
  const std::size_t closing = token.kind == Tok::template_head ? 2 : 1;
  if (!token.unterminated) text.remove_suffix(std::min(closing, text.size()));
  if (!token.escaped) return text;
  return builder_.keep(decode_string(text, token.kind != Tok::string));
}

// Automatic semicolon insertion.
void Parser::consume_semicolon() {
  if (accept(Tok::semicolon) || token_.newline_before || at(Tok::close_brace) || at(Tok::end))
    return;
  report(token_.begin, token_.begin, "no end of statement");
}

// Errors and limits

void Parser::report(std::uint32_t begin, std::uint32_t end, std::string_view reason) {
  if (stopped_) return;
  // What one token breaks is one error, named by what met it first.
  if (!tree_.skipped.empty() && tree_.skipped.back().begin == begin) {
    Skipped& last = tree_.skipped.back();
    last.end = std::max(last.end, end);
    return;
  }
  builder_.skip(begin, end, reason);
}

NodeId Parser::missing(std::string_view reason) {
  report(token_.begin, token_.begin, reason);
  return finish(Kind::error, token_.begin, mark());
}

NodeId Parser::skip_unexpected() {
  const std::uint32_t begin = token_.begin;
  advance();
  report(begin, previous_end_, "unexpected token");
  return finish(Kind::error, begin, mark());
}

bool Parser::too_deep() const { return depth_ >= max_depth_; }

NodeId Parser::skip_nested(bool stop_at_comma) {
  const std::uint32_t begin = token_.begin;
  skip_until_closer(stop_at_comma, false);
  report(begin, std::max(begin, previous_end_), "nested too deeply");
  return finish(Kind::error, begin, mark());
}

// To the bracket that closes what is open now, to `;` and, if asked, `,` outside of brackets. With
// `one_group` the current token is an opening bracket, and only it and its contents are skipped.
void Parser::skip_until_closer(bool stop_at_comma, bool one_group) {
  const std::size_t base = open_.size();
  while (!at(Tok::end)) {
    const bool outside = open_.size() == base;
    if (outside && !one_group && (at(Tok::semicolon) || (at(Tok::comma) && stop_at_comma))) break;
    if (const Tok closer = closer_of(token_.kind); closer != Tok::end) {
      open_.push_back(closer);
    } else if (!skip_bracket(base)) {
      break;
    }
    advance_unparsed();
    if (one_group && open_.size() == base) break;
  }
  open_.resize(base);
}

// Closes brackets of skipped text. False when the token closes one that was opened before.
bool Parser::skip_bracket(std::size_t base) {
  const bool is_closer = at(Tok::close_paren) || at(Tok::close_bracket) || at(Tok::close_brace);
  if (!is_closer) return true;
  if (open_.size() == base) return false;
  if (at(Tok::close_brace) && open_.back() == Tok::template_tail) {
    token_ = lexer_.rescan_template(token_);
    if (at(Tok::template_tail)) open_.pop_back();
    return true;
  }
  // A bracket of the wrong kind still closes the innermost one: that costs least.
  open_.pop_back();
  return true;
}

void Parser::advance_unparsed() {
  const bool divides = ends_operand(token_.kind);
  const bool after_brace = at(Tok::close_brace);
  advance();
  if (!at(Tok::slash) && !at(Tok::slash_assign)) return;
  if (divides && !(after_brace && token_.newline_before)) return;
  token_ = lexer_.rescan_regex(token_);
}

// The node limit is reached: the rest of the file is one skipped range.
void Parser::stop_early() {
  if (stopped_) return;
  const auto size = static_cast<std::uint32_t>(source_.size());
  report(std::min(token_.begin, size), size, "too many nodes");
  stopped_ = true;
  tree_.stopped_early = true;
  lexer_.go_to(size);
  token_ = {};
  token_.begin = token_.end = size;
}

// Guesses read text that may have to be read again. All together they may read the file four
// times.
bool Parser::may_try(std::uint32_t begin) {
  return tried_bytes_ <= 65'536 + 4 * std::uint64_t{begin};
}

// Nodes

NodeId Parser::finish(Kind kind, std::uint32_t begin, std::size_t mark, std::string_view text,
                      Op op, std::uint32_t flags) {
  const std::uint32_t end = std::max(begin, previous_end_);
  const NodeId id =
      builder_.finish(kind, begin, end, mark, text, op, static_cast<std::uint16_t>(flags));
  if (id >= max_nodes_) stop_early();
  return id;
}

NodeId Parser::leaf(Kind kind, const Token& token, std::string_view text, Op op) {
  // Half of all nodes: the builder's way around its scratch stack would be felt.
  const auto id = static_cast<NodeId>(tree_.nodes.size());
  tree_.nodes.push_back({kind, op, 0, token.begin, token.end, 0, 0, text});
  if (id >= max_nodes_) stop_early();
  return id;
}

void Parser::set_flags(NodeId id, std::uint32_t flags) {
  Node& node = builder_.node(id);
  node.flags = static_cast<std::uint16_t>(node.flags | flags);
}

void Parser::push_statement(NodeId id) {
  if (id != no_node) push(id);
}

// Folds what was pushed since `first`, groups of `parts - 1` nodes and a last one, from the right:
// t1 y1 t2 y2 n becomes [t1 y1 [t2 y2 n]]. One Pending since `open_base` belongs to each group.
NodeId Parser::fold(Kind kind, std::size_t first, std::size_t open_base, std::size_t parts) {
  while (pending_.size() > open_base) {
    const Pending open = pending_.back();
    pending_.pop_back();
    push(finish(kind, open.begin, mark() - parts, {}, open.op));
  }
  const NodeId last = builder_.since(first)[0];
  builder_.drop_to(first);
  return last;
}

// Takes back nodes that were made for text that turned out to hold only types.
void Parser::forget_nodes_from(NodeId first, std::size_t children) {
  tree_.nodes.resize(first);
  tree_.child_ids.resize(children);
}

namespace {

Tree empty_tree(std::string_view source, const ParseLimits& limits) {
  Tree tree;
  tree.language = Language::javascript;
  tree.source = source;
  // Pages that stay unused cost nothing; growing by copies does.
  const std::size_t expected = std::min<std::size_t>(limits.max_nodes, source.size() / 3 + 16);
  tree.nodes.reserve(expected);
  tree.child_ids.reserve(expected);
  return tree;
}

}  // namespace

Tree parse_javascript(std::string_view source, JavaScriptOptions options,
                      const ParseLimits& limits) {
  const std::string_view readable = source.substr(0, max_source_bytes);
  Tree tree = empty_tree(readable, limits);
  if (!Parser(tree, options, limits).parse_module()) {
    tree = empty_tree(readable, limits);
    options.module = true;
    Parser(tree, options, limits).parse_module();
  }
  if (source.size() > max_source_bytes) tree.stopped_early = true;
  return tree;
}

}  // namespace assay::code
