#include "rollout/canary/plan.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace sts::rollout::canary {
namespace {

std::optional<kube::IntOrPercent> parse_step(std::string_view word) {
  if (word.ends_with('%')) return kube::parse_percent(word);
  kube::IntOrPercent step;
  const char* const end = word.data() + word.size();
  const auto [at, error] = std::from_chars(word.data(), end, step.value);
  if (error != std::errc{} || at != end) return std::nullopt;
  return step;
}

std::string text_of(const kube::IntOrPercent& step) {
  return std::to_string(step.value) + (step.percent ? "%" : "");
}

std::string_view trimmed(std::string_view word) {
  while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
  while (!word.empty() && word.back() == ' ') word.remove_suffix(1);
  return word;
}

}  // namespace

Result<std::vector<kube::IntOrPercent>> parse_steps(std::string_view text) {
  std::vector<kube::IntOrPercent> steps;
  while (true) {
    const std::size_t comma = text.find(',');
    const std::string_view word = trimmed(text.substr(0, comma));
    const auto step = parse_step(word);
    if (!step || step->value < 1 || (step->percent && step->value > 100)) {
      return fail("\"" + std::string(word) +
                  "\" is no step: a number of pods from 1, or a share from 1% to 100%");
    }
    steps.push_back(*step);
    if (comma == std::string_view::npos) return steps;
    text.remove_prefix(comma + 1);
  }
}

Result<std::vector<Stage>> stages(const Plan& plan, std::int64_t replicas) {
  if (plan.steps.empty()) return fail("a plan has at least one step");
  std::vector<Stage> result;
  std::int64_t before = 0;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const kube::IntOrPercent& step = plan.steps[i];
    const std::int64_t updated = std::clamp<std::int64_t>(
        kube::scaled(step, replicas, kube::Rounding::kUp), 1, std::max<std::int64_t>(replicas, 1));
    if (updated < before) {
      return fail("step " + text_of(step) + " is less than the one before it (" +
                  text_of(plan.steps[i - 1]) + " of " + std::to_string(replicas) + " pods)");
    }
    const bool pauses =
        std::find(plan.pause_after.begin(), plan.pause_after.end(), step) != plan.pause_after.end();
    if (updated == before) {
      result.back().pauses = result.back().pauses || pauses;
      continue;
    }
    result.push_back({updated, true, pauses, false});
    before = updated;
  }
  if (before != replicas) {
    return fail("the last step is " + text_of(plan.steps.back()) + ", " + std::to_string(before) +
                " of " + std::to_string(replicas) + " pods: a plan ends with all of them (100%)");
  }
  // While one pod is left at the baseline, that is still the set's current revision, and there is a
  // way back that does not touch the template.
  if (plan.hold && replicas > 1) {
    const std::int64_t earlier = result.size() > 1 ? result[result.size() - 2].updated : 0;
    const bool pauses = result.back().pauses;
    result.back() = {replicas, false, false, false};
    const Stage held{replicas - 1, true, pauses, true};
    if (earlier == replicas - 1) {
      result[result.size() - 2].holds = true;
      result[result.size() - 2].pauses = result[result.size() - 2].pauses || pauses;
    } else {
      result.insert(result.end() - 1, held);
    }
  }
  return result;
}

}  // namespace sts::rollout::canary
