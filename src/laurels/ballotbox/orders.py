"""The orders in which a ballot paper lists its candidates: balanced, and each voter's own.

Being first on a paper is worth votes, so over all orders every candidate stands at every place
equally often, and every pair stands next to each other equally often, either way round: each
block of orders is a Williams design (E. J. Williams, 1949), relabelled from block to block so
that no two candidates keep their distance.
"""

import hashlib
import secrets

ORDERS_AT_MOST = 1_000


def order_count(candidate_count: int) -> int:
    """How many orders there are: whole blocks only, since a part of one would be unbalanced."""
    return ORDERS_AT_MOST - ORDERS_AT_MOST % _block_size(candidate_count)


def draw_order(candidate_count: int) -> int:
    """The number of an order, each equally likely."""
    return secrets.randbelow(order_count(candidate_count))


def order(number: int, candidate_count: int) -> list[int]:
    """Order `number`: the positions in the manifest, 0 to candidate_count - 1, as listed.

    The same number gives the same order for ever, on every machine.
    """
    if not 0 <= number < order_count(candidate_count):
        raise ValueError(f"no order {number} of {candidate_count} candidates")
    block, row = divmod(number, _block_size(candidate_count))
    labels = _shuffled(candidate_count, block)
    return [labels[place] for place in _williams_row(row, candidate_count)]


def _block_size(candidate_count: int) -> int:
    # With an odd number the neighbours balance only over a square and its mirror image.
    return candidate_count if candidate_count % 2 == 0 else 2 * candidate_count


def _williams_row(row: int, candidate_count: int) -> list[int]:
    """Row of the design: 0, n-1, 1, n-2, ... shifted by the row; mirrored in the second half."""
    first = [
        place // 2 if place % 2 == 0 else candidate_count - 1 - place // 2
        for place in range(candidate_count)
    ]
    shifted = [(place + row) % candidate_count for place in first]
    return shifted if row < candidate_count else shifted[::-1]


def _shuffled(candidate_count: int, block: int) -> list[int]:
    """A permutation fixed by the block: candidates by the hash of block and candidate."""

    def lot(candidate: int) -> bytes:
        return hashlib.sha256(f"laurels/order/v1\n{block}\n{candidate}\n".encode()).digest()

    return sorted(range(candidate_count), key=lot)
