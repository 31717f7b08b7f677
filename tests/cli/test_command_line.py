"""Flags, exit codes, which stream says what."""

import os
import pathlib

from cli import AT, FAULT, FAULTY, GOOD, SERVICE, ROOT, SET, SLIP, CliTest, renamed


class ExitCodes(CliTest):
    def test_clean(self):
        self.write("a.yaml", GOOD)
        out, err = self.lint(".", code=0)
        self.assertEqual(out, "no problems found in 1 file (2 objects)\n")
        self.assertEqual(err, "")

    def test_findings(self):
        self.write("a.yaml", FAULTY)
        _, err = self.lint(".", code=1)
        self.assertEqual(err, "")

    def test_fail_on(self):
        self.write("a.yaml", GOOD.replace("serviceName: db", "serviceName: db  # kubectl-sts: ignore=STS103"))
        self.lint(".", code=0)  # one warning: an ignore that ignores nothing
        for severity, code in (("error", 0), ("warning", 1), ("info", 1), ("never", 0)):
            self.lint("--fail-on", severity, ".", code=code)
        self.write("a.yaml", FAULTY)
        self.lint("--fail-on=never", ".", code=0)

    def test_broken_input_wins(self):
        self.write("a.yaml", FAULTY)
        self.lint("a.yaml", "missing.yaml", code=3)
        self.lint("--fail-on", "never", "missing.yaml", code=3)

    def test_require_input(self):
        self.write("a.yaml", SERVICE)
        _, err = self.lint("a.yaml", code=0)
        self.assertEqual(err, "note: no StatefulSet or DaemonSet found\n")
        out, err = self.lint("--require-input", "a.yaml", code=3)
        self.assertEqual(err, "error: no StatefulSet or DaemonSet found\n")
        self.assertIn("no problems found", out)
        self.report("--require-input", "a.yaml", code=3)
        self.write("b.yaml", SET)
        self.lint("--require-input", ".", code=0)

    def test_full_disk(self):
        self.write("a.yaml", GOOD)
        with open("/dev/full", "wb") as full:
            _, err = self.lint("a.yaml", code=3, stdout=full)
        self.assertEqual(
            err, "error: cannot write to standard output: No space left on device\n"
        )
        with open("/dev/full", "wb") as full:
            self.assertEqual(self.run_sts("explain", stdout=full).returncode, 3)

    def test_reader_gone(self):
        self.write("a.yaml", FAULTY)
        reader, writer = os.pipe()
        os.close(reader)
        _, err = self.lint("a.yaml", code=1, stdout=writer)
        os.close(writer)
        self.assertEqual(err, "")


class Usage(CliTest):
    def error(self, *arguments):
        run = self.run_sts(*arguments)
        self.assertEqual(run.returncode, 2, run)
        self.assertEqual(run.stdout, b"")
        message = run.stderr.decode()
        self.assertEqual(message.count("\n"), 1, message)
        self.assertTrue(message.startswith("error: "), message)
        return message[len("error: ") : -1]

    def test_no_path(self):
        self.assertEqual(
            self.error("lint"),
            "no PATH given; to lint this folder: kubectl sts lint .; run 'kubectl sts lint --help'",
        )

    def test_slips_are_named(self):
        self.assertIn("did you mean --output?", self.error("lint", "--ouput", "json", "."))
        self.assertIn("did you mean lint?", self.error("lnt", "."))
        self.assertIn("did you mean service-not-found?", self.error("explain", "service-not-fond"))
        self.assertIn("did you mean ", self.error("lint", "--enable", "vct-class-not-foun", "."))

    def test_output_format(self):
        self.assertEqual(
            self.error("lint", "-o", "yaml", "."),
            'unable to match a printer suitable for the output format "yaml", allowed formats are: '
            "text,json,github; run 'kubectl sts lint --help'",
        )

    def test_values(self):
        for flag, value in (
            ("--fail-on", "bad"),
            ("--color", "sometimes"),
            ("--assume", "maybe"),
            ("--kubernetes-version", "latest"),
            ("--cluster-domain", "a..b"),
            ("--namespace", "Prod"),
            ("--max-file-size", "much"),
            ("--max-file-size", "0"),
            ("--max-file-size", "4G"),
        ):
            message = self.error("lint", flag, value, ".")
            self.assertIn(flag, message)
            self.assertIn(value, message)
        self.assertIn("flag needs an argument: --output", self.error("lint", ".", "-o"))

    def test_flags_of_kubectl(self):
        message = self.error("lint", "--context", "prod", ".")
        self.assertIn("reads no cluster", message)
        self.assertIn("kubectl get", message)

    def test_flag_before_the_command(self):
        self.assertIn("a command comes first", self.error("-o", "json", "lint", "."))

    def test_named_folder_is_missing(self):
        self.assertIn("--project nowhere", self.error("lint", "--project", "nowhere", "."))

    def test_arguments_cannot_speak_to_the_terminal(self):
        self.assertNotIn("\x1b", self.error("lint", "--\x1b[31m", "."))
        self.assertNotIn("\x1b", self.error("\x1b[31m"))
        self.assertNotIn("\x1b", self.error("explain", "\x1b[31m"))


