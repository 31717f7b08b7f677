#include "kube/object/tree_builder.h"

#include "kube/object/scalar.h"
#include "kube/object/utf8.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace sts::kube {
namespace {

bool is_quoted(ScalarStyle style) {
  return style == ScalarStyle::kSingleQuoted || style == ScalarStyle::kDoubleQuoted;
}

// A key as a message shows it: whole, unless it is a text of its own.
std::string shown(std::string_view key) {
  constexpr std::size_t kMost = 60;
  std::string out = "\"";
  for (const char c : key.substr(0, kMost)) out += c == '\n' ? ' ' : c;
  return out + (key.size() > kMost ? "…\"" : "\"");
}

// .inf, -.Inf, .NAN …: after its sign and dot comes a letter.
bool is_special_float(std::string_view text) {
  const std::size_t dot = text.find('.');
  return dot != std::string_view::npos && dot + 1 < text.size() &&
         std::string_view("iInN").find(text[dot + 1]) != std::string_view::npos;
}

ByteRange range_of(const Node& node) { return {node.begin, node.end}; }

}  // namespace

void TreeBuilder::clear(std::string_view text, std::uint32_t alias_budget) {
  text_ = text;
  alias_budget_ = alias_budget;
  expanded_by_aliases_ = 0;
  nodes_.clear();
  pool_.clear();
  open_.clear();
  anchors_.clear();
  duplicates_.clear();
  error_.reset();
  spaced_key_.reset();
}

bool TreeBuilder::refuse(ByteRange where, std::string message, std::string fix) {
  error_ = Problem{ProblemKind::kSyntax, where, std::move(message), std::move(fix), {}, {}};
  return false;
}

bool TreeBuilder::key_expected() const {
  if (open_.empty()) return false;
  const Node& parent = nodes_[open_.back().node];
  return parent.kind == NodeKind::kMapping && parent.data % 2 == 0;
}

std::uint32_t TreeBuilder::add(const Node& node) {
  const auto index = static_cast<std::uint32_t>(nodes_.size());
  if (!open_.empty()) {
    Frame& parent = open_.back();
    if (parent.last_child != 0) nodes_[parent.last_child].next = index;
    parent.last_child = index;
    ++nodes_[parent.node].data;
  }
  nodes_.push_back(node);
  return index;
}

void TreeBuilder::account(std::uint64_t expanded, std::uint32_t height) {
  if (open_.empty()) return;
  open_.back().expanded += expanded;
  open_.back().height = std::max(open_.back().height, height + 1);
}

bool TreeBuilder::begin(NodeKind kind, std::uint32_t at, std::string_view anchor) {
  if (key_expected()) {
    return refuse({at, at + 1}, "a mapping or list stands where a key belongs",
                  "quote the key, or put the braces behind the colon as a value");
  }
  if (open_.size() >= static_cast<std::size_t>(kMaxDepth)) {
    return refuse({at, at + 1}, "nested more than " + std::to_string(kMaxDepth) + " levels deep",
                  "no Kubernetes object nests this deep: check the brackets and the indentation");
  }
  Node node;
  node.begin = at;
  node.end = at;
  node.kind = kind;
  const std::uint32_t index = add(node);
  if (!anchor.empty()) anchors_[std::string(anchor)] = {index, 1, 0, true};
  open_.push_back({index, 0, 1, 0, std::string(anchor)});
  return true;
}

bool TreeBuilder::end(std::uint32_t at) {
  Frame frame = std::move(open_.back());
  open_.pop_back();
  nodes_[frame.node].end = at;
  if (!frame.anchor.empty()) {
    const auto found = anchors_.find(frame.anchor);
    // A later anchor of the same name inside this one has taken its place.
    if (found != anchors_.end() && found->second.node == frame.node) {
      found->second = {frame.node, frame.expanded, frame.height, false};
    }
  }
  account(frame.expanded, frame.height);
  return nodes_[frame.node].kind != NodeKind::kMapping || finish_mapping(frame);
}

void TreeBuilder::put_text(Node& node, std::string_view text) {
  const auto length = static_cast<std::uint32_t>(text.size());
  char prefix[sizeof length];
  std::memcpy(prefix, &length, sizeof length);
  pool_.append(prefix, sizeof length);
  node.data = static_cast<std::uint32_t>(pool_.size());
  pool_.append(text);
}

