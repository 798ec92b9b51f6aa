with

source as (
    {{ newest_rows(
        source('landing', 'order_lines'),
        keys=['order_line_id'],
        payload=[
            'order_id', 'sku', 'quantity', 'unit_price', 'list_price', 'discount_allocated',
            'tax_rate', 'is_sale', 'is_final_sale', 'is_gift', 'lot_id',
            'advised_size_label'
        ]
    ) }}
),

renamed as (
    select
        order_line_id,
        order_id,
        sku,
        lot_id,
        advised_size_label,
        source_system,
        cast(quantity as bigint) as ordered_count,
        cast(unit_price as bigint) as unit_price_amount,
        cast(list_price as bigint) as list_price_amount,
        cast(discount_allocated as bigint) as discount_allocated_amount,
        cast(tax_rate as double) as tax_rate,
        kept_place,
        other_place,
        cast(is_sale as boolean) as is_sale,
        cast(is_final_sale as boolean) as is_final_sale,
        cast(is_gift as boolean) as is_gift
    from source
)

select * from renamed
