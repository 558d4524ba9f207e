"""Orders that the printing tests set in type: an ordinary one and ones that try to break a page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from db.queries.paper_content import (
    Belonging,
    ComplaintOnPaper,
    DamageMarkOnPaper,
    Letterhead,
    OrderOnPaper,
    PaperLine,
    PayerTotal,
    PersonOnPaper,
    VehicleOnPaper,
)

ZONE = dt.timezone(dt.timedelta(hours=8))


def moment(hour: int, minute: int, day: int = 24) -> dt.datetime:
    """A moment of November 2026 in the shop's zone."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=ZONE).astimezone(dt.UTC)


LETTERHEADS = {
    "zh_TW": Letterhead("順通汽車服務", "K7Q2", "南山區科技南路 18 號", "0755-8620 1177", "0755-8620 1100", "二類"),
    "zh_CN": Letterhead("顺通汽车服务", "K7Q2", "南山区科技南路 18 号", "0755-8620 1177", "0755-8620 1100", "二类"),
    "en": Letterhead("Shuntong Auto Service", "K7Q2", "18 Keji South Road, Nanshan", "0755-8620 1177", "0755-8620 1100", "class 2"),
}

_WORDS = {
    "zh_TW": {
        "customer": "陳志強", "bringer": "陳美玲", "model": "凱美瑞 2.5G", "colour": "珍珠白", "maker": "豐田",
        "complaint": "早上冷車起步有咯吱聲，輕踩剎車時右前輪那邊比較明顯，跑十幾分鐘就沒有了。",
        "complaint2": "空調出風有霉味，開外循環好一點。",
        "package": "60,000 km 保養套餐", "oil": "機油 0W-20", "filter": "機油濾清器", "air": "空氣濾清器", "gear": "變速箱油", "service": "60,000 km 保養",
        "diagnosis": "剎車異響診斷（右前）", "pads": "前剎車片", "fit": "前剎車片更換", "recall": "召回 R-2026-014　燃油泵更換", "set": "副", "piece": "個",
        "wheel": "右後輪圈修復（鴻達輪圈）", "waste": "廢油處理費", "scratch": "見底漆", "bumper": "左角", "chips": "石擊點 2 處",
        "camera": "行車紀錄儀", "umbrella": "雨傘", "advisor": "林依君", "technician": "梁師傅", "bay": "1 號工位", "lamp": "胎壓警示燈",
        "address": "深圳市南山區粵海街道高新南九道 10 號", "worse": "空調系統除菌清潔",
    },
    "zh_CN": {
        "customer": "陈志强", "bringer": "陈美玲", "model": "凯美瑞 2.5G", "colour": "珍珠白", "maker": "丰田",
        "complaint": "早上冷车起步有咯吱声，轻踩刹车时右前轮那边比较明显，跑十几分钟就没有了。",
        "complaint2": "空调出风有霉味，开外循环好一点。",
        "package": "60,000 km 保养套餐", "oil": "机油 0W-20", "filter": "机油滤清器", "air": "空气滤清器", "gear": "变速箱油", "service": "60,000 km 保养",
        "diagnosis": "刹车异响诊断（右前）", "pads": "前刹车片", "fit": "前刹车片更换", "recall": "召回 R-2026-014　燃油泵更换", "set": "副", "piece": "个",
        "wheel": "右后轮圈修复（鸿达轮圈）", "waste": "废油处理费", "scratch": "见底漆", "bumper": "左角", "chips": "石击点 2 处",
        "camera": "行车记录仪", "umbrella": "雨伞", "advisor": "林依君", "technician": "梁师傅", "bay": "1 号工位", "lamp": "胎压警示灯",
        "address": "深圳市南山区粤海街道高新南九道 10 号", "worse": "空调系统除菌清洁",
    },
    "en": {
        "customer": "Chan Chi Keung", "bringer": "Chan Mei Ling", "model": "Camry 2.5G", "colour": "pearl white", "maker": "Toyota",
        "complaint": "It squeaks when setting off cold in the morning, most at the front right when I touch the brake, and is gone after ten minutes.",
        "complaint2": "The air conditioning smells musty, less so with fresh air.",
        "package": "60,000 km service package", "oil": "Engine oil 0W-20", "filter": "Oil filter", "air": "Air filter", "gear": "Gearbox oil",
        "service": "60,000 km service", "diagnosis": "Brake noise diagnosis (front right)", "pads": "Front brake pads", "fit": "Replace front brake pads",
        "recall": "Recall R-2026-014: replace fuel pump", "set": "set", "piece": "pc",
        "wheel": "Rear right rim repair (Hongda Rims)", "waste": "Waste oil disposal", "scratch": "down to the primer", "bumper": "left corner",
        "chips": "2 stone chips", "camera": "dash camera", "umbrella": "umbrella", "advisor": "Lam Yee-kwan", "technician": "Keung", "bay": "Bay 1",
        "lamp": "tyre pressure", "address": "10 Gaoxin South 9th Road, Nanshan, Shenzhen", "worse": "Clean the air conditioning",
    },
}  # fmt: skip


def ordinary(language: str = "zh_TW") -> OrderOnPaper:
    """An order as on most days: a returning car with a package, a noise, a recall and three marks."""
    order = mixed(language)
    kept = [line for line in order.lines if line.kind not in ("sublet", "fee") and line.consent == "authorised"]
    totals = (PayerTotal("customer", 56100, 173800, 0, 0, 229900, 26449), order.totals[1])
    return replace(order, complaints=order.complaints[:1], lines=tuple(kept), totals=totals, agreed_total=229900, not_agreed=0, bringer=None)


