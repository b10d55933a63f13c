import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotlog import canonical
from ballotlog.errors import LogError

values = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2**53 - 1) | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)
objects = st.dictionaries(st.text(max_size=5), values, max_size=4)


@given(objects)
def test_what_is_encoded_is_decoded(value):
    assert canonical.decode(canonical.encode(value)) == value


@given(objects)
def test_no_other_form_is_decoded(value):
    spaced = json.dumps(value, ensure_ascii=True, separators=(", ", ":")).encode()

    if spaced == canonical.encode(value):
        assert canonical.decode(spaced) == value
    else:
        with pytest.raises(LogError, match="leaf-not-canonical at 3"):
            canonical.decode(spaced, 3)


@pytest.mark.parametrize(
    ("leaf", "code"),
    [
        (b'{"a":"' + b"x" * 16_384 + b'"}', "leaf-too-large"),
        (b"", "leaf-not-json"),
        (b"[1]", "leaf-not-json"),
        (b'{"a":NaN}', "leaf-not-json"),
        (b'{"a":Infinity}', "leaf-not-json"),
        (b'\xef\xbb\xbf{"a":1}', "leaf-not-json"),
        (b'{"a":"\xff"}', "leaf-not-json"),
        (b'{"a":01}', "leaf-not-json"),
        (b'{"a":"\t"}', "leaf-not-json"),
        (b'{"a":' + b"[" * 16 + b"]" * 16 + b"}", "leaf-not-json"),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, "leaf-too-large"),
        (b'{"a":' * 2500 + b"1" + b"}" * 2500, "leaf-not-json"),
        (b'{"a":' + b"[" * 15 + b"]" * 15 + b',"a":1}', "leaf-not-canonical"),
        (b'{"a":' + b"[" * 16 + b"]" * 16 + b',"a":1}', "leaf-not-json"),
        (b'{"a":-1}', "leaf-not-canonical"),
        (b'{"a":-0}', "leaf-not-canonical"),
        (b'{"a":1.0}', "leaf-not-canonical"),
        (b'{"a":1e2}', "leaf-not-canonical"),
        (b'{"a":9007199254740992}', "leaf-not-canonical"),
        (b'{"a":' + b"9" * 5000 + b"}", "leaf-not-canonical"),
        (b'{"a":"\\ud800"}', "leaf-not-canonical"),
        (b'{"b":1,"a":1}', "leaf-not-canonical"),
        (b'{"a":1}\n', "leaf-not-canonical"),
        ('{"\ufb33":1,"\U0001f600":1}'.encode(), "leaf-not-canonical"),
    ],
)
def test_every_other_leaf_is_named(leaf, code):
    with pytest.raises(LogError) as refused:
        canonical.decode(leaf, 5)

    assert refused.value.args == (code, 5)


def test_members_are_sorted_by_utf16_and_nesting_may_be_sixteen():
    leaf = '{"\U0001f600":1,"\ufb33":1}'.encode()
    deep = b'{"a":' + b"[" * 15 + b"]" * 15 + b"}"

    assert canonical.decode(leaf) == {"\ufb33": 1, "\U0001f600": 1}
    assert canonical.encode(canonical.decode(deep)) == deep


@pytest.mark.parametrize("value", [{"a": 2**53}, {"a": "\ud800"}, {"a": float("nan")}])
def test_what_has_no_canonical_form_is_not_encoded(value):
    with pytest.raises(ValueError, match=r"."):
        canonical.encode(value)
