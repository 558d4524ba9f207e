"""The rows of a bulk load, worked out by place instead of drawn: tuples in the store's own form, made in chunks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from db.demo import names
from db.demo.table_writer import moment_for_store
from db.models import Base
from db.rules import plate, search_text, vin
from db.rules.found_under import customer_keys, vehicle_keys
from db.rules.money import tax_inside
from db.rules.months import add_months
from db.rules.numbering import SETTLEMENT, WORK_ORDER, format_number

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from db.catalogue_files import StarterCatalogue
    from db.demo.people import Crew
    from db.demo.shelf import Shelf
    from db.demo.table_writer import TableWriter
    from db.rules.order_line import LineValues
    from db.rules.working_calendar import WorkingCalendar

Tables = dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]

_NAMES = 6000
_MOBILE_NUMBERS = 999_999_937
"""A prime: multiples of another one modulo it are all different."""
_OFFICES = tuple(f"{province}{letter}" for province in "粤湘桂赣闽浙苏沪京津鲁豫川渝" for letter in "ABCDEFGHJKLMNPQRSTUVWXYZ")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_PER_OFFICE = len(_LETTERS) * 10_000
_NEW_ENERGY_PER_OFFICE = 100_000
_BILLS = (
    ("G20",), ("G01", "EO-F", "OF-01"), ("G19",), ("M06", "FL-BF"), ("G16",), ("G04", "CF-01"), ("G02",), ("G03", "AF-01"), ("M05", "CN-BR", "GR-BR"),
    ("G33",),
)  # fmt: skip
_METHODS = ("wechat", "alipay", "card", "cash")


@dataclass(frozen=True, slots=True)
class Bill:
    """What a visit comes to: its lines as the table keeps them without the columns of the order, total and tax in fen, labour's minutes."""

    lines: tuple[tuple[Any, ...], ...]
    total: int
    tax: int


class Pool:
    """What the rows are put together from."""

    def __init__(self, catalogue: StarterCatalogue, shelf: Shelf, crew: Crew, draw: random.Random) -> None:
        self.crew = crew
        self.models = [model for model in catalogue.vehicle_models if model.wmi[0][0] in "LH"]
        self.makers = {maker.code: maker.name for maker in catalogue.makers}
        drawn = {names.person(draw, names.TRADITIONAL if number % 2 else names.SIMPLIFIED): None for number in range(_NAMES)}
        self.names = [(name, search_text.sort_key(name), "zh_TW" if number % 2 else "zh_CN") for number, name in enumerate(drawn)]
        self.bills = [self._bill([line for code in codes for line in _lines(shelf, code)]) for codes in _BILLS]

    def _bill(self, lines: list[LineValues]) -> Bill:
        """A bill in the order of `_LINE`; who did it and when follow with the visit."""
        rows = tuple(
            (
                line.kind.value, line.code, line.name_zh_tw, line.name_zh_cn, line.name_en, "", "", "", "", line.quantity, line.unit, line.standard_minutes,
                line.skill, line.work_class, line.unit_price, line.unit_cost, 0, 0, line.tax_basis_points, line.amount, "customer", "authorised", "done",
                None if line.part_origin is None else line.part_origin.value, line.guarantee_days, line.guarantee_km, 1,
            )
            for line in lines
        )  # fmt: skip
        return Bill(rows, sum(line.amount for line in lines), sum(tax_inside(line.amount, line.tax_basis_points) for line in lines))


def _lines(shelf: Shelf, code: str) -> list[LineValues]:
    return shelf.lines("operation" if code in shelf.operations else "part", code)


