"""The real site in its other forms, where the tests built it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Forms:
    """Where the forms are: the folders of EPUB and of LaTeX."""

    books: Path
    latex: Path

    @property
    def epub(self) -> Path:
        """The e-book."""
        (found,) = self.books.glob("*.epub")
        return found

    @property
    def tex(self) -> str:
        """The book's text."""
        return (self.latex / "dlcv.tex").read_text(encoding="utf-8")
