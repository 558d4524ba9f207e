"""The cars with a part of their own in the demo's day, and how far each has come on the board."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.demo.cars import OwnerPlan
from db.demo.claim_plan import ACCIDENTS
from db.rules.order_life import OrderKind, OrderState, WaitingFor

if TYPE_CHECKING:
    from db.demo.cars import Car, Garage
    from db.rules.working_calendar import WorkingCalendar

Time = tuple[int, int, int]
"""Working days before the demo's day, hour, minute."""


def _t(text: str, days: int = 0) -> Time:
    hour, _, minute = text.partition(":")
    return days, int(hour), int(minute)


@dataclass(frozen=True, slots=True)
class Work:
    """A technician on the car, from when until when; without an end his clock still runs."""

    who: str
    start: Time
    end: Time | None
    stop: str = "done"


@dataclass(frozen=True, slots=True)
class Part:
    """What a car of the cast has lived through by the afternoon."""

    key: str
    state: OrderState
    arrives: Time
    codes: tuple[str, ...]
    model: str = ""
    plate: str = ""
    owner: str = ""
    phone: str = ""
    company: bool = False
    title: str = ""
    kind: OrderKind = OrderKind.MAINTENANCE
    chip: str = ""
    waits: bool = False
    bay: str = "L1"
    dispatched: Time | None = None
    dispatched_to: str = ""
    work: tuple[Work, ...] = ()
    finds: int = 0
    """How many findings the technician reports."""
    shown: bool = False
    """The findings have been put before the customer, who has not answered."""
    waiting: tuple[Time, WaitingFor, Time | None] | None = None
    checks: tuple[Time, ...] = ()
    """Self, mutual and final check, as far as they were made."""
    sent_back: Time | None = None
    reworked: Work | None = None
    washed: Time | None = None
    settled: Time | None = None
    delivered: Time | None = None
    cancelled: Time | None = None
    warranty: tuple[str, ...] = ()
    """Codes of lines that the maker pays."""
    sublet: tuple[str, int] | None = None
    missing: str = ""
    """Code of a part that has not come."""
    promised: Time | None = None
    """What the advisor promised; worked out where nothing is said."""
    unreached: int = 0
    """How often nobody answered when the customer was told that the car is ready."""


_S = OrderState
_W = WaitingFor

