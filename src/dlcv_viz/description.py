"""What is known of a figure function without calling it: plain data, kept from build to build."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any

from dlcv_viz.facts import as_text
from dlcv_viz.parameters import ArgumentError, Parameter


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of a registered function without calling it; JSON by `to_json`.

    Parameters
    ----------
    name : str
        ``module.function``.
    kind : str
        ``"figure"`` or ``"example"``.
    summary : str
        First line of the docstring.
    parameters : tuple of Parameter
        In the order of the signature.
    alt : str
        Template of the alternative text; empty for an example.
    sweeps : tuple of dict
        ``parameter``, ``values``, ``label`` and ``start`` of each swept parameter.
    """

    name: str
    kind: str
    summary: str
    parameters: tuple[Parameter, ...]
    alt: str = ""
    sweeps: tuple[Mapping[str, Any], ...] = ()

    @property
    def frames(self) -> list[dict[str, Any]]:
        """Values of the swept parameters, frame by frame, the last parameter fastest."""
        names = [sweep["parameter"] for sweep in self.sweeps]
        every = product(*(sweep["values"] for sweep in self.sweeps))
        return [dict(zip(names, values, strict=True)) for values in every]

    @property
    def start(self) -> int:
        """Index of the frame that stands for the whole."""
        place = 0
        for sweep in self.sweeps:
            n = len(sweep["values"])
            place = n * place + range(n)[sweep["start"]]
        return place

    def key_frames(self, most: int) -> list[int]:
        """Choose some frames that stand for all where nothing can move, the ends among them."""
        last = len(self.frames) - 1
        n = min(most, last + 1)
        return [round(last * k / (n - 1)) for k in range(n)] if last else [0]

    @property
    def paper_frames(self) -> list[int]:
        """Key frames for a printed page: as many as fit above a caption."""
        return self.key_frames(4)

    def told(self, frame: int) -> str:
        """Say which frame it is: ``"update 14"``."""
        values = self.frames[frame].values()
        labels = (sweep["label"] for sweep in self.sweeps)
        return ", ".join(f"{name} {as_text(v)}" for name, v in zip(labels, values, strict=True))

    def arguments(self, given: Mapping[str, object]) -> dict[str, Any]:
        """Check arguments and fill in the defaults.

        Parameters
        ----------
        given : mapping
            Arguments as the page wrote them.

        Returns
        -------
        dict
            One checked value for every parameter that is not swept.

        Raises
        ------
        ArgumentError
            If a name is unknown or a value is not allowed; the message says what is.
        """
        swept = {sweep["parameter"] for sweep in self.sweeps}
        known = {p.name: p for p in self.parameters if p.name not in swept}
        for name in given:
            if name not in known:
                every = ", ".join(f"{p.name} ({p.allowed})" for p in known.values()) or "none"
                why = "is set by the sweep" if name in swept else "is no argument"
                raise ArgumentError(f"{name!r} {why} of {self.name}; allowed: {every}")
        return {
            name: p.check(given[name]) if name in given else p.default for name, p in known.items()
        }

    def to_json(self) -> dict[str, Any]:
        """Return the description as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Description":
        """Make a description of what `to_json` gave and JSON kept."""
        parameters = tuple(
            Parameter(**{**p, "choices": tuple(p["choices"])}) for p in data["parameters"]
        )
        return cls(**{**data, "parameters": parameters, "sweeps": tuple(data["sweeps"])})
