with

shop as (
    select
        time_zone_name,
        tax_turned_to_code,
        known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

exchanges as (
    select
        exchanges.exchange_id,
        exchanges.return_line_id,
        exchanges.replacement_sku,
        exchanges.replacement_order_line_id,
        exchanges.source_system,
        exchanges.price_difference_amount,
        exchanges.bonus_credit_amount,
        exchanges.is_shipped_day_unknown,
        shop.time_zone_name,
        shop.tax_turned_to_code,
        case when exchanges.shipped_at < shop.known_before_at then exchanges.shipped_at end
            as shipped_at
    from {{ ref('stg_shop__exchanges') }} as exchanges
    cross join shop
),

requests as (
    select
        return_line_id,
        order_line_id,
        sku
    from {{ ref('int_return_lines_joined_to_receipts') }}
    where has_request
),

order_lines as (
    select
        order_line_id,
        sku,
        tax_rate
    from {{ ref('stg_shop__order_lines') }}
),

products as (
    select
        sku,
        style_id,
        size_label,
        colour_name,
        size_order,
        is_in_catalogue
    from {{ ref('int_products_gathered_to_skus') }}
),

joined as (
    select
        exchanges.exchange_id,
        exchanges.return_line_id,
        coalesce(order_lines.sku, requests.sku) as from_sku,
        exchanges.replacement_sku,
        exchanges.replacement_order_line_id,
        exchanges.source_system,
        {{ turn_tax(
            'exchanges.price_difference_amount',
            'order_lines.tax_rate',
            'exchanges.tax_turned_to_code'
        ) }} as price_difference_amount,
        exchanges.bonus_credit_amount,
        exchanges.is_shipped_day_unknown,
        exchanges.time_zone_name,
        exchanges.shipped_at
    from exchanges
    left join requests on exchanges.return_line_id = requests.return_line_id
    left join order_lines on requests.order_line_id = order_lines.order_line_id
),

compared as (
    select
        joined.*,
        coalesce(old_products.is_in_catalogue and new_products.is_in_catalogue, false)
            as is_comparable,
        old_products.style_id = new_products.style_id as is_same_style,
        coalesce(old_products.size_label, '') <> coalesce(new_products.size_label, '')
            as is_other_size,
        coalesce(old_products.colour_name, '') <> coalesce(new_products.colour_name, '')
            as is_other_colour,
        new_products.size_order - old_products.size_order as size_step_count
    from joined
    left join products as old_products on joined.from_sku = old_products.sku
    left join products as new_products on joined.replacement_sku = new_products.sku
),

coded as (
    select
        *,
        case
            when from_sku = replacement_sku then 'same'
            when not is_comparable then 'unknown'
            when not is_same_style then 'style'
            when is_other_size and size_step_count > 0 then 'size_up'
            when is_other_size and size_step_count < 0 then 'size_down'
            when is_other_size then 'size_other'
            when is_other_colour then 'colour'
            else 'unknown'
        end as exchange_kind_code
    from compared
),

final as (
    select
        exchange_id,
        return_line_id,
        from_sku,
        replacement_sku,
        replacement_order_line_id,
        source_system,
        exchange_kind_code,
        case when exchange_kind_code in ('size_up', 'size_down') then size_step_count end
            as size_step_count,
        price_difference_amount,
        bonus_credit_amount,
        shipped_at is not null or is_shipped_day_unknown as is_shipped,
        {{ to_shop_date('shipped_at', 'time_zone_name') }} as shipped_date,
        shipped_at
    from coded
)

select * from final
