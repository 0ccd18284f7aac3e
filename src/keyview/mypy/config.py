"""The plugin's options: `[tool.keyview]` in pyproject.toml, or `[keyview]` in mypy's ini file.

```toml
[tool.keyview]
collections = "keyview"            # judge keyview's own collections only; the default is "all"
strict_none = true                 # and the other fields of `relation.Policy`
comparisons = true                 # judge == and !=, too
equal = ["uuid.UUID = my.Id"]      # classes that compare equal although no declaration says so
lookups = ["my.Index.find"]        # methods of other classes that look up their first argument
```
"""

from __future__ import annotations

import tomllib
from configparser import ConfigParser
from configparser import Error as IniError
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from keyview.mypy.facts.relation import Policy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mypy.options import Options

__all__ = ["Config", "WrongOptionError", "load"]

STRICTNESS: Final = tuple(name for name in Policy._fields if name != "equal")
COLLECTIONS: Final = ("all", "keyview")


class Config(NamedTuple):
    """The values of the options."""

    #: "all": mappings, sets and sequences of all kinds are judged. "keyview": only those of keyview.
    collections: str = "all"
    #: Whether `==` and `!=` are judged, too.
    comparisons: bool = False
    #: Further methods that look up their first argument, as `module.Class.method`.
    lookups: frozenset[str] = frozenset()
    policy: Policy = Policy()

    def data(self) -> dict[str, object]:
        """The options in a form that mypy can store and compare."""
        return {
            "collections": self.collections,
            "comparisons": self.comparisons,
            "lookups": sorted(self.lookups),
            "equal": sorted(sorted(pair) for pair in self.policy.equal),
            **{name: getattr(self.policy, name) for name in STRICTNESS},
        }


class WrongOptionError(Exception):
    """An option is unknown or has a wrong value. The message is one line."""


def load(options: Options) -> Config:
    """The options for a run of mypy: from its configuration file, or from a pyproject.toml beside that file.

    Raises `WrongOptionError`.
    """
    if options.config_file is None:
        return Config()
    path = Path(options.config_file)
    for place in dict.fromkeys((path, path.parent / "pyproject.toml")):
        table = _read(place)
        if table is not None:
            return _parse(table, place)
    return Config()


def _read(path: Path) -> Mapping[str, Any] | None:
    """The table of keyview's options in a file, or None if the file has none."""
    if not path.is_file():
        return None
    try:
        return _read_toml(path) if path.suffix == ".toml" else _read_ini(path)
    except (ValueError, IniError) as error:
        reason = " ".join(str(error).split())
        raise WrongOptionError(f"{path.name}: cannot be read: {reason}") from error


def _read_toml(path: Path) -> Mapping[str, Any] | None:
    table = tomllib.loads(path.read_text("utf-8"))
    for name in ("tool", "keyview"):
        if name not in table:
            return None
        table = table[name]
        if not isinstance(table, dict):
            raise WrongOptionError(f"{path.name}: {name} is {table!r}; it must be a table")
    return table


def _read_ini(path: Path) -> Mapping[str, Any] | None:
    parser = ConfigParser(interpolation=None)
    parser.read(path, "utf-8")
    if not parser.has_section("keyview"):
        return None
    return {name: _of_ini(name, text) for name, text in parser["keyview"].items()}


def _of_ini(name: str, text: str) -> object:
    """The value that TOML would have for the text in an ini file."""
    if name in ("equal", "lookups"):
        return [item.strip() for item in text.replace("\n", ",").split(",") if item.strip()]
    if name == "comparisons" or name in STRICTNESS:
        return ConfigParser.BOOLEAN_STATES.get(text.lower(), text)
    return text


def _parse(table: Mapping[str, Any], place: Path) -> Config:
    known = ("collections", "comparisons", "equal", "lookups", *STRICTNESS)
    for name, value in table.items():
        if name not in known:
            raise WrongOptionError(
                f"{place.name}: keyview has no option {name!r}; its options are {', '.join(known)}"
            )
        is_right, expected = _rule(name)
        if not is_right(value):
            raise WrongOptionError(
                f"{place.name}: keyview's option {name} is {value!r}; it must be {expected}"
            )
    pairs = (frozenset(_classes(text)) for text in table.get("equal", ()))
    strictness = {name: table[name] for name in STRICTNESS if name in table}
    config = Config(
        lookups=frozenset(table.get("lookups", ())),
        policy=Policy(equal=frozenset(pairs), **strictness),
    )
    given = {name: table[name] for name in ("collections", "comparisons") if name in table}
    return config._replace(**given)


def _rule(name: str) -> tuple[Callable[[Any], bool], str]:
    """A function that tells whether a value of an option is right, and the right values in words."""
    if name == "collections":
        return lambda value: value in COLLECTIONS, '"all" or "keyview"'
    if name == "lookups":
        return _all_texts(_is_method), 'a list of methods, such as ["package.Class.method"]'
    if name == "equal":
        return _all_texts(
            _is_pair
        ), 'a list of pairs of classes, such as ["uuid.UUID = package.Id"]'
    return lambda value: isinstance(value, bool), "true or false"


def _all_texts(test: Callable[[str], bool]) -> Callable[[Any], bool]:
    return lambda value: (
        isinstance(value, list) and all(isinstance(item, str) and test(item) for item in value)
    )


def _is_method(text: str) -> bool:
    return text.count(".") >= 2 and _is_dotted(text)


def _is_pair(text: str) -> bool:
    classes = _classes(text)
    return len(set(classes)) == len(classes) == 2 and all(map(_is_dotted, classes))


def _is_dotted(text: str) -> bool:
    return "." in text and all(part.isidentifier() for part in text.split("."))


def _classes(pair: str) -> list[str]:
    return [name.strip() for name in pair.split("=")]
