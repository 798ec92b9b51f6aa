with

dated as (
    select
        *,
        {{ to_week_start('calendar_date') }} as week_start_date
    from {{ ref('int_return_reasons_joined_to_readings') }}
    where style_id is not null
),

-- What the taxonomy says of a reason is the same in all rows of it.
final as (
    select
        style_id,
        channel_name,
        reason_source_code,
        date_basis_code,
        reason_code,
        reason_system,
        min(group_code) as group_code,
        min(size_direction_code) as size_direction_code,
        min(reason_state_code) as reason_state_code,
        cast(sum(requested_count) as bigint) as requested_count,
        cast(sum(returned_count) as bigint) as returned_count,
        cast(sum(returned_net_amount) as bigint) as returned_net_amount,
        cast(sum(unvalued_returned_count) as bigint) as unvalued_returned_count,
        cast(sum(size_bracketed_returned_count) as bigint) as size_bracketed_returned_count,
        cast(sum(size_bracketed_returned_net_amount) as bigint)
            as size_bracketed_returned_net_amount,
        cast(sum(ambiguous_returned_count) as bigint) as ambiguous_returned_count,
        cast(sum(told_returned_count) as bigint) as told_returned_count,
        {{ from_millionths('sum(expected_millionths)') }} as expected_returned_units,
        {{ from_millionths('sum(size_bracketed_expected_millionths)') }}
            as size_bracketed_expected_returned_units,
        {{ from_millionths('sum(variance_millionths)') }} as returned_units_variance,
        bool_and(is_reason_mapped) as is_reason_mapped,
        bool_and(is_controllable) as is_controllable,
        bool_and(is_size_reason) as is_size_reason,
        bool_and(is_expectation_gap) as is_expectation_gap,
        week_start_date
    from dated
    group by
        style_id,
        channel_name,
        reason_source_code,
        date_basis_code,
        reason_code,
        reason_system,
        week_start_date
    order by style_id, week_start_date
)

select * from final