_LINE = (
    "kind", "code", "name_zh_tw", "name_zh_cn", "name_en", "package_code", "package_name_zh_tw", "package_name_zh_cn", "package_name_en", "quantity",
    "unit", "standard_minutes", "skill", "work_class", "unit_price", "unit_cost", "discount_basis_points", "adjustment", "tax_basis_points", "amount", "payer",
    "consent", "work_state", "part_origin", "guarantee_days", "guarantee_km", "version",
)  # fmt: skip
_COLUMNS: dict[str, tuple[str, ...]] = {
    "customer": (
        "id", "name", "name_key", "title", "is_company", "contact_person", "address", "licence_number", "language", "came_by", "consent_to_call", "is_account",
        "is_government", "tier", "note", "created_at", "version",
    ),
    "customer_phone": ("customer_id", "e164", "typed", "position"),
    "vehicle": (
        "id", "vin", "vin_typed", "maker", "model", "model_year", "colour", "body", "power_train", "engine_number", "first_registered_on", "bought_on",
        "bought_here", "inspection_ends_on", "fate", "severe_use", "note", "created_at", "last_visit_at", "version",
    ),
    "vehicle_plate": ("vehicle_id", "plate", "typed", "colour", "region", "kind", "since"),
    "ownership": ("vehicle_id", "customer_id", "role", "since"),
    "search_key": ("key", "subject", "subject_id"),
    "work_order": (
        "id", "number", "state", "kind", "vehicle_id", "customer_id", "sender_name", "contact_phone", "plate", "plate_colour", "odometer_km", "fuel_eighths",
        "keys_count", "key_tag", "warning_lamps", "keep_old_parts", "wash_wanted", "customer_waits", "advisor_id", "bay_id", "technician_id", "checked_in_at",
        "promised_at", "first_promised_at", "dispatched_at", "started_at", "checked_at", "ready_at", "settled_at", "delivered_at", "delivered_to",
        "rework_count", "signed_how", "agreed_total", "note", "version",
    ),
    "authorisation": ("id", "order_id", "how", "by_name", "agreed_total", "authorised_at", "staff_id", "note"),
    "work_order_line": ("order_id", "position", "authorisation_id", "done_at", "done_by_id", "settlement_id", *_LINE),
    "odometer_reading": ("vehicle_id", "kilometres", "read_at", "source", "order_id"),
    "quality_check": ("order_id", "level", "passed", "checked_at", "staff_id"),
    "settlement": ("id", "number", "order_id", "payer", "customer_id", "state", "total", "tax", "settled_at", "written_off", "staff_id", "version"),
    "payment": ("settlement_id", "method", "amount", "paid_at", "staff_id", "reference"),
}  # fmt: skip


def _empty(*tables: str) -> Tables:
    return {name: (_COLUMNS[name], []) for name in tables}


def phone_of(customer: int) -> str:
    """The E.164 number of a customer of the load."""
    return f"+86{13_000_000_000 + customer * 7_919_317 % _MOBILE_NUMBERS}"


def plate_of(vehicle: int, power_train: str) -> tuple[str, str, str]:
    """Plate, kind and colour of a vehicle of the load."""
    if power_train in ("battery", "plug_in_hybrid"):
        office, serial = divmod(vehicle, _NEW_ENERGY_PER_OFFICE)
        return f"{_OFFICES[office]}{'D' if power_train == 'battery' else 'F'}{serial * 7919 % _NEW_ENERGY_PER_OFFICE:05}", "NEV_SMALL", "green"
    office, serial = divmod(vehicle, _PER_OFFICE)
    letter, digits = divmod(serial * 7919 % _PER_OFFICE, 10_000)
    return f"{_OFFICES[office]}{digits // 100:02}{_LETTERS[letter]}{digits % 100:02}", "NORMAL", "blue"


