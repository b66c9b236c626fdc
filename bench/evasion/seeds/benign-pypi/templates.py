# Compiles templates to functions; runs: import
cache = {}
def compile_template(text):
    if text not in cache:
        names = {}
        exec("def render(data):\n    return " + repr(text) + ".format(**data)\n", names)
        cache[text] = names["render"]
    return cache[text]
print(compile_template("Hello {name}, {count} new")({"name": "Ann", "count": 3}))
