"""Draws the pictures of the pages: `python -m tools.pictures`.

It writes `docs/pictures`, and their style sheet, the mark and the card into `docs/_static`. The card needs
Chromium, and is drawn only if it has changed. The plot of the edits is drawn from what
`tools.wrong_edits` has measured, the playground from the program of the front page and its output.
"""

from __future__ import annotations

import hashlib
import re
import struct
import subprocess
import textwrap
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

from tools.blocks import blocks
from tools.svg import PALETTE, RULES, Picture, sheet

if TYPE_CHECKING:
    from collections.abc import Callable

DOCS: Final = Path(__file__).parents[1] / "docs"
EDITS: Final = DOCS / "proof" / "edits.md"
#: Fewer edits of an operation than these say nothing about it.
ENOUGH: Final = 10


class Share(NamedTuple):
    """Of how many edits of an operation mypy reports how many, alone and with the plugin."""

    operation: str
    edits: int
    alone: float
    ours: float


def shares(page: str) -> list[Share]:
    """The first table of the page of the edits, with the row for all."""
    rows = re.findall(
        r"^\| `?([^|`]+?)`? \| ([\d,]+) \| ([\d.]+)% \| ([\d.]+)% \|$", page, re.MULTILINE
    )
    found = [
        Share(name, int(edits.replace(",", "")), float(alone), float(ours))
        for name, edits, alone, ours in rows
    ]
    return found[: 1 + [share.operation for share in found].index("all")]


def edits() -> Picture:
    """How many wrong edits of real lookups are reported, for each operation."""
    *operations, whole = shares(EDITS.read_text("utf-8"))
    shown = sorted((s for s in operations if s.edits >= ENOUGH), key=lambda s: (s.alone, -s.ours))
    rows = [whole._replace(operation="all lookups"), *shown]
    top, step, left, right = 58, 20, 112, 454
    bottom = top + step * len(rows) - 8
    words = "; ".join(f"{s.operation}: {s.alone:g}% and {s.ours:g}%" for s in rows)
    picture = Picture(
        "Wrong lookups that are reported, by mypy alone and with keyview",
        f"For each operation, the share of {whole.edits:,} wrong edits that mypy reports alone and with the"
        f" plugin. {words}.",
        bottom + 44,
    )

    def at(share: float) -> float:
        return left + (right - left) * share / 100

    picture.add("circle", cx=left + 6, cy=13, r=4.5, class_="bad")
    picture.text(left + 17, 18, "mypy alone")
    picture.add("rect", x=left + 113, y=8, width=10, height=10, class_="good")
    picture.text(left + 130, 18, "mypy with keyview")
    for share in range(0, 101, 25):
        picture.line(at(share), top - 14, at(share), bottom, "grid")
        picture.text(at(share), bottom + 17, f"{share}%", "dim", "middle")
    picture.text(
        (left + right) / 2, bottom + 37, "wrong edits of real lookups, reported", "dim", "middle"
    )
    for number, row in enumerate(rows):
        y = top + step * number - (4 if not number else 0)
        kind = "strong" if row is rows[0] else "code"
        name = row.operation.replace("-", "s - t")
        picture.text(left - 14, y + 4, name, kind, "end")
        picture.line(at(row.alone), y, at(row.ours), y, "span")
        picture.add("circle", cx=at(row.alone), cy=y, r=4.5, class_="bad")
        picture.add("rect", x=at(row.ours) - 5, y=y - 5, width=10, height=10, class_="good")
    return picture


