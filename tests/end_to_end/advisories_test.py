"""assay db update and assay db status from the outside."""
import io
import json
import os
import zipfile

from support import EndToEnd, Registry, main


def record(name, number="MAL-2026-1", **more):
    return json.dumps({"id": number, "affected": [
        {"package": {"ecosystem": "npm", "name": name},
         "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]}], **more})


def archive(records):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in records.items():
            packed.writestr(name, text)
    return out.getvalue()


class Advisories(EndToEnd):
    def index(self):
        return [os.path.join(folder, name) for folder, _, names in os.walk(self.home)
                for name in names if name == "advisories.index"][0]

    def test_folders_archives_and_records_make_one_index(self):
        self.write("osv/a/1.json", record("left-padder"))
        self.write("osv/a/2.json", record("gone", "MAL-2026-2", withdrawn="2026-01-01T00:00:00Z"))
        self.write("osv/notes.txt", "no record")
        self.write("all.zip", archive({"3.json": record("adder", "GHSA-1"), "4.json": "broken"}))
        self.write("5.json", record("leftest", "MAL-2026-5"))
        result = self.assay("db", "update", "osv", "all.zip", "5.json")
        self.check(result, 0, "3 records about 3 packages (2 malware, 1 vulnerabilities)", "1 withdrawn",
                   "1 that could not be read", "4.json")
        self.check(self.assay("db", "status"), 0, "2 malware, 1 vulnerabilities", "50000 npm")

    def test_an_address_may_be_a_source(self):
        registry = Registry()
        self.addCleanup(registry.close)
        registry.pages["/all.zip"] = ("application/zip", archive({"1.json": record("left-padder")}))
        self.check(self.assay("db", "update", registry.url + "/all.zip"), 0, "1 records")
        self.check(self.assay("db", "update", registry.url + "/absent.zip"), 5, "404")
        self.check(self.assay("db", "status"), 0, "1 malware")

    def test_what_cannot_be_read_replaces_nothing(self):
        self.write("1.json", record("left-padder"))
        self.check(self.assay("db", "update", "1.json"), 0)
        self.write("bad.zip", b"no archive")
        self.check(self.assay("db", "update", "1.json", "bad.zip"), 3, "bad.zip")
        self.check(self.assay("db", "update", "absent"), 3, "absent")
        (self.folder / "empty").mkdir()
        self.check(self.assay("db", "update", "empty"), 3, "no advisory")
        self.check(self.assay("db", "status"), 0, "1 malware")

    def test_a_damaged_index_is_refused_with_advice(self):
        self.check(self.assay("db", "status"), 0, "none")
        self.write("1.json", record("left-padder"))
        self.check(self.assay("db", "update", "1.json"), 0)
        with open(self.index(), "r+b") as file:
            file.seek(-12, os.SEEK_END)
            file.write(b"x")
        self.check(self.assay("db", "status"), 3, "checksums", "assay db update")


if __name__ == "__main__":
    main()
