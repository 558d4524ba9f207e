"""What stands around the visits: recalls and offers, promises, partners and their leads, loaners, calls that are due."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from db.demo.people import COUNTER, OFFICE
from db.rules.months import add_months
from db.rules.record_words import ContactPurpose, ContactWay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.demo.cars import Car
    from db.demo.ledger import Row
    from db.demo.world import World

_RECALLS = (
    (
        "R-2026-014", 236, "右前剎車軟管更換召回", "右前刹车软管更换召回", "Recall: right front brake hose", "M25",
        ("TOYOTA-CAMRY", "TOYOTA-COROLLA", "TOYOTA-RAV4"),
    ),
    (
        "R-2026-021", 41, "電池管理軟件升級召回", "电池管理软件升级召回", "Recall: battery management software", "E12",
        ("BYD-QIN-EV", "BYD-HAN-EV", "BYD-YUAN", "BYD-SEAL"),
    ),
)  # fmt: skip
_PARTNERS = (
    ("科興停車場", "car_park", "0755 2660 1180", "每條消息 50 元，留修再加 200 元", 5000),
    ("亮晶晶汽車美容", "beauty_shop", "138 2390 5561", "每條消息 50 元，留修再加 200 元", 5000),
    ("平安查勘 黎俊", "surveyor", "139 2744 1093", "互相推薦", 0),
    ("南山交警中隊", "traffic_police", "", "", 0),
    ("24 小時救援熱線", "hotline", "0755 8633 2018", "", 0),
    ("儀表台提示貼", "dashboard_sticker", "", "", 0),
    ("本店員工", "own_staff", "", "每條消息 100 元", 10000),
    ("前海車友會", "car_club", "186 7551 2087", "每條消息 30 元", 3000),
)  # fmt: skip
_LEAD_WORDS = ("停車場出口追尾，車主在場。", "客戶打電話問能不能走保險。", "兩車相撞，拖車在路上。", "車主想比較兩家報價。", "右側剮蹭，還能開。")
_PLACES = ("科苑路", "南海大道", "濱海大道", "沙河西路", "留仙大道")
_LOST = ("went_to_another_shop", "small_damage_not_repaired", "insurer_sent_elsewhere", "price")
_PROMISES = ("送雨刷片一對", "下次保養打九折", "到貨打電話通知", "免費補漆一處小傷", "年檢前提醒", "代辦違章查詢", "更換贊助腳墊", "回電報輪胎價格")
_LOANERS = (("粤B·6T128", "卡羅拉"), ("粤B·D90812", "元 PLUS"))


UNREACHABLE = 4
"""Customers who left no number."""
DOUBLES = (("陈志强", "zh_CN", "138 0268 4417"), ("張偉", "zh_TW", "139 0211 7765"), ("张伟", "zh_CN", "139 0211 7765"))
"""People who stand in the books twice, in the other script."""


def begin(world: World, cars: list[Car]) -> None:
    """Let all of it happen in its time."""
    world.simulation.spawn(_on(world, 170, 11, 25), _odd_customers(world))
    for recall in _RECALLS:
        world.simulation.spawn(_on(world, recall[1], 9, 40), _recall(world, recall, cars))
    world.simulation.spawn(_on(world, 26, 10, 5), _win_back(world, cars))
    world.simulation.spawn(_on(world, 700, 9, 30), _partners(world))
    world.simulation.spawn(_on(world, 640, 9, 45), _loaners(world, cars))
    for days in range(420, 4, -21):
        world.simulation.spawn(_on(world, days, 14, 10), _promise(world))
    for days in (38, 27, 19, 12, 9, 6, 4):
        world.simulation.spawn(_on(world, days, 16, 20), _promise(world, stays_open=True))
    for days in range(1, 7):
        world.simulation.spawn(_on(world, days, 17, 10), _calls(world, cars, days))


def _odd_customers(world: World) -> Iterator[dt.datetime]:
    world.ledger.act(world.simulation.now, world.crew.advisors[1], COUNTER, "add_customer")
    for name, language, typed in DOUBLES:
        world.customers.person(name, language, typed, double=True)
    for _ in range(UNREACHABLE):
        world.customers.person(reachable=False)
    yield world.simulation.now


def _on(world: World, days_ago: int, hour: int, minute: int) -> dt.datetime:
    """That hour of the working day that lies so many days back, or of the next one."""
    day = world.calendar.working_days_after(world.today - dt.timedelta(days=days_ago + 1), 1)
    if day >= world.today:
        day -= dt.timedelta(1)
        while not world.calendar.is_working_day(day):
            day -= dt.timedelta(1)
    return max(world.calendar.moment(day, hour * 60 + minute), world.simulation.now)


def _recall(world: World, recall: tuple[str, int, str, str, str, str, tuple[str, ...]], cars: list[Car]) -> Iterator[dt.datetime]:
    code, _, name_tw, name_cn, name_en, operation, models = recall
    ledger, day = world.ledger, world.calendar.day_of(world.simulation.now)
    ledger.act(world.simulation.now, world.crew.staff["fang"], OFFICE, "add_campaign")
    concerned = [car for car in cars if car.model.code in models]
    campaign = ledger.add(
        "campaign", code=code, is_recall=True, name_zh_tw=name_tw, name_zh_cn=name_cn, name_en=name_en,
        makers=sorted({world.shelf.makers[car.model.maker].zh_TW for car in concerned}), models=sorted({car.model.name.zh_TW for car in concerned}),
        operation_code=operation, from_on=day, until_on=add_months(day, 24),
    )  # fmt: skip
    for car in concerned:
        if car.row is not None and car.bought_on < day - dt.timedelta(days=120):
            row = ledger.add("campaign_vehicle", campaign_id=campaign["id"], vehicle_id=car.id)
            world.recalls.setdefault(car.id, []).append(row)
    yield world.simulation.now


def _win_back(world: World, cars: list[Car]) -> Iterator[dt.datetime]:
    """Vouchers for customers who have stayed away."""
    ledger, now = world.ledger, world.simulation.now
    day = world.calendar.day_of(now)
    ledger.act(now, world.crew.staff["fang"], OFFICE, "add_campaign")
    campaign = ledger.add(
        "campaign", code="C-2026-11", name_zh_tw="歡迎回家", name_zh_cn="欢迎回家", name_en="Welcome back", from_on=day, until_on=add_months(day, 3)
    )
    away = [car for car in cars if car.row is not None and car.drifts_after is not None and car.owner.made is not None and not car.owner.is_company]
    for car in away[:24]:
        assert car.owner.made is not None
        ledger.add(
            "voucher", code=f"HJ{len(ledger.rows.get('voucher', ())) + 1:05}", campaign_id=campaign["id"], customer_id=car.owner.made.id, vehicle_id=car.id,
            amount=10_000, terms="小保養可用，三個月內有效", given_at=now, expires_on=add_months(day, 3),
        )  # fmt: skip
    yield now


def _partners(world: World) -> Iterator[dt.datetime]:
    """Who sends accident cars, and what came of what they sent."""
    ledger, draw = world.ledger, world.draw
    ledger.act(world.simulation.now, world.crew.staff["tang"], OFFICE, "add_partner")
    partners = [
        ledger.add("partner", name=name, kind=kind, phone=phone, terms=terms, reward=reward) for name, kind, phone, terms, reward in _PARTNERS
    ]
    while world.simulation.now < world.opening - dt.timedelta(days=12):
        yield world.later(world.simulation.now, draw.randint(4_000, 11_000))
        if world.simulation.now < world.opening - dt.timedelta(hours=18):
            world.simulation.spawn(world.simulation.now, _lead(world, draw.choice(partners)))


def _lead(world: World, partner: Row) -> Iterator[dt.datetime]:
    ledger, draw, now = world.ledger, world.draw, world.simulation.now
    ledger.act(now, world.crew.staff["tang"], OFFICE, "add_lead")
    lead = ledger.add(
        "lead", partner_id=partner["id"], came_at=now, place=draw.choice(_PLACES), words=draw.choice(_LEAD_WORDS), reward_due=partner["reward"],
    )  # fmt: skip
    yield world.later(now, draw.randint(60, 700))
    ledger.act(world.simulation.now, world.crew.staff["tang"], OFFICE, "end_lead")
    if draw.random() < 0.45:
        ledger.change("lead", lead, state="lost", lost_reason=draw.choice(_LOST))
    else:
        ledger.change("lead", lead, state="won")
    if not lead["reward_due"] or draw.random() < 0.2:
        return
    yield world.later(world.simulation.now, draw.randint(500, 4_000))
    ledger.act(world.simulation.now, world.crew.staff["he"], OFFICE, "pay_reward")
    ledger.change("lead", lead, reward_paid_at=world.simulation.now)


def _loaners(world: World, cars: list[Car]) -> Iterator[dt.datetime]:
    """Two cars that are lent; one is out now."""
    ledger, draw = world.ledger, world.draw
    ledger.act(world.simulation.now, world.crew.staff["fang"], OFFICE, "add_loaner")
    rows = [ledger.add("loaner", plate=plate, model=model) for plate, model in _LOANERS]
    kilometres = {row["id"]: draw.randint(3_000, 9_000) for row in rows}
    people = [car for car in cars if car.row is not None and not car.owner.is_company]
    for _ in range(9):
        yield world.later(world.simulation.now, draw.randint(8_000, 16_000))
        if world.simulation.now > world.opening - dt.timedelta(days=10):
            break
        loaner, car = draw.choice(rows), draw.choice(people)
        yield from _lend(world, loaner, car, kilometres, draw.randint(600, 2_400))
    yield max(world.simulation.now, _on(world, 3, 16, 30))
    out = next(car for car in cars if car.cast == "k4")
    yield from _lend(world, rows[0], out, kilometres, None)


def _lend(world: World, loaner: Row, car: Car, kilometres: dict[int, int], minutes: int | None) -> Iterator[dt.datetime]:
    ledger, draw, now = world.ledger, world.draw, world.simulation.now
    assert car.owner.made is not None
    ledger.act(now, world.crew.advisors[0], COUNTER, "lend_car")
    order = next((row for row in reversed(ledger.rows["work_order"]) if row["vehicle_id"] == car.id), None)
    loan = ledger.add(
        "loan", loaner_id=loaner["id"], order_id=None if minutes is not None or order is None else order["id"], customer_id=car.owner.made.id, out_at=now,
        out_km=kilometres[loaner["id"]], out_fuel_eighths=draw.randint(5, 8),
    )  # fmt: skip
    if minutes is None:
        return
    yield world.later(now, minutes)
    kilometres[loaner["id"]] += draw.randint(40, 420)
    ledger.act(world.simulation.now, world.crew.advisors[1], COUNTER, "take_car_back")
    ledger.change("loan", loan, back_at=world.simulation.now, back_km=kilometres[loaner["id"]], back_fuel_eighths=draw.randint(3, 8))


def _promise(world: World, *, stays_open: bool = False) -> Iterator[dt.datetime]:
    """Something is promised to a customer who was here lately."""
    ledger, draw, now = world.ledger, world.draw, world.simulation.now
    delivered = [row for row in ledger.rows.get("work_order", [])[-80:] if row["delivered_at"] is not None and row["customer_id"] is not None]
    if not delivered:
        return
    order = draw.choice(delivered)
    ledger.act(now, order["advisor_id"], COUNTER, "make_promise")
    promise = ledger.add(
        "promise", customer_id=order["customer_id"], vehicle_id=order["vehicle_id"], order_id=order["id"], words=draw.choice(_PROMISES), promised_at=now,
        staff_id=order["advisor_id"], until_on=world.calendar.day_of(now) + dt.timedelta(days=draw.choice((3, 7, 14, 30, 90))),
    )  # fmt: skip
    if stays_open:
        return
    yield world.later(now, draw.randint(480, 7_000))
    ledger.act(world.simulation.now, order["advisor_id"], COUNTER, "close_promise")
    kept = draw.random() < 0.86
    words = "" if kept else "和客戶說明了，改為下次保養贈送"
    ledger.change("promise", promise, state="kept" if kept else "taken_back", closed_at=world.simulation.now, closed_words=words)


def _calls(world: World, cars: list[Car], days_ago: int) -> Iterator[dt.datetime]:
    """Calls that are planned for these days: services due, policies and inspections that end, customers who stay away."""
    ledger, draw, today = world.ledger, world.draw, world.today
    ledger.act(world.simulation.now, world.crew.advisors[days_ago % 2], COUNTER, "plan_calls")
    known = [car for car in cars if car.row is not None and car.owner.made is not None and car.owner.made.row["consent_to_call"] and not car.cast]
    wanted = (
        (ContactPurpose.SERVICE_DUE, [car for car in known if car.visits and 240 < (today - car.visits[-1].day).days < 330]),
        (ContactPurpose.INSPECTION, [car for car in known if car.row is not None and 0 < (car.row["inspection_ends_on"] - today).days < 60]),
        (ContactPurpose.RENEWAL, _policies_ending(world, known)),
        (ContactPurpose.WIN_BACK, [car for car in known if car.drifts_after is not None and 90 < (today - car.drifts_after).days < 300]),
        (ContactPurpose.FIRST_SERVICE, [car for car in known if 120 < (today - car.bought_on).days < 200 and not car.visits]),
    )
    for purpose, candidates in wanted:
        for car in candidates[days_ago - 1 :: 6][:4]:
            assert car.owner.made is not None
            ledger.add(
                "contact", customer_id=car.owner.made.id, vehicle_id=car.id, purpose=purpose, way=ContactWay.PHONE,
                due_on=today + dt.timedelta(days=draw.randint(-2, 4)), staff_id=draw.choice(world.crew.advisors), created_at=world.simulation.now,
            )  # fmt: skip
    yield world.simulation.now


def _policies_ending(world: World, cars: list[Car]) -> list[Car]:
    ending = {row["vehicle_id"] for row in world.ledger.rows.get("policy", []) if 0 < (row["until_on"] - world.today).days < 60}
    return [car for car in cars if car.id in ending]
