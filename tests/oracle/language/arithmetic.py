"""What calculations and dates come to. n/a is None; whole numbers are ints, others Fractions; a date is the number of its day."""
import calendar
import datetime
from fractions import Fraction


def exact(number):
    return number.numerator if type(number) is Fraction and number.denominator == 1 else number


def divide(a, b):
    return exact(Fraction(a) / b)


def floor(x):
    return x if type(x) is int else x.numerator // x.denominator


def ceil(x):
    return x if type(x) is int else -(-x.numerator // x.denominator)


def rounded(x, step, way):
    if way == "half up":
        units = floor(Fraction(x) / step + Fraction(1, 2))
    elif way == "up":
        units = ceil(Fraction(x) / step)
    elif way == "down":
        units = floor(Fraction(x) / step)
    else:
        units = round(Fraction(x) / step)
    return exact(units * Fraction(step))


def clamp(x, low, high):
    return max(low, min(x, high))


def add_span(day, number, unit):
    if unit == "day":
        return day + number
    at = datetime.date.fromordinal(day)
    months = at.year * 12 + at.month - 1 + number * (12 if unit == "year" else 1)
    return last_fit(months, at.day)


def last_fit(months, day):
    """The day of a month, or the last one that the month has."""
    year, month = divmod(months, 12)
    return datetime.date(year, month + 1, min(day, calendar.monthrange(year, month + 1)[1])).toordinal()


def between(unit, start, end):
    """Whole days, months or years from one day to another; backwards they are as many, negative."""
    if unit == "day":
        return end - start
    if end < start:
        return -between(unit, end, start)
    a, b = datetime.date.fromordinal(start), datetime.date.fromordinal(end)
    months = (b.year - a.year) * 12 + b.month - a.month
    months -= add_span(start, months, "month") > end
    return months if unit == "month" else months // 12
