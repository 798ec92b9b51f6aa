with

cells as (
    select
        style_id,
        size_label,
        height_band_name,
        age_band_name,
        usual_size_label,
        delivered_count,
        returned_count,
        style_customer_count,
        developed_millionths,
        small_millionths,
        large_millionths,
        size_millionths
    from {{ ref('int_order_lines_grouped_to_fit_cells') }}
),

weights as (
    select
        style_id,
        size_label,
        small_thousandths,
        large_thousandths
    from {{ ref('int_fit_cells_weighed_to_sizes') }}
),

weighed as (
    select
        cells.*,
        cells.developed_millionths * weights.small_thousandths as small_weight,
        cells.developed_millionths * weights.large_thousandths as large_weight
    from cells
    inner join weights
        on cells.style_id = weights.style_id and cells.size_label = weights.size_label
),

groups as (
    select
        style_id,
        height_band_name,
        age_band_name,
        usual_size_label,
        max(style_customer_count) as customer_count,
        sum(delivered_count) as delivered_count,
        sum(returned_count) as returned_count,
        sum(developed_millionths) as developed_millionths,
        sum(small_millionths) as small_millionths,
        sum(large_millionths) as large_millionths,
        sum(size_millionths) as size_millionths,
        sum(small_weight) as small_weight,
        sum(large_weight) as large_weight
    from weighed
    group by style_id, height_band_name, age_band_name, usual_size_label
),

dimensioned as (
    select
        *,
        'height_band' as dimension_code,
        height_band_name as value_label
    from groups

    union all

    select
        *,
        'age_band' as dimension_code,
        age_band_name as value_label
    from groups

    union all

    select
        *,
        'usual_size' as dimension_code,
        usual_size_label as value_label
    from groups
),

grouped as (
    select
        style_id,
        dimension_code,
        value_label,
        sum(customer_count) as customer_count,
        sum(delivered_count) as delivered_count,
        sum(returned_count) as returned_count,
        sum(developed_millionths) as developed_millionths,
        sum(small_millionths) as small_millionths,
        sum(large_millionths) as large_millionths,
        sum(size_millionths) as size_millionths,
        sum(small_weight) as small_weight,
        sum(large_weight) as large_weight
    from dimensioned
    group by style_id, dimension_code, value_label
),

counted as (
    select
        *,
        coalesce(
            sum(customer_count) over (
                partition by style_id, dimension_code
                order by customer_count, value_label
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as smaller_count
    from grouped
),

-- Fewer than five customers are merged, and the next smallest join them until they are five.
told as (
    select
        *,
        case
            when customer_count < 5 or (smaller_count > 0 and smaller_count < 5) then 'other'
            when value_label = '' then 'unknown'
            else 'named'
        end as segment_kind_code
    from counted
),

merged as (
    select
        style_id,
        dimension_code,
        segment_kind_code,
        case when segment_kind_code = 'named' then value_label else segment_kind_code end
            as segment_label,
        sum(customer_count) as customer_count,
        sum(delivered_count) as delivered_count,
        sum(returned_count) as returned_count,
        sum(developed_millionths) as developed_millionths,
        sum(small_millionths) as small_millionths,
        sum(large_millionths) as large_millionths,
        sum(size_millionths) as size_millionths,
        sum(small_weight) as small_weight,
        sum(large_weight) as large_weight
    from told
    group by
        style_id,
        dimension_code,
        segment_kind_code,
        case when segment_kind_code = 'named' then value_label else segment_kind_code end
),

named as (
    select
        style_id,
        dimension_code
    from merged
    where segment_kind_code = 'named'
    group by style_id, dimension_code
),

-- Where every value is merged, nothing is left to tell apart.
final as (
    select
        merged.style_id,
        merged.dimension_code,
        merged.segment_kind_code,
        merged.segment_label,
        cast(merged.customer_count as bigint) as customer_count,
        cast(merged.delivered_count as bigint) as delivered_count,
        cast(merged.returned_count as bigint) as returned_count,
        cast(merged.developed_millionths as bigint) as developed_millionths,
        cast(merged.small_millionths as bigint) as small_millionths,
        cast(merged.large_millionths as bigint) as large_millionths,
        cast(merged.size_millionths as bigint) as size_millionths,
        {{ divide_down('cast(merged.small_weight as bigint)', '1000') }}
            as small_weighed_millionths,
        {{ divide_down('cast(merged.large_weight as bigint)', '1000') }}
            as large_weighed_millionths
    from merged
    inner join named
        on merged.style_id = named.style_id and merged.dimension_code = named.dimension_code
)

select * from final
