with

sku_days as (
    select
        sku,
        channel_name,
        delivered_count,
        delivered_net_amount,
        requested_count,
        returned_count,
        returned_net_amount,
        calendar_date
    from {{ ref('rpt_sku_return_days') }}
    where date_basis_code = 'cohort'
),

products as (
    select
        sku,
        style_id
    from {{ ref('dim_products') }}
),

weekly as (
    select
        products.style_id,
        sku_days.channel_name,
        sku_days.delivered_count,
        sku_days.delivered_net_amount,
        sku_days.requested_count,
        sku_days.returned_count,
        sku_days.returned_net_amount,
        {{ to_week_start('sku_days.calendar_date') }} as week_start_date
    from sku_days
    inner join products on sku_days.sku = products.sku
),

final as (
    select
        style_id,
        channel_name,
        cast(sum(delivered_count) as bigint) as delivered_count,
        cast(sum(delivered_net_amount) as bigint) as delivered_net_amount,
        cast(sum(requested_count) as bigint) as requested_count,
        cast(sum(returned_count) as bigint) as returned_count,
        cast(sum(returned_net_amount) as bigint) as returned_net_amount,
        week_start_date
    from weekly
    group by style_id, channel_name, week_start_date
    order by style_id, channel_name, week_start_date
)

select * from final
