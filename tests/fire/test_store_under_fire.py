"""Two builds at once, a full disk, a store in which files were spoilt."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from firesite import NUMERICS, digests, figure, fill
from minisite import Built, MiniSite, bring_font, mini_in

pytestmark = pytest.mark.slow


def at_once(*builds: Callable[[], Built]) -> list[Built]:
    with ThreadPoolExecutor(len(builds)) as threads:
        return list(threads.map(lambda build: build(), builds))


def test_two_builds_of_one_checkout_share_a_store(site: MiniSite) -> None:
    """And both make the font."""

    def build(name: str) -> Built:
        doctrees = str(site.folder / f"_build/doctrees-{name}")
        return site.build("html", "-d", doctrees, out=name, apart=True)

    alone = digests(build("alone").out)
    (site.folder / "_build/figures").rename(site.folder / "before")
    both = at_once(lambda: build("one"), lambda: build("two"))
    assert [(built.status, built.problems) for built in both] == [(0, "")] * 2
    assert [digests(built.out) for built in both] == [alone] * 2


def test_two_projects_share_a_store(tmp_path: Path) -> None:
    """They have some figures in common."""
    one, two = fill(mini_in(tmp_path / "one")), fill(mini_in(tmp_path / "two"))
    two.page("# B\n\n" + figure("toy.line", "n=9") + figure("toy.line", "n=11"), "b")
    for project in (one, two):
        project.conf(f"dlcv_store = {str(tmp_path / 'shared')!r}\n")
    bring_font(tmp_path / "shared")
    alone = [digests(project.build(out="alone").out) for project in (one, two)]
    (tmp_path / "shared").rename(tmp_path / "before")
    bring_font(tmp_path / "shared")
    for project in (one, two):
        shutil.rmtree(project.folder / "_build/doctrees")
    both = at_once(lambda: one.build(apart=True), lambda: two.build(apart=True))
    assert [(built.status, built.problems) for built in both] == [(0, "")] * 2
    assert [digests(built.out) for built in both] == alone


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount two MiB; without the right to do so, a skip here and a failure in CI."""
    folder = tmp_path / "disk"
    folder.mkdir()
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    mount = [*root, "mount", "-t", "tmpfs", "-o", "size=2m,mode=1777", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True, check=False)
        problem = done.stderr.strip() if done.returncode else ""
    except FileNotFoundError as error:
        problem = str(error)
    if problem and os.environ.get("CI") == "true":
        pytest.fail(problem)
    if problem:
        pytest.skip(problem)
    yield folder
    subprocess.run([*root, "umount", "-l", str(folder)], check=True)


def fill_up(path: Path) -> None:
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))


def test_a_full_disk_is_one_error_and_the_old_site_stays(site: MiniSite, small_disk: Path) -> None:
    site.conf(f"dlcv_store = {str(small_disk / 'store')!r}\n")
    bring_font(small_disk / "store")
    first = site.build()
    assert (first.status, first.problems) == (0, "")
    before = digests(first.out)
    fill_up(small_disk / "filler")
    site.source(NUMERICS.replace("- 1", "+ 1"), "toynumerics/heights.py")
    for _ in range(2):
        built = site.build()
        message = "figures cannot be kept in 'disk/store': [Errno 28] No space left on device"
        assert built.status == 2
        assert built.problems.startswith("\nExtension error!\n")
        assert f"sphinx.errors.ExtensionError: {message}\n" in built.problems
        assert built.problems.count("No space left on device") == 1
        assert "(most recent call last)" not in built.problems
        assert digests(built.out) == before
    (small_disk / "filler").unlink()
    built = site.build()
    assert (built.status, built.problems) == (0, "")
    assert "Up to 4." in built.page("a").get_text()


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def another_s(path: Path) -> None:
    """Put there what belongs to the file that comes next in the folder, whole in itself."""
    files = sorted(p for p in path.parent.iterdir() if p.is_file())
    path.write_bytes(files[(files.index(path) + 1) % len(files)].read_bytes())


def foreign(path: Path) -> None:
    path.write_text('{"pages": [], "files": 3}')


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "inside").touch()


DAMAGES: list[Callable[[Path], None]] = [flip, truncate, Path.unlink, another_s, foreign, a_folder]


def test_whatever_happens_to_files_of_the_store_the_next_build_is_right_and_silent(
    site: MiniSite,
) -> None:
    site.build()
    store, html = site.folder / "_build/figures", site.folder / "_build/html"
    expected, kept = digests(html), digests(store / "files")
    folders = [store, *(store / name for name in ("entries", "files", "shown", "modules"))]
    for turn in range(3):
        for folder in folders:
            files = [path for path in sorted(folder.iterdir()) if path.is_file()]
            # Also entries stay whole while their pictures are not, and the other way round.
            spoilt = files if len(files) < 3 else files[turn % 2 :: 2]
            assert spoilt
            for number, path in enumerate(spoilt, 2 * turn):
                DAMAGES[number % len(DAMAGES)](path)
        shutil.rmtree(html)
        built = site.build()
        assert (built.status, built.problems) == (0, ""), turn
        assert digests(html) == expected, turn
        assert digests(store / "files") == kept, turn
