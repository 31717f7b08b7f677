"""Broken input: a message with its place, the right exit code, the other documents still linted."""

import os
import pathlib
import shutil

from cli import AT, BINARY, FAULT, FAULTY, GOOD, SERVICE, CliTest


class BadInput(CliTest):
    def expect_syntax_error(self, content, line, column, message):
        """The document is broken; the one behind it is linted all the same."""
        if isinstance(content, str):
            content = content.encode()
        self.write("bad.yaml", content + b"\n---\n" + FAULTY.encode())
        for arguments in (["bad.yaml"], ["."]):
            out, _ = self.lint(*arguments, code=3)
            self.assertIn(f"bad.yaml:{line}:{column}: error: {message}", out)
            self.assertIn(f"[{FAULT}]", out)
        rules = [finding[0] for finding in self.findings("bad.yaml", code=3)]
        self.assertEqual(rules, ["yaml-syntax", FAULT])

    def test_empty_file(self):
        self.write("empty.yaml", "")
        out, err = self.lint("empty.yaml", code=0)
        self.assertEqual(out, "no problems found in 1 file (0 objects)\n")
        self.assertEqual(err, "note: no StatefulSet or DaemonSet found\n")

    def test_comments_only(self):
        self.write("c.yaml", "# nothing\n---\n# here\n")
        self.assertEqual(self.findings("c.yaml", code=0), [])

    def test_file_over_the_limit(self):
        with open(self.folder / "big.yaml", "wb") as big:
            big.write(b"a: 1\n")
            big.truncate(65 * 1024 * 1024)
        self.write("good.yaml", FAULTY)
        out, _ = self.lint(".", code=3)
        self.assertIn("big.yaml: error: is 65.0 MiB, over the limit of 64.0 MiB", out)
        self.assertIn("  fix: --max-file-size 65M\n", out)
        self.lint("--max-file-size", "65M", ".", code=1)
        self.assertIn(f"[{FAULT}]", out)

    def test_limit_can_be_moved(self):
        self.write("a.yaml", GOOD)
        out, _ = self.lint("--max-file-size", "100", "a.yaml", code=3)
        self.assertIn("over the limit", out)
        self.lint("--max-file-size", "1K", "a.yaml", code=0)

    def test_stdin_over_the_limit(self):
        out, _ = self.lint("--max-file-size", "100", "-", stdin=GOOD, code=3)
        self.assertIn("<stdin>: error: ", out)
        self.assertIn("--max-file-size", out)

    def test_binary(self):
        self.write("program.yaml", pathlib.Path("/bin/true").read_bytes())
        out, _ = self.lint("program.yaml", code=3)
        self.assertRegex(out, r"program\.yaml:1:\d+: error: .*\[yaml-syntax\]")
        self.assertTrue(all(c.isprintable() or c == "\n" for c in out))

    def test_binary_in_a_folder(self):
        self.write("program.yaml", pathlib.Path("/bin/true").read_bytes())
        self.write("good.yaml", GOOD)
        self.lint(".", code=0)

    def test_invalid_utf8(self):
        self.expect_syntax_error(
            SERVICE.encode() .replace(b"name: db", b"name: d\xe9"), 4, 10, "the byte 0xE9"
        )

    def test_tab_indentation(self):
        self.expect_syntax_error(SERVICE.replace("  name: db", "\tname: db"), 4, 1, "a tab indents")

    def test_comma_alone(self):
        self.write("comma.yaml", ",")
        self.assertEqual(
            self.findings("comma.yaml", code=3), [("yaml-syntax", "comma.yaml", 1, 1)]
        )
        self.lint(".", code=0)

    def test_unterminated_quote(self):
        self.expect_syntax_error(
            SERVICE.replace("name: sql", 'name: "sql'), 10, 13, "this quote is never closed"
        )

    def test_deep_nesting(self):
        deep = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: "
        self.expect_syntax_error(deep + "[" * 10_000 + "]" * 10_000, 4, 262, "nested more than 256")

    def test_deep_nesting_never_closed(self):
        self.write("deep.yaml", "apiVersion: v1\nkind: Service\na: " + "{a: [" * 50_000)
        self.assertEqual(
            [finding[0] for finding in self.findings("deep.yaml", code=3)], ["yaml-syntax"]
        )

    def test_alias_bomb(self):
        lines = ["  a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        for level in range(1, 10):
            items = ", ".join([f"*a{level - 1}"] * 9)
            lines.append(f"  a{level}: &a{level} [{items}]")
        bomb = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n" + "\n".join(lines)
        self.expect_syntax_error(bomb, 10, 12, "the aliases of this document expand to more than")

    def test_self_referencing_alias(self):
        self.expect_syntax_error(
            SERVICE.replace("selector:\n    app: db", "selector: &s\n    app: *s"),
            8, 10, "the alias *s stands inside the value",
        )

    def test_full_width_space(self):
        self.expect_syntax_error(
            SERVICE.replace("  name: db", "\u3000\u3000name: db"), 4, 1, "a full-width space"
        )

    def test_shell_prompt(self):
        self.expect_syntax_error(
            "$ cat service.yaml\n" + SERVICE, 1, 1, "this line is a shell prompt"
        )

    def test_duplicate_keys(self):
        self.write("two.yaml", GOOD.replace("  clusterIP: None\n", "  clusterIP: None\n" * 2))
        self.assertEqual(self.findings("two.yaml", code=1), [("duplicate-key", "two.yaml", 7, 3)])

    def test_text_after_a_separator(self):
        service = SERVICE.replace("app: db", "app: agent")
        self.write("sep.yaml", service + "--- the set\n" + FAULTY)
        self.assertEqual(
            self.findings("sep.yaml", code=1),
            [("doc-separator", "sep.yaml", 12, 5), (FAULT, "sep.yaml", 12 + AT[0], AT[1])],
        )

    def test_crlf_and_bom(self):
        self.write("dos.yaml", b"\xef\xbb\xbf" + FAULTY.replace("\n", "\r\n").encode())
        self.assertEqual(
            self.findings("dos.yaml", ".", code=1), [(FAULT, "dos.yaml", *AT)]
        )
        out, _ = self.lint(".", code=1)
        self.assertIn("   18 |             - name: logs\n", out)

    def test_symlink_loop(self):
        self.write("sub/good.yaml", GOOD)
        os.symlink("..", self.folder / "sub/up")
        os.symlink("self.yaml", self.folder / "self.yaml")
        self.assertEqual(self.findings(".", code=0), [])

    def test_missing_resource_of_a_kustomization(self):
        self.write("base/kustomization.yaml", "resources: [good.yaml]\n")
        self.write("base/good.yaml", GOOD)
        self.write("prod/kustomization.yaml", "resources:\n  - ../bse\n")
        self.assertEqual(
            self.findings(".", code=0), [("input-unreadable", "prod/kustomization.yaml", 2, 5)]
        )
        out, _ = self.lint(".", code=0)
        self.assertIn('warning: "../bse" is not in this project, so kustomize build fails', out)
        self.assertIn("fix: ../base", out)

    def test_symlinks_that_a_kustomization_names_are_there(self):
        self.write("base/good.yaml", GOOD)
        self.write("base/kustomization.yaml", "resources: [good.yaml]\n")
        self.write("prod/kustomization.yaml", "resources: [good.yaml, base]\n")
        os.symlink("../base/good.yaml", self.folder / "prod/good.yaml")
        os.symlink("../base", self.folder / "prod/base")
        self.assertEqual(self.findings(".", code=0), [])

    def test_symlink_loop_named(self):
        os.symlink("self.yaml", self.folder / "self.yaml")
        out, _ = self.lint("self.yaml", code=3)
        self.assertIn("self.yaml: error: Too many levels of symbolic links", out)

    def test_unreadable_file(self):
        self.write("secret.yaml", GOOD)
        self.write("faulty.yaml", FAULTY)
        # Root reads everything: run as somebody else, with a copy that anybody may run.
        binary = self.folder / "kubectl-sts"
        shutil.copy(BINARY, binary)
        binary.chmod(0o755)
        self.folder.chmod(0o755)
        (self.folder / "secret.yaml").chmod(0)
        options = {"executable": str(binary)}
        if os.geteuid() == 0:
            options["user"] = 65534
        out, _ = self.lint(".", code=3, **options)
        self.assertIn("secret.yaml: error: Permission denied [input-unreadable]", out)
        self.assertIn("  fix: check the permissions\n", out)
        self.assertIn(f"[{FAULT}]", out)
        self.assertIn("secret.yaml: error: ", self.lint("secret.yaml", code=3, **options)[0])

    def test_json_has_no_comments(self):
        self.write("a.json", '{\n  // ours\n  "apiVersion": "v1",\n  "kind": "Service"\n}\n')
        for arguments in (["a.json"], ["."]):
            out, _ = self.lint(*arguments, code=3)
            self.assertIn("a.json:2:3: error: JSON has no comments [yaml-syntax]\n", out)

    def test_halves_of_characters(self):
        content = '{"apiVersion": "v1",\n"kind": "Service", "x": "\\ud800"}\n'
        self.write("a.json", content)
        self.write("b.yaml", content.replace("{", "").replace("}", "").replace(",", "")
                   .replace(' "x"', '\n"x"'))
        out, _ = self.lint("a.json", "b.yaml", code=3)
        self.assertIn('a.json:2:26: error: the escape \\ud800 is one half of a character', out)
        self.assertIn('b.yaml:3:7: error: the escape \\ud800 is one half of a character', out)

    def test_folder_given_twice(self):
        self.write("a/faulty.yaml", FAULTY)
        once = self.report("a", code=1)
        self.assertEqual(len(once["findings"]), 1)
        for again in (["a", "a"], ["a", "./a/"], ["a", "a/faulty.yaml"], ["a", "-f", "a"]):
            self.assertEqual(self.report(*again, code=1), once, again)

    def test_missing_path(self):
        self.write("faulty.yaml", FAULTY)
        out, _ = self.lint("nowhere/x.yaml", "faulty.yaml", code=3)
        self.assertIn(
            "nowhere/x.yaml: error: No such file or directory [input-unreadable]\n", out
        )
        self.assertIn("faulty.yaml:18:21: ", out)

    def test_glob_without_a_match(self):
        out, _ = self.lint("*.yml", code=3)
        self.assertIn("no file matches this pattern", out)

    def test_broken_document_that_is_no_manifest(self):
        self.write("recipe.yaml", "steps: [a, b\nname: x\n")
        self.write("good.yaml", GOOD)
        out, err = self.lint(".", code=0)
        self.assertIn("note: recipe.yaml:", err)
        self.assertNotIn("recipe", out)
        self.assertIn("recipe.yaml:", self.lint("recipe.yaml", code=3)[0])

    def test_template_is_a_note(self):
        template = "{{- if .Values.db }}\n" + FAULTY + "{{- end }}\n"
        self.write("templates/a.yaml", template)
        self.write("templates/b.yaml", template)
        out, err = self.lint(".", code=0)
        self.assertNotIn("templates", out)
        self.assertEqual(len([line for line in err.splitlines() if "template" in line]), 1, err)
        self.assertIn("(and 1 more)", err)
        self.lint("templates/a.yaml", code=0)
