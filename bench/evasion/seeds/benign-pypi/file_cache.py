# A cache in the folder for temporary files; runs: import
import hashlib
import os
import pickle
import tempfile
folder = os.path.join(tempfile.gettempdir(), "widget-cache")
def place(key):
    return os.path.join(folder, hashlib.sha256(key.encode()).hexdigest()[:16])
def put(key, value):
    os.makedirs(folder, exist_ok=True)
    with open(place(key), "wb") as file:
        pickle.dump(value, file)
def get(key):
    with open(place(key), "rb") as file:
        return pickle.load(file)
print(os.path.basename(place("answer")))
