# Texts in several languages; runs: import
import json
texts = json.loads('{"en": {"hello": "Hello, {0}!"}, "de": {"hello": "Hallo, {0}!"}}')
def say(language, key, value):
    table = texts.get(language, texts["en"])
    return table[key].format(value)
print(say("de", "hello", "Ann"), say("xx", "hello", "Bob"))
