with

evidence as (
    select
        group_id as sku,
        delivered_count,
        returned_count,
        {{ to_millionths('developed_exposure') }} as developed_millionths,
        {{ to_millionths('coalesce(expected_rate, 0.0)') }} as expected_millionths
    from {{ ref('rpt_rate_evidence') }}
    where level_code = 'sku' and delivered_count > 0
),

products as (
    select
        sku,
        style_id,
        coalesce(size_label, 'unknown') as size_label,
        coalesce(colour_name, 'unknown') as colour_name,
        size_order
    from {{ ref('dim_products') }}
),

summed as (
    select
        products.style_id,
        products.size_label,
        products.colour_name,
        min(products.size_order) as size_order,
        sum(evidence.delivered_count) as delivered_count,
        sum(evidence.returned_count) as returned_count,
        sum(evidence.developed_millionths) as developed_millionths,
        sum(
            (evidence.delivered_count * 1000000 - evidence.developed_millionths)
            * evidence.expected_millionths
        ) as further_billionths
    from evidence
    inner join products on evidence.sku = products.sku
    group by products.style_id, products.size_label, products.colour_name
),

final as (
    select
        style_id,
        size_label,
        colour_name,
        size_order,
        cast(delivered_count as bigint) as delivered_count,
        cast(returned_count as bigint) as returned_count,
        developed_millionths / 1000000.0 as developed_exposure,
        further_billionths / 1000000.0 / 1000000.0 as further_returns
    from summed
    order by style_id, size_order nulls last, size_label, colour_name
)

select * from final
