#include "rollout/status/blockers/kinds.h"
#include "rollout/status/blockers/words.h"

namespace sts::rollout {
namespace {

// The name in `admission webhook "NAME" denied the request…`
// (apiserver admission/plugin/webhook/errors/statuserror.go) or `failed calling webhook "NAME": …`
// (…/webhook/request, ErrCallingWebhook).
std::string between_quotes(const std::string& text, std::string_view before) {
  const std::size_t at = text.find(before);
  if (at == std::string::npos) return "";
  const std::size_t begin = at + before.size();
  const std::size_t end = text.find('"', begin);
  return end == std::string::npos ? "" : text.substr(begin, end - begin);
}

}  // namespace

std::optional<Blocker> find_webhook(const View& view, const Member& member) {
  const kube::Event* const event = failed_create(view, member);
  if (event == nullptr) return std::nullopt;
  Blocker blocker;
  blocker.evidence = {event_text(view, *event)};
  if (const std::string name = between_quotes(event->message, "admission webhook \"");
      !name.empty()) {
    blocker.message = member.name + " cannot be created: admission webhook " + name + " denies it";
    blocker.way_out = "change the pod template to what the webhook's message asks for";
    blocker.command = view.kubectl("edit statefulset " + view.set().meta.name);
    return blocker;
  }
  if (const std::string name = between_quotes(event->message, "failed calling webhook \"");
      !name.empty()) {
    blocker.message = member.name + " cannot be created: admission webhook " + name +
                      " does not answer, and its failurePolicy is Fail";
    blocker.way_out = "bring the webhook's own pods up";
    blocker.command = "kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations";
    return blocker;
  }
  return std::nullopt;
}

}  // namespace sts::rollout
