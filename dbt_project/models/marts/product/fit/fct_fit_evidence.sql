with

returned as (
    select
        order_line_id,
        sku,
        style_id,
        cast(null as string) as kept_code,
        cast(null as string) as feedback_code,
        zones_text,
        returned_count,
        case when stated_direction_code = 'small' then returned_count else 0 end
            as stated_small_count,
        case when stated_direction_code = 'large' then returned_count else 0 end
            as stated_large_count,
        case when is_stated_size then returned_count else 0 end as stated_size_count,
        case when is_moved_up then returned_count else 0 end as moved_up_count,
        case when is_moved_down then returned_count else 0 end as moved_down_count,
        case when is_contradictory then returned_count else 0 end as contradictory_count,
        returned_count * read_small_millionths as read_small_millionths,
        returned_count * read_large_millionths as read_large_millionths,
        returned_count * small_millionths as small_millionths,
        returned_count * large_millionths as large_millionths,
        returned_count * size_millionths as size_millionths
    from {{ ref('int_return_lines_judged_to_directions') }}
),

-- Neither what is kept nor what is said of it comes back: it counts in no rate.
others as (
    select
        order_line_id,
        sku,
        style_id,
        kept_code,
        cast(null as string) as feedback_code,
        cast(null as string) as zones_text
    from {{ ref('int_order_lines_kept_to_sizes') }}

    union all

    select
        order_line_id,
        sku,
        style_id,
        cast(null as string) as kept_code,
        fit_code as feedback_code,
        zone_name as zones_text
    from {{ ref('int_fit_feedback_narrowed_to_order_lines') }}
),

gathered as (
    select *
    from returned

    union all

    select
        order_line_id,
        sku,
        style_id,
        kept_code,
        feedback_code,
        zones_text,
        0 as returned_count,
        0 as stated_small_count,
        0 as stated_large_count,
        0 as stated_size_count,
        0 as moved_up_count,
        0 as moved_down_count,
        0 as contradictory_count,
        0 as read_small_millionths,
        0 as read_large_millionths,
        0 as small_millionths,
        0 as large_millionths,
        0 as size_millionths
    from others
),

final as (
    select
        order_line_id,
        min(sku) as sku,
        min(style_id) as style_id,
        max(kept_code) as kept_code,
        max(feedback_code) as feedback_code,
        max(zones_text) as zones_text,
        cast(sum(returned_count) as bigint) as returned_count,
        cast(sum(stated_small_count) as bigint) as stated_small_count,
        cast(sum(stated_large_count) as bigint) as stated_large_count,
        cast(sum(stated_size_count) as bigint) as stated_size_count,
        cast(sum(moved_up_count) as bigint) as moved_up_count,
        cast(sum(moved_down_count) as bigint) as moved_down_count,
        cast(sum(contradictory_count) as bigint) as contradictory_count,
        {{ from_millionths('sum(read_small_millionths)') }} as read_small_units,
        {{ from_millionths('sum(read_large_millionths)') }} as read_large_units,
        {{ from_millionths('sum(small_millionths)') }} as small_units,
        {{ from_millionths('sum(large_millionths)') }} as large_units,
        {{ from_millionths('sum(size_millionths)') }} as size_units
    from gathered
    group by order_line_id
)

select * from final
