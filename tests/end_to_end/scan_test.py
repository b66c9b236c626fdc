"""What a scan prints and how it ends, format by format."""
import json
import os
import pty
import re
import signal
import subprocess

from support import CLEAN, CLEAN_PYTHON, PROGRAM, ROOT, THIEF, EndToEnd, main, npm_tarball, tarball, wheel

try:
    import jsonschema
except ImportError:
    jsonschema = None


class Scan(EndToEnd):
    def setUp(self):
        super().setUp()
        self.write("adds-1.0.0.tgz", npm_tarball(CLEAN))
        self.write("thief-1.0.0.tgz", npm_tarball(THIEF))

    def test_a_clean_package_is_one_line_and_0(self):
        result = self.assay("scan", "adds-1.0.0.tgz")
        self.check(result, 0)
        self.assertEqual(result.out, "allow  adds@1.0.0 (npm)  nothing found in 3 files\n")
        self.assertEqual(result.err, "")

    def test_a_thief_is_blocked_with_1_and_told_so_that_a_person_can_act(self):
        result = self.assay("scan", "thief-1.0.0.tgz")
        self.check(result, 1, "block", "thief@1.0.0 (npm)", "setup.js:", "^^^^", "Why it matters",
                   "Harmless when", "postinstall")
        self.assertNotIn("https://", result.out)  # Addresses are defanged.

    def test_a_clean_python_package_is_allowed_as_an_archive_and_as_a_folder(self):
        self.write("adds-1.0.0.tar.gz", tarball({"adds-1.0.0/" + k: v for k, v in CLEAN_PYTHON.items()}))
        for name, text in CLEAN_PYTHON.items():
            self.write("adds/" + name, text)
        self.check(self.assay("scan", "adds-1.0.0.tar.gz", "adds"), 0, "2 artifacts, 2 allow")

    def test_a_wheel_is_read(self):
        info = "adds-1.0.0.dist-info/"
        self.write("adds-1.0.0-py3-none-any.whl", wheel({
            "adds/__init__.py": "def add(a, b):\n    return a + b\n",
            info + "METADATA": CLEAN_PYTHON["PKG-INFO"],
            info + "WHEEL": "Wheel-Version: 1.0\nTag: py3-none-any\n",
            info + "RECORD": f"adds/__init__.py,,\n{info}METADATA,,\n{info}WHEEL,,\n{info}RECORD,,\n"}))
        report = self.reports("adds-1.0.0-py3-none-any.whl")[0]
        self.assertEqual((report["kind"], report["verdict"], report["purl"]),
                         ("wheel", "allow", "pkg:pypi/adds@1.0.0"))

    def test_fail_on_decides_from_when_findings_fail(self):
        for options, code in ((["--fail-on", "block"], 1), (["--fail-on", "never"], 0),
                              (["--exit-zero"], 0), ([], 1)):
            self.check(self.assay("scan", "thief-1.0.0.tgz", *options), code)

    def test_reports_come_in_the_order_given(self):
        names = []
        for i in range(30):
            names.append(f"p{i:02}.tgz")
            self.write(names[-1], npm_tarball(CLEAN if i % 7 else THIEF))
        for jobs in ("1", "4"):
            reports = self.reports("--jobs", jobs, *names)
            self.assertEqual([report["archive"] for report in reports], names)

    def test_each_archive_and_folder_inside_a_folder_is_a_target(self):
        for name, text in CLEAN.items():
            self.write("all/b/" + name, text)
        self.write("all/a.tgz", npm_tarball(THIEF))
        self.write("all/manifest.tsv", "no package")
        for arguments in (("--each", "all"), ("all", "--each")):
            reports = self.reports(*arguments)
            self.assertEqual([(r["archive"], r["verdict"]) for r in reports],
                             [("all/a.tgz", "block"), ("all/b", "allow")])

    def test_json_and_json_lines_follow_the_published_schema(self):
        text = self.assay("scan", "--format", "json", "adds-1.0.0.tgz", "thief-1.0.0.tgz", "absent.tgz").out
        document = json.loads(text)
        self.assertEqual(document["summary"], {"targets": 3, "allow": 1, "review": 0, "block": 1,
                                               "incomplete": 1, "failed": 1})
        lines = self.reports("adds-1.0.0.tgz", "thief-1.0.0.tgz", "absent.tgz")
        self.assertEqual([line["verdict"] for line in lines], ["allow", "block", None])
        if jsonschema is None:
            self.skipTest("python3-jsonschema is not installed")
        schema = json.loads((ROOT / "docs/schema/report.schema.json").read_text())
        jsonschema.Draft202012Validator(schema).validate(document)
        line_schema = {"$ref": "#/$defs/report", "$defs": schema["$defs"]}
        for line in lines:
            jsonschema.Draft202012Validator(line_schema).validate(line)

    def test_sarif_has_what_the_standard_asks_for(self):
        text = self.assay("scan", "--format", "sarif", "adds-1.0.0.tgz", "thief-1.0.0.tgz", "absent.tgz",
                          "thief-1.0.0.tgz").out
        log = json.loads(text)
        self.assertEqual(log["version"], "2.1.0")
        run = log["runs"][0]
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        self.assertEqual(len(rules), len(set(rules)))
        artifacts = [json.dumps(artifact) for artifact in run["artifacts"]]
        self.assertEqual(len(artifacts), len(set(artifacts)))
        self.assertTrue(run["results"])
        for result in run["results"]:
            self.assertEqual(rules[result["ruleIndex"]], result["ruleId"])
            self.assertIn(result["level"], ("none", "note", "warning", "error"))
            self.assertTrue(result["message"]["text"])
            self.assertTrue(result["partialFingerprints"])
            self.check_locations(result, run["artifacts"])
        self.assertFalse(run["invocations"][0]["executionSuccessful"])
        # The standard's own schema cannot be part of this repository; name a copy to hold us to it.
        schema = os.environ.get("ASSAY_SARIF_SCHEMA")
        if schema and jsonschema is not None:
            with open(schema) as file:
                jsonschema.validate(log, json.load(file))

    def check_locations(self, result, artifacts):
        for location in result["locations"] + result.get("relatedLocations", []):
            physical = location["physicalLocation"]
            artifact = physical["artifactLocation"]
            self.assertRegex(artifact["uri"], r"^[A-Za-z0-9\-._~/%]+$")
            if "index" in artifact:
                self.assertEqual(artifacts[artifact["index"]]["location"]["uri"], artifact["uri"])
            region = physical.get("region", {"startLine": 1})
            self.assertGreaterEqual(region.get("startLine", 1), 1)
            self.assertGreaterEqual(region.get("startColumn", 1), 1)

    def test_the_same_scan_gives_the_same_report(self):
        for form in ("text", "sarif"):
            first, second = (self.assay("scan", "--format", form, "thief-1.0.0.tgz").out for _ in range(2))
            self.assertEqual(first, second)

    def test_an_output_file_appears_whole_and_its_name_gives_the_format(self):
        result = self.assay("scan", "thief-1.0.0.tgz", "-o", "report.sarif")
        self.check(result, 1)
        self.assertEqual(result.out, "")
        self.assertEqual(json.loads((self.folder / "report.sarif").read_text())["version"], "2.1.0")
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()),
                         ["adds-1.0.0.tgz", "report.sarif", "thief-1.0.0.tgz"])

    def test_a_report_that_cannot_be_written_gives_5(self):
        self.check(self.assay("scan", "adds-1.0.0.tgz", "-o", "absent/report.json"), 5, "absent/report.json")
        if os.path.exists("/dev/full"):
            with open("/dev/full", "wb") as full:
                finished = subprocess.run([PROGRAM, "scan", "adds-1.0.0.tgz"], cwd=self.folder, stdout=full,
                                          stderr=subprocess.PIPE, env=self.variables, timeout=60)
            self.assertEqual(finished.returncode, 5)
            self.assertIn(b"cannot write to standard output", finished.stderr)

    def test_quiet_says_nothing_of_clean_packages(self):
        result = self.assay("scan", "-q", "adds-1.0.0.tgz")
        self.assertEqual((result.code, result.out, result.err), (0, "", ""))

    def test_a_reader_that_goes_away_ends_the_scan_without_a_word(self):
        for i in range(20):
            self.write(f"many/{i}.tgz", npm_tarball(THIEF))
        process = subprocess.Popen([PROGRAM, "scan", "--each", "many"], cwd=self.folder, env=self.variables,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.read(1)
        process.stdout.close()
        error = process.stderr.read()
        process.stderr.close()
        self.assertIn(process.wait(60), (-signal.SIGPIPE, 1))  # 1 when all fitted into the pipe.
        self.assertEqual(error, b"")

    def on_terminal(self, *arguments, **variables):
        """Output as on a terminal, progress included."""
        master, slave = pty.openpty()
        process = subprocess.Popen([PROGRAM, *arguments], cwd=self.folder, stdin=slave, stdout=slave,
                                   stderr=slave, env={**self.variables, **variables}, close_fds=True)
        os.close(slave)
        text = b""
        while True:
            try:
                part = os.read(master, 65536)
            except OSError:  # Linux tells the end of a terminal this way.
                break
            if not part:
                break
            text += part
        os.close(master)
        process.wait(60)
        return text.decode()

    def test_colour_is_for_terminals_that_allow_it(self):
        colour = re.compile(r"\x1b\[[0-9;]*m")
        self.assertRegex(self.on_terminal("scan", "thief-1.0.0.tgz"), colour)
        self.assertNotRegex(self.on_terminal("scan", "thief-1.0.0.tgz", NO_COLOR="1"), colour)
        self.assertNotRegex(self.on_terminal("scan", "thief-1.0.0.tgz", "--no-color"), colour)
        self.assertNotRegex(self.on_terminal("scan", "thief-1.0.0.tgz", TERM="dumb"), colour)
        self.assertNotRegex(self.assay("scan", "thief-1.0.0.tgz").out, colour)


if __name__ == "__main__":
    main()
