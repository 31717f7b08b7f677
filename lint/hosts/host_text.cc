#include "lint/hosts/host_text.h"

#include "kube/semantics/dns_name.h"
#include "lint/hosts/host_meaning.h"
#include "lint/hosts/host_words.h"
#include "lint/hosts/xml_text.h"

#include <algorithm>
#include <array>
#include <span>

namespace sts::lint {
namespace {

constexpr auto kNone = std::string_view::npos;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_list_separator(char c) { return c == ',' || c == ';' || is_space(c); }

bool is_placeholder(std::string_view label) {
  return label == kOwnPod || label == kOwnNamespace || label == kAnything;
}

bool valid_label(std::string_view label) {
  if (is_placeholder(label)) return true;
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') {
    return false;
  }
  return std::all_of(label.begin(), label.end(),
                     [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

bool has_letter(std::string_view label) {
  return label.front() == '<' || std::any_of(label.begin(), label.end(), is_lower);
}

bool is_address(std::span<const std::string_view> labels) {
  return labels.size() == 4 && std::all_of(labels.begin(), labels.end(), [](std::string_view part) {
           if (part.empty() || part.size() > 3 ||
               !std::all_of(part.begin(), part.end(), is_digit)) {
             return false;
           }
           int value = 0;
           for (const char c : part) value = value * 10 + (c - '0');
           return value <= 255;
         });
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

// The words that an identifier is made of: DB_HOST, bootstrap.servers, seedNodes.
std::vector<std::string> words_of(std::string_view key) {
  std::vector<std::string> words;
  std::string word;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const char c = key[i];
    const bool letter = is_lower(c) || is_upper(c);
    const bool hump = is_upper(c) && i > 0 && is_lower(key[i - 1]);
    if ((!letter || hump) && !word.empty()) {
      words.push_back(lower(word));
      word.clear();
    }
    if (letter) word += c;
  }
  if (!word.empty()) words.push_back(lower(word));
  return words;
}

template <std::size_t N>
bool any_of_words(std::string_view key, const std::array<std::string_view, N>& wanted) {
  const std::vector<std::string> words = words_of(key);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(wanted.begin(), wanted.end(), word) != wanted.end();
  });
}

constexpr std::array<std::string_view, 34> kHostWords = {
    "host",      "hosts",     "hostname",  "server",        "servers",   "peer",      "peers",
    "seed",      "seeds",     "addr",      "addrs",         "address",   "addresses", "url",
    "urls",      "uri",       "uris",      "endpoint",      "endpoints", "broker",    "brokers",
    "join",      "upstream",  "bootstrap", "contactpoints", "quorum",    "discovery", "sentinel",
    "sentinels", "replicaof", "slaveof",   "connect",       "listeners", "voters"};

constexpr std::array<std::string_view, 5> kCertificateWords = {"san", "sans", "cert", "certificate",
                                                               "csr"};

constexpr std::array<std::string_view, 15> kNetPrograms = {
    "nslookup", "ping", "nc",  "ncat",   "dig",  "host",  "getent",   "curl",
    "wget",     "ssh",  "scp", "telnet", "psql", "mysql", "redis-cli"};

// A line of a minified file may be megabytes long; what says host stands near.
constexpr std::size_t kLookBack = 256;

std::string_view line_before(std::string_view text, std::size_t at) {
  if (at > kLookBack) {
    text.remove_prefix(at - kLookBack);
    at = kLookBack;
  }
  const std::size_t start = at == 0 ? kNone : text.rfind('\n', at - 1);
  const std::size_t begin = start == kNone ? 0 : start + 1;
  return text.substr(begin, at - begin);
}

// Of a shell, YAML, properties, INI or JavaScript text: whatever the text is, what stands behind
// such a mark is said to people.
bool in_comment(std::string_view text, std::size_t at) {
  const std::string_view before = line_before(text, at);
  const std::size_t first = before.find_first_not_of(" \t");
  if (first == kNone) return false;
  if (before[first] == ';') return true;
  for (std::size_t i = first; i < before.size(); ++i) {
    if (i != 0 && before[i - 1] != ' ' && before[i - 1] != '\t') continue;
    if (before[i] == '#' || before.substr(i, 2) == "//") return true;
  }
  return false;
}

std::string_view trim_quotes(std::string_view text) {
  while (!text.empty() && (is_space(text.front()) || text.front() == '"' || text.front() == '\'')) {
    text.remove_prefix(1);
  }
  while (!text.empty() && (is_space(text.back()) || text.back() == '"' || text.back() == '\'')) {
    text.remove_suffix(1);
  }
  return text;
}

// `key=` or `key: ` that the line gives a value to before `at`: a properties file, a YAML or INI
// file inside a ConfigMap, --flag=value, an assignment in a script.
std::string_view key_on_line(std::string_view before) {
  std::size_t sign = before.find_last_of('=');
  if (sign == kNone) {
    sign = before.find(": ");
    if (sign == kNone) return {};
  }
  std::string_view key = before.substr(0, sign);
  const std::size_t start = key.find_last_of(" \t,;({[");
  if (!key.empty() && !is_space(key.back()) && start != kNone) key.remove_prefix(start + 1);
  return trim_quotes(key);
}

// The key of the YAML list that the line is an item of: `seeds:` and `- db-0.db` lines below it.
std::string_view key_of_list(std::string_view text, std::size_t at) {
  const std::string_view before = line_before(text, at);
  const std::size_t dash = before.find_first_not_of(' ');
  if (dash == kNone || before.substr(dash, 2) != "- ") return {};
  if (before.find_first_not_of(" \"'", dash + 1) != kNone) return {};
  std::size_t end = at - before.size();
  for (const std::size_t cut = at > kLookBack ? at - kLookBack : 0; end > cut;) {
    const std::string_view line = line_before(text, end - 1);
    end -= line.size() + 1;
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent == kNone || line[indent] == '#' || indent > dash) continue;
    if (line.substr(indent, 2) == "- ") continue;
    return line.ends_with(':') ? trim_quotes(line.substr(0, line.size() - 1)) : std::string_view();
  }
  return {};
}

// `server db-0.db;`, `replicaof db-0.db 6379`, `sentinel monitor main db-0.db 6379 2`: lines of
// nginx, Redis and the like.
bool follows_directive(std::string_view before) {
  const auto next = [&] {
    before.remove_prefix(std::min(before.find_first_not_of(" \t"), before.size()));
    const std::string_view word = before.substr(0, before.find_first_of(" \t"));
    before.remove_prefix(word.size());
    return word;
  };
  const std::string_view first = next();
  std::string_view second = next();
  if (first == "sentinel" && second == "monitor") {
    next();
    second = next();
  } else if (first != "server" && first != "replicaof" && first != "slaveof") {
    return false;
  }
  return second.empty();
}

// The simple command that the line's last part begins: its first word, keywords passed over.
std::string_view command_word(std::string_view before) {
  const std::size_t cut = before.find_last_of(";|&(`");
  if (cut != kNone) before.remove_prefix(cut + 1);
  constexpr std::array<std::string_view, 9> kKeywords = {"if",   "elif", "while", "until", "then",
                                                         "else", "do",   "!",     "{"};
  while (true) {
    before.remove_prefix(std::min(before.find_first_not_of(" \t\"'"), before.size()));
    const std::string_view word = before.substr(0, before.find_first_of(" \t"));
    if (std::find(kKeywords.begin(), kKeywords.end(), word) == kKeywords.end()) return word;
    before.remove_prefix(word.size());
  }
}

std::string_view line_after(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, kLookBack);
  return rest.substr(0, rest.find('\n'));
}

