import pytest

from laurels.design.templatetags.counts import spelled_out


@pytest.mark.parametrize(
    ("number", "text"), [(0, "none"), (3, "three"), (15, "fifteen"), (20, "twenty"), (21, "21")]
)
def test_spelled_out_uses_words_up_to_twenty(number, text):
    assert spelled_out(number) == text


def test_spelled_out_leaves_other_numbers_alone():
    assert spelled_out(-1) == "-1"
