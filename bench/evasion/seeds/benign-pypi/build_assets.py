# Writes generated constants into the package; runs: setup
import json
import os
folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "widget_generated")
os.makedirs(folder, exist_ok=True)
with open(os.path.join(folder, "constants.json"), "w") as file:
    json.dump({"version": "1.0.0", "levels": ["low", "high"]}, file)
with open(os.path.join(folder, "constants.json")) as file:
    print(len(file.read()))
