#include "rollout/status/report/tables.h"

namespace sts::rollout {

std::string render_status_text(const StatusOutput& output, bool colour) {
  return render_for_people(output, Width::kNormal, colour);
}

}  // namespace sts::rollout
