# A client of a web service that authenticates when it is called; runs: import
import json
import os
import urllib.request
class Client:
    def __init__(self, token=None):
        self.token = token or os.environ.get("WIDGET_TOKEN", "")
        self.base = "https://api.example.test"
    def headers(self):
        return {"Authorization": "Bearer " + self.token, "User-Agent": "widget/1.0.0"}
    def get(self, route):
        request = urllib.request.Request(self.base + route, headers=self.headers())
        with urllib.request.urlopen(request) as response:
            return json.load(response)
print(Client("none").headers()["Authorization"])
