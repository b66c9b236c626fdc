#!/usr/bin/env python3
"""Holds #include lines to the architecture.

  structure_test.py ROOT

1. A folder of src includes only folders above it in the list of docs/architecture.md.
2. It includes only what its CMake library names in USES, directly or through those.
3. Inside src/ every path is written from src/, and every header has its #pragma once.
"""
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)
LIBRARY = re.compile(r"assay_library\(\s*(\w+)\s*(?:FOLDERS\s+([^)]*?))?\s*(?:USES\s+([^)]*))?\)", re.S)
GENERATED = "generated/"  # written by CMake


def folder_order(architecture):
    """The top folders in the order of the first code block whose first line is src/."""
    block = re.search(r"```\nsrc/\n(.*?)```", architecture, re.S)
    if not block:
        raise SystemExit("docs/architecture.md: no list of folders that starts with src/")
    return re.findall(r"^  (\w+)/", block.group(1), re.M)


def libraries(src):
    """Folder of each library -> (name, folders below it that it takes in, libraries that it uses)."""
    found = {}
    for cmake in sorted(src.rglob("CMakeLists.txt")):
        for name, below, uses in LIBRARY.findall(cmake.read_text()):
            used = re.findall(r"@?assay_(\w+)", uses)
            found[cmake.parent.relative_to(src).as_posix()] = (name, below.split(), used)
    return found


def owner(path, known):
    """The library that a file of src belongs to: the nearest folder upwards that is one."""
    for parent in path.parents:
        if parent.as_posix() in known:
            return parent.as_posix()
    return None


def reachable(name, uses):
    seen, waiting = set(), [name]
    while waiting:
        for used in uses.get(waiting.pop(), []):
            if used not in seen:
                seen.add(used)
                waiting.append(used)
    return seen


def check(root):
    src = root / "src"
    order = folder_order((root / "docs/architecture.md").read_text())
    known = libraries(src)
    uses = {name: used for name, _, used in known.values()}
    problems = [f"src/{child.name}/ is not in the list of docs/architecture.md"
                for child in sorted(src.iterdir()) if child.is_dir() and child.name not in order]
    for path in sorted(p for p in src.rglob("*") if p.suffix in (".h", ".cpp")):
        relative = path.relative_to(src)
        text = path.read_text(errors="replace")
        if path.suffix == ".h" and "#pragma once" not in text:
            problems.append(f"src/{relative}: no #pragma once")
        for included in INCLUDE.findall(text):
            problems += problems_of_include(relative, included, src, order, known, uses)
    return problems


def problems_of_include(relative, included, src, order, known, uses):
    if included.startswith(GENERATED):
        return []
    if not (src / included).is_file():
        return [f'src/{relative}: "{included}" is not a path from src/']
    from_top, to_top = relative.parts[0], pathlib.PurePath(included).parts[0]
    if from_top in order and to_top in order and order.index(to_top) > order.index(from_top):
        return [f"src/{relative}: {from_top}/ may not include {included}: {to_top}/ is below it"]
    here, there = owner(relative, known), owner(pathlib.PurePosixPath(included), known)
    if here is None or there is None:
        return [f'src/{relative}: "{included}" belongs to no library']
    name, target = known[here][0], known[there][0]
    if name != target and target not in reachable(name, uses):
        return [f"src/{relative}: {included} is of {target}, which {name} does not name in USES"]
    return []


def main():
    problems = check(pathlib.Path(sys.argv[1]))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
