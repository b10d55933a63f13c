import pytest
from hypothesis import given
from hypothesis import strategies as st

import reference
from ballotlog import tiles
from ballotlog.errors import LogError
from ballotlog.tree import inclusion_proof, leaf_hash, root_of


def written(count):
    """(leaves, files) of a log that was published after every hundred entries."""
    writer, files, leaves = tiles.Writer(), {}, [b"leaf %d" % i for i in range(count)]
    for i, leaf in enumerate(leaves):
        writer.append(leaf)
        if i % 100 == 0:
            files |= dict(writer.files())
    files |= dict(writer.files())
    assert writer.root() == reference.mth(leaves)
    return leaves, files


@pytest.mark.parametrize(
    ("number", "path"),
    [(0, "000"), (67, "067"), (1067, "x001/067"), (1234067, "x001/x234/067")],
)
def test_paths_are_those_of_tlog_tiles(number, path):
    assert tiles.tile_path(1, number) == f"tile/1/{path}"
    assert tiles.tile_path(0, number, 5) == f"tile/0/{path}.p/5"
    assert tiles.bundle_path(number) == f"tile/entries/{path}"
    assert tiles.bundle_path(number, 255) == f"tile/entries/{path}.p/255"


@pytest.mark.parametrize("count", [1, 255, 256, 257, 600])
def test_what_was_written_is_read(count):
    leaves, files = written(count)

    read = [tiles.read_leaf(files.get, i, count) for i in range(0, count, 7)]

    assert read == leaves[::7]


@given(st.sampled_from([1, 101, 201, 301, 501, 600]), st.data())
def test_proofs_come_from_tiles_of_a_published_size(count, data):
    index = data.draw(st.integers(0, count - 1))
    leaves, files = LOG

    subtree = tiles.subtree_reader(files.get, count)

    assert inclusion_proof(index, count, subtree) == reference.path(index, leaves[:count])
    assert subtree(0, 0) == reference.mth([])


def test_a_missing_tile_is_named():
    with pytest.raises(LogError, match="tile-missing at 256"):
        tiles.subtree_reader({}.get, 600)(256, 257)


def test_a_large_tree_has_a_third_level():
    writer, files = tiles.Writer(), {}
    for i in range(65_537):
        writer.append(b"%d" % i)
    files = dict(writer.files())

    assert len(files["tile/1/000"]) == 8192
    assert files["tile/2/000.p/1"] == root_of(files["tile/1/000"])
    assert files["tile/0/256.p/1"] == leaf_hash(b"65536")
    assert not [path for path in files if path.startswith("tile/1/001")]


@given(st.lists(st.binary(max_size=300), max_size=5), st.binary(min_size=1, max_size=3))
def test_bundles_hold_their_leaves_and_nothing_else(leaves, more):
    bundle = tiles.encode_bundle(leaves)

    assert tiles.decode_bundle(bundle, len(leaves)) == leaves
    assert tiles.decode_bundle(bundle + more, len(leaves), whole=False) == leaves
    with pytest.raises(LogError) as followed:
        tiles.decode_bundle(bundle + more, len(leaves), 256)
    assert followed.value.args == ("bundle-format", 256 + len(leaves))


@given(st.lists(st.binary(max_size=9), min_size=1, max_size=5), st.data())
def test_a_bundle_cut_off_names_the_entry(leaves, data):
    bundle = tiles.encode_bundle(leaves)
    end = data.draw(st.integers(0, len(bundle) - 1))
    whole = next(i for i in range(len(leaves)) if len(tiles.encode_bundle(leaves[: i + 1])) > end)

    with pytest.raises(LogError) as cut:
        tiles.decode_bundle(bundle[:end], len(leaves), 512)

    assert cut.value.args == ("bundle-format", 512 + whole)


LOG = written(600)
