"""How many wrong edits of real lookups mypy finds, alone and with the plugin.

`python -m tools.wrong_edits` takes the lookups in packages of `packages.toml`, edits their queries so that
they can never be found (a `str` encoded, an `int` quoted, a pair swapped, ...), many in one copy of a
package but never two in one function, and counts for which edits mypy has a new error there. It writes
`docs/proof/edits.md`.
"""

from __future__ import annotations

import ast
import json
import os
import random
import shutil
import sys
from argparse import ArgumentParser
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tools.packages import ROOT, FailedError, Table, add_arguments, mypy, packages
from tools.record_lookups import Site

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from tools.packages import Error, Package

PAGE: Final = ROOT / "docs" / "proof" / "edits.md"
PACKAGES: Final = (
    *("packaging", "sphinx", "hypothesis", "pytest", "tox"),
    *("trio", "rich", "werkzeug", "jinja2"),
)


@dataclass(frozen=True)
class Edit:
    """A way to edit a lookup wrong."""

    name: str
    #: The kind of query that the edit is for, and the new query, with `{}` for the old one.
    query: str
    wrong: str
    #: The kinds of stored keys to which the new query is never equal.
    never: frozenset[str]
    #: The code that the edit needs at the end of the module.
    needs: str = ""


def _sibling(base: str) -> Edit:
    name = f"_Sibling_{base}"
    return Edit(
        "a sibling NewType",
        f"NewType of builtins.{base}",
        f"{name}({{}})",
        frozenset({f"NewType of builtins.{base}", "None"}),
        f"from typing import NewType as _NewType\n{name} = _NewType('{name}', {base})",
    )


TEXTS: Final = frozenset({"str", "NewType of builtins.str", "None"})
NUMBERS: Final = frozenset({"int", "NewType of builtins.int", "None"})
OBJECTS: Final = frozenset({"object", "enum", "class", "path", "None"})
ANYTHING: Final = TEXTS | NUMBERS | OBJECTS | {"bytes", "pair", "tuple"}
EDITS: Final = (
    Edit("a str encoded", "str", "({}).encode()", TEXTS),
    Edit("a Path for a str", "str", "_Path({})", TEXTS, "from pathlib import Path as _Path"),
    Edit("a str in a pair", "str", "({}, 0)", TEXTS),
    Edit("an int quoted", "int", "str({})", NUMBERS),
    Edit("an int in a pair", "int", "({}, 0)", NUMBERS),
    Edit("bytes decoded", "bytes", "({}).decode()", frozenset({"bytes", "None"})),
    Edit("a Path quoted", "path", "str({})", OBJECTS),
    Edit("an enum's value", "enum", "({}).value", frozenset({"enum", "None"})),
    Edit("a pair swapped", "pair", "({})[::-1]", frozenset({"pair", "None"})),
    Edit("a tuple cut", "pair", "({})[:1]", frozenset({"pair", "None"})),
    Edit("a class's name", "class", "({}).__name__", OBJECTS),
    Edit("an object's name", "object", "str({})", OBJECTS),
    Edit("an object's id", "object", "id({})", OBJECTS),
    _sibling("str"),
    _sibling("int"),
    *(
        Edit("None", kind, "None", ANYTHING - {"None"})
        for kind in ("str", "int", "bytes", "path", "enum", "pair", "class", "object")
    ),
)


def edits_for(site: Site) -> list[Edit]:
    """The edits that make a lookup impossible, and that can be written where the lookup is."""
    return [
        edit
        for edit in EDITS
        if site.query == (edit.query,)
        and edit.never.issuperset(site.key)
        and (site.local or not edit.needs)
    ]


def sites_in(package: Package, home: Path, timeout: float) -> list[Site]:
    """The lookups of the package that the plugin judges."""
    log = home / "lookups.jsonl"
    log.unlink(missing_ok=True)
    os.environ["KEYVIEW_LOOKUPS"] = str(log)
    mypy(package, home, plugin="tools.record_lookups", timeout=timeout)
    found = {}
    for line in log.read_text("utf-8").splitlines():
        fields = json.loads(line)
        names = ("lines", "columns", "query", "key")
        site = Site(**{**fields, **{name: tuple(fields[name]) for name in names}})
        if any(module_file(module) in site.file for module in package.modules) and stands(site):
            found[site.file, site.line, site.columns] = site
    return list(found.values())


