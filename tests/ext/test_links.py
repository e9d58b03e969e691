"""How the links of a site are checked."""

import json

from minisite import MiniSite


def test_a_doi_is_asked_of_its_registry_and_not_of_the_publisher(mini: MiniSite) -> None:
    mini.page(
        "# T\n\n[A](https://doi.org/10.1016/0041-5553(64)90137-5) [B](https://doi.org/help)"
        " [C](http://dx.doi.org/10.1/c)\n"
    )
    mini.conf('linkcheck_ignore = [".*"]\n')  # what is asked is told, and no network is needed
    built = mini.build("linkcheck")
    assert built.status == 0, built.problems
    lines = (built.out / "output.json").read_text().splitlines()
    assert {json.loads(line)["uri"] for line in lines} == {
        "https://doi.org/api/handles/10.1016/0041-5553(64)90137-5",
        "https://doi.org/help",
        "https://doi.org/api/handles/10.1/c",
    }
