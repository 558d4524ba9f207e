"""The repair order contract (委託維修單): who agrees with whom on what work, for how much, until when and on what terms.

Its fields are those that 機動車維修管理規定 and the practice of its sample contracts ask for: parties, plate and VIN, items and kind of
repair, estimated price and parts, delivery date, quality guarantee; beside them the customer's own words, the payers, and the
clauses on changes, test drives, old parts, storage and personal data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportlab.lib.units import mm

from db.rules.money import amount_in_capitals
from desktop_app.printing.blocks import Block, Facts, Framed, SideBySide, Stack, Text, heading
from desktop_app.printing.grid import Column, Grid, Row
from desktop_app.printing.papers.parts import THREE_PAIRS, billed_lines, car_band, choice, customers_words, line_name
from desktop_app.printing.papers.signing import Party, signatures
from desktop_app.printing.text import Span, Style, body_style, natural_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.queries.paper_content import Letterhead, OrderOnPaper, PaperLine, PersonOnPaper
    from desktop_app.printing.wording import Wording

WORK_CLASSES = (
    "vehicle_overhaul",
    "assembly_overhaul",
    "second_maintenance",
    "first_maintenance",
    "minor_repair",
    "special_repair",
    "comeback",
)
"""Classes of repair by GB/T 5624 and the ministry's rules, in the order of the form."""


def compose(order: OrderOnPaper, letterhead: Letterhead, say: Wording) -> Sequence[Block]:
    """The contract's blocks from top to bottom."""
    style = body_style(say.language)
    small = style.but(size=9, leading=12.5)
    blocks: list[Block] = [
        car_band(order, say, style, (say("Promised"), say.day_and_time(order.promised_at, order.checked_in_at))),
        _parties(order, letterhead, say, small),
        Facts(_facts(order, say), small, THREE_PAIRS),
        Text(_work_classes(order, say), small, 3),
    ]
    words = customers_words(order, say, small)
    if words is not None:
        blocks.append(words)
    blocks += [
        _items(order, say, small),
        SideBySide([(None, _by_payer(order, say, small)), (74 * mm, _estimate(order, say, style))], gap=6 * mm, space_before=8),
        _signatures(order, letterhead, say, small),
        Stack(_clauses(order, letterhead, say, style.but(size=8, leading=11.2)), space_before=9),
    ]
    return blocks


def _party(title: str, rows: list[tuple[str, str]], style: Style) -> Block:
    return Framed(Stack([Text(title, style.but(bold=True)), Facts(rows, style, (0.22, 0.78), 2)]), line=0.6)


def _parties(order: OrderOnPaper, letterhead: Letterhead, say: Wording, style: Style) -> Block:
    customer = order.customer

    def named(person: PersonOnPaper) -> str:
        return say.person(person.name, person.title)

    theirs = [(say("Name"), named(customer)), (say("Phone"), customer.phone), (say("Address"), customer.address)]
    if customer.contact_person:
        theirs.insert(1, (say("Contact"), customer.contact_person))
    if order.bringer is not None:
        theirs.append((say("Brought by"), "　".join(part for part in (named(order.bringer), order.bringer.phone) if part)))
    ours = [
        (say("Name"), letterhead.shop_name),
        (say("Phone"), letterhead.phone),
        (say("Address"), letterhead.address),
        (say("Licence"), letterhead.licence_class),
    ]
    columns: list[tuple[float | None, Block]] = [
        (None, _party(say("Customer (party A)"), theirs, style)),
        (None, _party(say("Repairer (party B)"), ours, style)),
    ]
    return SideBySide(columns, gap=4 * mm, space_before=7)


def _facts(order: OrderOnPaper, say: Wording) -> list[tuple[str, str]]:
    vehicle = order.vehicle
    return [
        (say("Checked in"), say.moment(order.checked_in_at)),
        (say("Delivery"), say.moment(order.promised_at)),
        (say("Advisor"), order.advisor),
        (say("Engine no."), vehicle.engine_number),
        (say("Registered"), vehicle.first_registered_on.isoformat() if vehicle.first_registered_on else ""),
    ]