std::string_view TreeBuilder::text_of(const Node& node) const {
  if (node.data != 0) {
    std::uint32_t length = 0;
    std::memcpy(&length, pool_.data() + node.data - sizeof length, sizeof length);
    return std::string_view(pool_).substr(node.data, length);
  }
  const std::uint32_t quote = is_quoted(node.style) ? 1 : 0;
  return text_.substr(node.begin + quote, node.end - node.begin - 2 * quote);
}

// go-yaml's resolve(): an explicit tag must fit what the text resolves to; an int may be a float.
bool TreeBuilder::check_tag(const ScalarEvent& event) {
  const ScalarType type = resolve_plain(event.text);
  const auto must_be = [&](bool fits, const char* tag) {
    return fits ||
           refuse(event.range,
                  "the tag " + std::string(tag) + " does not fit the value " + shown(event.text),
                  "remove the tag or mend the value");
  };
  switch (event.tag) {
    case ScalarTag::kNull:
      return must_be(type == ScalarType::kNull, "!!null");
    case ScalarTag::kBool:
      return must_be(type == ScalarType::kBool, "!!bool");
    case ScalarTag::kInt:
      return must_be(type == ScalarType::kInt, "!!int");
    case ScalarTag::kFloat:
      return must_be(type == ScalarType::kFloat || type == ScalarType::kInt, "!!float");
    case ScalarTag::kNone:
    case ScalarTag::kString:
    case ScalarTag::kOther:
      break;
  }
  return true;
}

bool TreeBuilder::scalar(const ScalarEvent& event) {
  Node node;
  node.begin = event.range.begin;
  node.end = event.range.end;
  node.style = event.style;
  node.tag = event.tag;
  if (!check_tag(event)) return false;
  const bool plain = event.style == ScalarStyle::kPlain && event.tag == ScalarTag::kNone;
  const ScalarType type = plain ? resolve_plain(event.text) : ScalarType::kString;
  if (type == ScalarType::kFloat && !key_expected() && is_special_float(event.text)) {
    return refuse(
        event.range,
        "the number " + std::string(event.text) + " does not exist in JSON; kubectl refuses it",
        "quote it to make it a string");
  }
  if (key_expected() && type != ScalarType::kString) {
    if (type == ScalarType::kNull) {
      return refuse(event.range,
                    event.text.empty() ? "a key is missing before the colon"
                                       : "a key must not be null: " + shown(event.text),
                    event.text.empty() ? "write the key" : "quote it to make it a string");
    }
    if (type == ScalarType::kInt && !parse_int(event.text)) {
      return refuse(event.range,
                    "the number " + std::string(event.text) + " is too large for a key",
                    "quote it to make it a string");
    }
    const std::string key = json_key(event.text);
    node.tag = ScalarTag::kString;
    if (key != event.text) {
      put_text(node, key);
    }
  }
  if (node.data == 0 && text_of(node) != event.text) put_text(node, event.text);
  if (key_expected() && node.style == ScalarStyle::kPlain && !spaced_key_ &&
      is_unicode_space(read_code_point(event.text).value)) {
    spaced_key_ = node.begin;
  }
  const std::uint32_t index = add(node);
  if (!event.anchor.empty()) anchors_[std::string(event.anchor)] = {index, 1, 0, false};
  account(1, 0);
  return true;
}

bool TreeBuilder::alias(ByteRange range, std::string_view name) {
  const auto found = anchors_.find(std::string(name));
  std::string written = "*";
  written += name;
  if (found == anchors_.end()) {
    return refuse(range, "the alias " + written + " names no anchor in this document",
                  "define &" + std::string(name) + " above it; anchors do not reach past ---");
  }
  const Anchor anchor = found->second;
  if (anchor.open) {
    return refuse(range, "the alias " + written + " stands inside the value that it repeats",
                  "move the alias out of &" + std::string(name));
  }
  if (open_.size() + anchor.height > static_cast<std::size_t>(kMaxDepth)) {
    return refuse(range,
                  "with its aliases expanded this is nested more than " +
                      std::to_string(kMaxDepth) + " levels deep",
                  "write the values out instead of nesting aliases");
  }
  expanded_by_aliases_ += anchor.expanded;
  if (expanded_by_aliases_ > alias_budget_) {
    return refuse(range,
                  "the aliases of this document expand to more than " +
                      std::to_string(alias_budget_) + " values",
                  "write the values out instead of nesting aliases");
  }
  if (key_expected()) {
    // As a key an alias is its text; keys are scalars everywhere above.
    const Node target = nodes_[anchor.node];
    if (target.kind != NodeKind::kScalar) {
      return refuse(range, "the alias " + written + " stands for a mapping or list, but is a key",
                    "use a string as the key");
    }
    const std::string text(text_of(target));
    const bool plain = target.style == ScalarStyle::kPlain && target.tag == ScalarTag::kNone;
    Node node;
    node.begin = range.begin;
    node.end = range.end;
    node.tag = ScalarTag::kString;
    put_text(node, plain ? json_key(text) : text);
    add(node);
    account(1, 0);
    return true;
  }
  Node node;
  node.begin = range.begin;
  node.end = range.end;
  node.kind = NodeKind::kAlias;
  node.data = anchor.node;
  add(node);
  account(anchor.expanded, anchor.height);
  return true;
}