// A pattern of `case`: alone on its line or behind `in` and `;;`, and closed by a parenthesis.
bool is_case_pattern(std::string_view before, std::string_view after) {
  const std::size_t close = after.find_first_not_of(
      ":/*?.-_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ\"' |");
  if (close == kNone || after[close] != ')') return false;
  if (before.find("case ") != kNone && before.find(" in ") != kNone) return true;
  if (const std::size_t scheme = before.rfind("://"); scheme != kNone) {
    before = before.substr(0, before.find_last_of(" \t|(;", scheme) + 1);
  }
  while (!before.empty() && std::string_view(" \t\"'").find(before.back()) != kNone) {
    before.remove_suffix(1);
  }
  return before.empty() || before.back() == '|' || before.ends_with(";;");
}

// What a script only tells people: the command prints, and nothing takes what it prints.
bool printed(std::string_view before, std::string_view after) {
  constexpr std::array<std::string_view, 6> kPrinters = {"echo", "printf", "true",
                                                         ":",    "logger", "false"};
  const std::string_view word = command_word(before);
  return std::find(kPrinters.begin(), kPrinters.end(), word) != kPrinters.end() &&
         before.find('>') == kNone && after.find_first_of(">|") == kNone;
}

// Words that a shell compares: [ "$x" = web-0.nginx ], case $x in web-0.nginx).
bool compared(std::string_view before) {
  const std::string_view command = command_word(before);
  if (command == "[" || command == "[[" || command == "test") return true;
  std::string_view trimmed = before;
  while (!trimmed.empty() &&
         (is_space(trimmed.back()) || trimmed.back() == '"' || trimmed.back() == '\'')) {
    trimmed.remove_suffix(1);
  }
  if (trimmed.ends_with("==") || trimmed.ends_with("!=") || trimmed.ends_with("=~")) return true;
  return trimmed.ends_with(" =");
}

