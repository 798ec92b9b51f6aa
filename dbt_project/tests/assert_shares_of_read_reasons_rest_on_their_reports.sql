-- What is expected of a reason in the whole shop is the sum over its styles and over its SKUs.
with

shares as (
    select
        level_code,
        date_basis_code,
        reason_code,
        reason_system,
        sum({{ to_millionths('expected_returned_units') }}) as expected_millionths
    from {{ ref('rpt_reason_shares') }}
    group by level_code, date_basis_code, reason_code, reason_system
),

reports as (
    select
        date_basis_code,
        reason_code,
        reason_system,
        sum({{ to_millionths('expected_returned_units') }}) as expected_millionths
    from {{ ref('rpt_sku_reasons') }}
    where reason_source_code = 'classified' and expected_returned_units > 0
    group by date_basis_code, reason_code, reason_system
),

levels as (
    select level_code
    from shares
    group by level_code
)

select
    levels.level_code,
    reports.reason_code
from reports
cross join levels
left join shares
    on
        levels.level_code = shares.level_code
        and reports.date_basis_code = shares.date_basis_code
        and reports.reason_code = shares.reason_code
        and reports.reason_system = shares.reason_system
where shares.expected_millionths is distinct from reports.expected_millionths
