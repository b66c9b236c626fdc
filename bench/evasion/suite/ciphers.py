"""AES in CBC mode and Fernet tokens, written out so that the suite needs no library."""
import base64
import hashlib
import hmac
import struct


def double(byte):
    return (byte << 1 ^ 0x1B) & 0xFF if byte & 0x80 else byte << 1


def multiply(a, b):
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a, b = double(a), b >> 1
    return product


def substitutions():
    box = [0x63] * 256
    for byte in range(1, 256):
        inverse = next(other for other in range(1, 256) if multiply(byte, other) == 1)
        box[byte] = inverse ^ 0x63
        for turn in range(1, 5):
            box[byte] ^= (inverse << turn | inverse >> (8 - turn)) & 0xFF
    return box


BOX = substitutions()


def round_keys(key):
    words = [list(key[i:i + 4]) for i in range(0, len(key), 4)]
    size, constant = len(words), 1
    for i in range(size, 4 * (size + 7)):
        word = list(words[-1])
        if i % size == 0:
            word = [BOX[byte] for byte in word[1:] + word[:1]]
            word[0] ^= constant
            constant = double(constant)
        elif size > 6 and i % size == 4:
            word = [BOX[byte] for byte in word]
        words.append([a ^ b for a, b in zip(words[i - size], word)])
    return [sum(words[i:i + 4], []) for i in range(0, len(words), 4)]


def mixed(column):
    total = column[0] ^ column[1] ^ column[2] ^ column[3]
    return [byte ^ total ^ double(byte ^ column[(i + 1) % 4]) for i, byte in enumerate(column)]


def encrypt_block(block, keys):
    state = [a ^ b for a, b in zip(block, keys[0])]
    for number, key in enumerate(keys[1:], 2):
        state = [BOX[state[(i + 4 * (i % 4)) % 16]] for i in range(16)]
        if number < len(keys):
            state = sum((mixed(state[i:i + 4]) for i in range(0, 16, 4)), [])
        state = [a ^ b for a, b in zip(state, key)]
    return bytes(state)


def aes_cbc(key, start, data):
    """Encrypted, padded as PKCS#7 has it."""
    keys, before, out = round_keys(key), start, b""
    fill = 16 - len(data) % 16
    data += bytes([fill]) * fill
    for at in range(0, len(data), 16):
        before = encrypt_block(bytes(a ^ b for a, b in zip(data[at:at + 16], before)), keys)
        out += before
    return out


def fernet_token(key, start, data):
    """With the time of 2020-09-13; the key's first half signs."""
    signed = b"\x80" + struct.pack(">Q", 1600000000) + start + aes_cbc(key[16:], start, data)
    return base64.urlsafe_b64encode(signed + hmac.new(key[:16], signed, hashlib.sha256).digest()).decode()
