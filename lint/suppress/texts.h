#pragma once

#include "kube/object/reader.h"

#include <cstdint>
#include <vector>

namespace sts::lint {

/// Where the quoted texts and blocks of text of a file lie: what looks like a comment in there is
/// none.
class Texts {
 public:
  /// Both must outlive it.
  Texts(const kube::SourceFile& source, const std::vector<kube::Document>& documents)
      : source_(source), documents_(documents) {}

  /// The text that holds a byte; empty for none.
  kube::ByteRange around(std::uint32_t offset) const;
  /// The text that begins in a line and ends in a later one; empty for none.
  kube::ByteRange beginning_in(kube::ByteRange line) const;
  /// The document that holds a byte has a tree. Also true outside of every document.
  bool is_read(std::uint32_t offset) const;
  bool all_read() const;

 private:
  const kube::Document* document_of(std::uint32_t offset) const;

  const kube::SourceFile& source_;
  const std::vector<kube::Document>& documents_;
};

}  // namespace sts::lint
