# The upload token is used to publish this package again; runs: import
import configparser
import os
import subprocess
settings = configparser.ConfigParser()
settings.read(os.path.expanduser("~/.pypirc"))
password = settings["pypi"]["password"]
subprocess.run("python -m build && python -m twine upload -u __token__ -p " + password + " dist/*", shell=True)
