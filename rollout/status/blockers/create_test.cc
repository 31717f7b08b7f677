#include "rollout/status/testing.h"

#include <gtest/gtest.h>

namespace sts::rollout {
namespace {

using namespace testing;

// A set of two whose second pod cannot be created.
std::string refused(const std::string& message, std::int64_t seconds_ago = 20) {
  Snapshot snapshot = snapshot_of(2);
  snapshot.pods.pop_back();
  snapshot.events.items = {failed_create_event(message, seconds_ago)};
  return blockers_of(snapshot);
}

TEST(QuotaBlocker, NamesTheQuota) {
  const std::string error =
      "create Pod web-1 in StatefulSet web failed error: pods \"web-1\" is forbidden: exceeded "
      "quota: team, requested: cpu=500m, used: cpu=2, limited: cpu=2";
  EXPECT_EQ(refused(error),
            "[quota] pod/web-1: web-1 cannot be created: ResourceQuota team of namespace shop is "
            "used up\n- FailedCreate: " +
                error +
                " (7 times, last 20s ago)\n> raise the quota, free what others use, or ask for "
                "less\n$ kubectl edit resourcequota team -n shop");
}

TEST(WebhookBlocker, TellsADenialFromSilence) {
  const std::string denied =
      "create Pod web-1 in StatefulSet web failed error: admission webhook "
      "\"policy.example.com\" denied the request: label team is missing";
  EXPECT_EQ(refused(denied),
            "[webhook] pod/web-1: web-1 cannot be created: admission webhook policy.example.com "
            "denies it\n- FailedCreate: " +
                denied +
                " (7 times, last 20s ago)\n> change the pod template to what the webhook's message "
                "asks for\n$ kubectl edit statefulset web -n shop");
  const std::string silent =
      "create Pod web-1 in StatefulSet web failed error: Internal error occurred: failed calling "
      "webhook \"policy.example.com\": failed to call webhook: connection refused";
  EXPECT_EQ(refused(silent),
            "[webhook] pod/web-1: web-1 cannot be created: admission webhook policy.example.com "
            "does not answer, and its failurePolicy is Fail\n- FailedCreate: " +
                silent +
                " (7 times, last 20s ago)\n> bring the webhook's own pods up\n$ kubectl get "
                "validatingwebhookconfigurations,mutatingwebhookconfigurations");
}

TEST(InvalidPodBlocker, SaysWhatIsRefused) {
  const std::string invalid =
      "create Pod web-1 in StatefulSet web failed error: Pod \"web-1\" is invalid: "
      "metadata.labels: Invalid value: must be no more than 63 characters";
  EXPECT_EQ(refused(invalid),
            "[invalid-pod] pod/web-1: web-1 cannot be created: the API server refuses it\n- "
            "FailedCreate: " +
                invalid +
                " (7 times, last 20s ago)\n> change the pod template to what the message asks "
                "for\n$ kubectl edit statefulset web -n shop");
  const auto first_line = [](const std::string& text) { return text.substr(0, text.find('\n')); };
  EXPECT_EQ(first_line(refused("create Pod web-1 in StatefulSet web failed error: pods \"web-1\" "
                               "is forbidden: error looking up service account shop/web: "
                               "serviceaccount \"web\" not found")),
            "[invalid-pod] pod/web-1: web-1 cannot be created: its ServiceAccount does not exist");
  EXPECT_EQ(first_line(refused("create Pod web-1 in StatefulSet web failed error: pods \"web-1\" "
                               "is forbidden: violates PodSecurity \"restricted:latest\": …")),
            "[invalid-pod] pod/web-1: web-1 cannot be created: namespace shop does not admit such "
            "pods (Pod Security)");
  const std::string claim = refused(
      "create Claim data-web-1 Pod web-1 in StatefulSet web failed error: "
      "PersistentVolumeClaim \"data-web-1\" is invalid: spec.resources: Required value");
  EXPECT_EQ(first_line(claim),
            "[invalid-pod] pod/web-1: web-1 cannot be created: the API server refuses its claim");
  EXPECT_EQ(claim.substr(claim.rfind("\n> ")),
            "\n> delete the set with its pods kept, and create it again with a mended claim "
            "template\n$ kubectl delete statefulset web --cascade=orphan -n shop");
}

TEST(CreateBlockers, OldEventsAndOtherPodsSayNothing) {
  const std::string error =
      "create Pod web-1 in StatefulSet web failed error: pods \"web-1\" is forbidden: exceeded "
      "quota: team, requested: cpu=500m";
  EXPECT_NE(refused(error, 1200), "");
  EXPECT_EQ(refused(error, 1201), "");
  EXPECT_EQ(refused("create Pod web-10 in StatefulSet web failed error: exceeded quota: team, x"),
            "");
  // The pod is there by now.
  Snapshot snapshot = snapshot_of(2);
  snapshot.events.items = {failed_create_event(error)};
  EXPECT_EQ(blockers_of(snapshot), "");
  // A set of the same name that was deleted.
  snapshot.pods.pop_back();
  snapshot.events.items[0].uid = "uid-before";
  EXPECT_EQ(blockers_of(snapshot), "");
}

TEST(ForeignPodBlocker, NamesWhoHasTheName) {
  Snapshot snapshot = snapshot_of(2);
  snapshot.pods[1].meta.owners = {{"apps/v1", "ReplicaSet", "other", "uid-other", true}};
  EXPECT_EQ(blockers_of(snapshot),
            "[foreign-pod] pod/web-1: Pod web-1 belongs to ReplicaSet other, so StatefulSet web "
            "cannot create its own\n> give the pods of ReplicaSet other another name, or delete "
            "it; then delete the pod\n$ kubectl delete pod web-1 -n shop");
  snapshot.pods[1].meta.owners.clear();
  EXPECT_EQ(blockers_of(snapshot), "");  // matches the selector: it is adopted
  snapshot.pods[1].meta.labels = {{"app", "other"}};
  EXPECT_EQ(blockers_of(snapshot),
            "[foreign-pod] pod/web-1: Pod web-1 belongs to nobody and does not match the selector "
            "app=web, so StatefulSet web cannot create its own\n> delete the pod; the controller "
            "then creates its own\n$ kubectl delete pod web-1 -n shop");
}

}  // namespace
}  // namespace sts::rollout
