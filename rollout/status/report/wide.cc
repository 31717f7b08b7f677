#include "rollout/status/report/tables.h"

namespace sts::rollout {

std::string render_status_wide(const StatusOutput& output, bool colour) {
  return render_for_people(output, Width::kWide, colour);
}

}  // namespace sts::rollout
