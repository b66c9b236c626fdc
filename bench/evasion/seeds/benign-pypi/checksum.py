# Checksums of files; runs: import
import hashlib
import hmac
known = {"empty": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
def sha256(data):
    return hashlib.sha256(data).hexdigest()
print(hmac.compare_digest(sha256(b""), known["empty"]), sha256(b"abc")[:8])
