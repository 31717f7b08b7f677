#pragma once

#include "kube/object/source_file.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::kube {

enum class NodeKind : std::uint8_t { kScalar, kMapping, kSequence, kAlias };

enum class ScalarStyle : std::uint8_t { kPlain, kSingleQuoted, kDoubleQuoted, kLiteral, kFolded };

/// What a scalar is once kubectl has read it (yaml.v2's resolver; see scalar.h).
enum class ScalarType : std::uint8_t { kNull, kBool, kInt, kFloat, kString };

/// An explicit tag of YAML's core schema; kOther is a tag that kubectl ignores.
enum class ScalarTag : std::uint8_t { kNone, kNull, kBool, kInt, kFloat, kString, kOther };

/// One node, in preorder: a container's first child follows it. The children of a mapping alternate
/// key, value, key, value; a key is always a scalar, its text the key of the JSON that kubectl
/// makes.
struct Node {
  std::uint32_t begin = 0;  // byte offsets into the source; a quoted scalar's include its quotes
  std::uint32_t end = 0;
  std::uint32_t next = 0;  // the sibling after this one, 0 for none
  std::uint32_t data = 0;  // container: number of children; alias: its target; scalar: where its
                           // text begins in the pool, or 0 where it stands in the source as it is
  NodeKind kind = NodeKind::kScalar;
  ScalarStyle style = ScalarStyle::kPlain;
  ScalarTag tag = ScalarTag::kNone;
  bool distinct = false;  // mapping: no key stands twice, none is a merge key
};
static_assert(sizeof(Node) == 20);

class Value;

/// One YAML or JSON document: an immutable arena of nodes over its source. Node 0 is the root; an
/// empty document has no nodes. Built by the readers only (reader.h), which guarantee that aliases
/// are acyclic, that their expansion is bounded and that nesting is at most kMaxDepth.
class Tree {
 public:
  Tree(std::shared_ptr<const SourceFile> source, std::vector<Node> nodes, std::string pool)
      : source_(std::move(source)), nodes_(std::move(nodes)), pool_(std::move(pool)) {}

  const SourceFile& source() const { return *source_; }
  const std::shared_ptr<const SourceFile>& source_ptr() const { return source_; }
  Value root() const;
  const Node& node(std::uint32_t index) const { return nodes_[index]; }
  std::size_t size() const { return nodes_.size(); }
  /// A scalar node's decoded text.
  std::string_view text(std::uint32_t index) const;
  /// text(index) == text, told by the length nearly always.
  bool has_text(std::uint32_t index, std::string_view text) const;

 private:
  friend class Value;
  // What a node hangs from: its container, and its key there or its place in the sequence.
  struct Link {
    std::uint32_t parent = 0;
    std::uint32_t step = 0;
  };
  const std::vector<Link>& links() const;

  std::shared_ptr<const SourceFile> source_;
  std::vector<Node> nodes_;
  std::string pool_;  // texts, each behind its length (four bytes, this machine's order)
  mutable std::once_flag links_once_;
  mutable std::unique_ptr<const std::vector<Link>>
      links_;  // made on first use, of large trees only
};

/// Nesting beyond this is refused by the readers; Kubernetes' own objects stay below 64.
inline constexpr int kMaxDepth = 256;

struct Entry;
class Items;
class Entries;

/// A handle to one value of a tree, or to nothing. Cheap to copy; valid as long as its Tree.
/// Aliases are followed: what is read is the anchor's content, where it is *reported* is the alias.
/// Merge keys (`<<`) are honoured by get() and entries(); of duplicate keys the last one counts, as
/// in kubectl.
class Value {
 public:
  Value() = default;

  /// The key or item is there, be it null.
  bool exists() const { return tree_ != nullptr; }
  /// There and not null: null fields are dropped by the API server, so rules ask this.
  explicit operator bool() const { return exists() && !is_null(); }

  bool is_null() const;
  bool is_mapping() const { return kind_is(NodeKind::kMapping); }
  bool is_sequence() const { return kind_is(NodeKind::kSequence); }
  bool is_scalar() const { return kind_is(NodeKind::kScalar); }