class Flags(CliTest):
    def namespace_of(self, *arguments):
        report = self.report(*arguments, code=1)
        return report["findings"][0]["object"]["namespace"]

    def test_values_of_short_flags(self):
        self.write("a.yaml", FAULTY)
        self.assertEqual(self.namespace_of("a.yaml"), "")
        for spelling in (["-n", "prod"], ["-nprod"], ["-n=prod"], ["--namespace=prod"],
                         ["--namespace", "prod"], ["-n", "dev", "-n=prod"]):
            self.assertEqual(self.namespace_of(*spelling, "."), "prod", spelling)

    def test_filename_and_recursive(self):
        self.write("a/one.yaml", FAULTY)
        self.write("a/b/two.yaml", renamed(FAULTY, "two"))
        files = lambda *arguments: {f[1] for f in self.findings(*arguments, code=1)}
        self.assertEqual(files("-f", "a"), {"a/one.yaml"})
        self.assertEqual(files("-R", "-f", "a"), {"a/one.yaml", "a/b/two.yaml"})
        self.assertEqual(files("-f=a/b/two.yaml"), {"a/b/two.yaml"})
        self.assertEqual(files("-f", "a/one.yaml", "-f", "a/b/two.yaml"),
                         {"a/one.yaml", "a/b/two.yaml"})
        self.assertEqual(files("a/*.yaml"), {"a/one.yaml"})

    def test_double_dash(self):
        self.write("-n.yaml", FAULTY)
        self.assertEqual(self.findings("--", "-n.yaml", code=1)[0][1], "-n.yaml")

    def test_stdin(self):
        self.assertEqual(
            self.findings("-", stdin=FAULTY, code=1), [(FAULT, "<stdin>", *AT)]
        )
        self.assertEqual(self.findings("-f", "-", stdin=GOOD, code=0), [])

    def test_lone_file_is_a_warning(self):
        self.write("a.yaml", SLIP)
        report = self.report("a.yaml", code=0)
        self.assertEqual(
            [(f["rule"], f["severity"]) for f in report["findings"]],
            [("service-not-found", "warning")],
        )
        for arguments in (["--assume", "complete", "a.yaml"], ["--project", ".", "a.yaml"], ["."]):
            report = self.report(*arguments, code=1)
            self.assertEqual([f["severity"] for f in report["findings"]], ["error"], arguments)

    def test_stdin_is_a_project(self):
        self.assertEqual(
            self.findings("-", stdin=SLIP, code=1), [("service-not-found", "<stdin>", 18, 16)]
        )
        self.write("project/service.yaml", SERVICE)
        self.assertEqual(self.findings("-", "--project", "project", stdin=SET, code=0), [])

    def test_newer_kubernetes_is_a_note(self):
        self.write("a.yaml", GOOD)
        _, err = self.lint("--kubernetes-version", "1.99", "a.yaml", code=0)
        self.assertIn("note: Kubernetes 1.99 is newer than this program knows", err)
        self.assertEqual(self.lint("--kubernetes-version", "1.37", "a.yaml", code=0)[1], "")

    def test_no_ignores(self):
        self.write("a.yaml", FAULTY.replace("name: logs", "name: logs  # kubectl-sts: ignore=STS401"))
        report = self.report(".", code=0)
        self.assertEqual(report["summary"]["suppressed"], 1)
        self.assertEqual(report["findings"], [])
        report = self.report("--no-ignores", ".", code=1)
        self.assertEqual(report["summary"]["suppressed"], 0)


