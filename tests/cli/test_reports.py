"""What a run says, where it says it, and its exit code."""

import os
import pathlib

from cli import FAULT, FAULTY, GOOD, SERVICE, SET, CliTest, renamed


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
        self.assertEqual(out, "nothing to lint in 1 file (1 object)\n")
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
