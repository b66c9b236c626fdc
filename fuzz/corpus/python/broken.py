def f(:
  x = foo(1, [2
  y = 3
def g():
    return {
class A(
if x:
        a
    b
	 c
   d)
]}
x = = 5
else:
  y(1)
f"{a" 
 f"{b!}" "unclosed
"""
rest