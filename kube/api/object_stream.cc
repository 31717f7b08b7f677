#include "kube/api/object_stream.h"

#include "kube/object/tree.h"

namespace sts::kube {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// What one large object needed is not kept for thousands of small ones.
void clear(std::string& text) {
  constexpr std::size_t kKept = std::size_t{256} << 10;
  if (text.capacity() > kKept) {
    std::string().swap(text);
  } else {
    text.clear();
  }
}

}  // namespace

ObjectStream::Fed ObjectStream::broken(std::string_view why) {
  error_ = why;
  return Fed::kBroken;
}

// True: the byte belongs to a string, and says nothing about brackets.
bool ObjectStream::pass_string(char c) {
  if (!in_string_) {
    in_string_ = c == '"';
    return in_string_;
  }
  if (escaped_) {
    escaped_ = false;
  } else if (c == '\\') {
    escaped_ = true;
  } else if (c == '"') {
    in_string_ = false;
  }
  return true;
}

ObjectStream::Fed ObjectStream::feed(std::string_view text) {
  // nlohmann's parser takes a zero byte for the end, and would not look at what a piece holds
  // behind.
  if (text.find('\0') != std::string_view::npos) return broken("it holds a zero byte");
  while (!text.empty()) {
    Fed fed = Fed::kMore;
    switch (state_) {
      case State::kBetween:
        fed = between(text);
        break;
      case State::kEnvelope:
        fed = envelope(text);
        break;
      case State::kBeforeValue:
        fed = before_value(text);
        break;
      case State::kItems:
        fed = items(text);
        break;
      case State::kPiece:
        fed = piece(text);
        break;
    }
    if (fed != Fed::kMore) return fed;
  }
  return Fed::kMore;
}

ObjectStream::Fed ObjectStream::between(std::string_view& text) {
  const char c = text.front();
  if (is_blank(c)) {
    text.remove_prefix(1);
    return Fed::kMore;
  }
  if (ended_) return broken("something stands behind the list");
  if (c != '{') return broken("it is no JSON object");
  state_ = State::kEnvelope;
  split_ = false;
  return Fed::kMore;
}

ObjectStream::Fed ObjectStream::envelope(std::string_view& text) {
  const char c = text.front();
  text.remove_prefix(1);
  envelope_ += c;
  if (envelope_.size() > kMostEnvelope) return broken("what stands around its objects is too long");
  const bool inside = in_string_;
  if (pass_string(c)) {
    if (!inside) {
      key_.clear();
    } else if (in_string_ && depth_ == 1) {
      key_ += c;
    }
    return Fed::kMore;
  }
  if (c == '{' || c == '[') {
    if (++depth_ > kMaxDepth) return broken("it is nested too deeply");
  } else if (c == '}' || c == ']') {
    if (--depth_ == 0) return end_envelope();
  } else if (c == ':' && depth_ == 1 && key_ == (shape_ == Shape::kList ? "items" : "object")) {
    state_ = State::kBeforeValue;
  }
  return Fed::kMore;
}

ObjectStream::Fed ObjectStream::before_value(std::string_view& text) {
  const char c = text.front();
  if (is_blank(c)) {
    text.remove_prefix(1);
    return Fed::kMore;
  }
  state_ = State::kEnvelope;
  const bool list = shape_ == Shape::kList;
  // `null` is Go's empty slice; anything else is left for the envelope's reader to refuse.
  if (c != (list ? '[' : '{')) return Fed::kMore;
  if (split_) return broken("it has its objects twice");
  split_ = true;
  if (!list) return begin_piece(1);
  text.remove_prefix(1);
  envelope_ += c;
  depth_ = 2;
  state_ = State::kItems;
  return Fed::kMore;
}

ObjectStream::Fed ObjectStream::items(std::string_view& text) {
  const char c = text.front();
  if (!is_blank(c) && c != ',' && c != ']') {
    return c == '}' ? broken("its brackets do not match") : begin_piece(2);
  }
  text.remove_prefix(1);
  if (is_blank(c)) return Fed::kMore;
  envelope_ += c;
  if (envelope_.size() > kMostEnvelope) return broken("it has too many objects");
  if (c == ']') {
    depth_ = 1;
    state_ = State::kEnvelope;
  }
  return Fed::kMore;
}

ObjectStream::Fed ObjectStream::begin_piece(int depth) {
  envelope_ += '0';
  piece_depth_ = depth;
  state_ = State::kPiece;
  return Fed::kMore;
}

ObjectStream::Fed ObjectStream::piece(std::string_view& text) {
  std::size_t at = 0;
  bool ends = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (pass_string(c)) continue;
    if (c == '{' || c == '[') {
      if (++depth_ > kMaxDepth) return broken("an object is nested too deeply");
    } else if (depth_ == piece_depth_) {
      ends = c == ',' || c == ']' || c == '}';
      if (ends) break;
    } else if (c == '}' || c == ']') {
      --depth_;
    }
  }
  piece_.append(text.substr(0, at));
  text.remove_prefix(at);
  if (piece_.size() > kMostPiece) return broken("an object is longer than 16 MiB");
  return ends ? end_piece() : Fed::kMore;
}

ObjectStream::Fed ObjectStream::end_piece() {
  state_ = shape_ == Shape::kList ? State::kItems : State::kEnvelope;
  if (shape_ == Shape::kWatch) return Fed::kMore;  // kept until its envelope is complete
  if (!sink_.piece(piece_)) return Fed::kStopped;
  clear(piece_);
  return Fed::kMore;
}

ObjectStream::Fed ObjectStream::end_envelope() {
  state_ = State::kBetween;
  ended_ = shape_ == Shape::kList;
  if (!sink_.envelope(envelope_)) return Fed::kStopped;
  clear(envelope_);
  if (shape_ == Shape::kWatch && split_) {
    if (!sink_.piece(piece_)) return Fed::kStopped;
    clear(piece_);
  }
  return Fed::kMore;
}

}  // namespace sts::kube
