"""The program only runs where no one looks."""
from .. import python
from ..program import indent
from ..registry import transform
from .control import javascript_parts


def guarded(program, condition, head=""):
    if program.is_javascript:
        names, parts = javascript_parts(program)
        body = "\n  ".join(parts)
        return program.with_text("\n".join(names) + f"\n{head}if ({condition}) {{\n  {body}\n}}\n")
    return program.with_text(f"{head}if {condition}:\n{indent(program.text)}")


@transform("guard-environment")
def guard_environment(program, random):
    """Not on build machines, not in a sandbox."""
    if program.is_javascript:
        return guarded(program, '!process.env.WIDGET_CI_NAME && !process.env.WIDGET_SANDBOX && require("os").cpus().length > 0')
    return guarded(program, "not os.environ.get('WIDGET_CI_NAME') and 'WIDGET_SANDBOX' not in os.environ and os.cpu_count() > 0", "import os\n")


@transform("guard-time")
def guard_time(program, random):
    """Only after a date, or at some hours."""
    if program.is_javascript:
        return guarded(program, "Date.now() > 1600000000000 && new Date().getHours() >= 0")
    return guarded(program, "time.time() > 1600000000 and datetime.datetime.now().hour >= 0", "import datetime, time\n")


@transform("guard-locale")
def guard_locale(program, random):
    """Only with some languages or time zones."""
    if program.is_javascript:
        return guarded(program, '!Intl.DateTimeFormat().resolvedOptions().timeZone.includes("Nowhere") && !/xx_XX/.test(process.env.LANG || "")')
    return guarded(program, "'xx_XX' not in (locale.getlocale()[0] or '') and time.tzname[0] != 'Nowhere'", "import locale, time\n")


@transform("guard-platform")
def guard_platform(program, random):
    """Only on some systems, asked for in several ways."""
    if program.is_javascript:
        return guarded(program, '["linux", "win32", "darwin"].includes(process.platform) && require("os").type().length > 2')
    return guarded(program, "sys.platform in ('linux', 'win32', 'darwin') and platform.system() != ''", "import platform, sys\n")


@transform("guard-early-return")
def guard_early_return(program, random):
    """A function returns early when a debugger or a test is there."""
    if program.is_javascript:
        names, parts = javascript_parts(program)
        body = "\n  ".join(parts)
        return program.with_text("\n".join(names) + '\nfunction main() {\n  if (process.execArgv.join().includes("inspect")) {\n    return;\n  }\n'
                                 f'  if (typeof describe === "function") {{\n    return;\n  }}\n  {body}\n}}\nmain();\n')
    body = "if sys.gettrace() is not None:\n    return\nif 'pytest' in sys.modules:\n    return\n" + program.text
    return program.with_text(f"import sys\ndef main():\n{indent(python.global_line(program.text) + body)}main()\n")


@transform("guard-probability")
def guard_probability(program, random):
    """Only in some of the runs."""
    if program.is_javascript:
        return guarded(program, "Math.random() >= 0")
    return guarded(program, "random.random() >= 0", "import random\n")


@transform("keyed", encodes=True)
def keyed(program, random):
    """The program is stored under a key that the machine gives: a text that only runs where it fits."""
    import base64
    key = "linux"
    stored = base64.b64encode(bytes(byte ^ ord(key[i % 5]) for i, byte in enumerate(program.bytes))).decode()
    if program.is_javascript:
        return program.with_text(
            f'const key = process.platform.slice(0, 5);\nconst data = Buffer.from("{stored}", "base64");\nconst text = Array.from(data, (byte, i) => '
            "String.fromCharCode(byte ^ key.charCodeAt(i % key.length))).join('');\nif (text.includes(';')) {\n  eval(text);\n}\n")
    return program.with_text(
        f"import base64, sys\nkey = sys.platform[:5].encode()\ndata = base64.b64decode('{stored}')\n"
        "text = bytes(byte ^ key[i % len(key)] for i, byte in enumerate(data)).decode('latin-1')\nif '\\n' in text:\n    exec(text)\n")
