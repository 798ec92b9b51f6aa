with

shop as (
    select known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

arrivals as (
    select
        return_line_id,
        channel_name,
        received_date,
        received_at
    from {{ ref('fct_return_lines') }}
    where is_product_return and received_at is not null
),

settlements as (
    select
        return_line_id,
        paid_at as resolved_at
    from {{ ref('fct_refunds') }}
    where is_paid

    union all

    select
        return_line_id,
        shipped_at as resolved_at
    from {{ ref('fct_exchanges') }}
    where is_shipped
),

-- A shop that lands neither refunds nor exchanges does not say what is resolved; one whose refunds
-- are not paid says that nothing is.
landed as (
    select return_line_id
    from {{ ref('fct_refunds') }}

    union all

    select return_line_id
    from {{ ref('fct_exchanges') }}
),

known as (
    select count(*) > 0 as has_settlements
    from landed
),

resolved as (
    select
        return_line_id,
        min(resolved_at) as resolved_at
    from settlements
    group by return_line_id
),

judged as (
    select
        arrivals.channel_name,
        arrivals.received_date,
        case
            when resolved.resolved_at <= {{ add_hours('arrivals.received_at', 24) }} then 'in_time'
            -- Resolved at a moment that nobody recorded.
            when resolved.return_line_id is not null then 'later'
            when {{ add_hours('arrivals.received_at', 24) }} <= shop.known_before_at then 'open'
            else 'young_open'
        end as resolution_code
    from arrivals
    cross join shop
    cross join known
    left join resolved on arrivals.return_line_id = resolved.return_line_id
    where known.has_settlements
),

final as (
    select
        channel_name,
        count(*) as arrived_line_count,
        count(case when resolution_code = 'in_time' then 1 end) as resolved_in_time_line_count,
        count(case when resolution_code = 'later' then 1 end) as resolved_later_line_count,
        count(case when resolution_code = 'open' then 1 end) as open_line_count,
        count(case when resolution_code = 'young_open' then 1 end) as young_open_line_count,
        received_date as calendar_date
    from judged
    group by channel_name, received_date
    order by received_date nulls last, channel_name
)

select * from final
