"""A work order's line as plain values: what a form collects, what the catalogue offers, what a rule works on."""

from __future__ import annotations

from dataclasses import dataclass

from db.rules.authorisation import LineStanding, work_state_when_authorised
from db.rules.money import line_amount
from db.rules.order_life import Consent, LineKind, PartOrigin, Payer, WorkState


@dataclass(frozen=True, slots=True)
class LineValues:
    """One line to be. Money in fen, tax included; quantity in thousandths of the unit (of an hour for labour); rates in basis points."""

    kind: LineKind
    code: str
    name_zh_tw: str
    name_zh_cn: str
    name_en: str
    quantity: int
    unit_price: int
    unit: str = ""
    unit_cost: int = 0
    discount_basis_points: int = 0
    adjustment: int = 0
    tax_basis_points: int = 1300
    payer: Payer = Payer.CUSTOMER
    standard_minutes: int = 0
    skill: str = ""
    work_class: str = ""
    package_code: str = ""
    package_group: int | None = None
    """Lines of one package bought together share a number, unique within the form."""
    package_name_zh_tw: str = ""
    package_name_zh_cn: str = ""
    package_name_en: str = ""
    part_origin: PartOrigin | None = None
    guarantee_days: int | None = None
    guarantee_km: int | None = None
    complaint: int | None = None
    """Index of the complaint in the form that it answers."""
    recommendation_id: int | None = None
    campaign_id: int | None = None
    """The recall or campaign that it carries out."""
    proposed: bool = False
    """True while the customer has not agreed to it."""

    @property
    def amount(self) -> int:
        """What the line comes to, in fen."""
        return line_amount(self.quantity, self.unit_price, self.discount_basis_points, self.adjustment)

    @property
    def standing(self) -> LineStanding:
        """The line as it will stand on the order."""
        consent = Consent.PROPOSED if self.proposed else Consent.AUTHORISED
        work_state = WorkState.OPEN if self.proposed else work_state_when_authorised(self.kind)
        return LineStanding(self.kind, self.payer, consent, work_state, self.amount, self.tax_basis_points)

    def name(self, language: str) -> str:
        """Its name in zh_TW, zh_CN or en."""
        return {"zh_TW": self.name_zh_tw, "zh_CN": self.name_zh_cn}.get(language, self.name_en)
