"""Texts for property tests: any at all, and any made of the marks and words that the language room looks for."""

from hypothesis import strategies as st

PIECES = (
    *(
        " ",
        "  ",
        "\n",
        "\u00a0",
        ". ",
        ".",
        "...",
        ". . . ",
        "!",
        "? ",
        "…",
        ", ",
        "; ",
        "(",
        ")",
        "[",
        "]",
        "+2",
        "/",
        "-",
        "–",
        "—",
    ),
    *(
        "“",
        "”",
        "‘",
        "’",
        '"',
        "'",
        "«",
        "»",
        "’s",
        "1",
        "31",
        "10/01/2026",
        "2026-01-10",
        "3.5",
        "1,200",
        "2025",
        "5th",
    ),
    *(
        "Mr.",
        "U.S.",
        "a.m.",
        "No.",
        "I",
        "a",
        "The ",
        "the ",
        "of ",
        "and ",
        "on ",
        "Monday",
        "Tues.",
        "May",
        "Sept.",
        "26 November",
    ),
    *(
        "last night",
        "two days ago",
        "Reuters",
        "AP",
        "according to ",
        "Source: ",
        "said ",
        "van ",
        "al-",
        "O’Brien",
        "É",
        "ß",
        "日本",
        "🙂",
    ),
)

# No file with NUL is read as an article.
ANY = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=200) | st.lists(
    st.sampled_from(PIECES), max_size=40
).map("".join)
# A text and a part of it.
PART = ANY.flatmap(
    lambda text: st.tuples(st.just(text), st.integers(0, len(text)), st.integers(0, len(text))).map(
        lambda drawn: (drawn[0], min(drawn[1:]), max(drawn[1:]))
    )
)
HOSTILE = {
    "a megabyte without spaces": "a" * 10**6,
    "quotation marks": '"' * 200_000,
    "curly quotation marks": "“" * 100_000 + "”" * 100_000,
    "digits and slashes": "1/" * 100_000,
    "months": "May " * 100_000,
    "points": "." * 200_000 + "a",
    "spaced points": ". " * 100_000 + "a",
    "brackets": "(" * 200_000,
    "white space": "." + " " * 200_000,
    "a list of sources": "according to " + "Reuters, " * 20_000,
    "attributions": "Reuters said " * 20_000,
    "capitals": "Of The " * 60_000,
}
