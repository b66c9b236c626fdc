# Reads settings from lines of text; runs: import
import os
import re
def parse(text):
    result = {}
    for line in text.splitlines():
        match = re.match(r"^\s*([\w.]+)\s*=\s*(.*?)\s*$", line)
        if match:
            result[match.group(1)] = match.group(2).strip('"')
    return result
values = parse('PORT=3000\nNAME="the widget"\n# note\n')
for name, value in values.items():
    os.environ.setdefault(name, value)
print(values["PORT"], values["NAME"])
