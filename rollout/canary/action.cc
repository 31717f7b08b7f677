#include "rollout/canary/action.h"

#include <array>
#include <utility>

namespace sts::rollout::canary {
namespace {

constexpr std::array<std::pair<Request, std::string_view>, 6> kRequests{{
    {Request::kPause, "pause"},
    {Request::kResume, "resume"},
    {Request::kPromote, "promote"},
    {Request::kPromoteFull, "promote-full"},
    {Request::kAbort, "abort"},
    {Request::kRollback, "rollback"},
}};

}  // namespace

std::string_view to_string(Request request) {
  for (const auto& [each, name] : kRequests) {
    if (each == request) return name;
  }
  return "none";
}

std::optional<Request> parse_request(std::string_view word) {
  for (const auto& [request, name] : kRequests) {
    if (name == word) return request;
  }
  return std::nullopt;
}

int exit_code(Phase phase) {
  switch (phase) {
    case Phase::kComplete:
      return 0;
    case Phase::kPaused:
      return 3;
    case Phase::kFailed:
      return 4;
    case Phase::kAborted:
    case Phase::kRolledBack:
      return 5;
    case Phase::kInterfered:
      return 6;
    case Phase::kStuck:
      return 9;
    case Phase::kArmed:
    case Phase::kStepping:
    case Phase::kSoaking:
    case Phase::kHolding:
    case Phase::kFinishing:
    case Phase::kAborting:
    case Phase::kRollingBack:
      break;
  }
  return 10;
}

}  // namespace sts::rollout::canary
