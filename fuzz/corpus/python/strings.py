x = f"a{b!r:>{w}.{p}}{{}}{c=}{d = !s:^5}" "e\n" rb'\x41' b"\x41\101" u"\u00e9\U0001F600\N{DASH}"
y = f'{f'{f"{1}"}'}' f"""{
    a[",\""]  # comment
:%Y-%m-%d}""" t"{a}"
z = '''a
b\
c''' R"\" + '\
' F"{x:{y:{z}}}" f"{a!=b}" f"{lambda: 1}" f"{x:=5}" f"\{x}\N{DASH}"
