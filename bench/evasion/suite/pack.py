"""Packs programs as npm tarballs, sdists and wheels."""
import gzip
import io
import json
import tarfile
import zipfile

NAME, VERSION = "sample-widget", "1.0.0"
README = b"# sample-widget\n\nWidgets for samples.\n"
SETUP = "\nfrom setuptools import setup\nsetup(name=\"sample-widget\", version=\"1.0.0\", packages=[\"widget\"], description=\"Widgets\")\n"
PLAIN_SETUP = SETUP.lstrip("\n").encode()


def files_of(program):
    """{path: bytes} of the package, as it is unpacked."""
    if program.is_javascript:
        return npm_files(program)
    return pypi_files(program)


def npm_files(program):
    entry = program.entry or "index.js"
    manifest = {"name": NAME, "version": VERSION, "description": "Widgets", "license": "MIT", "main": entry}
    if program.runs != "import":
        manifest["scripts"] = {program.runs: program.command.format(entry=entry)}
    manifest.update(program.manifest)
    return {"package.json": json.dumps(manifest, indent=2).encode(), "README.md": README, entry: program.bytes, **program.beside}


def pypi_files(program):
    info = f"Metadata-Version: 2.1\nName: {NAME}\nVersion: {VERSION}\nSummary: Widgets\n".encode()
    if program.runs in ("setup", "whole-setup"):
        end = SETUP.encode() if program.runs == "setup" else b""
        return {"PKG-INFO": info, "README.md": README, "setup.py": setup_bytes(program, end), "widget/__init__.py": b'version = "1.0.0"\n', **program.beside}
    files = {"widget/__init__.py": program.bytes}
    files.update({"widget/" + path: data for path, data in program.beside.items()})
    if program.runs == "pth":
        files = {path.replace("widget/", "widget_start/", 1): data for path, data in files.items()}
        files["widget_start.pth"] = b"import widget_start\n"
        files["widget/__init__.py"] = b'version = "1.0.0"\n'
        tag = f"{NAME.replace('-', '_')}-{VERSION}.dist-info"
        files[f"{tag}/METADATA"] = info
        files[f"{tag}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: suite\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        files[f"{tag}/RECORD"] = "".join(f"{path},,\n" for path in [*files, f"{tag}/RECORD"]).encode()
        return files
    return {"PKG-INFO": info, "README.md": README, "setup.py": PLAIN_SETUP, **files}


def setup_bytes(program, end):
    """The program and the call of setup(), in the program's own encoding and line ends."""
    data = program.bytes
    if end and data.startswith(b"# -*- coding: unicode_escape"):
        end = b"".join(b"\\x%02x" % byte for byte in end)
    elif end and b"\r" in data and b"\n" not in data:
        end = end.replace(b"\n", b"\r")
    return data + end


def archive_of(program, files):
    """(file name, bytes)."""
    if program.runs == "pth":
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as wheel:
            for path, data in files.items():
                wheel.writestr(zipfile.ZipInfo(path, (2020, 1, 1, 0, 0, 0)), data)
        return f"{NAME.replace('-', '_')}-{VERSION}-py3-none-any.whl", buffer.getvalue()
    top = "package" if program.is_javascript else f"{NAME}-{VERSION}"
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path, data in files.items():
            member = tarfile.TarInfo(f"{top}/{path}")
            member.size, member.mode = len(data), 0o644
            tar.addfile(member, io.BytesIO(data))
    suffix = "tgz" if program.is_javascript else "tar.gz"
    return f"{NAME}-{VERSION}.{suffix}", gzip.compress(buffer.getvalue(), 1, mtime=0)
