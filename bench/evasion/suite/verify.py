"""Runs honest programs, before and after a transform, and compares what they print."""
import concurrent.futures
import os
import shutil
import subprocess
import sys
import tempfile

from .pack import files_of

PLAIN = "(as written)"


def command_of(program, node):
    """What an installer or importer would start, for want of those."""
    if program.is_javascript:
        entry = program.entry or "index.js"
        if "scripts" in program.manifest:
            return ["npm", "run", "--silent", program.runs]
        return [node, "."] if program.runs == "import" and not entry.endswith(".mjs") else [node, entry]
    if program.runs in ("setup", "whole-setup"):
        return [sys.executable, "setup.py", "-q", "--name"]
    return [sys.executable, "-c", "import widget_start" if program.runs == "pth" else "import widget"]


def output_of(program, node):
    """What the package prints when it is started: (output, errors)."""
    with tempfile.TemporaryDirectory() as folder:
        for path, data in files_of(program).items():
            place = os.path.join(folder, path)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "wb") as out:
                out.write(data)
        environment = {**os.environ, "HOME": folder, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"}
        made = subprocess.run(command_of(program, node), cwd=folder, env=environment, capture_output=True, timeout=60)
        return made.stdout, made.stderr


def differences(variants, transforms):
    """Lines about the honest programs that print something else after one of the transforms."""
    node, plain, checks = shutil.which("node"), {}, []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for transform, seed, program in variants:
            if seed.malicious or (program.is_javascript and not node):
                continue
            if transform == PLAIN:
                plain[seed.language, seed.name] = pool.submit(output_of, program, node)
            elif transform in transforms:
                checks.append((transform, seed, pool.submit(output_of, program, node)))
        wrong = []
        for transform, seed, result in checks:
            text, errors = result.result()
            # A script of the suite may say that it is done.
            if text.replace(b"done\n", b"") != plain[seed.language, seed.name].result()[0]:
                last = errors.decode("utf-8", "replace").strip().splitlines()[-1:] or [""]
                wrong.append(f"{transform} {seed.language} {seed.name}: {text[:60]!r} {last[0][:120]}")
    return wrong
