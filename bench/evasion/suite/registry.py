"""The table of transforms. Each is one function from a Program to a Program that means the same."""
import dataclasses
import typing

BOTH = ("javascript", "python")


@dataclasses.dataclass(frozen=True)
class Transform:
    name: str
    languages: tuple
    apply: typing.Callable
    runs_here: bool  # the result can be run here to see that it means the same
    encodes: bool    # the whole program is stored in a form that no reader can read

    @property
    def what(self):
        return (self.apply.__doc__ or "").strip().splitlines()[0]


ALL = []


def transform(name, *languages, runs_here=True, encodes=False):
    def register(function):
        if any(known.name == name for known in ALL):
            raise ValueError(f"two transforms are called {name}")
        ALL.append(Transform(name, languages or BOTH, function, runs_here, encodes))
        return function

    return register
