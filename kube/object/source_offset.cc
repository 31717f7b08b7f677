#include "kube/object/tree.h"

namespace sts::kube {

std::uint32_t Value::source_offset(std::size_t offset) const {
  (void)offset;
  return range().begin;
}

}  // namespace sts::kube
