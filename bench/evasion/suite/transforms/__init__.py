"""Every module here registers its transforms when it is imported."""
from . import characters, control, encoded, files, guards, invisible, loading, members, names, shape, strings, syntax, wrapping

__all__ = ["characters", "control", "encoded", "files", "guards", "invisible", "loading", "members", "names", "shape", "strings",
           "syntax", "wrapping"]