class People:
    """Customers, each with two vehicles, their plates, phones and keys."""

    def __init__(self, pool: Pool, vehicles: int, last_visit_at: LastVisits, opened: dt.datetime) -> None:
        self._pool = pool
        self._vehicles = vehicles
        self._last_visit_at = last_visit_at
        self._opened = moment_for_store(opened)
        self._opened_on = opened.date()
        self._name_keys: dict[str, list[str]] = {}

    def chunks(self, size: int) -> Iterator[tuple[int, Tables]]:
        """Rows of so many vehicles at a time, with how many are done."""
        for first in range(1, self._vehicles + 1, size):
            tables = _empty("customer", "customer_phone", "vehicle", "vehicle_plate", "ownership", "search_key")
            last = min(first + size - 1, self._vehicles)
            for vehicle in range(first, last + 1):
                if vehicle % 2:
                    self._customer((vehicle + 1) // 2, tables)
                self._vehicle(vehicle, tables)
            yield last, tables

    def _customer(self, customer: int, tables: Tables) -> None:
        name, name_key, language = self._pool.names[customer * 31 % len(self._pool.names)]
        phone = phone_of(customer)
        tables["customer"][1].append(
            (customer, name, name_key, "", 0, "", "", "", language, "", 1, 0, 0, "", "", self._opened, 1)
        )  # fmt: skip
        tables["customer_phone"][1].append((customer, phone, phone[3:], 0))
        if name not in self._name_keys:
            self._name_keys[name] = sorted(customer_keys(name, "", ()))
        keys = tables["search_key"][1]
        keys += [(key, "c", customer) for key in self._name_keys[name]]
        keys += [(key, "c", customer) for key in search_text.phone_keys(phone)]

    def _vehicle(self, vehicle: int, tables: Tables) -> None:
        pool = self._pool
        model = pool.models[vehicle * 17 % len(pool.models)]
        bought = self._opened_on - dt.timedelta(days=vehicle * 37 % 1800)
        bought_on = bought.isoformat()
        number = vin_of(vehicle, model.wmi[0], bought.year)
        ends = add_months(bought, 72).isoformat()
        tables["vehicle"][1].append(
            (
                vehicle, number, number, pool.makers[model.maker].zh_TW, model.name.zh_TW, bought.year, "", model.body, model.power_train, "", bought_on,
                bought_on, vehicle % 3 == 0, ends, "kept", 0, "", self._opened, self._last_visit_at(vehicle), 1,
            )
        )  # fmt: skip
        bears, kind, colour = plate_of(vehicle, model.power_train)
        tables["vehicle_plate"][1].append((vehicle, bears, plate.display(bears), colour, "CN", kind, bought_on))
        tables["ownership"][1].append((vehicle, (vehicle + 1) // 2, "owner", bought_on))
        tables["search_key"][1].extend((key, "v", vehicle) for key in vehicle_keys((bears,), number))


_YEAR_CODES = "ABCDEFGHJKLMNPRSTVWXY123456789"


def vin_of(vehicle: int, wmi: str, year: int) -> str:
    """A VIN with the right check digit, another one for each vehicle."""
    code = _YEAR_CODES[(year - 1980) % len(_YEAR_CODES)]
    plant, serial = divmod(vehicle, 1_000_000)
    return vin.with_check_digit(f"{wmi}BV5430{code}{_LETTERS[plant]}{serial:06}")


class LastVisits:
    """When each vehicle was here last."""

    def __init__(self, visits: Visits) -> None:
        self._visits = visits

    def __call__(self, vehicle: int) -> str:
        return self._visits.arrives(self._visits.count - self._visits.vehicles + vehicle - 1)


class Visits:
    """All visits in the order of time: every vehicle once, then every vehicle again, spread over the working days."""

    def __init__(self, pool: Pool, calendar: WorkingCalendar, vehicles: int, each: int, today: dt.date, days: int) -> None:
        self.vehicles = vehicles
        self.count = vehicles * each
        self._pool = pool
        candidates = [today - dt.timedelta(days=back) for back in range(days, 0, -1)]
        self._days = [day for day in candidates if calendar.is_working_day(day)]
        self.opened = calendar.spans_on(self._days[0])[0][0]
        self._calendar = calendar
        self._clock: dict[int, list[str]] = {}
        self.counters: dict[tuple[str, dt.date], int] = {}
        for place, day in enumerate(self._days):
            number = self._first_of(place + 1) - self._first_of(place)
            if number:
                self.counters[WORK_ORDER, day] = self.counters[SETTLEMENT, day] = number
        self.last_visit_at = LastVisits(self)

    def _first_of(self, place: int) -> int:
        """The first visit of a working day."""
        return -(-place * self.count // len(self._days))

    def _minutes(self, place: int) -> list[str]:
        """The moments of a working day by the minute after half past eight, as the store keeps them."""
        found = self._clock.get(place)
        if found is None:
            if len(self._clock) > 3:
                self._clock.clear()
            start = self._calendar.moment(self._days[place], 510)
            found = self._clock[place] = [moment_for_store(start + dt.timedelta(minutes=minute)) for minute in range(541)]
        return found

    def _place(self, visit: int) -> tuple[int, int, int]:
        """Working day, place in it from 0, and how many visits that day has."""
        place = visit * len(self._days) // self.count
        first = self._first_of(place)
        return place, visit - first, self._first_of(place + 1) - first

    def arrives(self, visit: int) -> str:
        """When a visit's car comes, as the store keeps it."""
        place, position, number = self._place(visit)
        return self._minutes(place)[position * 420 // number]

    def chunks(self, size: int) -> Iterator[tuple[int, Tables]]:
        """Rows of so many visits at a time, with how many are done."""
        for first in range(0, self.count, size):
            tables = _empty("work_order", "authorisation", "settlement", "work_order_line", "odometer_reading", "quality_check", "payment")
            last = min(first + size, self.count)
            self._fill(first, last, tables)
            yield last, tables

    def _fill(self, first: int, last: int, tables: Tables) -> None:
        pool, crew = self._pool, self._pool.crew
        orders, authorisations, settlements, lines, readings, checks, payments = (rows for _, rows in tables.values())
        staff = crew.staff
        advisors, technicians, bays = crew.advisors, crew.technicians[:3], crew.bays_of["lift"]
        cashier, keeper, foreman = staff["he"], staff["tian"], staff["luo"]
        for visit in range(first, last):
            place, position, number = self._place(visit)
            minutes = self._minutes(place)
            at = position * 420 // number
            arrived, dispatched, started, ready, settled, delivered = (minutes[at + later] for later in (0, 5, 12, 70, 85, 90))
            order, vehicle = visit + 1, visit % self.vehicles + 1
            customer = (vehicle + 1) // 2
            power_train = pool.models[vehicle * 17 % len(pool.models)].power_train
            bears, _, colour = plate_of(vehicle, power_train)
            name = pool.names[customer * 31 % len(pool.names)][0]
            kilometres = 6_000 + vehicle * 131 % 40_000 + visit // self.vehicles * (5_000 + vehicle * 17 % 6_000)
            bill = pool.bills[visit * 7 % len(pool.bills)]
            advisor, technician = advisors[visit % 2], technicians[visit % 3]
            day = self._days[place]
            label = format_number(WORK_ORDER, day, position + 1).removeprefix(WORK_ORDER)
            orders.append(
                (
                    order, f"{WORK_ORDER}{label}", "delivered", "maintenance", vehicle, customer, "",
                    phone_of(customer), bears, colour, kilometres, 4, 1, "", "", 0, 1, 0,
                    advisor, bays[visit % len(bays)], technician, arrived, settled, settled, dispatched, started, ready, ready, settled, delivered, name, 0,
                    "on_paper", bill.total, "", 1,
                )
            )  # fmt: skip
            authorisations.append((order, order, "signature", name, bill.total, arrived, advisor, ""))
            settlements.append((order, f"{SETTLEMENT}{label}", order, "customer", customer, "paid", bill.total, bill.tax, settled, 0, cashier, 1))
            for number_of_line, line in enumerate(bill.lines):
                by = technician if line[0] == "labour" else keeper
                lines.append((order, number_of_line, order, ready, by, order, *line))
            readings.append((vehicle, kilometres, arrived, "check_in", order))
            checks.append((order, "final", 1, ready, foreman))
            if bill.total:
                payments.append((order, _METHODS[visit % 4], bill.total, settled, cashier, ""))


class Keys:
    """The search keys of a load: SQLite takes them sorted from a table of its own, since they are the table's order."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sorted = connection.dialect.name == "sqlite"
        if self._sorted:
            connection.execute(text("CREATE TEMP TABLE loaded_key (key TEXT, subject TEXT, subject_id INTEGER)"))

    def keep(self, writer: TableWriter, rows: list[tuple[Any, ...]]) -> None:
        """Take some keys in."""
        if not self._sorted:
            writer.write_tuples(Base.metadata.tables["search_key"], _COLUMNS["search_key"], rows)
            return
        driver = self._connection.connection.driver_connection
        assert driver is not None
        driver.executemany("INSERT INTO loaded_key VALUES (?, ?, ?)", rows).close()

    def write(self) -> None:
        """Put all of them where they belong."""
        if self._sorted:
            self._connection.execute(text("INSERT INTO search_key (key, subject, subject_id) SELECT key, subject, subject_id FROM loaded_key ORDER BY 1, 2, 3"))
            self._connection.execute(text("DROP TABLE loaded_key"))
