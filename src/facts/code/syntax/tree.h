// The syntax tree that every front end (JavaScript, TypeScript, JSX, Python) writes and everything
// after it reads: one flat array of nodes, one of children, and the source it points into. It holds
// structure, not validation: any bytes give a tree, and what a parser skipped is an `error` node.
//
// Children are contiguous, so `tree.children(id)` is a span. A left-leaning chain of one operator
// is a single node with many children (a+b+c is binary '+' of three), which keeps trees shallow.
// Types, interfaces, `as`, `satisfies`, `!`, annotations and generics leave no node, save that
// enum and namespace bodies with run-time effect become declarations and blocks.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::code {

using NodeId = std::uint32_t;
inline constexpr NodeId no_node = 0;  // node 0 is always Kind::none

enum class Language : std::uint8_t { javascript, python };

// After each kind: [children] "text" .op
enum class Kind : std::uint8_t {
  none,   // a missing part: for(;;), a hole in an array, no else
  error,  // bytes that were skipped; [whatever could be saved, to be treated as a block]

  // Expressions
  name,     // "identifier" (escapes decoded). `this`, `self`, `super`, `arguments` are names too
  string,   // "decoded value as UTF-8"; flag_bytes for Python b'' (raw bytes); adjacent Python
            // literals are joined; a template literal or f-string without substitution is a string
  number,   // "as written" (see number_value); a BigInt or Python int of any length too
  regex,    // "pattern" without slashes; flags are dropped
  literal,  // .op: true_, false_, null_ (None), undefined_ is a name, ellipsis
  template_string,  // [string | expression ...] in order; JS template with substitutions, f-string
  array,            // [element | spread | none ...] .op: list, tuple, set (JS arrays are list)
  object,           // [pair | spread | function(method) ...] JS object, Python dict
  pair,      // [key, value]; key is a string node for plain keys, else the computed expression
  spread,    // [value] .op: one_star (JS ..., Python *), two_star
  function,  // [parameters, body, decorator ...] "name or empty"; flags: arrow, async, generator,
             // getter, setter, static_, expression_body (body is the expression). Python
             // def/lambda, JS function/arrow/method. A computed method name is dropped.
  parameters,  // [parameter ...]
  parameter,   // [target, default or none] target: name, array/object pattern, or spread
  class_,      // [block, base or keyword ..., decorator ...] "name"; fields are assign nodes in the
               // block with a name target; flag static_ on the assign
  decorator,   // [expression]
  member,      // [object] "property"; flag optional. Private names keep their '#'
  index,       // [object, key]; flag optional. Python slices: key is a slice node
  slice,       // [from, to, step], none where missing
  call,     // [callee, argument | spread | keyword ...]; flag optional; flag tagged: callee`...`,
            // its only argument then is the string or template_string
  new_,     // [callee, argument ...]
  keyword,  // [value] "name": a Python keyword argument
  unary,    // [operand] .op
  update,   // [target] .op: increment, decrement; flag prefix
  binary,   // [operand, operand ...] .op; n-ary for a chain of the same left-associative operator
  logical,  // [operand, operand ...] .op: and_, or_, coalesce
  compare,  // [left, right] .op; a Python chain a<b<c is logical and_ of two compares, b shared
  conditional,  // [test, yes, no]
  assign,    // [target, value] .op: assign or the compound operator. As a default inside a pattern
             // too. Python a = b = c is assign(a, assign(b, c)); walrus is assign
  sequence,  // [expression ...] comma operator
  await,     // [value]
  yield,     // [value or none]; flag delegate for yield* / yield from
  comprehension,  // [element | pair, clause ...] .op: list, set, dict (object), generator
  clause,         // [target, iterable, condition ...] of a comprehension
  import_call,    // [specifier ...] JS import(x)
  jsx,            // [tag name or none, attribute values, spreads and child expressions ...]

  // Statements. An expression statement is the expression itself.
  module,       // [statement ...] root
  block,        // [statement ...]
  declaration,  // [declarator ...] .op: var, let, const_
  declarator,   // [target, value or none]
  if_,          // [test, then, else or none]; Python elif nests in else
  for_,         // [init, test, update, body]
  for_each,     // [target, iterable, body, else or none] .op: in, of; Python for is of.
                // A JS declared target is a declaration node with one declarator without a value
  while_,       // [test, body, else or none]
  do_while,     // [body, test]
  return_,      // [value or none]
  throw_,       // [value or none]; Python raise (its cause dropped)
  break_,
  continue_,    // "label or empty"
  try_,         // [block, catch ..., finally or none, else or none]: the last two always present
  catch_,       // [target or none, type or none, block]
  with_,        // [item ..., body]; each item is with_item. JS with(o): one item
  with_item,    // [expression, target or none]
  switch_,      // [subject, case ...]; Python match too
  case_,        // [test or none for default, statement ...]; Python patterns read as expressions
  labelled,     // [statement] "label"
  import_,      // [import_name ...] "module" .op: from (JS import, Python from ... import) or
                // module (Python `import a.b as c`: "a.b", [name c] or []); relative dots are kept;
                // type-only imports leave no node
  import_name,  // [name: local] "imported"; "*" for a namespace or Python star (then [] for
                // Python), "default" for a JS default import
  export_,      // [declaration or expression] "": export const x; [expression] "default";
                // [import_name ...] .op: from, "module": re-export (local name = exported name);
                // [import_name ...] .op: names: export {a as b}: "a" [name b]
  delete_,      // [target ...]
  scope_names,  // [name ...] .op: global, nonlocal
  assert_,      // [test, message or none]
};

