"""The program is stored in characters that say nothing to a reader."""
import json

from ..registry import transform


def octal(text):
    """ASCII, each character in three octal digits; what is beyond is escaped as the language does."""
    escaped = "".join(c if ord(c) < 128 else "\\u%04x" % ord(c) for c in text)
    return ["%03o" % ord(c) for c in escaped]


def fucked_number(n):
    return "+[]" if n == 0 else "+!![]" if n == 1 else "+".join(["!![]"] * n)


def fucked_index(n):
    digits = str(n)
    if len(digits) == 1:
        return f"[{fucked_number(n)}]"
    # "+" of a text of digits, put together from digits.
    return "[" + "+".join([f"[{fucked_number(int(digits[0]))}]"] + [f"({fucked_number(int(d))})" for d in digits[1:]]) + "]"


class Fucked:
    """Texts written with []()!+ alone."""

    def __init__(self):
        self.known = {}
        for text, source in (("false", "(![]+[])"), ("true", "(!![]+[])"), ("undefined", "([][[]]+[])")):
            self.learn(text, source)
        self.learn("function flat() { [native code] }", f"([][{self.text('flat')}]+[])")
        self.learn("[object Array Iterator]", f"([][{self.text('entries')}]()+[])")
        self.learn("function Number() {", f"((+[])[{self.text('constructor')}]+[])")
        self.learn('<i></i>', f"([]+[])[{self.text('italics')}]()")
        self.learn('<font color="', f"([]+[])[{self.text('fontcolor')}]()")
        self.learn("function String() {", f"(([]+[])[{self.text('constructor')}]+[])")
        for n, letter in ((25, "p"), (17, "h"), (20, "k")):
            base = "+".join(f"({fucked_number(int(d))}+[])" for d in "36")
            self.known.setdefault(letter, f"(+({'+'.join(f'({fucked_number(int(d))}+[])' for d in str(n))}))[{self.text('toString')}]({base})")
        function = f"[][{self.text('flat')}][{self.text('constructor')}]"
        expression = f"{function}({self.text('return/f/')})()[{self.text('constructor')}]({self.text('/')})"
        self.known["\\"] = f"({expression}+[])[+!![]]"
        self.function = function

    def learn(self, text, source):
        for at, letter in enumerate(text):
            if letter not in self.known:
                self.known[letter] = source + fucked_index(at)

    def text(self, text):
        return "+".join(f"({fucked_number(int(c))}+[])" if c.isdigit() else self.known[c] for c in text)


@transform("jsfuck", "javascript", encodes=True)
def jsfuck(program, random):
    """The text is made with []()!+ alone and given to eval."""
    writer = Fucked()
    stored = writer.text("".join("t" + digits for digits in octal(program.text)))
    escapes = f"({stored})[{writer.text('split')}]({writer.text('t')})[{writer.text('join')}]({writer.known[chr(92)]})"
    quote = writer.text('"')
    return program.with_text(f"eval({writer.function}({writer.text('return')}+{quote}+{escapes}+{quote})());\n")


AA_HEAD = """ﾟωﾟﾉ= /｀ｍ´）ﾉ ~┻━┻   //*´∇｀*/ ['_']; o=(ﾟｰﾟ)  =_=3; c=(ﾟΘﾟ) =(ﾟｰﾟ)-(ﾟｰﾟ); (ﾟДﾟ) =(ﾟΘﾟ)= (o^_^o)/ (o^_^o);(ﾟДﾟ)={ﾟΘﾟ: '_' ,ﾟωﾟﾉ : ((ﾟωﾟﾉ==3) +'_') [ﾟΘﾟ] ,ﾟｰﾟﾉ :(ﾟωﾟﾉ+ '_')[o^_^o -(ﾟΘﾟ)] ,ﾟДﾟﾉ:((ﾟｰﾟ==3) +'_')[ﾟｰﾟ] }; (ﾟДﾟ) [ﾟΘﾟ] =((ﾟωﾟﾉ==3) +'_') [c^_^o];(ﾟДﾟ) ['c'] = ((ﾟДﾟ)+'_') [ (ﾟｰﾟ)+(ﾟｰﾟ)-(ﾟΘﾟ) ];(ﾟДﾟ) ['o'] = ((ﾟДﾟ)+'_') [ﾟΘﾟ];(ﾟoﾟ)=(ﾟДﾟ) ['c']+(ﾟДﾟ) ['o']+(ﾟωﾟﾉ +'_')[ﾟΘﾟ]+ ((ﾟωﾟﾉ==3) +'_') [ﾟｰﾟ] + ((ﾟДﾟ) +'_') [(ﾟｰﾟ)+(ﾟｰﾟ)]+ ((ﾟｰﾟ==3) +'_') [ﾟΘﾟ]+((ﾟｰﾟ==3) +'_') [(ﾟｰﾟ) - (ﾟΘﾟ)]+(ﾟДﾟ) ['c']+((ﾟДﾟ)+'_') [(ﾟｰﾟ)+(ﾟｰﾟ)]+ (ﾟДﾟ) ['o']+((ﾟｰﾟ==3) +'_') [ﾟΘﾟ];(ﾟДﾟ) ['_'] =(o^_^o) [ﾟoﾟ] [ﾟoﾟ];(ﾟεﾟ)=((ﾟｰﾟ==3) +'_') [ﾟΘﾟ]+ (ﾟДﾟ) .ﾟДﾟﾉ+((ﾟДﾟ)+'_') [(ﾟｰﾟ) + (ﾟｰﾟ)]+((ﾟｰﾟ==3) +'_') [o^_^o -ﾟΘﾟ]+((ﾟｰﾟ==3) +'_') [ﾟΘﾟ]+ (ﾟωﾟﾉ +'_') [ﾟΘﾟ]; (ﾟｰﾟ)+=(ﾟΘﾟ); (ﾟДﾟ)[ﾟεﾟ]='\\\\'; (ﾟДﾟ).ﾟΘﾟﾉ=(ﾟДﾟ+ ﾟｰﾟ)[o^_^o -(ﾟΘﾟ)];(oﾟｰﾟo)=(ﾟωﾟﾉ +'_')[c^_^o];(ﾟДﾟ) [ﾟoﾟ]='\\"';(ﾟДﾟ) ['_'] ( (ﾟДﾟ) ['_'] (ﾟεﾟ+(ﾟДﾟ)[ﾟoﾟ]+ """
AA_DIGITS = ["(c^_^o)", "(ﾟΘﾟ)", "((o^_^o) - (ﾟΘﾟ))", "(o^_^o)", "(ﾟｰﾟ)", "((ﾟｰﾟ) + (ﾟΘﾟ))", "((o^_^o) +(o^_^o))", "((ﾟｰﾟ) + (o^_^o))"]


