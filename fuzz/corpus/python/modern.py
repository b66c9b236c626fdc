from __future__ import annotations
import os, sys.path as p
from ..pkg.mod import (a as b, c,)
type Alias[T: int = str, *Ts, **P] = dict[T, P]
@decorate(1)
class A[T](Base, metaclass=Meta, **kw):
    field: list[int] = []
    other: make("x")
    async def f[U](self, a, /, b=1, *args: U, c, d=2, **rest) -> None:
        async with (open(a) as x, b): await self.g(*args, **rest)
        async for i, *j in c: yield i
        return [x async for x in y if x if not z for (k, v) in w]
def g(a, *, b): return (yield), (yield from a), lambda x, *y, z=1, **w: x if y else z
match point:
    case Point(x=0, y=[1, *_]) | {"k": v, **r} if v: pass
    case -1 | None | "s" as q: pass
    case _: pass
match(x)
if (n := len(a)) > 10 and 0 < n <= 5 is not None not in b: pass
elif x: pass
else: del a[1:2, ..., ::3], b.c
try: pass
except* (A, B) as e: raise C from e
except D, E: pass
else: pass
finally: a @= b; c //= d ** -e; f >>= ~g
{**a, 1: 2}, {1, *b}, {k: v for k, v in x}, {x for x in y}, (), (1,), []
