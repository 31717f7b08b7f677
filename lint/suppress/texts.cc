#include "lint/suppress/texts.h"

#include <algorithm>

namespace sts::lint {
namespace {

// Nodes come in the order of the text, so the first one at or behind an offset is found by halves.
std::uint32_t first_node_from(const kube::Tree& tree, std::uint32_t offset) {
  std::uint32_t begin = 0;
  auto end = static_cast<std::uint32_t>(tree.size());
  while (begin < end) {
    const std::uint32_t middle = begin + (end - begin) / 2;
    if (tree.node(middle).begin < offset) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
}

}  // namespace

const kube::Document* Texts::document_of(std::uint32_t offset) const {
  const auto behind = std::upper_bound(
      documents_.begin(), documents_.end(), offset,
      [](std::uint32_t at, const kube::Document& document) { return at < document.range.begin; });
  return behind == documents_.begin() ? nullptr : &*std::prev(behind);
}

kube::ByteRange Texts::around(std::uint32_t offset) const {
  const kube::Document* const document = document_of(offset);
  if (document == nullptr || !document->tree) return {};
  const std::uint32_t index = first_node_from(*document->tree, offset);
  if (index == 0) return {};
  const kube::Node& node = document->tree->node(index - 1);
  if (node.kind != kube::NodeKind::kScalar || node.style == kube::ScalarStyle::kPlain ||
      offset >= node.end) {
    return {};
  }
  // A comment may stand behind the | or > that opens a block.
  const bool is_block =
      node.style == kube::ScalarStyle::kLiteral || node.style == kube::ScalarStyle::kFolded;
  if (is_block && source_.bytes().find('\n', node.begin) >= offset) return {};
  return {node.begin, node.end};
}

kube::ByteRange Texts::beginning_in(kube::ByteRange line) const {
  const kube::Document* const document = document_of(line.begin);
  if (document == nullptr || !document->tree) return {};
  const kube::Tree& tree = *document->tree;
  const std::uint32_t behind = first_node_from(tree, line.end);
  if (behind == 0) return {};
  const kube::Node& node = tree.node(behind - 1);
  const bool is_text = node.kind == kube::NodeKind::kScalar && node.begin >= line.begin;
  return is_text && node.end > line.end ? kube::ByteRange{node.begin, node.end} : kube::ByteRange{};
}

bool Texts::is_read(std::uint32_t offset) const {
  const kube::Document* const document = document_of(offset);
  return document == nullptr || document->tree != nullptr;
}

bool Texts::all_read() const {
  return std::all_of(documents_.begin(), documents_.end(),
                     [](const kube::Document& document) { return document.tree != nullptr; });
}

}  // namespace sts::lint
