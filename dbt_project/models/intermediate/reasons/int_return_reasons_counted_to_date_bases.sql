with

facts as (
    select
        return_line_id,
        sku,
        style_id,
        channel_name,
        reason_source_code,
        reason_code,
        reason_system,
        group_code,
        size_direction_code,
        reason_state_code,
        requested_count,
        returned_count,
        coalesce(returned_net_amount, 0) as returned_net_amount,
        case when is_matched then 0 else returned_count end as unvalued_returned_count,
        case when is_ambiguous then returned_count else 0 end as ambiguous_returned_count,
        case when is_told then returned_count else 0 end as told_returned_count,
        case when is_controllable then returned_count else 0 end as controllable_returned_count,
        case when is_expectation_gap then returned_count else 0 end
            as expectation_gap_returned_count,
        case when is_size_bracketed then returned_count else 0 end
            as size_bracketed_returned_count,
        case when is_size_bracketed then coalesce(returned_net_amount, 0) else 0 end
            as size_bracketed_returned_net_amount,
        -- Of an order with several sizes of the style, the ones sent back say nothing of the size.
        case when is_size_reason and not is_size_bracketed then returned_count else 0 end
            as size_returned_count,
        case when is_size_reason and is_size_bracketed then returned_count else 0 end
            as bracketed_size_returned_count,
        is_reason_mapped,
        is_controllable,
        is_size_reason,
        is_expectation_gap,
        is_counted_in_cohort,
        cohort_date,
        event_date
    from {{ ref('fct_return_reasons') }}
    where is_product_return
),

directed as (
    select
        *,
        case when size_direction_code = 'small' then size_returned_count else 0 end
            as small_returned_count,
        case when size_direction_code = 'large' then size_returned_count else 0 end
            as large_returned_count
    from facts
),

both_bases as (
    select
        *,
        'cohort' as date_basis_code,
        cohort_date as calendar_date
    from directed
    where is_counted_in_cohort

    union all

    select
        *,
        'event' as date_basis_code,
        event_date as calendar_date
    from directed
),

final as (
    select
        return_line_id,
        sku,
        style_id,
        channel_name,
        reason_source_code,
        date_basis_code,
        reason_code,
        reason_system,
        group_code,
        size_direction_code,
        reason_state_code,
        requested_count,
        returned_count,
        returned_net_amount,
        unvalued_returned_count,
        ambiguous_returned_count,
        told_returned_count,
        controllable_returned_count,
        expectation_gap_returned_count,
        size_bracketed_returned_count,
        size_bracketed_returned_net_amount,
        size_returned_count,
        bracketed_size_returned_count,
        small_returned_count,
        large_returned_count,
        is_reason_mapped,
        is_controllable,
        is_size_reason,
        is_expectation_gap,
        calendar_date
    from both_bases
)

select * from final