def editor() -> Picture:
    """The playground with the program of the front page, and what mypy says of it there."""
    shown = blocks(DOCS / "index.md")
    [program] = [block.code.rstrip() for block in shown if block.file == "sessions.py"]
    [(wrong, error, note)] = [
        (int(found[1]), found[2], found[3])
        for block in shown
        if (found := re.search(r"py:(\d+): (error: .*)\n.*? (note: .*)", block.code))
    ]
    red, grey = textwrap.wrap(f"Line {wrong} {error}", 52), textwrap.wrap(note, 52)
    lines = program.splitlines()
    end = 50 + 18 * len(lines)
    picture = Picture(
        "The playground: a program, and what mypy says of it",
        f"Line {wrong} of the program, {lines[wrong - 1].strip()}, is underlined. Below, mypy says: {error};"
        f" {note}",
        end + 42 + 18 * len(red + grey),
    )
    picture.box(4, 4, 64, 26, "Run")
    picture.box(76, 4, 64, 26, "Stop")
    picture.text(154, 22, "with keyview's plugin")
    picture.add("rect", x=4, y=40, width=472, height=end - 40, rx=5, class_="box")
    for number, line in enumerate(lines, 1):
        y = 42 + 18 * number
        picture.text(34, y, f"{number}", "code dim", "end")
        picture.text(52, y, line, "code")
        if number == wrong:
            # A character of this size is some 7.8 units wide.
            start, stop = (52 + 7.8 * len(part) for part in (line[: -len(line.lstrip())], line))
            picture.add("circle", cx=43, cy=y - 5, r=4, class_="bad")
            picture.add("rect", x=start, y=y + 4, width=stop - start, height=2, class_="bad")
    picture.text(4, end + 24, "mypy says:")
    for number, line in enumerate(red + grey, 1):
        ink = "code bad" if number <= len(red) else "code dim"
        picture.text(4, end + 26 + 18 * number, line, ink)
    return picture


def lookups() -> Picture:
    """One lookup against three."""
    picture = Picture(
        "Get or create: three lookups, or one",
        "With a dict, `if k not in d`, `d[k] = []` and `d[k].append(v)` each hash the key and search"
        " its bucket. With a HashMap, `m.entry(k)` hashes the key once and finds its bucket once. The"
        " entry is Occupied or Vacant, and `or_insert_with(list)` goes on from there.",
        262,
    )

    def search(y: float) -> None:
        picture.box(214, y, 54, 26, "hash")
        picture.arrow((268, y + 13), (292, y + 13))
        picture.box(292, y, 66, 26, "bucket")

    picture.text(2, 16, "dict: three lookups", "strong")
    for number, code in enumerate(("if k not in d:", "    d[k] = []", "d[k].append(v)")):
        y = 28 + 36 * number
        picture.text(2, y + 18, code, "code")
        search(y)
    picture.line(0, 142, 480, 142, "grid")
    picture.text(2, 166, "HashMap: one lookup", "strong")
    for number, code in enumerate(("m.entry(k)", " .or_insert_with(list)", " .append(v)")):
        picture.text(2, 209 + 20 * number, code, "code")
    search(191)
    picture.arrow((358, 204), (371, 204), (371, 190), (384, 190))
    picture.arrow((371, 204), (371, 230), (384, 230))
    picture.box(384, 176, 94, 28, "Occupied", "chosen")
    picture.box(384, 216, 94, 28, "Vacant", "chosen")
    return picture


def view() -> Picture:
    """A view beside its key."""
    picture = Picture(
        "A view finds the key that it stands for",
        'The query Concat("_", "hello") and the stored key "_hello" have the same hash. The hash leads'
        " to the same bucket, where the two are compared and are equal. The native backend makes no"
        " new string for that.",
        214,
    )
    picture.text(100, 16, "the query, a view", "strong", "middle")
    picture.text(380, 16, "the stored key", "strong", "middle")
    picture.box(4, 26, 192, 34, 'Concat("_", "hello")', "chosen")
    picture.box(300, 26, 160, 34, '"_hello"')
    picture.text(250, 48, "==", "code main strong", "middle")
    picture.arrow((100, 60), (100, 106), (156, 106))
    picture.arrow((380, 60), (380, 106), (324, 106))
    picture.box(156, 92, 168, 28, "the same hash", text="")
    picture.arrow((240, 120), (240, 150))
    for number in range(6):
        picture.box(84 + 52 * number, 150, 52, 28, "", "chosen" if number == 3 else "box")
    picture.text(32, 169, "buckets", "dim", "middle")
    picture.text(240, 206, "no new string is made (native backend)", "good", "middle")
    return picture


