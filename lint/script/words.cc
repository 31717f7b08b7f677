#include "lint/script/scripts.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>

// What words stand for: PodScript::texts().
namespace sts::lint {

namespace {

using shell::kNoNode;
using shell::Node;
using shell::NodeId;
using shell::NodeKind;
using shell::Part;
using shell::PartKind;
using shell::Word;
using Texts = std::vector<std::string>;

constexpr int kMaxDepth = 6;

Texts anything() { return {std::string(kAnything)}; }

// Held to 32 bits, so that what is counted from it never overflows: no set has more pods.
std::optional<std::int64_t> number(std::string_view text) {
  std::int32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// first, first+1 … last; nothing where that is no short list.
Texts range_of(std::optional<std::int64_t> first, std::optional<std::int64_t> last) {
  if (!first || !last || *last < *first) return anything();
  const std::int64_t count = *last - *first + 1;
  if (count > static_cast<std::int64_t>(PodScript::kMaxTexts)) return anything();
  Texts texts;
  for (std::int64_t i = 0; i < count; ++i) texts.push_back(std::to_string(*first + i));
  return texts;
}

Texts joined(const Texts& left, const Texts& right) {
  if (left.size() * right.size() > PodScript::kMaxTexts) return anything();
  Texts texts;
  for (const std::string& l : left) {
    for (const std::string& r : right) {
      // Variables of variables double with every step.
      if (!l.empty() && l.size() + r.size() > PodScript::kMaxJoined) return anything();
      texts.push_back(l + r);
    }
  }
  return texts;
}

bool mentions(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const auto is_name = [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
    };
    const bool left = at == 0 || !is_name(text[at - 1]);
    const bool right = at + name.size() >= text.size() || !is_name(text[at + name.size()]);
    if (left && right) return true;
  }
  return false;
}

class Resolver {
 public:
  explicit Resolver(const PodScript& owner) : owner_(owner), script_(owner.script) {}

  Texts word(const Word& word, NodeId at, int depth) const {
    if (word.parts.size() > 64) return anything();
    Texts texts = {""};
    for (const Part& each : word.parts) texts = joined(texts, part(each, at, depth));
    return texts;
  }

 private:
  Texts part(const Part& part, NodeId at, int depth) const {
    if (depth > kMaxDepth) return anything();
    switch (part.kind) {
      case PartKind::kLiteral:
        return {part.text};
      case PartKind::kKubernetes:
        return environment(part.text).value_or(anything());
      case PartKind::kVariable:
        return operation(part.op, variable(part.text, at, depth + 1));
      case PartKind::kSubstitution:
        return substitution(part.body, depth + 1);
      case PartKind::kArithmetic:
        return anything();
    }
    return anything();
  }

  std::optional<Texts> environment(std::string_view name) const {
    if (!owner_.environment) return std::nullopt;
    const auto found = owner_.environment->find(name);
    if (found == owner_.environment->end()) return std::nullopt;
    return found->second.texts;
  }

  Texts operation(std::string_view op, const Texts& values) const {
    // A value that is there wins over any default.
    if (op.empty() || op.starts_with(":-") || op.starts_with("-") || op.starts_with(":=") ||
        op.starts_with(":?")) {
      return values;
    }
    const bool own_pod = values.size() == 1 && values[0] == kOwnPod;
    if (own_pod &&
        (op == "%-*" || (op == "%%-*" && owner_.set_name.find('-') == std::string::npos)) &&
        !owner_.set_name.empty()) {
      return {owner_.set_name};
    }
    if (op == "%%.*") {
      Texts texts;
      for (const std::string& value : values) texts.push_back(value.substr(0, value.find('.')));
      return texts;
    }
    return anything();
  }