PARTS: tuple[Part, ...] = (
    # to start
    Part(
        "o1", _S.CHECKED_IN, _t("11:46"), ("PK-EV", "PK-WIPE"), "BYD-QIN-EV", "粤B·D28816", "黃麗雯", "136 3201 7742", title="ms", waits=True,
        promised=_t("17:30"),
    ),
    Part("o2", _S.CHECKED_IN, _t("11:20"), ("PK-MID",), "SVW-TIGUAN", promised=_t("16:30")),
    Part(
        "o4", _S.DISPATCHED, _t("10:42"), ("PK-MIN-F", "G20"), "NISSAN-SYLPHY", bay="L1", dispatched=_t("10:58"), dispatched_to="deng",
        promised=_t("15:30"),
    ),
    Part(
        "o5", _S.DISPATCHED, _t("11:05"), ("PK-ALN",), "FORD-MONDEO", chip="pulls", kind=OrderKind.REPAIR, bay="A1",
        dispatched=_t("11:20"), dispatched_to="liang", promised=_t("17:00"),
    ),
    Part(
        "o6", _S.DISPATCHED, _t("15:10", 1), ("P-FBUM", "P-FFEN", "S08L"), "GEELY-EMGRAND", kind=OrderKind.REPAIR, bay="P1", dispatched=_t("9:15"),
        dispatched_to="li", promised=_t("17:00", -1),
    ),
    # in progress
    Part(
        "o7", _S.IN_PROGRESS, _t("10:50"), ("PK-MIN-F", "PK-BRK"), "HONDA-CRV", "粤A·66J9R", "李文傑", "138 2215 6630", title="mr", waits=True, bay="L2",
        dispatched=_t("11:02"), work=(Work("liang", _t("11:30"), _t("12:00"), "break"), Work("liang", _t("13:26"), None)), finds=2, promised=_t("15:10"),
    ),
    Part(
        "o8", _S.IN_PROGRESS, _t("10:20"), ("PK-COOL", "PK-MIN-S"), "TOYOTA-COROLLA", "粤B·1T730", "吳佩珊", "135 9087 1126", title="ms", bay="L3",
        dispatched=_t("10:35"), work=(Work("deng", _t("10:40"), _t("12:00"), "break"), Work("deng", _t("13:28"), None)), promised=_t("16:00"),
    ),
    Part(
        "o9", _S.IN_PROGRESS, _t("9:40"), ("PK-EV", "PK-EVC"), "TESLA-Y", "粤B·AF9216", "周啟明", "139 2745 3308", title="mr", bay="L4", dispatched=_t("9:55"),
        work=(Work("chen", _t("10:20"), _t("12:00"), "break"), Work("chen", _t("13:30"), None)), promised=_t("16:45"),
    ),
    # waiting
    Part(
        "o13", _S.WAITING, _t("9:20", 1), ("M07", "D01"), "BUICK-GL8", "粤S·K3905", "東海物流有限公司", "0769 2288 3366", company=True, chip="noise",
        kind=OrderKind.REPAIR, bay="L2", dispatched=_t("9:40", 1), work=(Work("liang", _t("10:00", 1), _t("10:40", 1), "parts"),),
        waiting=(_t("10:42", 1), _W.PARTS, _t("10:00", -1)), missing="M07", promised=_t("12:00", -1),
    ),
    Part(
        "o14", _S.WAITING, _t("9:05"), ("PK-MIN-F",), "HONDA-ACCORD", "粤B·7G118", "鄧穎詩", "137 1402 9987", title="ms", bay="L1", dispatched=_t("9:15"),
        work=(Work("chen", _t("9:34"), _t("10:10"), "question"),), finds=3, shown=True, waiting=(_t("10:15"), _W.CUSTOMER, None), promised=_t("14:20"),
    ),
    Part(
        "o15", _S.WAITING, _t("9:10", 1), ("D04",), "KIA-K3", chip="oil_leak", kind=OrderKind.REPAIR, bay="L4", dispatched=_t("9:32", 1),
        work=(Work("chen", _t("10:00", 1), _t("10:34", 1), "question"),), finds=1, shown=True, waiting=(_t("10:40", 1), _W.CUSTOMER, _t("17:00")),
        promised=_t("17:50"),
    ),
    Part(
        "o17", _S.WAITING, _t("8:45", 2), ("G17",), "HAVAL-H6", chip="steering_shake", kind=OrderKind.REPAIR, bay="L3", dispatched=_t("9:05", 2),
        work=(Work("deng", _t("9:30", 2), _t("10:30", 2)),), sublet=("輪轂整形", 36_000), waiting=(_t("10:36", 2), _W.SUBLET, _t("16:00", -1)),
        promised=_t("17:30", -1),
    ),
    Part(
        "o18", _S.WAITING, _t("8:55"), ("PK-ALN", "G20"), "GEELY-MONJARO", bay="L3", dispatched=_t("9:10"),
        work=(Work("deng", _t("9:45"), _t("10:05"), "other_car"),), waiting=(_t("10:06"), _W.BAY, None), promised=_t("17:20"),
    ),
    # quality check
    Part(
        "o19", _S.QUALITY_CHECK, _t("9:20"), ("PK-MID",), "NISSAN-ALTIMA", "粤B·305QX", "馬俊", "186 6543 2019", title="mr", bay="L1", dispatched=_t("9:38"),
        work=(Work("liang", _t("10:35"), _t("11:25")),), checks=(_t("11:28"), _t("11:40")), promised=_t("14:45"),
    ),
    Part(
        "o20", _S.QUALITY_CHECK, _t("11:10", 1), ("PK-MIN-F", "M05"), "BYD-SONG-DMI", "粤B·F60177", "梁少芬", "159 8911 4470", title="ms", bay="L2",
        dispatched=_t("11:25", 1), work=(Work("deng", _t("13:35", 1), _t("15:20", 1)),), sent_back=_t("9:02"),
        reworked=Work("deng", _t("10:08"), _t("10:34")), checks=(_t("10:37"),), promised=_t("15:20"),
    ),
    # ready
    Part(
        "o21", _S.READY, _t("8:40"), ("PK-MIN-F", "PK-AC"), "HONDA-BREEZE", "粤B·4H922", "許家豪", "133 0287 5521", title="mr", bay="L2",
        dispatched=_t("8:58"), work=(Work("liang", _t("9:38"), _t("10:31")),), checks=(_t("10:34"), _t("10:45"), _t("11:10")), promised=_t("14:40"),
    ),
    Part(
        "o22", _S.READY, _t("10:30", 1), ("PK-EV", "PK-RED"), "AION-Y", bay="L4", dispatched=_t("10:50", 1),
        work=(Work("chen", _t("13:40", 1), _t("15:40", 1)),), checks=(_t("15:44", 1), _t("16:02", 1), _t("11:35")), promised=_t("16:30"),
    ),
    Part(
        "o23", _S.READY, _t("9:00", 1), ("M16", "M15"), "VW-MAGOTAN", "粤B·Y81K6", "蘇詠儀", "188 2350 7719", title="ms", kind=OrderKind.REPAIR,
        chip="coolant_leak", bay="L1", dispatched=_t("9:20", 1), work=(Work("liang", _t("13:40", 1), _t("15:50", 1)),), warranty=("M16",),
        checks=(_t("15:55", 1), _t("16:10", 1), _t("9:25")), washed=_t("10:40"), promised=_t("15:00"),
    ),
    Part(
        "o24", _S.READY, _t("8:35", 1), ("PK-MIN-S",), "HYUNDAI-ELANTRA", bay="L3", dispatched=_t("8:44", 1),
        work=(Work("chen", _t("8:50", 1), _t("9:52", 1)),),
        checks=(_t("9:55", 1), _t("10:04", 1), _t("11:05", 1)), washed=_t("8:55"), promised=_t("13:50"),
    ),
    # to deliver
    Part(
        "o25", _S.SETTLED, _t("9:50", 1), ("PK-MIN-S",), "HONDA-FIT", "粤B·27P5E", "葉子晴", "150 1277 6642", title="ms", bay="L2", dispatched=_t("10:05", 1),
        work=(Work("deng", _t("10:30", 1), _t("11:31", 1)),), checks=(_t("11:34", 1), _t("11:41", 1), _t("13:40", 1)), washed=_t("14:20", 1),
        settled=_t("11:41"), promised=_t("14:30"),
    ),
    Part(
        "o26", _S.SETTLED, _t("11:00", 2), ("PK-MIN-F", "PK-BAT"), "VW-SAGITAR", "粤B·6R034", "高偉倫", "131 4526 8803", title="mr", bay="L1",
        dispatched=_t("11:18", 2), work=(Work("liang", _t("14:00", 2), _t("15:30", 2)),), checks=(_t("15:34", 2), _t("15:45", 2), _t("16:10", 2)),
        washed=_t("16:40", 2), settled=_t("17:20", 1), unreached=3, promised=_t("13:50"),
    ),
    # delivered today
    Part(
        "d1", _S.DELIVERED, _t("8:31"), ("PK-MIN-S",), "TOYOTA-CAMRY", waits=True, bay="L1", dispatched=_t("8:36"),
        work=(Work("liang", _t("8:42"), _t("9:32")),),
        checks=(_t("9:34"), _t("9:39"), _t("9:48")), washed=_t("10:07"), settled=_t("10:20"), delivered=_t("10:26"),
    ),
    Part(
        "d2", _S.DELIVERED, _t("8:33"), ("PK-MIN-F",), "SVW-PASSAT", waits=True, bay="L2", dispatched=_t("8:40"), work=(Work("deng", _t("8:45"), _t("9:41")),),
        checks=(_t("9:43"), _t("9:50"), _t("10:01")), washed=_t("10:25"), settled=_t("10:41"), delivered=_t("10:48"),
    ),
    Part(
        "d3", _S.DELIVERED, _t("8:36"), ("PK-EV",), "BYD-DOLPHIN", waits=True, bay="L3", dispatched=_t("8:44"), work=(Work("chen", _t("8:50"), _t("9:31")),),
        checks=(_t("9:33"), _t("9:41"), _t("9:55")), washed=_t("10:15"), settled=_t("10:30"), delivered=_t("10:35"),
    ),
    Part(
        "d4", _S.DELIVERED, _t("14:20", 1), ("PK-MIN-F", "G20"), "MAZDA-3", bay="L3", dispatched=_t("14:40", 1),
        work=(Work("liang", _t("16:00", 1), _t("17:20", 1)),),
        checks=(_t("17:23", 1), _t("17:30", 1), _t("17:41", 1)), washed=_t("8:38"), settled=_t("8:44"), delivered=_t("8:50"), promised=_t("9:30"),
    ),
    Part(
        "d5", _S.DELIVERED, _t("13:50", 1), ("PK-MAJ",), "VW-TAYRON", bay="L4", dispatched=_t("14:10", 1), work=(Work("deng", _t("15:30", 1), _t("17:10", 1)),),
        checks=(_t("17:14", 1), _t("17:25", 1), _t("8:40")), washed=_t("9:05"), settled=_t("9:20"), delivered=_t("9:25"), promised=_t("10:00"),
    ),
    Part(
        "d6", _S.DELIVERED, _t("15:05", 1), ("PK-MIN-F", "PK-BP-F"), "TOYOTA-RAV4", bay="L1", dispatched=_t("15:25", 1),
        work=(Work("chen", _t("16:10", 1), _t("17:40", 1)),), checks=(_t("17:43", 1), _t("17:49", 1), _t("9:10")), washed=_t("9:35"), settled=_t("11:02"),
        delivered=_t("11:10"), promised=_t("11:30"),
    ),
    Part("c1", _S.CANCELLED, _t("9:50"), ("PK-MID",), "BENZ-C", cancelled=_t("10:15")),
)  # fmt: skip