def agreed_classes(order: OrderOnPaper) -> set[str]:
    """The classes of repair of the work that the customer has agreed to, and `comeback`."""
    there = {line.work_class for line in billed_lines(order) if line.consent != "proposed" and line.work_class}
    return there | {"comeback"} if order.kind == "comeback" else there


def _work_classes(order: OrderOnPaper, say: Wording) -> list[Span | str]:
    there = agreed_classes(order)
    words: list[Span | str] = [Span(say("Class of repair"), grey=0.27), "   "]
    for work_class in WORK_CLASSES:
        words += [*choice(work_class in there, say.value("class of repair", work_class)), "   "]
    return words


def _items(order: OrderOnPaper, say: Wording, style: Style) -> Grid:
    columns = [
        Column(say("Type"), 9.5 * mm, "center"),
        Column(say("Item")),
        Column(say("Qty"), 18 * mm, "right"),
        Column(say("Price"), 21 * mm, "right"),
        Column(say("Discount"), 15 * mm, "right"),
        Column(say("Amount"), 23 * mm, "right"),
        Column(say("Payer"), 18 * mm),
    ]
    return Grid(columns, [_item(line, order, say) for line in billed_lines(order)], style, space_before=8)


def _item(line: PaperLine, order: OrderOnPaper, say: Wording) -> Row:
    name = line_name(line, order, say)
    if line.consent == "proposed" and not line.in_package:
        name.append(Span(say.bracketed(say("not agreed yet")), bold=False))
    included = line.in_package
    discount = f"−{line.discount_basis_points / 100:g} %" if line.discount_basis_points and not included else ""
    unit = "h" if line.kind == "labour" else line.unit
    return Row(
        [
            [Span(say.kind_letter(line.kind), bold=True)],
            name,
            say.quantity(line.quantity, unit),
            say("incl.") if included else say.money(line.unit_price),
            discount,
            say("incl.") if included else say.money(line.amount),
            "" if included else say.value("payer", line.payer),
        ],
        with_next=line.kind == "package",
        indent=9 if included else 0.0,
    )


def _by_payer(order: OrderOnPaper, say: Wording, style: Style) -> Block:
    columns = [
        Column(say("Payer"), 18 * mm),
        Column(say("Labour cost"), None, "right"),
        Column(say("Material"), None, "right"),
        Column(say("Other"), None, "right"),
        Column(say("Total"), None, "right"),
    ]
    if not order.totals:
        return Stack([heading(say("By payer"), style, 0), Text(say("Nothing is agreed yet."), style)])
    rows = [
        Row(
            [
                say.value("payer", total.payer),
                say.money(total.labour),
                say.money(total.material),
                say.money(total.sublet + total.fee),
                [Span(say.money(total.total), bold=True)],
            ]
        )
        for total in order.totals
    ]
    return Stack([heading(say("By payer"), style, 0), Grid(columns, rows, style)])


def _estimate(order: OrderOnPaper, say: Wording, style: Style) -> Block:
    own = [total for total in order.totals if total.payer == "customer"]
    total = sum(each.total for each in own)
    tax = sum(each.tax for each in own)
    right = style.but(align="right")
    figure = right.but(size=15, leading=20, bold=True)
    rows: list[Block] = [
        SideBySide(
            [
                (None, Text([Span(say("Estimate, you pay"), bold=True)], style.but(leading=20))),
                (38 * mm, Text(say.price(total), figure)),
            ],
            gap=0,
        )
    ]
    small = style.but(size=9, leading=13)
    if say.language != "en":
        rows.append(Text(amount_in_capitals(total, say.language), small.but(align="right")))
    rows.append(Text(say("tax included {amount}", amount=say.price(tax)), small.but(align="right")))
    if order.agreed_total and order.agreed_total != total:
        rows.append(Text(say("agreed so far {amount}", amount=say.price(order.agreed_total)), small.but(align="right")))
    if order.not_agreed:
        label, price = say("Not agreed yet"), say.price(order.not_agreed)
        rows.append(SideBySide([(None, Text(label, style)), (38 * mm, Text(price, right))], gap=0, space_before=4))
    return Framed(Stack(rows))


