"""All frames in one picture: the same drawing, what is alike once, nothing that clashes."""

import re
from collections import Counter
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from dlcv_viz.draw.canvas import NARROW, canvas, name_axes, panel
from dlcv_viz.draw.marks import line, points, say
from dlcv_viz.draw.stack import Frames
from dlcv_viz.draw.svg import svg_text, themed
from dlcv_viz.draw.theme import MARKER

SVG = "{http://www.w3.org/2000/svg}"


def frame(k: int) -> str:
    figure = canvas(NARROW, 240)
    ax = panel(figure, 40, 40, 280, 160)
    ax.set(xlim=(0, 4), ylim=(0, 4), xticks=[0, 2, 4], yticks=[0, 2, 4])
    name_axes(ax, "x", "y")
    points(ax, np.array([[1.0, 1.0], [2.0, 3.0]]), "accent-2")
    line(ax, np.array([0.0, 4.0]), np.array([k, 4.0 - k]), "accent-1")
    say(ax, 2, 2, f"frame {k}", halo=True)
    return svg_text(figure)


@pytest.fixture(scope="module")
def svgs() -> list[str]:
    return [frame(k) for k in range(4)]


def drawn(root: ET.Element, part: ET.Element) -> list[tuple[str, str]]:
    """Shapes and texts of a part in their order, what it refers to put in its place."""
    shared = {e.attrib["id"]: e for e in root.iter() if "id" in e.attrib}
    found = []

    def walk(element: ET.Element) -> None:
        if element.tag == f"{SVG}defs":
            return
        target = element.get("{http://www.w3.org/1999/xlink}href", "")[1:]
        if element.tag == f"{SVG}use" and target.startswith("s"):
            walk(shared[target])
            return
        if element.tag != f"{SVG}g":
            kept = {k: v for k, v in element.attrib.items() if k != "id"}
            found.append((element.tag, f"{sorted(kept.items())} {element.text}"))
        for child in element:
            walk(child)

    for child in part:
        walk(child)
    return found


def test_every_frame_of_a_stack_is_the_frame_that_was_drawn(svgs: list[str]) -> None:
    root = ET.fromstring(Frames(svgs).stack(2))
    frames = {e.attrib["id"]: e for e in root if e.get("class") == "f"}
    assert frames.keys() == {"f0", "f1", "f2", "f3"}
    for k, svg in enumerate(svgs):
        original = ET.fromstring(svg)
        assert drawn(root, frames[f"f{k}"]) == drawn(original, original)


def test_the_start_is_the_last_frame_and_shown_unless_another_is_asked_for(
    svgs: list[str],
) -> None:
    stack = Frames(svgs).stack(1)
    assert re.findall(r'class="f" id="(f\d)"', stack) == ["f0", "f2", "f3", "f1"]
    assert ".f{display:none}.f:target,#f1{display:inline}.f:target~#f1{display:none}" in stack


def test_what_frames_draw_alike_is_in_a_stack_once(svgs: list[str]) -> None:
    stack = Frames(svgs).stack(0)
    assert stack.count(">x</text>") == 1
    assert [stack.count(f">frame {k}</text>") for k in range(4)] == [1, 1, 1, 1]
    assert len(stack) < 0.6 * sum(map(len, svgs))


def test_no_id_stands_twice_and_every_reference_leads_to_one(svgs: list[str]) -> None:
    frames = Frames(svgs)
    for text in (frames.stack(0), frames.sheet({0: "a", 3: "b"})):
        ids = Counter(re.findall(r'\bid="([^"]+)"', text))
        assert max(ids.values()) == 1
        asked = set(re.findall(r'(?:href="|url\()#([^")]+)', text))
        assert asked <= ids.keys()
        assert "http" not in re.sub(r'xmlns(:xlink)?="[^"]*"', "", text)


def test_a_halo_survives_in_a_stack(svgs: list[str]) -> None:
    light = themed(Frames(svgs).stack(0), "light")
    assert light.count('class="halo"') == 4
    assert ".halo text{paint-order:stroke" in light
    assert not any(marker in light for marker in MARKER.values())


def test_a_sheet_shows_the_frames_two_in_a_row_each_below_its_line(svgs: list[str]) -> None:
    root = ET.fromstring(Frames(svgs).sheet({0: "step 0", 2: "step 2", 3: "step 3"}))
    moves = [e.attrib["transform"] for e in root if "transform" in e.attrib]
    assert moves == ["translate(0 20)", "translate(372 20)", "translate(0 292)"]
    assert [e.text for e in root if e.tag == f"{SVG}text"] == ["step 0", "step 2", "step 3"]
    assert root.attrib["viewBox"] == "0 0 732 532"
    assert len(list(root.iter(f"{SVG}use"))) > 0
    assert "frame 1" not in Frames(svgs).sheet({0: "a", 2: "b"})
