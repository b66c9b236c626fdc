# A setup script with a command of its own; runs: whole-setup
import subprocess
import sys
from setuptools import Command, setup
class Check(Command):
    description = "runs the tests"
    user_options = []
    def initialize_options(self):
        self.failed = False
    def finalize_options(self):
        self.failed = False
    def run(self):
        self.failed = subprocess.call([sys.executable, "-m", "unittest"]) != 0
setup(name="widget", version="1.0.0", packages=[], cmdclass={"check_all": Check})
