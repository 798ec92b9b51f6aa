with

-- Without a draft nothing is asked of any order.
tried as (
    select count(*) as rule_count
    from {{ ref('stg_kaeru__policy_drafts') }}
    having count(*) > 0
),

requests as (
    select
        decisions.return_line_id,
        decisions.counted_days,
        return_lines.sku,
        order_lines.order_id,
        order_lines.customer_id
    from {{ ref('fct_return_decisions') }} as decisions
    cross join tried
    inner join {{ ref('fct_return_lines') }} as return_lines
        on decisions.return_line_id = return_lines.return_line_id
    left join {{ ref('fct_order_lines') }} as order_lines
        on decisions.order_line_id = order_lines.order_line_id
),

buyers as (
    select customer_id
    from requests
    where customer_id is not null
    group by customer_id
),

-- A replacement is no further order.
orders as (
    select
        order_lines.customer_id,
        order_lines.order_id,
        min(order_lines.ordered_at) as ordered_at,
        max(case when order_lines.is_exchange_leg then 0 else 1 end) as bought_count
    from {{ ref('fct_order_lines') }} as order_lines
    inner join buyers on order_lines.customer_id = buyers.customer_id
    where order_lines.ordered_at is not null
    group by order_lines.customer_id, order_lines.order_id
),

numbered as (
    select
        customer_id,
        order_id,
        sum(bought_count) over (
            partition by customer_id
            order by ordered_at, order_id
            rows between unbounded preceding and current row
        ) as order_number
    from orders
),

placed as (
    select
        requests.return_line_id,
        requests.customer_id,
        coalesce(products.category_name, 'unknown') as category_name,
        case
            when numbered.order_number <= 1 then 'first'
            when numbered.order_number <= 4 then '2_4'
            when numbered.order_number > 4 then '5_up'
        end as orders_code,
        case
            when requests.counted_days is null then 'none'
            when requests.counted_days <= 7 then 'to_7'
            when requests.counted_days <= 14 then '8_14'
            when requests.counted_days <= 30 then '15_30'
            when requests.counted_days <= 60 then '31_60'
            else '61_up'
        end as days_code
    from requests
    left join numbered
        on
            requests.order_id = numbered.order_id
            and requests.customer_id = numbered.customer_id
    left join {{ ref('dim_products') }} as products on requests.sku = products.sku
),

members as (
    select
        orders_code,
        customer_id
    from placed
    where orders_code is not null
    group by orders_code, customer_id
),

sizes as (
    select
        orders_code,
        count(*) as customer_count
    from members
    group by orders_code
),

counted as (
    select
        sizes.orders_code,
        sizes.customer_count,
        count(distinct members.customer_id) as smaller_count
    from sizes
    left join sizes as smaller
        on
            sizes.customer_count > smaller.customer_count
            or (
                sizes.customer_count = smaller.customer_count
                and sizes.orders_code > smaller.orders_code
            )
    left join members on smaller.orders_code = members.orders_code
    group by sizes.orders_code, sizes.customer_count
),

-- Fewer than five customers are merged, and the next smallest join them until they are five.
merged as (
    select
        orders_code,
        case
            when customer_count < 5 or (smaller_count > 0 and smaller_count < 5) then 'other'
            else orders_code
        end as group_code
    from counted
),

-- Where all are fewer than five, nothing is left to tell apart.
shown as (
    select merged.group_code
    from merged
    inner join members on merged.orders_code = members.orders_code
    group by merged.group_code
    having count(distinct members.customer_id) >= 5
),

final as (
    select
        return_line_id,
        customer_id,
        'all' as group_kind_code,
        'all' as group_code
    from placed

    union all

    select
        placed.return_line_id,
        placed.customer_id,
        'orders' as group_kind_code,
        merged.group_code
    from placed
    inner join merged on placed.orders_code = merged.orders_code
    inner join shown on merged.group_code = shown.group_code

    union all

    select
        return_line_id,
        customer_id,
        'category' as group_kind_code,
        category_name as group_code
    from placed

    union all

    select
        return_line_id,
        customer_id,
        'days' as group_kind_code,
        days_code as group_code
    from placed
)

select * from final
