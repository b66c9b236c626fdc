"""Honest programs from archives of published packages: one file of each, as a seed."""
import ast
import json
import os
import tarfile
import zipfile

from .program import Program

SMALLEST, LARGEST = 500, 60_000  # bytes: not just a version, and not a bundle


def files_of_archive(path):
    """{path: bytes} of the text files of a .tgz, .tar.gz or .whl; unpacked in memory only."""
    files = {}
    if path.endswith(".whl"):
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if member.filename.endswith((".py", ".json")) and member.file_size <= LARGEST:
                    files[member.filename] = archive.read(member)
        return files
    with tarfile.open(path) as archive:
        for member in archive:
            if member.isfile() and member.size <= LARGEST and member.name.endswith((".js", ".cjs", ".py", "package.json")):
                files[member.name.split("/", 1)[-1]] = archive.extractfile(member).read()
    return files


def main_of(files, is_npm):
    if is_npm:
        main = json.loads(files["package.json"]).get("main") or "index.js"
        names = [os.path.normpath(main), os.path.normpath(main) + ".js", os.path.join(main, "index.js")]
        return next((name for name in names if name in files), None)
    names = sorted((name for name in files if name.endswith("/__init__.py") and "test" not in name), key=lambda name: (name.count("/"), name))
    return next((name for name in names if len(files[name]) >= SMALLEST), None)


def read_archives(folder, most):
    """At most so many programs of each language, in the order of the archives' names."""
    seeds = []
    for ecosystem, language in (("npm", "javascript"), ("pypi", "python")):
        count = 0
        for name in sorted(os.listdir(os.path.join(folder, ecosystem))):
            if count >= most or not name.endswith((".tgz", ".tar.gz", ".whl")):
                continue
            try:
                files = files_of_archive(os.path.join(folder, ecosystem, name))
                main = main_of(files, ecosystem == "npm")
                text = files[main].decode("utf-8") if main else ""
                if language == "python":
                    ast.parse(text)
            except (KeyError, ValueError, SyntaxError, AttributeError, TypeError, OSError, tarfile.TarError, zipfile.BadZipFile):
                continue
            if len(text) >= SMALLEST:
                seeds.append(Program("archive-" + name.replace(".", "-"), language, "import", text, False))
                count += 1
    return seeds
