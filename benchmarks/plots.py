"""The plots of the pages: SVG, transparent, drawn for the width of a phone.

No one colour is clear enough on light and on dark, so each stands for a pair; `styled` writes both into the
file. The site puts the plots into its pages as it does the pictures, and there its own switch decides.
"""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import results
from benchmarks.tables import KINDS, MIDDLE, against_best, is_same_code, of
from tools import svg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from benchmarks.results import Result

FOLDER = Path(__file__).parents[1] / "docs" / "plots"
SHEET = FOLDER.parent / "_static" / "plots.css"
SHOWN = results.FOLDER / results.PYTHONS[0]

#: What matplotlib draws with, and what is shown: the name of a variable, its value on light and on dark.
PAIRS = {
    "#808080": ("ink", "#3d444d", "#c3c8cf"),
    "#c0c0c0": ("grid", "#d5d9df", "#3a3f46"),
    "#3d8fd1": ("first", "#1f6fb2", "#6cb6ff"),
    "#e0702c": ("second", "#b4500f", "#f5a267"),
    "#2fa36b": ("third", "#1a7a4b", "#5fcf8d"),
    "#b56bd0": ("fourth", "#8a3fa8", "#d9a5ee"),
    "#d05070": ("fifth", "#b02a50", "#ff9db5"),
    "#7d7a2a": ("sixth", "#6b6710", "#d6cf6a"),
    "#2a8f9d": ("seventh", "#16707c", "#63c7d3"),
}
GREY, FAINT, *COLOURS = PAIRS
PALETTE = {f"plot-{name}": (light, dark) for name, light, dark in PAIRS.values()}
RULES = ".plot *{stroke-linejoin:round;stroke-linecap:butt}\n"
FONT = "DejaVu Sans"
STYLE = {
    "axes.edgecolor": GREY,
    "axes.grid": True,
    "axes.labelcolor": GREY,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.sans-serif": [FONT],
    "font.size": 10,
    "grid.color": FAINT,
    "legend.frameon": False,
    "savefig.transparent": True,
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "keyview",  # the same results give the same file
    "text.color": GREY,
    "xtick.color": GREY,
    "ytick.color": GREY,
}


#: In inches: of ten points, text is then about as large on a phone as the text of the page.
WIDTH = 5.2


def idioms(plt: Any) -> Any:
    return ratios(
        plt, lambda result: not is_same_code(result), "ours / the best of the builtin idioms"
    )


def plain(plt: Any) -> Any:
    return ratios(plt, is_same_code, "HashMap / dict")


def ratios(plt: Any, shown: Callable[[Result], bool], label: str) -> Any:
    """A dot for each kind of key, between the quartiles, in a row for each job."""
    found = [r for r in of(results.read(SHOWN, "maps")["results"], size=MIDDLE) if shown(r)]
    jobs = list(dict.fromkeys(job for result in found for job, _ in against_best(result)))
    figure, axes = plt.subplots(figsize=(WIDTH, 1.3 + 0.42 * len(jobs)), layout="constrained")
    for shift, (kind, colour) in enumerate(zip(KINDS, COLOURS[: len(KINDS)], strict=True)):
        rows = [row for result in of(found, keys=kind) for row in against_best(result)]
        middles = [middle for _, (_, middle, _) in rows]
        axes.errorbar(
            middles,
            [jobs.index(job) + (shift - 1.5) * 0.18 for job, _ in rows],
            xerr=[
                [middle - low for _, (low, middle, _) in rows],
                [high - middle for _, (_, middle, high) in rows],
            ],
            fmt="o",
            markersize=4,
            elinewidth=1,
            color=colour,
            label=KINDS[kind],
        )
    axes.axvline(1, color=GREY, linewidth=1.2)
    axes.set_xscale("log", base=2)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    names = [job.replace("`", "").replace(": ", ":\n", 1) for job in jobs]
    axes.set_yticks(range(len(jobs)), names, fontsize=8.5)
    axes.invert_yaxis()
    words = f"time, {label}\n{MIDDLE:,} keys; left of 1 is in our favour"
    figure.supxlabel(words, fontsize=10)
    figure.supylabel("what is done", fontsize=10)
    figure.legend(loc="outside upper center", ncols=2)
    return figure


