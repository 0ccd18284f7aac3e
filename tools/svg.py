"""A small kit for the drawings of the pages: SVG with a title and a description, for light and dark.

A drawing is 480 units wide, so that its text can still be read on a phone. It stands alone: the style in it
follows the reader's light or dark scheme. `docs/_ext/pictures.py` puts it into a page without that style,
and the page's own sheet follows the switch of the page. The plots of `benchmarks.plots` have the same two
styles, by `style` and `sheet`.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    #: The names of colours, and each on light and on dark paper.
    Palette = Mapping[str, tuple[str, str]]

NAMESPACE: Final = "http://www.w3.org/2000/svg"
WIDTH: Final = 480
#: Each colour on light and on dark paper.
PALETTE: Final = {
    "ink": ("#1f2328", "#e3e4e6"),
    "dim": ("#57606a", "#a5abb2"),
    "line": ("#767d86", "#858c95"),
    "grid": ("#d9dce1", "#363a40"),
    "fill": ("#f1f3f9", "#22252c"),
    "main": ("#3a48b0", "#aab6ff"),
    "on-main": ("#ffffff", "#14161a"),
    "good": ("#1a7340", "#5fcf8d"),
    "bad": ("#b3261e", "#ff9c8f"),
}
RULES: Final = """\
.picture text{fill:var(--ink);font:14px system-ui,sans-serif}
.picture .code{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.picture .strong{font-weight:600}
.picture .dim{fill:var(--dim)}
.picture .main{fill:var(--main)}
.picture .good{fill:var(--good)}
.picture .bad{fill:var(--bad)}
.picture .on-main{fill:var(--on-main)}
.picture .box{fill:var(--fill);stroke:var(--line)}
.picture .chosen{fill:var(--main);stroke:var(--main)}
.picture .dashed{fill:none;stroke:var(--line);stroke-dasharray:4 3}
.picture .arrow,.picture .rule{fill:none;stroke:var(--line);stroke-width:1.5}
.picture .head{fill:var(--line)}
.picture .grid{stroke:var(--grid)}
.picture .span{stroke:var(--main);stroke-width:3}
"""


def _colours(palette: Palette, scheme: int) -> str:
    return ";".join(f"--{name}:{pair[scheme]}" for name, pair in palette.items())


def style(kind: str, palette: Palette, rules: str) -> str:
    """The style in a drawing of this class, by the reader's preference."""
    return (
        f".{kind}{{{_colours(palette, 0)}}}\n"
        f"@media (prefers-color-scheme:dark){{.{kind}{{{_colours(palette, 1)}}}}}\n{rules}"
    )


def sheet(kind: str, palette: Palette, rules: str, writer: str) -> str:
    """The style of the drawings of this class in a page, which has a switch for light and dark."""
    dark = _colours(palette, 1)
    return (
        f"/* Written by `python -m {writer}`. */\n"
        f".{kind}{{{_colours(palette, 0)}}}\n"
        f"body[data-theme=dark] .{kind}{{{dark}}}\n"
        "@media (prefers-color-scheme:dark){"
        f"body:not([data-theme=light]) .{kind}{{{dark}}}}}\n{rules}"
    )


class Picture:
    """A drawing, of which the words come before the lines: for whoever has it read aloud."""

    def __init__(self, title: str, description: str, height: int, width: int = WIDTH) -> None:
        self.title = title
        self.description = description
        self.height = height
        self.width = width
        self.parts: list[str] = []

    def add(self, tag: str, words: str | None = None, **attributes: object) -> None:
        """Add an element; the `_` at the end of a name that Python has taken is left out."""
        named = "".join(
            f' {name.rstrip("_").replace("_", "-")}="{value:g}"'
            if isinstance(value, float)
            else f' {name.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
            for name, value in attributes.items()
        )
        end = "/>" if words is None else f">{escape(words, quote=False)}</{tag}>"
        self.parts.append(f"<{tag}{named}{end}")

    def text(self, x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> None:
        """Write words, with their foot at `y`. Spaces count: code is indented."""
        more = {"class_": kind} if kind else {}
        if anchor != "start":
            more["text_anchor"] = anchor
        if words.startswith(" "):
            more["xml:space"] = "preserve"
        self.add("text", words, x=x, y=y, **more)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        words: str = "",
        kind: str = "box",
        text: str = "code",
    ) -> None:
        """Draw a box, with words in the middle."""
        self.add("rect", x=x, y=y, width=width, height=height, rx=5, class_=kind)
        if words:
            ink = f"{text} on-main" if kind == "chosen" else text
            self.text(x + width / 2, y + height / 2 + 5, words, ink, "middle")

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str = "rule") -> None:
        self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)

    def arrow(self, *points: tuple[float, float]) -> None:
        """Draw an arrow through the points; its last part is level or upright."""
        self.add("path", d="M" + "L".join(f"{x:g} {y:g}" for x, y in points), class_="arrow")
        (x1, y1), (x, y) = points[-2:]
        along = (x > x1) - (x < x1)
        down = 0 if along else (y > y1) - (y < y1)
        back = (x - 8 * along, y - 8 * down)
        left = (back[0] + 4 * down, back[1] + 4 * along)
        right = (back[0] - 4 * down, back[1] - 4 * along)
        corners = " ".join(f"{a:g},{b:g}" for a, b in ((x, y), left, right))
        self.add("polygon", points=corners, class_="head")

    def svg(self, name: str) -> str:
        """The whole file; `name` makes its ids the only ones of a page."""
        lines = [
            f'<svg xmlns="{NAMESPACE}" viewBox="0 0 {self.width} {self.height}" class="picture" role="img"',
            f'  aria-labelledby="{name}-title {name}-desc">',
            f'<title id="{name}-title">{escape(self.title, quote=False)}</title>',
            f'<desc id="{name}-desc">{escape(self.description, quote=False)}</desc>',
            f"<style>\n{style('picture', PALETTE, RULES)}</style>",
            *self.parts,
            "</svg>\n",
        ]
        return "\n".join(lines)
