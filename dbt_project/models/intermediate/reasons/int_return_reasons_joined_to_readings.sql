with

counted as (
    select *
    from {{ ref('int_return_reasons_counted_to_date_bases') }}
),

readings as (
    select
        *,
        'classified' as reason_source_code
    from {{ ref('int_return_readings_counted_to_date_bases') }}
),

-- What a person recorded is certain: it is expected as it is counted.
final as (
    select
        coalesce(counted.return_line_id, readings.return_line_id) as return_line_id,
        coalesce(counted.sku, readings.sku) as sku,
        coalesce(counted.style_id, readings.style_id) as style_id,
        coalesce(counted.channel_name, readings.channel_name) as channel_name,
        coalesce(counted.reason_source_code, readings.reason_source_code) as reason_source_code,
        coalesce(counted.date_basis_code, readings.date_basis_code) as date_basis_code,
        coalesce(counted.reason_code, readings.reason_code) as reason_code,
        coalesce(counted.reason_system, readings.reason_system) as reason_system,
        coalesce(counted.group_code, readings.group_code) as group_code,
        coalesce(counted.size_direction_code, readings.size_direction_code) as size_direction_code,
        coalesce(counted.reason_state_code, readings.reason_state_code) as reason_state_code,
        coalesce(counted.requested_count, 0) as requested_count,
        coalesce(counted.returned_count, 0) as returned_count,
        coalesce(counted.returned_net_amount, 0) as returned_net_amount,
        coalesce(counted.unvalued_returned_count, 0) as unvalued_returned_count,
        coalesce(counted.size_bracketed_returned_count, 0) as size_bracketed_returned_count,
        coalesce(counted.size_bracketed_returned_net_amount, 0)
            as size_bracketed_returned_net_amount,
        coalesce(counted.small_returned_count, 0) as small_returned_count,
        coalesce(counted.large_returned_count, 0) as large_returned_count,
        coalesce(counted.ambiguous_returned_count, 0) as ambiguous_returned_count,
        coalesce(counted.told_returned_count, 0) as told_returned_count,
        case
            when counted.reason_source_code <> 'classified' then counted.returned_count * 1000000
            else coalesce(readings.expected_millionths, 0)
        end as expected_millionths,
        case
            when counted.reason_source_code <> 'classified'
                then counted.size_bracketed_returned_count * 1000000
            else coalesce(readings.size_bracketed_expected_millionths, 0)
        end as size_bracketed_expected_millionths,
        coalesce(readings.variance_millionths, 0) as variance_millionths,
        coalesce(counted.is_reason_mapped, readings.is_reason_mapped) as is_reason_mapped,
        coalesce(counted.is_controllable, readings.is_controllable) as is_controllable,
        coalesce(counted.is_size_reason, readings.is_size_reason) as is_size_reason,
        coalesce(counted.is_expectation_gap, readings.is_expectation_gap) as is_expectation_gap,
        coalesce(counted.calendar_date, readings.calendar_date) as calendar_date
    from counted
    full join readings
        on
            counted.return_line_id = readings.return_line_id
            and counted.reason_source_code = readings.reason_source_code
            and counted.date_basis_code = readings.date_basis_code
            and counted.reason_code = readings.reason_code
            and counted.reason_system = readings.reason_system
)

select * from final
