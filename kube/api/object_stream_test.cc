#include "kube/api/object_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace sts::kube {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Fed = ObjectStream::Fed;
using Shape = ObjectStream::Shape;

struct Read {
  std::vector<std::string> pieces;
  std::vector<std::string> envelopes;
  std::string error;
  bool complete = false;
};

Read read(Shape shape, std::string_view text, std::size_t chunk) {
  Read read;
  ObjectStream stream(shape, {[&](std::string_view piece) {
                                read.pieces.emplace_back(piece);
                                return true;
                              },
                              [&](std::string_view envelope) {
                                read.envelopes.emplace_back(envelope);
                                return true;
                              }});
  for (std::size_t at = 0; at < text.size(); at += chunk) {
    if (stream.feed(text.substr(at, chunk)) == Fed::kBroken) {
      read.error = stream.error();
      return read;
    }
  }
  read.complete = stream.complete();
  return read;
}

// The chunks are nobody's business: every size must give the same.
Read read(Shape shape, std::string_view text) {
  Read whole = read(shape, text, text.size() + 1);
  for (const std::size_t chunk : {1, 2, 3, 7}) {
    const Read cut = read(shape, text, chunk);
    EXPECT_EQ(cut.pieces, whole.pieces) << chunk;
    EXPECT_EQ(cut.envelopes, whole.envelopes) << chunk;
    EXPECT_EQ(cut.error, whole.error) << chunk;
    EXPECT_EQ(cut.complete, whole.complete) << chunk;
  }
  return whole;
}

TEST(ObjectStream, CutsAListIntoItsItemsAndWhatIsAroundThem) {
  const Read list = read(Shape::kList, R"( {"kind":"PodList","items": [ {"a":1} ,
      {"b":"],}\"\\"},{"c":[{"items":[1]}]}],"metadata":{"items":[2]}} )"
                                       "\n");
  EXPECT_THAT(list.pieces,
              ElementsAre("{\"a\":1} ", R"({"b":"],}\"\\"})", R"({"c":[{"items":[1]}]})"));
  EXPECT_THAT(list.envelopes,
              ElementsAre(R"({"kind":"PodList","items":[0,0,0],"metadata":{"items":[2]}})"));
  EXPECT_TRUE(list.complete);
}

TEST(ObjectStream, AnEmptyListMayBeNull) {
  EXPECT_THAT(read(Shape::kList, R"({"items":null})").envelopes, ElementsAre(R"({"items":null})"));
  const Read empty = read(Shape::kList, R"({"items":[]})");
  EXPECT_THAT(empty.pieces, IsEmpty());
  EXPECT_THAT(empty.envelopes, ElementsAre(R"({"items":[]})"));
}

TEST(ObjectStream, WhatIsWrongShowsInAPieceOrInTheEnvelope) {
  EXPECT_THAT(read(Shape::kList, R"({"items":[1,,2,]})").envelopes,
              ElementsAre(R"({"items":[0,,0,]})"));
  EXPECT_THAT(read(Shape::kList, R"({"items":[{"a":1] ]})").pieces, ElementsAre("{\"a\":1] "));
  EXPECT_THAT(read(Shape::kList, R"({"items":[{} {}]})").pieces, ElementsAre("{} {}"));
  EXPECT_THAT(read(Shape::kList, R"({"items" x:[{}]})").envelopes,
              ElementsAre(R"({"items" x:[0]})"));
}

TEST(ObjectStream, SaysWhatCannotBeCut) {
  EXPECT_EQ(read(Shape::kList, "<html>").error, "it is no JSON object");
  EXPECT_EQ(read(Shape::kList, "[]").error, "it is no JSON object");
  EXPECT_EQ(read(Shape::kList, "{} {}").error, "something stands behind the list");
  EXPECT_EQ(read(Shape::kList, R"({"items":[],"items":[]})").error, "it has its objects twice");
  EXPECT_EQ(read(Shape::kList, R"({"items":[}]})").error, "its brackets do not match");
  using namespace std::string_literals;
  EXPECT_EQ(read(Shape::kList, "{\"items\":[{}\0x]}"s).error, "it holds a zero byte");
}

TEST(ObjectStream, KnowsWhetherTheEndIsTheEnd) {
  const std::string list = R"({"items":[{"a":"b"}]})";
  for (std::size_t size = 0; size < list.size(); ++size) {
    EXPECT_FALSE(read(Shape::kList, list.substr(0, size)).complete) << size;
  }
  const std::string events = R"({"type":"ADDED","object":{"a":1}})";
  EXPECT_TRUE(read(Shape::kWatch, "").complete);
  for (std::size_t size = 1; size < events.size(); ++size) {
    EXPECT_FALSE(read(Shape::kWatch, events.substr(0, size)).complete) << size;
  }
  EXPECT_TRUE(read(Shape::kWatch, events + "\n").complete);
}

TEST(ObjectStream, CutsAWatchIntoEventsEachEnvelopeBeforeItsObject) {
  std::vector<std::string> order;
  ObjectStream stream(Shape::kWatch, {[&](std::string_view piece) {
                                        order.emplace_back(piece);
                                        return true;
                                      },
                                      [&](std::string_view envelope) {
                                        order.emplace_back(envelope);
                                        return true;
                                      }});
  stream.feed(R"({"object":{"object":{}},"type":"ADDED"})"
              "\n"
              R"({"type":"X","object":null}{"type":"DELETED","object":{"b":2}})");
  EXPECT_THAT(order, ElementsAre(R"({"object":0,"type":"ADDED"})", R"({"object":{}})",
                                 R"({"type":"X","object":null})",
                                 R"({"type":"DELETED","object":0})", R"({"b":2})"));
}

TEST(ObjectStream, StopsWhereItIsTold) {
  int pieces = 0;
  ObjectStream stream(Shape::kList, {[&](std::string_view) { return ++pieces < 2; },
                                     [](std::string_view) { return true; }});
  EXPECT_EQ(stream.feed(R"({"items":[{},{},{},{}]})"), Fed::kStopped);
  EXPECT_EQ(pieces, 2);
}

TEST(ObjectStream, IsBoundedInDepthAndLength) {
  const std::string deep(300, '[');
  EXPECT_EQ(read(Shape::kList, "{\"items\":[" + deep, 1000).error,
            "an object is nested too deeply");
  EXPECT_EQ(read(Shape::kList, "{\"a\":" + deep, 1000).error, "it is nested too deeply");
  const std::string mebibyte(1 << 20, 'x');
  ObjectStream stream(
      Shape::kList, {[](std::string_view) { return true; }, [](std::string_view) { return true; }});
  stream.feed("{\"items\":[\"");
  int fed = 0;
  while (stream.feed(mebibyte) == Fed::kMore) ++fed;
  EXPECT_EQ(fed, 15);
  EXPECT_EQ(stream.error(), "an object is longer than 16 MiB");
}

}  // namespace
}  // namespace sts::kube
