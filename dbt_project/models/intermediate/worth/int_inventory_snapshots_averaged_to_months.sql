with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

snapshots as (
    select
        snapshots.location_id,
        snapshots.sku,
        snapshots.on_hand_count,
        snapshots.snapshot_date,
        cast(date_trunc('month', snapshots.snapshot_date) as date) as month_start_date
    from {{ ref('stg_shop__inventory_snapshots') }} as snapshots
    cross join shop
    where snapshots.snapshot_date <= shop.as_of_date
),

location_months as (
    select
        location_id,
        month_start_date,
        count(distinct snapshot_date) as snapshot_count
    from snapshots
    group by location_id, month_start_date
),

month_days as (
    select distinct
        month_start_date,
        snapshot_date
    from snapshots
),

months as (
    select
        month_start_date,
        count(*) as snapshot_count
    from month_days
    group by month_start_date
),

-- Each place by its own count of snapshots; a SKU that a snapshot leaves out was not there.
stock as (
    select
        snapshots.sku,
        snapshots.month_start_date,
        snapshots.location_id,
        sum(snapshots.on_hand_count) as on_hand_count,
        location_months.snapshot_count
    from snapshots
    inner join location_months
        on
            snapshots.location_id = location_months.location_id
            and snapshots.month_start_date = location_months.month_start_date
    group by
        snapshots.sku,
        snapshots.month_start_date,
        snapshots.location_id,
        location_months.snapshot_count
),

restocked as (
    select
        receipts.sku,
        month_days.month_start_date,
        sum(receipts.arrived_count) as restocked_count
    from {{ ref('int_return_receipts_settled_to_stocks') }} as receipts
    inner join month_days
        on
            receipts.restocked_date >= month_days.month_start_date
            and receipts.restocked_date <= month_days.snapshot_date
    where receipts.is_restocked and receipts.sku is not null
    group by receipts.sku, month_days.month_start_date
),

products as (
    select
        sku,
        unit_cost_amount
    from {{ ref('dim_products') }}
),

valued_stock as (
    select
        stock.sku,
        stock.month_start_date,
        products.unit_cost_amount,
        sum(stock.on_hand_count) as on_hand_count,
        sum(
            {{ share_of_amount(
                '(stock.on_hand_count * products.unit_cost_amount)', '1', 'stock.snapshot_count'
            ) }}
        ) as average_stock_amount
    from stock
    left join products on stock.sku = products.sku
    group by stock.sku, stock.month_start_date, products.unit_cost_amount
),

valued as (
    select
        valued_stock.sku,
        valued_stock.average_stock_amount,
        least(
            coalesce(
                {{ share_of_amount(
                    '(restocked.restocked_count * valued_stock.unit_cost_amount)',
                    '1',
                    'months.snapshot_count'
                ) }},
                0
            ),
            valued_stock.average_stock_amount
        ) as average_restocked_amount,
        months.snapshot_count,
        valued_stock.unit_cost_amount is null and valued_stock.on_hand_count > 0 as is_uncosted,
        valued_stock.month_start_date
    from valued_stock
    inner join months on valued_stock.month_start_date = months.month_start_date
    left join restocked
        on
            valued_stock.sku = restocked.sku
            and valued_stock.month_start_date = restocked.month_start_date
),

final as (
    select
        sku,
        cast(coalesce(average_stock_amount, 0) as bigint) as average_stock_amount,
        cast(
            case when average_stock_amount is null then 0 else average_restocked_amount end
            as bigint
        ) as average_restocked_amount,
        snapshot_count,
        is_uncosted,
        month_start_date
    from valued
)

select * from final
