"""The tables of the shop's records."""

from db.models.base import Base
from db.models.catalogue import CatalogueEntry, CatalogueKey, InspectionPoint, Insurer, LabourOperation, Package, PackageLine, Part, ScheduleItem
from db.models.claims import Claim, ClaimPaper, ClaimStageRow, ClaimSupplement, ClaimWait
from db.models.customers import Customer, CustomerPhone, DoubleDismissed, Merge, OdometerReading, Ownership, SearchKey, Vehicle, VehiclePlate
from db.models.history import History, HistoryHead, HistoryPersonal, RequestDone
from db.models.money import Campaign, CampaignVehicle, Loan, Loaner, Payment, Settlement, Voucher
from db.models.orders import Appointment, Authorisation, Complaint, DamageMark, OrderBelonging, PaperPrint, WorkOrder, WorkOrderLine
from db.models.relations import Contact, Lead, Partner, Policy, Promise
from db.models.shop import Bay, Closure, Draft, NumberCounter, Shop, Staff
from db.models.workshop import Attachment, AttachmentBytes, InspectionResult, LabourSession, QualityCheck, Recommendation, RecommendationDecision

__all__ = [
    "Appointment",
    "Attachment",
    "AttachmentBytes",
    "Authorisation",
    "Base",
    "Bay",
    "Campaign",
    "CampaignVehicle",
    "CatalogueEntry",
    "CatalogueKey",
    "Claim",
    "ClaimPaper",
    "ClaimStageRow",
    "ClaimSupplement",
    "ClaimWait",
    "Closure",
    "Complaint",
    "Contact",
    "Customer",
    "CustomerPhone",
    "DamageMark",
    "DoubleDismissed",
    "Draft",
    "History",
    "HistoryHead",
    "HistoryPersonal",
    "InspectionPoint",
    "InspectionResult",
    "Insurer",
    "LabourOperation",
    "LabourSession",
    "Lead",
    "Loan",
    "Loaner",
    "Merge",
    "NumberCounter",
    "OdometerReading",
    "OrderBelonging",
    "Ownership",
    "Package",
    "PackageLine",
    "PaperPrint",
    "Part",
    "Partner",
    "Payment",
    "Policy",
    "Promise",
    "QualityCheck",
    "Recommendation",
    "RecommendationDecision",
    "RequestDone",
    "ScheduleItem",
    "SearchKey",
    "Settlement",
    "Shop",
    "Staff",
    "Vehicle",
    "VehiclePlate",
    "Voucher",
    "WorkOrder",
    "WorkOrderLine",
]
