with

facts as (
    select
        sku,
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
        case when is_size_bracketed then returned_count else 0 end
            as size_bracketed_returned_count,
        case when is_size_bracketed then coalesce(returned_net_amount, 0) else 0 end
            as size_bracketed_returned_net_amount,
        -- Of an order with several sizes of the style, the ones sent back say nothing of the size.
        case when is_size_reason and not is_size_bracketed then returned_count else 0 end
            as size_returned_count,
        case when is_ambiguous then returned_count else 0 end as ambiguous_returned_count,
        is_reason_mapped,
        is_controllable,
        is_size_reason,
        is_expectation_gap,
        is_counted_in_cohort,
        cohort_date,
        event_date
    from {{ ref('fct_return_reasons') }}
    where is_product_return and sku is not null
),

both_bases as (
    select
        *,
        'cohort' as date_basis_code,
        cohort_date as calendar_date
    from facts
    where is_counted_in_cohort

    union all

    select
        *,
        'event' as date_basis_code,
        event_date as calendar_date
    from facts
),

dated as (
    select
        *,
        cast(date_trunc('month', calendar_date) as date) as month_start_date
    from both_bases
),

-- What the taxonomy says of a reason is the same in all rows of it.
final as (
    select
        sku,
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
        cast(
            sum(case when size_direction_code = 'small' then size_returned_count else 0 end)
            as bigint
        ) as small_returned_count,
        cast(
            sum(case when size_direction_code = 'large' then size_returned_count else 0 end)
            as bigint
        ) as large_returned_count,
        cast(sum(ambiguous_returned_count) as bigint) as ambiguous_returned_count,
        bool_and(is_reason_mapped) as is_reason_mapped,
        bool_and(is_controllable) as is_controllable,
        bool_and(is_size_reason) as is_size_reason,
        bool_and(is_expectation_gap) as is_expectation_gap,
        month_start_date
    from dated
    group by
        sku,
        channel_name,
        reason_source_code,
        date_basis_code,
        reason_code,
        reason_system,
        month_start_date
    order by sku, month_start_date
)

select * from final
