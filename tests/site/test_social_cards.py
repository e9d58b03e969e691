"""What other sites show of the pages of the real site."""

from pathlib import Path
from urllib.parse import urlparse

from bs4 import BeautifulSoup
from PIL import Image


def test_every_page_has_a_card_of_its_own_which_no_file_loads(site: Path) -> None:
    cards = {}
    for path in sorted([site / "index.html", *site.glob("modules/*"), *site.glob("reference/*")]):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        (tag,) = page.find_all("meta", property="og:image")
        address = str(tag["content"])
        assert urlparse(address).scheme == "https"
        file = site / "_images" / address.rpartition("/_images/")[2]
        with Image.open(file) as picture:
            assert picture.size == (1200, 630)
        assert file.stat().st_size < 300_000, "some sites show none that is larger"
        cards[file.name] = path
        for meta in page.find_all("meta"):
            meta.decompose()
        assert "social-card" not in str(page), path
    assert len(cards) > 20
    assert {path.name for path in site.glob("_images/social-card-*")} == cards.keys()
    for path in (*site.rglob("*.css"), *site.rglob("*.js")):
        assert "social-card" not in path.read_text(encoding="utf-8"), path
