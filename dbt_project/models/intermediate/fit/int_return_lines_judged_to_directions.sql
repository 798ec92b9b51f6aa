with

return_lines as (
    select
        return_line_id,
        order_line_id,
        sku,
        style_id,
        returned_count
    from {{ ref('fct_return_lines') }}
    -- Of an order with several sizes of the style, the ones sent back say nothing of the size.
    where
        is_counted_in_cohort
        and not is_size_bracketed
        and returned_count > 0
        and cohort_date is not null
),

stated as (
    select
        return_line_id,
        size_direction_code as stated_direction_code
    from {{ ref('fct_return_reasons') }}
    where reason_source_code = 'stated' and is_size_reason
),

-- What is read is added up over the reasons of a text; a reason without a direction takes the
-- direction of the text.
read_codes as (
    select
        return_line_id,
        zones_text,
        case
            when size_direction_code is not null then size_direction_code
            when direction_code in ('small', 'large') then direction_code
        end as read_direction_code,
        {{ to_millionths('reason_probability') }} as probability_millionths
    from {{ ref('fct_return_reason_readings') }}
    where is_size_reason
),

read_sums as (
    select
        return_line_id,
        max(zones_text) as zones_text,
        sum(case when read_direction_code = 'small' then probability_millionths else 0 end)
            as small_millionths,
        sum(case when read_direction_code = 'large' then probability_millionths else 0 end)
            as large_millionths,
        sum(probability_millionths) as size_millionths
    from read_codes
    group by return_line_id
),

-- Together they are never more than certain.
readings as (
    select
        return_line_id,
        zones_text,
        {{ divide_down(
            'small_millionths * 1000000', 'greatest(small_millionths + large_millionths, 1000000)'
        ) }} as read_small_millionths,
        {{ divide_down(
            'large_millionths * 1000000', 'greatest(small_millionths + large_millionths, 1000000)'
        ) }} as read_large_millionths,
        least(size_millionths, 1000000) as read_size_millionths
    from read_sums
),

-- Another colour or another style says nothing of the size.
moves as (
    select
        return_line_id,
        max(case when exchange_kind_code = 'size_up' then 1 else 0 end) as moved_up_number,
        max(case when exchange_kind_code = 'size_down' then 1 else 0 end) as moved_down_number
    from {{ ref('fct_exchanges') }}
    where is_shipped and exchange_kind_code in ('size_up', 'size_down')
    group by return_line_id
),

joined as (
    select
        return_lines.return_line_id,
        return_lines.order_line_id,
        return_lines.sku,
        return_lines.style_id,
        stated.stated_direction_code,
        readings.zones_text,
        return_lines.returned_count,
        coalesce(readings.read_small_millionths, 0) as read_small_millionths,
        coalesce(readings.read_large_millionths, 0) as read_large_millionths,
        coalesce(readings.read_size_millionths, 0) as read_size_millionths,
        stated.return_line_id is not null as is_stated_size,
        coalesce(moves.moved_up_number = 1, false) as is_moved_up,
        coalesce(moves.moved_down_number = 1, false) as is_moved_down
    from return_lines
    left join stated on return_lines.return_line_id = stated.return_line_id
    left join readings on return_lines.return_line_id = readings.return_line_id
    left join moves on return_lines.return_line_id = moves.return_line_id
    where
        stated.return_line_id is not null
        or readings.read_size_millionths > 0
        or moves.return_line_id is not null
),

told as (
    select
        *,
        coalesce(stated_direction_code = 'small', false) or is_moved_up as is_told_small,
        coalesce(stated_direction_code = 'large', false) or is_moved_down as is_told_large,
        {{ to_millionths(decided_probability()) }} as decided_millionths
    from joined
),

judged as (
    select
        *,
        (is_told_small and is_told_large)
        or (is_told_small and read_large_millionths >= decided_millionths)
        or (is_told_large and read_small_millionths >= decided_millionths) as is_contradictory
    from told
),

-- What the customer chose and did is certain, words are as probable as they were read. Evidence
-- that contradicts itself is about size, in no direction.
final as (
    select
        return_line_id,
        order_line_id,
        sku,
        style_id,
        stated_direction_code,
        zones_text,
        returned_count,
        read_small_millionths,
        read_large_millionths,
        case
            when is_contradictory or is_told_large then 0
            when is_told_small then 1000000
            else read_small_millionths
        end as small_millionths,
        case
            when is_contradictory or is_told_small then 0
            when is_told_large then 1000000
            else read_large_millionths
        end as large_millionths,
        case
            when is_stated_size or is_told_small or is_told_large then 1000000
            else read_size_millionths
        end as size_millionths,
        is_stated_size,
        is_moved_up,
        is_moved_down,
        is_contradictory
    from judged
)

select * from final
