with

shop as (
    select
        time_zone_name,
        lead_time_days
    from {{ ref('int_settings_pivoted_to_shops') }}
),

return_lines as (
    select
        return_line_id,
        order_line_id,
        sku,
        decision_code,
        requested_count,
        is_requested_before_order,
        event_date,
        requested_at
    from {{ ref('fct_return_lines') }}
    where has_request and return_type_code = 'customer_return'
),

requests as (
    select
        return_line_id,
        {{ is_usage_worn('usage_state_text') }} as is_worn
    from {{ ref('stg_shop__return_requests') }}
),

order_lines as (
    select
        order_line_id,
        order_id,
        customer_id,
        source_system,
        net_amount,
        ordered_count,
        is_estimated_delivery,
        is_sale,
        is_final_sale,
        is_gift,
        ordered_date,
        shipped_date,
        delivered_date
    from {{ ref('fct_order_lines') }}
),

orders as (
    select
        order_id,
        policy_id,
        member_tier_name,
        is_policy_shown
    from {{ ref('fct_order_terms') }}
),

products as (
    select
        sku,
        is_hygiene,
        is_final_sale
    from {{ ref('dim_products') }}
),

sources as (
    select
        source_system,
        lead_time_days
    from {{ ref('stg_kaeru__source_settings') }}
),

-- Whose fault the customer says it is; where no code says anything, what was read in the words.
reasons as (
    select
        told.return_line_id,
        max(case when told.reason_source_code = 'stated' then faults.fault_side_code end)
            as stated_fault_code,
        max(case when told.reason_source_code = 'classified' then faults.fault_side_code end)
            as read_fault_code
    from {{ ref('int_return_lines_joined_to_reasons') }} as told
    inner join {{ ref('stg_kaeru__reasons') }} as faults on told.reason_code = faults.reason_code
    where
        told.reason_source_code in ('stated', 'classified')
        and told.reason_state_code in ('coded', 'other')
    group by told.return_line_id
),

joined as (
    select
        return_lines.return_line_id,
        return_lines.order_line_id,
        order_lines.customer_id,
        coalesce(orders.policy_id, {{ default_policy_id() }}) as policy_id,
        orders.member_tier_name,
        return_lines.decision_code,
        return_lines.requested_count,
        order_lines.ordered_count,
        {{ share_of_amount(
            'order_lines.net_amount', 'return_lines.requested_count', 'order_lines.ordered_count'
        ) }} as requested_net_amount,
        {{ judge_reason_side(
            'coalesce(reasons.stated_fault_code, reasons.read_fault_code)', 'orders.is_policy_shown'
        ) }} as reason_side_code,
        order_lines.order_line_id is not null as has_order_line,
        coalesce(return_lines.is_requested_before_order, false) as is_requested_before_order,
        coalesce(order_lines.is_sale, false) as is_sale,
        coalesce(order_lines.is_final_sale, products.is_final_sale, false) as is_final_sale,
        coalesce(products.is_hygiene, false) as is_hygiene,
        coalesce(order_lines.is_gift, false) as is_gift,
        requests.is_worn,
        order_lines.delivered_date is null or order_lines.is_estimated_delivery
            as is_estimated_delivery,
        order_lines.ordered_date,
        coalesce(order_lines.shipped_date, order_lines.ordered_date) as shipped_date,
        coalesce(
            order_lines.delivered_date,
            {{ add_days(
                'coalesce(order_lines.shipped_date, order_lines.ordered_date)',
                'coalesce(sources.lead_time_days, shop.lead_time_days)'
            ) }}
        ) as delivered_date,
        return_lines.event_date,
        return_lines.requested_at
    from return_lines
    cross join shop
    inner join requests on return_lines.return_line_id = requests.return_line_id
    left join order_lines on return_lines.order_line_id = order_lines.order_line_id
    left join orders on order_lines.order_id = orders.order_id
    left join products on return_lines.sku = products.sku
    left join sources on order_lines.source_system = sources.source_system
    left join reasons on return_lines.return_line_id = reasons.return_line_id
),

-- Return lines that the customer asked for in the 90 shop days before this one's.
asked_before as (
    select
        return_line_id,
        count(*) over (
            partition by customer_id
            order by {{ days_between("cast('1990-01-01' as date)", 'event_date') }}
            range between 90 preceding and 1 preceding
        ) as returns_90d_count
    from joined
    where customer_id is not null and event_date is not null
),

-- Units that earlier requests of the same order line asked for and that were not turned down.
asked_of_line as (
    select
        return_line_id,
        coalesce(
            sum(
                case
                    when decision_code in ('denied', 'cancelled') then 0
                    else requested_count
                end
            ) over (
                partition by order_line_id
                order by requested_at nulls last, return_line_id
                rows between unbounded preceding and 1 preceding
            ), 0
        ) as requested_before_count
    from joined
    where order_line_id is not null
),

counted as (
    select
        joined.*,
        coalesce(asked_before.returns_90d_count, 0) as returns_90d_count,
        coalesce(asked_of_line.requested_before_count, 0) as requested_before_count,
        {{ days_between('joined.delivered_date', 'joined.event_date') }} as since_delivered_days,
        {{ days_between('joined.shipped_date', 'joined.event_date') }} as since_shipped_days,
        {{ days_between('joined.ordered_date', 'joined.event_date') }} as since_ordered_days
    from joined
    left join asked_before on joined.return_line_id = asked_before.return_line_id
    left join asked_of_line on joined.return_line_id = asked_of_line.return_line_id
),

blocked as (
    select
        *,
        {{ judge_blocked('counted') }} as blocked_code
    from counted
),

final as (
    select
        return_line_id,
        policy_id,
        member_tier_name,
        reason_side_code,
        blocked_code,
        returns_90d_count,
        requested_net_amount,
        {{ hash_text(list_policy_inputs()) }} as inputs_sha256,
        is_sale,
        is_final_sale,
        is_hygiene,
        is_gift,
        is_worn,
        is_estimated_delivery,
        since_delivered_days,
        since_shipped_days,
        since_ordered_days,
        ordered_date
    from blocked
)

select * from final
