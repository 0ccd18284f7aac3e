"""An `in` that is part of another expression, whose errors mypy keeps to repeat them: said once, whole."""

from __future__ import annotations


def operands(query: bytes, text: str, s: set[str], d: dict[str, int], many: list[bytes]) -> bool:
    if text and query in s:  # E: plugin[refused]
        pass
    if query in s and text:  # E: plugin[refused]
        pass
    if query in s or text in d:  # E: plugin[refused]
        pass
    if text in s or query in d:  # E: plugin[refused]
        pass
    if text and query not in {"a"}:  # E: plugin[refused]
        pass
    if not (text and query in s):  # E: plugin[refused]
        pass
    both = text and query in s  # E: plugin[refused]
    print(both, query in s)  # E: plugin[refused]
    if any(one in s for one in many):  # E: plugin[refused]
        return [one for one in many if text and one in d] == []  # E: plugin[refused]
    if text in s == query:  # E: plugin[comparison-overlap]
        pass
    return any(one in s for one in many)  # E: plugin[refused]