def declares() -> Picture:
    """Who declares what: the class of the queries, or that of the stored keys."""
    picture = Picture(
        "Who declares it: KeyView or Borrow",
        "Left: class ShortKey(KeyView[str]), the class of the query, declares which key a query stands"
        ' for, and ShortKey("hello") finds the str "_hello". Right: class Host(Borrow[str]), the class'
        ' of the stored keys, declares by what its keys are found, and the str "example.org" finds'
        ' Host("Example.org").',
        222,
    )
    for x, name, query, key, chosen, declared in (
        (0, "KeyView", 'ShortKey("hello")', '"_hello"', "query", "class ShortKey(KeyView[str])"),
        (250, "Borrow", '"example.org"', 'Host("Example.org")', "key", "class Host(Borrow[str])"),
    ):
        middle = x + 115
        picture.text(middle, 16, name, "strong", "middle")
        picture.text(
            middle,
            38,
            f"declared by the {'query' if chosen == 'query' else 'stored key'}",
            "dim",
            "middle",
        )
        picture.box(x + 20, 52, 190, 34, query, "chosen" if chosen == "query" else "box")
        picture.arrow((middle, 86), (middle, 134))
        picture.text(middle + 10, 115, "finds")
        picture.box(x + 20, 134, 190, 34, key, "chosen" if chosen == "key" else "box")
        picture.text(middle, 198, declared, "code", "middle")
    picture.line(240, 4, 240, 210, "grid")
    return picture


def states() -> Picture:
    """What becomes of an entry."""
    picture = Picture(
        "The states of an entry",
        "m.entry(k) returns a Vacant entry if the key is absent, and an Occupied entry if it is there."
        " From a Vacant entry, insert_entry and or_insert_entry lead to an Occupied one. remove"
        " consumes an Occupied entry. Using a consumed entry, or a Vacant one whose key somebody else"
        " has stored, raises StaleEntryError, and nothing is changed.",
        290,
    )
    picture.box(170, 4, 140, 30, "m.entry(k)")
    picture.arrow((170, 19), (80, 19), (80, 84))
    picture.arrow((310, 19), (400, 19), (400, 84))
    picture.text(88, 62, "the key is absent", "dim")
    picture.text(392, 62, "the key is there", "dim", "end")
    picture.box(20, 84, 120, 36, "Vacant", "chosen")
    picture.box(340, 84, 120, 36, "Occupied", "chosen")
    picture.arrow((140, 102), (340, 102))
    picture.text(240, 95, "insert_entry(v)", "code", "middle")
    picture.text(240, 121, "or_insert_entry(v)", "code", "middle")
    picture.arrow((400, 120), (400, 166))
    picture.text(392, 148, "remove()", "code", "end")
    picture.box(340, 166, 120, 36, "consumed", text="")
    picture.arrow((80, 120), (80, 240), (150, 240))
    picture.arrow((400, 202), (400, 240), (330, 240))
    picture.text(392, 217, "used again", "dim", "end")
    picture.text(88, 160, "someone else", "dim")
    picture.text(88, 178, "stores the key", "dim")
    picture.box(150, 222, 180, 36, "StaleEntryError", "dashed", "code bad")
    picture.text(240, 280, "nothing is changed", "dim", "middle")
    return picture


def tree() -> Picture:
    """The tree of a sorted collection."""
    picture = Picture(
        "The tree of a SortedMap",
        "An inner node has the first key of each child but the first, and how many pairs are below each"
        " child. The leaves have the pairs in the order of the keys, and each leaf is linked to the"
        " next one.",
        206,
    )
    picture.text(2, 40, "inner node", "dim")
    for number, (key, count) in enumerate((("", 3), ("40", 2), ("70", 3))):
        x = 138 + 76 * number
        picture.box(x, 18, 76, 34, key, "box")
        picture.text(x + 72, 68, f"{count} pairs", "dim", "end")
    picture.text(2, 148, "leaves", "dim")
    for number, keys in enumerate((("10", "20", "30"), ("40", "50"), ("70", "80", "90"))):
        x = 66 + 146 * number
        middle = x + 18 * len(keys)
        foot = 138 + 76 * number + 20
        picture.arrow((foot, 52), (foot, 94), (middle, 94), (middle, 126))
        for place, key in enumerate(keys):
            picture.box(x + 36 * place, 126, 36, 32, key, "chosen" if keys[0] == "40" else "box")
        if number < 2:
            picture.arrow((x + 36 * len(keys), 142), (x + 146, 142))
    picture.text(240, 194, "m.range(40, 70) walks one leaf", "main", "middle")
    return picture


