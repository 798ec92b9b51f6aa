with

shop as (
    select known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

months as (
    select
        first_date,
        last_date
    from {{ ref('int_orders_narrowed_to_whole_months') }}
),

-- The minutes of these are counted as contacts.
spoken as (
    select distinct contacts.order_id
    from {{ ref('stg_shop__contacts') }} as contacts
    cross join shop
    where
        contacts.contacted_at < shop.known_before_at
        and contacts.order_id is not null
        and contacts.topic_code in ('return', 'refund')
),

return_lines as (
    select
        order_id,
        request_channel_code,
        has_request,
        event_date
    from {{ ref('fct_return_lines') }}
    where coalesce(return_type_code, 'customer_return') = 'customer_return'
),

told_channels as (
    select
        case
            when count(case when has_request then 1 end) = 0 then 'return_requests'
            when count(request_channel_code) = 0 then 'return_requests.request_channel'
        end as missing_name
    from return_lines
),

by_hand as (
    select count(*) as case_count
    from return_lines
    cross join months
    left join spoken on return_lines.order_id = spoken.order_id
    where
        spoken.order_id is null
        and (not return_lines.has_request or return_lines.request_channel_code <> 'web')
        and return_lines.event_date between months.first_date and months.last_date
),

decisions as (
    select
        decider_code,
        review_minutes,
        event_date
    from {{ ref('int_return_requests_judged_to_deciders') }}
),

told_deciders as (
    select
        case
            when count(*) = 0 then 'return_requests'
            when count(case when decider_code in ('system', 'staff') then 1 end) = 0
                then 'return_requests.decided_by'
        end as missing_name
    from decisions
),

by_staff as (
    select
        count(case when decisions.review_minutes is null then 1 end) as case_count,
        coalesce(sum({{ to_millionths('decisions.review_minutes') }}), 0) as recorded_millionths
    from decisions
    cross join months
    where
        decisions.decider_code = 'staff'
        and decisions.event_date between months.first_date and months.last_date
),

final as (
    select
        'requests_by_hand' as part_code,
        told_channels.missing_name,
        by_hand.case_count,
        cast(0 as double) as recorded_quantity
    from by_hand
    cross join told_channels

    union all

    select
        'staff_decisions' as part_code,
        told_deciders.missing_name,
        by_staff.case_count,
        {{ from_millionths('by_staff.recorded_millionths') }} as recorded_quantity
    from by_staff
    cross join told_deciders
)

select * from final
