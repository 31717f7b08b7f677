#include "kube/object/tree.h"

#include "kube/object/scalar.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_map>

namespace sts::kube {
namespace {

bool is_quoted(ScalarStyle style) {
  return style == ScalarStyle::kSingleQuoted || style == ScalarStyle::kDoubleQuoted;
}

// yaml.v2's isMerge: a plain `<<`; a quoted one is an ordinary key.
bool is_merge_key(const Tree& tree, std::uint32_t key) {
  const Node& node = tree.node(key);
  return node.end - node.begin == 2 && node.style == ScalarStyle::kPlain &&
         node.tag == ScalarTag::kNone && tree.text(key) == "<<";
}

std::uint32_t follow(const Tree& tree, std::uint32_t index) {
  const Node& node = tree.node(index);
  return node.kind == NodeKind::kAlias ? node.data : index;
}

// The mappings that a merge value names, in the order in which go-yaml writes them over each other:
// of a list the first comes last and so wins.
std::vector<std::uint32_t> merged_mappings(const Tree& tree, std::uint32_t value) {
  std::vector<std::uint32_t> mappings;
  value = follow(tree, value);
  const Node& node = tree.node(value);
  if (node.kind == NodeKind::kMapping) {
    mappings.push_back(value);
  } else if (node.kind == NodeKind::kSequence && node.data != 0) {
    for (std::uint32_t item = value + 1; item != 0; item = tree.node(item).next) {
      const std::uint32_t mapping = follow(tree, item);
      if (tree.node(mapping).kind == NodeKind::kMapping) mappings.push_back(mapping);
    }
    std::reverse(mappings.begin(), mappings.end());
  }
  return mappings;
}

// Of equal keys the last one stays, where it stands.
void drop_overridden(std::vector<Entry>& entries) {
  // Nearly all mappings are small and have nothing to drop: comparing is quicker than hashing.
  constexpr std::size_t kFew = 16;
  if (entries.size() <= kFew) {
    std::array<std::string_view, kFew> keys;
    bool equal = false;
    for (std::size_t i = 0; i < entries.size() && !equal; ++i) {
      keys[i] = entries[i].key.text();
      for (std::size_t j = 0; j < i && !equal; ++j) equal = keys[i] == keys[j];
    }
    if (!equal) return;
  }
  std::unordered_map<std::string_view, std::size_t> last;
  for (std::size_t i = 0; i < entries.size(); ++i) last[entries[i].key.text()] = i;
  if (last.size() == entries.size()) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (last[entries[i].key.text()] == i) entries[kept++] = entries[i];
  }
  entries.resize(kept);
}

std::string escape_pointer(std::string_view key) {
  std::string out;
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string_view Tree::text(std::uint32_t index) const {
  const Node& node = nodes_[index];
  if (node.kind != NodeKind::kScalar) return {};
  if (node.data != 0) {
    std::uint32_t length = 0;
    std::memcpy(&length, pool_.data() + node.data - sizeof length, sizeof length);
    return std::string_view(pool_).substr(node.data, length);
  }
  const std::uint32_t quote = is_quoted(node.style) ? 1 : 0;
  return source_->bytes().substr(node.begin + quote, node.end - node.begin - 2 * quote);
}

bool Tree::has_text(std::uint32_t index, std::string_view text) const {
  const Node& node = nodes_[index];
  if (node.kind != NodeKind::kScalar || node.data != 0) return this->text(index) == text;
  const std::uint32_t quote = is_quoted(node.style) ? 1 : 0;
  return node.end - node.begin - 2 * quote == text.size() &&
         source_->bytes().compare(node.begin + quote, text.size(), text) == 0;
}

const std::vector<Tree::Link>& Tree::links() const {
  std::call_once(links_once_, [this] {
    std::vector<Link> links(nodes_.size());
    for (std::uint32_t at = 0; at < nodes_.size(); ++at) {
      const Node& node = nodes_[at];
      if (node.data == 0) continue;
      if (node.kind == NodeKind::kMapping) {
        for (std::uint32_t key = at + 1; key != 0;) {
          const std::uint32_t value = nodes_[key].next;
          links[key] = links[value] = {at, key};
          key = nodes_[value].next;
        }
      } else if (node.kind == NodeKind::kSequence) {
        std::uint32_t count = 0;
        for (std::uint32_t item = at + 1; item != 0; item = nodes_[item].next) {
          links[item] = {at, count++};
        }
      }
    }
    links_ = std::make_unique<const std::vector<Link>>(std::move(links));
  });
  return *links_;
}

Value Tree::root() const { return nodes_.empty() ? Value() : Value(this, 0, Value::kNone); }

Value::Value(const Tree* tree, std::uint32_t site, std::uint32_t key)
    : tree_(tree), node_(follow(*tree, site)), site_(site), key_(key) {}

bool Value::kind_is(NodeKind kind) const {
  return tree_ != nullptr && tree_->node(node_).kind == kind;
}

bool Value::is_null() const { return is_scalar() && type() == ScalarType::kNull; }

Value Value::get(std::string_view key) const {
  Value result;
  if (!is_mapping() || tree_->node(node_).data == 0) return result;
  if (tree_->node(node_).distinct) {
    for (std::uint32_t at = node_ + 1; at != 0;) {
      const std::uint32_t value = tree_->node(at).next;
      if (tree_->has_text(at, key)) return Value(tree_, value, at);
      at = tree_->node(value).next;
    }
    return result;
  }
  // go-yaml v2 writes entries and merges into one map in the order of the text, so a merge that
  // follows a key overrides it (decode.go, mapping and merge).
  for (std::uint32_t at = node_ + 1; at != 0;) {
    const std::uint32_t value = tree_->node(at).next;
    if (is_merge_key(*tree_, at)) {
      for (const std::uint32_t mapping : merged_mappings(*tree_, value)) {
        const Value merged = Value(tree_, mapping, kNone).get(key);
        if (merged.exists()) result = merged;
      }
    } else if (tree_->has_text(at, key)) {
      result = Value(tree_, value, at);
    }
    at = tree_->node(value).next;
  }
  return result;
}

Items Value::items() const {
  if (!is_sequence() || tree_->node(node_).data == 0) return {tree_, kNone};
  return {tree_, node_ + 1};
}

Entries Value::entries() const {
  Entries result;
  if (!is_mapping() || tree_->node(node_).data == 0) return result;
  auto& out = result.entries_;
  const bool distinct = tree_->node(node_).distinct;
  if (distinct) out.reserve(tree_->node(node_).data / 2);
  for (std::uint32_t at = node_ + 1; at != 0;) {
    const std::uint32_t value = tree_->node(at).next;
    if (!distinct && is_merge_key(*tree_, at)) {
      for (const std::uint32_t mapping : merged_mappings(*tree_, value)) {
        const Entries merged = Value(tree_, mapping, kNone).entries();
        out.insert(out.end(), merged.begin(), merged.end());
      }
    } else {
      out.push_back({Value(tree_, at, kNone), Value(tree_, value, at)});
    }
    at = tree_->node(value).next;
  }
  if (!distinct) drop_overridden(out);
  return result;
}

std::size_t Value::size() const {
  if (is_sequence()) return tree_->node(node_).data;
  if (!is_mapping()) return 0;
  const Node& node = tree_->node(node_);
  return node.distinct ? node.data / 2 : entries().size();
}

std::string_view Value::text() const {
  return is_scalar() ? tree_->text(node_) : std::string_view();
}

ScalarStyle Value::style() const {
  return is_scalar() ? tree_->node(node_).style : ScalarStyle::kPlain;
}

ScalarType Value::type() const {
  if (!is_scalar()) return ScalarType::kNull;
  const Node& node = tree_->node(node_);
  switch (node.tag) {
    case ScalarTag::kNone:
      return node.style == ScalarStyle::kPlain ? resolve_plain(text()) : ScalarType::kString;
    case ScalarTag::kNull:
      return ScalarType::kNull;
    case ScalarTag::kBool:
      return ScalarType::kBool;
    case ScalarTag::kInt:
      return ScalarType::kInt;
    case ScalarTag::kFloat:
      return ScalarType::kFloat;
    case ScalarTag::kString:
    case ScalarTag::kOther:
      break;
  }
  return ScalarType::kString;
}

std::optional<std::string_view> Value::string() const {
  if (!is_scalar() || type() != ScalarType::kString || is_placeholder()) return std::nullopt;
  return text();
}

std::optional<std::int64_t> Value::integer() const {
  if (!is_scalar()) return std::nullopt;
  const ScalarType kind = type();
  if (kind == ScalarType::kInt) return parse_int(text());
  // `08`, `3.0` and `1e3` are floats to go-yaml, but its JSON says 8, 3 and 1000.
  if (kind == ScalarType::kFloat) return parse_integral_float(text());
  return std::nullopt;
}

std::optional<bool> Value::boolean() const {
  if (!is_scalar() || type() != ScalarType::kBool) return std::nullopt;
  return parse_bool(text());
}

ByteRange Value::range() const {
  if (tree_ == nullptr) return {};
  const Node& node = tree_->node(site_);
  return {node.begin, node.end};
}

ByteRange Value::key_range() const {
  if (key_ == kNone) return range();
  const Node& node = tree_->node(key_);
  return {node.begin, node.end};
}

std::string Value::pointer() const {
  if (tree_ == nullptr) return {};
  // A search looks at every sibling before each step; of few nodes it is quicker than a table.
  constexpr std::size_t kFew = 1024;
  return tree_->size() <= kFew ? searched_pointer() : linked_pointer();
}

std::string Value::linked_pointer() const {
  const std::vector<Tree::Link>& links = tree_->links();
  std::vector<std::uint32_t> way;
  for (std::uint32_t at = site_; at != 0; at = links[at].parent) way.push_back(at);
  std::string out;
  std::reverse(way.begin(), way.end());
  for (const std::uint32_t at : way) {
    const Tree::Link& link = links[at];
    const bool mapping = tree_->node(link.parent).kind == NodeKind::kMapping;
    out += '/';
    out += mapping ? escape_pointer(tree_->text(link.step)) : std::to_string(link.step);
  }
  return out;
}

std::string Value::searched_pointer() const {
  std::string out;
  std::uint32_t at = 0;
  while (at != site_) {
    const bool mapping = tree_->node(at).kind == NodeKind::kMapping;
    std::uint32_t child = at + 1;
    std::uint32_t key = kNone;
    std::uint32_t count = 0;
    // Preorder: the child that holds the site is the last one that does not begin after it.
    for (;; ++count) {
      if (mapping) {
        key = child;
        if (key == site_) break;
        child = tree_->node(child).next;
      }
      const std::uint32_t next = tree_->node(child).next;
      if (next == 0 || next > site_) break;
      child = next;
    }
    out += '/';
    out += mapping ? escape_pointer(tree_->text(key)) : std::to_string(count);
    if (key == site_) break;
    at = child;
  }
  return out;
}

}  // namespace sts::kube
