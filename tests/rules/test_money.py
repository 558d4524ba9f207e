"""Money: the formulas of the domain's first section, by example and by property."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from db.rules import money
from db.rules.errors import Refusal
from db.rules.money import LineMoney

quantities = st.integers(0, 200_000)
prices = st.integers(0, 5_000_000)
discounts = st.integers(0, 10_000)
amounts = st.lists(st.integers(0, 10**8), min_size=1, max_size=12)
lines = st.builds(LineMoney, quantities, prices, discounts, st.integers(-1000, 1000))


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(5, 10, 1), (-5, 10, -1), (4, 10, 0), (-4, 10, 0), (15, 10, 2), (-15, 10, -2), (25, 10, 3), (0, 7, 0), (1, 3, 0), (2, 3, 1), (5, 3, 2)],
)
def test_a_half_goes_away_from_zero(numerator: int, denominator: int, expected: int) -> None:
    assert money.round_half_up_div(numerator, denominator) == expected


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
def test_rounding_is_to_the_nearest_and_the_same_on_both_sides_of_zero(numerator: int, denominator: int) -> None:
    rounded = money.round_half_up_div(numerator, denominator)
    distance = abs(Fraction(numerator, denominator) - rounded)
    assert distance <= Fraction(1, 2)
    assert money.round_half_up_div(-numerator, denominator) == -rounded
    if distance == Fraction(1, 2):
        assert abs(rounded) > abs(Fraction(numerator, denominator))


@pytest.mark.parametrize(
    ("quantity", "price", "discount", "adjustment", "expected"),
    [
        (1200, 18_000, 0, 0, 21_600),
        (500, 15_001, 0, 0, 7_501),  # 7500.5 fen
        (1000, 38_000, 500, 0, 36_100),
        (1000, 30, 500, 0, 28),  # the discount is 1.5 fen, so 2
        (4000, 65_000, 1000, -10_000, 224_000),
        (0, 65_000, 0, 250, 250),
        (-1000, 15_001, 500, 0, -14_251),  # the discount is 750.05 fen
    ],
)
def test_a_lines_amount(quantity: int, price: int, discount: int, adjustment: int, expected: int) -> None:
    assert money.line_amount(quantity, price, discount, adjustment) == expected


@pytest.mark.parametrize(
    ("amount", "rate", "tax"), [(11_300, 1300, 1_300), (10_000, 1300, 1_150), (100, 0, 0), (0, 1300, 0), (-11_300, 1300, -1_300), (10_600, 600, 600)]
)
def test_tax_inside(amount: int, rate: int, tax: int) -> None:
    assert money.tax_inside(amount, rate) == tax


@given(st.integers(-(10**10), 10**10), st.integers(0, 3000))
def test_tax_added_to_the_rest_is_the_amount_within_a_fen(amount: int, rate: int) -> None:
    tax = money.tax_inside(amount, rate)
    net = amount - tax
    assert abs(Fraction(net * rate, 10_000) - tax) <= 1
    assert tax * amount >= 0


@pytest.mark.parametrize(
    ("total", "over", "shares"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (-100, [100, 100, 100], [-34, -33, -33]),
        (10, [0, 0, 0], [4, 3, 3]),
        (10, [0, 5, 5], [0, 5, 5]),
        (7, [100, 0, 200], [2, 0, 5]),
        (0, [3, 4], [0, 0]),
        (0, [], []),
        (-300, [100, 200], [-100, -200]),
        (10, [-50, 100], [0, 10]),
    ],
)
def test_spreading(total: int, over: list[int], shares: list[int]) -> None:
    assert money.spread(total, over) == shares


@given(st.integers(0, 10**9), amounts)
def test_no_money_is_made_or_lost_by_spreading(total: int, over: list[int]) -> None:
    shares = money.spread(total, over)
    assert sum(shares) == total
    assert all(share >= 0 for share in shares)
    if sum(over):
        assert all(abs(share - Fraction(total * amount, sum(over))) < 1 for share, amount in zip(shares, over, strict=True))
    else:
        assert max(shares) - min(shares) <= 1


@given(amounts, st.data())
def test_no_line_falls_below_nothing_by_a_discount(over: list[int], data: st.DataObject) -> None:
    discount = data.draw(st.integers(0, sum(over)))
    shares = money.spread(-discount, over)
    assert sum(shares) == -discount
    assert all(amount + share >= 0 for amount, share in zip(over, shares, strict=True))


@given(amounts, st.integers(1, 10**6))
def test_a_discount_over_all_lines_is_refused(over: list[int], beyond: int) -> None:
    with pytest.raises(Refusal) as refused:
        money.spread(-sum(over) - beyond, over)
    assert (refused.value.code, refused.value.facts) == ("discount_over_total", {"discount_fen": sum(over) + beyond, "total_fen": sum(over)})


@given(st.integers(0, 10**9), amounts)
def test_a_packages_lines_come_to_its_price(price: int, over: list[int]) -> None:
    adjustments = money.spread_package(price, over)
    assert sum(over) + sum(adjustments) == price
    assert all(amount + adjustment >= 0 for amount, adjustment in zip(over, adjustments, strict=True))


def test_a_package_needs_lines_and_a_price() -> None:
    for arguments, code in (((100, []), "spread_without_lines"), ((-1, [5]), "package_price_negative")):
        with pytest.raises(Refusal) as refused:
            money.spread_package(*arguments)
        assert refused.value.code == code


@given(st.lists(lines, max_size=10))
def test_a_total_is_the_sum_of_rounded_lines(order: list[LineMoney]) -> None:
    assert sum(line.amount for line in order) == sum(
        money.line_amount(line.quantity, line.unit_price, line.discount_basis_points, line.adjustment) for line in order
    )


@given(lines, st.data())
def test_a_line_stays_what_it_is_under_any_split(line: LineMoney, data: st.DataObject) -> None:
    ways = [money.split_by_per_cent(line, data.draw(st.integers(1, 9999)))]
    if line.quantity > 1:
        ways.append(money.split_by_quantity(line, data.draw(st.integers(1, line.quantity - 1))))
    if abs(line.amount) > 1:
        ways.append(money.split_by_amount(line, data.draw(st.integers(1, abs(line.amount) - 1)) * (1 if line.amount > 0 else -1)))
    for first, other in ways:
        assert first.amount + other.amount == line.amount
        assert first.quantity + other.quantity == line.quantity
        assert first.amount * line.amount >= 0
        assert other.amount * line.amount >= 0
        assert (
            (first.unit_price, first.discount_basis_points) == (other.unit_price, other.discount_basis_points) == (line.unit_price, line.discount_basis_points)
        )


@given(lines, st.integers(1, 9999))
def test_the_first_part_by_per_cent_is_that_share_of_the_amount(line: LineMoney, basis_points: int) -> None:
    first, _ = money.split_by_per_cent(line, basis_points)
    assert abs(first.amount - Fraction(line.amount * basis_points, 10_000)) <= Fraction(1, 2)


def test_splitting_by_example() -> None:
    door = LineMoney(1000, 100_001, 500, -100)
    assert door.amount == 94_901
    insurer, customer = money.split_by_per_cent(door, 7000)
    assert (insurer.quantity, insurer.amount, customer.quantity, customer.amount) == (700, 66_431, 300, 28_470)
    customer, insurer = money.split_by_amount(door, 50_000)
    assert (customer.amount, insurer.amount) == (50_000, 44_901)
    labour = LineMoney(1500, 18_000)
    first, other = money.split_by_quantity(labour, 500)
    assert (first, other) == (LineMoney(500, 18_000), LineMoney(1000, 18_000))


@pytest.mark.parametrize("quantity", [-1, 0, 1000, 1001])
def test_a_part_is_less_than_the_whole(quantity: int) -> None:
    line = LineMoney(1000, 1000)
    for split, part, code in (
        (money.split_by_quantity, quantity, "split_quantity_outside"),
        (money.split_by_amount, quantity, "split_amount_outside"),
        (money.split_by_per_cent, quantity * 10, "split_per_cent_outside"),
    ):
        with pytest.raises(Refusal) as refused:
            split(line, part)
        assert refused.value.code == code


CAPITALS = [
    (0, "零元整"),
    (1, "壹分"),
    (10, "壹角整"),
    (15, "壹角伍分"),
    (100, "壹元整"),
    (105, "壹元零伍分"),
    (150, "壹元伍角整"),
    (1_000, "壹拾元整"),
    (128_600, "壹仟貳佰捌拾陸元整"),
    (168_032, "壹仟陸佰捌拾元叁角貳分"),
    (100_501, "壹仟零伍元零壹分"),
    (1_000_000, "壹萬元整"),
    (1_000_500, "壹萬零伍元整"),
    (10_700_053, "壹拾萬柒仟元伍角叁分"),
    (2_003_040_500, "貳仟零叁萬零肆佰零伍元整"),
    (10_000_000_000, "壹億元整"),
    (10_000_000_100, "壹億零壹元整"),
    (10_001_000_000, "壹億零壹萬元整"),
    (3_000_200_000_000, "叁佰億零貳佰萬元整"),
    (-19_800, "負壹佰玖拾捌元整"),
]


@pytest.mark.parametrize(("fen", "words"), CAPITALS)
def test_amounts_in_capitals(fen: int, words: str) -> None:
    assert money.amount_in_capitals(fen, "zh_TW") == words
    assert money.amount_in_capitals(fen, "zh_CN") == words.translate(str.maketrans("貳陸萬億負", "贰陆万亿负"))


@given(st.integers(-(10**14), 10**14))
def test_capitals_never_double_a_zero_and_read_back(fen: int) -> None:
    words = money.amount_in_capitals(fen, "zh_TW")
    assert "零零" not in words
    assert not any(f"零{unit}" in words for unit in "拾佰仟萬億角分")
    assert _read(words) == fen


def _read(words: str) -> int:
    """The fen that the characters say, worked out another way: place by place."""
    sign = -1 if words.startswith("負") else 1
    yuan, _, rest = words.removeprefix("負").removesuffix("整").rpartition("元") if "元" in words else ("", "", words.removeprefix("負").removesuffix("整"))
    total = section = digit = 0
    for character in yuan:
        if character in "零壹貳叁肆伍陸柒捌玖":
            digit = "零壹貳叁肆伍陸柒捌玖".index(character)
        elif character in "拾佰仟":
            section += digit * 10 ** (1 + "拾佰仟".index(character))
            digit = 0
        elif character == "萬":
            section = (section + digit) * 10**4
            digit = 0
            total, section = total + section, 0
        else:
            total = (total + section + digit) * 10**8
            section = digit = 0
    fen = (total + section + digit) * 100
    for position, character in enumerate(rest):
        if character == "角":
            fen += 10 * "零壹貳叁肆伍陸柒捌玖".index(rest[position - 1])
        elif character == "分":
            fen += "零壹貳叁肆伍陸柒捌玖".index(rest[position - 1])
    return sign * fen


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1286", 128_600),
        ("1,286.00", 128_600),
        ("¥1,286.5", 128_650),
        ("￥１，２８６．５０", 128_650),
        (" 12。5 元", 1_250),
        ("-20", -2_000),
        ("¥-20", -2_000),
        ("-¥20", -2_000),
        ("−20.05", -2_005),
        (".5", 50),
        ("5.", 500),
        ("0", 0),
        ("RMB 300", 30_000),
        ("rmb300", 30_000),
        ("1,000,000", 100_000_000),
    ],
)
def test_money_as_typed(text: str, fen: int) -> None:
    assert money.parse_money(text) == fen


@pytest.mark.parametrize(
    "text", ["", " ", "-", ".", "¥", "abc", "1.234", "1,28", "12,34.5", ",100", "1,2,3", "1 2", "1e5", "--5", "5-", "1.2.3", "٣", "9" * 14, "½", "$5", "NaN"]
)
def test_money_not_understood(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        money.parse_money(text)
    assert (refused.value.code, refused.value.facts) == ("money_not_understood", {"text": text})


@given(st.integers(-money.LARGEST, money.LARGEST))
def test_money_written_is_read_back(fen: int) -> None:
    assert money.parse_money(money.format_money(fen)) == fen


@given(st.text())
def test_any_text_is_money_or_refused(text: str) -> None:
    try:
        fen = money.parse_money(text)
    except Refusal:
        return
    assert abs(fen) <= money.LARGEST


def test_money_in_figures() -> None:
    assert [money.format_money(fen) for fen in (128_600, 0, 5, -123_456_789, 100)] == ["1,286.00", "0.00", "0.05", "-1,234,567.89", "1.00"]


@pytest.mark.parametrize(
    ("text", "thousandths"), [("1.2", 1200), ("4", 4000), ("0.05", 50), ("０．３", 300), ("1,500", 1_500_000), ("-1", -1000), ("0.125", 125)]
)
def test_quantities_as_typed(text: str, thousandths: int) -> None:
    assert money.parse_quantity(text) == thousandths


@pytest.mark.parametrize("text", ["", "1.2345", "x", "¥3", "1.2h"])
def test_quantities_not_understood(text: str) -> None:
    with pytest.raises(Refusal, match="quantity_not_understood"):
        money.parse_quantity(text)


@given(st.integers(-(10**12), 10**12))
def test_quantities_written_are_read_back(thousandths: int) -> None:
    assert money.parse_quantity(money.format_quantity(thousandths)) == thousandths


def test_quantities_in_figures() -> None:
    assert [money.format_quantity(quantity) for quantity in (1200, 4000, 50, -1500, 0, 125)] == ["1.2", "4", "0.05", "-1.5", "0", "0.125"]


@given(lines)
def test_a_line_without_parts_is_not_split(line: LineMoney) -> None:
    assume(line.amount == 0)
    with pytest.raises(Refusal, match="split_amount_outside"):
        money.split_by_amount(line, 1)


def test_no_part_of_a_line_that_comes_to_nothing_comes_to_something() -> None:
    line = LineMoney(1000, 100, 1000, -90)
    first, other = money.split_by_quantity(line, 335)
    assert (line.amount, first.amount, other.amount) == (0, 0, 0)
