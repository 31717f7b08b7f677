#include "kube/object/reader.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

// Whatever the bytes: the reader ends, and its trees hold to what tree.h promises.

namespace {

using namespace sts::kube;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

void check_range(const SourceFile& source, ByteRange range) {
  require(range.begin <= range.end && range.end <= source.bytes().size(),
          "ranges lie in the source");
  const Span span = source.span(range);
  require(span.begin <= span.end && span.begin.line >= 1 && span.begin.column >= 1,
          "positions are in order");
}

// Follows a pointer as RFC 6901 says, over the nodes as they are written: no merging, and of equal
// keys any may be meant.
bool leads_to(const Tree& tree, std::uint32_t from, std::string_view pointer, std::uint32_t to) {
  if (pointer.empty()) return from == to;
  if (tree.node(from).data == 0) return false;
  const std::size_t slash = pointer.find('/', 1);
  const std::string_view rest =
      slash == std::string_view::npos ? std::string_view() : pointer.substr(slash);
  std::string step;
  const std::string_view token =
      pointer.substr(1, slash == std::string_view::npos ? slash : slash - 1);
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] == '~' && i + 1 < token.size()) {
      step += token[++i] == '1' ? '/' : '~';
    } else {
      step += token[i];
    }
  }
  if (tree.node(from).kind == NodeKind::kSequence) {
    std::uint32_t item = from + 1;
    for (unsigned long left = std::strtoul(step.c_str(), nullptr, 10); left > 0 && item != 0;
         --left) {
      item = tree.node(item).next;
    }
    return item != 0 && leads_to(tree, item, rest, to);
  }
  if (tree.node(from).kind != NodeKind::kMapping) return false;
  for (std::uint32_t key = from + 1; key != 0;) {
    const std::uint32_t value = tree.node(key).next;
    if (tree.text(key) == step && leads_to(tree, value, rest, to)) return true;
    key = tree.node(value).next;
  }
  return false;
}

class TreeCheck {
 public:
  explicit TreeCheck(const Tree& tree) : tree_(tree) {}

  void run() {
    if (tree_.size() == 0) return;
    require(subtree(0, 0) == tree_.size(), "every node belongs to the root");
    visit(tree_.root(), 0);
  }

 private:
  // Checks the nodes as they stand; returns where the subtree ends in preorder.
  std::uint32_t subtree(std::uint32_t index, int depth) {
    const Node& node = tree_.node(index);
    check_range(tree_.source(), {node.begin, node.end});
    if (node.kind == NodeKind::kScalar) {
      require(tree_.text(index).size() <= tree_.source().bytes().size() * 4 + 64,
              "texts are bounded");
      return index + 1;
    }
    if (node.kind == NodeKind::kAlias) {
      require(node.data < index, "an alias points back");
      require(tree_.node(node.data).kind != NodeKind::kAlias, "an alias points to a value");
      return index + 1;
    }
    require(depth < kMaxDepth, "nesting is bounded");
    const bool mapping = node.kind == NodeKind::kMapping;
    std::uint32_t count = 0;
    std::uint32_t at = index + 1;
    std::uint32_t last_begin = node.begin;
    for (std::uint32_t child = node.data == 0 ? 0 : at; child != 0; ++count) {
      require(child == at, "preorder");
      const Node& here = tree_.node(child);
      require(!mapping || count % 2 == 1 || here.kind == NodeKind::kScalar, "keys are scalars");
      require(here.begin >= last_begin && here.end <= node.end, "children lie inside, in order");
      last_begin = here.begin;
      at = subtree(child, depth + 1);
      child = here.next;
    }
    require(count == node.data, "children are counted");
    require(!mapping || count % 2 == 0, "keys have values");
    return at;
  }

  // Goes through the values as rules do, aliases and merges followed.
  void visit(const Value& value, int depth) {
    if (++visited_ > 50'000) return;
    require(depth <= kMaxDepth, "expanded nesting is bounded");
    check_range(tree_.source(), value.range());
    check_range(tree_.source(), value.key_range());
    if (pointers_ < 64) {
      ++pointers_;
      require(leads_to(tree_, 0, value.pointer(), value.site()), "pointers lead back");
    }
    if (value.is_scalar()) {
      const std::size_t size = value.text().size();
      for (const std::size_t offset : {std::size_t{0}, size / 2, size, size + 1}) {
        const std::uint32_t at = value.source_offset(offset);
        require(at <= tree_.source().bytes().size(), "offsets lie in the source");
      }
      (void)value.string();
      (void)value.integer();
      (void)value.boolean();
      (void)value.is_placeholder(true);
      return;
    }
    for (const Value item : value.items()) visit(item, depth + 1);
    for (const Entry& entry : value.entries()) {
      require(value.get(entry.key.text()) == entry.value, "get() and entries() agree");
      visit(entry.value, depth + 1);
    }
  }

  const Tree& tree_;
  std::size_t visited_ = 0;
  int pointers_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto source = std::make_shared<const SourceFile>("fuzz", bytes);
  std::uint32_t behind = 0;
  for (const Document& document : read_documents(source)) {
    check_range(*source, document.range);
    require(document.range.begin >= behind, "documents come in order");
    behind = document.range.end;
    for (const Problem& problem : document.problems) {
      check_range(*source, problem.where);
      check_range(*source, problem.related);
      require(!problem.message.empty() && !problem.fix.empty(),
              "a problem says what and what to do");
    }
    if (document.tree) TreeCheck(*document.tree).run();
  }
  ReadOptions picky;
  picky.wanted = [](std::string_view kind) { return kind == "Service"; };
  read_documents(source, picky);
  return 0;
}
