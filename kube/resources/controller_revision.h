#pragma once

#include "kube/resources/metadata.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>

namespace sts::kube {

/// apps/v1 ControllerRevision.
struct ControllerRevision {
  Metadata meta;
  std::int64_t revision = 0;  // what `kubectl rollout undo --to-revision` takes
  /// `data` as compact JSON: the strategic merge patch that restores the template. Empty where it
  /// was not asked for.
  std::string data;

  enum class KeepData : bool { kNo, kYes };
  static Result<ControllerRevision> from_json(const nlohmann::json& json,
                                              KeepData keep = KeepData::kNo);
};

}  // namespace sts::kube
