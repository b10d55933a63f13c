"""What can be reckoned from a case: which figures are odd, how to cite it, what machines read."""

from laurels.library.rules.citations import Citation, bibtex, citation_of, ris, sentence
from laurels.library.rules.figures import odd_figures, read_number
from laurels.library.rules.linked_data import linked_data, script_of

__all__ = [
    "Citation",
    "bibtex",
    "citation_of",
    "linked_data",
    "odd_figures",
    "read_number",
    "ris",
    "script_of",
    "sentence",
]
