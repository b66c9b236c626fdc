// Which functions could do anything that matters: those that can reach, by name, a call that the
// table of api.h knows, directly or through other functions of the package. A function without such
// authority is not interpreted unless something calls it; it could only have computed.
//
// It errs to one side only: what cannot be told counts as authority.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "facts/code/flow/api.h"
#include "facts/code/flow/value.h"

namespace assay::code {

// Whether the path, or something below it, is a call that matters. `escapes`: the value at the end
// of the path is handed on, so whatever lies below it counts too.
bool has_authority(Language language, std::string_view path, bool escapes);

// What the functions of one tree mention, found in one walk.
class Mentions {
 public:
  struct Mention {
    NameId root = 0;
    std::uint32_t first = 0, count = 0;  // members().subspan(first, count): .a.b of root.a.b
    bool escapes = false;                // not called: handed on, indexed, assigned
  };

  Mentions(const Tree& tree, std::span<const NameId> names, Names& all);

  // Of the function and those inside it.
  std::span<const Mention> of(NodeId function) const;
  std::span<const NameId> members(const Mention& mention) const {
    return {members_.data() + mention.first, mention.count};
  }
  // Does something whose reach no name tells: import(), a member called constructor or __globals__.
  bool is_open(NodeId function) const { return open_.contains(function); }

 private:
  struct Range {
    std::uint32_t begin = 0, end = 0;
  };
  void visit(NodeId id);
  void visit_children(NodeId id, std::size_t from = 0);
  void visit_chain(NodeId id, bool escapes);
  void visit_tested(NodeId id);
  void visit_import(NodeId id);
  void mark_open() { open_count_ += 1; }

  const Tree& tree_;
  std::span<const NameId> names_;
  Names& all_;
  std::vector<Mention> mentions_;
  std::vector<NameId> members_;
  std::unordered_map<NodeId, Range> ranges_;
  std::unordered_set<NodeId> open_;
  std::size_t open_count_ = 0;
};

}  // namespace assay::code
