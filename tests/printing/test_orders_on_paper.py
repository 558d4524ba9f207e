"""Orders of a real store on paper: what the queries read, what is counted, what is said of an order that is not there."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw
from sqlalchemy import select

from db.commands.attachments import KeepAttachment
from db.commands.check_in import BelongingValues, CheckIn, ComplaintValues, MarkValues, NewCustomer, NewVehicle, UndoCheckIn
from db.commands.papers import RecordPrint
from db.engine import reading
from db.models import CatalogueEntry, PaperPrint
from db.queries.papers import Printing, copies_printed, letterhead, order_on_paper
from db.rules.errors import Refusal
from db.rules.order_life import Payer
from db.rules.record_words import Language
from desktop_app.printing.papers import PAPERS, render
from desktop_app.printing.papers.repair_contract import agreed_classes
from tests.printing.reading import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.queries.paper_content import OrderOnPaper
    from db.rules.order_line import LineValues
    from tests.small_shop import SmallShop


def read(shop: SmallShop, number: str, paper: str = "job-card", **more: object) -> OrderOnPaper:
    with reading(shop.engine) as session:
        return order_on_paper(session, number, Printing(paper, shop.now, "林依君", **more))  # type: ignore[arg-type]


def _signature() -> bytes:
    image = Image.new("RGBA", (300, 120), (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(10, 90), (280, 20)], fill=(0, 0, 0, 255), width=6)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_the_open_order_is_read_whole(small_shop: SmallShop) -> None:
    order = read(small_shop, small_shop.order_number)
    assert (order.customer.name, order.customer.title) == ("陳志強", "mr")
    assert (order.customer.phone, order.customer.masked_phone) == ("135 2087 6610", "135 **** 6610")
    assert order.bringer is None
    assert (order.vehicle.plate, order.vehicle.model, order.vehicle.vin) == ("粤B8K326", "凱美瑞 2.5G", "LVGBV54H0LG001357")
    assert [said.words for said in order.complaints] == ["剎車有異響", "保養"]
    assert order.language == "zh_TW" and order.odometer_km == 43_118
    assert order.advisor == "何家欣"
    heads = [line for line in order.lines if line.kind == "package"]
    assert len(heads) == 1 and heads[0].hours > 0
    inside = [line for line in order.lines if line.in_package]
    assert heads[0].amount == sum(line.amount for line in inside)
    assert order.lines[order.lines.index(heads[0]) + 1 :][: len(inside)] == tuple(inside), "a package's lines follow its head"
    assert {line.complaint for line in inside} == {1}


def test_totals_are_the_sums_of_the_lines(small_shop: SmallShop) -> None:
    order = read(small_shop, small_shop.order_number)
    agreed = [line for line in order.lines if line.kind != "package" and line.consent == "authorised"]
    assert sum(total.total for total in order.totals) == sum(line.amount for line in agreed)
    for total in order.totals:
        assert total.total == total.labour + total.material + total.sublet + total.fee
        assert 0 < total.tax < total.total


def test_every_paper_of_a_stored_order_can_be_made(small_shop: SmallShop) -> None:
    with reading(small_shop.engine) as session:
        head = letterhead(session)
    assert head.shop_name == "安順汽車服務" and len(head.shop_code) == 4
    assert {(guarantee.work_class, guarantee.kilometres) for guarantee in head.guarantees} >= {("vehicle_overhaul", 20_000), ("minor_repair", 2_000)}
    for paper in PAPERS:
        text = words(render(paper, read(small_shop, small_shop.order_number, paper), head))
        assert small_shop.order_number in text and "安順汽車服務" in text


def test_the_paper_speaks_the_customers_language_unless_told(small_shop: SmallShop) -> None:
    vehicle = NewVehicle(plate="粤A66J9R", maker="本田", model="CR-V")
    customer = NewCustomer("黄丽雯", ("13900001111",), title="ms", language=Language.SIMPLIFIED)
    made = small_shop.do(
        CheckIn(
            odometer_km=100, promised_at=small_shop.now.replace(hour=9), signed_on_paper=True, new_vehicle=vehicle, new_customer=customer,
            lines=tuple(small_shop.lines_of("operation", "G02")),
        )
    )  # fmt: skip
    simplified, english = read(small_shop, made["number"]), read(small_shop, made["number"], language="en")
    assert simplified.language == "zh_CN" and english.language == "en"
    assert simplified.lines[0].name != english.lines[0].name and english.lines[0].name.isascii()


def test_what_check_in_noted_stands_on_the_paper(small_shop: SmallShop) -> None:
    picture = small_shop.do(KeepAttachment(_signature(), "photo", "image/png"))
    signature = small_shop.do(KeepAttachment(_signature(), "signature", "image/png"))
    with reading(small_shop.engine) as session:
        code, name = session.execute(select(CatalogueEntry.code, CatalogueEntry.name_zh_tw).where(CatalogueEntry.subject == "belonging").limit(1)).one()
    made = small_shop.do(
        CheckIn(
            odometer_km=21_500, promised_at=small_shop.now.replace(hour=9), vehicle_id=small_shop.second_vehicle, customer_id=small_shop.second_customer,
            sender_name="黃先生", contact_phone="13711112222", signature_id=signature, charge_percent=62, complaints=(ComplaintValues("續航變短"),),
            marks=(MarkValues("door_fl", "left", 0.4, 0.5, "scratch", 120, "見底漆", photo_ids=(picture,)),),
            belongings=(BelongingValues(code, quantity=2), BelongingValues(words="雨傘")), keep_old_parts=True, key_tag="9", warning_lamps="ABS",
        )
    )  # fmt: skip
    order = read(small_shop, made["number"])
    assert order.bringer is not None and (order.bringer.name, order.bringer.phone) == ("黃先生", "137 1111 2222")
    assert order.customer.phone == "137 9876 5432"
    assert order.marks[0].photos == 1 and order.marks[0].size_mm == 120
    assert [(thing.name, thing.quantity) for thing in read(small_shop, made["number"], language="zh_TW").belongings] == [(name, 2), ("雨傘", 1)]
    assert order.signature == _signature() and order.signed_at == small_shop.now
    assert (order.charge_percent, order.keep_old_parts, order.key_tag, order.warning_lamps) == (62, True, "9", "ABS")
    assert order.vehicle.power_train == "battery" or order.vehicle.plate == "粤BD28816"


def check_in(shop: SmallShop, *lines: LineValues, complaints: tuple[ComplaintValues, ...] = ()) -> str:
    """The number of an order of the second car with such lines and complaints."""
    made = shop.do(
        CheckIn(
            odometer_km=21_500, promised_at=shop.now.replace(hour=9), vehicle_id=shop.second_vehicle, customer_id=shop.second_customer,
            signed_on_paper=True, lines=lines, complaints=complaints,
        )
    )  # fmt: skip
    return str(made["number"])


def proposed(lines: Iterable[LineValues]) -> list[LineValues]:
    return [replace(line, proposed=True) for line in lines]


@pytest.mark.parametrize(
    ("language", "sums", "asked", "but_for"),
    [
        ("zh_TW", "預估，客戶應付¥368.00叁佰陸拾捌元整含稅", "待同意¥180.00", "標明「待同意」的除外"),
        ("zh_CN", "预估，客户应付¥368.00叁佰陆拾捌元整含税", "待同意¥180.00", "标明“待同意”的除外"),
        ("en", "Estimate,youpay¥368.00taxincluded", "Notagreedyet¥180.00", "butforwhatismarkedasnotagreedyet"),
    ],
)
def test_the_contract_asks_for_what_is_agreed_and_names_apart_what_is_not(small_shop: SmallShop, language: str, sums: str, asked: str, but_for: str) -> None:
    package = small_shop.lines_of("package", "PK-MIN-S", package_group=1)
    diagnosis = proposed(small_shop.lines_of("operation", "D01"))
    number = check_in(small_shop, *package, *diagnosis, *proposed(small_shop.lines_of("operation", "M06", payer=Payer.WARRANTY)))
    order = read(small_shop, number, "repair-contract", language=language)
    assert [(total.payer, total.total) for total in order.totals] == [("customer", 36_800)], "by payer counts what is agreed"
    assert (order.agreed_total, order.not_agreed) == (36_800, 18_000), "and a warranty's part is not the customer's"
    assert {line.work_class for line in order.lines} > agreed_classes(order) == {line.work_class for line in package if line.work_class}
    with reading(small_shop.engine) as session:
        text = words(render("repair-contract", order, letterhead(session)))
    assert sums in text and asked in text and but_for in text and "548.00" not in text


def test_a_contract_with_all_agreed_names_nothing_else(small_shop: SmallShop) -> None:
    number = check_in(small_shop, *small_shop.lines_of("operation", "D01"))
    order = read(small_shop, number, "repair-contract", language="zh_TW")
    with reading(small_shop.engine) as session:
        text = words(render("repair-contract", order, letterhead(session)))
    assert order.not_agreed == 0 and "應付¥180.00" in text and "待同意" not in text


def test_a_contract_with_nothing_agreed_asks_for_nothing(small_shop: SmallShop) -> None:
    number = check_in(small_shop, *proposed(small_shop.lines_of("operation", "D01")))
    with reading(small_shop.engine) as session:
        text = words(render("repair-contract", read(small_shop, number, "repair-contract", language="en"), letterhead(session)))
    assert "youpay¥0.00" in text and "Notagreedyet¥180.00" in text and "ByPayerNothingisagreedyet." in text.replace("Bypayer", "ByPayer")


def test_a_package_that_is_not_agreed_to_is_marked_once_at_its_head(small_shop: SmallShop) -> None:
    package = proposed(small_shop.lines_of("package", "PK-MIN-S", package_group=1))
    number = check_in(small_shop, *package, *small_shop.lines_of("operation", "D01"))
    order = read(small_shop, number, "repair-contract", language="en")
    (head,) = [line for line in order.lines if line.kind == "package"]
    assert head.consent == "proposed"
    with reading(small_shop.engine) as session:
        shop = letterhead(session)
    assert words(render("repair-contract", order, shop)).count("(notagreedyet)") == 1
    card = words(render("job-card", read(small_shop, number, language="en"), shop))
    assert card.count("(notagreedyet,donotbegin)") == 1


def test_what_is_agreed_of_a_package_stands_apart_from_what_is_not(small_shop: SmallShop) -> None:
    package = small_shop.lines_of("package", "PK-MIN-S", package_group=1)
    number = check_in(small_shop, *package[:2], *proposed(package[2:]))
    order = read(small_shop, number, "repair-contract", language="en")
    heads = [line for line in order.lines if line.kind == "package"]
    assert [head.consent for head in heads] == ["authorised", "proposed"]
    assert [head.amount for head in heads] == [order.totals[0].total, order.not_agreed] and sum(head.amount for head in heads) == 36_800


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    ("language", "said"), [("zh_TW", "客戶反映異響、跑偏"), ("zh_CN", "客户反映异响、跑偏"), ("en", "ThecustomerreportsNoise,Pullstooneside")]
)
def test_chips_alone_are_named_in_the_papers_language_without_quotation_marks(small_shop: SmallShop, paper: str, language: str, said: str) -> None:
    number = check_in(small_shop, complaints=(ComplaintValues("", ("noise", "pulls")),))
    with reading(small_shop.engine) as session:
        head = letterhead(session)
    text = words(render(paper, read(small_shop, number, paper, language=language), head))
    assert said in text
    assert not {"“”", "「」"} & {text[place : place + 2] for place in range(len(text))}


@pytest.mark.parametrize("paper", PAPERS)
def test_chips_stand_beside_the_customers_words(small_shop: SmallShop, paper: str) -> None:
    several = (ComplaintValues("早上有聲音", ("noise", "gone_from_the_list")), ComplaintValues("", ("pulls",)), ComplaintValues("空調不涼", ("ac_warm",)))
    number = check_in(small_shop, complaints=several)
    with reading(small_shop.engine) as session:
        head = letterhead(session)
    text = words(render(paper, read(small_shop, number, paper, language="zh_TW"), head))
    assert "客戶原話①「早上有聲音」·異響、gone_from_the_list②跑偏③「空調不涼」" in text
    assert "」·空調不涼" not in text


def test_prints_are_counted_for_each_paper(small_shop: SmallShop) -> None:
    first = small_shop.do(RecordPrint(small_shop.order_number, "job-card", "card.pdf"))
    assert first["copy_number"] == 1
    assert small_shop.do(RecordPrint(small_shop.order_number, "job-card"))["copy_number"] == 2
    assert small_shop.do(RecordPrint(small_shop.order_number, "repair-contract"))["copy_number"] == 1
    with reading(small_shop.engine) as session:
        assert copies_printed(session, small_shop.order, "job-card") == 2
    assert read(small_shop, small_shop.order_number, copy_number=2).reprint == 1
    assert read(small_shop, small_shop.order_number).reprint == 2, "a look before the third print shows what that will say"
    assert read(small_shop, small_shop.order_number, "check-in-sheet").reprint == 0


def test_an_undone_check_ins_papers_are_void(small_shop: SmallShop) -> None:
    small_shop.do(RecordPrint(small_shop.order_number, "job-card"))
    small_shop.do(UndoCheckIn(small_shop.order))
    assert read(small_shop, small_shop.order_number).is_void
    small_shop.do(RecordPrint(small_shop.order_number, "job-card"))
    with reading(small_shop.engine) as session:
        assert list(session.execute(select(PaperPrint.void)).scalars()) == [True, True]


def test_an_unknown_number_is_refused(small_shop: SmallShop) -> None:
    with pytest.raises(Refusal) as refused:
        read(small_shop, "W999999-001")
    assert refused.value.code == "order_unknown"
    with pytest.raises(Refusal):
        small_shop.do(RecordPrint("W999999-001", "job-card"))
