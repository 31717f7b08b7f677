#include "kube/api/resource.h"

#include <gtest/gtest.h>

namespace sts::kube {
namespace {

TEST(PathOf, FollowsTheApisShape) {
  EXPECT_EQ(path_of(kPods, "prod"), "/api/v1/namespaces/prod/pods");
  EXPECT_EQ(path_of(kPods, ""), "/api/v1/pods");
  EXPECT_EQ(path_of(kPods, "prod", "web-0", "log"), "/api/v1/namespaces/prod/pods/web-0/log");
  EXPECT_EQ(path_of(kStatefulSets, "prod", "web"),
            "/apis/apps/v1/namespaces/prod/statefulsets/web");
  EXPECT_EQ(path_of(kNodes, "prod", "n1"), "/api/v1/nodes/n1");
}

TEST(PathOf, NamesCannotLeaveTheirSegment) {
  EXPECT_EQ(path_of(kPods, "a/b", "../c?d#e%"), "/api/v1/namespaces/a%2Fb/pods/..%2Fc%3Fd%23e%25");
}

TEST(Resource, IsNamedAsInRbacAndManifests) {
  EXPECT_EQ(group_resource(kPods), "pods");
  EXPECT_EQ(group_resource(kStatefulSets), "statefulsets.apps");
  EXPECT_EQ(api_version(kPods), "v1");
  EXPECT_EQ(api_version(kEndpointSlices), "discovery.k8s.io/v1");
}

}  // namespace
}  // namespace sts::kube
