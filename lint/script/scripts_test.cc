#include "lint/script/scripts.h"

#include "lint/index/testing.h"
#include "lint/script/kept.h"

#include <gtest/gtest.h>

#include <string>

namespace sts::lint {
namespace {

using testing::TestFile;

constexpr std::string_view kSet = R"(apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: prod}
spec:
  serviceName: db-peers
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
)";

// Each use of a set's pod spec as "container hook: tool names [where it is written]".
std::string uses(const std::string& spec, const std::vector<TestFile>& more = {}) {
  std::vector<TestFile> files = more;
  files.push_back({"db.yaml", std::string(kSet) + spec});
  const Index index = testing::project(files);
  const RuleContext context{index, index.options()};
  const auto scripts = pod_scripts(testing::object(index, Kind::kStatefulSet, "db"), context);
  std::string out;
  for (const PodScript& script : *scripts) {
    for (const NetUse& use : script.uses) {
      out += std::string(script.container.name) + ": " + use.net.name;
      for (const HostName& name : use.names) {
        static constexpr const char* kForms[] = {"label", "dotted", "fqdn", "external", "unknown"};
        out += " " + name.text + "(" + kForms[static_cast<int>(name.form)] + ")";
      }
      out += " <" + std::string(script.written(use.where)) + ">";
      if (!script.surely_run) out += " perhaps";
      if (script.timed) out += " timed";
      if (use.gating.gate == shell::Gate::kExit) out += " exit";
      if (use.gating.gate == shell::Gate::kLoop) out += " loop";
      out += "\n";
    }
  }
  return out;
}

TEST(PodScripts, ShellAndExecForm) {
  EXPECT_EQ(uses(R"(      initContainers:
        - name: wait
          command: [sh, -c, "until nslookup db-0.db-peers; do sleep 1; done"]
        - name: exec
          command: ["nslookup", "db-peers"]
        - name: args
          args: ["nslookup", "db-peers.prod.svc.cluster.local"]
        - name: joined
          command: ["/bin/sh"]
          args: ["-ec", "nslookup google.com\nstart"]
        - name: limited
          command: [timeout, "60", sh, -c, "until nc -z db-0.db-peers 5432; do sleep 1; done"]
        - name: entrypoint
          args: [--flag, nslookup]
)"),
            "wait: nslookup db-0.db-peers(dotted) <db-0.db-peers> loop\n"
            "exec: nslookup db-peers(label) <db-peers> exit\n"
            "args: nslookup db-peers.prod.svc.cluster.local(fqdn) "
            "<db-peers.prod.svc.cluster.local> exit\n"
            "joined: nslookup google.com(external) <google.com> exit\n"
            "limited: nc db-0.db-peers(dotted) <db-0.db-peers> timed loop\n");
}

TEST(PodScripts, HooksAndProbes) {
  EXPECT_EQ(uses(R"(      containers:
        - name: db
          command: ["sh", "-c", "nslookup a"]
          lifecycle:
            postStart: {exec: {command: ["sh", "-c", "nslookup b"]}}
            preStop: {exec: {command: ["sh", "-c", "nslookup c"]}}
          readinessProbe: {exec: {command: ["nslookup", "d"]}}
          startupProbe: {exec: {command: ["sh", "-c", "getent hosts e"]}}
)"),
            "db: nslookup a(label) <a>\n"
            "db: nslookup b(label) <b> exit\n"
            "db: nslookup c(label) <c>\n"
            "db: nslookup d(label) <d> exit\n"
            "db: getent e(label) <e> exit\n");
}

TEST(PodScripts, NamesFromTheEnvironmentAndThePod) {
  EXPECT_EQ(uses(R"(      initContainers:
        - name: i
          env:
            - {name: SVC, value: db-peers}
            - {name: HOST, value: db-0.$(SVC)}
            - {name: ME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
            - {name: NS, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
            - {name: SECRET, valueFrom: {secretKeyRef: {name: a, key: b}}}
          command:
            - sh
            - -c
            - |
              nslookup $(SVC)
              nslookup '$(ME).$(SVC)'
              nslookup $HOST
              nslookup ${ME}.db-peers.$NS.svc.cluster.local
              nslookup $(hostname).db-peers
              nslookup $(hostname -f)
              nslookup ${HOSTNAME%-*}-0.db-peers
              nslookup db-0.db-peers.$(cat /var/run/secrets/kubernetes.io/serviceaccount/namespace)
              nslookup $SECRET
              nslookup $SECRET.db-peers
              nslookup $(OTHER)
              nslookup $SECRET.prod.svc.cluster.local
)"),
            "i: nslookup db-peers(label) <$(SVC)>\n"
            "i: nslookup <POD>.db-peers(dotted) <'$(ME).$(SVC)'>\n"
            "i: nslookup db-0.db-peers(dotted) <$HOST>\n"
            "i: nslookup <POD>.db-peers.<NS>.svc.cluster.local(fqdn) "
            "<${ME}.db-peers.$NS.svc.cluster.local>\n"
            "i: nslookup <POD>.db-peers(dotted) <$(hostname).db-peers>\n"
            "i: nslookup <POD>.db-peers.<NS>.svc.cluster.local(fqdn) <$(hostname -f)>\n"
            "i: nslookup db-0.db-peers(dotted) <${HOSTNAME%-*}-0.db-peers>\n"
            "i: nslookup db-0.db-peers.<NS>(dotted) <db-0.db-peers.$(cat "
            "/var/run/secrets/kubernetes.io/serviceaccount/namespace)>\n"
            "i: nslookup <?>(unknown) <$SECRET>\n"
            "i: nslookup <?>.db-peers(unknown) <$SECRET.db-peers>\n"
            "i: nslookup <?>(unknown) <$(OTHER)>\n"
            "i: nslookup <?>.prod.svc.cluster.local(fqdn) <$SECRET.prod.svc.cluster.local> exit\n");
}

TEST(PodScripts, LoopsFunctionsAndVariables) {
  EXPECT_EQ(uses(R"(      containers:
        - name: c
          command: [bash, -c]
          args:
            - |
              wait_for() { until nc -z "$1" 5432; do sleep 1; done; }
              wait_for db-0.db-peers
              wait_for db-1.db-peers
              for i in 0 1; do ping -c1 db-$i.db-peers; done
              for i in $(seq 0 1); do ping -c1 a-$i; done
              for ((i=0; i<2; i++)); do ping -c1 b-$i; done
              for i in {1..2}; do ping -c1 c-$i; done
              HOSTS="x y"
              for h in $HOSTS; do curl -s http://$h:8080/health; done
              n=0; while [ $n -lt 3 ]; do ping db-$n; n=$((n+1)); done
              t=one; ping $t
)"),
            "c: nc db-0.db-peers(dotted) db-1.db-peers(dotted) <\"$1\"> loop\n"
            "c: ping db-0.db-peers(dotted) db-1.db-peers(dotted) <db-$i.db-peers>\n"
            "c: ping a-0(label) a-1(label) <a-$i>\n"
            "c: ping b-0(label) b-1(label) <b-$i>\n"
            "c: ping c-1(label) c-2(label) <c-$i>\n"
            "c: curl x(label) y(label) <http://$h:8080/health>\n"
            "c: ping db-<?>(unknown) <db-$n>\n"
            "c: ping one(label) <$t>\n");
}

TEST(PodScripts, ConfigMapScripts) {
  const TestFile map{"map.yaml", R"(apiVersion: v1
kind: ConfigMap
metadata: {name: scripts, namespace: prod}
data:
  wait.sh: |
    #!/bin/sh
    set -e
    . /scripts/lib
    nslookup db-peers
  lib: |
    nslookup library
  other.sh: nslookup other
  config.ini: |
    nslookup = yes
  tool.sh: |
    #!/usr/bin/python
    nslookup
)"};
  EXPECT_EQ(uses(R"(      initContainers:
        - name: i
          command: [/scripts/wait.sh]
          volumeMounts: [{name: s, mountPath: /scripts/}]
      volumes: [{name: s, configMap: {name: scripts, defaultMode: 0755}}]
)",
                 {map}),
            "i: nslookup db-peers(label) <db-peers> exit\n"
            "i: nslookup library(label) <library> exit\n"
            "i: nslookup other(label) <other> perhaps\n");
  EXPECT_EQ(uses(R"(      containers:
        - name: c
          command: [sh, -c, "exec /run.sh"]
          volumeMounts: [{name: s, mountPath: /run.sh, subPath: bin/run}]
      volumes:
        - name: s
          projected:
            sources: [{configMap: {name: scripts, items: [{key: other.sh, path: bin/run}]}}]
)",
                 {map}),
            "c: nslookup other(label) <other>\n");
}

TEST(PodScripts, ListsTooLongToCount) {
  EXPECT_EQ(uses(R"(      containers:
        - name: c
          command: [bash, -c]
          args:
            - |
              for i in {-5..9223372036854775807}; do ping a-$i; done
              for i in $(seq 1 9223372036854775807); do ping b-$i; done
              for i in $(seq -9223372036854775808 9223372036854775807); do ping c-$i; done
              for i in {9223372036854775807..9223372036854775807}; do ping d-$i; done
              for ((i=0; i<-9223372036854775808; i++)); do ping e-$i; done
              for ((i=-9; i<=9223372036854775807; i++)); do ping f-$i; done
              for i in {-2147483648..2147483647}; do ping g-$i; done
              for i in {2147483646..2147483647}; do ping h-$i; done
              for i in {0..32}; do ping i-$i; done
)"),
            "c: ping a-<?>(unknown) <a-$i>\n"
            "c: ping b-<?>(unknown) <b-$i>\n"
            "c: ping c-<?>(unknown) <c-$i>\n"
            "c: ping d-<?>(unknown) <d-$i>\n"
            "c: ping e-<?>(unknown) <e-$i>\n"
            "c: ping f-<?>(unknown) <f-$i>\n"
            "c: ping g-<?>(unknown) <g-$i>\n"
            "c: ping h-2147483646(label) h-2147483647(label) <h-$i>\n"
            "c: ping i-<?>(unknown) <i-$i>\n");
}

TEST(PodScripts, KeptForTheObjectsAskedLast) {
  std::vector<TestFile> files;
  for (std::size_t i = 0; i < kKeptObjects; ++i) {
    const std::string name = "set-" + std::to_string(i);
    files.push_back({name + ".yaml", testing::set(name)});
  }
  const Index index = testing::project(files);
  const RuleContext context{index, index.options()};
  const Object& first = index.objects()[0];
  const auto kept = pod_scripts(first, context);
  for (const Object& object : index.objects()) {
    const auto scripts = pod_scripts(object, context);
    EXPECT_EQ(pod_scripts(object, context), scripts);
  }
  EXPECT_EQ(pod_scripts(first, context), kept);
}

TEST(PodScripts, PatchedInAList) {
  const auto names = [](const std::string& patch) {
    const std::string file = R"(apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: Service, metadata: {name: db-peers}}
  - apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: db}
    spec:
      template:
        spec:
          containers:
            - name: c
              image: busybox:1.36
              command: [nslookup, command]
              readinessProbe: {exec: {command: [nslookup, probe]}}
              volumeMounts: [{name: s, mountPath: /scripts}]
          volumes: [{name: s, configMap: {name: scripts}}]
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: scripts}, data: {a.sh: nslookup file}}
)";
    std::vector<TestFile> files = {{"list.yaml", file}};
    if (!patch.empty()) {
      files.push_back({"kustomization.yaml",
                       "resources: [list.yaml]\npatches:\n  - target: {name: db|scripts}\n"
                       "    patch: |-\n      - {op: replace, path: " +
                           patch + ", value: x}\n"});
    }
    const Index index = testing::project(files);
    const RuleContext context{index, index.options()};
    const Object& set = testing::object(index, Kind::kStatefulSet, "db");
    std::string out;
    const auto scripts = pod_scripts(set, context);
    for (const PodScript& script : *scripts) {
      for (const NetUse& use : script.uses) {
        for (const HostName& name : use.names) out += name.text + " ";
      }
    }
    return out;
  };
  const std::string container = "/spec/template/spec/containers/0";
  EXPECT_EQ(names(""), "command probe file ");
  EXPECT_EQ(names("/spec/replicas"), "command probe file ");
  EXPECT_EQ(names(container + "/command"), "probe file ");
  EXPECT_EQ(names(container + "/readinessProbe"), "command file ");
  EXPECT_EQ(names("/data/a.sh"), "command probe ");
}

