with

reasons as (
    select *
    from {{ ref('rpt_style_reason_weeks') }}
),

-- A style has the same attributes in all its channels.
styles as (
    select distinct
        style_id,
        category_name,
        brand_name,
        season_name
    from {{ ref('rpt_style_returns') }}
),

final as (
    select
        styles.category_name,
        styles.brand_name,
        styles.season_name,
        reasons.reason_source_code,
        reasons.date_basis_code,
        reasons.reason_code,
        reasons.reason_system,
        min(reasons.reason_state_code) as reason_state_code,
        cast(sum(reasons.requested_count) as bigint) as requested_count,
        cast(sum(reasons.returned_count) as bigint) as returned_count,
        cast(sum(reasons.returned_net_amount) as bigint) as returned_net_amount,
        cast(sum(reasons.size_bracketed_returned_count) as bigint)
            as size_bracketed_returned_count,
        cast(sum(reasons.told_returned_count) as bigint) as told_returned_count,
        {{ from_millionths('sum(' ~ to_millionths('reasons.expected_returned_units') ~ ')') }}
            as expected_returned_units,
        bool_and(reasons.is_size_reason) as is_size_reason,
        reasons.week_start_date
    from reasons
    left join styles on reasons.style_id = styles.style_id
    group by
        styles.category_name,
        styles.brand_name,
        styles.season_name,
        reasons.reason_source_code,
        reasons.date_basis_code,
        reasons.reason_code,
        reasons.reason_system,
        reasons.week_start_date
    order by
        reasons.date_basis_code, reasons.reason_source_code, reasons.week_start_date,
        styles.category_name, styles.brand_name, styles.season_name
)

select * from final