// The simple command that the line's last part begins takes hosts.
bool program_takes_hosts(std::string_view before) {
  const std::size_t cut = before.find_last_of(";|&({`!");
  if (cut != kNone) before.remove_prefix(cut + 1);
  if (before.ends_with('"') || before.ends_with('\'')) before.remove_suffix(1);
  constexpr std::string_view kSpace = " \t";
  std::string_view last;
  while (!before.empty()) {
    const std::size_t begin = before.find_first_not_of(kSpace);
    if (begin == kNone) break;
    before.remove_prefix(begin);
    const std::size_t end = std::min(before.find_first_of(kSpace), before.size());
    std::string_view word = before.substr(0, end);
    before.remove_prefix(end);
    last = word;
    if (const std::size_t slash = word.rfind('/'); slash != kNone) word.remove_prefix(slash + 1);
    if (std::find(kNetPrograms.begin(), kNetPrograms.end(), word) != kNetPrograms.end())
      return true;
  }
  return last == "-h" || (last.starts_with("--") && names_hosts(last));
}

class Finder {
 public:
  Finder(std::string_view text, std::string_view key, const VariableReader& read)
      : text_(text),
        key_names_(names_hosts(key) && text.find('\n') == kNone),
        read_(read),
        xml_(text) {}

  std::vector<HostText> run() {
    HostWords words(text_);
    for (HostWord each; words.next(each);) word(each);
    mark_lists();
    std::erase_if(found_, [](const HostText& host) { return !has_shape(host); });
    return std::move(found_);
  }

 private:
  static bool has_shape(const HostText& host) {
    if (host.address) return true;
    const bool cluster =
        std::find(host.labels.begin(), host.labels.end(), "svc") != host.labels.end();
    if (host.labels.size() == 1) return host.scheme || host.port;
    return host.scheme || host.port || host.named || host.listed || cluster;
  }

  // False for what is no host, whatever its variables stand for.
  bool put_in_variables(const HostWord& word, HostText& host) const {
    const VariableReader unknown = [](const HostVariable&) { return std::string(kAnything); };
    std::string text = word.resolved(text_, read_ ? read_ : unknown);
    if (host.final_dot) text.pop_back();
    if (text.empty() || text.starts_with(kAnything) || text.size() > 253) return false;
    host.resolved = std::make_shared<const std::string>(std::move(text));
    return true;
  }

