#include "rollout/report/machine.h"
#include "rollout/status/report/document.h"

#include <nlohmann/json.hpp>

namespace sts::rollout {

std::string render_status_yaml(const StatusOutput& output, bool) {
  return to_yaml_text(status_document(output));
}

}  // namespace sts::rollout
