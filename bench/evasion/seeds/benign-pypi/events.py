# Tells listeners about events; runs: import
class Signal:
    def __init__(self):
        self.listeners = []
    def connect(self, listener):
        self.listeners.append(listener)
        return listener
    def send(self, *values):
        return [listener(*values) for listener in self.listeners]
saved = Signal()
saved.connect(lambda name: name.upper())
print(saved.send("a.txt"))
