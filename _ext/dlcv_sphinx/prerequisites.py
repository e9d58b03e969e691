"""What can be wrong with who needs whom in a course."""

from collections import deque
from collections.abc import Collection, Iterator, Mapping

from dlcv_viz.registry import nearest

Needs = Mapping[str, Collection[str]]


def problems(needs: Needs) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the prerequisites of modules.

    Parameters
    ----------
    needs : mapping of str to collection of str
        For each module, by id and in the order of the course, the ids of those it needs.

    Yields
    ------
    tuple of str and str
        The module, and a message. A cycle is told once, at the first of its modules.

    Examples
    --------
    >>> list(problems({"a": ["c"], "b": ["a"], "c": ["b"]}))
    [('a', 'each of these needs the next: a -> c -> b -> a')]
    """
    place = {name: k for k, name in enumerate(needs)}
    told = set[tuple[str, ...]]()
    for name, needed in needs.items():
        cycle = _way(name, name, needs)
        first = min(range(len(cycle)), key=lambda k: place[cycle[k]], default=0)
        cycle = cycle[first:] + cycle[:first]
        if cycle and tuple(cycle) not in told:
            told.add(tuple(cycle))
            yield cycle[0], f"each of these needs the next: {' -> '.join([*cycle, cycle[0]])}"
        for need in needed:
            if need == name:
                yield name, "a module cannot need itself"
            elif need not in place:
                yield name, f"no module {need!r}{nearest(need, place)}"
            elif place[need] > place[name] and not _way(need, name, needs):
                yield name, f"{need!r} comes later in the toctree"


def _way(start: str, end: str, needs: Needs) -> list[str]:
    """Return a shortest way from one module to what it needs, `end` left out; empty if none."""
    ways, seen = deque([[start]]), {start}
    while ways:
        way = ways.popleft()
        for need in needs[way[-1]]:
            if need == end and way != [end]:
                return way
            if need in needs and need not in seen:
                seen.add(need)
                ways.append([*way, need])
    return []
