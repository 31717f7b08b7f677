#include "lint/script/dns_tool_use.h"

#include "lint/index/testing.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

// What all rules about DNS tools and about waits say of one container's script.
namespace sts::lint {
namespace {

using Messages = std::vector<std::string>;

constexpr std::string_view kProject = R"(apiVersion: v1
kind: Service
metadata: {name: mongo, namespace: prod}
spec: {clusterIP: None, selector: {app: mongo}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: mongo, namespace: prod}
spec:
  serviceName: mongo
  selector: {matchLabels: {app: mongo}}
  template:
    metadata: {labels: {app: mongo}}
    spec:
      containers: [{name: db, image: "mongo:7.0"}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: prod}
spec:
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
)";

Messages findings(const std::string& pod_spec) {
  const Index index = testing::project({{"all.yaml", std::string(kProject) + pod_spec}});
  const RuleContext context{index, index.options()};
  Findings findings;
  for (const Rule* rule : all_rules()) {
    if (rule->code < 201 || rule->code > 228) continue;
    for (const Object& object : index.objects()) rule->check(object, context, findings);
  }
  Messages messages;
  for (const Finding& finding : findings.all()) messages.push_back(finding.message);
  return messages;
}

// An init container of `image` that runs `script`.
Messages of_script(std::string_view image, std::string_view script) {
  std::string spec = "      containers: [{name: api, image: \"api:1\"}]\n      initContainers:\n";
  spec += "        - name: wait\n          image: " + std::string(image) +
          "\n          command: [sh, -c]\n          args:\n            - |\n              ";
  for (const char c : script) {
    spec += c;
    if (c == '\n') spec += "              ";
  }
  return findings(spec + "\n");
}

TEST(DnsToolUse, AFunctionIsNotTheTool) {
  const std::string wget = "nslookup() { wget -q -O- \"http://dns.example.com/$1\"; }\n";
  EXPECT_EQ(of_script("busybox:1.36", wget + "until nslookup mongo; do sleep 2; done"), Messages{});
  EXPECT_EQ(of_script("busybox:1.36", wget + "nslookup mongo | grep Address | awk '{print $2}'"),
            Messages{});
  EXPECT_EQ(of_script("busybox:1.29", wget + "while ! timed=1 nslookup mongo; do sleep 2; done"),
            Messages{});
  EXPECT_EQ(of_script("busybox", "function dig { true; }\nuntil dig +short mongo; do :; done"),
            Messages{});
}

TEST(DnsToolUse, AFunctionStandsForNoOtherCommand) {
  const std::string function = "wait_for() { nslookup \"$1\"; }\n";
  EXPECT_EQ(of_script("busybox:1.36", function + "until wait_for mongo; do sleep 2; done").size(),
            1U);
  EXPECT_EQ(of_script("busybox:1.36",
                      "nslookup() { command nslookup \"$1\"; }\nuntil nslookup mongo; do :; done")
                .size(),
            1U);
  EXPECT_EQ(of_script("busybox:1.36",
                      "nslookup() { true; }\nuntil busybox nslookup mongo; do sleep 2; done")
                .size(),
            1U);
}

TEST(DnsToolUse, InstalledToolsAreNotBusybox) {
  const std::string wait = "until nslookup mongo; do sleep 2; done";
  EXPECT_EQ(of_script("alpine:3.20", wait).size(), 1U);
  for (const char* install : {
           "apk add --no-cache bind-tools && ",
           "apk add --no-cache bind-tools; ",
           "apk add --no-cache bind-tools\n",
           "apk add --update bind-tools && ",
           "apk --update add bind-tools\n",
           "apk add -q bind-tools >/dev/null 2>&1\n",
           "apk -q --no-cache add bind-tools || exit 1\n",
           "set -ex\n/sbin/apk add --no-cache \\\n  bind-tools curl\n",
           "apk update && apk add bind-tools && ",
           "command -v dig || apk add bind-tools\n",
           "until apk add bind-tools; do sleep 1; done\n",
           "sudo apk add bind-tools\n",
           "sh -c 'apk add bind-tools'\n",
       }) {
    EXPECT_EQ(of_script("alpine:3.20", install + wait), Messages{}) << install;
    EXPECT_EQ(of_script("alpine", install + wait), Messages{}) << install;
    EXPECT_EQ(of_script("alpine:3.10", install + wait), Messages{}) << install;
  }
}

TEST(DnsToolUse, WhatTheCommandInstallsIsThereForTheProbes) {
  const auto spec = [](const std::string& command) {
    return "      containers:\n        - name: api\n          image: alpine:3.20\n" + command +
           "          readinessProbe: {exec: {command: [nslookup, mongo]}}\n"
           "          lifecycle:\n"
           "            postStart: {exec: {command: [sh, -c, \"until nslookup mongo; do :; "
           "done\"]}}\n";
  };
  EXPECT_EQ(findings(spec("          command: [sh, -c, serve]\n")).size(), 2U);
  EXPECT_EQ(findings(spec("          command:\n            - sh\n            - -c\n"
                          "            - apk add bind-tools && exec serve\n")),
            Messages{});
  EXPECT_EQ(findings(spec("          command: [/bin/sh, -ec]\n"
                          "          args: [\"apk add --no-cache bind-tools; exec serve\"]\n")),
            Messages{});
}

TEST(DnsToolUse, WhatOneContainerInstallsIsInNoOther) {
  EXPECT_EQ(findings(R"(      containers: [{name: api, image: "api:1"}]
      initContainers:
        - {name: first, image: "alpine:3.20", command: [apk, add, bind-tools]}
        - {name: wait, image: "alpine:3.20", command: [nslookup, mongo]}
)")
                .size(),
            1U);
}

}  // namespace
}  // namespace sts::lint