@transform("aaencode", "javascript", encodes=True)
def aaencode(program, random):
    """The text is made from faces and given to Function."""
    body = "".join("(ﾟДﾟ)[ﾟεﾟ]+" + "".join(AA_DIGITS[int(d)] + "+ " for d in digits) for digits in octal(program.text))
    return program.with_text(
        "Object.assign(globalThis, { require, module, exports, __dirname, __filename });\n"
        f"{AA_HEAD}{body}(ﾟДﾟ)[ﾟoﾟ]) (ﾟΘﾟ)) ('_');\n")


@transform("variation-selectors", encodes=True)
def variation_selectors(program, random):
    """Bytes are variation selectors behind a letter."""
    stored = "".join(chr(0xFE00 + byte) if byte < 16 else chr(0xE0100 + byte - 16) for byte in program.bytes)
    if program.is_javascript:
        return program.with_text(
            "const s = (v) => [...v].map((w) => (w = w.codePointAt(0), w >= 0xFE00 && w <= 0xFE0F ? w - 0xFE00 : "
            "w >= 0xE0100 && w <= 0xE01EF ? w - 0xE0100 + 16 : null)).filter((n) => n !== null);\n"
            f"eval(Buffer.from(s(`x{stored}`)).toString('utf-8'));\n")
    return program.with_text(
        f"hidden = 'x{stored}'\nout = []\nfor c in hidden[1:]:\n    n = ord(c)\n    if 0xFE00 <= n <= 0xFE0F:\n        out.append(n - 0xFE00)\n"
        "    elif 0xE0100 <= n <= 0xE01EF:\n        out.append(n - 0xE0100 + 16)\nexec(bytes(out).decode())\n")


def bits(data, zero, one):
    return "".join(one if byte >> (7 - bit) & 1 else zero for byte in data for bit in range(8))


@transform("zero-width-bits", encodes=True)
def zero_width(program, random):
    """Bits are zero-width spaces and joiners in a comment-like text."""
    stored = bits(program.bytes, "\u200b", "\u200c")
    if program.is_javascript:
        return program.with_text(
            f'const note = "see{stored}below";\nconst digits = note.replace(/[^\\u200b\\u200c]/g, "").split("").map((c) => c === "\\u200c" ? "1" : "0").join("");\n'
            'let text = "";\nfor (let i = 0; i < digits.length; i += 8) {\n  text += String.fromCharCode(parseInt(digits.slice(i, i + 8), 2));\n}\n'
            "new Function('require', 'module', 'exports', '__dirname', '__filename', text)(require, module, exports, __dirname, __filename);\n")
    return program.with_text(
        f"note = 'see{stored}below'\ndigits = ''.join('1' if c == '\\u200c' else '0' for c in note if c in '\\u200b\\u200c')\n"
        "exec(bytes(int(digits[i:i + 8], 2) for i in range(0, len(digits), 8)))\n")


@transform("white-space-bits", encodes=True)
def white_space(program, random):
    """Bits are blanks and tabs at the ends of a text's lines."""
    lines = [bits(bytes([byte]), " ", "\t") for byte in program.bytes]
    if program.is_javascript:
        stored = "\\n".join(lines)
        return program.with_text(
            f'const page = "{stored}";\nconst text = page.split("\\n").map((line) => String.fromCharCode(parseInt(line.replace(/ /g, "0").replace(/\\t/g, "1"), 2))).join("");\n'
            "eval(text);\n")
    stored = "\n".join(lines)
    return program.with_text(
        f'page = """{stored}"""\nexec(\'\'.join(chr(int(line.replace(" ", "0").replace("\\t", "1"), 2)) for line in page.split("\\n")))\n')


@transform("tag-characters", encodes=True)
def tag_characters(program, random):
    """Each ASCII character is the invisible tag character of the same code."""
    stored = "".join(chr(0xE0000 + ord(c)) for c in program.text)
    if program.is_javascript:
        return program.with_text(
            f"const label = '{stored}';\neval(Array.from(label, (c) => String.fromCodePoint(c.codePointAt(0) - 0xE0000)).join(''));\n")
    return program.with_text(f"label = '{stored}'\nexec(''.join(chr(ord(c) & 0x7F) for c in label))\n")


@transform("hidden-column")
def hidden_column(program, random):
    """The program stands 1,000 columns to the right of a harmless line."""
    blanks = " " * random.randint(900, 1100)
    if program.is_javascript:
        return program.with_text(f"exports.version = '1.0.0';{blanks};eval({json.dumps(program.text)})\n")
    return program.with_text(f"version = '1.0.0'{blanks};exec({program.text!r})\n")
