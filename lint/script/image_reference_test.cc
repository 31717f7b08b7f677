#include "lint/script/image_reference.h"

#include <gtest/gtest.h>

#include <string>

namespace sts::lint {
namespace {

std::string read(std::string_view text) {
  const ImageReference image = parse_image(text);
  return image.domain + " " + image.path + " :" + image.tag + " @" + image.digest +
         (image.placeholder ? " placeholder" : "");
}

TEST(ImageReference, Parts) {
  EXPECT_EQ(read("busybox"), "docker.io library/busybox : @");
  EXPECT_EQ(read("busybox:1.28"), "docker.io library/busybox :1.28 @");
  EXPECT_EQ(read("docker.io/busybox"), "docker.io library/busybox : @");
  EXPECT_EQ(read("docker.io/library/busybox:1"), "docker.io library/busybox :1 @");
  EXPECT_EQ(read("registry-1.docker.io/library/busybox"), "docker.io library/busybox : @");
  EXPECT_EQ(read("bitnami/redis:7"), "docker.io bitnami/redis :7 @");
  EXPECT_EQ(read("localhost/busybox"), "localhost busybox : @");
  EXPECT_EQ(read("registry:5000/a/b/busybox:1.2-x"), "registry:5000 a/b/busybox :1.2-x @");
  EXPECT_EQ(read("quay.io/prometheus/busybox@sha256:00ff"),
            "quay.io prometheus/busybox : @sha256:00ff");
  EXPECT_EQ(read("busybox:1.36@sha256:00ff"), "docker.io library/busybox :1.36 @sha256:00ff");
  EXPECT_EQ(read(""), "docker.io  : @");
}

TEST(ImageReference, Placeholders) {
  for (const char* text : {"busybox:{{ .Values.tag }}", "${REGISTRY}/busybox", "busybox:@TAG@",
                           "busybox:##TAG##", "busybox:<tag>", "busybox:%TAG%"}) {
    EXPECT_TRUE(parse_image(text).placeholder) << text;
  }
  EXPECT_EQ(parse_image("busybox:${TAG}").name(), "busybox");
}

}  // namespace
}  // namespace sts::lint
