#include "kube/object/template.h"

#include "kube/object/testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sts::kube {
namespace {

using testing::check;

TEST(Template, ValuesBecomePlaceholders) {
  check({
      {"name: {{ .Release.Name }}-db\nimage: \"{{ .Values.image }}\"\n",
       {"{\"name\":\"{{ .Release.Name }}-db\",\"image\":\"{{ .Values.image }}\"}"},
       {"1:7-1:26 template: an unrendered template | render it and pipe it in: helm template . | "
        "kubectl sts lint -"}},
      {"metadata:\n  labels:\n    {{- include \"x.labels\" . | nindent 4 }}\n  name: x\n",
       {"{\"metadata\":{\"labels\":\"{{- include \\\"x.labels\\\" . | nindent 4 "
        "}}\",\"name\":\"x\"}}"},
       {"3:5-3:44 template: an unrendered template | render it and pipe it in: helm template . | "
        "kubectl sts lint -"}},
      {"a: db-{{ .Release.Name }}\n",
       {"{\"a\":\"db-{{ .Release.Name }}\"}"},
       {"1:4-1:26 template: an unrendered template | render it and pipe it in: helm template . | "
        "kubectl sts lint -"}},
      {"a: \"{{ include \"x\" . }}\"\nb: 1\n",
       {"{\"a\":\"{{ include \\\"x\\\" . }}\",\"b\":1}"},
       {"1:5-1:24 template: an unrendered template | render it and pipe it in: helm template . | "
        "kubectl sts lint -"}},
      {"{{ .Values.a }}: 1\n{{ .Values.b }}: 2\n",
       {"{\"{{ .Values.a }}\":1,\"{{ .Values.b }}\":2}"},
       {"1:1-1:16 template: an unrendered template | render it and pipe it in: helm template . | "
        "kubectl sts lint -"}},
      {"a: {{ .Values.a\n  | quote }}\nb: 1\n",
       {"{\"a\":\"{{ .Values.a\\n  | quote }}\",\"b\":1}"},
       {"1:4-2:13 template: an unrendered template | render it and pipe it in: helm template . | "
        "kubectl sts lint -"}},
      {"args: [{{ .Values.a }}, \"b\"]\n",
       {"{\"args\":[\"{{ .Values.a }}\",\"b\"]}"},
       {"1:8-1:23 template: an unrendered template | render it and pipe it in: helm template . | "
        "kubectl sts lint -"}},
      {"a: 1\n---\nb: {{ .Values.x }}\n---\nc: 3\n",
       {"{\"a\":1}", "{\"b\":\"{{ .Values.x }}\"}", "{\"c\":3}"},
       {"3:4-3:19 template: an unrendered template | render it and pipe it in: helm template . | "
        "kubectl sts lint -"}},
      {"{{/* comment\n more */}}\na: 1\n",
       {"{\"a\":1}"},
       {"1:1-2:11 template: an unrendered template | render it and pipe it in: ... | kubectl sts "
        "lint -"}},
  });
}

TEST(Template, WhatCannotBeKnownIsNotRead) {
  check({
      {"{{- if .Values.x }}\na: 1\n{{- end }}\n",
       {"-"},
       {"1:1-1:20 template: an unrendered template | render it and pipe it in: helm template . | "
        "kubectl sts lint -"}},
      {"labels:\n  a: b\n  {{- include \"x\" . | nindent 2 }}\n",
       {"-"},
       {"3:3-3:35 template: an unrendered template | render it and pipe it in: helm template . | "
        "kubectl sts lint -"}},
      {"a: {% if x %}1{% endif %}\n",
       {"-"},
       {"1:4-1:14 template: an unrendered template | render it and pipe it in: ... | kubectl sts "
        "lint -"}},
      {"a: {{ .Values.x }}\nb: [\n",
       {"-"},
       {"1:4-1:19 template: an unrendered template | render it and pipe it in: helm template . | "
        "kubectl sts lint -"}},
  });
}

TEST(Template, OfOtherTools) {
  check({
      {"replicas: @REPLICAS@\nimage: @IMG@:@TAG@\n",
       {"{\"replicas\":\"@REPLICAS@\",\"image\":\"@IMG@:@TAG@\"}"},
       {"1:11-1:21 template: an unrendered template | render it and pipe it in: ... | kubectl sts "
        "lint -"}},
      {"a: ${X}\nb: [${X}]\n",
       {"{\"a\":\"${X}\",\"b\":[\"${X}\"]}"},
       {"2:5-2:9 template: an unrendered template | render it and pipe it in: ... | kubectl sts "
        "lint -"}},
  });
}

TEST(Template, DataIsNoTemplate) {
  check({
      {"summary: Instance {{ $labels.instance }} down\n",
       {"{\"summary\":\"Instance {{ $labels.instance }} down\"}"},
       {}},
      {"a: |\n  {{ if x }}\n  {{ end }}\nb: 1\n",
       {"{\"a\":\"{{ if x }}\\n{{ end }}\\n\",\"b\":1}"},
       {}},
      {"# {{ .Values.x }}\na: 1\n", {"{\"a\":1}"}, {}},
      {"a: \"{{ x }}\"\nb: [\n",
       {"-"},
       {"2:4-2:5 syntax: this \"[\" is not closed | close it with \"]\", or quote the text if it "
        "is none"}},
  });
}

TEST(Template, PlaceholdersAreMarkedAsSuch) {
  const auto documents = testing::read("name: {{ .Values.a }}\nimage: x:{{ .Values.b }}\nc: d\n");
  ASSERT_EQ(documents.size(), 1U);
  const Value root = documents[0].tree->root();
  EXPECT_TRUE(root.get("name").is_placeholder());
  EXPECT_EQ(root.get("name").string(), std::nullopt);
  EXPECT_TRUE(root.get("image").is_placeholder());
  EXPECT_EQ(root.get("c").string(), "d");
}

TEST(Template, MasksKeepEveryOffset) {
  std::string text = "a: {{ .x }}\nb: |\n  {{ .y }}\n# {{ .z }}\nc: '{{ .v }}'\n";
  const TemplateMask mask = mask_templates(text, {0, static_cast<std::uint32_t>(text.size())});
  EXPECT_EQ(text, "a: <xxxxxx>\nb: |\n  {{ .y }}\n# {{ .z }}\nc: '<xxxxxx>'\n");
  EXPECT_TRUE(mask.found);
  EXPECT_FALSE(mask.helm);
  EXPECT_FALSE(mask.control);
  EXPECT_EQ(mask.where, (ByteRange{3, 11}));
}

}  // namespace
}  // namespace sts::kube
