"""All frames of a swept figure in one SVG: a stack that shows one of them, a sheet of some.

The stack is addressed by fragment: ``figure.svg#f12`` shows frame 12, without one the start.
What several frames draw alike is in it once.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

from dlcv_viz.draw.canvas import TITLE
from dlcv_viz.draw.theme import MARKER

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_HREF = f"{{{_XLINK}}}href"
_WORTH_SHARING = 60  # characters; a shorter part costs less than the reference to it
_GAP, _HEAD = 12, 20  # points between the pictures of a sheet, and for the line above each


class Frames:
    """The frames of a swept figure, with what they have in common taken out.

    Parameters
    ----------
    svgs : sequence of str
        As `dlcv_viz.draw.svg.svg_text` gave them, all of one size.
    """

    def __init__(self, svgs: Sequence[str]) -> None:
        # The sources are our own: no entity, no external reference.
        self._roots = [ET.fromstring(svg) for svg in svgs]  # noqa: S314
        self._style = next(self._roots[0].iter(f"{{{_SVG}}}style")).text or ""
        self._defs: dict[str, ET.Element] = {}
        for root in self._roots:
            self._take_definitions(root)
        self._share()

    def stack(self, start: int) -> str:
        """Return an SVG that shows the frame its address names, and without a name the start.

        Parameters
        ----------
        start : int
            Index of that frame.

        Returns
        -------
        str
            An ``<svg>`` element in the colours of the frames.
        """
        rules = (
            f".f{{display:none}}.f:target,#f{start}{{display:inline}}"
            f".f:target~#f{start}{{display:none}}"  # so the start is the last one
        )
        order = [k for k in range(len(self._roots)) if k != start] + [start]
        frames = [self._group(k, {"class": "f", "id": f"f{k}"}) for k in order]
        return self._svg(self._roots[0].attrib, rules, frames)

    def sheet(self, labels: Mapping[int, str]) -> str:
        """Return an SVG that shows some frames side by side, two in a row.

        Parameters
        ----------
        labels : mapping of int to str
            Index of each frame shown, and the line above it.

        Returns
        -------
        str
            An ``<svg>`` element in the colours of the frames.
        """
        _, _, width, height = map(float, self._roots[0].attrib["viewBox"].split())
        across, down = width + _GAP, height + _GAP + _HEAD
        shown = []
        for place, (frame, label) in enumerate(labels.items()):
            left, top = across * (place % 2), down * (place // 2)
            text = ET.Element(f"{{{_SVG}}}text", {"x": f"{left:g}", "y": f"{top + _HEAD - 6:g}"})
            text.set("style", f"font-size: {TITLE}px; font-weight: bold; fill: {MARKER['ink']}")
            text.text = label
            move = {"transform": f"translate({left:g} {top + _HEAD:g})"}
            shown += [text, self._group(frame, move)]
        size = 2 * width + _GAP, down * ((len(labels) + 1) // 2) - _GAP
        attributes = {
            "width": f"{size[0]:g}pt",
            "height": f"{size[1]:g}pt",
            "viewBox": f"0 0 {size[0]:g} {size[1]:g}",
        }
        return self._svg(attributes, "", shown)

    def _take_definitions(self, root: ET.Element) -> None:
        """Move what is referred to out of a frame: an id is a digest, so equal ids are equal."""
        for parent in root.iter():
            for child in list(parent):
                if child.tag == f"{{{_SVG}}}defs":
                    self._defs.update({d.attrib["id"]: d for d in child if "id" in d.attrib})
                    parent.remove(child)
        for element in root.iter():
            name = element.attrib.pop("id", "")
            if name.startswith("halo"):
                element.set("class", "halo")

    def _share(self) -> None:
        """Put a group that several frames draw alike among the definitions, and refer to it."""
        count = Counter(
            text for root in self._roots for text in {_text(group) for group in _groups(root)}
        )
        names = dict[str, str]()

        def replace(parent: ET.Element) -> None:
            for place, child in enumerate(parent):
                text = _text(child) if child.tag == f"{{{_SVG}}}g" else ""
                if count[text] > 1 and len(text) > _WORTH_SHARING:
                    name = names.setdefault(text, f"s{len(names)}")
                    if name not in self._defs:
                        self._defs[name] = child
                        child.set("id", name)
                    parent[place] = ET.Element(f"{{{_SVG}}}use", {_HREF: f"#{name}"})
                else:
                    replace(child)

        for root in self._roots:
            replace(root)

    def _group(self, frame: int, attributes: Mapping[str, str]) -> ET.Element:
        group = ET.Element(f"{{{_SVG}}}g", dict(attributes))
        group.extend(self._roots[frame])
        return group

    def _svg(self, attributes: Mapping[str, str], rules: str, body: Sequence[ET.Element]) -> str:
        svg = ET.Element(f"{{{_SVG}}}svg", dict(attributes))
        defs = ET.SubElement(svg, f"{{{_SVG}}}defs")
        ET.SubElement(defs, f"{{{_SVG}}}style").text = self._style + rules
        used = {name for element in body for name in self._references(element)}
        defs.extend(definition for name, definition in self._defs.items() if name in used)
        svg.extend(body)
        return _text(svg)

    def _references(self, element: ET.Element) -> Iterator[str]:
        """Yield the names of all definitions that a part needs, directly or through others."""
        text = _text(element)
        for name, definition in self._defs.items():
            if f'#{name}"' in text or f"#{name})" in text:
                yield name
                if definition is not element:
                    yield from self._references(definition)


def _groups(root: ET.Element) -> Iterator[ET.Element]:
    return (group for group in root.iter(f"{{{_SVG}}}g"))


def _text(element: ET.Element) -> str:
    for prefix, address in (("", _SVG), ("xlink", _XLINK)):
        ET.register_namespace(prefix, address)
    return ET.tostring(element, encoding="unicode")
