with

final as (
    select
        replacement_order_line_id as order_line_id,
        count(*) as exchange_count
    from {{ ref('stg_shop__exchanges') }}
    where replacement_order_line_id is not null
    group by replacement_order_line_id
)

select * from final