def stands(site: Site) -> bool:
    """Whether the expression is at the position that mypy gives, which is wrong in some f-strings."""
    line = Path(site.file).read_bytes().splitlines()[site.line - 1]
    try:
        ast.parse(b"(" + line[slice(*site.columns)] + b")", mode="eval")
    except SyntaxError:
        return False
    return True


def module_file(module: str) -> str:
    """The part of a path that all files of a module have."""
    return f"site-packages/{module.replace('.', '/')}"


def copies(sites: list[Site], limit: int) -> list[list[tuple[Site, Edit]]]:
    """All edits of all sites, at most `limit` kinds for a site, no two in one function of one copy.

    mypy knows nothing of what comes out of a lookup that it has refused: it would not see that the next
    lookup in which this is used is wrong, too.
    """
    chosen = random.Random(0)
    made: list[list[tuple[Site, Edit]]] = []
    taken: list[set[tuple[str, int]]] = []
    for site in sites:
        lines = {(site.file, line) for line in _lines_beside(site)}
        possible = edits_for(site)
        for edit in chosen.sample(possible, min(limit, len(possible))):
            number = next((n for n, used in enumerate(taken) if not used & lines), len(made))
            if number == len(made):
                made.append([])
                taken.append(set())
            made[number].append((site, edit))
            taken[number] |= lines
    # Leave out copies with few edits: each copy is a run of mypy.
    return [edits for edits in made if len(edits) * 20 >= len(made[0])]


def _lines_beside(site: Site) -> range:
    """The lines of the function in which a lookup is, or else of its statement."""
    first, last = site.lines
    around = (span for span in _functions(site.file) if span.start <= first < span.stop)
    return next(around, range(first, last + 1))


@cache
def _functions(file: str) -> list[range]:
    """The lines of all functions and methods that are in no other one."""
    found: list[range] = []
    nodes: list[ast.AST] = [ast.parse(Path(file).read_bytes())]
    while nodes:
        node = nodes.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert node.end_lineno is not None
            found.append(range(node.lineno, node.end_lineno + 1))
        else:
            nodes += ast.iter_child_nodes(node)
    return found


def write_copy(home: Path, copy: Path, edits: list[tuple[Site, Edit]], package: Package) -> None:
    """A copy of the package with these edits."""
    shutil.rmtree(copy, ignore_errors=True)
    for module in package.modules:
        top = module.partition(".")[0]
        [source] = home.glob(f"**/site-packages/{top}")
        if not (copy / top).exists():
            # mypy does not read compiled modules, which are large.
            shutil.copytree(
                source, copy / top, ignore=shutil.ignore_patterns("*.so", "__pycache__")
            )
    by_file = defaultdict(list)
    for site, edit in edits:
        by_file[site.file].append((site, edit))
    for file, wanted in by_file.items():
        path = copy / Path(file).as_posix().partition("site-packages/")[2]
        lines = path.read_bytes().splitlines(keepends=True)
        for site, edit in wanted:
            line = lines[site.line - 1]
            start, stop = site.columns
            lines[site.line - 1] = line[:start] + _wrong(site, edit, line[start:stop]) + line[stop:]
        needs = dict.fromkeys(edit.needs for _, edit in wanted if edit.needs)
        path.write_bytes(b"".join([*lines, *(f"\n{need}\n".encode() for need in needs)]))


def _wrong(site: Site, edit: Edit, text: bytes) -> bytes:
    if not site.each:
        return edit.wrong.encode().replace(b"{}", text)
    return b"{" + edit.wrong.encode().replace(b"{}", b"_one") + b" for _one in (" + text + b")}"


def found(
    edits: list[tuple[Site, Edit]], errors: list[Error], before: list[Error]
) -> Iterator[bool]:
    """For each edit, whether there is a new error in its lines."""
    new = Counter(errors) - Counter(before)
    places = {(_inside(error.file), error.line) for error in new}
    for site, _ in edits:
        lines = range(site.lines[0], site.lines[1] + 1)
        yield any((_inside(site.file), line) in places for line in lines)


def _inside(file: str) -> str:
    for folder in ("site-packages/", "copy/"):
        file = file.rpartition(folder)[2]
    return file


class Result(NamedTuple):
    """An edit, and whether mypy found it."""

    site: Site
    edit: Edit
    alone: bool
    with_plugin: bool
    #: Why it was not found with the plugin, as far as is known; else empty.
    why: str


