"""Which pairs of an article are rows of `strays`, and what they say."""

import pytest

from tests.audits_of import audit_of

BODY = """Peru opens a lake port

Peru opened a port on the lake on Monday, and Bolivia sent a minister to see it. Peruvian boatmen cheered.

Two cranes came by road over the pass. A third is still in its crate, and a fourth has been ordered from a yard.

The port will ship tin and wool. Its first boat left with both, and came home with salt and a dozen bicycles.

"""


def strays(closing: str) -> list[tuple[str, int, str]]:
    rows = audit_of({"article.txt": BODY + closing + "\n"}, []).tables["strays"]
    return list(zip(rows["text"], rows["elsewhere"], rows["in_place_of"], strict=True))


@pytest.mark.parametrize(
    ("closing", "expected"),
    [
        ("For Peru and Chile, the port is only a start.", [("Chile", 0, "Peru")]),
        ("For Chile and Peru, the port is only a start.", [("Chile", 0, "Peru")]),
        ("For Peru and Bolivia, the port is only a start.", [("Bolivia", 1, "Peru")]),
        ("For Chile and Ecuador, the port is only a start.", []),
        ("The pact of Peru and Chile is only a start.", []),
        ("“For Peru and Chile, the port is a start,” she said.", []),
    ],
)
def test_rows(closing: str, expected: list[tuple[str, int, str]]) -> None:
    assert strays(closing) == expected
