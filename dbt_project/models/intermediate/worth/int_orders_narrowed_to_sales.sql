with

sold_lines as (
    select
        order_id,
        customer_id,
        channel_name,
        ordered_date,
        ordered_at
    from {{ ref('fct_order_lines') }}
    where has_order and not is_exchange_leg and delivery_state_code <> 'cancelled'
),

sales as (
    select
        order_id,
        min(customer_id) as customer_id,
        min(channel_name) as channel_name,
        min(ordered_date) as ordered_date,
        min(ordered_at) as ordered_at
    from sold_lines
    group by order_id
),

tiers as (
    select
        order_id,
        member_tier_name
    from {{ ref('stg_shop__orders') }}
),

contributions as (
    select
        order_id,
        sum(contribution_amount) as contribution_amount,
        count(case when contribution_amount is null then 1 end) as uncosted_line_count
    from {{ ref('fct_contributions') }}
    group by order_id
),

final as (
    select
        sales.order_id,
        sales.customer_id,
        sales.channel_name,
        coalesce(tiers.member_tier_name, 'unknown') as member_tier_name,
        cast(coalesce(contributions.contribution_amount, 0) as bigint) as contribution_amount,
        coalesce(contributions.uncosted_line_count, 0) as uncosted_line_count,
        sales.ordered_date,
        sales.ordered_at
    from sales
    inner join tiers on sales.order_id = tiers.order_id
    left join contributions on sales.order_id = contributions.order_id
)

select * from final