bool TreeBuilder::check_merge(std::uint32_t key, std::uint32_t value) {
  const auto follow = [&](std::uint32_t index) {
    return nodes_[index].kind == NodeKind::kAlias ? nodes_[index].data : index;
  };
  const std::uint32_t target = follow(value);
  bool fits = nodes_[target].kind == NodeKind::kMapping;
  // A list may itself not be an alias (decode.go, merge).
  if (!fits && target == value && nodes_[target].kind == NodeKind::kSequence) {
    fits = true;
    for (std::uint32_t item = nodes_[target].data == 0 ? 0 : target + 1; item != 0;
         item = nodes_[item].next) {
      fits = fits && nodes_[follow(item)].kind == NodeKind::kMapping;
    }
  }
  return fits ||
         refuse(range_of(nodes_[key]), "the merge key << needs a mapping or a list of mappings",
                "point it at an anchored mapping, or quote it to make it an ordinary key");
}

bool TreeBuilder::finish_mapping(const Frame& frame) {
  const std::uint32_t count = nodes_[frame.node].data / 2;
  nodes_[frame.node].distinct = true;
  if (count == 0) return true;
  // A generated mess need not be told in full.
  constexpr std::size_t kMostDuplicates = 100;
  bool distinct = true;
  const auto report = [&](std::uint32_t first, std::uint32_t again) {
    distinct = false;
    if (duplicates_.size() >= kMostDuplicates) return;
    const std::string key = shown(text_of(nodes_[again]));
    duplicates_.push_back(
        {ProblemKind::kDuplicateKey, range_of(nodes_[again]),
         "the key " + key + " stands here a second time; kubectl keeps only the last",
         "remove one of the two", range_of(nodes_[first]), "first " + key});
  };
  // Small mappings are compared pairwise: that is quicker than hashing.
  constexpr std::uint32_t kFew = 12;
  std::unordered_map<std::string_view, std::uint32_t> seen;
  for (std::uint32_t at = frame.node + 1; at != 0;) {
    const Node& key = nodes_[at];
    const std::string_view text = text_of(key);
    const std::uint32_t value = key.next;
    if (text == "<<" && key.style == ScalarStyle::kPlain && key.tag == ScalarTag::kNone) {
      if (!check_merge(at, value)) return false;
      distinct = false;
    } else if (count > kFew) {
      const auto [before, fresh] = seen.try_emplace(text, at);
      if (!fresh) {
        report(before->second, at);
        before->second = at;
      }
    } else {
      for (std::uint32_t other = nodes_[value].next; other != 0;) {
        if (text_of(nodes_[other]) == text) {
          report(at, other);
          break;
        }
        other = nodes_[nodes_[other].next].next;
      }
    }
    at = nodes_[value].next;
  }
  nodes_[frame.node].distinct = distinct;
  return true;
}

std::optional<LastScalar> TreeBuilder::last_scalar() const {
  if (nodes_.empty() || nodes_.back().kind != NodeKind::kScalar) return std::nullopt;
  return LastScalar{range_of(nodes_.back()), nodes_.back().style};
}

std::optional<std::uint32_t> TreeBuilder::innermost_open() const {
  if (open_.empty()) return std::nullopt;
  return nodes_[open_.back().node].begin;
}

bool TreeBuilder::root_is_plain_scalar() const {
  return nodes_.size() == 1 && nodes_.front().kind == NodeKind::kScalar &&
         nodes_.front().style == ScalarStyle::kPlain;
}

std::shared_ptr<const Tree> TreeBuilder::finish(std::shared_ptr<const SourceFile> source) const {
  return std::make_shared<const Tree>(std::move(source),
                                      std::vector<Node>(nodes_.begin(), nodes_.end()),
                                      std::string(pool_.data(), pool_.size()));
}

}  // namespace sts::kube