  /// The value under a mapping's key; absent where this is no mapping or has no such key.
  Value get(std::string_view key) const;
  /// get() step by step: v.get("spec", "template", "spec").
  template <typename... Keys>
  Value get(std::string_view first, std::string_view second, Keys... more) const {
    return get(first).get(second, more...);
  }

  /// A sequence's items; empty for anything else.
  Items items() const;
  /// A mapping's entries after merging, in the order written; empty for anything else.
  Entries entries() const;
  /// Number of items or entries; 0 for anything else.
  std::size_t size() const;

  /// A scalar's decoded text (quotes, escapes and folding undone); empty for anything else.
  std::string_view text() const;
  ScalarType type() const;
  ScalarStyle style() const;

  /// Typed reads: nothing where the value is absent, of another type, or holds a placeholder.
  std::optional<std::string_view> string() const;
  std::optional<std::int64_t> integer() const;
  std::optional<bool> boolean() const;

  /// The text holds what some other tool replaces before Kubernetes sees it: `{{ }}`, `${VAR}`,
  /// `@X@`, `##X##`, `<X>`. Such a value is unknown, not wrong. `$(VAR)` counts too (OpenShift,
  /// envsubst-like tools), except where Kubernetes itself expands it: ask is_placeholder(true)
  /// for a container's command, args and env values.
  bool is_placeholder(bool kubernetes_expands = false) const;

  /// Where it is reported: the value itself (an alias's own site).
  ByteRange range() const;
  /// Its key where it was read from a mapping, else range().
  ByteRange key_range() const;
  Span span() const { return tree_->source().span(range()); }
  Span key_span() const { return tree_->source().span(key_range()); }

  /// The source offset of byte `offset` of text(), exact for plain, single-line quoted and literal
  /// scalars, else the best line known. So a finding inside a script names the script's line.
  std::uint32_t source_offset(std::size_t offset) const;

  /// RFC 6901, from the document's root ("" for the root itself).
  std::string pointer() const;

  const Tree& tree() const { return *tree_; }
  std::uint32_t index() const { return node_; }
  /// The node that range() is of: the alias where there is one, else index().
  std::uint32_t site() const { return site_; }
  friend bool operator==(const Value& a, const Value& b) {
    return a.tree_ == b.tree_ && a.node_ == b.node_;
  }

 private:
  friend class Tree;
  friend class Items;
  friend class Entries;
  static constexpr std::uint32_t kNone = 0xffffffff;

  Value(const Tree* tree, std::uint32_t site, std::uint32_t key);
  bool kind_is(NodeKind kind) const;
  std::string searched_pointer() const;
  std::string linked_pointer() const;

  const Tree* tree_ = nullptr;
  std::uint32_t node_ = kNone;  // aliases followed
  std::uint32_t site_ = kNone;  // where it is written: the alias, or the node itself
  std::uint32_t key_ = kNone;   // the key node, for values of a mapping
};

struct Entry {
  Value key;
  Value value;
};

/// Range over a sequence's items: `for (Value item : v.items())`.
class Items {
 public:
  class iterator {
   public:
    using value_type = Value;
    using difference_type = std::ptrdiff_t;
    Value operator*() const { return Value(tree_, node_, Value::kNone); }
    iterator& operator++() {
      node_ = tree_->node(node_).next;
      if (node_ == 0) node_ = Value::kNone;
      return *this;
    }
    friend bool operator==(const iterator& a, const iterator& b) { return a.node_ == b.node_; }

   private:
    friend class Items;
    iterator(const Tree* tree, std::uint32_t node) : tree_(tree), node_(node) {}
    const Tree* tree_;
    std::uint32_t node_;
  };
  iterator begin() const { return {tree_, first_}; }
  iterator end() const { return {tree_, Value::kNone}; }

 private:
  friend class Value;
  Items(const Tree* tree, std::uint32_t first) : tree_(tree), first_(first) {}
  const Tree* tree_;
  std::uint32_t first_;
};

/// Range over a mapping's entries, merge keys expanded, overridden duplicates left out:
/// `for (const Entry& e : v.entries())`.
class Entries {
 public:
  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }
  std::size_t size() const { return entries_.size(); }

 private:
  friend class Value;
  std::vector<Entry> entries_;
};

}  // namespace sts::kube