  Texts variable(const std::string& name, NodeId at, int depth) const {
    if (depth > kMaxDepth || --budget_ < 0) return anything();
    if (name.size() == 1 && name[0] >= '1' && name[0] <= '9') {
      return positional(static_cast<std::size_t>(name[0] - '0'), at, depth);
    }
    if (const NodeId loop = for_loop(name, at); loop != kNoNode) return list(loop, depth);
    const Word* value = nullptr;
    Word argument;  // export x=…
    NodeId where = kNoNode;
    int assignments = 0;
    for (NodeId id = 0; id < script_.nodes.size(); ++id) {
      const Node& node = script_.at(id);
      for (const auto& assignment : node.assignments) {
        if (assignment.name != name) continue;
        ++assignments;
        if (assignment.append || assignment.array) return anything();
        value = &assignment.value;
        where = id;
      }
      if (changes(node, name)) return anything();
      if (node.kind != NodeKind::kCommand || node.words.empty()) continue;
      if (!node.words[0].is("export") && !node.words[0].is("local") &&
          !node.words[0].is("readonly") && !node.words[0].is("declare")) {
        continue;
      }
      for (const Word& word : node.words) {
        if (word.parts.empty() || word.parts[0].kind != PartKind::kLiteral ||
            !word.parts[0].text.starts_with(name + "=")) {
          continue;
        }
        ++assignments;
        argument = word;
        argument.parts[0].text.erase(0, name.size() + 1);
        value = &argument;
        where = id;
      }
    }
    if (assignments > 1) return anything();
    if (assignments == 1) {
      // x=${x:-y} keeps what the environment gave.
      for (const Part& part : value->parts) {
        if (part.kind == PartKind::kVariable && part.text == name) {
          return environment(name).value_or(anything());
        }
      }
      return word(*value, where, depth + 1);
    }
    return environment(name).value_or(anything());
  }

  // Anything that writes a variable in a way that is not followed.
  bool changes(const Node& node, std::string_view name) const {
    if (node.kind == NodeKind::kArithmetic) return mentions(node.text, name);
    if (node.kind == NodeKind::kFor) return node.text == name;  // outside of the loop, seen later
    for (const Word& word : node.words) {
      for (const Part& part : word.parts) {
        if (part.kind == PartKind::kArithmetic && mentions(part.text, name) &&
            part.text.find_first_of("=+-") != std::string::npos &&
            (part.text.find("++") != std::string::npos ||
             part.text.find("--") != std::string::npos ||
             part.text.find('=') != std::string::npos)) {
          return true;
        }
      }
    }
    if (node.kind != NodeKind::kCommand || node.words.empty()) return false;
    for (const char* writer : {"read", "let", "getopts", "mapfile", "readarray", "unset"}) {
      if (!node.words[0].is(writer)) continue;
      return std::any_of(node.words.begin(), node.words.end(),
                         [&](const Word& word) { return mentions(word.literal_text(), name); });
    }
    return false;
  }

  NodeId for_loop(std::string_view name, NodeId at) const {
    for (NodeId id = at; id != kNoNode; id = script_.at(id).parent) {
      const Node& node = script_.at(id);
      if (node.kind == NodeKind::kFor &&
          (node.c_style ? mentions(node.text, name) : node.text == name)) {
        return id;
      }
    }
    return kNoNode;
  }

  Texts list(NodeId loop, int depth) const {
    const Node& node = script_.at(loop);
    if (node.c_style) return counted(node.text);
    if (node.no_list) return anything();
    Texts texts;
    for (const Word& word : node.words) {
      for (std::string& text : items(word, loop, depth)) {
        texts.push_back(std::move(text));
        if (texts.size() > PodScript::kMaxTexts) return anything();
      }
    }
    return texts.empty() ? anything() : texts;
  }

  Texts items(const Word& word, NodeId at, int depth) const {
    if (word.parts.size() == 1) {
      const Part& only = word.parts[0];
      if (only.kind == PartKind::kSubstitution && only.body != kNoNode) {
        const Node& body = script_.at(only.body);
        if (body.children.size() == 1) {
          const shell::Call call = shell::call(script_.at(body.children[0]));
          if (call.name == "seq") return sequence(call, at, depth);
        }
      }
      if (only.kind == PartKind::kLiteral && !only.quoted && only.text.starts_with('{')) {
        const std::size_t dots = only.text.find("..");
        if (dots == std::string::npos || !only.text.ends_with('}')) return anything();
        const std::string_view text = only.text;
        return range_of(number(text.substr(1, dots - 1)),
                        number(text.substr(dots + 2, text.size() - dots - 3)));
      }
    }
    const bool splits = std::any_of(word.parts.begin(), word.parts.end(), [](const Part& part) {
      return !part.quoted && part.kind != PartKind::kLiteral;
    });
    Texts texts = this->word(word, at, depth + 1);
    if (!splits) return texts;
    Texts split;
    for (const std::string& text : texts) {
      std::size_t begin = 0;
      while (begin < text.size()) {
        const std::size_t end = std::min(text.find_first_of(" \t\n", begin), text.size());
        if (end > begin) split.push_back(text.substr(begin, end - begin));
        begin = end + 1;
      }
    }
    return split;
  }

