"""The pictures of the pages are as they would be drawn now, and can be read."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from tests.kit.contrast import contrast
from tools.pictures import CARD, DOCS, EDITS, ENOUGH, PICTURES, digest, files, shares
from tools.svg import PALETTE

SVG = "{http://www.w3.org/2000/svg}"
#: The paper of a page, and of boxes, on light and on dark.
PAPERS = (("#ffffff", PALETTE["fill"][0]), ("#131416", PALETTE["fill"][1]))


def test_the_pictures_are_up_to_date() -> None:
    assert {path: path.read_text("utf-8") for path in files()} == files()
    assert {p.stem for p in (DOCS / "pictures").iterdir()} == set(PICTURES)
    assert digest() in CARD.read_bytes(), "python -m tools.pictures draws the card again"


def test_each_picture_has_a_title_and_a_description_and_nothing_outside_of_it() -> None:
    for name, draw in PICTURES.items():
        picture = draw()
        root = ET.fromstring(picture.svg(name))
        title, description = (root.findtext(f"{SVG}{tag}") or "" for tag in ("title", "desc"))
        assert title
        assert len(description) > len(title)
        for text in root.iter(f"{SVG}text"):
            # A character is at most two thirds of its height wide.
            wide = 0.62 * 14 * len(text.text or "")
            x = float(text.get("x", "0"))
            left = x - {"middle": wide / 2, "end": wide}.get(text.get("text-anchor", ""), 0)
            assert left >= -8, f"{name}: {text.text}"
            assert left + wide <= picture.width + 8, f"{name}: {text.text}"
            assert float(text.get("y", "0")) <= picture.height


def test_text_and_lines_of_the_pictures_stand_out_from_light_and_dark_paper() -> None:
    for scheme, papers in enumerate(PAPERS):
        for paper in papers:
            for name in ("ink", "dim", "main", "good", "bad"):
                assert contrast(PALETTE[name][scheme], paper) >= 4.5, (name, scheme)
            assert contrast(PALETTE["line"][scheme], paper) >= 3
        assert contrast(PALETTE["on-main"][scheme], PALETTE["main"][scheme]) >= 4.5


def test_the_plot_of_the_edits_has_every_operation_that_was_edited_often_enough() -> None:
    *operations, whole = shares(EDITS.read_text("utf-8"))
    assert whole.operation == "all"
    assert sum(share.edits for share in operations) == whole.edits
    drawn = PICTURES["edits"]().svg("edits")
    assert all(f"{s.alone:g}% and {s.ours:g}%" in drawn for s in operations if s.edits >= ENOUGH)
