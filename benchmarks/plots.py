"""The plots of the pages: SVG, transparent, in colours that can be told apart on light and dark."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import results
from benchmarks.tables import KINDS, MIDDLE, against_best, is_same_code, of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from benchmarks.results import Result

FOLDER = Path(__file__).parents[1] / "docs" / "plots"
SHOWN = results.FOLDER / results.PYTHONS[0]

GREY = "#808080"
COLOURS = ["#3d8fd1", "#e0702c", "#2fa36b", "#b56bd0"]
STYLE = {
    "axes.edgecolor": GREY,
    "axes.grid": True,
    "axes.labelcolor": GREY,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.size": 10,
    "grid.alpha": 0.3,
    "grid.color": GREY,
    "legend.frameon": False,
    "savefig.transparent": True,
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "keyview",  # the same results give the same file
    "text.color": GREY,
    "xtick.color": GREY,
    "ytick.color": GREY,
}


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
    figure, axes = plt.subplots(figsize=(8, 1 + 0.3 * len(jobs)), layout="constrained")
    for shift, (kind, colour) in enumerate(zip(KINDS, COLOURS, strict=True)):
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
    axes.set_yticks(range(len(jobs)), [job.replace("`", "") for job in jobs])
    axes.invert_yaxis()
    figure.supxlabel(f"time, {label}; {MIDDLE:,} keys; left of 1 is in our favour", fontsize=10)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=4)
    return figure


def borrowed(plt: Any) -> Any:
    """Time of a lookup by the length of its key, each variant a line."""
    found = results.read(SHOWN, "borrowed")["results"]
    figure, panels = plt.subplots(1, 2, figsize=(9, 4), sharey=True, layout="constrained")
    titles = {"str": "the key is “_” and k", "bytes": "the key is a window of a buffer"}
    for axes, (kind, title) in zip(panels, titles.items(), strict=True):
        of_kind = of(found, keys=kind)
        lengths = [result["parameters"]["length"] for result in of_kind]
        ours = list(of_kind[0]["ratios"])
        theirs = [variant for variant in of_kind[0]["ns"] if variant not in ours]
        for variants, line, colours in (ours, "o-", COLOURS[:2]), (theirs, "o--", COLOURS[2:]):
            for variant, colour in zip(variants, colours, strict=False):
                times = [result["ns"][variant] for result in of_kind]
                axes.plot(lengths, times, line, markersize=3, color=colour, label=variant)
        axes.set_xscale("log", base=2)
        axes.set_yscale("log")
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.set_title(title, fontsize=10)
        axes.set_xlabel("characters" if kind == "str" else "bytes")
        axes.legend(loc="upper left")
    panels[0].set_ylabel("nanoseconds for a lookup")
    return figure


def lru(plt: Any) -> Any:
    """Time of removing the oldest key and adding another, by the size of the map."""
    found = results.read(SHOWN, "lru")["results"]
    figure, axes = plt.subplots(figsize=(7, 4), layout="constrained")
    sizes = [result["parameters"]["size"] for result in found]
    for variant, colour in zip(found[0]["ns"], COLOURS, strict=False):
        line = "o-" if variant in found[0]["ratios"] else "o--"
        times = [result["ns"][variant] for result in found]
        axes.plot(sizes, times, line, markersize=3, color=colour, label=variant)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("keys")
    axes.set_ylabel("nanoseconds to remove the oldest and add another")
    axes.legend(loc="upper left")
    return figure


PLOTS = {"borrowed": borrowed, "idioms": idioms, "lru": lru, "plain": plain}
SOURCES = {"borrowed": "borrowed", "idioms": "maps", "lru": "lru", "plain": "maps"}


def digest(plot: str) -> str:
    """A digest of the results that a plot shows. The plot contains it."""
    source = SHOWN / f"{SOURCES[plot]}.json"
    return hashlib.sha256(source.read_bytes()).hexdigest()


def draw(plots: Iterable[str] = PLOTS) -> None:
    """Draw all plots again. Needs matplotlib."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    FOLDER.mkdir(parents=True, exist_ok=True)
    for plot in plots:
        with mpl.rc_context(STYLE):
            figure = PLOTS[plot](plt)
            metadata = {"Date": None, "Creator": None, "Description": digest(plot)}
            figure.savefig(FOLDER / f"{plot}.svg", metadata=metadata)
            plt.close(figure)
