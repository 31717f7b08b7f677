#include "lint/report/escape.h"

#include "kube/object/utf8.h"

namespace sts::lint {

CodePoint decode(std::string_view text, std::size_t at) {
  const kube::CodePoint c = kube::read_code_point(text.substr(at));
  return c.length == 0 ? CodePoint{} : CodePoint{c.value, c.length};
}

}  // namespace sts::lint
