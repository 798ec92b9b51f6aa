with

reasons as (
    select
        return_line_id,
        reason_source_code,
        reason_code,
        reason_system,
        source_reason_code,
        source_reason_system,
        group_code,
        size_direction_code,
        reason_state_code,
        is_told,
        is_reason_given,
        is_reason_mapped,
        is_ambiguous,
        is_controllable,
        is_size_reason,
        is_expectation_gap
    from {{ ref('int_return_lines_joined_to_reasons') }}
),

return_lines as (
    select
        return_line_id,
        sku,
        style_id,
        channel_name,
        requested_count,
        returned_count,
        returned_net_amount,
        is_matched,
        is_product_return,
        is_counted_in_cohort,
        is_size_bracketed,
        cohort_date,
        event_date
    from {{ ref('fct_return_lines') }}
),

final as (
    select
        reasons.return_line_id,
        return_lines.sku,
        return_lines.style_id,
        return_lines.channel_name,
        reasons.reason_source_code,
        reasons.reason_code,
        reasons.reason_system,
        reasons.source_reason_code,
        reasons.source_reason_system,
        reasons.group_code,
        reasons.size_direction_code,
        reasons.reason_state_code,
        return_lines.requested_count,
        return_lines.returned_count,
        return_lines.returned_net_amount,
        reasons.is_told,
        reasons.is_reason_given,
        reasons.is_reason_mapped,
        reasons.is_ambiguous,
        reasons.is_controllable,
        reasons.is_size_reason,
        reasons.is_expectation_gap,
        return_lines.is_matched,
        return_lines.is_product_return,
        return_lines.is_counted_in_cohort,
        return_lines.is_size_bracketed,
        return_lines.cohort_date,
        return_lines.event_date
    from reasons
    inner join return_lines on reasons.return_line_id = return_lines.return_line_id
)

select * from final
