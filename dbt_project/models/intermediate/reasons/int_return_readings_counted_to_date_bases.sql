with

readings as (
    select
        return_line_id,
        sku,
        style_id,
        channel_name,
        reason_code,
        reason_system,
        group_code,
        size_direction_code,
        reason_state_code,
        returned_count * {{ to_millionths('reason_probability') }} as expected_millionths,
        case when is_size_bracketed then returned_count else 0 end
        * {{ to_millionths('reason_probability') }} as size_bracketed_expected_millionths,
        -- The units of a return line come back for the same reason, or none of them does.
        returned_count * returned_count
        * {{ to_millionths('reason_probability * (1 - reason_probability)') }}
            as variance_millionths,
        is_reason_mapped,
        is_controllable,
        is_size_reason,
        is_expectation_gap,
        is_counted_in_cohort,
        cohort_date,
        event_date
    from {{ ref('fct_return_reason_readings') }}
    where is_product_return
),

both_bases as (
    select
        *,
        'cohort' as date_basis_code,
        cohort_date as calendar_date
    from readings
    where is_counted_in_cohort

    union all

    select
        *,
        'event' as date_basis_code,
        event_date as calendar_date
    from readings
),

final as (
    select
        return_line_id,
        sku,
        style_id,
        channel_name,
        date_basis_code,
        reason_code,
        reason_system,
        group_code,
        size_direction_code,
        reason_state_code,
        expected_millionths,
        size_bracketed_expected_millionths,
        variance_millionths,
        is_reason_mapped,
        is_controllable,
        is_size_reason,
        is_expectation_gap,
        calendar_date
    from both_bases
)

select * from final
