with

skus as (
    select
        style_id,
        coalesce(size_label, 'unknown') as size_label,
        coalesce(colour_name, 'unknown') as colour_name,
        size_order,
        delivered_count,
        delivered_net_amount,
        requested_count,
        returned_count,
        returned_net_amount,
        size_bracketed_returned_count
    from {{ ref('rpt_sku_returns') }}
),

final as (
    select
        style_id,
        size_label,
        colour_name,
        min(size_order) as size_order,
        cast(sum(delivered_count) as bigint) as delivered_count,
        cast(sum(delivered_net_amount) as bigint) as delivered_net_amount,
        cast(sum(requested_count) as bigint) as requested_count,
        cast(sum(returned_count) as bigint) as returned_count,
        cast(sum(returned_net_amount) as bigint) as returned_net_amount,
        cast(sum(size_bracketed_returned_count) as bigint) as size_bracketed_returned_count
    from skus
    group by style_id, size_label, colour_name
    order by style_id, size_order nulls last, size_label, colour_name
)

select * from final