def measure(package: Package, arguments: Namespace) -> list[Result]:
    """Each edit, with whether mypy found it alone and with the plugin."""
    home = package.install(arguments.scratch)
    sites = sites_in(package, home, arguments.timeout)
    copy = home / "copy"
    results = []
    write_copy(home, copy, [], package)

    def errors(plugin: str) -> list[Error]:
        return mypy(package, home, plugin=plugin, timeout=arguments.timeout, instead=copy)

    plugins = ("", "tools.record_reasons")
    reasons = home / "reasons.jsonl"
    os.environ["KEYVIEW_REASONS"] = str(reasons)
    before = {plugin: errors(plugin) for plugin in plugins}
    for edits in copies(sites, arguments.kinds):
        write_copy(home, copy, edits, package)
        reasons.write_text("", "utf-8")
        alone, ours = (found(edits, errors(plugin), before[plugin]) for plugin in plugins)
        silent = reasons_in(reasons)
        results += [
            Result(site, edit, one, other, "" if other else why(site, silent))
            for (site, edit), one, other in zip(edits, alone, ours, strict=True)
        ]
    shutil.rmtree(copy)
    return results


def reasons_in(log: Path) -> dict[tuple[str, int], str]:
    """Why the plugin said nothing, by the file and the line."""
    rows = map(json.loads, log.read_text("utf-8").splitlines())
    return {(_inside(file), line): reason for file, line, reason in rows}


def why(site: Site, silent: dict[tuple[str, int], str]) -> str:
    """Why the plugin reports no edit of this lookup."""
    lines = range(site.lines[0], site.lines[1] + 1)
    source = Path(site.file).read_text("utf-8").splitlines()
    if any("# type: ignore" in source[line - 1] for line in lines):
        return "a comment says `# type: ignore`"
    found = (silent.get((_inside(site.file), line)) for line in lines)
    return next(filter(None, found), "as far as mypy knows the types, the lookup may succeed")


def page(results: list[Result], names: list[str]) -> str:
    """The tables for people to read."""
    by_operation, by_edit = defaultdict(list), defaultdict(list)
    for one in results:
        pair = (one.alone, one.with_plugin)
        by_operation[f"`{one.site.operation}`"].append(pair)
        by_edit[one.edit.name].append(pair)
    by_operation["all"] = by_edit["all"] = [(one.alone, one.with_plugin) for one in results]
    reasons = Counter(one.why for one in results if one.why)
    lost = sum(one.alone for one in results if one.why)
    return f"""\
# Real lookups, edited to be wrong

{len(results):,} times, a lookup in {", ".join(names[:-1])} or {names[-1]} was
edited so that it can never succeed, one in each function at a time. The tables show how many of these edits
mypy reports, alone and with the plugin, by the operation and by the kind of edit. Written by
`python -m tools.wrong_edits`.

{_rates("lookup", by_operation)}

{_rates("edit", by_edit)}

## What is not reported

With the plugin, {reasons.total()} of the edits are not reported; mypy alone reports {lost} of these.

{Table(("why", "edits"), [(reason, str(number)) for reason, number in reasons.most_common()])}
"""


def _rates(head: str, counts: dict[str, list[tuple[bool, bool]]]) -> str:
    rows = [
        (
            name,
            f"{len(pairs):,}",
            *(f"{sum(found) / len(pairs):.1%}" for found in zip(*pairs, strict=True)),
        )
        for name, pairs in counts.items()
        if pairs
    ]
    return str(Table((head, "edits", "mypy", "mypy with keyview"), rows))


def main() -> int:
    """Measure, and write the page. Returns the exit status."""
    parser = ArgumentParser(prog="python -m tools.wrong_edits", description=__doc__)
    add_arguments(parser)
    parser.add_argument("--kinds", type=int, default=1, help="how many edits of one lookup")
    parser.add_argument("--output", type=Path, default=PAGE)
    parser.add_argument("--missed", type=Path, help="a file for the edits that were not found")
    arguments = parser.parse_args()
    results: list[Result] = []
    names = arguments.names or list(PACKAGES)
    for package in packages(names):
        try:
            results += measure(package, arguments)
        except FailedError as error:
            print(f"{package.name}: {error}", file=sys.stderr)
            return 1
        print(f"{package.name}: {len(results)} edits so far", flush=True)
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(page(results, names), "utf-8")
    if arguments.missed:
        lines = [
            f"{'mypy found it' if one.alone else 'nobody'}: {one.why}: {one.edit.name}: {one.site}\n"
            for one in results
            if one.why
        ]
        arguments.missed.write_text("".join(lines), "utf-8")
    print(page(results, names))
    return 0


if __name__ == "__main__":
    sys.exit(main())
