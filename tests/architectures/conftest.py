"""Properties are tried on the same cases in every run, and nothing is kept between runs."""

from pathlib import Path

from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

# Where it would write by itself, pytest would look for tests.
set_hypothesis_home_dir(Path(__file__).parents[2] / "_build" / "hypothesis")
settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.load_profile("same")
