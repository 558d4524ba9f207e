"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

from db.migrations import history_triggers
from db.models import base

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachment_bytes",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("thumbnail", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_attachment_bytes")),
    )
    op.create_table(
        "bay",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("lift", "alignment", "sheet_metal", "paint", "wash", name="baykind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bay")),
    )
    op.create_table(
        "campaign",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("is_recall", sa.Boolean(), nullable=False),
        sa.Column("name_zh_tw", sa.Text(), nullable=False),
        sa.Column("name_zh_cn", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("makers", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("models", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("operation_code", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("code", name=op.f("uq_campaign_code")),
    )
    op.create_table(
        "catalogue_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("details", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name_zh_tw", sa.Text(), nullable=False),
        sa.Column("name_zh_cn", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_entry")),
        sa.UniqueConstraint("subject", "code", name=op.f("uq_catalogue_entry_subject_code")),
    )
    op.create_table(
        "catalogue_key",
        sa.Column("key", sa.String().with_variant(sa.VARCHAR(collation="C"), "postgresql"), nullable=False),
        sa.Column("subject", sa.String(length=9), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", "subject", "code", name=op.f("pk_catalogue_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "closure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
        sa.UniqueConstraint("day", name=op.f("uq_closure_day")),
    )
    op.create_table(
        "customer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.String().with_variant(sa.VARCHAR(collation="C"), "postgresql"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("is_company", sa.Boolean(), nullable=False),
        sa.Column("contact_person", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("licence_number", sa.Text(), nullable=False),
        sa.Column("language", sa.Enum("zh_TW", "zh_CN", "en", name="language", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("came_by", sa.Text(), nullable=False),
        sa.Column("consent_to_call", sa.Boolean(), nullable=False),
        sa.Column("is_account", sa.Boolean(), nullable=False),
        sa.Column("account_limit", sa.Integer(), nullable=True),
        sa.Column("account_months", sa.Integer(), nullable=True),
        sa.Column("is_government", sa.Boolean(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", base.Moment(), nullable=False),
        sa.Column("erased_at", base.Moment(), nullable=True),
        sa.Column("merged_into_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["merged_into_id"], ["customer.id"], name=op.f("fk_customer_merged_into_id_customer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
    )
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_customer_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index("ix_customer_name_key", ["name_key", "id"], unique=False)

    op.create_table(
        "double_dismissed",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("first_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("second_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dismissed_at", base.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_double_dismissed")),
        sa.UniqueConstraint("subject", "first_id", "second_id", name=op.f("uq_double_dismissed_subject_first_id_second_id")),
    )
    op.create_table(
        "history",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", base.Moment(), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("approved_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("request_id", sa.String(length=36), nullable=False),
        sa.Column("verb", sa.String(length=48), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("change", sa.String(length=8), nullable=False),
        sa.Column("changes", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.create_index("ix_history_order_id", ["order_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_history_request_id"), ["request_id"], unique=False)
        batch_op.create_index("ix_history_subject", ["subject", "subject_id"], unique=False)

    op.create_table(
        "history_head",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("last_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("last_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_history_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_head")),
    )
    op.create_table(
        "inspection_point",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("group_code", sa.String(length=2), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("each_wheel", sa.Boolean(), nullable=False),
        sa.Column("is_safety", sa.Boolean(), nullable=False),
        sa.Column("limits", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("verdict_words", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("recommendation_code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name_zh_tw", sa.Text(), nullable=False),
        sa.Column("name_zh_cn", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_point")),
        sa.UniqueConstraint("code", name=op.f("uq_inspection_point_code")),
    )
    op.create_table(
        "insurer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("short_zh_tw", sa.Text(), nullable=False),
        sa.Column("short_zh_cn", sa.Text(), nullable=False),
        sa.Column("short_en", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("needs_checking", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name_zh_tw", sa.Text(), nullable=False),
        sa.Column("name_zh_cn", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insurer")),
        sa.UniqueConstraint("code", name=op.f("uq_insurer_code")),
    )
    op.create_table(
        "labour_operation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("hours", sa.BigInteger(), nullable=False),
        sa.Column("hourly_price", sa.BigInteger(), nullable=False),
        sa.Column("skill", sa.String(length=16), nullable=False),
        sa.Column("work_class", sa.String(length=32), nullable=False),
        sa.Column("tax_basis_points", sa.Integer(), nullable=False),
        sa.Column("power_trains", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("find_words", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name_zh_tw", sa.Text(), nullable=False),
        sa.Column("name_zh_cn", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labour_operation")),
        sa.UniqueConstraint("code", name=op.f("uq_labour_operation_code")),
    )
    op.create_table(
        "loaner",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plate", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loaner")),
        sa.UniqueConstraint("plate", name=op.f("uq_loaner_plate")),
    )
    op.create_table(
        "number_counter",
        sa.Column("series", sa.String(length=2), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "day", name=op.f("pk_number_counter")),
    )
    op.create_table(
        "package",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("power_trains", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("find_words", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name_zh_tw", sa.Text(), nullable=False),
        sa.Column("name_zh_cn", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package")),
        sa.UniqueConstraint("code", name=op.f("uq_package_code")),
    )
    op.create_table(
        "part",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("labour", "part", "consumable", "sublet", "fee", name="linekind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum(
                "original",
                "same_quality",
                "remanufactured",
                "repaired",
                "customer_supplied",
                "aftermarket",
                name="partorigin",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("guarantee_days", sa.Integer(), nullable=True),
        sa.Column("guarantee_km", sa.Integer(), nullable=True),
        sa.Column("tax_basis_points", sa.Integer(), nullable=False),
        sa.Column("operation_codes", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("find_words", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name_zh_tw", sa.Text(), nullable=False),
        sa.Column("name_zh_cn", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part")),
        sa.UniqueConstraint("code", name=op.f("uq_part_code")),
    )
    op.create_table(
        "partner",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("reward", sa.BigInteger(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
    )
    op.create_table(
        "request_done",
        sa.Column("request_id", sa.String(length=36), nullable=False),
        sa.Column("verb", sa.String(length=48), nullable=False),
        sa.Column("at", base.Moment(), nullable=False),
        sa.Column("result", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=True),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_request_done")),
    )
    op.create_table(
        "schedule_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("power_train", sa.String(length=16), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("kilometres", sa.Integer(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("item_kind", sa.String(length=12), nullable=False),
        sa.Column("item_code", sa.Text(), nullable=False),
        sa.Column("is_first_service", sa.Boolean(), nullable=False),
        sa.Column("tolerance_kilometres", sa.Integer(), nullable=True),
        sa.Column("tolerance_days", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name_zh_tw", sa.Text(), nullable=False),
        sa.Column("name_zh_cn", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule_item")),
        sa.UniqueConstraint("power_train", "code", name=op.f("uq_schedule_item_power_train_code")),
    )
    op.create_table(
        "search_key",
        sa.Column("key", sa.String().with_variant(sa.VARCHAR(collation="C"), "postgresql"), nullable=False),
        sa.Column("subject", sa.String(length=1), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("key", "subject", "subject_id", name=op.f("pk_search_key")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("search_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_key_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "shop",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("complaint_phone", sa.Text(), nullable=False),
        sa.Column("licence_class", sa.Text(), nullable=False),
        sa.Column("region", sa.String(length=2), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("sign_in", sa.Boolean(), nullable=False),
        sa.Column("weekly_hours", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("settings", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("demo_day", sa.Date(), nullable=True),
        sa.Column("demo_seed", sa.Integer(), nullable=True),
        sa.Column("created_at", base.Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_shop_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("skills", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("working_days", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=True),
        sa.Column("badge", sa.Text(), nullable=True),
        sa.Column("failed_pins", sa.Integer(), nullable=False),
        sa.Column("locked_until", base.Moment(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("badge", name=op.f("uq_staff_badge")),
    )
    op.create_table(
        "vehicle",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("vin", sa.String().with_variant(sa.VARCHAR(collation="C"), "postgresql"), nullable=False),
        sa.Column("vin_typed", sa.Text(), nullable=False),
        sa.Column("maker", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("model_year", sa.Integer(), nullable=True),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("body", sa.String(length=8), nullable=False),
        sa.Column(
            "power_train",
            sa.Enum("petrol", "diesel", "hybrid", "plug_in_hybrid", "battery", name="powertrain", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("engine_number", sa.Text(), nullable=False),
        sa.Column("first_registered_on", sa.Date(), nullable=True),
        sa.Column("bought_on", sa.Date(), nullable=True),
        sa.Column("bought_here", sa.Boolean(), nullable=False),
        sa.Column("inspection_ends_on", sa.Date(), nullable=True),
        sa.Column("warranty_ends_on", sa.Date(), nullable=True),
        sa.Column(
            "fate", sa.Enum("kept", "sold_on", "scrapped", "moved", name="vehiclefate", native_enum=False, create_constraint=True, length=32), nullable=False
        ),
        sa.Column("severe_use", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", base.Moment(), nullable=False),
        sa.Column("last_visit_at", base.Moment(), nullable=True),
        sa.Column("merged_into_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["merged_into_id"], ["vehicle.id"], name=op.f("fk_vehicle_merged_into_id_vehicle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle")),
    )
    with op.batch_alter_table("vehicle", schema=None) as batch_op:
        batch_op.create_index("ix_vehicle_fate", ["fate", "last_visit_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_vehicle_inspection_ends_on"), ["inspection_ends_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_vehicle_last_visit_at"), ["last_visit_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_vehicle_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index(
            "uq_vehicle_vin",
            ["vin"],
            unique=True,
            sqlite_where=sa.text("vin <> '' AND merged_into_id IS NULL"),
            postgresql_where=sa.text("vin <> '' AND merged_into_id IS NULL"),
        )

    op.create_table(
        "appointment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String().with_variant(sa.VARCHAR(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "state",
            sa.Enum("booked", "checked_in", "not_shown", "cancelled", name="appointmentstate", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("starts_at", base.Moment(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("vehicle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("plate_typed", sa.Text(), nullable=False),
        sa.Column("name_typed", sa.Text(), nullable=False),
        sa.Column("phone_typed", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("package_codes", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("skill", sa.Text(), nullable=False),
        sa.Column("bay_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("advisor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", base.Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["advisor_id"], ["staff.id"], name=op.f("fk_appointment_advisor_id_staff")),
        sa.ForeignKeyConstraint(["bay_id"], ["bay.id"], name=op.f("fk_appointment_bay_id_bay")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_appointment_customer_id_customer")),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_appointment_vehicle_id_vehicle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("number", name=op.f("uq_appointment_number")),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointment_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_starts_at"), ["starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_vehicle_id"), ["vehicle_id"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("media_type", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=24), nullable=True),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("added_at", base.Moment(), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_attachment_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_sha256"), ["sha256"], unique=False)
        batch_op.create_index("ix_attachment_subject", ["subject", "subject_id"], unique=False)

    op.create_table(
        "customer_phone",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("e164", sa.String().with_variant(sa.VARCHAR(collation="C"), "postgresql"), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_customer_phone_customer_id_customer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_phone")),
    )
    with op.batch_alter_table("customer_phone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_customer_phone_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_customer_phone_e164"), ["e164"], unique=False)

    op.create_table(
        "draft",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("form", sa.String(length=32), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("window_key", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("updated_at", base.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_draft_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("form", "device", "window_key", name=op.f("uq_draft_form_device_window_key")),
    )
    op.create_table(
        "history_personal",
        sa.Column("history_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("side", sa.String(length=3), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["history_id"], ["history.id"], name=op.f("fk_history_personal_history_id_history")),
        sa.PrimaryKeyConstraint("history_id", "field", "side", name=op.f("pk_history_personal")),
    )
    op.create_table(
        "merge",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("kept_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("gone_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("moved", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("merged_at", base.Moment(), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("undone_at", base.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_merge_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
    )
    with op.batch_alter_table("merge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merge_gone_id"), ["gone_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merge_kept_id"), ["kept_id"], unique=False)

    op.create_table(
        "ownership",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("vehicle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role", sa.Enum("owner", "driver", "sender", "payer", name="ownershiprole", native_enum=False, create_constraint=True, length=32), nullable=False
        ),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_ownership_customer_id_customer")),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_ownership_vehicle_id_vehicle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ownership")),
    )
    with op.batch_alter_table("ownership", schema=None) as batch_op:
        batch_op.create_index("ix_ownership_customer_id", ["customer_id"], unique=False)
        batch_op.create_index("ix_ownership_vehicle_id", ["vehicle_id"], unique=False)
        batch_op.create_index(
            "uq_ownership_owner",
            ["vehicle_id"],
            unique=True,
            sqlite_where=sa.text("role = 'owner' AND until IS NULL"),
            postgresql_where=sa.text("role = 'owner' AND until IS NULL"),
        )

    op.create_table(
        "package_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("package_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("labour", "part", "consumable", "sublet", "fee", name="linekind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("item_code", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["package_id"], ["package.id"], name=op.f("fk_package_line_package_id_package")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_line")),
    )
    with op.batch_alter_table("package_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_package_line_package_id"), ["package_id"], unique=False)

    op.create_table(
        "policy",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("vehicle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("insurer_code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Enum("compulsory", "commercial", name="policykind", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("premium", sa.BigInteger(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("sold_here", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_policy_vehicle_id_vehicle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy")),
    )
    with op.batch_alter_table("policy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_policy_until_on"), ["until_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_policy_vehicle_id"), ["vehicle_id"], unique=False)

    op.create_table(
        "vehicle_plate",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("vehicle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plate", sa.String().with_variant(sa.VARCHAR(collation="C"), "postgresql"), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("colour", sa.String(length=16), nullable=False),
        sa.Column("region", sa.String(length=2), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_vehicle_plate_vehicle_id_vehicle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle_plate")),
    )
    with op.batch_alter_table("vehicle_plate", schema=None) as batch_op:
        batch_op.create_index("ix_vehicle_plate_vehicle_id", ["vehicle_id"], unique=False)
        batch_op.create_index(
            "uq_vehicle_plate_current", ["plate", "colour"], unique=True, sqlite_where=sa.text("until IS NULL"), postgresql_where=sa.text("until IS NULL")
        )
        batch_op.create_index(
            "uq_vehicle_plate_vehicle", ["vehicle_id"], unique=True, sqlite_where=sa.text("until IS NULL"), postgresql_where=sa.text("until IS NULL")
        )

    op.create_table(
        "claim",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String().with_variant(sa.VARCHAR(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "delivered", "closed", "withdrawn", name="claimstate", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "single",
                "own_fault",
                "others_fault",
                "shared",
                "injury",
                "theft",
                "other_damage",
                name="claimkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("severity", sa.Enum("light", "medium", "heavy", name="severity", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("vehicle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("driver_name", sa.Text(), nullable=False),
        sa.Column("insurer_code", sa.Text(), nullable=False),
        sa.Column("policy_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("report_number", sa.Text(), nullable=False),
        sa.Column("happened_at", base.Moment(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("reported_at", base.Moment(), nullable=False),
        sa.Column("surveyor", sa.Text(), nullable=False),
        sa.Column("assessor", sa.Text(), nullable=False),
        sa.Column("assessor_phone", sa.Text(), nullable=False),
        sa.Column("specialist_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("direct_payment", sa.Boolean(), nullable=False),
        sa.Column("liability_percent", sa.Integer(), nullable=False),
        sa.Column("reported_amount", sa.BigInteger(), nullable=False),
        sa.Column("assessed_amount", sa.BigInteger(), nullable=False),
        sa.Column("approved_amount", sa.BigInteger(), nullable=False),
        sa.Column("invoiced_amount", sa.BigInteger(), nullable=False),
        sa.Column("paid_amount", sa.BigInteger(), nullable=False),
        sa.Column("submitted_at", base.Moment(), nullable=True),
        sa.Column("paid_at", base.Moment(), nullable=True),
        sa.Column("closed_at", base.Moment(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_claim_customer_id_customer")),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_claim_policy_id_policy")),
        sa.ForeignKeyConstraint(["specialist_id"], ["staff.id"], name=op.f("fk_claim_specialist_id_staff")),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_claim_vehicle_id_vehicle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("number", name=op.f("uq_claim_number")),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index("ix_claim_state", ["state", "reported_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_vehicle_id"), ["vehicle_id"], unique=False)

    op.create_table(
        "claim_paper",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("claim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("needed", sa.Boolean(), nullable=False),
        sa.Column("received_at", base.Moment(), nullable=True),
        sa.Column("sent_at", base.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_paper_claim_id_claim")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_paper")),
        sa.UniqueConstraint("claim_id", "code", name=op.f("uq_claim_paper_claim_id_code")),
    )
    op.create_table(
        "claim_stage",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("claim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("needed", sa.Boolean(), nullable=False),
        sa.Column("standard_minutes", sa.Integer(), nullable=False),
        sa.Column("round_the_clock", sa.Boolean(), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("planned_start_at", base.Moment(), nullable=True),
        sa.Column("planned_end_at", base.Moment(), nullable=True),
        sa.Column("started_at", base.Moment(), nullable=True),
        sa.Column("ended_at", base.Moment(), nullable=True),
        sa.Column("signed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("overdue_reason", sa.Text(), nullable=True),
        sa.Column("falls_to", sa.Text(), nullable=True),
        sa.Column("entered_late", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_stage_claim_id_claim")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["staff.id"], name=op.f("fk_claim_stage_signed_by_id_staff")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_claim_stage_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_stage")),
    )
    with op.batch_alter_table("claim_stage", schema=None) as batch_op:
        batch_op.create_index("ix_claim_stage_claim_id", ["claim_id", "position"], unique=False)

    op.create_table(
        "claim_supplement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("claim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_amount", sa.BigInteger(), nullable=False),
        sa.Column("granted_amount", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", base.Moment(), nullable=False),
        sa.Column("answered_at", base.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_supplement_claim_id_claim")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_supplement")),
    )
    with op.batch_alter_table("claim_supplement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_supplement_claim_id"), ["claim_id"], unique=False)

    op.create_table(
        "lead",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("partner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("came_at", base.Moment(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("plate", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lost_reason", sa.Text(), nullable=True),
        sa.Column("claim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reward_due", sa.BigInteger(), nullable=False),
        sa.Column("reward_paid_at", base.Moment(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_lead_claim_id_claim")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_lead_partner_id_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead")),
    )
    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lead_came_at"), ["came_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_lead_partner_id"), ["partner_id"], unique=False)

    op.create_table(
        "work_order",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String().with_variant(sa.VARCHAR(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "checked_in",
                "dispatched",
                "in_progress",
                "waiting",
                "quality_check",
                "ready",
                "settled",
                "delivered",
                "cancelled",
                name="orderstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "maintenance",
                "repair",
                "accident",
                "warranty",
                "recall",
                "comeback",
                "internal",
                "pre_delivery",
                name="orderkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "waiting_for",
            sa.Enum("parts", "customer", "insurer", "sublet", "bay", name="waitingfor", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("waiting_until", base.Moment(), nullable=True),
        sa.Column("waiting_since", base.Moment(), nullable=True),
        sa.Column("vehicle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("sender_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("sender_name", sa.Text(), nullable=False),
        sa.Column("contact_phone", sa.Text(), nullable=False),
        sa.Column("plate", sa.Text(), nullable=False),
        sa.Column("plate_colour", sa.String(length=16), nullable=False),
        sa.Column("odometer_km", sa.Integer(), nullable=False),
        sa.Column("fuel_eighths", sa.Integer(), nullable=True),
        sa.Column("charge_percent", sa.Integer(), nullable=True),
        sa.Column("keys_count", sa.Integer(), nullable=False),
        sa.Column("key_tag", sa.Text(), nullable=False),
        sa.Column("warning_lamps", sa.Text(), nullable=False),
        sa.Column("keep_old_parts", sa.Boolean(), nullable=False),
        sa.Column("wash_wanted", sa.Boolean(), nullable=False),
        sa.Column("washed_at", base.Moment(), nullable=True),
        sa.Column("customer_waits", sa.Boolean(), nullable=False),
        sa.Column("advisor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("bay_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("technician_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("appointment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("claim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("comeback_of_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("comeback_line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("checked_in_at", base.Moment(), nullable=False),
        sa.Column("promised_at", base.Moment(), nullable=False),
        sa.Column("first_promised_at", base.Moment(), nullable=False),
        sa.Column("dispatched_at", base.Moment(), nullable=True),
        sa.Column("started_at", base.Moment(), nullable=True),
        sa.Column("checked_at", base.Moment(), nullable=True),
        sa.Column("ready_at", base.Moment(), nullable=True),
        sa.Column("settled_at", base.Moment(), nullable=True),
        sa.Column("delivered_at", base.Moment(), nullable=True),
        sa.Column("delivered_to", sa.Text(), nullable=False),
        sa.Column("cancelled_at", base.Moment(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("rework_count", sa.Integer(), nullable=False),
        sa.Column("signed_how", sa.Enum("signature", "on_paper", name="signedhow", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("signature_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("agreed_total", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'waiting') = (waiting_for IS NOT NULL)", name=op.f("ck_work_order_waiting_names_what_for")),
        sa.CheckConstraint("charge_percent IS NULL OR charge_percent BETWEEN 0 AND 100", name=op.f("ck_work_order_charge_percent")),
        sa.CheckConstraint("fuel_eighths IS NULL OR fuel_eighths BETWEEN 0 AND 8", name=op.f("ck_work_order_fuel_eighths")),
        sa.ForeignKeyConstraint(["advisor_id"], ["staff.id"], name=op.f("fk_work_order_advisor_id_staff")),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_work_order_appointment_id_appointment")),
        sa.ForeignKeyConstraint(["bay_id"], ["bay.id"], name=op.f("fk_work_order_bay_id_bay")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_work_order_claim_id_claim")),
        sa.ForeignKeyConstraint(["comeback_of_id"], ["work_order.id"], name=op.f("fk_work_order_comeback_of_id_work_order")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_work_order_customer_id_customer")),
        sa.ForeignKeyConstraint(["sender_id"], ["customer.id"], name=op.f("fk_work_order_sender_id_customer")),
        sa.ForeignKeyConstraint(["signature_id"], ["attachment.id"], name=op.f("fk_work_order_signature_id_attachment")),
        sa.ForeignKeyConstraint(["technician_id"], ["staff.id"], name=op.f("fk_work_order_technician_id_staff")),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_work_order_vehicle_id_vehicle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_order")),
        sa.UniqueConstraint("number", name=op.f("uq_work_order_number")),
    )
    with op.batch_alter_table("work_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_work_order_advisor_id"), ["advisor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_bay_id"), ["bay_id"], unique=False)
        batch_op.create_index("ix_work_order_checked_in_at", ["checked_in_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_delivered_at"), ["delivered_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_promised_at"), ["promised_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_settled_at"), ["settled_at"], unique=False)
        batch_op.create_index("ix_work_order_state", ["state", "checked_in_at", "id"], unique=False)
        batch_op.create_index("ix_work_order_vehicle_id", ["vehicle_id", "checked_in_at"], unique=False)
        batch_op.create_index(
            "uq_work_order_open_vehicle",
            ["vehicle_id"],
            unique=True,
            sqlite_where=sa.text("state NOT IN ('delivered', 'cancelled')"),
            postgresql_where=sa.text("state NOT IN ('delivered', 'cancelled')"),
        )

    op.create_table(
        "authorisation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "how",
            sa.Enum("signature", "phone", "message", "at_counter", name="authorisedhow", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("agreed_total", sa.BigInteger(), nullable=False),
        sa.Column("authorised_at", base.Moment(), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_authorisation_order_id_work_order")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_authorisation_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorisation")),
    )
    with op.batch_alter_table("authorisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_authorisation_order_id"), ["order_id"], unique=False)

    op.create_table(
        "campaign_vehicle",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("vehicle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("done_order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("done_at", base.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_vehicle_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["done_order_id"], ["work_order.id"], name=op.f("fk_campaign_vehicle_done_order_id_work_order")),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_campaign_vehicle_vehicle_id_vehicle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_vehicle")),
        sa.UniqueConstraint("campaign_id", "vehicle_id", name=op.f("uq_campaign_vehicle_campaign_id_vehicle_id")),
    )
    with op.batch_alter_table("campaign_vehicle", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_vehicle_vehicle_id"), ["vehicle_id"], unique=False)

    op.create_table(
        "claim_wait",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stage_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", base.Moment(), nullable=False),
        sa.Column("until", base.Moment(), nullable=True),
        sa.Column("expected_at", base.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["stage_id"], ["claim_stage.id"], name=op.f("fk_claim_wait_stage_id_claim_stage")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_wait")),
    )
    with op.batch_alter_table("claim_wait", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_wait_stage_id"), ["stage_id"], unique=False)

    op.create_table(
        "complaint",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("tags", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_complaint_order_id_work_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
    )
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_order_id"), ["order_id"], unique=False)

    op.create_table(
        "contact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("vehicle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("claim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "purpose",
            sa.Enum(
                "after_visit",
                "service_due",
                "first_service",
                "renewal",
                "inspection",
                "win_back",
                "recommendation",
                "promise",
                "claim",
                "debt",
                "other",
                name="contactpurpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "way", sa.Enum("phone", "message", "counter", "letter", name="contactway", native_enum=False, create_constraint=True, length=32), nullable=False
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("done_at", base.Moment(), nullable=True),
        sa.Column("next_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", base.Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_contact_claim_id_claim")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_contact_customer_id_customer")),
        sa.ForeignKeyConstraint(["next_id"], ["contact.id"], name=op.f("fk_contact_next_id_contact")),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_contact_order_id_work_order")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_contact_staff_id_staff")),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_contact_vehicle_id_vehicle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index("ix_contact_due", ["due_on", "done_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_order_id"), ["order_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_vehicle_id"), ["vehicle_id"], unique=False)

    op.create_table(
        "damage_mark",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=24), nullable=False),
        sa.Column("view", sa.String(length=8), nullable=False),
        sa.Column("x", sa.Double(), nullable=False),
        sa.Column("y", sa.Double(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("size_mm", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("known_before", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_damage_mark_order_id_work_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_damage_mark")),
    )
    with op.batch_alter_table("damage_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_damage_mark_order_id"), ["order_id"], unique=False)

    op.create_table(
        "inspection_result",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("vehicle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("point_code", sa.String(length=8), nullable=False),
        sa.Column("place", sa.String(length=4), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum("ok", "watch", "replace", "not_applicable", "not_checked", name="verdict", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("reason_better", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("odometer_km", sa.Integer(), nullable=False),
        sa.Column("checked_at", base.Moment(), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_inspection_result_order_id_work_order")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_inspection_result_staff_id_staff")),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_inspection_result_vehicle_id_vehicle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_result")),
        sa.UniqueConstraint("order_id", "point_code", "place", name=op.f("uq_inspection_result_order_id_point_code_place")),
    )
    with op.batch_alter_table("inspection_result", schema=None) as batch_op:
        batch_op.create_index("ix_inspection_result_vehicle_id", ["vehicle_id", "point_code", "checked_at"], unique=False)

    op.create_table(
        "loan",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("loaner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("out_at", base.Moment(), nullable=False),
        sa.Column("out_km", sa.Integer(), nullable=False),
        sa.Column("out_fuel_eighths", sa.Integer(), nullable=False),
        sa.Column("back_at", base.Moment(), nullable=True),
        sa.Column("back_km", sa.Integer(), nullable=True),
        sa.Column("back_fuel_eighths", sa.Integer(), nullable=True),
        sa.Column("damage", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_loan_customer_id_customer")),
        sa.ForeignKeyConstraint(["loaner_id"], ["loaner.id"], name=op.f("fk_loan_loaner_id_loaner")),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_loan_order_id_work_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan")),
    )
    with op.batch_alter_table("loan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_loan_loaner_id"), ["loaner_id"], unique=False)

    op.create_table(
        "odometer_reading",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("vehicle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kilometres", sa.Integer(), nullable=False),
        sa.Column("read_at", base.Moment(), nullable=False),
        sa.Column(
            "source", sa.Enum("check_in", "by_hand", "import", name="readingsource", native_enum=False, create_constraint=True, length=32), nullable=False
        ),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("implausible_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("kilometres >= 0", name=op.f("ck_odometer_reading_not_negative")),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_odometer_reading_order_id_work_order")),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_odometer_reading_vehicle_id_vehicle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_odometer_reading")),
    )
    with op.batch_alter_table("odometer_reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_odometer_reading_order_id"), ["order_id"], unique=False)
        batch_op.create_index("ix_odometer_reading_vehicle_id_read_at", ["vehicle_id", "read_at"], unique=False)

    op.create_table(
        "order_belonging",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("returned_at", base.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_order_belonging_order_id_work_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_belonging")),
    )
    with op.batch_alter_table("order_belonging", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_belonging_order_id"), ["order_id"], unique=False)

    op.create_table(
        "promise",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("vehicle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.Enum("open", "kept", "taken_back", name="promisestate", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("promised_at", base.Moment(), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("closed_at", base.Moment(), nullable=True),
        sa.Column("closed_words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_promise_customer_id_customer")),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_promise_order_id_work_order")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_promise_staff_id_staff")),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_promise_vehicle_id_vehicle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
    )
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promise_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_promise_vehicle_id"), ["vehicle_id"], unique=False)

    op.create_table(
        "quality_check",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("level", sa.Enum("self", "mutual", "final", name="checklevel", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("sent_back_for", sa.Text(), nullable=True),
        sa.Column("road_test_km", sa.Integer(), nullable=True),
        sa.Column("checked_at", base.Moment(), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_quality_check_order_id_work_order")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_quality_check_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_check")),
    )
    with op.batch_alter_table("quality_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quality_check_order_id"), ["order_id"], unique=False)

    op.create_table(
        "recommendation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("vehicle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "found",
                "presented",
                "accepted",
                "postponed",
                "declined",
                "done_here",
                "measured_good",
                "done_elsewhere",
                "refused_for_good",
                name="recommendationstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum(
                "inspection", "schedule", "recall", "campaign", "technician", name="recommendationsource", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("subject_code", sa.Text(), nullable=False),
        sa.Column("name_zh_tw", sa.Text(), nullable=False),
        sa.Column("name_zh_cn", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("point_code", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("measured_value", sa.Integer(), nullable=True),
        sa.Column("urgency", sa.Enum("now", "soon", "watch", "fine", name="urgency", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("is_safety", sa.Boolean(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("extra_minutes", sa.Integer(), nullable=False),
        sa.Column("line_plan", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("postponed_until", sa.Date(), nullable=True),
        sa.Column("postponed_until_km", sa.Integer(), nullable=True),
        sa.Column("found_at", base.Moment(), nullable=False),
        sa.Column("found_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["found_by_id"], ["staff.id"], name=op.f("fk_recommendation_found_by_id_staff")),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_recommendation_order_id_work_order")),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_recommendation_vehicle_id_vehicle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
    )
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recommendation_order_id"), ["order_id"], unique=False)
        batch_op.create_index("ix_recommendation_vehicle_id", ["vehicle_id", "state"], unique=False)

    op.create_table(
        "settlement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String().with_variant(sa.VARCHAR(collation="C"), "postgresql"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "payer",
            sa.Enum("customer", "warranty", "insurer", "internal", "goodwill", "recall", name="payer", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("insurer_code", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("open", "paid", "on_account", "written_off", "cancelled", name="settlementstate", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", base.Moment(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("written_off", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_settlement_customer_id_customer")),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_settlement_order_id_work_order")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_settlement_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
        sa.UniqueConstraint("number", name=op.f("uq_settlement_number")),
    )
    with op.batch_alter_table("settlement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_settlement_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_settlement_order_id"), ["order_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_settlement_settled_at"), ["settled_at"], unique=False)
        batch_op.create_index("ix_settlement_state", ["state", "settled_at"], unique=False)

    op.create_table(
        "voucher",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("vehicle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("state", sa.Enum("given", "used", "expired", name="voucherstate", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("given_at", base.Moment(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("used_order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("used_at", base.Moment(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_voucher_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_voucher_customer_id_customer")),
        sa.ForeignKeyConstraint(["used_order_id"], ["work_order.id"], name=op.f("fk_voucher_used_order_id_work_order")),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_voucher_vehicle_id_vehicle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher")),
        sa.UniqueConstraint("code", name=op.f("uq_voucher_code")),
    )
    with op.batch_alter_table("voucher", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voucher_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_voucher_vehicle_id"), ["vehicle_id"], unique=False)

    op.create_table(
        "paper_print",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("paper", sa.String(length=32), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("settlement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("copy_number", sa.Integer(), nullable=False),
        sa.Column("printed_at", base.Moment(), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_paper_print_order_id_work_order")),
        sa.ForeignKeyConstraint(["settlement_id"], ["settlement.id"], name=op.f("fk_paper_print_settlement_id_settlement")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_paper_print_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_print")),
    )
    with op.batch_alter_table("paper_print", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_print_order_id"), ["order_id"], unique=False)

    op.create_table(
        "payment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("settlement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "cash",
                "card",
                "wechat",
                "alipay",
                "bank",
                "account",
                "voucher",
                "insurer_direct",
                name="paymentmethod",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("paid_at", base.Moment(), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reverses_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("voucher_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["reverses_id"], ["payment.id"], name=op.f("fk_payment_reverses_id_payment")),
        sa.ForeignKeyConstraint(["settlement_id"], ["settlement.id"], name=op.f("fk_payment_settlement_id_settlement")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_payment_staff_id_staff")),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_payment_voucher_id_voucher")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_payment_reverses_id")),
    )
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_paid_at"), ["paid_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_settlement_id"), ["settlement_id"], unique=False)

    op.create_table(
        "recommendation_decision",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recommendation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "found",
                "presented",
                "accepted",
                "postponed",
                "declined",
                "done_here",
                "measured_good",
                "done_elsewhere",
                "refused_for_good",
                name="recommendationstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("measured_value", sa.Integer(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", base.Moment(), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_recommendation_decision_order_id_work_order")),
        sa.ForeignKeyConstraint(["recommendation_id"], ["recommendation.id"], name=op.f("fk_recommendation_decision_recommendation_id_recommendation")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_recommendation_decision_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_decision")),
    )
    with op.batch_alter_table("recommendation_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recommendation_decision_decided_at"), ["decided_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_recommendation_decision_recommendation_id"), ["recommendation_id"], unique=False)

    op.create_table(
        "work_order_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("complaint_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("labour", "part", "consumable", "sublet", "fee", name="linekind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_zh_tw", sa.Text(), nullable=False),
        sa.Column("name_zh_cn", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("package_code", sa.Text(), nullable=False),
        sa.Column("package_group", sa.Integer(), nullable=True),
        sa.Column("package_name_zh_tw", sa.Text(), nullable=False),
        sa.Column("package_name_zh_cn", sa.Text(), nullable=False),
        sa.Column("package_name_en", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("standard_minutes", sa.Integer(), nullable=False),
        sa.Column("skill", sa.Text(), nullable=False),
        sa.Column("work_class", sa.Text(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("unit_cost", sa.BigInteger(), nullable=False),
        sa.Column("discount_basis_points", sa.Integer(), nullable=False),
        sa.Column("adjustment", sa.BigInteger(), nullable=False),
        sa.Column("tax_basis_points", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column(
            "payer",
            sa.Enum("customer", "warranty", "insurer", "internal", "goodwill", "recall", name="payer", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "consent",
            sa.Enum("proposed", "authorised", "declined", "postponed", "withdrawn", name="consent", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("authorisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "work_state", sa.Enum("open", "working", "stopped", "done", name="workstate", native_enum=False, create_constraint=True, length=32), nullable=False
        ),
        sa.Column("done_at", base.Moment(), nullable=True),
        sa.Column("done_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("technician_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "part_origin",
            sa.Enum(
                "original",
                "same_quality",
                "remanufactured",
                "repaired",
                "customer_supplied",
                "aftermarket",
                name="partorigin",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("guarantee_days", sa.Integer(), nullable=True),
        sa.Column("guarantee_km", sa.Integer(), nullable=True),
        sa.Column("expected_at", base.Moment(), nullable=True),
        sa.Column("recommendation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("split_from_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("settlement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_work_order_line_quantity_not_negative")),
        sa.ForeignKeyConstraint(["authorisation_id"], ["authorisation.id"], name=op.f("fk_work_order_line_authorisation_id_authorisation")),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_work_order_line_complaint_id_complaint")),
        sa.ForeignKeyConstraint(["done_by_id"], ["staff.id"], name=op.f("fk_work_order_line_done_by_id_staff")),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_work_order_line_order_id_work_order")),
        sa.ForeignKeyConstraint(["recommendation_id"], ["recommendation.id"], name=op.f("fk_work_order_line_recommendation_id_recommendation")),
        sa.ForeignKeyConstraint(["settlement_id"], ["settlement.id"], name=op.f("fk_work_order_line_settlement_id_settlement")),
        sa.ForeignKeyConstraint(["split_from_id"], ["work_order_line.id"], name=op.f("fk_work_order_line_split_from_id_work_order_line")),
        sa.ForeignKeyConstraint(["technician_id"], ["staff.id"], name=op.f("fk_work_order_line_technician_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_order_line")),
    )
    with op.batch_alter_table("work_order_line", schema=None) as batch_op:
        batch_op.create_index("ix_work_order_line_order_id", ["order_id", "position", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_line_recommendation_id"), ["recommendation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_line_settlement_id"), ["settlement_id"], unique=False)

    op.create_table(
        "labour_session",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("technician_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("started_at", base.Moment(), nullable=False),
        sa.Column("ended_at", base.Moment(), nullable=True),
        sa.Column(
            "stop_reason",
            sa.Enum("done", "break", "other_car", "parts", "question", "end_of_day", name="stopreason", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("closed_by_day_end", sa.Boolean(), nullable=False),
        sa.Column("corrected_minutes", sa.Integer(), nullable=True),
        sa.Column("corrected_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("correction_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["corrected_by_id"], ["staff.id"], name=op.f("fk_labour_session_corrected_by_id_staff")),
        sa.ForeignKeyConstraint(["line_id"], ["work_order_line.id"], name=op.f("fk_labour_session_line_id_work_order_line")),
        sa.ForeignKeyConstraint(["technician_id"], ["staff.id"], name=op.f("fk_labour_session_technician_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labour_session")),
    )
    with op.batch_alter_table("labour_session", schema=None) as batch_op:
        batch_op.create_index("ix_labour_session_line_id", ["line_id"], unique=False)
        batch_op.create_index("ix_labour_session_technician_id", ["technician_id", "started_at"], unique=False)
        batch_op.create_index(
            "uq_labour_session_running", ["technician_id"], unique=True, sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL")
        )

    history_triggers.create(op.get_bind())
