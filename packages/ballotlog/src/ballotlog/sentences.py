"""What went wrong, in a sentence for every code of SPEC section 8."""

FAILURES = {
    "unreadable": "The archive or a file could not be read.",
    # the log as a whole
    "checkpoint-format": "A checkpoint is not written as it must be.",
    "empty-log": "The log is empty.",
    "bundle-missing": "A file of entries is missing.",
    "bundle-format": "A file of entries is cut off, or holds more than it should.",
    "leaf-hash-mismatch": "An entry was changed after it was hashed.",
    "root-mismatch": "The entries are not the ones that the log signed.",
    "tile-missing": "A file of hashes is missing.",
    "tile-mismatch": "A file of hashes does not agree with the entries.",
    # the manifest
    "manifest-hash": "This is another manifest than the one whose hash you gave.",
    "manifest-not-first": "The log does not begin with a manifest.",
    "manifest-invalid": "The manifest breaks the rules for manifests.",
    "trustee-key": "A trustee's key is not a key, or is there twice.",
    "trustee-proof": "A trustee has not proved that it holds its key.",
    "key-sum": "The election key is not the sum of the trustees' keys.",
    # signatures and other checkpoints
    "origin-mismatch": "A checkpoint is of another log.",
    "log-signature": "A checkpoint is not signed with the log's key.",
    "cosignature-invalid": "A witness's signature is not genuine.",
    "quorum": "Too few witnesses have signed a tree of this size.",
    "log-truncated": "The log was longer once: a checkpoint of a larger tree exists.",
    "fork": "A signed checkpoint tells another history than this archive.",
    "cosignature-time": "A witness signed a larger tree before a smaller one.",
    "checkpoint-missing": "There is no checkpoint of this stage of the election.",
    # any entry
    "leaf-too-large": "An entry is too large.",
    "leaf-not-json": "An entry is not a JSON object.",
    "leaf-not-canonical": "An entry is not written in canonical form.",
    "manifest-twice": "There is a second manifest.",
    "leaf-type": "An entry is of no known type.",
    "leaf-schema": "An entry has wrong members or values.",
    "time-backwards": "An entry is dated before the one above it.",
    # ballots
    "ballot-after-close": "A ballot was logged after the close.",
    "ballot-grade": "A ballot has a grade of identity that the manifest does not know.",
    "ballot-too-early": "A ballot was accepted before the vote opened.",
    "ballot-too-late": "A ballot was accepted after the closing time.",
    "ticket-signature": "A ballot has no ticket of the registrar, or not for this ciphertext.",
    # extension and close
    "extend-after-close": "The vote was extended after it had been closed.",
    "extend-time": "The vote was extended too late or for too long.",
    "extend-reviewers": "An extension needs two reviewers of different institutions.",
    "extend-signature": "An extension is not signed by its reviewers.",
    "close-twice": "The vote was closed twice.",
    "close-too-early": "The vote was closed before its closing time.",
    "close-count": "The close counts other ballots than there are.",
    # voids
    "void-before-close": "A ballot was set aside before the close.",
    "void-after-freeze": "A ballot was set aside, or taken back, after the freeze.",
    "void-target": "What was to be set aside is no ballot that would count.",
    "void-twice": "A ballot was set aside twice.",
    "unvoid-without-void": "A void was taken back that does not stand.",
    "void-rule": "A ballot was set aside under a rule that is not in the manifest.",
    "void-reviewers": "A void needs two reviewers of different institutions.",
    "void-signature": "A void is not signed by its reviewers.",
    # freeze to result
    "freeze-before-close": "The ballots were frozen before the close.",
    "freeze-twice": "The ballots were frozen twice.",
    "freeze-mismatch": "The freeze names other ballots than those that count.",
    "unlinked-before-freeze": "The link to voters was declared destroyed before the freeze.",
    "unlinked-twice": "The link to voters was declared destroyed twice.",
    "unlinked-signature": "The destruction of the link to voters is not signed by both.",
    "open-before-freeze": "A trustee published its key before the freeze.",
    "open-before-unlinked": "A trustee published its key while votes could be linked to voters.",
    "open-twice": "A trustee published its key twice.",
    "open-key-mismatch": "A published key is not the trustee's.",
    "result-before-open": "A result was logged before all keys were published.",
    "result-twice": "A result was logged twice.",
    "result-counts": "The organiser's counts of ballots are not what the log holds.",
    "result-totals": "The organiser's totals are not what the ballots say.",
    "result-winners": "The organiser's winners are not those of the totals.",
    # what voters keep
    "receipt-format": "A receipt is not written as it must be.",
    "receipt-proof": "A receipt does not prove that its ballot is in the log.",
    "promise-format": "A promise is not written as it must be.",
    "promise-signature": "A promise is not signed by this log.",
    "promise-broken": "A ballot that was promised is not in the log.",
}

WARNINGS = {
    "no-witnesses": (
        "No witness watches this log: whoever holds its key could show others another log."
    ),
    "not-anchored": (
        "The archive vouches for itself only. Give --manifest-hash with the hash that was"
        " published when the vote opened."
    ),
    "close-witnessed-late": (
        "Witnesses saw the close more than an hour late: ballots could have been dated back."
    ),
    "promise-pending": "A promised ballot is not in the log yet; its time has not passed.",
}

STATES = {
    "open": "The vote is open. Nobody can count it yet.",
    "closed": "The vote is closed, the ballots are not frozen yet.",
    "frozen": "The ballots are frozen and sealed. Nobody can count them yet.",
    "opened": "All keys are published. The totals are this recount's own.",
    "result": "The organiser's result is in the log, and this recount agrees with it.",
}

CLASSES = {
    "received": "ballots in the log",
    "counted": "opened and counted",
    "superseded": "replaced by a later ballot of the same voter",
    "duplicate": "logged twice for one ticket",
    "void": "set aside by two reviewers",
    "spoiled": "not a valid choice, or cannot be opened",
}

RECEIPTS = {
    "counted": "was opened and counted",
    "spoiled": "was opened, and is not a valid choice",
    "void": "was set aside by two reviewers",
    "superseded": "was replaced by a later ballot of the same voter",
    "duplicate": "was logged before for the same ticket; the first one stays",
    "sealed": "is in the log, sealed",
    "not-a-ballot": "is in the log, and is not a ballot",
}
