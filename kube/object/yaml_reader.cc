#include "kube/object/yaml_reader.h"

#include "kube/object/placeholder.h"

#include <yaml.h>

#include <cstring>
#include <string>

namespace sts::kube {
namespace {

std::string_view view(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

/// libyaml counts code points; everything else here counts bytes. Marks come nearly in order, so
/// walking from the last one is cheap.
class Offsets {
 public:
  Offsets(std::string_view text, ByteRange range) : text_(text), range_(range), byte_(range.begin) {
    ascii_ = true;
    for (const char c : text.substr(range.begin, range.end - range.begin)) {
      ascii_ = ascii_ && static_cast<unsigned char>(c) < 0x80;
    }
  }

  std::uint32_t byte(const yaml_mark_t& mark) {
    if (ascii_) {
      const std::uint64_t at = range_.begin + static_cast<std::uint64_t>(mark.index);
      return at < range_.end ? static_cast<std::uint32_t>(at) : range_.end;
    }
    while (index_ < mark.index && byte_ < range_.end) {
      do {
        ++byte_;
      } while (byte_ < range_.end && continues(byte_));
      ++index_;
    }
    while (index_ > mark.index && byte_ > range_.begin) {
      do {
        --byte_;
      } while (byte_ > range_.begin && continues(byte_));
      --index_;
    }
    return byte_;
  }

 private:
  bool continues(std::uint32_t at) const {
    return (static_cast<unsigned char>(text_[at]) & 0xC0) == 0x80;
  }

  std::string_view text_;
  ByteRange range_;
  bool ascii_ = true;
  std::size_t index_ = 0;
  std::uint32_t byte_ = 0;
};

class Parser {
 public:
  Parser(std::string_view text, ByteRange range)
      : text_(text), range_(range), offsets_(text, range) {
    ok_ = yaml_parser_initialize(&parser_) != 0;
    if (!ok_) return;
    // The encoding is settled: without this a document that begins with FF FE would be UTF-16.
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_,
                                 reinterpret_cast<const unsigned char*>(text.data() + range.begin),
                                 range.end - range.begin);
  }
  ~Parser() {
    release();
    if (ok_) yaml_parser_delete(&parser_);
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  bool next() {
    release();
    holds_event_ = ok_ && yaml_parser_parse(&parser_, &event_) != 0;
    return holds_event_;
  }

  const yaml_event_t& event() const { return event_; }
  std::uint32_t begin() { return offsets_.byte(event_.start_mark); }
  std::uint32_t end() { return offsets_.byte(event_.end_mark); }

  YamlError error() {
    YamlError error;
    if (!ok_ || parser_.error == YAML_MEMORY_ERROR || parser_.problem == nullptr) {
      error.problem = "out of memory";
      error.problem_at = error.context_at = range_.begin;
      return error;
    }
    error.problem = parser_.problem;
    if (parser_.error == YAML_READER_ERROR) {
      error.problem_at = range_.begin + static_cast<std::uint32_t>(parser_.problem_offset);
      error.context_at = error.problem_at;
      return error;
    }
    error.problem_at = offsets_.byte(parser_.problem_mark);
    error.context_at = error.problem_at;
    if (parser_.context != nullptr) {
      error.context = parser_.context;
      error.context_at = offsets_.byte(parser_.context_mark);
    }
    return error;
  }

 private:
  void release() {
    if (holds_event_) yaml_event_delete(&event_);
    holds_event_ = false;
  }

  std::string_view text_;
  ByteRange range_;
  Offsets offsets_;
  yaml_parser_t parser_{};
  yaml_event_t event_{};
  bool ok_ = false;
  bool holds_event_ = false;
};

ScalarTag tag_of(std::string_view tag) {
  constexpr std::string_view kCore = "tag:yaml.org,2002:";
  if (tag.empty()) return ScalarTag::kNone;
  if (!tag.starts_with(kCore)) return ScalarTag::kOther;
  tag.remove_prefix(kCore.size());
  if (tag == "str") return ScalarTag::kString;
  if (tag == "int") return ScalarTag::kInt;
  if (tag == "bool") return ScalarTag::kBool;
  if (tag == "float") return ScalarTag::kFloat;
  if (tag == "null") return ScalarTag::kNull;
  return ScalarTag::kOther;
}

ScalarStyle style_of(yaml_scalar_style_t style) {
  switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
      return ScalarStyle::kSingleQuoted;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
      return ScalarStyle::kDoubleQuoted;
    case YAML_LITERAL_SCALAR_STYLE:
      return ScalarStyle::kLiteral;
    case YAML_FOLDED_SCALAR_STYLE:
      return ScalarStyle::kFolded;
    default:
      return ScalarStyle::kPlain;
  }
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// libyaml's start mark of a node is that of its anchor or tag; the node itself stands behind them.
std::uint32_t skip_properties(std::string_view text, std::uint32_t at, std::uint32_t end) {
  while (at < end && (text[at] == '&' || text[at] == '!')) {
    while (at < end && !is_blank(text[at])) ++at;
    while (at < end && (is_blank(text[at]) || text[at] == '#')) {
      if (text[at] == '#') {
        while (at < end && text[at] != '\n') ++at;
      } else {
        ++at;
      }
    }
  }
  return at;
}

// A block scalar's end mark lies behind the line breaks that follow it.
std::uint32_t trim_end(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  while (end > begin && is_blank(text[end - 1])) --end;
  return end;
}

// `image: ##IMAGE##` is null and a comment to YAML, and a value to the tool that replaces it.
std::optional<ByteRange> hash_placeholder(std::string_view text, std::uint32_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  if (!text.substr(at).starts_with("##")) return std::nullopt;
  std::uint32_t end = at;
  while (end < text.size() && text[end] != '\n' && text[end] != '\r') ++end;
  end = trim_end(text, at, end);
  if (!has_placeholder(text.substr(at, end - at), false)) return std::nullopt;
  return ByteRange{at, end};
}

// apimachinery's LineReader ends every line with a break, the file's last one too; so a block of
// text there ends with one unless its header says otherwise.
bool lacks_last_break(std::string_view text, const ScalarEvent& event, std::uint32_t end) {
  if (end != text.size() || event.text.empty() || event.text.ends_with('\n')) return false;
  std::uint32_t at = event.range.begin + 1;
  while (at < event.range.end && text[at] >= '0' && text[at] <= '9') ++at;
  return at < event.range.end && text[at] != '-';
}

bool feed_scalar(std::string_view text, Parser& parser, TreeBuilder& builder) {
  const auto& data = parser.event().data.scalar;
  ScalarEvent event;
  event.range = {parser.begin(), parser.end()};
  event.style = style_of(data.style);
  event.tag = tag_of(view(data.tag));
  event.anchor = view(data.anchor);
  event.text = {reinterpret_cast<const char*>(data.value), data.length};
  if (!event.anchor.empty() || data.tag != nullptr) {
    event.range.begin = skip_properties(text, event.range.begin, event.range.end);
  }
  const bool is_block = event.style == ScalarStyle::kLiteral || event.style == ScalarStyle::kFolded;
  if (is_block) {
    event.range.end = trim_end(text, event.range.begin, event.range.end);
  }
  if (event.text.empty() && event.style == ScalarStyle::kPlain && data.tag == nullptr) {
    if (const auto hashes = hash_placeholder(text, event.range.end)) {
      event.range = *hashes;
      event.text = text.substr(hashes->begin, hashes->end - hashes->begin);
      event.tag = ScalarTag::kString;
    }
  }
  std::string ended;
  if (is_block && lacks_last_break(text, event, parser.end())) {
    ended = std::string(event.text) + "\n";
    event.text = ended;
  }
  return builder.scalar(event);
}

// libyaml ends a block collection where the next token begins; it ends with its last child.
std::uint32_t collection_end(Parser& parser, bool flow, std::uint32_t last_end) {
  return flow ? parser.end() : last_end;
}

// Reads events up to the end of the first document. False when the builder refused one.
enum class Step : std::uint8_t { kDone, kRefused, kBroken };

Step read_document(std::string_view text, Parser& parser, TreeBuilder& builder) {
  std::vector<bool> flow;
  std::uint32_t last_end = 0;
  while (parser.next()) {
    const yaml_event_t& event = parser.event();
    bool taken = true;
    switch (event.type) {
      case YAML_MAPPING_START_EVENT: {
        const auto& data = event.data.mapping_start;
        std::uint32_t at = parser.begin();
        if (data.anchor != nullptr || data.tag != nullptr) {
          at = skip_properties(text, at, static_cast<std::uint32_t>(text.size()));
        }
        flow.push_back(data.style == YAML_FLOW_MAPPING_STYLE);
        taken = builder.begin(NodeKind::kMapping, at, view(data.anchor));
        break;
      }
      case YAML_SEQUENCE_START_EVENT: {
        const auto& data = event.data.sequence_start;
        std::uint32_t at = parser.begin();
        if (data.anchor != nullptr || data.tag != nullptr) {
          at = skip_properties(text, at, static_cast<std::uint32_t>(text.size()));
        }
        flow.push_back(data.style == YAML_FLOW_SEQUENCE_STYLE);
        taken = builder.begin(NodeKind::kSequence, at, view(data.anchor));
        break;
      }
      case YAML_MAPPING_END_EVENT:
      case YAML_SEQUENCE_END_EVENT:
        last_end = collection_end(parser, flow.back(), last_end);
        flow.pop_back();
        taken = builder.end(last_end);
        break;
      case YAML_SCALAR_EVENT:
        taken = feed_scalar(text, parser, builder);
        last_end = builder.last_end();
        break;
      case YAML_ALIAS_EVENT:
        last_end = parser.end();
        taken = builder.alias({parser.begin(), last_end}, view(event.data.alias.anchor));
        break;
      case YAML_DOCUMENT_END_EVENT:
      case YAML_STREAM_END_EVENT:
        return Step::kDone;
      default:
        break;
    }
    if (!taken) return Step::kRefused;
  }
  return Step::kBroken;
}

}  // namespace

YamlOutcome read_yaml(std::string_view text, ByteRange range, TreeBuilder& builder) {
  YamlOutcome outcome;
  Parser parser(text, range);
  switch (read_document(text, parser, builder)) {
    case Step::kRefused:
      return outcome;
    case Step::kBroken:
      outcome.error = parser.error();
      return outcome;
    case Step::kDone:
      outcome.read = true;
      break;
  }
  if (parser.event().type == YAML_STREAM_END_EVENT) return outcome;
  // go-yaml's Unmarshal stops here; what follows is lost without a word.
  if (!parser.next()) {
    outcome.trailing = parser.error().problem_at;
  } else if (parser.event().type != YAML_STREAM_END_EVENT) {
    outcome.trailing = parser.begin();
  }
  return outcome;
}

}  // namespace sts::kube
