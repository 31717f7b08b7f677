#include "kube/semantics/version.h"

#include "cmd/commands.h"
#include "cmd/exit_code.h"

namespace sts::cmd {

int run(const VersionCommand&) {
  const auto written = write_stdout("kubectl-sts " STS_VERSION "\nKubernetes up to " +
                                    kube::to_string(kube::kNewestKnown) + "\n");
  return written ? kClean : kBrokenInput;
}

}  // namespace sts::cmd
