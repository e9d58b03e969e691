"""What is wrong with who needs whom: told once, at the module that can mend it."""

import pytest

from dlcv_sphinx.prerequisites import problems


@pytest.mark.parametrize(
    ("needs", "found"),
    [
        ({"a": "", "b": "a", "c": "ab"}, []),
        ({"a": "a"}, [("a", "a module cannot need itself")]),
        ({"a": "", "b": "x"}, [("b", "no module 'x'; there are a, b")]),
        ({"a": "c", "b": "", "c": ""}, [("a", "'c' comes later in the toctree")]),
        # A cycle, from wherever it is looked at; its wrong order is no second report.
        ({"a": "c", "b": "a", "c": "b"}, [("a", "each of these needs the next: a -> c -> b -> a")]),
        (
            {"a": "", "b": "ac", "c": "d", "d": "b", "e": "d"},
            [("b", "each of these needs the next: b -> c -> d -> b")],
        ),
        # Two cycles that share a module.
        (
            {"a": "bc", "b": "a", "c": "a"},
            [
                ("a", "each of these needs the next: a -> b -> a"),
                ("a", "each of these needs the next: a -> c -> a"),
            ],
        ),
        # A wrong order beside a cycle, and what leads into one, are something else.
        (
            {"a": "d", "b": "c", "c": "b", "d": "b"},
            [
                ("a", "'d' comes later in the toctree"),
                ("b", "each of these needs the next: b -> c -> b"),
            ],
        ),
        ({"a": "ab", "b": "a"}, [
            ("a", "each of these needs the next: a -> b -> a"),
            ("a", "a module cannot need itself"),
        ]),
    ],
)  # fmt: skip
def test_problems_of_prerequisites(needs: dict[str, str], found: list[tuple[str, str]]) -> None:
    """Each letter is a module."""
    assert list(problems({name: list(needed) for name, needed in needs.items()})) == found
