with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

policies as (
    select policy_changed_date
    from {{ ref('int_policies_dated_to_shops') }}
),

-- Of an order with several sizes of the style, nothing says which one was meant.
order_lines as (
    select
        order_lines.order_line_id,
        order_lines.sku,
        order_lines.lot_id,
        order_lines.channel_name,
        order_lines.customer_id,
        coalesce(order_lines.customer_id, order_lines.order_id) as buyer_id,
        order_lines.delivered_count,
        order_lines.returned_count,
        coalesce(order_lines.delivered_date >= policies.policy_changed_date, false)
            as is_after_policy_change,
        {{ days_between('order_lines.delivered_date', 'shop.as_of_date') }} as age_days
    from {{ ref('fct_order_lines') }} as order_lines
    cross join shop
    cross join policies
    where
        not order_lines.is_exchange_leg
        and not order_lines.is_size_bracketed
        and order_lines.delivered_count > 0
        and order_lines.delivered_date <= shop.as_of_date
),

products as (
    select
        sku,
        style_id,
        coalesce(size_label, 'unknown') as size_label,
        coalesce(category_name, 'unknown') as category_name
    from {{ ref('dim_products') }}
),

-- A lot that only the products file names is that of the whole SKU.
lots as (
    select
        sku,
        lot_id
    from {{ ref('stg_shop__products') }}
    where lot_id is not null
),

customers as (
    select
        customer_id,
        height_band_name,
        age_band_name,
        usual_size_label
    from {{ ref('dim_customers') }}
    where
        height_band_name is not null
        or age_band_name is not null
        or usual_size_label is not null
),

curves as (
    select
        category_name,
        channel_name,
        is_after_policy_change,
        age_days,
        {{ to_millionths('developed_share') }} as developed_millionths
    from {{ ref('int_return_lags_estimated_to_curves') }}
    where is_current
),

evidence as (
    select
        order_line_id,
        {{ to_millionths('small_units') }} as small_millionths,
        {{ to_millionths('large_units') }} as large_millionths,
        {{ to_millionths('size_units') }} as size_millionths
    from {{ ref('fct_fit_evidence') }}
    where size_units > 0
),

sold as (
    select
        order_lines.order_line_id,
        order_lines.channel_name,
        order_lines.customer_id,
        order_lines.buyer_id,
        order_lines.delivered_count,
        order_lines.returned_count,
        order_lines.is_after_policy_change,
        order_lines.age_days,
        products.style_id,
        products.size_label,
        products.category_name,
        coalesce(order_lines.lot_id, lots.lot_id, '') as lot_id
    from order_lines
    inner join products on order_lines.sku = products.sku
    left join lots on order_lines.sku = lots.sku
),

joined as (
    select
        sold.style_id,
        sold.size_label,
        sold.lot_id,
        sold.buyer_id,
        sold.delivered_count,
        sold.returned_count,
        sold.delivered_count * curves.developed_millionths as developed_millionths,
        coalesce(customers.height_band_name, '') as height_band_name,
        coalesce(customers.age_band_name, '') as age_band_name,
        coalesce(customers.usual_size_label, '') as usual_size_label,
        coalesce(evidence.small_millionths, 0) as small_millionths,
        coalesce(evidence.large_millionths, 0) as large_millionths,
        coalesce(evidence.size_millionths, 0) as size_millionths
    from sold
    inner join curves on {{ match_curve('sold', 'sold.age_days') }}
    left join customers on sold.customer_id = customers.customer_id
    left join evidence on sold.order_line_id = evidence.order_line_id
),

-- A customer has one height, age and usual size: customers of these cells may be summed.
buyers as (
    select
        style_id,
        height_band_name,
        age_band_name,
        usual_size_label,
        count(distinct buyer_id) as customer_count
    from joined
    group by style_id, height_band_name, age_band_name, usual_size_label
),

summed as (
    select
        style_id,
        size_label,
        lot_id,
        height_band_name,
        age_band_name,
        usual_size_label,
        sum(delivered_count) as delivered_count,
        sum(returned_count) as returned_count,
        sum(developed_millionths) as developed_millionths,
        sum(small_millionths) as small_millionths,
        sum(large_millionths) as large_millionths,
        sum(size_millionths) as size_millionths
    from joined
    group by
        style_id, size_label, lot_id, height_band_name, age_band_name, usual_size_label
),

final as (
    select
        summed.style_id,
        summed.size_label,
        summed.lot_id,
        summed.height_band_name,
        summed.age_band_name,
        summed.usual_size_label,
        cast(summed.delivered_count as bigint) as delivered_count,
        cast(summed.returned_count as bigint) as returned_count,
        cast(buyers.customer_count as bigint) as style_customer_count,
        cast(summed.developed_millionths as bigint) as developed_millionths,
        cast(summed.small_millionths as bigint) as small_millionths,
        cast(summed.large_millionths as bigint) as large_millionths,
        cast(summed.size_millionths as bigint) as size_millionths
    from summed
    inner join buyers
        on
            summed.style_id = buyers.style_id
            and summed.height_band_name = buyers.height_band_name
            and summed.age_band_name = buyers.age_band_name
            and summed.usual_size_label = buyers.usual_size_label
)

select * from final
