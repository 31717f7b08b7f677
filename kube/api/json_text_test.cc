#include "kube/api/json_text.h"

#include <gtest/gtest.h>

namespace sts::kube {
namespace {

TEST(GuardedMergePatch, PutsThePreconditionsIntoTheMetadata) {
  EXPECT_EQ(guarded_merge_patch(R"({"spec":{"replicas":2}})", {"u", "7"}),
            R"({"metadata":{"resourceVersion":"7","uid":"u"},"spec":{"replicas":2}})");
  EXPECT_EQ(guarded_merge_patch(R"({"metadata":{"labels":{"a":"b"}}})", {"u", ""}),
            R"({"metadata":{"labels":{"a":"b"},"uid":"u"}})");
  EXPECT_EQ(guarded_merge_patch("{ }", {}), "{ }");
}

TEST(GuardedMergePatch, RefusesWhatCannotHoldThem) {
  EXPECT_EQ(guarded_merge_patch("[]", {"u", ""}).error().message, "the patch is no JSON object");
  EXPECT_EQ(guarded_merge_patch(R"({"metadata":1})", {"u", ""}).error().message,
            "the patch's metadata is no JSON object");
  EXPECT_EQ(guarded_merge_patch("{\"a\":\"\xff\"}", {"u", ""}).error().message,
            "the patch is no JSON object");
}

TEST(GuardedJsonPatch, TestsBeforeItWrites) {
  EXPECT_EQ(guarded_json_patch(R"([{"op":"remove","path":"/spec"}])", {"u", "7"}),
            R"([{"op":"test","path":"/metadata/resourceVersion","value":"7"},)"
            R"({"op":"test","path":"/metadata/uid","value":"u"},{"op":"remove","path":"/spec"}])");
  EXPECT_EQ(guarded_json_patch("{}", {"u", ""}).error().message, "the patch is no JSON array");
}

TEST(DeleteOptionsText, SaysWhatIsAskedAndNoMore) {
  EXPECT_EQ(delete_options_text({}), R"({"apiVersion":"v1","kind":"DeleteOptions"})");
  DeleteOptions options;
  options.write.dry_run = true;
  options.only_if = {"u", "7"};
  options.propagation = Propagation::kOrphan;
  options.grace_period = std::chrono::seconds(0);
  EXPECT_EQ(delete_options_text(options),
            R"({"apiVersion":"v1","dryRun":["All"],"gracePeriodSeconds":0,"kind":"DeleteOptions",)"
            R"("preconditions":{"resourceVersion":"7","uid":"u"},"propagationPolicy":"Orphan"})");
}

TEST(AccessReview, AsksAndUnderstands) {
  Access access;
  access.verb = "get";
  access.resource = &kPods;
  access.subresource = "log";
  access.ns = "prod";
  EXPECT_EQ(access_review_text(access),
            R"({"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":)"
            R"({"resourceAttributes":{"group":"","namespace":"prod","resource":"pods",)"
            R"("subresource":"log","verb":"get"}}})");
  const auto answer = read_access_answer(R"({"status":{"allowed":false,"reason":"no"}})");
  ASSERT_TRUE(answer);
  EXPECT_FALSE(answer->allowed);
  EXPECT_EQ(answer->reason, "no");
  EXPECT_FALSE(read_access_answer(R"({"status":{"reason":"no"}})"));
  EXPECT_FALSE(read_access_answer("[]"));
}

TEST(ReadEnvelope, ReadsListsAndEvents) {
  const auto list = read_envelope(
      R"({"kind":"PodList","metadata":{"resourceVersion":"7","continue":"c"},"items":[0]})");
  ASSERT_TRUE(list);
  EXPECT_EQ(list->kind, "PodList");
  EXPECT_EQ(list->resource_version, "7");
  EXPECT_EQ(list->continue_token, "c");
  EXPECT_EQ(read_envelope(R"({"type":"ADDED","object":0})")->type, "ADDED");
  EXPECT_FALSE(read_envelope("{\"a\":[0,]}"));
  EXPECT_FALSE(read_envelope("[]"));
}

TEST(ReadGitVersion, IsThereOrNot) {
  EXPECT_EQ(read_git_version(R"({"major":"1","gitVersion":"v1.34.4"})"), "v1.34.4");
  EXPECT_EQ(read_git_version(R"({"gitVersion":1})"), std::nullopt);
  EXPECT_EQ(read_git_version("<html>"), std::nullopt);
}

}  // namespace
}  // namespace sts::kube
