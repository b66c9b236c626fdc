# Loads plug-ins by name; runs: import
import importlib
known = {"text": "string", "math": "math", "dates": "datetime"}
def load(name):
    if name not in known:
        raise KeyError("unknown plug-in " + name)
    return importlib.import_module(known[name])
print([load(name).__name__ for name in sorted(known)])
