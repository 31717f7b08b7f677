#include "rollout/report/style.h"

namespace sts::rollout {

std::string styled(Style style, const std::string& text, bool colour) {
  if (!colour || style == Style::kPlain || text.empty()) return text;
  const char* code = "";
  switch (style) {
    case Style::kPlain:
      break;
    case Style::kBold:
      code = "1";
      break;
    case Style::kDim:
      code = "2";
      break;
    case Style::kGood:
      code = "32";
      break;
    case Style::kBusy:
      code = "33";
      break;
    case Style::kBad:
      code = "1;31";
      break;
  }
  return "\x1b[" + std::string(code) + "m" + text + "\x1b[0m";
}

}  // namespace sts::rollout
