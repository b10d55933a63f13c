"""The texts word for word, as slow as they come: what the quick code is compared with."""

from hashlib import sha256


def mth(leaves):
    """RFC 9162, 2.1.1."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = largest_power_of_two_below(len(leaves))
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m, leaves):
    """RFC 9162, 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = largest_power_of_two_below(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def largest_power_of_two_below(n):
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def classes(tickets):
    """SPEC section 5: the class of each (tag, serial), in log order."""
    found = [""] * len(tickets)
    for i, ticket in enumerate(tickets):
        if ticket in tickets[:i]:
            found[i] = "duplicate"
    for i, (tag, serial) in enumerate(tickets):
        if not found[i]:
            highest = max(s for t, s in tickets if t == tag)
            found[i] = "live" if serial == highest else "superseded"
    return found
