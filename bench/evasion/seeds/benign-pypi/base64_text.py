# Encodes and decodes text; runs: import
import base64
import zlib
def pack(text):
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()
def unpack(text):
    return zlib.decompress(base64.b64decode(text)).decode()
print(unpack(pack("hello world")), base64.b64decode("aGVsbG8=").decode())
