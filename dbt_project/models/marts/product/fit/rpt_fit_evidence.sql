with

products as (
    select
        sku,
        style_id,
        coalesce(size_label, 'unknown') as size_label,
        size_order
    from {{ ref('dim_products') }}
),

-- The order of a size that its SKUs contradict is not known.
labels as (
    select
        style_id,
        size_label,
        case
            when count(size_order) = count(*) and min(size_order) = max(size_order)
                then min(size_order)
        end as size_order
    from products
    group by style_id, size_label
),

developed as (
    select
        products.style_id,
        products.size_label,
        min(development.category_name) as category_name,
        sum(development.unbracketed_delivered_count) as delivered_count,
        sum(development.unbracketed_returned_count) as returned_count,
        sum({{ to_millionths('development.unbracketed_developed_exposure') }})
            as developed_millionths
    from {{ ref('rpt_sku_development') }} as development
    inner join products on development.sku = products.sku
    group by products.style_id, products.size_label
),

evidence as (
    select
        products.style_id,
        products.size_label,
        sum(evidence.stated_small_count) as stated_small_count,
        sum(evidence.stated_large_count) as stated_large_count,
        sum(evidence.moved_up_count) as moved_up_count,
        sum(evidence.moved_down_count) as moved_down_count,
        sum(evidence.contradictory_count) as contradictory_count,
        sum(case when evidence.kept_code = 'larger' then 1 else 0 end) as kept_larger_count,
        sum(case when evidence.kept_code = 'smaller' then 1 else 0 end) as kept_smaller_count,
        sum(case when evidence.feedback_code = 'small' then 1 else 0 end)
            as feedback_small_count,
        sum(case when evidence.feedback_code = 'large' then 1 else 0 end)
            as feedback_large_count,
        sum({{ to_millionths('evidence.read_small_units') }}) as read_small_millionths,
        sum({{ to_millionths('evidence.read_large_units') }}) as read_large_millionths,
        sum({{ to_millionths('evidence.small_units') }}) as small_millionths,
        sum({{ to_millionths('evidence.large_units') }}) as large_millionths,
        sum({{ to_millionths('evidence.size_units') }}) as size_millionths
    from {{ ref('fct_fit_evidence') }} as evidence
    inner join products on evidence.sku = products.sku
    group by products.style_id, products.size_label
),

final as (
    select
        developed.style_id,
        developed.size_label,
        nullif(developed.category_name, 'unknown') as category_name,
        labels.size_order,
        cast(developed.delivered_count as bigint) as delivered_count,
        cast(developed.returned_count as bigint) as returned_count,
        cast(coalesce(evidence.stated_small_count, 0) as bigint) as stated_small_count,
        cast(coalesce(evidence.stated_large_count, 0) as bigint) as stated_large_count,
        cast(coalesce(evidence.moved_up_count, 0) as bigint) as moved_up_count,
        cast(coalesce(evidence.moved_down_count, 0) as bigint) as moved_down_count,
        cast(coalesce(evidence.contradictory_count, 0) as bigint) as contradictory_count,
        cast(coalesce(evidence.kept_larger_count, 0) as bigint) as kept_larger_count,
        cast(coalesce(evidence.kept_smaller_count, 0) as bigint) as kept_smaller_count,
        cast(coalesce(evidence.feedback_small_count, 0) as bigint) as feedback_small_count,
        cast(coalesce(evidence.feedback_large_count, 0) as bigint) as feedback_large_count,
        {{ from_millionths('coalesce(evidence.read_small_millionths, 0)') }} as read_small_units,
        {{ from_millionths('coalesce(evidence.read_large_millionths, 0)') }} as read_large_units,
        {{ from_millionths('coalesce(evidence.small_millionths, 0)') }} as small_units,
        {{ from_millionths('coalesce(evidence.large_millionths, 0)') }} as large_units,
        {{ from_millionths('coalesce(evidence.size_millionths, 0)') }} as size_units,
        {{ from_millionths('developed.developed_millionths') }} as developed_exposure
    from developed
    inner join labels
        on developed.style_id = labels.style_id and developed.size_label = labels.size_label
    left join evidence
        on developed.style_id = evidence.style_id and developed.size_label = evidence.size_label
    order by developed.style_id, labels.size_order nulls last, developed.size_label
)

select * from final
