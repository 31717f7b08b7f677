#pragma once

#include "kube/object/tree.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::kube {

/// Reads fields of a document whose values may be secret, with the types that Go's JSON decoder
/// would insist on: null is the zero value, an unknown key is passed over. The first thing that is
/// wrong is kept, everything after it reads as empty.
class FieldReader {
 public:
  explicit FieldReader(const SourceFile& source) : source_(source) {}

  /// `name:line:column: …`, or empty.
  const std::string& error() const { return error_; }
  bool failed() const { return !error_.empty(); }
  void fail_at(const Value& value, const std::string& message);

  /// `value` must be a mapping or null.
  bool is_mapping(const Value& value, std::string_view what);
  bool is_sequence(const Value& value, std::string_view what);

  std::string text(const Value& mapping, std::string_view key);
  bool truth(const Value& mapping, std::string_view key);
  std::vector<std::string> texts(const Value& mapping, std::string_view key);
  std::map<std::string, std::vector<std::string>> text_lists(const Value& mapping,
                                                             std::string_view key);
  /// Decoded from base64.
  std::string data(const Value& mapping, std::string_view key);
  std::string text_of(const Value& value, std::string_view what);

 private:
  const SourceFile& source_;
  std::string error_;
};

/// The tree of the only document that Go would read of these bytes, the first; null where there is
/// none or it is empty. What the parser says about a place is passed on only where it quotes
/// nothing, for it may be a secret. Errors are `name:line:column: …`.
struct SecretDocument {
  std::shared_ptr<const SourceFile> source;
  std::shared_ptr<const Tree> tree;
  std::string error;
};
SecretDocument read_secret_document(std::string name, std::string bytes);

}  // namespace sts::kube
