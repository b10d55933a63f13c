import pytest

from ballotlog.ceremony import Ceremony
from ballotlog.tree import leaf_hash
from elections import template


@pytest.fixture
def ceremony():
    """An election in which nobody has voted yet."""
    return Ceremony(template())


@pytest.fixture(scope="session")
def finished():
    """A finished election: eight ballots, one void, everything published at every stage."""
    done = Ceremony(template())
    done.publish()
    leaves = {}
    for voter in range(6):
        leaf = done.ballot(b"[%d]".ljust(34)[:32].replace(b"%d", b"20"), tag=f"{voter:032x}")
        leaves[done.append(leaf)] = leaf
    done.cast([1, 300], tag=f"{0:032x}", serial=2)
    done.append(done.ballot(b"[9]".ljust(32), tag=f"{1:032x}", serial=2))
    done.close()
    done.publish()
    done.void(3, leaf_hash(leaves[3]))
    done.freeze()
    done.publish()
    done.unlink("Gone.")
    done.open()
    done.result()
    done.publish()
    done.leaves = leaves
    return done
