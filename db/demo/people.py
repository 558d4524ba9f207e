"""The people of the demo: who works in the shop, and who comes to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from db.commands.pins import hash_pin
from db.demo import names
from db.rules import phone, search_text
from db.rules.rights import Role
from db.rules.working_calendar import USUAL_WEEK

if TYPE_CHECKING:
    import random

    from db.catalogue_files import StarterCatalogue
    from db.demo.ledger import Ledger, Row

PIN = "1234"
SHOP_CODE = "K7Q2"
COUNTER, COUNTER_2, CASH_DESK, WORKSHOP, OFFICE = "前台 1", "前台 2", "收銀台", "車間", "辦公室"


@dataclass(frozen=True, slots=True)
class _Person:
    key: str
    name: str
    roles: tuple[Role, ...]
    skills: tuple[str, ...] = ()
    badge: str = ""


_STAFF = (
    _Person("lin", "林依君", (Role.ADVISOR,), badge="B-0101"),
    _Person("wang", "王磊", (Role.ADVISOR,), badge="B-0102"),
    _Person("tang", "唐敏", (Role.ACCIDENT,), badge="B-0201"),
    _Person("luo", "羅志明", (Role.FOREMAN,), ("mechanical", "electrical"), "B-0301"),
    _Person("liang", "梁永強", (Role.TECHNICIAN,), ("mechanical", "electrical"), "B-0302"),
    _Person("deng", "鄧小軍", (Role.TECHNICIAN,), ("mechanical", "wash"), "B-0303"),
    _Person("chen", "陳國偉", (Role.TECHNICIAN,), ("mechanical", "electrical", "high_voltage"), "B-0304"),
    _Person("feng", "馮建國", (Role.TECHNICIAN,), ("sheet_metal",), "B-0305"),
    _Person("li", "李標", (Role.TECHNICIAN,), ("paint",), "B-0306"),
    _Person("tian", "田海燕", (Role.PARTS,), badge="B-0401"),
    _Person("he", "何麗珍", (Role.CASHIER,), badge="B-0501"),
    _Person("fang", "方志華", (Role.MANAGER, Role.ADMINISTRATOR), badge="B-0001"),
)


@dataclass(slots=True)
class Crew:
    """Keys of the staff and the bays by their short names."""

    staff: dict[str, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    skills: dict[int, frozenset[str]] = field(default_factory=dict)
    bays: dict[str, int] = field(default_factory=dict)
    bays_of: dict[str, list[int]] = field(default_factory=dict)

    @property
    def advisors(self) -> tuple[int, int]:
        """The two at the counter."""
        return self.staff["lin"], self.staff["wang"]

    @property
    def technicians(self) -> list[int]:
        """Those who clock on, in their order."""
        return [self.staff[key] for key in ("liang", "deng", "chen", "feng", "li")]


def open_shop(ledger: Ledger, catalogue: StarterCatalogue, opened: dt.datetime, day: dt.date, seed: int) -> Crew:
    """The shop itself, its people, who all have the PIN 1234, and its ten bays."""
    crew = Crew()
    # Keys count from one in the order of the list.
    manager = 1 + next(place for place, person in enumerate(_STAFF) if Role.MANAGER in person.roles)
    ledger.act(opened, manager, OFFICE, "make_shop")
    ledger.add(
        "shop", code=SHOP_CODE, name="順通汽車服務中心", address="深圳市南山區科技南路 18 號", phone="0755 8633 2018", complaint_phone="0755 8633 2000",
        licence_class="二類", region="CN", province="粤B", zone="Asia/Shanghai", language="zh_TW",
        weekly_hours=[[list(span) for span in hours] for hours in USUAL_WEEK], is_demo=True, demo_day=day, demo_seed=seed, created_at=opened,
    )  # fmt: skip
    pin_hash = hash_pin(PIN, salt=seed.to_bytes(16, "big", signed=True))
    for position, person in enumerate(_STAFF):
        row = ledger.add(
            "staff", name=person.name, roles=[role.value for role in person.roles], skills=list(person.skills), pin_hash=pin_hash, badge=person.badge,
            position=position, joined_on=opened.date() - dt.timedelta(days=90 * (len(_STAFF) - position)),
        )  # fmt: skip
        crew.staff[person.key] = row["id"]
        crew.names[row["id"]] = person.name
        crew.skills[row["id"]] = frozenset(person.skills)
    for position, bay in enumerate(catalogue.bays):
        row = ledger.add("bay", name=bay.name.zh_TW, kind=bay.kind, position=position)
        crew.bays[bay.code] = row["id"]
        crew.bays_of.setdefault(bay.kind, []).append(row["id"])
    return crew


@dataclass(slots=True)
class Owner:
    """A customer of the demo with what the walks need of him."""

    row: Row
    phone: str
    language: str
    is_company: bool
    contact: str

    @property
    def id(self) -> int:
        return int(self.row["id"])

    @property
    def person(self) -> str:
        """Who stands at the counter."""
        return self.contact or str(self.row["name"])


_MOBILE_HEADS = (130, 131, 132, 133, 135, 136, 137, 138, 139, 150, 151, 152, 158, 159, 166, 176, 180, 185, 186, 188, 189, 198)
_CAME_BY = ("朋友介紹", "路過", "網上地圖", "老客戶", "保險公司推薦", "4S 店買車", "")
_STREETS = ("科技南路", "深南大道", "南海大道", "後海大道", "桃園路", "創業路", "學府路", "文心五路", "海德三道", "工業八路")


class Customers:
    """Draws customers whose phones are all different."""

    def __init__(self, ledger: Ledger, draw: random.Random) -> None:
        self._ledger = ledger
        self._draw = draw
        self._phones: set[str] = set()
        self._kept: set[str] = set()

    def keep(self, typed_phone: str) -> None:
        """Draw this number for nobody: somebody who comes later has it."""
        self._kept.add(phone.recognise(typed_phone, "CN").normalised or "")

    def person(
        self, name: str = "", language: str = "", typed_phone: str = "", *, reachable: bool = True, double: bool = False, **more: Any
    ) -> Owner:
        """A private person; drawn where nothing is given. A `double` has a number that somebody else has as well."""
        draw = self._draw
        language = language or draw.choices((names.TRADITIONAL, names.SIMPLIFIED, names.ENGLISH), (46, 50, 4))[0]
        more.setdefault("title", draw.choice(("mr", "ms", "mr", "ms", "")))
        more.setdefault("is_account", draw.random() < 0.01)
        who = name or names.person(draw, language)
        return self._add(who, language, typed_phone, is_company=False, contact_person="", reachable=reachable, double=double, **more)

    def company(self, name: str = "", language: str = "", typed_phone: str = "", **more: Any) -> Owner:
        """A company with a contact person; most have an account."""
        draw = self._draw
        language = language or draw.choice((names.TRADITIONAL, names.SIMPLIFIED))
        more.setdefault("is_account", draw.random() < 0.7)
        more.setdefault("account_limit", draw.choice((None, 2_000_000, 5_000_000)) if more["is_account"] else None)
        more.setdefault("account_months", 3 if more["is_account"] else None)
        return self._add(name or names.company(draw, language), language, typed_phone, is_company=True, contact_person=names.person(draw, language), **more)

    def government(self, pair: tuple[str, str]) -> Owner:
        """An authority: longer terms."""
        return self.company(pair[0], names.TRADITIONAL, is_government=True, is_account=True, account_limit=None, account_months=6)

    def _add(self, name: str, language: str, typed_phone: str, *, reachable: bool = True, double: bool = False, **more: Any) -> Owner:
        draw, ledger = self._draw, self._ledger
        more.setdefault("tier", draw.choices(("", "silver", "gold"), (70, 20, 10))[0])
        address = f"深圳市南山區{draw.choice(_STREETS)} {draw.randint(1, 280)} 號" if draw.random() < 0.55 else ""
        row = ledger.add(
            "customer", name=name, name_key=search_text.sort_key(name), language=language, came_by=draw.choice(_CAME_BY), address=address,
            consent_to_call=draw.random() > 0.04, created_at=ledger.at, **more,
        )  # fmt: skip
        first = self._phone(row["id"], typed_phone, 0, double=double) if reachable else ""
        if reachable and draw.random() < 0.12:
            self._phone(row["id"], "", 1)
        return Owner(row, first, language, more["is_company"], more["contact_person"])

    def _phone(self, customer_id: int, typed: str, position: int, *, double: bool = False) -> str:
        draw = self._draw
        while True:
            text = typed or self._drawn_phone(draw)
            e164 = phone.recognise(text, "CN").normalised
            if e164 is not None and double:
                break
            if e164 is not None and e164 not in self._phones and (typed or e164 not in self._kept):
                break
        self._phones.add(e164)
        self._ledger.add("customer_phone", customer_id=customer_id, e164=e164, typed=text, position=position)
        return e164

    @staticmethod
    def _drawn_phone(draw: random.Random) -> str:
        kind = draw.random()
        if kind < 0.03:
            return f"+852 {draw.choice('569')}{draw.randint(100, 999)} {draw.randint(1000, 9999)}"
        head, middle, tail = draw.choice(_MOBILE_HEADS), draw.randint(0, 9999), draw.randint(0, 9999)
        form = draw.choice(("{0} {1:04} {2:04}", "{0}{1:04}{2:04}", "{0}-{1:04}-{2:04}"))
        return form.format(head, middle, tail)