  Texts sequence(const shell::Call& call, NodeId at, int depth) const {
    std::vector<std::optional<std::int64_t>> numbers;
    for (const Word* arg : call.args) {
      const Texts texts = word(*arg, at, depth + 1);
      numbers.push_back(texts.size() == 1 ? number(texts[0]) : std::nullopt);
    }
    if (numbers.size() == 1) return range_of(1, numbers[0]);
    if (numbers.size() == 2) return range_of(numbers[0], numbers[1]);
    return anything();
  }

  // i=0; i<3; i++
  static Texts counted(std::string_view text) {
    std::string tight;
    for (const char c : text) {
      if (c != ' ' && c != '\t') tight += c;
    }
    const std::size_t equals = tight.find('=');
    const std::size_t first = tight.find(';');
    const std::size_t second = tight.find(';', first == std::string::npos ? first : first + 1);
    const std::size_t less = tight.find('<');
    if (equals == std::string::npos || second == std::string::npos || less == std::string::npos ||
        equals > first || less < first || less > second ||
        tight.find("++", second) == std::string::npos) {
      return anything();
    }
    const bool inclusive = tight[less + 1] == '=';
    const std::size_t begin = less + (inclusive ? 2 : 1);
    const auto from = number(std::string_view(tight).substr(equals + 1, first - equals - 1));
    auto to = number(std::string_view(tight).substr(begin, second - begin));
    if (to && !inclusive) --*to;
    return range_of(from, to);
  }

  Texts positional(std::size_t place, NodeId at, int depth) const {
    for (NodeId id = at; id != kNoNode; id = script_.at(id).parent) {
      const Node& node = script_.at(id);
      if (node.slot == shell::Slot::kInline) return anything();
      if (node.kind != NodeKind::kFunction) continue;
      const auto callers = script_.by_name.find(node.text);
      if (callers == script_.by_name.end()) return anything();
      Texts texts;
      for (const NodeId caller : callers->second) {
        const shell::Call call = shell::call(script_.at(caller));
        if (call.args.size() < place) return anything();
        for (std::string& text : word(*call.args[place - 1], caller, depth + 1)) {
          texts.push_back(std::move(text));
        }
        if (texts.size() > PodScript::kMaxTexts) return anything();
      }
      return texts;
    }
    if (place <= owner_.positionals.size()) return {owner_.positionals[place - 1]};
    return anything();
  }

  Texts substitution(NodeId body, int depth) const {
    if (body == kNoNode || script_.at(body).children.size() != 1) return anything();
    const NodeId id = script_.at(body).children[0];
    const Node& node = script_.at(id);
    if (node.kind != NodeKind::kCommand) return anything();
    const shell::Call call = shell::call(node);
    std::string file;
    if (call.name == "cat" && call.args.size() == 1) {
      if (const auto literal = call.args[0]->literal()) file = *literal;
    }
    for (const shell::Redirection& redirection : node.redirections) {
      if (redirection.op == "<" && (call.name == "cat" || node.words.empty())) {
        file = redirection.target.literal().value_or("");
      }
    }
    if (file.ends_with("/serviceaccount/namespace")) return {std::string(kOwnNamespace)};
    if (file == "/etc/hostname") return variable("HOSTNAME", id, depth);
    const Texts own = environment("HOSTNAME").value_or(anything());
    if (call.name == "uname" && call.args.size() == 1 && call.args[0]->is("-n")) return own;
    if (call.name == "hostname") {
      if (call.args.empty()) return own;
      if (call.args.size() > 1) return anything();
      if (call.args[0]->is("-s") || call.args[0]->is("--short")) return own;
      if (owner_.own_fqdn.empty()) return anything();
      if (call.args[0]->is("-f") || call.args[0]->is("--fqdn")) return {owner_.own_fqdn};
      if (call.args[0]->is("-d")) return {owner_.own_fqdn.substr(owner_.own_fqdn.find('.') + 1)};
      return anything();
    }
    if (call.name == "echo") {
      Texts texts = {""};
      for (std::size_t i = 0; i < call.args.size(); ++i) {
        if (i > 0) texts = joined(texts, {" "});
        texts = joined(texts, word(*call.args[i], id, depth + 1));
      }
      return texts;
    }
    return anything();
  }

  const PodScript& owner_;
  const shell::Script& script_;
  mutable int budget_ = 100;  // variables looked up: a=$b$b, b=$c$c … doubles each time
};

}  // namespace

std::vector<std::string> PodScript::texts(const Word& word, NodeId at) const {
  Texts texts = Resolver(*this).word(word, at, 0);
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  return texts;
}

}  // namespace sts::lint