def _guarantee(letterhead: Letterhead, say: Wording) -> str:
    classes: dict[tuple[int, int], list[str]] = {}
    for guarantee in letterhead.guarantees:
        classes.setdefault((guarantee.kilometres, guarantee.days), []).append(say.value("class of repair", guarantee.work_class))
    periods = [
        say("{work}: {km} or {days} days", work=say.joined(names), km=say.distance(kilometres), days=days) for (kilometres, days), names in classes.items()
    ]
    words = say(
        "Quality guarantee from the day of delivery, whichever comes first: {periods}. A failure through our work within it is repaired free of charge.",
        periods=("; " if say.language == "en" else "；").join(periods),
    )
    return f"{words}{' ' if say.language == 'en' else ''}{letterhead.guarantee_note}" if letterhead.guarantee_note else words


def _storage(letterhead: Letterhead, say: Wording) -> str:
    if letterhead.storage_free_days is not None and letterhead.storage_fee_per_day is not None:
        return say(
            "Storage: free for {days} days after we have told you that the car is ready, then {fee} a day.",
            days=letterhead.storage_free_days,
            fee=say.price(letterhead.storage_fee_per_day),
        )
    return say("Storage: a car that is left after we have told you that it is ready is charged at the rate published in the shop.")


class _Clause(NamedTuple):
    words: str
    choices: tuple[tuple[bool, str], ...] = ()


def _terms(order: OrderOnPaper, letterhead: Letterhead, say: Wording) -> list[_Clause]:
    return [
        _Clause(
            say(
                "Estimate and changes: the settlement list states what is finally due. Whatever turns out to be needed beside the above "
                "is explained first, with its reason, price and extra time, and begun only with your agreement in writing, by message or by "
                "telephone, which we record. What you have not agreed to is neither done nor charged."
            )
        ),
        _Clause(
            say(
                "Parts: their kind stands beside each part; remanufactured and repaired parts are fitted only with your agreement. "
                "Replaced parts are yours to decide on:"
            ),
            ((order.keep_old_parts, say("I take them")), (not order.keep_old_parts, say("the shop disposes of them"))),
        ),
        _Clause(_guarantee(letterhead, say)),
        _Clause(
            say("Test drive: to find the fault and to check the repair the shop drives the car on the road as far as needed:"),
            ((False, say("agreed")), (False, say("only with me in the car"))),
        ),
        _Clause(_storage(letterhead, say)),
        _Clause(say("Belongings: please take valuables with you; what is listed on the check-in sheet is kept for you.")),
        _Clause(
            say(
                "Personal data: your name, telephone and vehicle data are used for this order, for the call after it, for recalls, and for the "
                "repair records that the law asks for, and for nothing else. Reminders and offers:"
            ),
            ((False, say("yes please")), (False, say("no thank you"))),
        ),
        _Clause(
            say(
                "Disputes: {phone} is our number for complaints; you may also turn to the transport authority or to the courts.",
                phone=letterhead.complaint_phone or letterhead.phone,
            )
        ),
    ]


def _clauses(order: OrderOnPaper, letterhead: Letterhead, say: Wording, style: Style) -> list[Block]:
    terms = _terms(order, letterhead, say)
    choices = [[part for on, words in clause.choices for part in ("   ", *choice(on, words))][1:] for clause in terms]
    blocks: list[Block] = [heading(say("Terms"), style)]
    for number, (clause, boxes) in enumerate(zip(terms, choices, strict=True), 1):
        columns: list[tuple[float | None, Block]] = [(12.0, Text(f"{number}.", style)), (None, Text(clause.words, style))]
        if boxes:
            columns.append((natural_width(boxes, style) + 1, Text(boxes, style)))
        blocks.append(SideBySide(columns, gap=2, space_before=1.5))
    return blocks


def _signatures(order: OrderOnPaper, letterhead: Letterhead, say: Wording, style: Style) -> Block:
    signer = order.bringer or order.customer
    name = say.person(signer.name, signer.title)
    agreed = say("Customer: I agree to work, prices and terms")
    if any(line.consent == "proposed" for line in billed_lines(order)):
        agreed = say("Customer: I agree to work, prices and terms, but for what is marked as not agreed yet")
    return signatures(
        [
            Party(agreed, name, order.signature, order.signed_at),
            Party(say("Repairer's signature and stamp"), order.advisor or letterhead.shop_name),
        ],
        say,
        style,
    )
