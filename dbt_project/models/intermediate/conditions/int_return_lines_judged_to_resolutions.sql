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
known as (
    select has_settlements
    from {{ ref('int_return_moments_counted_to_shops') }}
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
        arrivals.return_line_id,
        arrivals.channel_name,
        case
            when resolved.resolved_at <= {{ add_hours('arrivals.received_at', 24) }} then 'in_time'
            -- Resolved at a moment that nobody recorded.
            when resolved.return_line_id is not null then 'later'
            when {{ add_hours('arrivals.received_at', 24) }} <= shop.known_before_at then 'open'
            else 'young_open'
        end as resolution_code,
        resolved.return_line_id is not null and resolved.resolved_at is null
            as is_moment_unknown,
        greatest(
            {{ minutes_between(
                'arrivals.received_at', 'coalesce(resolved.resolved_at, shop.known_before_at)'
            ) }}, 0
        ) as waited_minutes,
        arrivals.received_date
    from arrivals
    cross join shop
    cross join known
    left join resolved on arrivals.return_line_id = resolved.return_line_id
    where known.has_settlements
),

-- What took 24 hours and some seconds is no case of 24 hours.
final as (
    select
        return_line_id,
        channel_name,
        resolution_code,
        case
            when is_moment_unknown then null
            when resolution_code in ('later', 'open') then greatest(waited_minutes, 1441)
            else waited_minutes
        end as waited_minutes,
        received_date
    from judged
)

select * from final
