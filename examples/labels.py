"""Group numbers by label: "give me the list under this label, and if there is none, make one".

A dict offers `if label not in d`, which looks up two or three times; `setdefault(label, [])`, which
makes a list each time; and `defaultdict`, which inserts when it is only read. An entry looks up once,
makes the list only if it is needed, and reading never inserts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from keyview import HashMap


def label(number: int) -> str:
    if number < 0:
        return "negative"
    return "even" if number % 2 == 0 else "odd"


def categories(
    numbers: Iterable[int], label: Callable[[int], str] = label
) -> HashMap[str, list[int]]:
    """The numbers under their labels."""
    by_label: HashMap[str, list[int]] = HashMap()
    for number in numbers:
        by_label.entry(label(number)).or_insert_with(list).append(number)
    return by_label


def show(by_label: HashMap[str, list[int]]) -> None:
    for name, numbers in by_label.items():
        print(f"{name}: {numbers}")


def show_category(by_label: HashMap[str, list[int]], name: str) -> None:
    numbers = by_label.get(name)
    print(f"there is nothing under {name}" if numbers is None else f"{name}: {numbers}")


def main() -> None:
    by_label = categories([3, -1, 4, 1, 5, -9, 2, 6])
    show(by_label)
    show_category(by_label, "even")
    show_category(by_label, "prime")
    assert "prime" not in by_label
    # The same map, in one line:
    assert by_label == HashMap.grouped((label(n), n) for n in [3, -1, 4, 1, 5, -9, 2, 6])


if __name__ == "__main__":
    main()
