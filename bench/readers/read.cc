#include "kube/object/reader.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <cstdio>
#include <ctime>
#include <exception>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>

// bench_readers MODE FILE: reads one file as a whole and says what came of it, on one line:
// CPU seconds, documents, and "reads" or "refuses: why". MODE:
//   ours        the project's reader: libyaml's events into trees that are all kept
//   yaml-cpp    YAML::LoadAll, all nodes kept
//   yaml-cpp-events   yaml-cpp's parser with a handler that does nothing

namespace {

using namespace sts::kube;

struct Result {
  std::size_t documents = 0;
  std::string refusal;
};

Result read_ours(const std::string& text) {
  const auto source = std::make_shared<const SourceFile>("bench", text);
  const auto documents = read_documents(source);
  Result result;
  for (const Document& document : documents) {
    if (document.tree) ++result.documents;
    for (const Problem& problem : document.problems) {
      if (result.refusal.empty()) result.refusal = problem.message;
    }
  }
  return result;
}

Result read_with_yaml_cpp(const std::string& text) { return {YAML::LoadAll(text).size(), ""}; }

class Nothing : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

Result read_yaml_cpp_events(const std::string& text) {
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  Nothing nothing;
  Result result;
  while (parser.HandleNextDocument(nothing)) ++result.documents;
  return result;
}

Result read(std::string_view mode, const std::string& text) {
  try {
    if (mode == "ours") return read_ours(text);
    if (mode == "yaml-cpp") return read_with_yaml_cpp(text);
    return read_yaml_cpp_events(text);
  } catch (const std::exception& error) {
    return {0, error.what()};
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::ifstream file(argv[2], std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const std::clock_t start = std::clock();
  const Result result = read(argv[1], text);
  const double took = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  std::printf("%.4f %zu %s%s\n", took, result.documents,
              result.refusal.empty() ? "reads" : "refuses: ", result.refusal.c_str());
  return 0;
}
