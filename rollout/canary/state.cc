#include "rollout/canary/state.h"

#include <nlohmann/json.hpp>

#include <array>
#include <stdexcept>
#include <utility>

namespace sts::rollout::canary {
namespace {

using nlohmann::json;

// Raised when a field changes its meaning: a driver that does not know it leaves the set alone.
constexpr int kVersion = 1;

constexpr std::array<std::pair<Phase, std::string_view>, 14> kPhases{{
    {Phase::kArmed, "Armed"},
    {Phase::kStepping, "Stepping"},
    {Phase::kSoaking, "Soaking"},
    {Phase::kHolding, "Holding"},
    {Phase::kFinishing, "Finishing"},
    {Phase::kComplete, "Complete"},
    {Phase::kPaused, "Paused"},
    {Phase::kFailed, "Failed"},
    {Phase::kInterfered, "Interfered"},
    {Phase::kAborting, "Aborting"},
    {Phase::kAborted, "Aborted"},
    {Phase::kRollingBack, "RollingBack"},
    {Phase::kRolledBack, "RolledBack"},
    {Phase::kStuck, "Stuck"},
}};

std::string text_of(const kube::IntOrPercent& count) {
  return std::to_string(count.value) + (count.percent ? "%" : "");
}

std::string steps_text(const std::vector<kube::IntOrPercent>& steps) {
  std::string text;
  for (const kube::IntOrPercent& step : steps) text += (text.empty() ? "" : ",") + text_of(step);
  return text;
}

std::string_view name_of(OnFailure what) {
  switch (what) {
    case OnFailure::kAbort:
      return "abort";
    case OnFailure::kRollback:
      return "rollback";
    case OnFailure::kPause:
      break;
  }
  return "pause";
}

json plan_json(const Plan& plan) {
  return {{"steps", steps_text(plan.steps)},
          {"soak", plan.soak.count()},
          {"podDeadline", plan.pod_deadline.count()},
          {"pace", plan.pace == Pace::kPod ? "pod" : "step"},
          {"hold", plan.hold},
          {"onFailure", name_of(plan.on_failure)},
          {"pauseAfter", steps_text(plan.pause_after)},
          {"maxFlaps", plan.max_flaps},
          {"maxRestarts", plan.max_restarts},
          {"lease", plan.lease.count()},
          {"ignoreBudget", plan.ignore_budget},
          {"allowTagDrift", plan.allow_tag_drift}};
}

// Throws what nlohmann throws: parse_state stops it.
Plan read_plan(const json& from) {
  Plan plan;
  const auto steps = [&](const char* key) {
    const std::string text = from.at(key).get<std::string>();
    if (text.empty()) return std::vector<kube::IntOrPercent>();
    auto parsed = parse_steps(text);
    if (!parsed) throw std::invalid_argument(parsed.error().message);
    return std::move(*parsed);
  };
  const auto seconds = [&](const char* key) {
    return std::chrono::seconds(from.at(key).get<std::int64_t>());
  };
  plan.steps = steps("steps");
  plan.soak = seconds("soak");
  plan.pod_deadline = seconds("podDeadline");
  plan.pace = from.at("pace").get<std::string>() == "step" ? Pace::kStep : Pace::kPod;
  plan.hold = from.at("hold").get<bool>();
  const std::string failure = from.at("onFailure").get<std::string>();
  plan.on_failure = failure == "abort"      ? OnFailure::kAbort
                    : failure == "rollback" ? OnFailure::kRollback
                                            : OnFailure::kPause;
  plan.pause_after = steps("pauseAfter");
  plan.max_flaps = from.at("maxFlaps").get<std::int64_t>();
  plan.max_restarts = from.at("maxRestarts").get<std::int64_t>();
  plan.lease = seconds("lease");
  plan.ignore_budget = from.at("ignoreBudget").get<bool>();
  plan.allow_tag_drift = from.at("allowTagDrift").get<bool>();
  return plan;
}

kube::IntOrPercent read_count(const json& from) {
  const std::string text = from.get<std::string>();
  if (const auto percent = kube::parse_percent(text)) return *percent;
  return {std::stoll(text), false};
}

kube::Time read_time(const json& from) {
  const auto time = kube::parse_time(from.get<std::string>());
  if (!time) throw std::invalid_argument("a time is none");
  return *time;
}

Phase read_phase(const json& from) {
  const auto phase = parse_phase(from.get<std::string>());
  if (!phase) throw std::invalid_argument("phase \"" + from.get<std::string>() + "\"");
  return *phase;
}

State read_state(const json& from) {
  State state;
  state.id = from.at("id").get<std::string>();
  state.uid = from.at("uid").get<std::string>();
  state.epoch = from.at("epoch").get<std::int64_t>();
  state.phase = read_phase(from.at("phase"));
  state.resume_to = read_phase(from.at("resumeTo"));
  state.stage = from.at("stage").get<std::size_t>();
  state.kept = from.at("kept").get<std::int64_t>();
  state.released = from.at("released").get<std::int64_t>();
  state.base = from.at("base").get<std::string>();
  state.can = from.at("can").get<std::string>();
  if (!from.at("origPartition").is_null()) {
    state.original_partition = from.at("origPartition").get<std::int64_t>();
  }
  state.replicas = from.at("replicas").get<std::int64_t>();
  state.start = from.at("start").get<std::int64_t>();
  state.min_ready_seconds = from.at("minReadySeconds").get<std::int64_t>();
  if (!from.at("maxUnavailable").is_null()) {
    state.max_unavailable = read_count(from.at("maxUnavailable"));
  }
  state.strategy = from.at("strategy").get<std::string>();
  state.plan = read_plan(from.at("plan"));
  state.began = read_time(from.at("began"));
  if (!from.at("soakUntil").is_null()) state.soak_until = read_time(from.at("soakUntil"));
  state.generation = from.at("generation").get<std::int64_t>();
  state.reason = from.at("reason").get<std::string>();
  return state;
}

}  // namespace

std::string_view to_string(Phase phase) {
  for (const auto& [each, name] : kPhases) {
    if (each == phase) return name;
  }
  return "";
}

std::optional<Phase> parse_phase(std::string_view word) {
  for (const auto& [phase, name] : kPhases) {
    if (name == word) return phase;
  }
  return std::nullopt;
}

std::string to_json(const State& state) {
  const json out = {
      {"v", kVersion},
      {"id", state.id},
      {"uid", state.uid},
      {"epoch", state.epoch},
      {"phase", to_string(state.phase)},
      {"resumeTo", to_string(state.resume_to)},
      {"stage", state.stage},
      {"kept", state.kept},
      {"released", state.released},
      {"base", state.base},
      {"can", state.can},
      {"origPartition", state.original_partition ? json(*state.original_partition) : json()},
      {"replicas", state.replicas},
      {"start", state.start},
      {"minReadySeconds", state.min_ready_seconds},
      {"maxUnavailable", state.max_unavailable ? json(text_of(*state.max_unavailable)) : json()},
      {"strategy", state.strategy},
      {"plan", plan_json(state.plan)},
      {"began", kube::to_string(state.began)},
      {"soakUntil", state.soak_until ? json(kube::to_string(*state.soak_until)) : json()},
      {"generation", state.generation},
      {"reason", state.reason},
  };
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<State> parse_state(std::string_view text) {
  try {
    const json from = json::parse(text);
    const int version = from.at("v").get<int>();
    if (version != kVersion) {
      return fail("the canary's state is of version " + std::to_string(version) +
                  ", this program knows " + std::to_string(kVersion) +
                  ": use the kubectl-sts that began it");
    }
    return read_state(from);
  } catch (const std::exception& problem) {
    return fail("the annotation " + std::string(kStateAnnotation) +
                " is not what a canary writes: " + problem.what());
  }
}

}  // namespace sts::rollout::canary
