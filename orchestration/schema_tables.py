"""What tables the store has, as SQL: one text per version that added some."""

from __future__ import annotations

from typing import Final

TABLES: Final = """
create schema if not exists landing;
create table landing.schema_versions (schema_version bigint, applied_at timestamp);
create table landing.marks (mark_name varchar, mark_value varchar);
create table landing.files (
    load_id bigint, file_name varchar, sha256 varchar, size_bytes bigint, source_system varchar,
    entity varchar, mapping_sha256 varchar, reading_sha256 varchar, state varchar,
    rows_in bigint, rows_loaded bigint, rows_quarantined bigint, rows_erased bigint,
    lines_blank bigint, lines_preamble bigint, lines_repeated_header bigint, lines_total bigint,
    file_as_of varchar, encoding varchar, message_ja varchar, message_en varchar, run_id varchar,
    landed_at timestamp, first_landed_at timestamp
);
create table landing.seen_files (
    file_name varchar, size_bytes bigint, modified_ns bigint, changed_ns bigint, inode bigint,
    sha256 varchar
);
create table landing.quarantined_rows (
    load_id bigint, file_name varchar, line bigint, entity varchar, column_name varchar,
    value varchar, rule varchar, message_ja varchar, message_en varchar,
    way_out_ja varchar, way_out_en varchar, quarantined_at timestamp
);
create table landing.settings (setting_name varchar, setting_value varchar);
create table landing.source_settings (
    source_system varchar, lead_time_days bigint, has_delivery_data boolean
);
create table landing.erasures (kind varchar, id varchar, erased_at timestamp);
create table landing.runs (
    run_id varchar, started_at timestamp, finished_at timestamp, exit_code bigint, as_of varchar,
    model_count bigint, test_passed_count bigint, test_warned_count bigint,
    test_failed_count bigint, published_file varchar, input_sha256 varchar, message varchar
);
"""

# What a shop's own policy files say, written anew at every run like the settings.
REASON_TABLES: Final = """
create table landing.reason_taxonomy (
    reason_code varchar, group_code varchar, label_ja_text varchar, label_en_text varchar,
    definition_text varchar, owner_code varchar, second_owner_code varchar,
    fault_side_code varchar, size_direction_code varchar, is_controllable varchar,
    is_size_reason varchar, is_expectation_gap varchar, valid_from_date varchar,
    valid_to_date varchar
);
create table landing.reason_crosswalk (
    reason_system varchar, source_code varchar, reason_code varchar, is_ambiguous varchar
);
"""

CLOSINGS: Final = """
create table landing.closings (month varchar, metric varchar, amount bigint, closed_at timestamp)
"""

WORKLIST_DAYS: Final = """
create table landing.worklist_days (
    level_code varchar, style_id varchar, sku varchar, excess_count bigint, excess_amount bigint,
    is_alarm boolean, as_of_date date
)
"""

# Verdicts as they stood on past days, and what a shop says should be done about them.
FIT_TABLES: Final = """
create table landing.fit_verdict_days (
    style_id varchar, verdict_code varchar, diagnosis_code varchar, small_probability double,
    large_probability double, swap_probability double, delivered_count bigint,
    developed_exposure double, small_units double, large_units double, false_share double,
    as_of_date date
);
create table landing.shop_fit_advice (
    verdict_code varchar, diagnosis_code varchar, page_ja_text varchar, page_en_text varchar,
    maker_ja_text varchar, maker_en_text varchar
);
"""

# A text is read once per model and kept by its hash; the model in use is the one of the reader.
READINGS: Final = """
create table landing.reason_readers (model_version varchar, reader_sha256 varchar);
create table landing.reason_readings (
    text_sha256 varchar, model_version varchar, language_code varchar, direction_code varchar,
    zones_text varchar, danger_spans_text varchar, is_abstained boolean, is_escalated boolean
);
create table landing.reason_reading_codes (
    text_sha256 varchar, model_version varchar, reason_code varchar, reason_probability double,
    evidence_spans_text varchar
);
"""

# How far people's labels of a random sample move the share of a reason, written at every run.
CORRECTIONS: Final = """
create table landing.reason_corrections (
    model_version varchar, reason_code varchar, correction_factor double, correction_doubt double,
    label_count bigint
)
"""

# What the address of a parcel was checked as; the address itself is in no table but shipments.
CHECKS: Final = """
create table landing.shipment_checks (
    shipment_id varchar, load_id bigint, address_hash varchar, rules_version bigint,
    data_month varchar, lane varchar, codes varchar, confidence double, is_postal_changed boolean,
    is_prefecture_changed boolean, is_city_changed boolean, is_town_changed boolean,
    checked_at timestamp
)
"""

# A shop's own rules of returns, which stand for the shipped ones; written anew at every run.
POLICY_RULES: Final = """
create table landing.policy_rules (
    policy_id varchar, version varchar, valid_from varchar, valid_to varchar, rule_id varchar,
    priority varchar, effect varchar, day_basis varchar, counts_first_day varchar,
    max_days varchar, reason_side varchar, sale varchar, final_sale varchar, hygiene varchar,
    unworn_required varchar, gift varchar, tier_min varchar, max_returns_90d varchar,
    resolutions varchar, shipping_payer varchar, reason_code varchar, message_ja varchar,
    message_en varchar
)
"""

# Drafts of such rules, and why others cannot be used; written anew at every run.
POLICY_DRAFTS: Final = """
create table landing.policy_drafts (
    draft_name varchar,
    policy_id varchar, version varchar, valid_from varchar, valid_to varchar, rule_id varchar,
    priority varchar, effect varchar, day_basis varchar, counts_first_day varchar,
    max_days varchar, reason_side varchar, sale varchar, final_sale varchar, hygiene varchar,
    unworn_required varchar, gift varchar, tier_min varchar, max_returns_90d varchar,
    resolutions varchar, shipping_payer varchar, reason_code varchar, message_ja varchar,
    message_en varchar
);
create table landing.refused_policy_drafts (
    draft_name varchar, message_ja varchar, message_en varchar
);
"""

# A shop's own table of what becomes of a graded unit, which stands for the shipped one.
DISPOSITION_RULES: Final = """
create table landing.disposition_rules (
    grade_code varchar, reason_side_code varchar, resolution_code varchar,
    stock_action_code varchar, refund_ratio varchar, next_action_code varchar,
    message_ja varchar, message_en varchar
)
"""
