"""The idioms: which code they are, and what is written instead, once mypy has said the types.

What is written does the same in the same order, unless `Fix.unsafe` says what may differ. Two things are not
considered: a subclass that is passed where mypy sees a `dict` may do something else in `__setitem__`, and the
methods of a key may change the collection.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import libcst as cst
from libcst import matchers as m

from keyview.cli.fix.idioms.receivers import HASHABLE, IMMUTABLE
from keyview.cli.fix.idioms.shapes import (
    can_be_in_lambda,
    code,
    factory,
    is_arithmetic,
    is_constructor,
    is_literal,
    is_pure,
    leading,
    only,
    replaced,
    site_of_item,
    tested,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from keyview.cli.fix.idioms.bound import Names
    from keyview.cli.fix.idioms.receivers import Receiver
    from keyview.cli.fix.idioms.shapes import Site

    Written = Callable[[Receiver, Sequence[str]], "Fix | None"]

__all__ = ["Candidate", "Fix", "in_block", "in_expression", "in_function"]

PROPERTY: Final = "an attribute may be a property, which would be read less often"
MISSING: Final = "a `defaultdict` may be passed as a `dict`, and would store the key"
KEY_ERROR: Final = "a `KeyError` of the key's own methods would no longer be caught"
LATER: Final = (
    "the value is made later, only if the key is absent, and what is stored meanwhile stays"
)

AGAIN: Final = "This looks the same key up more often than `{}` does"
IN_VAIN: Final = "This makes the value in any case; `{}` does so only if the key is absent"
CAUGHT: Final = "`{}` does the same without an exception"
STORES: Final = "Reading this stores the key in the `defaultdict`, if it is absent; get() does not"


@dataclass(frozen=True)
class Fix:
    """What is written instead."""

    #: Nothing, if that is not known.
    code: str
    #: What may differ; nothing if the fix is safe.
    unsafe: str = ""
    #: A name of keyview's that is needed.
    imported: str | None = None


@dataclass(frozen=True)
class Candidate:
    """Code that is an idiom if its types are so."""

    #: What is replaced: the fix is written for the first, the others are removed.
    nodes: Sequence[cst.CSTNode]
    collection: cst.BaseExpression
    #: The fix for a collection and the types of `asked`.
    written: Written
    asked: Sequence[cst.BaseExpression] = ()
    why: str = AGAIN


def in_block(block: Sequence[cst.BaseStatement], names: Names) -> Iterator[Candidate]:
    """The idioms among the statements of a block. Of two that overlap, the longer comes first."""
    for at, statement in enumerate(block):
        match statement:
            case cst.If(test=test, body=body, orelse=None) if found := tested(test):
                after = block[at + 1] if at + 1 < len(block) else None
                yield from _guarded(statement, after, *found, only(body), names)
            case cst.If(test=test, body=body, orelse=cst.Else(body=orelse)) if found := tested(
                test
            ):
                where, is_in = found
                branches = (only(body), only(orelse))
                yield from _branches(
                    (statement,), where, *(branches if is_in else branches[::-1]), names
                )
            case cst.Try(
                body=body,
                handlers=[cst.ExceptHandler(type=cst.Name("KeyError"), name=None, body=handler)],
                orelse=None,
                finalbody=None,
            ) if names.is_builtin("KeyError"):
                yield from _tried(statement, only(body), only(handler), names)
            case cst.SimpleStatementLine(
                body=[cst.Assign(targets=[cst.AssignTarget(target=item)], value=value)]
            ) if stored := site_of_item(item):
                yield from _counted(statement, stored, value, names)


def in_function(function: cst.FunctionDef, names: Names) -> Iterator[Candidate]:
    """The reads of a `defaultdict` that is a parameter, and that the function only reads."""
    for parameter in names.within(function.params, cst.Param):
        if (
            parameter.annotation is None
            or "defaultdict" not in code(parameter.annotation.annotation).lower()
        ):
            continue
        name = parameter.name.value
        uses = [use for use in names.within(function.body, cst.Name) if use.value == name]
        items = [names.parents[use] for use in uses if not _is_get(use, names)]
        if all(_is_read(item, names) for item in items):
            for item in items:
                assert isinstance(item, cst.Subscript)
                yield Candidate(
                    (item,),
                    item.value,
                    lambda of, _: Fix("") if of.like == "defaultdict" else None,
                    why=STORES,
                )


def _is_get(use: cst.CSTNode, names: Names) -> bool:
    """Whether a collection is only asked by `get`. After `in`, nothing is stored, and nothing reported."""
    return m.matches(names.parents[use], m.Attribute(attr=m.Name("get")))


def _is_read(item: cst.CSTNode, names: Names) -> bool:
    """Whether `d[k]` is read, and its value neither changed nor passed on for certain."""
    changing = m.Attribute() | m.Subscript() | m.AssignTarget() | m.AugAssign() | m.Del()
    return isinstance(item, cst.Subscript) and not m.matches(
        names.parents[item], changing | m.AnnAssign() | m.Element() | m.For() | m.AsName()
    )


def in_expression(node: cst.CSTNode, names: Names) -> Candidate | None:
    """The idiom that an expression is."""
    match node:
        case cst.IfExp(test=test, body=body, orelse=orelse) if found := tested(test):
            where, is_in = found
            item, default = (body, orelse) if is_in else (orelse, body)
            if where.is_item(item) and is_pure(default, names):
                return _of_map(node, where, _get(where, default))
        case cst.Call(
            func=cst.Attribute(value=collection, attr=cst.Name("setdefault")),
            args=[
                cst.Arg(value=key, keyword=None, star=""),
                cst.Arg(keyword=None, star="") as made,
            ],
        ):
            return _made_in_vain(node, collection, key, made.value, names)
    return None


# -- if k in d: ... ----------------------------------------------------------------------------------


def _guarded(
    statement: cst.If,
    after: cst.BaseStatement | None,
    where: Site,
    is_in: bool,
    body: cst.BaseSmallStatement | None,
    names: Names,
) -> Iterator[Candidate]:
    """An `if` with one statement and no `else`, and the statement after it."""
    match body:
        case cst.Del(target=item) if is_in and where.is_item(item):
            yield _of_map(statement, where, where.call("pop", "None"))
        case cst.Expr(value=call) if is_in and where.is_call(call, "remove"):
            yield _of_set(statement, where, where.call("discard"))
        case cst.Expr(value=call) if not is_in and where.is_call(call, "add"):
            yield _of_set(statement, where, where.call("add"))
        case cst.Assign(targets=[cst.AssignTarget(target=item)], value=value) if (
            not is_in and where.is_item(item)
        ):
            yield from _stored_and_used(statement, after, where, value, names)
            if is_literal(value) or is_constructor(value, names):
                yield _of_map(statement, where, where.call("setdefault", code(value)))


def _stored_and_used(
    statement: cst.If,
    after: cst.BaseStatement | None,
    where: Site,
    value: cst.BaseExpression,
    names: Names,
) -> Iterator[Candidate]:
    """`if k not in d: d[k] = []`, and then `d[k].append(x)` or another statement that begins with `d[k]`."""
    # A comment between the two would be lost.
    if not isinstance(after, cst.SimpleStatementLine) or any(
        line.comment is not None for line in after.leading_lines
    ):
        return
    match after.body:
        case [cst.AugAssign(target=item, operator=cst.AddAssign(), value=added)] if where.is_item(
            item
        ) and is_pure(added, names):
            yield from _counter((statement, after), where, value, added, None)
    used = leading(after, where)
    if used is None:
        return

    def instead(call: str) -> str:
        line = after.with_changes(leading_lines=[], trailing_whitespace=cst.TrailingWhitespace())
        return replaced(line, lambda node: node is used, call)

    if is_literal(value) or is_constructor(value, names):
        call = where.call("setdefault", code(value))
        yield _candidate(
            (statement, after), where, lambda of, _: Fix(instead(call)) if of.is_map else None
        )
    elif made := factory(value, names):
        new = Fix(instead(where.call("get_or_insert_with", made)), LATER)
        # `entry` of a `dict` looks up as often as the `if`.
        yield _candidate(
            (statement, after), where, lambda of, _: new if of.like == "HashMap" else None
        )


def _branches(
    nodes: Sequence[cst.BaseStatement],
    where: Site,
    present: cst.BaseSmallStatement | None,
    absent: cst.BaseSmallStatement | None,
    names: Names,
) -> Iterator[Candidate]:
    """What is done if the key is there, and what if it is not, as one statement each."""
    match present, absent:
        # The value, or another one.
        case (
            cst.Assign(targets=[cst.AssignTarget(target=target)], value=item),
            cst.Assign(targets=[cst.AssignTarget(target=same)], value=default),
        ) if (
            where.is_item(item)
            and isinstance(target, cst.Name)
            and target.deep_equals(same)
            and is_pure(default, names)
        ):
            yield _of_map(nodes[0], where, f"{code(target)} = {_get(where, default)}")
        case cst.Return(value=cst.BaseExpression() as item), cst.Return(value=default) if (
            where.is_item(item) and (default is None or is_pure(default, names))
        ):
            yield _of_map(nodes[0], where, f"return {_get(where, default)}")
        # One more in a group, or a new group.
        case (
            cst.Expr(
                value=cst.Call(
                    func=cst.Attribute(value=item, attr=cst.Name(value=method)),
                    args=[cst.Arg(value=added, keyword=None, star="")],
                )
            ),
            cst.Assign(
                targets=[cst.AssignTarget(target=same)],
                value=(cst.List() | cst.Set()) as made,
            ),
        ) if where.is_item(item) and where.is_item(same) and is_pure(added, names):
            yield from _grouped(nodes, where, method, added, made, names)
        # One more, or the first.
        case (
            cst.AugAssign(target=item, operator=operator, value=added),
            cst.Assign(targets=[cst.AssignTarget(target=same)], value=first),
        ) if (
            where.is_item(item)
            and where.is_item(same)
            and is_pure(added, names)
            and is_pure(first, names)
        ):
            if isinstance(operator, cst.AddAssign):
                yield from _counter(nodes, where, None, added, first)
            sign = code(operator).strip().removesuffix("=")
            modified = cst.parse_expression(f"{code(item)} {sign} {code(added)}")
            yield from _modified(nodes, where, modified, first, names)
        # Another value that is computed from the old one, or the first.
        case (
            cst.Assign(targets=[cst.AssignTarget(target=item)], value=modified),
            cst.Assign(targets=[cst.AssignTarget(target=same)], value=first),
        ) if (
            where.is_item(item)
            and where.is_item(same)
            and is_arithmetic(modified, where)
            and is_pure(first, names)
        ):
            yield from _modified(nodes, where, modified, first, names)


def _tried(
    statement: cst.Try,
    present: cst.BaseSmallStatement | None,
    absent: cst.BaseSmallStatement | None,
    names: Names,
) -> Iterator[Candidate]:
    """`try`, a statement with `d[k]`, and `except KeyError`."""
    match present:
        case cst.Del(target=cst.Subscript() as item) if isinstance(absent, cst.Pass):
            if where := site_of_item(item):
                yield _caught(_of_map(statement, where, where.call("pop", "None")), KEY_ERROR)
            return
        case cst.Expr(value=cst.Subscript() as item) if where := site_of_item(item):
            match absent:
                case cst.Assign(targets=[cst.AssignTarget(target=same)], value=value) if (
                    where.is_item(same) and (is_literal(value) or is_constructor(value, names))
                ):
                    new = where.call("setdefault", code(value))
                    yield _caught(_of_map(statement, where, new), MISSING)
            return
    for each in names.within(present, cst.Subscript) if present is not None else ():
        if found := site_of_item(each):
            for candidate in _branches((statement,), found, present, absent, names):
                yield _caught(candidate, MISSING)
            return


def _caught(candidate: Candidate, of_dict: str) -> Candidate:
    """The candidate of a `try`. It is not safe for a `dict`, nor where a key has methods of its own."""

    def fix(of: Receiver, types: Sequence[str]) -> Fix | None:
        made = candidate.written(of, types)
        if made is None or made.unsafe:
            return made
        if of.key not in HASHABLE:
            return replace(made, unsafe=KEY_ERROR)
        return made if of.is_own or of_dict is KEY_ERROR else replace(made, unsafe=of_dict)

    return replace(candidate, written=fix, why=CAUGHT)


# -- Values ------------------------------------------------------------------------------------------


def _grouped(
    nodes: Sequence[cst.BaseStatement],
    where: Site,
    method: str,
    added: cst.BaseExpression,
    made: cst.List | cst.Set,
    names: Names,
) -> Iterator[Candidate]:
    """`d[k].append(x)` if the key is there, and `d[k] = [x]` if it is not; or `add` of a set."""
    match made.elements:
        case [cst.Element(value=same)] if same.deep_equals(added):
            pass
        case _:
            return
    if isinstance(made, cst.List) and method == "append":
        new = f"{where.call('setdefault', '[]')}.append({code(added)})"
        yield _candidate(nodes, where, lambda of, _: Fix(new) if _is(of, "list[") else None)
    elif isinstance(made, cst.Set) and method == "add" and names.is_builtin("set"):
        new = f"{where.call('setdefault', 'set()')}.add({code(added)})"
        # An element that cannot be hashed would leave an empty set.
        yield _candidate(
            nodes,
            where,
            lambda of, types: Fix(new) if _is(of, "set[") and types[0] in HASHABLE else None,
            asked=(added,),
        )


def _is(of: Receiver, value: str) -> bool:
    return of.is_map and of.value.startswith(value)


def _counter(
    nodes: Sequence[cst.BaseStatement],
    where: Site,
    start: cst.BaseExpression | None,
    added: cst.BaseExpression,
    first: cst.BaseExpression | None,
) -> Iterator[Candidate]:
    """`d[k] += 1`, after `d[k] = 0` was stored, or where `d[k] = 1` is stored instead."""
    if first is not None and not (m.matches(added, m.Integer()) and added.deep_equals(first)):
        return
    if start is not None and not m.matches(start, m.Integer() | m.Float() | m.SimpleString()):
        return
    begun = code(start) if start is not None else "0"
    one_more = f"{where.call('entry')}.or_insert_entry({begun}).value += {code(added)}"
    of_dict = (
        f"{code(where.collection)}[{code(where.key)}] = {where.call('get', begun)} + {code(added)}"
    )

    def fix(of: Receiver, types: Sequence[str]) -> Fix | None:
        if not of.is_map or of.value not in IMMUTABLE or (start is None and of.value != "int"):
            return None
        if not set(types) <= {of.value}:
            return None
        if of.is_own:
            # `_modified` writes the other one.
            return Fix(one_more) if start is not None else None
        return Fix(of_dict)

    yield _candidate(nodes, where, fix, asked=() if is_literal(added) else (added,))


def _counted(
    statement: cst.BaseStatement, where: Site, value: cst.BaseExpression, names: Names
) -> Iterator[Candidate]:
    """`d[k] = d.get(k, 0) + 1`, of keyview's maps; a `dict` has no method that does it."""
    match value:
        case cst.BinaryOperation(
            left=cst.Call(args=[_, cst.Arg(value=start)]) as call, operator=cst.Add(), right=added
        ) if where.is_call(call, "get", 2) and is_literal(start) and is_pure(added, names):
            new = f"{where.call('entry')}.or_insert_entry({code(start)}).value += {code(added)}"
            yield _candidate(
                (statement,),
                where,
                lambda of, types: (
                    Fix(new)
                    if of.is_map
                    and of.is_own
                    and of.value in IMMUTABLE
                    and set(types) <= {of.value}
                    else None
                ),
                asked=() if is_literal(added) else (added,),
            )


