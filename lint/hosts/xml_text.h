#pragma once

#include <cstddef>
#include <string_view>

namespace sts::lint {

/// As much of XML as configuration files of the Hadoop family and of ClickHouse show around a
/// value:
/// `<host>…</host>`, `<name>quorum</name> <value>…</value>`, comments.
class XmlText {
 public:
  explicit XmlText(std::string_view text) : text_(text), comment_(text.find("<!--")) {}

  /// Byte `at` is inside a comment. Ask in ascending order.
  bool in_comment(std::size_t at);

  /// The element whose text begins at `at`; for one called value, the text of the <name> beside it.
  /// "" where none does.
  std::string_view name_of(std::size_t at) const;

 private:
  std::string_view text_;
  std::size_t comment_;  // where the next one begins; npos for none
};

}  // namespace sts::lint
