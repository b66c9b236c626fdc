# -*- coding: latin-1 -*-
print "a %s" % x, ur'\d', 0777, 10L, 0xFFL, `x`, a <> b
print >>sys.stderr, "x"
print
exec "code" in ns, loc
exec(code) in ns
def f(a, (b, c), (d, (e,))=1): raise E, "message", tb
try:
	pass
except (A, B), e:
        pass
async = await = nonlocal
