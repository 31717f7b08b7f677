#pragma once

#include "kube/object/reader.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

// For the tests of this folder.

namespace sts::kube::testing {

inline std::vector<Document> read(std::string text, const ReadOptions& options = {}) {
  return read_documents(std::make_shared<const SourceFile>("x.yaml", std::move(text)), options);
}

inline std::string show(const SourceFile& source, ByteRange range) {
  const Span span = source.span(range);
  const auto place = [](Position p) {
    return std::to_string(p.line) + ":" + std::to_string(p.column);
  };
  return place(span.begin) + "-" + place(span.end);
}

/// All problems of a text as a person would read them: "1:2-1:3 syntax: what | what to do", and
/// where there is one " | 1:1-1:2 the related place".
inline std::vector<std::string> problems(const std::string& text, const ReadOptions& options = {}) {
  const auto source = std::make_shared<const SourceFile>("x.yaml", text);
  std::vector<std::string> out;
  for (const Document& document : read_documents(source, options)) {
    for (const Problem& problem : document.problems) {
      static constexpr const char* kNames[] = {"syntax",   "duplicate", "separator",
                                               "template", "oddity",    "dropped"};
      std::string line = show(*source, problem.where) + " " +
                         kNames[static_cast<int>(problem.kind)] + ": " + problem.message + " | " +
                         problem.fix;
      if (!problem.related_message.empty()) {
        line += " | " + show(*source, problem.related) + " " + problem.related_message;
      }
      out.push_back(std::move(line));
    }
  }
  return out;
}

inline std::string quote_json(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

/// A value as JSON on one line, as kubectl would make it (floats as written).
inline std::string json(const Value& value) {
  std::string out;
  if (value.is_mapping()) {
    for (const Entry& entry : value.entries()) {
      out += (out.empty() ? "" : ",") + quote_json(entry.key.text()) + ":" + json(entry.value);
    }
    return "{" + out + "}";
  }
  if (value.is_sequence()) {
    for (const Value item : value.items()) out += (out.empty() ? "" : ",") + json(item);
    return "[" + out + "]";
  }
  if (const auto truth = value.boolean()) return *truth ? "true" : "false";
  if (const auto number = value.integer()) return std::to_string(*number);
  if (!value.exists() || value.is_null()) return "null";
  if (value.type() == ScalarType::kFloat) return std::string(value.text());
  return quote_json(value.text());
}

/// Each document as JSON, "-" for one without a tree, "skipped" for a skipped one.
inline std::vector<std::string> trees(const std::string& text, const ReadOptions& options = {}) {
  std::vector<std::string> out;
  for (const Document& document : read(text, options)) {
    out.push_back(document.skipped ? "skipped" : document.tree ? json(document.tree->root()) : "-");
  }
  return out;
}

/// A text, and what reading it must give, as trees() and problems() write it.
struct Case {
  std::string text;
  std::vector<std::string> trees;
  std::vector<std::string> problems;
};

inline void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    EXPECT_EQ(trees(c.text), c.trees) << c.text;
    EXPECT_EQ(problems(c.text), c.problems) << c.text;
  }
}

}  // namespace sts::kube::testing
