"""The text of the program is shrunk, buried or blown up."""
from .. import javascript, python
from ..program import indent
from ..registry import transform
from .control import javascript_parts
from .names import short_names


@transform("minified")
def minified(program, random):
    """No comments, the least white space, short names."""
    short = short_names(program, random)
    if program.is_javascript:
        out = ""
        for token in javascript.tokenize(short.text):
            if token.kind == "comment":
                continue
            if token.kind == "space":
                token.text = " "
            out += token.text
        tight = javascript.tokenize(out)
        for at, token in enumerate(tight):
            if token.kind == "space":
                before, after = (tight[at - 1].text[-1:] if at else ""), (tight[at + 1].text[:1] if at + 1 < len(tight) else "")
                words = before.isalnum() or before in "_$", after.isalnum() or after in "_$"
                token.text = " " if all(words) or (before and before in "+-" and before == after) else ""
        return program.with_text(javascript.to_text(tight) + "\n")
    return program.with_text("\n".join(line.replace("    ", " ") for line in short.text.splitlines()) + "\n")


@transform("one-line")
def one_line(program, random):
    """Everything on one line behind a long harmless one."""
    if program.is_javascript:
        text = " ".join(token.text if token.kind != "space" else " " for token in javascript.tokenize(program.text) if token.kind != "comment")
        return program.with_text("exports.table = [" + ", ".join(str(n * n) for n in range(400)) + "]; " + text + "\n")
    simple, lines = [], []
    for part in python.top_statements(program.text):
        if "\n" in part or part.startswith(("def ", "class ", "if ", "for ", "with ", "try")):
            lines += ["; ".join(simple)] * bool(simple) + [part]
            simple = []
        else:
            simple.append(part)
    lines += ["; ".join(simple)] * bool(simple)
    return program.with_text("table = [" + ", ".join(str(n * n) for n in range(400)) + "]\n" + "\n".join(lines) + "\n")


def harmless(program, size, random):
    """Functions of the kind that libraries hold, up to a size in bytes."""
    parts, total, n = [], 0, 0
    while total < size:
        a, b, c = (random.randint(1, 9999) for _ in range(3))
        if program.is_javascript:
            part = (f"function convert{n}(value, unit) {{\n  // Values above {a} are cut.\n  const limit = Math.min(value, {a});\n"
                    f'  if (unit === "unit{b}") {{\n    return limit * {c} / {a};\n  }}\n  return [limit, {b}].map((part) => part + {c});\n}}\n')
        else:
            part = (f'def convert{n}(value, unit):\n    """Values above {a} are cut."""\n    limit = min(value, {a})\n'
                    f"    if unit == 'unit{b}':\n        return limit * {c} / {a}\n    return [part + {c} for part in (limit, {b})]\n")
        parts.append(part)
        total += len(part)
        n += 1
    return "".join(parts)


@transform("padding-before")
def padding_before(program, random):
    """2 MB of harmless functions stand before the program."""
    return program.with_text(harmless(program, 2_000_000, random) + program.text)


@transform("padding-after")
def padding_after(program, random):
    """2 MB of harmless functions stand after the program."""
    return program.with_text(program.text + harmless(program, 2_000_000, random))


@transform("padding-data")
def padding_data(program, random):
    """A table of 1 MB in the middle of the program."""
    table = ", ".join(str(random.randint(0, 99999)) for _ in range(150_000))
    if program.is_javascript:
        return program.with_text(f"const table = [{table}];\n{program.text}")
    return program.with_text(f"table = [{table}]\n{program.text}")


@transform("padding-run")
def padding_run(program, random):
    """Long harmless loops run before the program."""
    if program.is_javascript:
        return program.with_text("let sum = 0;\nfor (let i = 0; i < 3000000; i++) {\n  sum = (sum * 31 + i) % 1000003;\n}\n" + program.text)
    return program.with_text("total = 0\nfor i in range(2000000):\n    total = (total * 31 + i) % 1000003\n" + program.text)


@transform("deep-nesting")
def deep_nesting(program, random):
    """The program stands in many nested blocks."""
    if program.is_javascript:
        head, parts = javascript_parts(program)
        depth = random.randint(150, 250)
        body = "\n".join(parts)
        return program.with_text("\n".join(head) + "\n" + "".join(f"if ({n + 1} > {n}) {{ " for n in range(depth)) + f"\n{body}\n" + "}" * depth + "\n")
    depth = 18  # Python allows 20 nested blocks and 100 levels of white space.
    opening = "".join(" " * n + (f"if {n + 1} > {n}:\n" if n % 2 else f"for _{n} in (0,):\n") for n in range(depth))
    inner = indent(program.text).replace("    ", " ")
    return program.with_text(opening + "".join(" " * (depth - 1) + line + "\n" for line in inner.splitlines()))


@transform("deep-functions")
def deep_functions(program, random):
    """Forty functions, each calling the next, and the last is the program."""
    if program.is_javascript:
        head, parts = javascript_parts(program)
        body = "\n".join(parts)
        chain = "".join(f"function level{n}(passed) {{\n  return level{n + 1}(passed);\n}}\n" for n in range(40))
        return program.with_text("\n".join(head) + f"\n{chain}function level40(passed) {{\n{body}\nreturn passed;\n}}\nlevel0(1);\n")
    chain = "".join(f"def level{n}(passed):\n    return level{n + 1}(passed)\n" for n in range(40))
    return program.with_text(f"{chain}def level40(passed):\n{indent(python.global_line(program.text) + program.text)}    return passed\nlevel0(1)\n")
