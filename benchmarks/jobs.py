"""The jobs, and the variants of each: with keyview, and as users would write it without.

Variants are statements for `timeit`: each is compiled separately, so that the interpreter specialises it
for the one type that it meets. They use the attributes of `data.Data`. They store what they read in `v`,
and what they build in `r`: the tests compare these between the variants of a job.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import NamedTuple


class Job(NamedTuple):
    """A job; `over` is the list of `data.Data` that has one item for each operation."""

    name: str
    over: str
    ours: dict[str, str]
    theirs: dict[str, str]


def loop(over: str, body: str, start: str = "") -> str:
    """The statement that runs `body` for each key of `over`."""
    return f"{start}\nfor k in {over}:\n" + "\n".join(f"    {line}" for line in body.split("\n"))


def both(name: str, over: str, statement: str) -> Job:
    """A job that is the same statement for a `HashMap` (here `{c}`, of class `{C}`) and a `dict`."""
    return Job(
        name,
        over,
        {"HashMap": statement.format(c="m", C="HashMap")},
        {"dict": statement.format(c="d", C="dict")},
    )


def installed(package: str, variants: dict[str, str]) -> dict[str, str]:
    """These variants, if their package is installed."""
    return variants if find_spec(package) else {}


def toolz(function: str, arguments: str) -> dict[str, str]:
    """The variants with toolz and with cytoolz, which is the same in C."""
    return {
        f"{package}.{function}": f"r = {package}.{function}({arguments})"
        for package in ("toolz", "cytoolz")
        if find_spec(package)
    }


# -- get or create --------------------------------------------------------------------------------

GET_OR_CREATE = [
    Job(
        "group",
        "asked",
        {
            "entry(k).or_insert_with(list)": loop(
                "asked", "r.entry(k).or_insert_with(list).append(1)", "r = HashMap()"
            ),
            "get_or_insert_with(k, list)": loop(
                "asked", "r.get_or_insert_with(k, list).append(1)", "r = HashMap()"
            ),
            "grouped(pairs)": "r = HashMap.grouped(pairs)",
        },
        {
            "setdefault": loop("asked", "r.setdefault(k, []).append(1)", "r = {}"),
            "defaultdict": loop("asked", "r[k].append(1)", "r = defaultdict(list)"),
            "if k not in d": loop(
                "asked", "if k not in r:\n    r[k] = []\nr[k].append(1)", "r = {}"
            ),
            "try/except": loop(
                "asked", "try:\n    r[k].append(1)\nexcept KeyError:\n    r[k] = [1]", "r = {}"
            ),
        },
    ),
    Job(
        "get or create, all there",
        "some",
        {
            "entry(k).or_insert_with(list)": loop("some", "v = m.entry(k).or_insert_with(list)"),
            "get_or_insert_with(k, list)": loop("some", "v = m.get_or_insert_with(k, list)"),
        },
        {
            "setdefault": loop("some", "v = d.setdefault(k, [])"),
            "defaultdict": loop("some", "v = dd[k]"),
            "if k not in d": loop("some", "if k not in d:\n    d[k] = []\nv = d[k]"),
            "try/except": loop("some", "try:\n    v = d[k]\nexcept KeyError:\n    v = d[k] = []"),
        },
    ),
    Job(
        "get or create, none there",
        "keys",
        {
            "entry(k).or_insert_with(list)": loop(
                "keys", "v = r.entry(k).or_insert_with(list)", "r = HashMap()"
            ),
            "get_or_insert_with(k, list)": loop(
                "keys", "v = r.get_or_insert_with(k, list)", "r = HashMap()"
            ),
        },
        {
            "setdefault": loop("keys", "v = r.setdefault(k, [])", "r = {}"),
            "defaultdict": loop("keys", "v = r[k]", "r = defaultdict(list)"),
            "if k not in d": loop("keys", "if k not in r:\n    r[k] = []\nv = r[k]", "r = {}"),
            "try/except": loop(
                "keys", "try:\n    v = r[k]\nexcept KeyError:\n    v = r[k] = []", "r = {}"
            ),
        },
    ),
    Job(
        "group by a function",
        "asked",
        {
            "grouped((f(x), x) for x in items)": "r = HashMap.grouped((f(x), x) for x in pairs)",
            "grouped(items, key=f)": "r = HashMap.grouped(pairs, key=f)",
        },
        {
            "defaultdict": "r = defaultdict(list)\nfor x in pairs:\n    r[f(x)].append(x)",
            **toolz("groupby", "f, pairs"),
        },
    ),
]

# -- change or create -----------------------------------------------------------------------------

CHANGE_OR_CREATE = [
    Job(
        "count",
        "asked",
        {
            "entry(k).or_insert_entry(0).value += 1": loop(
                "asked", "r.entry(k).or_insert_entry(0).value += 1", "r = HashMap()"
            ),
            "merge(k, 1, add)": loop("asked", "r.merge(k, 1, add)", "r = HashMap()"),
            "counted(keys)": "r = HashMap.counted(asked)",
        },
        {
            "d.get(k, 0) + 1": loop("asked", "r[k] = r.get(k, 0) + 1", "r = {}"),
            "defaultdict": loop("asked", "r[k] += 1", "r = defaultdict(int)"),
            "if k in d": loop("asked", "if k in r:\n    r[k] += 1\nelse:\n    r[k] = 1", "r = {}"),
            "Counter(keys)": "r = Counter(asked)",
        },
    ),
    Job(
        "count by a function",
        "asked",
        {
            "counted(map(f, items))": "r = HashMap.counted(map(f, pairs))",
            "counted(items, key=f)": "r = HashMap.counted(pairs, key=f)",
        },
        {"Counter(map(f, items))": "r = Counter(map(f, pairs))", **toolz("countby", "f, pairs")},
    ),
    Job(
        "add up",
        "asked",
        {"reduced(pairs, add)": "r = HashMap.reduced(pairs, add)"},
        {
            "d.get(k, 0) + v": "r = {}\nfor k, v in pairs:\n    r[k] = r.get(k, 0) + v",
            "defaultdict": "r = defaultdict(int)\nfor k, v in pairs:\n    r[k] += v",
            "if k in d": "r = {}\nfor k, v in pairs:\n    r[k] = r[k] + v if k in r else v",
        },
    ),
    Job(
        "largest by a function",
        "asked",
        {"reduced(items, max, key=f)": "r = HashMap.reduced(pairs, max, key=f)"},
        {
            "if k in d": "r = {}\nfor x in pairs:\n    k = f(x)\n"
            "    r[k] = max(r[k], x) if k in r else x",
            **toolz("reduceby", "f, max, pairs"),
        },
    ),
    Job(
        "modify or insert",
        "asked",
        {
            "entry(k).and_modify(neg).or_insert(1)": loop(
                "asked", "r.entry(k).and_modify(neg).or_insert(1)", "r = HashMap()"
            )
        },
        {
            "if k in d": loop(
                "asked", "if k in r:\n    r[k] = neg(r[k])\nelse:\n    r[k] = 1", "r = {}"
            )
        },
    ),
    Job(
        "combine two maps",
        "keys",
        {"update_with(other, add)": "r = m.copy()\nr.update_with(m2, add)"},
        {
            "if k in d": "r = d.copy()\n"
            "for k, v in d2.items():\n    r[k] = r[k] + v if k in r else v"
        },
    ),
    Job(
        "keep some",
        "keys",
        {"retain(predicate)": "r = m.copy()\nr.retain(lambda k, v: v % 2)"},
        {
            "comprehension": "r = {k: v for k, v in d.items() if v % 2}",
            "del in a loop": "r = d.copy()\nfor k in [k for k, v in d.items() if not v % 2]:\n    del r[k]",
        },
    ),
]

# -- what a dict does, too ------------------------------------------------------------------------

PLAIN = [
    both("c[k]", "some", loop("some", "v = {c}[k]")),
    both(
        "c[k], absent", "absent", loop("absent", "try:\n    {c}[k]\nexcept KeyError:\n    v = None")
    ),
    both("k in c", "some", loop("some", "v = k in {c}")),
    both("k in c, absent", "absent", loop("absent", "v = k in {c}")),
    both("c.get(k)", "some", loop("some", "v = {c}.get(k)")),
    both("c.get(k), absent", "absent", loop("absent", "v = {c}.get(k)")),
    both("c[k] = v, new", "keys", loop("keys", "r[k] = None", "r = {C}()")),
    both("c[k] = v, old", "some", loop("some", "{c}3[k] = 1")),
    both("c.setdefault(k, v)", "asked", loop("asked", "v = r.setdefault(k, 1)", "r = {C}()")),
    both("c.pop(k), then c[k] = v", "some", loop("some", "v = {c}3.pop(k)\n{c}3[k] = v")),
    both("copy, then del each", "keys", loop("keys", "del r[k]", "r = {c}.copy()")),
    both("for k in c", "keys", "for v in {c}:\n    pass"),
    both("for v in c.values()", "keys", "for v in {c}.values():\n    pass"),
    both("for k, v in c.items()", "keys", "for k, v in {c}.items():\n    pass"),
    both("list(c)", "keys", "v = list({c})"),
    both("copy", "keys", "r = {c}.copy()"),
    both("from a dict", "keys", "r = {C}(d)"),
    both("from its own kind", "keys", "r = {C}({c})"),
    both("from pairs", "asked", "r = {C}(pairs)"),
    both("fromkeys", "asked", "r = {C}.fromkeys(asked)"),
    both("update with pairs", "asked", "r = {C}()\nr.update(pairs)"),
    both("update with its own kind", "keys", "r = {C}()\nr.update({c})"),
    both("== a copy", "keys", "v = {c} == {c}2"),
    both("== a dict, its copy", "keys", "v = {c} == d2"),
    both("== its own kind, other keys", "keys", "v = {c} == {c}4"),
    both("== a dict, other keys", "keys", "v = {c} == d4"),
    both("maps of 3: make from dicts", "small", "r = [{C}(small) for small in dsmall]"),
    both("maps of 3: copy", "small", "r = [small.copy() for small in {c}small]"),
    both("maps of 3: deepcopy", "small", "r = deepcopy({c}small)"),
    both("maps of 3: pickle and unpickle", "small", "r = loads(dumps({c}small))"),
]

# -- what other maps do, too ----------------------------------------------------------------------


def beside_others(name: str, over: str, statement: str) -> Job:
    """`both`, with the maps of other packages instead of the `dict`."""
    return Job(
        name,
        over,
        {"HashMap": statement.format(c="m", C="HashMap")},
        {
            **installed("multidict", {"multidict": statement.format(c="multi", C="MultiDict")}),
            **installed("immutables", {"immutables": statement.format(c="trie", C="Map")}),
            **installed("rpds", {"rpds": statement.format(c="rust", C="HashTrieMap")}),
        },
    )


OTHERS = [
    beside_others("c[k]", "some", loop("some", "v = {c}[k]")),
    beside_others("k in c", "some", loop("some", "v = k in {c}")),
    beside_others("k in c, absent", "absent", loop("absent", "v = k in {c}")),
    beside_others("c.get(k)", "some", loop("some", "v = {c}.get(k)")),
    beside_others("for item in c.items()", "keys", "for item in {c}.items():\n    pass"),
    beside_others("from a dict", "keys", "r = {C}(d)"),
    Job(
        "one more each time",
        "keys",
        {"HashMap": loop("keys", "r[k] = None", "r = HashMap()")},
        {
            **installed("multidict", {"multidict": loop("keys", "r[k] = None", "r = MultiDict()")}),
            **installed(
                "immutables", {"immutables": loop("keys", "r = r.set(k, None)", "r = Map()")}
            ),
            **installed(
                "rpds", {"rpds": loop("keys", "r = r.insert(k, None)", "r = HashTrieMap()")}
            ),
        },
    ),
]

# -- entries of a dict ----------------------------------------------------------------------------

OF_A_DICT = [
    Job(
        "of a dict, all there",
        "some",
        {"entry(d, k).or_insert_with(list)": loop("some", "v = entry(d, k).or_insert_with(list)")},
        {"setdefault": loop("some", "v = d.setdefault(k, [])")},
    ),
    Job(
        "of a dict, none there",
        "keys",
        {
            "entry(d, k).or_insert_with(list)": loop(
                "keys", "v = entry(r, k).or_insert_with(list)", "r = {}"
            )
        },
        {"setdefault": loop("keys", "v = r.setdefault(k, [])", "r = {}")},
    ),
    Job(
        "of a dict, group",
        "asked",
        {
            "entry(d, k).or_insert_with(list)": loop(
                "asked", "entry(r, k).or_insert_with(list).append(1)", "r = {}"
            )
        },
        {"setdefault": loop("asked", "r.setdefault(k, []).append(1)", "r = {}")},
    ),
]

JOBS = [*GET_OR_CREATE, *CHANGE_OR_CREATE, *OF_A_DICT, *PLAIN]
