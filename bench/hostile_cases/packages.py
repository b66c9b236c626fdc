"""Packages whose files, manifests or archives are the pathology: (size, random) -> (suffix, bytes)."""
import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib

from hostile_cases.packing import gzipped, npm, sdist, tar


def spread(size, each):
    return range(max(size // each, 2))


def import_ring(size, _):
    """Modules that import one another in a ring, and each the next ten."""
    count = len(spread(size, 400))
    files = {f"m{i}.js": "".join(f"const a{j}=require('./m{(i + j) % count}');a{j}(a{j});\n" for j in range(1, 11)) for i in range(count)}
    return npm({"index.js": "require('./m0')", **files})


def python_import_ring(size, _):
    count = len(spread(size, 300))
    files = {f"p/m{i}.py": "".join(f"from .m{(i + j) % count} import *\n" for j in range(1, 11)) for i in range(count)}
    return sdist({"setup.py": "import p.m0\n", "p/__init__.py": "from .m0 import *\n", **files})


def flow_through_modules(size, _):
    count = len(spread(size, 90))
    files = {f"m{i}.js": f"exports.f=function(a){{return require('./m{i + 1}').f(a+'x')}}\n" for i in range(count)}
    return npm({"index.js": "eval(require('./m0').f('a'))", **files})


def everything_requires_everything(size, _):
    count = int((size / 20) ** 0.5) + 1
    text = "".join(f"require('./m{i}');\n" for i in range(count))
    return npm({"index.js": text, **{f"m{i}.js": text for i in range(count)}})


def many_files(extension, text):
    def make(size, _):
        return npm({f"d{i % 97}/f{i}.{extension}": text for i in spread(size, 512)})
    return make


def same_name_everywhere(size, _):
    return npm({f"{'/'.join(['a'] * (1 + i % 100))}/{i}/index.js": "require('../index');require('a')" for i in spread(size, 600)})


def hooks_of_dependencies(size, _):
    files = {f"node_modules/d{i}/package.json": f'{{"name":"d{i}","version":"1.0.0","scripts":{{"postinstall":"node a.js"}}}}'
             for i in spread(size, 1024)}
    return npm({"index.js": "".join(f"require('d{i}');" for i in spread(size, 1024)), **files})


def long_hook(size, _):
    return npm({"package.json": '{"name":"a","version":"1.0.0","scripts":{"postinstall":"%s"}}' % ("node a.js && " * (size // 13))})


def manifest(text_of):
    def make(size, _):
        return npm({"package.json": text_of(size)})
    return make


def data_file(name, text_of):
    def make(size, random):
        return npm({"index.js": f"require('./{name}')", name: text_of(size, random)})
    return make


def python_file(name, text_of):
    def make(size, random):
        return sdist({"setup.py": "from setuptools import setup\nsetup()\n", name: text_of(size, random)})
    return make


def elf(size, random):
    return b"\x7fELF\x02\x01\x01" + random.randbytes(size)


def pe(size, random):
    return b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + random.randbytes(size)


def pyc(size, _):
    return b"\xa7\x0d\x0d\x0a" + bytes(12) + b"(\x01\x00\x00\x00" * (size // 5) + b"N"


def wasm(size, random):
    return b"\0asm\x01\0\0\0" + random.randbytes(size)


def png(size, random):
    chunk = struct.pack(">I", 1) + b"tEXtA" + struct.pack(">I", zlib.crc32(b"tEXtA"))
    return b"\x89PNG\r\n\x1a\n" + chunk * (size // 13)


# Archives whose own structure is the pathology.


def wheel_of(members, method=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, contents in members:
            archive.writestr(zipfile.ZipInfo(name), contents, compress_type=method)
    return ".whl", out.getvalue()


def zip_members(size, _):
    return wheel_of((f"a/{i}.py", b"") for i in range(min(size // 110, 65000)))


def zip_long_names(size, _):
    return wheel_of((f"{i}/" + "a" * 30000 + ".py", b"") for i in spread(size, 60100))


def zip_deep_names(size, _):
    return wheel_of(("a/" * 120 + f"{i}.py", b"a") for i in spread(size, 600))


def zip_same_name(size, _):
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return wheel_of(("a.py", b"a") for _ in spread(size, 100))


def zip_overlap(size, _):
    """Every directory entry points to the same member, which inflates well."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = b"a=1\n" * (size // 4)
    packed = packer.compress(raw) + packer.flush()
    crc = zlib.crc32(raw)
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(packed), len(raw), 4, 0) + b"a.py" + packed
    count = min(size // 64, 60000)
    entries = b"".join(struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, len(packed), len(raw), 8, 0, 0, 0, 0, 0, 0) +
                       f"{i:05d}.py".encode() for i in range(count))
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(entries), len(local), 0)
    return ".whl", local + entries + end


def zip_bomb(size, _):
    return wheel_of([("a.py", b"\n" * (size * 900))], zipfile.ZIP_DEFLATED)


def zip_end_records(size, _):
    return ".whl", b"PK\5\6" * (size // 4)


def zip_in_zip(size, _):
    data = b"a=1\n" * (size // 4)
    for i in range(40):
        data = wheel_of([(f"{i}.zip", data)])[1]
    return ".whl", data


def zips_side_by_side(size, _):
    inner = wheel_of([("a.py", b"a=1\n" * 10)])[1]
    return wheel_of((f"{i}.zip", inner) for i in spread(size, len(inner) + 100))


def tar_members(size, _):
    return ".tgz", gzipped(tar((f"package/{i}.js", b"") for i in spread(size, 512)))


def tar_long_names(size, _):
    return ".tgz", gzipped(tar(("package/" + f"{i}/" + "a" * 4000 + ".js", b"") for i in spread(size, 6000)))


def tar_links(kind):
    def make(size, _):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as archive:
            for i in spread(size, 512):
                member = tarfile.TarInfo(f"package/l{i}.js")
                member.type, member.linkname = kind, f"package/l{i - 1}.js"
                archive.addfile(member)
        return ".tgz", gzipped(out.getvalue())
    return make


def tar_headers(size, _):
    """PAX headers upon PAX headers."""
    record = b"24 comment=aaaaaaaaaaaaa\n"
    header = tarfile.TarInfo("package/x")
    header.type, header.size = tarfile.XHDTYPE, 512
    block = header.tobuf(tarfile.USTAR_FORMAT) + (record * 20).ljust(512, b"\0")
    return ".tgz", gzipped(block * (size // len(block)) + tar([("package/index.js", b"a")]))


def tar_sizes(size, random):
    """Headers that claim random sizes."""
    blocks = []
    for i in spread(size, 512):
        header = tarfile.TarInfo(f"package/{i}.js")
        header.size = random.randrange(1 << 40)
        blocks.append(header.tobuf(tarfile.GNU_FORMAT))
    return ".tgz", gzipped(b"".join(blocks))


def gzip_members(size, _):
    return ".tgz", gzip.compress(b"", mtime=0) * (size // 20) + gzipped(tar([("package/index.js", b"a")]))


def tar_bomb(pack, suffix):
    """Packed zeros: as large as the format lets `size` bytes of input become, to a point."""
    def make(size, _):
        return suffix, pack(tar([("package/index.js", b"\n" * min(size * 200, 256 << 20))]))
    return make


def tar_in_tar(size, _):
    data = tar([("package/index.js", b"a;" * (size // 2))])
    for i in range(40):
        data = gzipped(tar([(f"package/{i}.tgz", data)]))
    return ".tgz", data


def noise_archive(suffix, magic):
    def make(size, random):
        return suffix, magic + random.randbytes(size)
    return make


def json_depth(opening, closing):
    return lambda size, *_: opening * (size // (len(opening) + len(closing))) + "1" + closing * (size // (len(opening) + len(closing)))


PACKAGES = {
    "files: import ring, JavaScript": import_ring,
    "files: import ring, Python": python_import_ring,
    "files: values through modules": flow_through_modules,
    "files: everything requires everything": everything_requires_everything,
    "files: many scripts": many_files("js", "a(b)"),
    "files: many Python modules": many_files("py", "a(b)\n"),
    "files: many shell scripts": many_files("sh", "a b\n"),
    "files: many texts": many_files("txt", "a"),
    "files: many manifests": many_files("json", '{"name":"a","main":"b"}'),
    "files: same name everywhere": same_name_everywhere,
    "files: hooks of bundled dependencies": hooks_of_dependencies,
    "manifest: long hook": long_hook,
    "manifest: arrays in arrays": manifest(json_depth("[", "]")),
    "manifest: objects in objects": manifest(json_depth('{"a":', "}")),
    "manifest: open arrays": manifest(lambda size: "[" * size),
    "manifest: many keys": manifest(lambda size: "{" + ",".join(f'"k{i}":"v"' for i in spread(size, 13)) + "}"),
    "manifest: many dependencies": manifest(lambda size: '{"name":"a","version":"1.0.0","dependencies":{' +
                                            ",".join(f'"d{i}":"^1.0.{i}"' for i in spread(size, 22)) + "}}"),
    "manifest: many scripts": manifest(lambda size: '{"name":"a","version":"1.0.0","scripts":{' +
                                       ",".join(f'"s{i}":"npm run s{i + 1}"' for i in spread(size, 28)) + ',"postinstall":"npm run s0"}}'),
    "manifest: exports in exports": manifest(lambda size: '{"name":"a","version":"1.0.0","exports":' +
                                             json_depth('{"import":', "}")(size).replace("1}", '"./index.js"}', 1) + "}"),
    "manifest: many bin entries": manifest(lambda size: '{"name":"a","version":"1.0.0","bin":{' +
                                           ",".join(f'"b{i}":"./b{i}.js"' for i in spread(size, 20)) + "}}"),
    "manifest: long string": manifest(lambda size: '{"name":"' + "a" * size + '"}'),
    "manifest: escapes": manifest(lambda size: '{"name":"' + "\\u0061" * (size // 6) + '"}'),
    "data: JSON depth": data_file("a.json", json_depth("[", "]")),
    "data: binding.gyp depth": data_file("binding.gyp", json_depth("{'a':[", "]}")),
    "data: binding.gyp expansions": data_file("binding.gyp", lambda size, _: "{'targets':[{'a':'" + "<!(a)" * (size // 5) + "'}]}"),
    "data: binding.gyp conditions": data_file("binding.gyp", lambda size, _: "{'conditions':[" + "['a==1',{'b':'c'}]," * (size // 19) + "]}"),
    "data: tasks.json": data_file(".vscode/tasks.json", json_depth('{"tasks":[', "]}")),
    "data: workflow depth": data_file(".github/workflows/a.yml", lambda size, _: "".join(" " * (i % 400) + "a:\n" for i in spread(size, 203))),
    "data: workflow flow style": data_file(".github/workflows/a.yml", json_depth("[", "]")),
    "data: workflow anchors": data_file(".github/workflows/a.yml", lambda size, _: "a0: &a0 [x]\n" + "".join(
        f"a{i}: &a{i} [*a{i - 1},*a{i - 1}]\n" for i in range(1, size // 25))),
    "data: ELF noise": data_file("a.node", elf),
    "data: PE noise": data_file("a.exe", pe),
    "data: wasm noise": data_file("a.wasm", wasm),
    "data: PNG chunks": data_file("a.png", png),
    "data: source map": data_file("index.js.map", lambda size, _: '{"version":3,"mappings":"' + "AAAA," * (size // 5) + '"}'),
    "python: pyc depth": python_file("a.pyc", pyc),
    "python: pyproject arrays": python_file("pyproject.toml", lambda size, *_: "a = " + json_depth("[", "]")(size)),
    "python: pyproject dotted keys": python_file("pyproject.toml", lambda size, _: "a" + ".a" * (size // 2) + " = 1\n"),
    "python: pyproject tables": python_file("pyproject.toml", lambda size, _: "".join(f"[a.b{i}.c]\nd=1\n" for i in spread(size, 18))),
    "python: pyproject nested tables": python_file("pyproject.toml", lambda size, _: "".join(
        "[" + ".".join(["a"] * (1 + i % 200)) + f".b{i}]\n" for i in spread(size, 210))),
    "python: pyproject open strings": python_file("pyproject.toml", lambda size, _: "a='''" * (size // 5)),
    "python: setup.cfg sections": python_file("setup.cfg", lambda size, _: "".join(f"[s{i}]\nk = v\n" for i in spread(size, 15))),
    "python: setup.cfg continuation": python_file("setup.cfg", lambda size, _: "[a]\nb =\n" + " c\n" * (size // 3)),
    "python: metadata headers": python_file("PKG-INFO", lambda size, _: "Metadata-Version: 2.1\nName: a\nVersion: 1\n" +
                                            "".join(f"Requires-Dist: d{i}; extra == 'e{i}'\n" for i in spread(size, 34))),
    "python: folded header": python_file("PKG-INFO", lambda size, _: "Metadata-Version: 2.1\nName: a\nVersion: 1\nSummary: b\n" + " c\n" * (size // 3)),
    "python: entry points": python_file("a.egg-info/entry_points.txt", lambda size, _: "[console_scripts]\n" +
                                        "".join(f"s{i} = a.b{i}:c\n" for i in spread(size, 15))),
    "python: RECORD lines": lambda size, _: wheel_of([("a-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: a\nVersion: 1\n"), (
        "a-1.dist-info/RECORD", "".join(f"f{i}.py,sha256=aaaa,1\n" for i in spread(size, 24)))]),
    "python: pth lines": python_file("a.pth", lambda size, _: "import a; a.b()\n" * (size // 16)),
    "zip: members": zip_members,
    "zip: long names": zip_long_names,
    "zip: deep names": zip_deep_names,
    "zip: same name": zip_same_name,
    "zip: overlapping members": zip_overlap,
    "zip: bomb": zip_bomb,
    "zip: end records": zip_end_records,
    "zip: in zip in zip": zip_in_zip,
    "zip: side by side": zips_side_by_side,
    "zip: noise": noise_archive(".whl", b"PK\3\4"),
    "tar: members": tar_members,
    "tar: long names": tar_long_names,
    "tar: symbolic links": tar_links(tarfile.SYMTYPE),
    "tar: hard links": tar_links(tarfile.LNKTYPE),
    "tar: headers on headers": tar_headers,
    "tar: random sizes": tar_sizes,
    "tar: in tar in tar": tar_in_tar,
    "gzip: empty members": gzip_members,
    "gzip: bomb": tar_bomb(gzipped, ".tgz"),
    "bzip2: bomb": tar_bomb(bz2.compress, ".tar.bz2"),
    "xz: bomb": tar_bomb(lambda data: lzma.compress(data, preset=0), ".tar.xz"),
    "gzip: noise": noise_archive(".tgz", b"\x1f\x8b\x08\0\0\0\0\0\0\3"),
    "xz: noise": noise_archive(".tar.xz", b"\xfd7zXZ\0"),
    "bzip2: noise": noise_archive(".tar.bz2", b"BZh91AY&SY"),
}