class Help(CliTest):
    def text(self, *arguments, **options):
        run = self.run_sts(*arguments, **options)
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        return run.stdout.decode()

    def test_every_command_has_examples(self):
        for arguments in (["--help"], ["-h"], [], ["help"], ["lint", "--help"], ["lint", "-h"],
                          ["explain", "--help"], ["version", "--help"], ["help", "lint"],
                          ["lint", ".", "--help"]):
            text = self.text(*arguments)
            self.assertIn("Usage:\n  kubectl sts ", text)
            self.assertIn("Examples:\n", text)
            self.assertLessEqual(max(map(len, text.splitlines())), 100)

    def test_names_itself_as_it_was_called(self):
        self.assertIn("  sts lint PATH", self.text("lint", "--help", argv0="/opt/sts"))
        self.assertIn("  kubectl sts lint PATH",
                      self.text("lint", "--help", argv0="/usr/bin/kubectl-sts"))

    def test_version(self):
        self.assertRegex(self.text("--version"), r"^kubectl-sts \d+\.\d+\.\d+\n")
        self.assertEqual(self.text("version"), self.text("--version"))

    def test_explain(self):
        listing = self.text("explain")
        self.assertIn("STS103  service-not-found ", listing)
        page = self.text("explain", "service-not-found")
        self.assertTrue(page.startswith("# service-not-found (STS103)\n"), page[:80])
        self.assertEqual(self.text("explain", "sts103"), page)
        for line in listing.splitlines():
            code, rule = line.split()[:2]
            page = self.text("explain", code)
            self.assertTrue(page.startswith(f"# {rule} ({code})\n"), code)
            self.assertEqual(page, (ROOT / f"docs/rules/{rule}.md").read_text())


class Colour(CliTest):
    def coloured(self, *arguments, terminal, env=None):
        self.write("a.yaml", FAULTY)
        if not terminal:
            return b"\x1b[" in self.run_sts("lint", *arguments, ".", env=env).stdout
        leader, follower = os.openpty()
        self.run_sts("lint", *arguments, ".", env=env, stdout=follower)
        os.close(follower)
        text = os.read(leader, 65536)
        os.close(leader)
        return b"\x1b[" in text

    def test_only_on_a_terminal(self):
        self.assertTrue(self.coloured(terminal=True, env={"TERM": "xterm"}))
        self.assertFalse(self.coloured(terminal=False, env={"TERM": "xterm"}))

    def test_environment(self):
        self.assertFalse(self.coloured(terminal=True, env={"TERM": "dumb"}))
        self.assertFalse(self.coloured(terminal=True, env={"TERM": "xterm", "NO_COLOR": ""}))

    def test_flag_wins(self):
        self.assertTrue(self.coloured("--color=always", terminal=False, env={"NO_COLOR": "1"}))
        self.assertFalse(self.coloured("--color=never", terminal=True, env={"TERM": "xterm"}))


class Configuration(CliTest):
    def setUp(self):
        super().setUp()
        self.write("p/a.yaml", FAULTY)

    def test_marks_the_root_and_gives_defaults(self):
        self.write("p/.kubectl-sts.yaml", "namespace: prod\n")
        report = self.report("p/a.yaml", code=1)
        self.assertEqual(report["findings"][0]["object"]["namespace"], "prod")
        report = self.report("-n", "dev", "p/a.yaml", code=1)
        self.assertEqual(report["findings"][0]["object"]["namespace"], "dev")

    def test_unknown_key(self):
        self.write("p/.kubectl-sts.yaml", "# ours\nnamespaces: prod\n")
        out, err = self.lint("p", code=2)
        self.assertEqual(out, "")
        self.assertEqual(
            err,
            'error: p/.kubectl-sts.yaml:2:1: unknown key "namespaces"; did you mean "namespace"?\n',
        )

    def test_hazards_of_the_parser(self):
        for content in (",", "[],", 'a: "b\n', "[" * 10_000, "&a [*a]"):
            self.write("p/.kubectl-sts.yaml", content)
            _, err = self.lint("p", code=2)
            self.assertTrue(err.startswith("error: p/.kubectl-sts.yaml:1:"), err)


