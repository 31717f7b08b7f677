#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace sts::kube {

/// A moment as the API writes it: whole seconds, UTC.
using Time = std::chrono::sys_seconds;

/// "2026-03-01T12:00:00Z", with a fraction (MicroTime; cut off) or an offset: RFC 3339, as
/// metav1.Time and MicroTime are read. Nothing for anything else.
std::optional<Time> parse_time(std::string_view text);

/// "2026-03-01T12:00:00Z".
std::string to_string(Time time);

/// "45s", "5m3s", "3h12m", "4d2h", "2y30d": apimachinery pkg/util/duration/duration.go,
/// HumanDuration (v0.34). Below -1 s it is "<invalid>", up to 0 "0s": clocks differ.
std::string human_duration(std::chrono::seconds duration);

}  // namespace sts::kube
