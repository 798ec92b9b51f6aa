with

order_lines as (
    select
        order_line_id,
        order_id,
        style_id,
        campaign_code,
        channel_name,
        delivered_count,
        delivered_date
    from {{ ref('fct_order_lines') }}
    where
        not is_exchange_leg
        and delivery_state_code in ('delivered', 'delivered_unknown_day')
),

orders as (
    select
        order_id,
        page_version_code
    from {{ ref('stg_shop__orders') }}
),

gaps as (
    select
        return_lines.order_line_id,
        sum(reasons.returned_count) as returned_count,
        sum(reasons.expectation_gap_returned_count) as expectation_gap_returned_count
    from {{ ref('int_return_reasons_counted_to_date_bases') }} as reasons
    inner join {{ ref('fct_return_lines') }} as return_lines
        on reasons.return_line_id = return_lines.return_line_id
    where reasons.reason_source_code = 'stated' and reasons.date_basis_code = 'cohort'
    group by return_lines.order_line_id
),

joined as (
    select
        order_lines.style_id,
        order_lines.campaign_code,
        orders.page_version_code,
        order_lines.channel_name,
        order_lines.delivered_count,
        coalesce(gaps.returned_count, 0) as returned_count,
        coalesce(gaps.expectation_gap_returned_count, 0) as expectation_gap_returned_count,
        cast(date_trunc('month', order_lines.delivered_date) as date) as cohort_month_date
    from order_lines
    left join orders on order_lines.order_id = orders.order_id
    left join gaps on order_lines.order_line_id = gaps.order_line_id
),

final as (
    select
        style_id,
        campaign_code,
        page_version_code,
        channel_name,
        cast(sum(delivered_count) as bigint) as delivered_count,
        cast(sum(returned_count) as bigint) as returned_count,
        cast(sum(expectation_gap_returned_count) as bigint) as expectation_gap_returned_count,
        cohort_month_date
    from joined
    group by style_id, campaign_code, page_version_code, channel_name, cohort_month_date
    order by cohort_month_date, style_id
)

select * from final
