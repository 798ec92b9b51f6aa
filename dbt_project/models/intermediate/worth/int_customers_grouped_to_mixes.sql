with

customers as (
    select
        customer_id,
        first_order_date
    from {{ ref('dim_customers') }}
    where first_order_date is not null
),

first_sales as (
    select
        customer_id,
        channel_name,
        member_tier_name,
        row_number() over (
            partition by customer_id
            order by ordered_at nulls last, order_id
        ) as sale_number
    from {{ ref('int_orders_narrowed_to_sales') }}
    where customer_id is not null
),

returners as (
    select customer_id
    from {{ ref('int_return_lines_narrowed_to_first_outcomes') }}
),

final as (
    select
        customers.customer_id,
        first_sales.channel_name,
        first_sales.member_tier_name,
        returners.customer_id is not null as is_returner,
        customers.first_order_date,
        cast(date_trunc('month', customers.first_order_date) as date) as first_order_month_date
    from customers
    inner join first_sales on customers.customer_id = first_sales.customer_id
    left join returners on customers.customer_id = returners.customer_id
    where first_sales.sale_number = 1
)

select * from final
