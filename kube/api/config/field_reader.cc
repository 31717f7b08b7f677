#include "kube/api/config/field_reader.h"

#include "kube/base64.h"
#include "kube/object/reader.h"

namespace sts::kube {
namespace {

std::string place(const SourceFile& source, std::uint32_t offset) {
  const Position position = source.position(offset);
  return source.name() + ":" + std::to_string(position.line) + ":" +
         std::to_string(position.column) + ": ";
}

const char* kind_of(const Value& value) {
  if (value.is_mapping()) return "a mapping";
  if (value.is_sequence()) return "a list";
  switch (value.type()) {
    case ScalarType::kNull:
      return "null";
    case ScalarType::kBool:
      return "true or false";
    case ScalarType::kInt:
    case ScalarType::kFloat:
      return "a number";
    case ScalarType::kString:
      break;
  }
  return "a text";
}

// The parser's words come with pieces of the text in quotes; one character gives nothing away.
bool quotes_the_text(const std::string& words) {
  if (words.find('\\') != std::string::npos) return true;
  for (std::size_t open = words.find('"'); open != std::string::npos;) {
    const std::size_t close = words.find('"', open + 1);
    if (close == std::string::npos) return open + 1 < words.size();
    if (close - open > 2) return true;
    open = words.find('"', close + 1);
  }
  return false;
}

std::string told_of(const Problem& problem) {
  if (problem.kind == ProblemKind::kTemplate) return "this is an unrendered template; render it";
  const std::string words = problem.message + "; " + problem.fix;
  if (!quotes_the_text(words)) return words;
  return "this is not valid YAML (the text may be secret and is not shown); compare the quotes and "
         "the indentation with the lines above";
}

}  // namespace

void FieldReader::fail_at(const Value& value, const std::string& message) {
  if (!failed()) error_ = place(source_, value.range().begin) + message;
}

bool FieldReader::is_mapping(const Value& value, std::string_view what) {
  if (!value) return false;
  if (value.is_mapping()) return !failed();
  fail_at(value, std::string(what) + " is " + kind_of(value) + ", but must be a mapping");
  return false;
}

bool FieldReader::is_sequence(const Value& value, std::string_view what) {
  if (!value) return false;
  if (value.is_sequence()) return !failed();
  fail_at(value, std::string(what) + " is " + kind_of(value) + ", but must be a list");
  return false;
}

std::string FieldReader::text_of(const Value& value, std::string_view what) {
  if (!value || failed()) return "";
  if (value.is_scalar() && value.type() == ScalarType::kString) return std::string(value.text());
  fail_at(value, std::string(what) + " is " + kind_of(value) + ", but must be a text" +
                     (value.is_scalar() ? "; put it in quotes" : ""));
  return "";
}

std::string FieldReader::text(const Value& mapping, std::string_view key) {
  return text_of(mapping.get(key), key);
}

bool FieldReader::truth(const Value& mapping, std::string_view key) {
  const Value value = mapping.get(key);
  if (!value || failed()) return false;
  if (value.is_scalar() && value.type() == ScalarType::kBool) {
    return value.boolean().value_or(false);
  }
  fail_at(value, std::string(key) + " is " + kind_of(value) + ", but must be true or false" +
                     (value.is_scalar() && value.type() == ScalarType::kString
                          ? "; write it without quotes"
                          : ""));
  return false;
}

std::vector<std::string> FieldReader::texts(const Value& mapping, std::string_view key) {
  std::vector<std::string> result;
  const Value list = mapping.get(key);
  if (!is_sequence(list, key)) return result;
  for (const Value item : list.items()) {
    result.push_back(text_of(item, "an item of " + std::string(key)));
  }
  return result;
}

std::map<std::string, std::vector<std::string>> FieldReader::text_lists(const Value& mapping,
                                                                        std::string_view key) {
  std::map<std::string, std::vector<std::string>> result;
  const Value lists = mapping.get(key);
  if (!is_mapping(lists, key)) return result;
  for (const Entry& entry : lists.entries()) {
    const std::string name(entry.key.text());
    result[name] = texts(lists, name);
  }
  return result;
}

std::string FieldReader::data(const Value& mapping, std::string_view key) {
  const std::string written = text(mapping, key);
  if (failed()) return "";
  auto bytes = from_base64(written);
  if (!bytes) {
    fail_at(mapping.get(key),
            std::string(key) + " is not valid base64; encode the file with: " + "base64 -w0 FILE");
    return "";
  }
  return std::move(*bytes);
}

SecretDocument read_secret_document(std::string name, std::string bytes) {
  SecretDocument result;
  result.source = std::make_shared<const SourceFile>(std::move(name), std::move(bytes));
  // sigs.k8s.io/yaml reads the first document of a file and looks at no other.
  for (const Document& document : read_documents(result.source)) {
    for (const Problem& problem : document.problems) {
      if (problem.kind == ProblemKind::kSyntax || problem.kind == ProblemKind::kTemplate) {
        result.error = place(*result.source, problem.where.begin) + told_of(problem);
        return result;
      }
    }
    if (document.tree && document.tree->size() > 0) {
      result.tree = document.tree;
      break;
    }
  }
  return result;
}

}  // namespace sts::kube
