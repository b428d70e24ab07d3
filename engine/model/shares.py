"""Percentages as people write them: rounded to some decimal places."""


def decimal_places(percentage: float) -> int:
    """How many decimal places a number is written with: 2 for 66.67, none for 66."""
    from decimal import Decimal  # few documents have percentages

    return max(0, -int(Decimal(repr(percentage)).normalize().as_tuple().exponent))


def rounds_to(part: float, whole: float, percentage: float) -> bool:
    """Whether the percentage is that of the part in the whole: no further from it than half of its own last place."""
    from fractions import Fraction

    exact, written = 100 * Fraction(part) / Fraction(whole), Fraction(repr(percentage))
    return bool(abs(written - exact) * 2 * 10 ** decimal_places(percentage) <= 1)
