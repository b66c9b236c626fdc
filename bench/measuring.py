"""What the measuring scripts share: corpora, results, intervals, tables and processor time.

A corpus is a folder that holds manifest.tsv (ecosystem, name, version, archive, bytes, set, cluster)
and a folder for each ecosystem. Its archives are read, never run.
"""
import csv
import json
import math
import os
import resource
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RELEASE = os.path.join(ROOT, "build/release/src/cli/assay")


def read_manifest(folder):
    with open(os.path.join(folder, "manifest.tsv"), newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def archive_key(path):
    """An archive as manifests name it: the folder of its ecosystem and its own name."""
    return "/".join(path.split("/")[-2:])


def read_results(path):
    """Archive -> result, of a file of JSON lines."""
    with open(path, encoding="utf-8") as file:
        results = (json.loads(line) for line in file if line.strip())
        return {archive_key(result["archive"]): result for result in results}


def scan_corpora(assay, folders, options=()):
    """Archive -> result of a fresh scan of corpora, one process for each ecosystem."""
    results = {}
    with tempfile.TemporaryDirectory() as work:
        part = os.path.join(work, "part.jsonl")
        for folder in folders:
            for ecosystem in ("npm", "pypi"):
                if not os.path.isdir(os.path.join(folder, ecosystem)):
                    continue
                subprocess.run([assay, "scan", "--no-cache", "--each", os.path.join(folder, ecosystem), "--format", "jsonl",
                                "--exit-zero", "--offline", "-o", part, *options], check=True, stderr=subprocess.DEVNULL)
                results.update(read_results(part))
    return results


def wilson(hits, total):
    """The 95% Wilson interval of a share."""
    if not total:
        return 0.0, 1.0
    z, p = 1.96, hits / total
    middle, half = p + z * z / (2 * total), z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    return max((middle - half) / (1 + z * z / total), 0.0), min((middle + half) / (1 + z * z / total), 1.0)


def share(hits, total):
    """A share as tables show it: per cent, counts and interval."""
    if not total:
        return "-"
    low, high = wilson(hits, total)
    return f"{100 * hits / total:.1f}% ({hits}/{total}; {100 * low:.1f}-{100 * high:.1f})"


def table(heads, rows):
    """A Markdown table."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


class Cost:
    """What a command used, its children included."""

    def __init__(self, status, cpu, wall, peak_mb, timed_out):
        self.status, self.cpu, self.wall, self.peak_mb, self.timed_out = status, cpu, wall, peak_mb, timed_out


def run_measured(command, timeout=300, stdout=subprocess.DEVNULL, env=None, memory_mb=0):
    """Runs a command to its end, or until a process of it took `timeout` seconds of the processor.
    What is measured is the processor time of the kernel's accounting, which other work on the machine
    disturbs far less than the clock on the wall; that only ends what sleeps."""
    begin = time.monotonic()

    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (int(timeout) + 1, int(timeout) + 1))
        if memory_mb:
            resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))

    process = subprocess.Popen(command, stdout=stdout, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=env,
                               preexec_fn=limit)
    timed_out = False
    deadline = begin + 20 * timeout
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        if time.monotonic() > deadline and not timed_out:
            timed_out = True
            process.kill()
        time.sleep(0.002)
    process.returncode = os.waitstatus_to_exitcode(status)
    timed_out = timed_out or usage.ru_utime + usage.ru_stime > timeout
    return Cost(process.returncode, usage.ru_utime + usage.ru_stime, time.monotonic() - begin,
                usage.ru_maxrss / 1024, timed_out)
