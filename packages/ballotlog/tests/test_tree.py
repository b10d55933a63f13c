import pytest
from hypothesis import given
from hypothesis import strategies as st

import reference
from ballotlog import tree

# The eight leaves of certificate-transparency's reference tree, and RFC 6962 roots of 0 to 8.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

logs = st.lists(st.binary(max_size=3), min_size=1, max_size=40)


def hashes(leaves):
    return b"".join(tree.leaf_hash(leaf) for leaf in leaves)


def test_roots_are_those_of_rfc_6962():
    assert [tree.root_of(hashes(LEAVES[:n])).hex() for n in range(9)] == ROOTS


@given(logs)
def test_root_is_the_reference_root(leaves):
    assert tree.root_of(hashes(leaves)) == reference.mth(leaves)


@given(logs, st.data())
def test_proof_is_the_reference_path_and_holds_for_its_own_leaf_only(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    claimed = data.draw(st.integers(-1, len(leaves)))
    subtree = tree.subtree_of([tree.leaf_hash(leaf) for leaf in leaves])

    proof = tree.inclusion_proof(index, len(leaves), subtree)
    root = reference.mth(leaves)
    holds = tree.verify_inclusion(claimed, len(leaves), tree.leaf_hash(leaves[index]), proof, root)

    assert proof == reference.path(index, leaves)
    # Where claimed differs, only equal leaves with equal neighbours could pass.
    assert holds == (claimed == index) or leaves[claimed] == leaves[index]


@given(logs, st.data())
def test_a_changed_proof_does_not_hold(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    subtree = tree.subtree_of([tree.leaf_hash(leaf) for leaf in leaves])
    proof = tree.inclusion_proof(index, len(leaves), subtree)
    extra = data.draw(st.sampled_from(["longer", "shorter", "other leaf"]))
    leaf = tree.leaf_hash(leaves[index])

    if extra == "longer":
        proof = [*proof, bytes(32)]
    elif extra == "shorter" and proof:
        proof = proof[:-1]
    else:
        leaf = bytes(32)

    assert not tree.verify_inclusion(index, len(leaves), leaf, proof, reference.mth(leaves))


def test_there_is_no_proof_for_what_is_not_there():
    subtree = tree.subtree_of([bytes(32)])

    for index in (-1, 1):
        with pytest.raises(ValueError, match="no such leaf in this tree"):
            tree.inclusion_proof(index, 1, subtree)


def test_frontier_grows_as_the_reference_tree_does():
    leaves = [b"%d" % i for i in range(700)]
    frontier, roots = tree.Frontier(), {}

    for leaf in leaves:
        frontier.append(tree.leaf_hash(leaf))
        roots[frontier.size] = frontier.root()

    assert tree.Frontier().root() == reference.mth([])
    for size in (1, 2, 255, 256, 257, 511, 512, 513, 700):
        assert roots[size] == reference.mth(leaves[:size])
    assert [(level, number) for level, number, _ in frontier.take_full()] == [(0, 0), (0, 1)]
    assert frontier.take_full() == []
    assert [(level, n, len(row) // 32) for level, n, row in frontier.partial()] == [
        (0, 2, 188),
        (1, 0, 2),
    ]
