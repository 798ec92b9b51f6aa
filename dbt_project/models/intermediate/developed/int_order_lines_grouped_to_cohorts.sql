with

order_lines as (
    select
        sku,
        channel_name,
        delivered_count,
        delivered_net_amount,
        returned_count,
        returned_net_amount,
        case when is_size_bracketed then 0 else delivered_count end as unbracketed_delivered_count,
        case when is_size_bracketed then 0 else returned_count end as unbracketed_returned_count,
        delivered_date
    from {{ ref('fct_order_lines') }}
    where not is_exchange_leg and delivered_date is not null and delivered_count > 0
),

products as (
    select
        sku,
        category_name,
        unit_cost_amount
    from {{ ref('dim_products') }}
),

policies as (
    select policy_changed_date
    from {{ ref('int_policies_dated_to_shops') }}
),

grouped as (
    select
        coalesce(products.category_name, 'unknown') as category_name,
        order_lines.channel_name,
        order_lines.delivered_date as cohort_date,
        cast(sum(order_lines.delivered_count) as bigint) as delivered_count,
        cast(sum(order_lines.delivered_net_amount) as bigint) as delivered_net_amount,
        cast(sum(order_lines.returned_count) as bigint) as returned_count,
        cast(sum(order_lines.returned_net_amount) as bigint) as returned_net_amount,
        cast(sum(order_lines.unbracketed_delivered_count) as bigint)
            as unbracketed_delivered_count,
        cast(sum(order_lines.unbracketed_returned_count) as bigint) as unbracketed_returned_count,
        cast(
            sum(
                case
                    when products.unit_cost_amount is not null then order_lines.delivered_count
                    else 0
                end
            ) as bigint
        ) as costed_count,
        cast(sum(products.unit_cost_amount * order_lines.delivered_count) as bigint)
            as cost_amount
    from order_lines
    inner join products on order_lines.sku = products.sku
    group by
        coalesce(products.category_name, 'unknown'),
        order_lines.channel_name,
        order_lines.delivered_date
),

final as (
    select
        grouped.category_name,
        grouped.channel_name,
        grouped.delivered_count,
        grouped.delivered_net_amount,
        grouped.returned_count,
        grouped.returned_net_amount,
        grouped.unbracketed_delivered_count,
        grouped.unbracketed_returned_count,
        grouped.costed_count,
        grouped.cost_amount,
        coalesce(grouped.cohort_date >= policies.policy_changed_date, false)
            as is_after_policy_change,
        grouped.cohort_date
    from grouped
    cross join policies
)

select * from final
