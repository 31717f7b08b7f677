#pragma once

#include "kube/object/reader.h"
#include "kube/object/tree.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sts::kube {

/// A scalar as a parser reports it.
struct ScalarEvent {
  ByteRange range;  // quotes included; anchors and tags left out
  std::string_view text;
  ScalarStyle style = ScalarStyle::kPlain;
  ScalarTag tag = ScalarTag::kNone;
  std::string_view anchor;
};

/// A scalar that a parser reported.
struct LastScalar {
  ByteRange range;
  ScalarStyle style = ScalarStyle::kPlain;
};

/// Makes one Tree from a parser's events, in order, and holds to what Tree promises: depth, acyclic
/// aliases within the budget, scalar keys in JSON spelling. Reports duplicate keys. Reusable:
/// clear() keeps the memory. Every event returns false once the document cannot be a tree; error()
/// then says why.
class TreeBuilder {
 public:
  /// `text` is what the parser reads: source.bytes(), or a copy of it with placeholders masked, so
  /// that offsets are the same.
  void clear(std::string_view text, std::uint32_t alias_budget);

  bool begin(NodeKind kind, std::uint32_t at, std::string_view anchor = {});
  bool end(std::uint32_t at);
  bool scalar(const ScalarEvent& event);
  bool alias(ByteRange range, std::string_view name);

  bool empty() const { return nodes_.empty(); }
  /// Where the node added last ends.
  std::uint32_t last_end() const { return nodes_.empty() ? 0 : nodes_.back().end; }
  /// The scalar that was read last, where nothing came behind it.
  std::optional<LastScalar> last_scalar() const;
  /// Where the innermost container that is still open begins.
  std::optional<std::uint32_t> innermost_open() const;
  bool root_is_plain_scalar() const;
  std::uint32_t root_begin() const { return nodes_.empty() ? 0 : nodes_.front().begin; }
  /// Where a plain key begins with a space that YAML does not take for one.
  std::optional<std::uint32_t> key_with_unicode_space() const { return spaced_key_; }
  const std::optional<Problem>& error() const { return error_; }
  std::vector<Problem> take_duplicates() { return std::move(duplicates_); }
  /// The tree, sized exactly.
  std::shared_ptr<const Tree> finish(std::shared_ptr<const SourceFile> source) const;

 private:
  struct Frame {
    std::uint32_t node = 0;
    std::uint32_t last_child = 0;
    std::uint64_t expanded = 1;  // nodes visited below here when aliases are expanded
    std::uint32_t height = 0;    // levels below here, aliases expanded
    std::string anchor;
  };
  struct Anchor {
    std::uint32_t node = 0;
    std::uint64_t expanded = 1;
    std::uint32_t height = 0;
    bool open = true;
  };

  bool refuse(ByteRange where, std::string message, std::string fix);
  bool key_expected() const;
  std::uint32_t add(const Node& node);
  void account(std::uint64_t expanded, std::uint32_t height);
  void put_text(Node& node, std::string_view text);
  std::string_view text_of(const Node& node) const;
  bool check_merge(std::uint32_t key, std::uint32_t value);
  bool finish_mapping(const Frame& frame);
  bool check_tag(const ScalarEvent& event);

  std::string_view text_;
  std::uint64_t alias_budget_ = 0;
  std::uint64_t expanded_by_aliases_ = 0;
  std::vector<Node> nodes_;
  std::string pool_;
  std::vector<Frame> open_;
  std::unordered_map<std::string, Anchor> anchors_;
  std::vector<Problem> duplicates_;
  std::optional<Problem> error_;
  std::optional<std::uint32_t> spaced_key_;
};

}  // namespace sts::kube
