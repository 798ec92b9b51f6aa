with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

months as (
    select
        first_date,
        last_date
    from {{ ref('int_orders_narrowed_to_whole_months') }}
),

landed as (
    select
        max(case when entity_name = 'address_checks' then row_count else 0 end) as check_count,
        max(case when entity_name = 'delivery_events' then row_count else 0 end) as event_count,
        max(case when entity_name = 'shipments' then row_count else 0 end) as shipment_count,
        max(case when entity_name = 'return_requests' then row_count else 0 end) as request_count,
        max(case when entity_name = 'return_receipts' then row_count else 0 end) as receipt_count,
        max(case when entity_name = 'refunds' then row_count else 0 end) as refund_count,
        max(case when entity_name = 'exchanges' then row_count else 0 end) as exchange_count,
        max(case when entity_name = 'inventory_snapshots' then row_count else 0 end)
            as snapshot_count,
        max(case when entity_name = 'product_actions' then row_count else 0 end) as action_count
    from {{ ref('rpt_entities') }}
),

gaps as (
    select
        max(case when metric_name = 'address_manual_touch' then missing_name end) as touch_name,
        max(case when metric_name = 'address_check_miss' then missing_name end) as miss_name
    from {{ ref('rpt_metric_gaps') }}
),

addresses as (
    select
        coalesce(sum(checks.order_count - checks.skipped_order_count), 0) as order_count,
        coalesce(sum(checks.checked_order_count), 0) as checked_count,
        coalesce(sum(checks.manual_order_count), 0) as manual_count,
        coalesce(sum(checks.defect_order_count), 0) as defect_count,
        coalesce(sum(checks.closed_without_staff_order_count), 0) as closed_count
    from {{ ref('rpt_address_checks') }} as checks
    inner join months on checks.ordered_date between months.first_date and months.last_date
),

parcels as (
    select
        parcel_count - unknown_cause_count as known_count,
        unknown_cause_count,
        brought_back_count
    from {{ ref('int_shipments_counted_to_bring_backs') }}
),

requests as (
    select
        coalesce(
            sum(request_days.request_line_count + request_days.unrequested_line_count), 0
        ) as line_count,
        coalesce(sum(request_days.web_completed_line_count), 0) as web_count
    from {{ ref('rpt_request_days') }} as request_days
    inner join months on request_days.event_date between months.first_date and months.last_date
),

channels as (
    select count(request_channel_code) as told_count
    from {{ ref('fct_return_lines') }}
),

offers as (
    select
        coalesce(sum(exchange_days.eligible_count), 0) as eligible_count,
        sum(exchange_days.offered_eligible_count) as offered_count
    from {{ ref('rpt_exchange_days') }} as exchange_days
    inner join months on exchange_days.calendar_date between months.first_date and months.last_date
),

arrivals as (
    select
        resolutions.resolution_code,
        resolutions.waited_minutes
    from {{ ref('int_return_lines_judged_to_resolutions') }} as resolutions
    inner join months on resolutions.received_date between months.first_date and months.last_date
),

-- Kaplan and Meier: of those that still waited before each minute, the share that ended in it. What
-- was resolved at a moment that nobody recorded was late, and ends after all others.
waits as (
    select
        coalesce(waited_minutes, 999999999) as waited_minutes,
        count(case when resolution_code in ('in_time', 'later') then 1 end) as ended_count,
        count(*) as line_count
    from arrivals
    group by coalesce(waited_minutes, 999999999)
),

at_risk as (
    select
        waited_minutes,
        ended_count,
        sum(line_count) over (
            order by waited_minutes rows between current row and unbounded following
        ) as waiting_count
    from waits
),

steps as (
    select
        waited_minutes,
        ended_count,
        waiting_count,
        sum(case when ended_count = waiting_count then 1 else 0 end) over (
            order by waited_minutes
        ) as ending_count,
        -- Greenwood's sum, and the logarithm of the share that still waits.
        sum(
            case
                when ended_count < waiting_count
                    then ln(1.0 - cast(ended_count as double) / waiting_count)
                else 0.0
            end
        ) over (order by waited_minutes) as log_waiting,
        sum(
            case
                when ended_count < waiting_count
                    then
                        cast(ended_count as double)
                        / waiting_count
                        / (waiting_count - ended_count)
                else 0.0
            end
        ) over (order by waited_minutes) as greenwood
    from at_risk
),

curve as (
    select
        waited_minutes,
        greenwood,
        case when ending_count > 0 then 0.0 else exp(log_waiting) end as waiting_share
    from steps
),

resolved as (
    select count(case when resolution_code <> 'young_open' then 1 end) as judged_count
    from arrivals
),

day_curve as (
    select
        min(waiting_share) as waiting_share,
        max(greenwood) as greenwood
    from curve
    where waited_minutes <= 1440
),

