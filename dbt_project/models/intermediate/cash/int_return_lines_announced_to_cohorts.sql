with

shop as (
    select time_zone_name
    from {{ ref('int_settings_pivoted_to_shops') }}
),

return_lines as (
    select
        return_line_id,
        order_line_id,
        coalesce(style_id, sku) as style_id,
        decision_code,
        requested_resolution_code,
        coalesce(requested_count, sent_back_count, 1) as announced_count,
        returned_count,
        returned_net_amount,
        cohort_date,
        -- Some returns arrive before they are asked for, or without.
        case
            when returned_date < event_date then returned_date
            else coalesce(event_date, returned_date)
        end as announced_date,
        returned_date
    from {{ ref('fct_return_lines') }}
    where is_counted_in_cohort and cohort_date is not null
),

order_lines as (
    select
        order_line_id,
        channel_name,
        category_name,
        ordered_count,
        net_amount
    from {{ ref('int_order_lines_priced_to_order_lines') }}
),

drops as (
    select
        requests.return_line_id,
        {{ to_shop_date('requests.decided_at', 'shop.time_zone_name') }} as decided_date
    from {{ ref('stg_shop__return_requests') }} as requests
    cross join shop
    where requests.decision_code in ('denied', 'cancelled')
),

final as (
    select
        return_lines.return_line_id,
        return_lines.style_id,
        order_lines.channel_name,
        order_lines.category_name,
        return_lines.requested_resolution_code,
        cast(return_lines.announced_count as bigint) as announced_count,
        {{ share_of_amount(
            'order_lines.net_amount', 'return_lines.announced_count', 'order_lines.ordered_count'
        ) }} as announced_net_amount,
        return_lines.returned_count,
        return_lines.returned_net_amount,
        return_lines.cohort_date,
        return_lines.announced_date,
        return_lines.returned_date,
        -- Turned down or called off on a day nobody knows: at once.
        case
            when return_lines.decision_code in ('denied', 'cancelled')
                then coalesce(drops.decided_date, return_lines.announced_date)
        end as dropped_date
    from return_lines
    inner join order_lines on return_lines.order_line_id = order_lines.order_line_id
    left join drops on return_lines.return_line_id = drops.return_line_id
    where return_lines.announced_date is not null
)

select * from final
