with

cells as (
    select
        style_id,
        lot_id,
        size_label,
        delivered_count,
        returned_count,
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

lots as (
    select
        cells.style_id,
        cells.lot_id,
        sum(cells.delivered_count) as delivered_count,
        sum(cells.returned_count) as returned_count,
        sum(cells.developed_millionths) as developed_millionths,
        sum(cells.small_millionths) as small_millionths,
        sum(cells.large_millionths) as large_millionths,
        sum(cells.size_millionths) as size_millionths,
        sum(cells.developed_millionths * weights.small_thousandths) as small_weight,
        sum(cells.developed_millionths * weights.large_thousandths) as large_weight
    from cells
    inner join weights
        on cells.style_id = weights.style_id and cells.size_label = weights.size_label
    where cells.lot_id <> ''
    group by cells.style_id, cells.lot_id
),

styles as (
    select
        style_id,
        min(category_name) as category_name
    from {{ ref('rpt_fit_evidence') }}
    group by style_id
),

final as (
    select
        lots.style_id,
        lots.lot_id,
        styles.category_name,
        cast(lots.delivered_count as bigint) as delivered_count,
        cast(lots.returned_count as bigint) as returned_count,
        {{ from_millionths('lots.small_millionths') }} as small_units,
        {{ from_millionths('lots.large_millionths') }} as large_units,
        {{ from_millionths('lots.size_millionths') }} as size_units,
        {{ from_millionths('lots.developed_millionths') }} as developed_exposure,
        {{ from_millionths(divide_down('cast(lots.small_weight as bigint)', '1000')) }}
            as small_exposure,
        {{ from_millionths(divide_down('cast(lots.large_weight as bigint)', '1000')) }}
            as large_exposure
    from lots
    inner join styles on lots.style_id = styles.style_id
    order by lots.style_id, lots.lot_id
)

select * from final
