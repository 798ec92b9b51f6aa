with

skus as (
    select
        sku,
        style_id,
        category_name,
        unbracketed_delivered_count,
        unbracketed_returned_count,
        unbracketed_developed_exposure,
        unbracketed_base_rate
    from {{ ref('rpt_sku_development') }}
),

-- A pair of sizes ordered to keep one says nothing about the product: it is left out.
leveled as (
    select
        'sku' as level_code,
        sku as group_id,
        style_id,
        category_name,
        unbracketed_delivered_count as delivered_count,
        unbracketed_returned_count as returned_count,
        {{ to_millionths('unbracketed_developed_exposure') }} as developed_millionths,
        {{ to_millionths('unbracketed_developed_exposure') }}
        * {{ to_millionths('unbracketed_base_rate') }} as expected_billionths,
        unbracketed_delivered_count * {{ to_millionths('unbracketed_base_rate') }}
            as undeveloped_millionths
    from skus

    union all

    select
        'style' as level_code,
        style_id as group_id,
        style_id,
        category_name,
        unbracketed_delivered_count as delivered_count,
        unbracketed_returned_count as returned_count,
        {{ to_millionths('unbracketed_developed_exposure') }} as developed_millionths,
        {{ to_millionths('unbracketed_developed_exposure') }}
        * {{ to_millionths('unbracketed_base_rate') }} as expected_billionths,
        unbracketed_delivered_count * {{ to_millionths('unbracketed_base_rate') }}
            as undeveloped_millionths
    from skus
),

summed as (
    select
        level_code,
        group_id,
        min(style_id) as style_id,
        min(category_name) as category_name,
        sum(delivered_count) as delivered_count,
        sum(returned_count) as returned_count,
        sum(developed_millionths) as developed_millionths,
        sum(expected_billionths) as expected_billionths,
        sum(undeveloped_millionths) as undeveloped_millionths
    from leveled
    group by level_code, group_id
),

final as (
    select
        level_code,
        group_id,
        style_id,
        nullif(category_name, 'unknown') as category_name,
        cast(delivered_count as bigint) as delivered_count,
        cast(returned_count as bigint) as returned_count,
        developed_millionths / 1000000.0 as developed_exposure,
        -- The rate that the group's mix of categories and channels makes one expect.
        case
            when developed_millionths > 0
                then expected_billionths / 1000000.0 / developed_millionths
            when delivered_count > 0 then undeveloped_millionths / 1000000.0 / delivered_count
        end as expected_rate
    from summed
    order by level_code, group_id
)

select * from final