  bool allowed_before(std::size_t begin) const {
    if (begin == 0) return true;
    const char c = text_[begin - 1];
    if (c == '/') return begin >= 3 && text_.substr(begin - 3, 3) == "://";
    return is_list_separator(c) || std::string_view("\"'`=@|[({<>!&").find(c) != kNone;
  }

  void word(const HostWord& word) {
    const auto [begin, end] = std::pair(word.begin, word.end);
    HostText host;
    host.begin = begin;
    host.name = text_.substr(begin, end - begin);
    if (host.name.ends_with('.')) {
      host.final_dot = true;
      host.name.remove_suffix(1);
    }
    host.end = begin + host.name.size();
    // $HOME is none, and neither is what no dot stands in.
    if (!word.variables.empty() &&
        (host.name.find('.') == kNone || !put_in_variables(word, host))) {
      return;
    }
    host.labels = kube::dns_labels(host.resolved ? std::string_view(*host.resolved) : host.name);
    if (!std::all_of(host.labels.begin(), host.labels.end(), valid_label)) return;
    host.address = is_address(host.labels);
    if (!host.address && std::none_of(host.labels.begin(), host.labels.end(), has_letter)) return;
    if (!allowed_before(begin) || in_comment(text_, begin) || xml_.in_comment(begin)) return;
    host.scheme = begin >= 3 && text_.substr(begin - 3, 3) == "://";
    if (begin > 0 && text_[begin - 1] == '@') host.scheme = true;
    if (!after(end, host)) return;
    const std::string_view before = line_before(text_, begin);
    const std::string_view rest = line_after(text_, end);
    if (compared(before) || is_case_pattern(before, rest) || printed(before, rest)) return;
    host.named = key_names_ || names_hosts(key_on_line(before)) || program_takes_hosts(before) ||
                 follows_directive(before) || names_hosts(xml_.name_of(begin)) ||
                 names_hosts(key_of_list(text_, begin));
    found_.push_back(std::move(host));
  }

  // What may follow a host; false where the word is something else.
  bool after(std::size_t end, HostText& host) const {
    if (end == text_.size()) return true;
    const char c = text_[end];
    if (c == ':') {
      const char next = end + 1 < text_.size() ? text_[end + 1] : ' ';
      host.port = is_digit(next) || next == '$';
      // A YAML key, or user:password@host.
      return host.port;
    }
    if (c == '/' && host.address) return host.scheme;  // 10.0.0.0/8 is a range
    if (c == '<') return end + 1 < text_.size() && text_[end + 1] == '/';
    return is_list_separator(c) || std::string_view("\"'`|])}>/?&!").find(c) != kNone;
  }

  // a.b:1,c.d:2 and the like: elements beside each other with separators alone between them.
  void mark_lists() {
    for (std::size_t i = 0; i + 1 < found_.size(); ++i) {
      HostText& one = found_[i];
      HostText& two = found_[i + 1];
      if (one.labels.size() < 2 || two.labels.size() < 2 || one.address != two.address) continue;
      std::string_view between = text_.substr(one.end, two.begin - one.end);
      if (between.find_first_of(",;") == kNone || between.find('\n') != kNone) continue;
      const bool only = std::all_of(between.begin(), between.end(), [](char c) {
        return is_list_separator(c) || is_digit(c) ||
               std::string_view("\"':/@.=").find(c) != kNone || is_lower(c) || is_upper(c) ||
               c == '-' || c == '$';
      });
      if (!only || between.size() > 48) continue;
      one.listed = true;
      two.listed = true;
    }
  }

  std::string_view text_;
  bool key_names_;  // the whole text is the value of a key that names hosts
  const VariableReader& read_;
  XmlText xml_;
  std::vector<HostText> found_;
};

}  // namespace

bool names_hosts(std::string_view key) { return any_of_words(key, kHostWords); }

bool names_certificate(std::string_view key) { return any_of_words(key, kCertificateWords); }

std::vector<HostText> find_hosts(std::string_view text, std::string_view key,
                                 const VariableReader& read) {
  return Finder(text, key, read).run();
}

}  // namespace sts::lint
