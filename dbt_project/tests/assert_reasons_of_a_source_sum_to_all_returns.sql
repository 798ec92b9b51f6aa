-- In each reason source every return of a SKU, channel and month stands under exactly one reason.
with

sources as (
    select reason_source_code
    from {{ ref('fct_return_reasons') }}
    group by reason_source_code
),

days as (
    select
        sku,
        channel_name,
        date_basis_code,
        requested_count,
        returned_count,
        returned_net_amount,
        unvalued_returned_count,
        cast(date_trunc('month', calendar_date) as date) as month_start_date
    from {{ ref('rpt_sku_return_days') }}
),

expected as (
    select
        days.sku,
        days.channel_name,
        sources.reason_source_code,
        days.date_basis_code,
        sum(days.requested_count) as requested_count,
        sum(days.returned_count) as returned_count,
        sum(days.returned_net_amount) as returned_net_amount,
        sum(days.unvalued_returned_count) as unvalued_returned_count,
        days.month_start_date
    from days
    cross join sources
    group by
        days.sku,
        days.channel_name,
        sources.reason_source_code,
        days.date_basis_code,
        days.month_start_date
),

found as (
    select
        sku,
        channel_name,
        reason_source_code,
        date_basis_code,
        sum(requested_count) as requested_count,
        sum(returned_count) as returned_count,
        sum(returned_net_amount) as returned_net_amount,
        sum(unvalued_returned_count) as unvalued_returned_count,
        month_start_date
    from {{ ref('rpt_sku_reasons') }}
    group by sku, channel_name, reason_source_code, date_basis_code, month_start_date
)

select
    coalesce(expected.sku, found.sku) as sku,
    coalesce(expected.month_start_date, found.month_start_date) as month_start_date
from expected
full join found
    on
        expected.sku = found.sku
        and expected.channel_name = found.channel_name
        and expected.reason_source_code = found.reason_source_code
        and expected.date_basis_code = found.date_basis_code
        and expected.month_start_date is not distinct from found.month_start_date
where
    coalesce(expected.requested_count, 0) <> coalesce(found.requested_count, 0)
    or coalesce(expected.returned_count, 0) <> coalesce(found.returned_count, 0)
    or coalesce(expected.returned_net_amount, 0) <> coalesce(found.returned_net_amount, 0)
    or coalesce(expected.unvalued_returned_count, 0)
    <> coalesce(found.unvalued_returned_count, 0)
