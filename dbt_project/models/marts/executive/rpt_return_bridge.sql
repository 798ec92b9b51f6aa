with

order_lines as (
    select
        delivery_state_code,
        sum(returned_count) as returned_count,
        sum(returned_net_amount) as returned_net_amount
    from {{ ref('fct_order_lines') }}
    where not is_exchange_leg
    group by delivery_state_code
),

return_lines as (
    select
        is_matched,
        sku is not null as has_sku,
        event_date is not null as has_day,
        returned_count,
        coalesce(returned_net_amount, 0) as returned_net_amount
    from {{ ref('fct_return_lines') }}
    where is_product_return
),

return_groups as (
    select
        is_matched,
        has_sku,
        has_day,
        sum(returned_count) as returned_count,
        sum(returned_net_amount) as returned_net_amount
    from return_lines
    group by is_matched, has_sku, has_day
),

steps as (
    select
        'cohort_dated' as bridge_step_code,
        1 as step_number
    union all
    select
        'cohort_unknown_day' as bridge_step_code,
        2 as step_number
    union all
    select
        'not_delivered' as bridge_step_code,
        3 as step_number
    union all
    select
        'unmatched' as bridge_step_code,
        4 as step_number
    union all
    select
        'unmatched_without_sku' as bridge_step_code,
        5 as step_number
    union all
    select
        'event_dated' as bridge_step_code,
        7 as step_number
    union all
    select
        'event_unknown_day' as bridge_step_code,
        8 as step_number
),

-- The cohort side comes from the order lines, the event side from the return lines alone.
parts as (
    select
        case delivery_state_code
            when 'delivered' then 'cohort_dated'
            when 'delivered_unknown_day' then 'cohort_unknown_day'
            else 'not_delivered'
        end as bridge_step_code,
        returned_count,
        returned_net_amount,
        0 as unvalued_returned_count
    from order_lines

    union all

    select
        case when has_sku then 'unmatched' else 'unmatched_without_sku' end as bridge_step_code,
        returned_count,
        0 as returned_net_amount,
        returned_count as unvalued_returned_count
    from return_groups
    where not is_matched

    union all

    select
        case when has_day then 'event_dated' else 'event_unknown_day' end as bridge_step_code,
        returned_count,
        returned_net_amount,
        case when is_matched then 0 else returned_count end as unvalued_returned_count
    from return_groups
),

summed as (
    select
        steps.bridge_step_code,
        steps.step_number,
        coalesce(sum(parts.returned_count), 0) as returned_count,
        coalesce(sum(parts.returned_net_amount), 0) as returned_net_amount,
        coalesce(sum(parts.unvalued_returned_count), 0) as unvalued_returned_count
    from steps
    left join parts on steps.bridge_step_code = parts.bridge_step_code
    group by steps.bridge_step_code, steps.step_number
),

sides as (
    select
        case when step_number <= 5 then 'total_cohort' else 'total_event' end
            as bridge_step_code,
        case when step_number <= 5 then 6 else 9 end as step_number,
        returned_count,
        returned_net_amount,
        unvalued_returned_count
    from summed
),

totals as (
    select
        bridge_step_code,
        step_number,
        sum(returned_count) as returned_count,
        sum(returned_net_amount) as returned_net_amount,
        sum(unvalued_returned_count) as unvalued_returned_count
    from sides
    group by bridge_step_code, step_number
),

differences as (
    select
        'difference' as bridge_step_code,
        10 as step_number,
        sum(case when step_number = 6 then returned_count else -returned_count end)
            as returned_count,
        sum(case when step_number = 6 then returned_net_amount else -returned_net_amount end)
            as returned_net_amount,
        sum(
            case
                when step_number = 6 then unvalued_returned_count
                else -unvalued_returned_count
            end
        ) as unvalued_returned_count
    from totals
),

together as (
    select
        bridge_step_code,
        step_number,
        returned_count,
        returned_net_amount,
        unvalued_returned_count
    from summed

    union all

    select
        bridge_step_code,
        step_number,
        returned_count,
        returned_net_amount,
        unvalued_returned_count
    from totals

    union all

    select
        bridge_step_code,
        step_number,
        returned_count,
        returned_net_amount,
        unvalued_returned_count
    from differences
),

final as (
    select
        bridge_step_code,
        cast(step_number as bigint) as step_number,
        cast(returned_count as bigint) as returned_count,
        cast(returned_net_amount as bigint) as returned_net_amount,
        cast(unvalued_returned_count as bigint) as unvalued_returned_count
    from together
    order by step_number
)

select * from final