ninety as (
    select min(waited_minutes) as waited_minutes
    from curve
    where waiting_share <= 0.1 and waited_minutes < 999999999
),

-- The variance as a number of cases that would have it: then the interval is Wilson's, which does
-- not shrink to nothing where all were in time.
speed as (
    select
        resolved.judged_count,
        round(1.0 - coalesce(day_curve.waiting_share, 1.0), 9) as resolved_share,
        case
            when day_curve.waiting_share > 0.0 and day_curve.waiting_share < 1.0
                then
                    (1.0 - day_curve.waiting_share)
                    / (day_curve.waiting_share * day_curve.greenwood)
            else cast(resolved.judged_count as double)
        end as trials,
        ninety.waited_minutes / 60.0 as hours_until_90
    from resolved
    cross join day_curve
    cross join ninety
),

reasons as (
    select
        coalesce(sum(totals.returned_count), 0) as returned_count,
        coalesce(sum(totals.coded_returned_count), 0) as coded_count
    from {{ ref('rpt_reason_totals') }} as totals
    inner join months
        on totals.month_start_date between months.first_date and months.last_date
    where totals.reason_source_code = 'stated' and totals.date_basis_code = 'event'
),

limits as (
    select
        max(limit_count) as limit_count,
        max(within_days) as within_days
    from {{ ref('condition_rules') }}
    where figure_code = 'acted_on'
),

kept as (
    select
        style_id,
        min(as_of_date) as first_date
    from {{ ref('stg_kaeru__worklist_days') }}
    where level_code = 'style' and is_alarm
    group by style_id
),

alarms as (
    select
        style_id,
        since_date,
        row_number() over (
            order by likely_excess_amount desc nulls last, style_id asc
        ) as alarm_number
    from {{ ref('rpt_worklist') }}
    where level_code = 'style' and is_alarm
),

-- A finding is first seen on the first kept day on which it was an alarm, else when its style
-- changed, else today.
findings as (
    select
        alarms.style_id,
        limits.within_days,
        coalesce(kept.first_date, alarms.since_date, shop.as_of_date) as seen_date,
        least(
            coalesce(alarms.since_date, shop.as_of_date),
            coalesce(kept.first_date, alarms.since_date, shop.as_of_date)
        ) as begun_date
    from alarms
    cross join shop
    cross join limits
    left join kept on alarms.style_id = kept.style_id
    where alarms.alarm_number <= limits.limit_count
),

actions as (
    select
        actions.action_id,
        actions.style_id,
        actions.opened_date,
        coalesce(
            actions.closed_date <= shop.as_of_date,
            lower(trim(actions.status_name)) in ('closed', 'done', '完了', '済'), false
        ) as is_closed
    from {{ ref('stg_shop__product_actions') }} as actions
    cross join shop
    where coalesce(actions.opened_date <= shop.as_of_date, true)
),

acted as (
    select distinct findings.style_id
    from findings
    inner join actions on findings.style_id = actions.style_id
    where
        actions.opened_date >= {{ add_days('findings.begun_date', '-findings.within_days') }}
        and actions.opened_date <= {{ add_days('findings.seen_date', 'findings.within_days') }}
),

finding_counts as (
    select
        count(*) as finding_count,
        count(acted.style_id) as acted_count
    from findings
    left join acted on findings.style_id = acted.style_id
),

action_counts as (
    select
        count(*) as action_count,
        count(case when is_closed then 1 end) as closed_count
    from actions
),

worked as (
    select
        finding_counts.finding_count,
        finding_counts.acted_count,
        action_counts.action_count,
        action_counts.closed_count
    from finding_counts
    cross join action_counts
),