TEST(PodScripts, HostNames) {
  const Index index = testing::project(
      {{"db.yaml", std::string(kSet) + "      containers: []\n"}, {"svc.yaml", R"(apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
)"}});
  const RuleContext context{index, index.options()};
  const Object& set = testing::object(index, Kind::kStatefulSet, "db");
  const auto form = [&](std::string_view text) {
    static constexpr const char* kForms[] = {"label", "dotted", "fqdn", "external", "unknown"};
    return std::string(kForms[static_cast<int>(host_name(text, set, context).form)]);
  };
  EXPECT_EQ(form("web"), "label");
  EXPECT_EQ(form("WEB"), "label");
  EXPECT_EQ(form("web.shop"), "dotted");
  EXPECT_EQ(form("anything.shop"), "dotted");
  EXPECT_EQ(form("anything.svc"), "dotted");
  EXPECT_EQ(form("web.shop.svc"), "dotted");
  EXPECT_EQ(form("web.shop.svc.cluster.local"), "fqdn");
  EXPECT_EQ(form("web.shop.svc.cluster.local."), "fqdn");
  EXPECT_EQ(form("db-0.unknown"), "dotted");
  EXPECT_EQ(form("db-0.web.shop"), "dotted");
  EXPECT_EQ(form("kubernetes.default"), "dotted");
  EXPECT_EQ(form("_sql._tcp.web"), "label");
  EXPECT_EQ(form("web.com"), "external");
  EXPECT_EQ(form("www.example.org"), "external");
  EXPECT_EQ(form("other.place"), "external");
  EXPECT_EQ(form("10.0.0.1"), "external");
  EXPECT_EQ(form("::1"), "external");
  EXPECT_EQ(form("localhost"), "external");
  EXPECT_EQ(form("{{ .Values.host }}"), "unknown");
  EXPECT_EQ(form("a b"), "unknown");
  EXPECT_EQ(form(""), "unknown");
}

}  // namespace
}  // namespace sts::lint
