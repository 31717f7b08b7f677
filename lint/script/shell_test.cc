#include "lint/script/shell.h"

#include <gtest/gtest.h>

#include <string>

namespace sts::lint::shell {
namespace {

// Every command of a script as "name arg arg", expansions as written.
std::string commands(std::string_view text) {
  const auto script = parse(text);
  if (!script) return "(not read)";
  std::string out;
  for (const NodeId id : script->commands) {
    for (const Word& word : script->at(id).words) {
      if (!out.empty() && out.back() != '\n') out += ' ';
      out += text.substr(word.range.begin, word.range.end - word.range.begin);
    }
    if (!out.empty()) out += '\n';
  }
  return out;
}

TEST(Shell, ReadsCommandsOfCompoundStatements) {
  EXPECT_EQ(commands("until nslookup db; do echo waiting; sleep 2; done"),
            "nslookup db\necho waiting\nsleep 2\n");
  EXPECT_EQ(commands("if ! ping -c1 db; then exit 1; elif a; then b; else c; fi"),
            "ping -c1 db\nexit 1\na\nb\nc\n");
  EXPECT_EQ(commands("for i in 1 2 3; do nslookup db-$i && break; done"),
            "nslookup db-$i\nbreak\n");
  EXPECT_EQ(commands("case $(hostname) in *-0) a ;; x|y) b;; *) c; esac; d"),
            "hostname\na\nb\nc\nd\n");
  EXPECT_EQ(commands("f() { nslookup $1; }\nfunction g { a; }\nf db"), "nslookup $1\na\nf db\n");
  EXPECT_EQ(commands("(cd /x; ls) | grep y &\n{ a; } >out 2>&1"), "cd /x\nls\ngrep y\na\n");
  EXPECT_EQ(commands("for ((i=0; i<3; i++)); do a; done; (( i > 2 )) && b"), "a\nb\n");
}

TEST(Shell, TheWordsThatARegexMisreads) {
  EXPECT_EQ(commands("nslookup web.$(cat /var/run/ns).svc 2>/dev/null >&2 # nslookup other"),
            "nslookup web.$(cat /var/run/ns).svc\ncat /var/run/ns\n");
  EXPECT_EQ(commands("echo \"run nslookup db\"; echo 'nslookup db'"),
            "echo \"run nslookup db\"\necho 'nslookup db'\n");
  EXPECT_EQ(commands("cat <<EOF > /x\nnslookup db\nEOF\nnslookup web"), "cat\nnslookup web\n");
  EXPECT_EQ(commands("cat <<-'EOF'\n\tnslookup db\n\tEOF\na"), "cat\na\n");
  EXPECT_EQ(commands("a \\\n  b # c \\\nd"), "a b\nd\n");
  EXPECT_EQ(commands("x=`hostname -f` nslookup $x"), "nslookup $x\nhostname -f\n");
  EXPECT_EQ(commands("[[ $(hostname) =~ -([0-9]+)$ ]] || exit 1"),
            "[[ $(hostname) =~ -([0-9]+)$ ]]\nhostname\nexit 1\n");
  EXPECT_EQ(commands("a=(x y 'z w'); b ${a[@]}"), "b ${a[@]}\n");
  EXPECT_EQ(commands("echo ${x:-$(hostname)} $((1 + (2))) ${#x} ${HOSTNAME##*-}"),
            "echo ${x:-$(hostname)} $((1 + (2))) ${#x} ${HOSTNAME##*-}\n");
  EXPECT_EQ(commands("diff <(a x) <(b) <<< \"$y\""), "diff <(a x) <(b)\na x\nb\n");
}

TEST(Shell, ReadsNestedShells) {
  EXPECT_EQ(commands("timeout 60 sh -c 'until nslookup db; do sleep 1; done'"),
            "timeout 60 sh -c 'until nslookup db; do sleep 1; done'\nnslookup db\nsleep 1\n");
  EXPECT_EQ(commands("bash -ec \"nslookup $(hostname).db\""),
            "bash -ec \"nslookup $(hostname).db\"\nnslookup $(hostname).db\nhostname\n");
  const auto timed = parse("timeout 60 sh -c 'a'");
  ASSERT_TRUE(timed);
  EXPECT_TRUE(call(timed->at(timed->commands[0])).timed);
}

TEST(Shell, GivesUpOnWhatItDoesNotUnderstand) {
  for (const char* text : {"if a; then b",
                           "a | ",
                           "'open",
                           "\"open",
                           "a )",
                           "done",
                           "$(a",
                           "select x in a; do b; done",
                           "case x in a) b",
                           "a && ",
                           "cat <<EOF\nnever",
                           "`a",
                           "${x",
                           "f( x",
                           "a;;b",
                           "f() a",
                           "[[ a",
                           "while a; done",
                           "a & && b",
                           "> ",
                           "coproc a"}) {
    EXPECT_FALSE(parse(text)) << text;
  }
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += "$(";
  EXPECT_FALSE(parse(deep));
  deep.assign(10'000, '(');
  EXPECT_FALSE(parse(deep));
  EXPECT_FALSE(parse(std::string(kMaxText + 1, 'a')));
  EXPECT_TRUE(parse(std::string(kMaxText, 'a')));
  EXPECT_TRUE(parse(""));
}

TEST(Shell, WordsKeepTheirParts) {
  const std::string text = "nslookup 'web'-\"0\".$SVC.${NS:-default}.svc";
  const auto script = parse(text);
  ASSERT_TRUE(script);
  const Word& word = script->at(script->commands[0]).words[1];
  ASSERT_EQ(word.parts.size(), 8u);
  EXPECT_EQ(word.parts[0].text, "web");
  EXPECT_EQ(word.parts[1].text, "-");
  EXPECT_EQ(word.parts[2].text, "0");
  EXPECT_EQ(word.parts[4].kind, PartKind::kVariable);
  EXPECT_EQ(word.parts[4].text, "SVC");
  EXPECT_EQ(word.parts[6].text, "NS");
  EXPECT_EQ(word.parts[6].op, ":-default");
  EXPECT_EQ(text.substr(word.parts[6].range.begin, 14), "${NS:-default}");
  EXPECT_EQ(word.parts[7].text, ".svc");
  EXPECT_FALSE(word.literal());
}

TEST(Shell, KubernetesReplacesFirst) {
  ParseOptions options;
  options.kubernetes = [](std::string_view name) { return name == "SVC"; };
  const auto script = parse("nslookup $(SVC) '$(SVC).x' $(hostname) $$(SVC) $$HOME", options);
  ASSERT_TRUE(script);
  const auto& words = script->at(script->commands[0]).words;
  ASSERT_EQ(words.size(), 6u);
  EXPECT_EQ(words[1].parts[0].kind, PartKind::kKubernetes);
  EXPECT_EQ(words[2].parts[0].kind, PartKind::kKubernetes);
  EXPECT_EQ(words[2].parts[1].text, ".x");
  EXPECT_EQ(words[3].parts[0].kind, PartKind::kSubstitution);
  EXPECT_EQ(words[4].parts[0].kind, PartKind::kSubstitution);
  EXPECT_EQ(words[5].parts[0].kind, PartKind::kVariable);
  EXPECT_EQ(words[5].parts[0].text, "HOME");
}

TEST(Shell, CallStripsWrappers) {
  const auto name = [](std::string_view text) {
    const auto script = parse(text);
    const Call stripped = call(script->at(script->commands[0]));
    return stripped.name + "/" + std::to_string(stripped.args.size());
  };
  EXPECT_EQ(name("/bin/busybox nslookup db"), "nslookup/1");
  EXPECT_EQ(name("env A=b nslookup db"), "nslookup/1");
  EXPECT_EQ(name("timeout -t 5 nslookup db"), "nslookup/1");
  EXPECT_EQ(name("timeout -s KILL 5 nslookup db"), "nslookup/1");
  EXPECT_EQ(name("exec /usr/bin/nslookup db"), "nslookup/1");
  EXPECT_EQ(name("command -v nslookup"), "command/2");
  EXPECT_EQ(name("$TOOL db"), "/1");
}

TEST(Shell, ShellCallFindsTheScript) {
  const auto read = [](std::string_view text) -> std::string {
    const auto script = parse(text);
    const Call stripped = call(script->at(script->commands[0]));
    const auto shell = shell_call(stripped);
    if (!shell) return "no";
    return std::to_string(shell->script) + (shell->inline_text ? "c" : "f") +
           (shell->errexit ? "e" : "") + (shell->pipefail ? "p" : "");
  };
  EXPECT_EQ(read("sh -c x"), "1c");
  EXPECT_EQ(read("/bin/bash -exc x"), "1ce");
  EXPECT_EQ(read("bash -euo pipefail -c x"), "3cep");
  EXPECT_EQ(read("sh /scripts/wait.sh a"), "0f");
  EXPECT_EQ(read("sh -s"), "no");
  EXPECT_EQ(read("sh"), "no");
  EXPECT_EQ(read("ls -c"), "no");
}

}  // namespace
}  // namespace sts::lint::shell
