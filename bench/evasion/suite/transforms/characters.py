"""Texts are made from numbers or written in escapes."""
import json

from .strings import rewrite
from ..registry import transform


@transform("escapes")
def escapes(program, random):
    r"""Each character of a text is written \x.., \u.... or in octal."""
    def one(c, languages):
        code = ord(c)
        if code > 0xFFFF:
            return c
        ways = ["\\u%04x" % code]
        if code < 256:
            ways += ["\\x%02x" % code] + (["\\%03o" % code] if languages == "python" else [])
        return random.choice(ways)

    return rewrite(program, lambda value: '"' + "".join(one(c, "javascript") for c in value) + '"',
                   lambda value: "'" + "".join(one(c, "python") for c in value) + "'")


@transform("octal-escapes")
def octal(program, random):
    """Each character of a text is an octal escape; JavaScript allows it in sloppy code."""
    def written(value, quote):
        return quote + "".join("\\%03o" % ord(c) if ord(c) < 256 else c for c in value) + quote

    return rewrite(program, lambda value: written(value, '"'), lambda value: written(value, "'"))


@transform("character-codes")
def codes(program, random):
    """Each text is made from a list of character codes."""
    return rewrite(program, lambda value: f"String.fromCharCode({', '.join(str(ord(c)) for c in value)})",
                   lambda value: f"''.join(chr(c) for c in {[ord(c) for c in value]})")


@transform("character-codes-mapped")
def mapped_codes(program, random):
    """Codes are moved by a constant and mapped back: map(chr, …), apply, spread."""
    shift = random.randint(3, 40)

    def for_javascript(value):
        codes = [ord(c) + shift for c in value]
        return random.choice([f"String.fromCharCode.apply(null, {codes}.map((n) => n - {shift}))",
                              f"String.fromCharCode(...{codes}.map((n) => n - {shift}))",
                              f"{codes}.map((n) => String.fromCharCode(n - {shift})).join('')",
                              f"{codes}.reduce((all, n) => all + String.fromCharCode(n - {shift}), '')"])

    def for_python(value):
        codes = [ord(c) + shift for c in value]
        return random.choice([f"''.join(map(chr, [c - {shift} for c in {codes}]))",
                              f"''.join(map(lambda c: chr(c - {shift}), {codes}))",
                              f"''.join(['%c' % (c - {shift}) for c in {codes}])",
                              f"''.join([str(chr(c - {shift})) for c in {codes}])"])

    return rewrite(program, for_javascript, for_python)


@transform("xor-loop")
def xor_loop(program, random):
    """Each text is a list of numbers that a loop combines with a key."""
    key = [random.randint(1, 120) for _ in range(5)]

    def mixed(value):
        return [ord(c) ^ key[i % len(key)] for i, c in enumerate(value)]

    javascript_head = (f"const mask = {key};\nfunction plain(numbers) {{\n  let text = '';\n  for (let i = 0; i < numbers.length; i++) {{\n"
                       "    text += String.fromCharCode(numbers[i] ^ mask[i % mask.length]);\n  }\n  return text;\n}\n")
    python_head = (f"_key = {key}\ndef _plain(numbers):\n    text = ''\n    for i in range(len(numbers)):\n"
                   "        text += chr(numbers[i] ^ _key[i % len(_key)])\n    return text\n")
    return rewrite(program, lambda value: f"plain({mixed(value)})", lambda value: f"_plain({mixed(value)})",
                   javascript_head, python_head)


@transform("alphabet")
def alphabet(program, random):
    """Characters of each text are picked from an alphabet by their places in it."""
    letters = sorted(set("".join(chr(n) for n in range(32, 127)) + "\n\r\t"))
    random.shuffle(letters)
    stored = "".join(letters)

    def for_javascript(value):
        if any(c not in stored for c in value):
            return json.dumps(value)
        return "[" + ", ".join(str(stored.index(c)) for c in value) + "].map((i) => letters[i]).join('')"

    def for_python(value):
        if any(c not in stored for c in value):
            return repr(value)
        return "''.join([_letters[i] for i in [" + ", ".join(str(stored.index(c)) for c in value) + "]])"

    return rewrite(program, for_javascript, for_python, f"const letters = {json.dumps(stored)};\n", f"_letters = {stored!r}\n")
