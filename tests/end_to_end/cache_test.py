"""Reports that earlier scans kept: the same as new ones, only for the same, and never in the way."""
import os
import pathlib
import re
import stat
import subprocess
import unittest

from support import CLEAN, PROGRAM, THIEF, EndToEnd, Registry, main, npm_tarball

FORMATS = ("text", "json", "jsonl", "sarif")


class Cache(EndToEnd):
    def setUp(self):
        super().setUp()
        self.write("adds-1.0.0.tgz", npm_tarball(CLEAN))
        self.write("thief-1.0.0.tgz", npm_tarball(THIEF))
        self.cache = self.home / ".cache/assay/reports"

    def scan(self, *arguments, kept, of=1, **options):
        """A scan that finds so many of its reports kept; what it prints."""
        result = self.assay("scan", "-v", *arguments, **options)
        self.assertIn(f"assay: {kept} of {of} reports are those that earlier scans kept\n", result.err)
        return result.out

    def kept_files(self):
        return sorted(path for path in self.cache.rglob("*") if path.is_file())

    def test_the_second_scan_prints_the_same_bytes_in_every_format(self):
        both = ("adds-1.0.0.tgz", "thief-1.0.0.tgz")
        first = self.assay("scan", "--format", "json", *both).out
        self.assertEqual(self.scan("--format", "json", *both, kept=2, of=2), first)
        cpu_time = re.compile(r'"cpu_s": ?[0-9.e-]+')
        for form in FORMATS:
            kept = self.scan("--format", form, *both, kept=2, of=2)
            self.assertEqual(self.scan("--format", form, *both, kept=2, of=2), kept)
            anew = self.assay("scan", "--no-cache", "--format", form, *both).out
            self.assertEqual(cpu_time.sub("", kept), cpu_time.sub("", anew))

    def test_only_verbose_tells_where_a_report_is_from(self):
        first, second = (self.assay("scan", "thief-1.0.0.tgz") for _ in range(2))
        self.assertEqual((first.code, first.out, first.err), (second.code, second.out, second.err))
        self.assertEqual(second.err, "")

    def test_the_same_archive_elsewhere_is_told_of_by_its_new_path(self):
        self.scan("thief-1.0.0.tgz", kept=0)
        self.write("sub/thief-1.0.0.tgz", npm_tarball(THIEF))
        self.assertIn('"archive":"sub/thief-1.0.0.tgz"',
                      self.scan("--format", "jsonl", "sub/thief-1.0.0.tgz", kept=1).replace(" ", ""))

    def test_other_bytes_under_the_same_name_are_examined(self):
        self.scan("adds-1.0.0.tgz", kept=0)
        self.write("adds-1.0.0.tgz", npm_tarball(THIEF))
        self.assertIn("block", self.scan("adds-1.0.0.tgz", kept=0))

    def test_a_damaged_report_is_ignored_and_kept_anew(self):
        first = self.scan("thief-1.0.0.tgz", kept=0)
        for damage in (lambda data: data[:-1], lambda data: b"", lambda data: b"x" * len(data),
                       lambda data: data[:300] + bytes([data[300] ^ 1]) + data[301:]):
            path = self.kept_files()[0]
            path.write_bytes(damage(path.read_bytes()))
            self.assertEqual(self.scan("thief-1.0.0.tgz", kept=0), first)
            self.assertEqual(self.scan("thief-1.0.0.tgz", kept=1), first)

    def test_a_report_that_others_may_write_is_not_believed(self):
        self.scan("thief-1.0.0.tgz", kept=0)
        self.kept_files()[0].chmod(0o666)
        self.scan("thief-1.0.0.tgz", kept=0)
        self.scan("thief-1.0.0.tgz", kept=1)

    def test_another_policy_does_not_get_this_ones_report(self):
        finding = next(f for f in self.reports("thief-1.0.0.tgz")[0]["findings"] if f.get("file_sha256"))
        exception = (f'[[exception]]\nrule = "{finding["rule"]}"\npath = "{finding["path"]}"\n'
                     f'sha256 = "{finding["file_sha256"]}"\nreason = "ours"\nexpires = 2931-01-01\n')
        self.write("policy.toml", exception)
        with_exception = ("--config", "policy.toml", "thief-1.0.0.tgz")
        self.scan("thief-1.0.0.tgz", kept=1)
        self.assertIn("ours", self.scan("--format", "json", *with_exception, kept=0))
        self.assertIn("ours", self.scan("--format", "json", *with_exception, kept=1))
        self.assertNotIn("ours", self.scan("--format", "json", "thief-1.0.0.tgz", kept=1))
        self.write("policy.toml", exception.replace("2931", "2021"))
        self.assertNotIn("ours", self.scan("--format", "json", *with_exception, kept=0))

    def test_scans_at_once_agree(self):
        expected = self.assay("scan", "--no-cache", "thief-1.0.0.tgz", "adds-1.0.0.tgz").out.encode()
        running = [subprocess.Popen([PROGRAM, "scan", "thief-1.0.0.tgz", "adds-1.0.0.tgz"], cwd=self.folder,
                                    env=self.variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                   for _ in range(6)]
        for process in running:
            out, error = process.communicate(timeout=60)
            self.assertEqual((out, error), (expected, b""))
        self.assertEqual(len(self.kept_files()), 2)  # Nothing half-written is left.
        self.scan("thief-1.0.0.tgz", "adds-1.0.0.tgz", kept=2, of=2)

    def test_a_cache_that_cannot_be_written_is_no_matter(self):
        for home in ("/dev/null", str(self.write("plain-file", ""))):
            self.variables["XDG_CACHE_HOME"] = home
            self.check(self.assay("scan", "adds-1.0.0.tgz"), 0, "allow")
            self.scan("adds-1.0.0.tgz", kept=0)
        result = self.assay("scan", "adds-1.0.0.tgz")
        self.assertEqual(result.err, "")

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_a_read_only_cache_is_no_matter(self):
        locked = self.home / "locked"
        locked.mkdir(0o500)
        self.variables["XDG_CACHE_HOME"] = str(locked)
        self.check(self.assay("scan", "adds-1.0.0.tgz"), 0, "allow")

    def test_lies_where_the_user_wants_it_for_the_user_alone(self):
        os.umask(0o000)
        self.addCleanup(os.umask, 0o022)
        self.cache = self.home / "elsewhere/assay/reports"
        self.variables["XDG_CACHE_HOME"] = str(self.home / "elsewhere")
        self.scan("adds-1.0.0.tgz", kept=0)
        self.scan("adds-1.0.0.tgz", kept=1)
        self.assertFalse((self.home / ".cache").exists())
        files = self.kept_files()
        self.assertEqual(len(files), 1)
        self.assertEqual(stat.S_IMODE(files[0].stat().st_mode), 0o600)
        for folder in (self.cache, files[0].parent):
            self.assertEqual(stat.S_IMODE(folder.stat().st_mode), 0o700)

    def test_without_a_home_nothing_is_kept(self):
        del self.variables["HOME"]
        self.check(self.assay("scan", "adds-1.0.0.tgz"), 0)
        self.assertFalse(pathlib.Path("/assay").exists())

    def test_no_cache_neither_reads_nor_writes(self):
        self.assay("scan", "--no-cache", "adds-1.0.0.tgz")
        self.assertEqual(self.kept_files(), [])
        self.assay("scan", "adds-1.0.0.tgz")
        result = self.assay("scan", "-v", "--no-cache", "adds-1.0.0.tgz")
        self.check(result, 0, "no report of an earlier scan was looked for")

    def test_surfaces_rules_of_the_user_folders_and_failures_are_not_kept(self):
        self.write("house.toml", '[[rule]]\nname = "hook"\ntitle = "A hook runs node"\nseverity = "low"\n'
                                 '[rule.when.executor]\nkind = "npm-script"\n')
        self.write("token.yar", 'rule token { strings: $t = "npmrc" condition: $t }')
        for name, text in CLEAN.items():
            self.write("folder/" + name, text)
        for arguments in (["--surface", "adds-1.0.0.tgz"], ["--house-rules", "house.toml", "adds-1.0.0.tgz"],
                          ["--yara", "token.yar", "adds-1.0.0.tgz"], ["folder"], ["folder/index.js"], ["absent.tgz"]):
            self.assertNotEqual(self.assay("scan", *arguments).code, 2, arguments)
            self.assertEqual(self.kept_files(), [], arguments)

    def test_packages_by_name_are_kept_by_their_bytes_and_notes_stay_new(self):
        registry = Registry()
        self.addCleanup(registry.close)
        registry.publish_npm("thief", "1.0.0", npm_tarball(THIEF))
        self.write("assay.toml", f'[registry]\nnpm = "{registry.url}/"\n')
        first = self.scan("npm:thief", "--format", "json", kept=0)
        self.assertEqual(self.scan("npm:thief", "--format", "json", kept=1), first)
        self.scan("thief-1.0.0.tgz", kept=0)  # Not asked for by a name: another identity.
        document = registry.pages["/thief"]
        registry.pages["/thief"] = (document[0], document[1].replace(
            b'"dist": {', b'"deprecated": "use adds", "dist": {'))
        self.assertIn("use adds", self.scan("npm:thief", "--format", "json", kept=1))


if __name__ == "__main__":
    main()
