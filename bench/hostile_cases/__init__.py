"""Generated pathologies. Each is a function of (size in bytes, random.Random) that gives the bytes of
an archive; nothing in them works, and all names are reserved."""