def mark() -> str:
    """The mark of the project, a key whose bow is an eye; it is the icon of the site, too."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">'
        "<title>keyview</title>"
        f"{MARK}</svg>\n"
    )


def card() -> str:
    """What is shown where somebody posts a link to the site."""
    words = 'font-family="system-ui,\'DejaVu Sans\',sans-serif" fill="#fff"'
    code = 'font-family="ui-monospace,\'DejaVu Sans Mono\',monospace" font-size="29"'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630">'
        '<rect width="1200" height="630" fill="#14172e"/>'
        f'<g transform="translate(80 76) scale(1.9)">{MARK}</g>'
        f'<text x="232" y="164" {words} font-size="88" font-weight="700">keyview</text>'
        f'<text x="80" y="286" {words} font-size="46">Find the lookups that can never succeed</text>'
        '<rect x="80" y="336" width="1040" height="228" rx="14" fill="#0b0d1c"/>'
        f'<text x="112" y="394" {code} fill="#c8cdf0">online: set[str]</text>'
        f'<text x="112" y="440" {code} fill="#c8cdf0">online.discard(uuid)</text>'
        f'<text x="112" y="504" {code} fill="#ff9c8f">error: discard() looks up "UUID",'
        " which can never</text>"
        f'<text x="226" y="538" {code} fill="#ff9c8f">find one of the "str" elements</text>'
        "</svg>\n"
    )


MARK: Final = (
    '<rect width="64" height="64" rx="14" fill="#3a48b0"/>'
    '<g fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round" stroke-linejoin="round">'
    '<path d="M8 32C14 20 34 20 40 32C34 44 14 44 8 32Z"/><path d="M40 32H56V42M48 32V39"/></g>'
    '<circle cx="24" cy="32" r="4.5" fill="#fff"/>'
)
#: Where links to the site are posted, most services show no SVG.
CARD: Final = DOCS / "_static" / "card.png"

PICTURES: Final[dict[str, Callable[[], Picture]]] = {
    "declares": declares,
    "edits": edits,
    "editor": editor,
    "lookups": lookups,
    "states": states,
    "tree": tree,
    "view": view,
}


def files() -> dict[Path, str]:
    """Every file that is drawn, with its text."""
    drawn = {DOCS / "pictures" / f"{name}.svg": draw().svg(name) for name, draw in PICTURES.items()}
    static = DOCS / "_static"
    style = sheet("picture", PALETTE, RULES, "tools.pictures")
    return {**drawn, static / "pictures.css": style, static / "mark.svg": mark()}


def digest() -> bytes:
    """What `card.png` has in it, so that a test knows whether it shows the card of today."""
    return b"keyview-card\0" + hashlib.sha256(card().encode()).hexdigest().encode()


def draw_card() -> None:
    """Have Chromium draw the card as PNG, and add the digest to it as a comment."""
    with TemporaryDirectory() as folder:
        page, shot = Path(folder, "card.html"), Path(folder, "card.png")
        page.write_text(f'<body style="margin:0">{card()}</body>', "utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        command = ["chromium", *options, "--window-size=1200,630", f"--screenshot={shot}"]
        subprocess.run([*command, page.as_uri()], check=True, capture_output=True)
        image = shot.read_bytes()
    chunk = b"tEXt" + digest()
    comment = struct.pack(">I", len(digest())) + chunk + struct.pack(">I", zlib.crc32(chunk))
    end = image.index(b"IEND") - 4
    CARD.write_bytes(image[:end] + comment + image[end:])


def main() -> None:
    for path, text in files().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    if digest() not in (CARD.read_bytes() if CARD.exists() else b""):
        draw_card()


if __name__ == "__main__":
    main()
