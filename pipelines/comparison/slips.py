"""Slips of the hand: numbers that a typist makes of one another."""


def slipped(left: float, right: float) -> bool:
    """Whether two numbers have the same digits in another order (`58`, `85`), or one has a digit more (`4`, `14`)."""
    shorter, longer = sorted((_digits(left), _digits(right)), key=len)
    one_more = len(longer) == len(shorter) + 1 and _size(left) != _size(right)
    dropped = one_more and any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    return dropped or transposed(left, right)


def transposed(left: float, right: float) -> bool:
    """Whether two numbers have the same digits in another order: `58`, `85`; `1,263`, `1,236`."""
    one, other = _digits(left), _digits(right)
    return _size(left) == _size(right) and one != other and sorted(one) == sorted(other)


def _digits(number: float) -> str:
    """The digits of a number without the zeros around them: 58 of 58,000,000."""
    return f"{number:.6f}".replace(".", "").strip("0") or "0"


def _size(number: float) -> int:
    return len(f"{number:.0f}")