-- counted: what there is. value: what is held against the rule. trials: cases of its interval.
figures as (
    select
        'checked' as figure_code,
        case when addresses.order_count = 0 then 'address_checks' end as missing_name,
        addresses.checked_count as counted_count,
        addresses.order_count as n_count,
        cast(addresses.checked_count as double) / nullif(addresses.order_count, 0) as figure_value,
        cast(addresses.order_count as double) as trials
    from addresses

    union all

    select
        'looked_at' as figure_code,
        case
            when landed.check_count = 0 then 'address_checks'
            else gaps.touch_name
        end as missing_name,
        addresses.manual_count as counted_count,
        addresses.order_count as n_count,
        cast(addresses.manual_count as double) as figure_value,
        null as trials
    from addresses
    cross join landed
    cross join gaps

    union all

    select
        'closed_without_staff' as figure_code,
        case
            when landed.check_count = 0 then 'address_checks'
            else gaps.touch_name
        end as missing_name,
        addresses.closed_count as counted_count,
        addresses.defect_count as n_count,
        cast(addresses.closed_count as double) / nullif(addresses.defect_count, 0) as figure_value,
        null as trials
    from addresses
    cross join landed
    cross join gaps

    union all

    select
        'brought_back' as figure_code,
        case
            when landed.shipment_count = 0 then 'shipments'
            when landed.event_count = 0 then 'delivery_events'
            when parcels.unknown_cause_count > 0 and parcels.brought_back_count = 0
                then 'delivery_events.cause'
        end as missing_name,
        parcels.brought_back_count as counted_count,
        parcels.known_count as n_count,
        cast(parcels.brought_back_count as double) / nullif(parcels.known_count, 0)
            as figure_value,
        null as trials
    from parcels
    cross join landed

    union all

    select
        'on_the_web' as figure_code,
        case
            when landed.request_count = 0 or requests.line_count = 0 then 'return_requests'
            when channels.told_count = 0 then 'return_requests.request_channel'
            when landed.receipt_count = 0 then 'return_receipts'
        end as missing_name,
        requests.web_count as counted_count,
        requests.line_count as n_count,
        case
            when channels.told_count > 0
                then cast(requests.web_count as double) / nullif(requests.line_count, 0)
        end as figure_value,
        cast(requests.line_count as double) as trials
    from requests
    cross join channels
    cross join landed

    union all

    select
        'offered' as figure_code,
        case
            when landed.request_count = 0 then 'return_requests'
            when landed.snapshot_count = 0 or offers.eligible_count = 0 then 'inventory_snapshots'
            when offers.offered_count is null then 'return_requests.exchange_offered_at'
        end as missing_name,
        offers.offered_count as counted_count,
        offers.eligible_count as n_count,
        cast(offers.offered_count as double) / nullif(offers.eligible_count, 0) as figure_value,
        cast(offers.eligible_count as double) as trials
    from offers
    cross join landed

    union all

    select
        'resolved' as figure_code,
        case
            when landed.receipt_count = 0 then 'return_receipts'
            when landed.refund_count + landed.exchange_count = 0 then 'refunds'
            when speed.judged_count = 0 then 'return_receipts'
        end as missing_name,
        null as counted_count,
        speed.judged_count as n_count,
        case when speed.judged_count > 0 then speed.resolved_share end as figure_value,
        speed.trials
    from speed
    cross join landed

    union all

    select
        'hours_until_90' as figure_code,
        case
            when landed.receipt_count = 0 then 'return_receipts'
            when landed.refund_count + landed.exchange_count = 0 then 'refunds'
        end as missing_name,
        null as counted_count,
        speed.judged_count as n_count,
        speed.hours_until_90 as figure_value,
        null as trials
    from speed
    cross join landed

    union all

    select
        'usable' as figure_code,
        case when reasons.returned_count = 0 then 'return_requests' end as missing_name,
        reasons.coded_count as counted_count,
        reasons.returned_count as n_count,
        cast(reasons.coded_count as double) / nullif(reasons.returned_count, 0) as figure_value,
        cast(reasons.returned_count as double) as trials
    from reasons

    union all

    select
        'acted_on' as figure_code,
        case when landed.action_count = 0 then 'product_actions' end as missing_name,
        worked.acted_count as counted_count,
        worked.finding_count as n_count,
        cast(worked.acted_count as double) / nullif(worked.finding_count, 0) as figure_value,
        null as trials
    from worked
    cross join landed

    union all

    select
        'closed_actions' as figure_code,
        case when landed.action_count = 0 then 'product_actions' end as missing_name,
        worked.closed_count as counted_count,
        worked.action_count as n_count,
        cast(worked.closed_count as double) as figure_value,
        null as trials
    from worked
    cross join landed
),

final as (
    select
        rules.condition_code,
        rules.figure_code,
        rules.bound_code,
        figures.missing_name,
        rules.condition_number,
        cast(figures.counted_count as bigint) as counted_count,
        cast(figures.n_count as bigint) as n_count,
        -- Of the shown figure what is known may already be too little.
        case when rules.is_shown or figures.missing_name is null then figures.figure_value end
            as figure_value,
        case
            when rules.is_shown and figures.figure_value is not null and figures.trials > 0
                then greatest({{ bound_of_share(
                    'figures.figure_value * figures.trials', 'figures.trials', '-'
                ) }}, 0.0)
        end as low,
        case
            when rules.is_shown and figures.figure_value is not null and figures.trials > 0
                then least({{ bound_of_share(
                    'figures.figure_value * figures.trials', 'figures.trials', '+'
                ) }}, 1.0)
        end as high,
        rules.pass_value,
        rules.partial_value,
        rules.is_shown,
        months.first_date,
        months.last_date
    from {{ ref('condition_rules') }} as rules
    inner join figures on rules.figure_code = figures.figure_code
    cross join months
    order by rules.condition_number asc, rules.is_shown desc, rules.figure_code asc
)

select * from final
