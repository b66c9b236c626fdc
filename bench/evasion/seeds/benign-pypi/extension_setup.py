# Decides which extension modules to build; runs: setup
import os
import platform
import sys
sources = ["src/widget.c"]
if sys.platform == "win32":
    flags = ["/O2"]
else:
    flags = ["-O2", "-std=c99"]
if os.environ.get("WIDGET_NO_EXTENSIONS"):
    sources = []
print(len(sources), len(flags), platform.python_implementation())
