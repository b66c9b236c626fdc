# Reads the version from a file beside it; runs: setup
import os
import re
here = os.path.dirname(os.path.abspath(__file__))
text = '__version__ = "1.0.0"\n'
path = os.path.join(here, "widget", "version.py")
if os.path.exists(path):
    with open(path) as file:
        text = file.read()
version = re.search('__version__ = "(.+)"', text).group(1)
print("version", version)
