with

-- A return of a product, with what each source says of it; one that says nothing is null.
return_lines as (
    select
        return_line_id,
        style_id,
        returned_count,
        cast(date_trunc('month', event_date) as date) as month_start_date
    from {{ ref('fct_return_lines') }}
    where is_product_return and style_id is not null
),

reasons as (
    select
        return_line_id,
        reason_source_code,
        reason_code
    from {{ ref('fct_return_reasons') }}
    where is_reason_given
),

readings as (
    select
        return_line_id,
        is_decided
    from {{ ref('int_return_lines_joined_to_readings') }}
),

-- How probable the stated reason is by the customer's own words.
agreements as (
    select
        readings.return_line_id,
        readings.reason_probability
    from {{ ref('fct_return_reason_readings') }} as readings
    inner join {{ ref('fct_return_reasons') }} as stated
        on
            readings.return_line_id = stated.return_line_id
            and readings.reason_code = stated.reason_code
            and readings.reason_system = stated.reason_system
    where stated.reason_source_code = 'stated'
),

joined as (
    select
        return_lines.style_id,
        stated.reason_code as stated_reason_code,
        classified.reason_code as read_reason_code,
        inspected.reason_code as inspected_reason_code,
        case
            when readings.return_line_id is null then 'no_text'
            when readings.is_decided then 'decided'
            else 'for_a_person'
        end as reading_state_code,
        return_lines.returned_count,
        return_lines.returned_count
        * {{ to_millionths('coalesce(agreements.reason_probability, 0)') }}
            as agreed_millionths,
        return_lines.month_start_date
    from return_lines
    left join reasons as stated
        on
            return_lines.return_line_id = stated.return_line_id
            and stated.reason_source_code = 'stated'
    left join reasons as classified
        on
            return_lines.return_line_id = classified.return_line_id
            and classified.reason_source_code = 'classified'
    left join reasons as inspected
        on
            return_lines.return_line_id = inspected.return_line_id
            and inspected.reason_source_code = 'inspected'
    left join readings on return_lines.return_line_id = readings.return_line_id
    left join agreements on return_lines.return_line_id = agreements.return_line_id
),

final as (
    select
        style_id,
        stated_reason_code,
        read_reason_code,
        inspected_reason_code,
        reading_state_code,
        count(*) as return_line_count,
        cast(sum(returned_count) as bigint) as returned_count,
        {{ from_millionths('sum(agreed_millionths)') }} as agreed_returned_units,
        month_start_date
    from joined
    group by
        style_id,
        stated_reason_code,
        read_reason_code,
        inspected_reason_code,
        reading_state_code,
        month_start_date
    order by month_start_date nulls last, style_id
)

select * from final
