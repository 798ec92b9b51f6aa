"""What the statistics ask of the marts of the first step."""

from __future__ import annotations

from typing import Final

# Sorted, so that equal marts give equal scores.
READ_EVIDENCE: Final = """
select
    level_code, group_id, style_id, category_name, delivered_count,
    developed_exposure as developed_count, returned_count, expected_rate
from marts.rpt_rate_evidence
order by level_code, group_id
"""
READ_WEEKS: Final = """
select
    style_id as group_id, week_start_date, developed_exposure as developed_count, returned_count,
    expected_rate
from marts.rpt_style_development_weeks
where expected_rate is not null
order by style_id, week_start_date
"""
READ_REASONS: Final = """
select
    products.style_id, products.size_label, reasons.sku, reasons.month_start_date,
    reasons.date_basis_code, reasons.reason_code, reasons.reason_system, reasons.returned_count,
    reasons.told_returned_count, reasons.expected_returned_units, reasons.returned_units_variance
from marts.rpt_sku_reasons as reasons
inner join marts.dim_products as products on reasons.sku = products.sku
where reasons.reason_source_code = 'classified'
order by all
"""
READ_FIT: Final = """
select
    style_id, size_label, size_order, category_name, delivered_count,
    developed_exposure as developed_count, small_units, large_units, size_units,
    greatest(returned_count - size_units, 0) as other_units, brands.brand_name
from marts.rpt_fit_evidence
inner join (
    select style_id, min(brand_name) as brand_name from marts.dim_products group by style_id
) as brands using (style_id)
order by style_id, size_label
"""
READ_SEGMENTS: Final = """
select
    style_id, dimension_code, segment_kind_code, segment_label, category_name, delivered_count,
    developed_exposure as developed_count, small_units, large_units, size_units, small_exposure,
    large_exposure
from marts.rpt_fit_segment_evidence
order by style_id, dimension_code, segment_kind_code, segment_label
"""
READ_LOTS: Final = """
select
    style_id, lot_id, category_name, delivered_count, developed_exposure as developed_count,
    small_units, large_units, size_units, small_exposure, large_exposure
from marts.rpt_fit_lot_evidence
order by style_id, lot_id
"""
READ_ZONES: Final = """
select style_id, zone_code, small_units, large_units
from marts.rpt_fit_zones
order by style_id, zone_code
"""
READ_ZONE_STYLES: Final = """
select
    style_id, min(category_name) as category_name,
    cast(sum(cast(round(developed_exposure * 1000000) as bigint)) as double) / 1000000
        as developed_count
from marts.rpt_fit_evidence
group by style_id
order by style_id
"""
READ_SIZE_LABELS: Final = """
select size_label from marts.dim_products where size_label is not null
union
select size_label from marts.rpt_size_charts
order by size_label
"""
READ_CORRECTIONS: Final = """
select reason_code, correction_factor, correction_doubt, label_count
from marts.rpt_reason_corrections
order by reason_code
"""