def mixed(language: str = "zh_TW") -> OrderOnPaper:
    """An order with something of every kind, brought by another, one line not yet agreed to."""
    say = _WORDS[language]
    lines = (
        PaperLine("package", say["package"], "PKG-60", 1000, "", 1600, 129800, 0, 129800),
        PaperLine(
            "labour", say["service"], "L-060", 1600, "h", 1600, 15000, 0, 24000, in_package=True, technician=say["technician"], work_class="first_maintenance"
        ),
        PaperLine("part", say["oil"], "08880-83264", 4200, "L", 0, 9500, 0, 39900, part_origin="original", in_package=True),
        PaperLine("part", say["filter"], "04152-YZZA1", 1000, say["piece"], 0, 6800, 0, 6800, part_origin="original", in_package=True),
        PaperLine("part", say["air"], "17801-0H050", 1000, say["piece"], 0, 15800, 0, 15800, part_origin="original", in_package=True),
        PaperLine("part", say["gear"], "08886-02305", 4000, "L", 0, 10825, 0, 43300, part_origin="original", in_package=True),
        PaperLine("labour", say["diagnosis"], "L-311", 500, "h", 500, 30000, 0, 15000, technician=say["technician"], work_class="minor_repair", complaint=0),
        PaperLine("labour", say["fit"], "L-312", 900, "h", 900, 20000, 500, 17100, technician=say["technician"], work_class="minor_repair", complaint=0),
        PaperLine("part", say["pads"], "04465-06100", 1000, say["set"], 0, 68000, 0, 68000, part_origin="original", complaint=0),
        PaperLine("labour", say["recall"], "R-2026-014", 800, "h", 800, 15000, 0, 12000, payer="recall", technician=say["technician"]),
        PaperLine("sublet", say["wheel"], "", 1000, "", 0, 35000, 0, 35000),
        PaperLine("labour", say["worse"], "L-420", 600, "h", 600, 20000, 0, 12000, consent="proposed", complaint=1),
        PaperLine("fee", say["waste"], "", 1000, "", 0, 1000, 0, 1000),
    )
    return OrderOnPaper(
        number="W261124-007",
        customer=PersonOnPaper(say["customer"], "mr", "138 2764 4417", "138 **** 4417", say["address"]),
        bringer=PersonOnPaper(say["bringer"], "ms", "139 0011 2233", "139 **** 2233"),
        vehicle=VehicleOnPaper(
            "粤B8K326", vin="LVGBE40K9M0084731", maker=say["maker"], model=say["model"], model_year=2021, colour=say["colour"], engine_number="A25A-1178253"
        ),
        checked_in_at=moment(14, 32),
        promised_at=moment(18, 10),
        odometer_km=61284,
        printed_at=moment(14, 33),
        printed_by=say["advisor"],
        language=language,
        complaints=(ComplaintOnPaper(say["complaint"]), ComplaintOnPaper(say["complaint2"])),
        lines=lines,
        totals=(
            PayerTotal("customer", 56100, 173800, 35000, 1000, 265900, 30590),
            PayerTotal("recall", 12000, 0, 0, 0, 12000, 1381),
        ),
        agreed_total=265900,
        not_agreed=12000,
        fuel_eighths=5,
        marks=(
            DamageMarkOnPaper("door_fr", "right", 0.44, 0.52, "scratch", 120, say["scratch"], 2),
            DamageMarkOnPaper("front_bumper", "top", 0.2, 0.05, "scratch", None, say["bumper"], 0, True),
            DamageMarkOnPaper("hood", "top", 0.48, 0.2, "chip", None, say["chips"], 1, True),
        ),
        belongings=(Belonging(say["camera"]), Belonging(say["umbrella"], 2)),
        keys_count=1,
        key_tag="17",
        warning_lamps=say["lamp"],
        advisor=say["advisor"],
        bay=say["bay"],
        technician=say["technician"],
    )


HOSTILE_NAMES = (
    "<b>",
    "A & B <C>",
    "😀👨‍👩‍👧🇨🇳",
    "長" * 200,
    "x" * 200,
    "مرحبا بالعالم",
    "שלום עולם (רכב)",
    "e\u0301\u0302\u0303\u0304\u0305",
    "\x00\x07\ud800",
    "𨋢𠮷粤鲁",
)


def hostile(language: str, name: str) -> OrderOnPaper:
    """The ordinary order with a name that tries to break the page, everywhere a person can type."""
    order = mixed(language)
    return replace(
        order,
        customer=replace(order.customer, name=name, address=name, phone=name, masked_phone=name),
        bringer=PersonOnPaper(name),
        vehicle=replace(order.vehicle, model=name, colour=name, maker=""),
        complaints=(ComplaintOnPaper(name, (name,)), ComplaintOnPaper("", (name * 3,))),
        lines=tuple(replace(line, name=name, technician=name, code=name, unit=name[:6]) for line in order.lines),
        marks=tuple(replace(mark, note=name, kind=name) for mark in order.marks),
        belongings=(Belonging(name),),
        advisor=name,
        technician=name,
        bay=name,
        key_tag=name,
        warning_lamps=name,
        note=name,
        printed_by=name,
    )


def long(language: str) -> OrderOnPaper:
    """Sixty lines, long texts, many marks."""
    order = mixed(language)
    lines = []
    for number in range(60):
        line = order.lines[6 + number % 3]
        lines.append(replace(line, name=f"{number + 1}. {line.name}" + (f" {line.name}" * 6 if number % 11 == 5 else "")))
    marks = tuple(replace(order.marks[number % 3], x=0.05 + number * 0.04) for number in range(24))
    return replace(order, complaints=(ComplaintOnPaper(order.complaints[0].words * 8),) * 6, lines=tuple(lines), marks=marks)
