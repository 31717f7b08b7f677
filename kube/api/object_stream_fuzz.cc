#include "kube/api/json_text.h"
#include "kube/api/object.h"
#include "kube/api/object_stream.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

// Reading piece by piece is reading the whole: what nlohmann's parser takes as one list is cut into
// the same items, and what it refuses is refused. The first byte says how the text is chunked.

namespace {

using namespace sts::kube;
using Json = nlohmann::json;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

struct Read {
  bool valid = true;
  bool limited = false;  // refused for what JSON itself allows
  std::vector<Json> pieces;
  Json envelope;
};

Read read(ObjectStream::Shape shape, std::string_view text, std::size_t chunk) {
  Read read;
  ObjectStream stream(shape, {[&](std::string_view piece) {
                                (void)read_meta(piece);
                                read.pieces.push_back(Json::parse(piece, nullptr, false));
                                read.valid = read.valid && !read.pieces.back().is_discarded();
                                return true;
                              },
                              [&](std::string_view envelope) {
                                (void)read_envelope(envelope);
                                read.envelope = Json::parse(envelope, nullptr, false);
                                read.valid = read.valid && !read.envelope.is_discarded();
                                return true;
                              }});
  for (; !text.empty(); text.remove_prefix(std::min(chunk, text.size()))) {
    if (stream.feed(text.substr(0, chunk)) == ObjectStream::Fed::kBroken) {
      read.valid = false;
      read.limited = stream.error().find("nested") != std::string_view::npos ||
                     stream.error().find("twice") != std::string_view::npos;
      return read;
    }
  }
  read.valid = read.valid && stream.complete();
  return read;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t chunk = data[0] % 16 + 1;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);

  const Read list = read(ObjectStream::Shape::kList, text, chunk);
  const Read whole_chunk = read(ObjectStream::Shape::kList, text, text.size() + 1);
  require(list.valid == whole_chunk.valid && (!list.valid || list.pieces == whole_chunk.pieces),
          "chunks make no difference");
  const bool marked = text.starts_with("\xEF\xBB\xBF");  // skipped by the library alone
  const Json whole = Json::parse(text, nullptr, false);
  // The library takes a zero byte for the end.
  const bool zero = text.find('\0') != std::string_view::npos;
  require(!zero || !list.valid, "a zero byte is refused");
  if (!list.limited && !marked && !zero) {
    require(list.valid == whole.is_object(), "the verdict is the library's");
    if (list.valid && !list.pieces.empty()) {
      require(whole.find("items") != whole.end(), "pieces are items");
      // A later key of another spelling ("\u0069tems") may hide them from the library.
      const Json& items = whole["items"];
      const Json& replaced = list.envelope["items"];
      if (replaced.is_array() && replaced.size() == list.pieces.size()) {
        require(items == Json(list.pieces) || items == replaced, "the same items");
      }
    }
  }
  read(ObjectStream::Shape::kWatch, text, chunk);
  return 0;
}
