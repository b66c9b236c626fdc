"""Files into archives."""
import gzip
import io
import tarfile

MANIFEST = '{"name": "pathology", "version": "1.0.0", "main": "%s", "scripts": {"postinstall": "%s"}}'
RUNS = {"js": "node index.js", "ts": "node index.ts", "jsx": "node index.jsx", "tsx": "node index.tsx",
        "sh": "sh index.sh", "ps1": "powershell -File index.ps1", "bat": "index.bat"}


def as_bytes(text):
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")


def tar(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, contents in files:
            member = tarfile.TarInfo(name)
            member.size = len(contents)
            archive.addfile(member, io.BytesIO(contents))
    return out.getvalue()


def gzipped(data):
    return gzip.compress(data, compresslevel=1, mtime=0)


def npm(files):
    """A tarball of npm; without a package.json among `files` it gets one."""
    files = dict(files)
    files.setdefault("package.json", MANIFEST % ("index.js", "node index.js"))
    return ".tgz", gzipped(tar([("package/" + name, as_bytes(text)) for name, text in files.items()]))


def sdist(files):
    files = dict(files)
    files.setdefault("PKG-INFO", "Metadata-Version: 2.1\nName: pathology\nVersion: 1.0.0\n")
    return ".tar.gz", gzipped(tar([("pathology-1.0.0/" + name, as_bytes(text)) for name, text in files.items()]))


def package_of(extension, text):
    """The package whose uncalled code is `text`."""
    if extension == "py":
        return sdist({"setup.py": text})
    return npm({"package.json": MANIFEST % ("index." + extension, RUNS[extension]), "index." + extension: text})
