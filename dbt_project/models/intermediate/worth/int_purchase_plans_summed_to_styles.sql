with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

plans as (
    select
        planned.style_id,
        planned.sku,
        planned.units_received_count
    from {{ ref('stg_shop__purchase_plan') }} as planned
    cross join shop
    where coalesce(planned.received_date <= shop.as_of_date, true)
),

products as (
    select
        sku,
        style_id,
        season_name,
        list_price_amount
    from {{ ref('dim_products') }}
),

-- What all SKUs of a style agree on is true of the style.
styles as (
    select
        style_id,
        case
            when min(season_name) = max(season_name) and count(season_name) = count(*)
                then min(season_name)
        end as season_name,
        case
            when
                min(list_price_amount) = max(list_price_amount)
                and count(list_price_amount) = count(*)
                then min(list_price_amount)
        end as list_price_amount
    from products
    group by style_id
),

joined as (
    select
        coalesce(products.style_id, plans.style_id, plans.sku) as style_id,
        case when plans.sku is null then styles.season_name else products.season_name end
            as season_name,
        plans.units_received_count,
        case
            when plans.sku is null then styles.list_price_amount
            else products.list_price_amount
        end as list_price_amount
    from plans
    left join products on plans.sku = products.sku
    left join styles on plans.style_id = styles.style_id
),

final as (
    select
        style_id,
        season_name,
        cast(sum(units_received_count) as bigint) as received_count,
        cast(
            case
                when count(list_price_amount) = count(*)
                    then sum(units_received_count * list_price_amount)
            end as bigint
        ) as received_list_amount
    from joined
    group by style_id, season_name
)

select * from final
