"""The key you look up with need not be the key you stored.

Three questions that Rust programmers ask of `Borrow`, and what Python and the plugin say to each:

1. May `&str` find a `String`? Here: may a `memoryview` find `bytes`? Yes, in a HashMap and in a dict.
   mypy alone refuses both; with the plugin it accepts both.
2. May a `ShortKey("hello")` find `"_hello"`? Yes: it is a view of `str`. In a HashMap, mypy accepts it with
   and without the plugin, and refuses a ShortKey where the keys are not `str`.
3. May a pair of borrowed strings find an owned pair? Not in Rust. In Python it may, because tuples hash
   and compare by their elements; the plugin looks into the tuple and accepts it.
"""

from __future__ import annotations

from keyview import Concat, HashMap, KeyView, prefixed


class EasyShortKey(KeyView[str]):
    """Stands for `"_" + rest`, and builds that string at each lookup."""

    def __init__(self, rest: str) -> None:
        self.rest = rest

    def __key__(self) -> str:
        return "_" + self.rest


class ShortKey(EasyShortKey):
    """The same, without building the string for the comparison.

    A `str` can be hashed by its own hash only, so `__hash__` still builds it, but once: what is
    left to do by hand is to keep the hash, and to compare in two parts.
    """

    def __init__(self, rest: str) -> None:
        super().__init__(rest)
        self._hash = hash(self.__key__())

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return other.startswith("_") and other[1:] == self.rest
        if isinstance(other, ShortKey):
            return self.rest == other.rest
        return NotImplemented


def main() -> None:
    greetings = HashMap({"_hello": "world"})
    assert greetings[EasyShortKey("hello")] == "world"
    assert greetings[ShortKey("hello")] == "world"
    # keyview's own views need no class, and on the native backend build no key for a lookup.
    assert greetings[Concat("_", "hello")] == "world"
    assert greetings.by(prefixed("_"))["hello"] == "world"

    # A view is never stored: the key that it stands for is.
    greetings.entry(ShortKey("bye")).or_insert("now")
    assert list(greetings) == ["_hello", "_bye"]

    request = memoryview(b"GET /index.html")
    handlers = HashMap({b"GET": "read", b"PUT": "write"})
    assert handlers[request[:3]] == "read"

    routes = HashMap({(b"GET", b"/index.html"): "index"})
    assert routes[request[:3], request[4:]] == "index"
    scores = HashMap({("_hello", 3): 0.5})
    assert scores[ShortKey("hello"), 3] == 0.5

    print(f"{greetings}\n{handlers}\n{routes}\n{scores}")


if __name__ == "__main__":
    main()
