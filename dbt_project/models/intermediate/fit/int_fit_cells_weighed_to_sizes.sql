with

cells as (
    select
        style_id,
        size_label,
        developed_millionths,
        small_millionths,
        large_millionths
    from {{ ref('int_order_lines_grouped_to_fit_cells') }}
),

styles as (
    select
        style_id,
        sum(developed_millionths) as developed_millionths,
        sum(small_millionths) as small_millionths,
        sum(large_millionths) as large_millionths
    from cells
    group by style_id
),

sizes as (
    select
        style_id,
        size_label,
        sum(developed_millionths) as developed_millionths,
        sum(small_millionths) as small_millionths,
        sum(large_millionths) as large_millionths
    from cells
    group by style_id, size_label
),

-- Five units that come back as often as the style's are added to each size, so that one with
-- little says little.
final as (
    select
        sizes.style_id,
        sizes.size_label,
        {{ weigh_size('sizes.small_millionths', 'styles.small_millionths') }}
            as small_thousandths,
        {{ weigh_size('sizes.large_millionths', 'styles.large_millionths') }}
            as large_thousandths
    from sizes
    inner join styles on sizes.style_id = styles.style_id
)

select * from final
