with

products as (
    select
        sku,
        style_id,
        unit_cost_amount
    from {{ ref('dim_products') }}
),

-- A shop without any unit cost has no turnover, which is not the same as none.
costs as (
    select count(unit_cost_amount) > 0 as has_costs
    from products
),

stock as (
    select
        sku,
        average_stock_amount,
        average_restocked_amount,
        snapshot_count,
        is_uncosted,
        month_start_date
    from {{ ref('int_inventory_snapshots_averaged_to_months') }}
),

months as (
    select
        month_start_date,
        max(snapshot_count) as snapshot_count
    from stock
    group by month_start_date
),

sales as (
    select
        sales.sku,
        sales.net_sold_count,
        sales.month_start_date
    from {{ ref('int_order_lines_moved_to_months') }} as sales
    inner join months on sales.month_start_date = months.month_start_date
),

joined as (
    select
        coalesce(stock.sku, sales.sku) as sku,
        coalesce(stock.month_start_date, sales.month_start_date) as month_start_date,
        coalesce(sales.net_sold_count, 0) as net_sold_count,
        coalesce(stock.average_stock_amount, 0) as average_stock_amount,
        coalesce(stock.average_restocked_amount, 0) as average_restocked_amount,
        coalesce(stock.is_uncosted, false) as is_stock_uncosted
    from stock
    full join sales
        on
            stock.sku = sales.sku
            and stock.month_start_date = sales.month_start_date
),

valued as (
    select
        coalesce(products.style_id, joined.sku) as style_id,
        joined.month_start_date,
        joined.net_sold_count,
        joined.net_sold_count * coalesce(products.unit_cost_amount, 0) as net_sold_cost_amount,
        joined.average_stock_amount,
        joined.average_restocked_amount,
        joined.is_stock_uncosted
        or (products.unit_cost_amount is null and joined.net_sold_count <> 0) as is_uncosted
    from joined
    cross join costs
    left join products on joined.sku = products.sku
    where costs.has_costs
),

summed as (
    select
        style_id,
        month_start_date,
        sum(net_sold_count) as net_sold_count,
        sum(net_sold_cost_amount) as net_sold_cost_amount,
        sum(average_stock_amount) as average_stock_amount,
        sum(average_restocked_amount) as average_restocked_amount,
        count(case when is_uncosted then 1 end) as uncosted_sku_count
    from valued
    group by style_id, month_start_date
),

final as (
    select
        summed.style_id,
        cast(summed.net_sold_count as bigint) as net_sold_count,
        cast(
            case when summed.uncosted_sku_count = 0 then summed.net_sold_cost_amount end as bigint
        ) as net_sold_cost_amount,
        cast(
            case
                when summed.uncosted_sku_count = 0 then 12 * summed.net_sold_cost_amount
            end as bigint
        ) as annualised_sold_cost_amount,
        cast(
            case when summed.uncosted_sku_count = 0 then summed.average_stock_amount end as bigint
        ) as average_stock_amount,
        cast(
            case
                when summed.uncosted_sku_count = 0
                    then summed.average_stock_amount - summed.average_restocked_amount
            end as bigint
        ) as average_unreturned_stock_amount,
        months.snapshot_count,
        summed.uncosted_sku_count,
        summed.month_start_date
    from summed
    inner join months on summed.month_start_date = months.month_start_date
    order by summed.month_start_date, summed.style_id
)

select * from final
