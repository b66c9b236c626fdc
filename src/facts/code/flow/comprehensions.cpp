// Slices and comprehensions.
#include <algorithm>

#include "base/text.h"
#include "facts/code/flow/interpreter.h"

namespace assay::code {

Value Interpreter::eval_slice(Frame& frame, const Value& object, NodeId slice) {
  const Tree& tree = frame.module->tree;
  const auto part = [&](std::size_t i) -> std::optional<std::int64_t> {
    const NodeId id = tree.child(slice, i);
    if (tree[id].kind == Kind::none) return std::nullopt;
    const Value value = eval(frame, id);
    return value.is(ValueKind::number)
               ? std::optional<std::int64_t>(static_cast<std::int64_t>(value.number))
               : std::optional<std::int64_t>(INT64_MIN);
  };
  const auto from = part(0), to = part(1), by = part(2);
  const bool unknown = from == INT64_MIN || to == INT64_MIN || by == INT64_MIN;
  if (unknown || (!object.is_constant_text() && !object.is(ValueKind::list)) || by == 0) {
    return Value::unknown(sources_of(object), object.trace);
  }
  const bool is_list = object.is(ValueKind::list);
  const bool is_bytes = object.is(ValueKind::bytes);
  const std::u32string* letters = is_list || is_bytes ? nullptr : &characters(object.text, false);
  const auto size = static_cast<std::int64_t>(is_list    ? object.object->items.size()
                                              : is_bytes ? object.text->size()
                                                         : letters->size());
  const std::int64_t step = by.value_or(1);
  const auto clamp = [&](std::optional<std::int64_t> at, std::int64_t otherwise) {
    if (!at) return otherwise;
    std::int64_t value = *at < 0 ? *at + size : *at;
    return step > 0 ? std::clamp<std::int64_t>(value, 0, size)
                    : std::clamp<std::int64_t>(value, -1, size - 1);
  };
  const std::int64_t first = clamp(from, step > 0 ? 0 : size - 1);
  const std::int64_t last = clamp(to, step > 0 ? size : -1);
  if (!spend(static_cast<std::uint64_t>(size) / 32 + 1)) return Value::unknown(object.from);
  std::vector<Value> items;
  std::string text;
  for (std::int64_t i = first; step > 0 ? i < last : i > last; i += step) {
    const auto at = static_cast<std::size_t>(i);
    if (is_list) {
      items.push_back(object.object->items[at]);
    } else if (is_bytes) {
      text += (*object.text)[at];
    } else {
      append_utf8(text, (*letters)[at]);
    }
  }
  if (is_list) return make_list(std::move(items)).with(object.from, object.trace);
  if (step == -1 && !from && !to && text.size() >= 6)
    disguise(frame, slice, Disguise::reversed, text);
  Value value = Value::string(std::move(text));
  value.kind = object.kind;
  return value.with(object.from, object.trace);
}

void Interpreter::comprehend(Frame& frame, NodeId id, std::size_t clause, Object* out) {
  const Tree& tree = frame.module->tree;
  const auto parts = tree.children(id);
  if (clause >= parts.size()) {
    constexpr std::size_t most = 1'000'000;
    if (out->items.size() >= most) return;
    if (tree[parts[0]].kind == Kind::pair) {
      const Value key = eval(frame, tree.child(parts[0], 0));
      Value value = eval(frame, tree.child(parts[0], 1));
      const auto name = to_constant_string(key, frame.module->language);
      if (name) {
        out->set(names_.intern(*name), std::move(value));
      } else {
        out->open = true;
        out->from |= sources_of(value) | sources_of(key);
      }
    } else {
      out->items.push_back(eval(frame, parts[0]));
    }
    return;
  }
  const auto bits = tree.children(parts[clause]);
  constexpr std::size_t most_clauses = 64;  // each is a call of this function
  if (bits.size() < 2) return;
  if (clause > most_clauses || depth_ >= max_depth) return void(out->open = true);
  const DepthGuard guard(depth_);
  const Value iterable = eval(frame, bits[1]);
  constexpr std::size_t most_unsure = 40;
  const auto once = [&](const Value& item) {
    assign(frame, bits[0], item, true);
    bool uncertain = false;
    for (std::size_t i = 2; i < bits.size(); ++i) {
      const auto known = truth(eval(frame, bits[i]), frame.module->language);
      if (known && !*known) return;
      uncertain = uncertain || !known;
    }
    if (uncertain) out->open = true;
    comprehend(frame, id, clause + 1, out);
  };
  Turns turns(*this, frame, true, most_unsure);
  if (iterable.is(ValueKind::list) && !iterable.object->open) {
    const std::vector<Value> items = iterable.object->items;
    for (const Value& item : items) {
      if (!spend(1) || !turns.another()) return void(out->open = true);
      once(item);
    }
  } else if (iterable.is(ValueKind::bytes) && iterable.complete) {
    for (const char byte : std::string(*iterable.text)) {
      if (!spend(1) || !turns.another()) return void(out->open = true);
      once(Value::of_number(static_cast<unsigned char>(byte)).with(iterable.from));
    }
  } else if (iterable.is_constant_text()) {
    const std::u32string letters = characters(iterable.text, false);
    for (const char32_t c : letters) {
      if (!spend(1) || !turns.another()) return void(out->open = true);
      std::string one;
      append_utf8(one, c);
      once(Value::string(std::move(one)).with(iterable.from));
    }
  } else {
    out->open = true;
    once(element(frame, iterable, Value::unknown()));
  }
}

Value Interpreter::eval_comprehension(Frame& frame, NodeId id) {
  Object* out = make_object();
  Scope* scope = new_scope();
  scope->parent = frame.scope;
  scope->is_function = true;
  Frame inner = frame;
  inner.scope = inner.function_scope = scope;
  comprehend(inner, id, 1, out);
  release(scope);
  return Value::of_object(
      frame.module->tree[id].op == Op::dict ? ValueKind::object : ValueKind::list, out);
}

}  // namespace assay::code
