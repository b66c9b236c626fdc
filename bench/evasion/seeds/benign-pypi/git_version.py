# Asks git for the revision when it is called; runs: import
import subprocess
def revision(folder):
    try:
        output = subprocess.check_output(["git", "rev-parse", "--short", "HEAD"], cwd=folder, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return output.decode().strip()
print(callable(revision))
