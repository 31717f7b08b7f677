#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace sts::kube {

/// Cuts a response that arrives in chunks into texts that nlohmann's parser, which cannot be fed in
/// chunks, then reads one at a time. It decides nothing about JSON but where a value ends: each
/// object is handed on as `piece`, and what stands around them, a `0` in the place of each, as
/// `envelope`. The response is valid JSON exactly if all pieces and the envelope are.
/// See docs/decisions/0003-lists-are-read-piece-by-piece.md.
class ObjectStream {
 public:
  enum class Shape : std::uint8_t {
    kList,   // one object; the pieces are the elements of its array "items"
    kWatch,  // any number of objects; the piece of each is the value of its "object"
  };
  /// Both return false to stop: the stream may have been destroyed by then. The views end with the
  /// call. Pieces of a list come at once, its envelope last; of a watch each envelope comes before
  /// its piece.
  struct Sink {
    std::function<bool(std::string_view)> piece;
    std::function<bool(std::string_view)> envelope;
  };
  /// The longest piece: etcd's limit for an object is 1.5 MiB, and escapes can make JSON longer.
  static constexpr std::size_t kMostPiece = std::size_t{16} << 20;
  static constexpr std::size_t kMostEnvelope = std::size_t{4} << 20;

  ObjectStream(Shape shape, Sink sink) : shape_(shape), sink_(std::move(sink)) {}

  enum class Fed : std::uint8_t { kMore, kStopped, kBroken };
  /// After kBroken error() says why, and nothing more must be fed.
  Fed feed(std::string_view chunk);
  /// Between two objects, or behind the only one: the response may end here.
  bool complete() const { return depth_ == 0 && (shape_ == Shape::kWatch || ended_); }
  /// For a message: "the response is no JSON".
  std::string_view error() const { return error_; }

 private:
  enum class State : std::uint8_t { kBetween, kEnvelope, kBeforeValue, kItems, kPiece };

  /// Each takes some of the text, at least one byte unless it changes the state.
  Fed between(std::string_view& text);
  Fed envelope(std::string_view& text);
  Fed before_value(std::string_view& text);
  Fed items(std::string_view& text);
  Fed piece(std::string_view& text);
  Fed begin_piece(int depth);
  Fed end_piece();
  Fed end_envelope();
  bool pass_string(char c);
  Fed broken(std::string_view why);

  Shape shape_;
  Sink sink_;
  State state_ = State::kBetween;
  int depth_ = 0;
  int piece_depth_ = 0;  // where the commas and brackets around a piece stand
  bool in_string_ = false;
  bool escaped_ = false;
  bool ended_ = false;  // kList: the object is closed
  bool split_ = false;  // this object has had its "items" or "object"
  std::string key_;     // the last string at depth 1, as it is written
  std::string piece_;
  std::string envelope_;
  std::string_view error_;
};

}  // namespace sts::kube
