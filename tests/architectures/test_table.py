"""A ledger as text and as facts."""

import csv

import pytest

from dlcv_viz.architectures.layers import chain, convolution
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.architectures.table import COLUMNS, TOTALS, as_csv, facts
from dlcv_viz.facts import checked_facts
from published import NETWORKS, published


@pytest.mark.parametrize("name", NETWORKS)
def test_the_rows_of_the_text_add_up_to_the_totals(name: str) -> None:
    found = checked_facts(facts(published(name)))
    rows = list(csv.DictReader(found["ledger"].splitlines()))
    for total in TOTALS:
        assert sum(int(row[total]) for row in rows) == found[f"total_{total}"]
    assert sum(found["stage_parameters"]) == found["total_parameters"]
    assert sum(found["stage_multiply_adds"]) == found["total_multiply_adds"]


def test_lengths_that_differ_down_and_across_are_told_apart() -> None:
    layer = convolution("c", 2, (1, 7), stride=(1, 2), padding=((0, 0), (2, 3)), groups=2)
    text = as_csv(ledger(chain("wide", layer), (4, 9, 16)))
    head, row = csv.reader(text.splitlines())
    assert head == list(COLUMNS)
    told = dict(zip(head, row, strict=True))
    assert (told["kernel"], told["stride"], told["groups"]) == ("1×7", "1×2", "2")
    assert told["padding"] == "0+0×2+3"  # above and below, left and right
    assert (told["output"], told["receptive_field"], told["start"]) == ("9×8×2", "1×7", "0×1")


def test_a_padding_by_word_is_told_by_it() -> None:
    network = chain("same", convolution("c", 2, 3, padding="same"))
    (row,) = csv.DictReader(as_csv(ledger(network, (1, 8, 8))).splitlines())
    assert row["padding"] == "same"
