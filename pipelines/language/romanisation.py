"""How a name sounds, whatever the letters that a romanisation gave it: `Yusuf` is `Youssef`."""

from functools import lru_cache

# Spellings of one sound in the romanisations of Arabic, Persian, Urdu, Cyrillic, Georgian, Greek and Indic names
# (BGN/PCGN, ALA-LC, ISO 9 and what newspapers make of them); longer ones first.
_SPELLINGS = (
    ("tsch", "ç"), ("tch", "ç"), ("sch", "s"), ("sh", "s"), ("ch", "ç"), ("dzh", "j"), ("dj", "j"), ("zh", "j"),
    ("ph", "f"), ("kh", "k"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("ck", "k"),
    ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"), ("ks", "x"), ("q", "k"), ("ou", "u"),
    ("oo", "u"), ("ee", "i"), ("ie", "i"), ("iy", "i"), ("yy", "i"), ("ij", "i"), ("y", "i"), ("ai", "e"), ("ei", "e"),
    ("w", "v"), ("j", "i"), ("o", "u"), ("z", "s"), ("aa", "a"), ("h", ""),
)  # fmt: skip


@lru_cache(maxsize=65536)
def sounds(word: str) -> str:
    """The word by its sounds: takes a word of a `Name`; doubled letters count once."""
    word = "mc" + word[3:] if word.startswith("mac") else word  # `MacAllister`, `McAllister`
    for spelling, sound in _SPELLINGS:
        word = word[:1] + word[1:].replace(spelling, sound) if sound == "" else word.replace(spelling, sound)
    return "".join(letter for before, letter in zip(" " + word, word, strict=False) if letter != before)
