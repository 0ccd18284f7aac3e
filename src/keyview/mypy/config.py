"""The plugin's options: `[tool.keyview]` in pyproject.toml, or `[keyview]` in mypy's ini file.

```toml
[tool.keyview]
collections = "keyview"            # judge our own collections only; the default is "all"
strict_none = true                 # and the other names of `relation.Policy`
equal = ["uuid.UUID = my.Id"]      # classes that compare equal although nothing says so
lookups = ["my.Index.find"]        # methods of other classes whose first argument is looked up
```
"""

from __future__ import annotations

import tomllib
from configparser import ConfigParser
from configparser import Error as IniError
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mypy.errors import CompileError

from keyview.mypy.relation import Policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy.options import Options

__all__ = ["Config", "load"]

STRICTNESS: Final = tuple(option.name for option in fields(Policy) if option.name != "equal")
COLLECTIONS: Final = ("all", "keyview")


@dataclass(frozen=True)
class Config:
    """What the options say."""

    #: Whether builtin and other mappings, sets and sequences are judged, or only ours.
    collections: str = "all"
    #: Further methods that look their first argument up, as `module.Class.method`.
    lookups: frozenset[str] = frozenset()
    policy: Policy = field(default_factory=Policy)

    def data(self) -> dict[str, object]:
        """The options in a form that mypy can keep and compare."""
        return {
            "collections": self.collections,
            "lookups": sorted(self.lookups),
            "equal": sorted(sorted(pair) for pair in self.policy.equal),
            **{name: getattr(self.policy, name) for name in STRICTNESS},
        }


def load(options: Options) -> Config:
    """The options for a run of mypy. Raises mypy's `CompileError`, which it shows, for a wrong one."""
    if options.config_file is None:
        return Config()
    path = Path(options.config_file)
    for place in dict.fromkeys((path, path.parent / "pyproject.toml")):
        table = _read(place)
        if table is not None:
            return _parse(table, place)
    return Config()


def _read(path: Path) -> Mapping[str, Any] | None:
    """The table of our options in a file, if there is one."""
    if not path.is_file():
        return None
    if path.suffix == ".toml":
        try:
            document = tomllib.loads(path.read_text("utf-8"))
        except tomllib.TOMLDecodeError:
            return None  # mypy has said so, if it is its own configuration.
        table: Mapping[str, Any] | None = document.get("tool", {}).get("keyview")
        return table
    parser = ConfigParser(interpolation=None)
    try:
        parser.read(path, "utf-8")
    except IniError:
        return None
    if not parser.has_section("keyview"):
        return None
    return {name: _of_ini(name, text) for name, text in parser["keyview"].items()}


def _of_ini(name: str, text: str) -> object:
    """An ini file's text as the value that TOML would have had."""
    if name in ("equal", "lookups"):
        return [item.strip() for item in text.replace("\n", ",").split(",") if item.strip()]
    return {"true": True, "false": False}.get(text.lower(), text)


def _parse(table: Mapping[str, Any], place: Path) -> Config:
    config = Config()
    for name, value in table.items():
        if name in STRICTNESS:
            _check(isinstance(value, bool), place, name, value, "true or false")
            config = replace(config, policy=replace(config.policy, **{name: value}))
        elif name == "collections":
            _check(value in COLLECTIONS, place, name, value, '"all" or "keyview"')
            config = replace(config, collections=value)
        elif name == "lookups":
            expected = 'a list of methods, such as ["package.Class.method"]'
            _check(
                _are_texts(value, lambda text: text.count(".") >= 2), place, name, value, expected
            )
            config = replace(config, lookups=frozenset(value))
        elif name == "equal":
            expected = 'a list of pairs of classes, such as ["uuid.UUID = package.Id"]'
            _check(
                _are_texts(value, lambda text: text.count("=") == 1), place, name, value, expected
            )
            pairs = frozenset(frozenset(map(str.strip, text.split("="))) for text in value)
            config = replace(config, policy=replace(config.policy, equal=pairs))
        else:
            known = ", ".join(("collections", "equal", "lookups", *STRICTNESS))
            raise CompileError(
                [f"{place.name}: keyview has no option {name!r}; its options are {known}"]
            )
    return config


def _are_texts(value: object, test: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and test(item) for item in value)


def _check(good: bool, place: Path, name: str, value: object, expected: str) -> None:
    if not good:
        raise CompileError(
            [f"{place.name}: keyview's option {name} is {value!r}; it must be {expected}"]
        )