enum class Op : std::uint8_t {
  none,
  // literal
  true_,
  false_,
  null_,
  ellipsis,
  // array, comprehension
  list,
  tuple,
  set,
  dict,
  generator,
  // spread
  one_star,
  two_star,
  // binary and compound assignment
  add,
  subtract,
  multiply,
  divide,
  floor_divide,
  modulo,
  power,
  matrix_multiply,
  bit_and,
  bit_or,
  bit_xor,
  shift_left,
  shift_right,
  shift_right_unsigned,
  // logical
  and_,
  or_,
  coalesce,
  // compare
  equal,
  not_equal,
  strict_equal,
  strict_not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  not_in,
  is,
  is_not,
  instance_of,
  // unary
  plus,
  minus,
  not_,
  bit_not,
  type_of,
  void_,
  // update
  increment,
  decrement,
  // assign
  assign,
  // declaration
  var,
  let,
  const_,
  // for_each
  of,
  // import_, export_
  from,
  module,
  names,
  // scope_names
  global,
  nonlocal,
};

enum Flag : std::uint16_t {
  flag_bytes = 1,
  flag_arrow = 2,
  flag_async = 4,
  flag_generator = 8,
  flag_getter = 16,
  flag_setter = 32,
  flag_static = 64,
  flag_expression_body = 128,
  flag_optional = 256,
  flag_tagged = 512,
  flag_prefix = 1024,
  flag_delegate = 2048,
  flag_method = 4096,     // function as a member of an object or class
  flag_statement = 8192,  // function or class in statement position: hoisted, binds its name
};

struct Node {
  Kind kind = Kind::none;
  Op op = Op::none;
  std::uint16_t flags = 0;
  std::uint32_t begin = 0, end = 0;                // byte offsets into the source
  std::uint32_t first_child = 0, child_count = 0;  // into Tree::child_ids
  std::string_view text;  // into the source, or into Tree::arena when it had to be decoded
};

struct Skipped {
  std::uint32_t begin = 0, end = 0;
  std::string_view reason;  // static text
};

struct Tree {
  Language language = Language::javascript;
  std::string_view source;  // not owned: outlives the tree
  std::vector<Node> nodes{Node{}};
  std::vector<NodeId> child_ids;
  NodeId root = no_node;
  std::vector<Skipped> skipped;   // what the parser could not read; each becomes a Gap
  bool stopped_early = false;     // over max_nodes: the rest of the file is one skipped range
  std::deque<std::string> arena;  // decoded texts; a deque, so that views stay valid

  const Node& operator[](NodeId id) const { return nodes[id]; }
  std::span<const NodeId> children(NodeId id) const {
    return {child_ids.data() + nodes[id].first_child, nodes[id].child_count};
  }
  NodeId child(NodeId id, std::size_t i) const {
    return i < nodes[id].child_count ? child_ids[nodes[id].first_child + i] : no_node;
  }
};

struct ParseLimits {
  // 40 bytes a node: 160 MB. Minified code has about one node for three bytes.
  std::uint32_t max_nodes = 4'000'000;
  // Nested constructs; real bundles stay under 300. Deeper parts are skipped to their closing
  // bracket. Also bounds the stack of the parsers, which recurse.
  int max_depth = 1000;
};

// How parsers build a Tree: children are gathered on a scratch stack and copied when their parent
// is finished.
class TreeBuilder {
 public:
  TreeBuilder(Tree& tree, const ParseLimits& limits) : tree_(tree), limits_(limits) {}

  std::size_t mark() const { return scratch_.size(); }
  void push(NodeId child) { scratch_.push_back(child); }
  void drop_to(std::size_t mark) { scratch_.resize(mark); }
  std::span<NodeId> since(std::size_t mark) { return std::span(scratch_).subspan(mark); }
  // Takes the children pushed since `mark`. Returns no_node once the tree is full.
  NodeId finish(Kind kind, std::uint32_t begin, std::uint32_t end, std::size_t mark,
                std::string_view text = {}, Op op = Op::none, std::uint16_t flags = 0);
  NodeId leaf(Kind kind, std::uint32_t begin, std::uint32_t end, std::string_view text = {},
              Op op = Op::none, std::uint16_t flags = 0) {
    return finish(kind, begin, end, mark(), text, op, flags);
  }
  Node& node(NodeId id) { return tree_.nodes[id]; }
  std::string_view keep(std::string text);  // into the arena
  void skip(std::uint32_t begin, std::uint32_t end, std::string_view reason);
  bool full() const { return tree_.nodes.size() >= limits_.max_nodes; }

 private:
  Tree& tree_;
  ParseLimits limits_;
  std::vector<NodeId> scratch_;
};

// The value of a number node: 0x, 0o, 0b, legacy octal, separators, exponents, BigInt n, Python j
// (its magnitude), rounded to double.
double number_value(std::string_view text);

// One line a node, indented, for tests and for `assay explain --tree`.
std::string dump(const Tree& tree);

}  // namespace assay::code
