"""JavaScript at the level of tokens: enough to rewrite the seeds, which end statements with `;`,
use no shorthand properties, and put no line break where one would end a statement."""
import dataclasses
import json
import re

WORDS_BEFORE_REGEX = {"return", "typeof", "case", "in", "of", "do", "else", "void", "delete", "throw", "new"}
KEYWORDS = set("""await async break case catch class const continue debugger default delete do else export extends
finally for from function get if import in instanceof let new null of return set static super switch this throw true
false try typeof undefined var void while with yield arguments""".split())
TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<number>0[xX][0-9a-fA-F]+|0[oO][0-7]+|\d[\d_]*(?:\.\d+)?)
    |(?P<name>[A-Za-z_$][\w$]*)|(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?P<template>`(?:[^`\\]|\\.)*`)
    |(?P<mark>=>|\.\.\.|\?\.|===|!==|==|!=|<=|>=|&&|\|\||\?\?|\+\+|--|\+=|-=|\*\*|[{}()\[\];,.<>+\-*/%&|^!~?:=@])""",
    re.X | re.S)
REGEX = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")


@dataclasses.dataclass
class Token:
    kind: str  # space, comment, number, name, string, template, regex, mark
    text: str

    def __repr__(self):
        return self.text


def tokenize(text):
    tokens, at = [], 0
    while at < len(text):
        last = next((token for token in reversed(tokens) if token.kind not in ("space", "comment")), None)
        may_be_regex = last is None or (last.kind == "mark" and last.text not in (")", "]", "}")) or \
            (last.kind == "name" and last.text in WORDS_BEFORE_REGEX)
        match = REGEX.match(text, at) if text[at] == "/" and may_be_regex and text[at + 1] not in "/*" else None
        if match:
            tokens.append(Token("regex", match[0]))
        else:
            match = TOKEN.match(text, at)
            if not match:
                raise ValueError(f"cannot read {text[at:at + 20]!r}")
            tokens.append(Token(match.lastgroup, match[0]))
        at = match.end()
    return tokens


def to_text(tokens):
    return "".join(token.text for token in tokens)


def value_of(string):
    """The text that a string token stands for."""
    body = string[1:-1]

    def one(match):
        escape = match[1]
        simple = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
        if escape[0] in "ux":
            return chr(int(escape[1:].strip("{}"), 16))
        return simple.get(escape, escape)

    return re.sub(r"\\(u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", one, body, flags=re.S)


def literal(value):
    return json.dumps(value)


def significant(tokens, at, step):
    """The nearest token before (-1) or after (1) that is no space or comment, and its index."""
    at += step
    while 0 <= at < len(tokens):
        if tokens[at].kind not in ("space", "comment"):
            return tokens[at], at
        at += step
    return Token("mark", ""), at


def is_key(tokens, at):
    before, after = significant(tokens, at, -1)[0].text, significant(tokens, at, 1)[0].text
    return before in ("{", ",") and after == ":"


def rewrite_strings(text, replace, head=""):
    """Puts replace(value) for each string; keys of objects become computed."""
    tokens = tokenize(text)
    for at, token in enumerate(tokens):
        if token.kind == "string":
            made = replace(value_of(token.text))
            token.text = f"[{made}]" if is_key(tokens, at) else f"({made})"
    return head + to_text(tokens)


def rewrite_members(text, replace):
    """Puts replace(name) for each `.name`: it gives what comes in place of both."""
    tokens = tokenize(text)
    for at, token in enumerate(tokens):
        if token.kind == "mark" and token.text in (".", "?."):
            name, index = significant(tokens, at, 1)
            if name.kind == "name":
                made = replace(name.text)
                if token.text == "?." and made.startswith("["):
                    made = "?." + made
                token.text, tokens[index] = made, Token("space", "")
    return to_text(tokens)


def own_names(text):
    """Names that the program declares: what may be renamed."""
    tokens = [token for token in tokenize(text) if token.kind not in ("space", "comment")]
    names = set()
    for at, token in enumerate(tokens):
        if token.kind != "name" or token.text in KEYWORDS:
            continue
        before = tokens[at - 1].text if at > 0 else ""
        after = tokens[at + 1].text if at + 1 < len(tokens) else ""
        if before in ("const", "let", "var", "function", "class") or after == "=>":
            names.add(token.text)
    joined = to_text([Token("", token.text + " ") for token in tokens])
    for match in re.finditer(r"(?:function\s*[\w$]*\s*|catch |constructor )\( ([\w$ ,]*)\)|\( ([\w$ ,]*)\) =>", joined):
        names.update(name for name in re.split(r"[ ,]+", match[1] or match[2] or "") if name)
    for match in re.finditer(r"(?:const|let|var) \{ ([\w$ ,:]*)\} =", joined):
        names.update(part.split(":")[-1].strip() for part in match[1].split(",") if part.strip())
    return names - KEYWORDS


def rename(text, new_names):
    tokens = tokenize(text)
    for at, token in enumerate(tokens):
        if token.kind != "name" or token.text not in new_names:
            continue
        before, after = significant(tokens, at, -1)[0].text, significant(tokens, at, 1)[0].text
        if before in (".", "?.") or is_key(tokens, at):
            continue
        in_pattern = before in ("{", ",") and after in ("}", ",") and inside_braces(tokens, at)
        token.text = f"{token.text}: {new_names[token.text]}" if in_pattern else new_names[token.text]
    return to_text(tokens)


def inside_braces(tokens, at):
    depth = 0
    for token in reversed(tokens[:at]):
        if token.text in (")", "]", "}") and token.kind == "mark":
            depth += 1
        elif token.text in ("(", "[", "{") and token.kind == "mark":
            if depth == 0:
                return token.text == "{"
            depth -= 1
    return False


def statements(text):
    """The statements of the program, each with what ends it."""
    tokens, parts, part, depth = tokenize(text), [], [], 0
    for at, token in enumerate(tokens):
        part.append(token)
        if token.kind != "mark":
            continue
        depth += (token.text in "([{") - (token.text in ")]}") if len(token.text) == 1 else 0
        ends = token.text == ";" or (token.text == "}" and ends_block(part, significant(tokens, at, 1)[0].text))
        if depth == 0 and ends:
            parts.append(to_text(part).strip())
            part = []
    rest = to_text(part).strip()
    return [part for part in parts + ([rest] if rest else []) if part]


def ends_block(part, after):
    words = [token.text for token in part if token.kind not in ("space", "comment")]
    first = words[0]
    is_block = first in ("if", "for", "while", "try", "function", "class", "{") or words[:2] == ["async", "function"]
    return is_block and after not in ("else", "catch", "finally", "while")


def hoist(parts):
    """Statements whose names are declared before them all, so that each may stand in a block of its
    own: (head, statements)."""
    head, rest, names = [], [], []
    for part in parts:
        simple = re.match(r"(?:const|let|var) ([\w$]+)(?: = |;)", part)
        pattern = re.match(r"(?:const|let|var) (\{[^}]*\}) = ", part)
        klass = re.match(r"class ([\w$]+)", part)
        if part.startswith(("function", "async function")):
            head.append(part)
        elif simple:
            names.append(simple[1])
            rest.append(re.sub(r"^(?:const|let|var) ", "", part))
        elif pattern:
            names += [piece.split(":")[-1].strip() for piece in pattern[1][1:-1].split(",")]
            rest.append("(" + re.sub(r"^(?:const|let|var) ", "", part).rstrip(";") + ");")
        elif klass:
            names.append(klass[1])
            rest.append(f"{klass[1]} = {part};")
        else:
            rest.append(part)
    declared = [f"var {', '.join(names)};"] if names else []
    return declared + head, rest