def _modified(
    nodes: Sequence[cst.BaseStatement],
    where: Site,
    modified: cst.BaseExpression,
    first: cst.BaseExpression,
    names: Names,
) -> Iterator[Candidate]:
    """A value that operators compute from the one that is there; only an entry can do it with one lookup."""
    if not can_be_in_lambda(nodes[0], names):
        return
    free = (each for each in ("value", "old") if not m.findall(modified, m.Name(each)))
    argument = next(free, None)
    if argument is None:
        return
    function = f"lambda {argument}: {replaced(modified, where.is_item, argument)}"
    new = f"{where.call('entry')}.and_modify({function}).or_insert({code(first)})"
    yield _candidate(
        nodes,
        where,
        lambda of, _: Fix(new) if of.is_map and of.is_own and of.value in IMMUTABLE else None,
    )


def _made_in_vain(
    node: cst.Call,
    collection: cst.BaseExpression,
    key: cst.BaseExpression,
    value: cst.BaseExpression,
    names: Names,
) -> Candidate | None:
    """`d.setdefault(k, expensive())`."""
    if not any(names.within(value, cst.Call)) or is_constructor(value, names):
        return None
    made = factory(value, names)
    if made is None:
        return None
    map_, asked = code(collection), code(key)
    fixes = {
        "HashMap": Fix(f"{map_}.get_or_insert_with({asked}, {made})", LATER),
        "dict": Fix(f"entry({map_}, {asked}).or_insert_with({made})", LATER, imported="entry"),
    }
    return Candidate((node,), collection, lambda of, _: fixes.get(of.like), why=IN_VAIN)


# -- How they are written ----------------------------------------------------------------------------


def _get(where: Site, default: cst.BaseExpression | None) -> str:
    if default is None or m.matches(default, m.Name("None")):
        return where.call("get")
    return where.call("get", code(default))


def _of_map(node: cst.CSTNode, where: Site, new: str) -> Candidate:
    return _candidate((node,), where, lambda of, _: Fix(new) if of.is_map else None)


def _of_set(node: cst.CSTNode, where: Site, new: str) -> Candidate:
    return _candidate((node,), where, lambda of, _: Fix(new) if of.is_set else None)


def _candidate(
    nodes: Sequence[cst.CSTNode],
    where: Site,
    written: Written,
    asked: Sequence[cst.BaseExpression] = (),
) -> Candidate:
    """The candidate, whose fix is not safe where an attribute is read."""

    def fix(of: Receiver, types: Sequence[str]) -> Fix | None:
        made = written(of, types)
        if made is not None and where.has_attribute and not made.unsafe:
            return replace(made, unsafe=PROPERTY)
        return made

    return Candidate(nodes, where.collection, fix, asked)