@dataclass(slots=True)
class Cast:
    """The cars of the cast by their short names."""

    cars: dict[str, Car] = field(default_factory=dict)


def draw_cast(garage: Garage) -> Cast:
    """The cast's cars; what its part leaves open is drawn."""
    cast = Cast()
    for part in PARTS:
        owner = OwnerPlan(name=part.owner, language="zh_TW" if part.owner else "", typed_phone=part.phone, is_company=part.company)
        if part.owner:
            owner.more = {"is_account": part.company} if part.company else {"title": part.title, "is_account": False}
        cast.cars[part.key] = garage.car(owner, model=part.model, plate_text=part.plate, cast=part.key)
    for accident in ACCIDENTS:
        owner = OwnerPlan(name=accident.owner, language="zh_TW" if accident.owner else "", typed_phone=accident.phone, more={"is_account": False})
        if accident.owner:
            owner.more["title"] = accident.title
        cast.cars[accident.key] = garage.car(owner, model=accident.model, plate_text=accident.plate, cast=accident.key)
    return cast


def moment(calendar: WorkingCalendar, today: dt.date, time: Time) -> dt.datetime:
    """The moment of a time of the cast; days below 0 lie ahead."""
    days, hour, minute = time
    day = today
    if days < 0:
        day = calendar.working_days_after(today, -days)
    for _ in range(days):
        day -= dt.timedelta(1)
        while not calendar.is_working_day(day):
            day -= dt.timedelta(1)
    return calendar.moment(day, hour * 60 + minute)
