"""Percentages as people write them: rounded to some decimal places."""


def decimal_places(percentage: float) -> int:
    """How many decimal places a number is written with: 2 for 66.67, none for 66."""
    from decimal import Decimal  # few documents have percentages

    return max(0, -int(Decimal(repr(percentage)).normalize().as_tuple().exponent))


def rounds_to(part: float, whole: float, percentage: float) -> bool:
    """Whether the percentage is that of the part in the whole: no further from it than half of its own last place."""
    from decimal import Decimal

    (share, of_share), (all_, of_all) = part.as_integer_ratio(), whole.as_integer_ratio()
    written, of_written = Decimal(repr(percentage)).as_integer_ratio()
    exact, of_exact = 100 * share * of_all, all_ * of_share
    apart = abs(written * of_exact - exact * of_written) * 2 * 10 ** decimal_places(percentage)
    return bool(apart <= of_written * abs(of_exact))