def borrowed(plt: Any) -> Any:
    """Time of a lookup by the length of its key, each variant a line."""
    found = results.read(SHOWN, "borrowed")["results"]
    figure, panels = plt.subplots(2, 1, figsize=(WIDTH, 8.5), sharey=True, layout="constrained")
    titles = {"str": "the key is “_” and k", "bytes": "the key is a window of a buffer"}
    for axes, (kind, title) in zip(panels, titles.items(), strict=True):
        of_kind = of(found, keys=kind)
        lengths = [result["parameters"]["length"] for result in of_kind]
        ours = list(of_kind[0]["ratios"])
        variants = [*ours, *(variant for variant in of_kind[0]["ns"] if variant not in ours)]
        for variant, colour in zip(variants, COLOURS[: len(variants)], strict=True):
            line = "o-" if variant in ours else "s--"
            times = [result["ns"][variant] for result in of_kind]
            axes.plot(lengths, times, line, markersize=3, color=colour, label=variant)
        axes.set_xscale("log", base=2)
        axes.set_yscale("log")
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.set_title(title, fontsize=10)
        axes.set_xlabel(f"length of the key, in {'characters' if kind == 'str' else 'bytes'}")
        axes.set_ylabel("nanoseconds for a lookup")
        axes.legend(loc="upper left")
    return figure


def lru(plt: Any) -> Any:
    """Time of removing the oldest key and adding another, by the size of the map."""
    found = results.read(SHOWN, "lru")["results"]
    figure, axes = plt.subplots(figsize=(WIDTH, 4.2), layout="constrained")
    sizes = [result["parameters"]["size"] for result in found]
    for variant, colour in zip(found[0]["ns"], COLOURS, strict=False):
        line = "o-" if variant in found[0]["ratios"] else "s--"
        times = [result["ns"][variant] for result in found]
        axes.plot(sizes, times, line, markersize=3, color=colour, label=variant)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("keys in the map")
    axes.set_ylabel("nanoseconds to remove the oldest and add another")
    axes.legend(loc="upper left")
    return figure


PLOTS = {"borrowed": borrowed, "idioms": idioms, "lru": lru, "plain": plain}
SOURCES = {"borrowed": "borrowed", "idioms": "maps", "lru": "lru", "plain": "maps"}


def digest(plot: str) -> str:
    """A digest of the results that a plot shows. The plot contains it."""
    source = SHOWN / f"{SOURCES[plot]}.json"
    return hashlib.sha256(source.read_bytes()).hexdigest()


def styled(plot: str, drawn: str) -> str:
    """A plot in pairs of colours, and with ids that no other plot has: several may be in one page."""
    for colour, (name, light, _) in PAIRS.items():
        drawn = drawn.replace(colour, f"var(--plot-{name}, {light})")
    drawn = re.sub(r' id="', f' id="{plot}-', drawn)
    drawn = re.sub(r'(url\(|href=")#', rf"\1#{plot}-", drawn)
    drawn = re.sub(r' transform="rotate\(-0 [^"]*"', "", drawn)
    drawn = re.sub(r"(\d\.\d\d)\d+", r"\1", drawn)  # A hundredth of a point is seen by nobody.
    drawn = re.sub(r"font-family: [^;]*; ", "", drawn)  # Below: once, for all texts.
    # In a page, what matplotlib says of `*` would be true of the whole page.
    style = f"<style>\n{svg.style('plot', PALETTE, RULES)}</style>"
    drawn = re.sub(r"<style.*?</style>", style, drawn, count=1, flags=re.DOTALL)
    return drawn.replace("<svg ", f'<svg class="plot" font-family="{FONT}, sans-serif" ', 1)


def sheet() -> str:
    """The style of the plots in the pages of the site."""
    return svg.sheet("plot", PALETTE, RULES, "benchmarks.report")


def draw(plots: Iterable[str] = PLOTS) -> None:
    """Draw all plots again. Needs matplotlib."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    FOLDER.mkdir(parents=True, exist_ok=True)
    SHEET.write_text(sheet(), "utf-8")
    for plot in plots:
        with mpl.rc_context(STYLE):
            figure = PLOTS[plot](plt)
            metadata = {"Date": None, "Creator": None, "Description": digest(plot)}
            drawn = io.StringIO()
            figure.savefig(drawn, format="svg", metadata=metadata)
            plt.close(figure)
        (FOLDER / f"{plot}.svg").write_text(styled(plot, drawn.getvalue()), "utf-8")
