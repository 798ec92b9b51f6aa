with

dated as (
    select *
    from {{ ref('int_return_reasons_counted_to_date_bases') }}
),

returned as (
    select
        channel_name,
        reason_source_code,
        date_basis_code,
        sum(requested_count) as requested_count,
        sum(returned_count) as returned_count,
        sum(returned_net_amount) as returned_net_amount,
        sum(unvalued_returned_count) as unvalued_returned_count,
        sum(case when reason_state_code = 'coded' then returned_count else 0 end)
            as coded_returned_count,
        sum(case when reason_state_code = 'other' then returned_count else 0 end)
            as other_returned_count,
        sum(case when reason_state_code = 'unmapped' then returned_count else 0 end)
            as unmapped_returned_count,
        sum(case when reason_state_code = 'none' then returned_count else 0 end)
            as none_returned_count,
        sum(ambiguous_returned_count) as ambiguous_returned_count,
        sum(told_returned_count) as told_returned_count,
        sum(controllable_returned_count) as controllable_returned_count,
        sum(size_returned_count) as size_returned_count,
        sum(bracketed_size_returned_count) as bracketed_size_returned_count,
        sum(small_returned_count) as small_returned_count,
        sum(large_returned_count) as large_returned_count,
        sum(expectation_gap_returned_count) as expectation_gap_returned_count,
        cast(date_trunc('month', calendar_date) as date) as month_start_date
    from dated
    group by
        channel_name,
        reason_source_code,
        date_basis_code,
        cast(date_trunc('month', calendar_date) as date)
),

sources as (
    select reason_source_code
    from dated
    group by reason_source_code
),

deliveries as (
    select
        channel_name,
        date_basis_code,
        sum(delivered_count) as delivered_count,
        cast(date_trunc('month', calendar_date) as date) as month_start_date
    from {{ ref('rpt_sku_return_days') }}
    group by channel_name, date_basis_code, cast(date_trunc('month', calendar_date) as date)
),

-- A month without a return is a month with its deliveries and none of them back.
delivered as (
    select
        deliveries.channel_name,
        sources.reason_source_code,
        deliveries.date_basis_code,
        deliveries.delivered_count,
        deliveries.month_start_date
    from deliveries
    cross join sources
),

final as (
    select
        coalesce(delivered.channel_name, returned.channel_name) as channel_name,
        coalesce(delivered.reason_source_code, returned.reason_source_code)
            as reason_source_code,
        coalesce(delivered.date_basis_code, returned.date_basis_code) as date_basis_code,
        cast(coalesce(delivered.delivered_count, 0) as bigint) as delivered_count,
        cast(coalesce(returned.requested_count, 0) as bigint) as requested_count,
        cast(coalesce(returned.returned_count, 0) as bigint) as returned_count,
        cast(coalesce(returned.returned_net_amount, 0) as bigint) as returned_net_amount,
        cast(coalesce(returned.unvalued_returned_count, 0) as bigint) as unvalued_returned_count,
        cast(coalesce(returned.coded_returned_count, 0) as bigint) as coded_returned_count,
        cast(coalesce(returned.other_returned_count, 0) as bigint) as other_returned_count,
        cast(coalesce(returned.unmapped_returned_count, 0) as bigint) as unmapped_returned_count,
        cast(coalesce(returned.none_returned_count, 0) as bigint) as none_returned_count,
        cast(coalesce(returned.ambiguous_returned_count, 0) as bigint)
            as ambiguous_returned_count,
        cast(coalesce(returned.told_returned_count, 0) as bigint) as told_returned_count,
        cast(coalesce(returned.controllable_returned_count, 0) as bigint)
            as controllable_returned_count,
        cast(coalesce(returned.size_returned_count, 0) as bigint) as size_returned_count,
        cast(coalesce(returned.bracketed_size_returned_count, 0) as bigint)
            as bracketed_size_returned_count,
        cast(coalesce(returned.small_returned_count, 0) as bigint) as small_returned_count,
        cast(coalesce(returned.large_returned_count, 0) as bigint) as large_returned_count,
        cast(coalesce(returned.expectation_gap_returned_count, 0) as bigint)
            as expectation_gap_returned_count,
        coalesce(delivered.month_start_date, returned.month_start_date) as month_start_date
    from delivered
    full join returned
        on
            delivered.channel_name = returned.channel_name
            and delivered.reason_source_code = returned.reason_source_code
            and delivered.date_basis_code = returned.date_basis_code
            and delivered.month_start_date is not distinct from returned.month_start_date
    order by reason_source_code, date_basis_code, month_start_date nulls last, channel_name
)

select * from final
