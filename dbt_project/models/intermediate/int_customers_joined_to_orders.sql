with

shop as (
    select
        time_zone_name,
        known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

grouped_orders as (
    select
        orders.customer_id,
        count(*) as order_count,
        min(orders.ordered_at) as first_ordered_at,
        max(orders.ordered_at) as last_ordered_at
    from {{ ref('stg_shop__orders') }} as orders
    cross join shop
    where
        orders.customer_id is not null
        and (orders.ordered_at < shop.known_before_at or orders.is_ordered_day_unknown)
    group by orders.customer_id
),

orders as (
    select
        grouped_orders.customer_id,
        grouped_orders.order_count,
        {{ to_shop_date('grouped_orders.first_ordered_at', 'shop.time_zone_name') }}
            as first_order_date,
        {{ to_shop_date('grouped_orders.last_ordered_at', 'shop.time_zone_name') }}
            as last_order_date
    from grouped_orders
    cross join shop
),

customers as (
    select
        customers.customer_id,
        customers.height_band_name,
        customers.age_band_name,
        customers.usual_size_label,
        customers.has_consent,
        {{ to_shop_date('customers.first_order_at', 'shop.time_zone_name') }} as first_order_date
    from {{ ref('stg_shop__customers') }} as customers
    cross join shop
),

final as (
    select
        coalesce(customers.customer_id, orders.customer_id) as customer_id,
        customers.height_band_name,
        customers.age_band_name,
        customers.usual_size_label,
        coalesce(orders.order_count, 0) as order_count,
        customers.has_consent,
        customers.customer_id is not null as is_in_customers_file,
        least(
            coalesce(customers.first_order_date, orders.first_order_date),
            coalesce(orders.first_order_date, customers.first_order_date)
        ) as first_order_date,
        orders.last_order_date
    from customers
    full join orders on customers.customer_id = orders.customer_id
)

select * from final
