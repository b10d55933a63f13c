"""Templates of elections: manifests without keys, as `Ceremony` takes them."""


def template(**members):
    """Five candidates, one to three picks, two seats by lot, two witnesses, an hour to extend."""
    return {
        "election": "example.org/test",
        "title": "A test",
        "origin": "log.example.org/test",
        "at": "2026-03-01T00:00:00Z",
        "opens_at": "2026-03-02T00:00:00Z",
        "closes_at": "2026-03-09T00:00:00Z",
        "closes_latest": "2026-03-09T01:00:00Z",
        "ceremony_at": "2026-03-12T00:00:00Z",
        "grace_seconds": 600,
        "candidates": [
            {"n": n, "id": f"city-{n}", "name": f"City {n}"} for n in (1, 2, 3, 20, 300)
        ],
        "picks": {"min": 1, "max": 3},
        "plaintext_size": 32,
        "seats": 2,
        "tie": "lot",
        "grades": ["mail", "oidc"],
        "rules": {"ids": ["A.1", "A.2"], "hash": "ab" * 32},
        "reviewers": [
            {"name": f"Reviewer {i}", "institution": f"House {i}"} for i in ("one", "two", "three")
        ],
        "trustees": [{"name": f"Trustee {i}", "institution": f"House {i}"} for i in ("one", "two")],
        "witnesses": ["w1.example.org", "w2.example.org"],
        "quorum": {"open": 1, "final": 2},
        **members,
    }