class Actions(CliTest):
    def test_annotations_summary_outputs(self):
        self.write("sub/a.yaml", FAULTY)
        env = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.folder.resolve()),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "GITHUB_OUTPUT": str(self.folder / "output"),
        }
        self.write("summary.md", "before\n")
        out, err = self.lint("-o", "github", ".", code=1, env=env, cwd=self.folder / "sub")
        self.assertEqual(err, "")
        self.assertTrue(
            out.startswith("::error file=sub/a.yaml,line=18,endLine=18,col=21,endColumn=25,"), out
        )
        summary = (self.folder / "summary.md").read_text()
        self.assertTrue(summary.startswith("before\n### kubectl sts lint: 1 error in 1 file\n"))
        self.assertIn(f"| {FAULT} |", summary)
        self.assertEqual(
            (self.folder / "output").read_text(), "findings=1\nerrors=1\nwarnings=0\n"
        )

    def test_summary_stays_below_the_limit(self):
        self.write("a.yaml", "---\n".join(renamed(FAULTY, f"db{i}")
                                           for i in range(4000)))
        self.write("summary.md", "x" * 500_000)
        self.lint("-o", "github", ".", code=1,
                  env={"GITHUB_STEP_SUMMARY": str(self.folder / "summary.md")})
        size = (self.folder / "summary.md").stat().st_size
        self.assertGreater(size, 600_000)
        self.assertLess(size, 1 << 20)

    def test_summary_that_cannot_be_written(self):
        self.write("a.yaml", GOOD)
        _, err = self.lint("-o", "github", "a.yaml", code=3,
                           env={"GITHUB_STEP_SUMMARY": "/nowhere/summary.md"})
        self.assertEqual(
            err, "error: cannot write to /nowhere/summary.md: No such file or directory\n"
        )

    def test_nothing_in_a_log_is_a_command(self):
        name = '"##[error]x\\e[31m\\u202e"'
        self.write("##[warning] a.yaml", FAULTY.replace("name: logs", f"name: {name}"))
        for output in ("text", "json", "github"):
            out, err = self.lint("-o", output, ".", code=1, env={"GITHUB_ACTIONS": "true"})
            for forbidden in ("##[", "\x1b", "\u202e"):
                self.assertNotIn(forbidden, out + err)


class Report(CliTest):
    def test_fields(self):
        self.write("a.yaml", FAULTY.replace("- name: logs", "- {mountPath: /\u00e9, name: logs}")
                   .replace("              mountPath: /logs\n", ""))
        report = self.report(".", code=1)
        self.assertEqual(report["apiVersion"], "lint.kubectl-sts/v1")
        finding = report["findings"][0]
        self.assertEqual(finding["code"], "STS401")
        self.assertEqual(finding["pointer"], "/spec/template/spec/containers/0/volumeMounts/0/name")
        self.assertEqual(
            finding["object"], {"kind": "DaemonSet", "namespace": "", "name": "agent"}
        )
        self.assertEqual(
            [finding[key] for key in ("line", "column", "endLine", "endColumn")], [18, 37, 18, 41]
        )
        self.assertEqual(
            report["summary"],
            {"errors": 1, "warnings": 0, "infos": 0, "suppressed": 0, "files": 1, "objects": 1},
        )

    def test_files_without_utf8_names(self):
        name = os.fsencode(str(self.folder)) + b"/caf\xe9.yaml"
        pathlib.Path(os.fsdecode(name)).write_text(FAULTY)
        report = self.report(".", code=1)
        self.assertEqual(report["findings"][0]["file"], "caf\ufffd.yaml")

    def test_order_does_not_depend_on_arguments_or_threads(self):
        for i in range(300):
            self.write(f"d{i % 7}/f{i}.yaml", renamed(FAULTY, f"db{i}") +
                       "#" * 2000 + "\n")
        folders = [f"d{i}" for i in range(7)]
        whole = self.report(*folders, code=1)
        keys = [(f["file"], f["line"], f["column"], f["code"]) for f in whole["findings"]]
        self.assertEqual(len(keys), 300)
        self.assertEqual(keys, sorted(keys))
        for _ in range(3):
            self.assertEqual(self.report(*reversed(folders), code=1), whole)

    def test_one_file_gives_what_the_whole_gives(self):
        self.write(".kubectl-sts.yaml", "")
        self.write("a/set.yaml", SET)
        self.write("b/set.yaml", FAULTY)
        self.write("c/service.yaml", SERVICE.replace("clusterIP: None", "type: ClusterIP"))
        whole = self.report(".", code=1)["findings"]
        self.assertTrue(whole)
        for file in ("a/set.yaml", "b/set.yaml", "c/service.yaml"):
            alone = self.report("--fail-on", "never", file, code=0)["findings"]
            touching = [f for f in whole
                        if file in [f["file"]] + [r["file"] for r in f["related"]]]
            self.assertEqual(alone, touching)
