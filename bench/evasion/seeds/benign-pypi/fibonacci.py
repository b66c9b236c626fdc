# Numbers with a memory; runs: import
import functools
@functools.lru_cache(maxsize=None)
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)
print([fibonacci(n) for n in range(10)], sum(n * n for n in range(5)))
