{#- What the catalogue divides, and where its months stand: metric, mart and its day, numerator,
    denominator (0 for a sum), rows that count. A metric of two marts has two lines. -#}
{%- set cohort = "date_basis_code = 'cohort'" -%}
{%- set stated = "reason_source_code = 'stated' and date_basis_code = 'cohort'" -%}
{%- set days = ('rpt_sku_return_days', 'calendar_date') -%}
{%- set reasons = ('rpt_sku_reasons', 'month_start_date') -%}
{%- set exchanges = ('rpt_exchange_days', 'calendar_date') -%}
{%- set episodes = ('rpt_episode_months', 'cohort_month_date') -%}
{%- set decisions = ('rpt_request_decisions', 'event_date') -%}
{%- set checks = ('rpt_address_checks', 'ordered_date') -%}
{%- set turnover = ('rpt_inventory_turnover', 'month_start_date') -%}
{%- set parts = [
    ('return_rate_units', days, 'returned_count', 'delivered_count', cohort),
    ('return_rate_value', days, 'returned_net_amount', 'delivered_net_amount', cohort),
    ('request_rate', days, 'requested_count', 'delivered_count', cohort),
    ('return_rate_event', days, 'returned_count', 'delivered_count', "date_basis_code = 'event'"),
    ('controllable_return_rate', reasons, 'returned_count', '0', stated ~ ' and is_controllable'),
    ('controllable_return_rate', days, '0', 'delivered_count', cohort),
    ('size_return_rate', reasons, 'returned_count - size_bracketed_returned_count', '0',
     stated ~ ' and is_size_reason'),
    ('size_return_rate', days, '0', 'delivered_count', cohort),
    ('size_direction', reasons, 'small_returned_count - large_returned_count',
     'small_returned_count + large_returned_count', stated),
    ('reason_rate', reasons, 'returned_count', '0', stated),
    ('reason_rate', days, '0', 'delivered_count', cohort),
    ('reason_usability', ('rpt_reason_totals', 'month_start_date'), 'coded_returned_count',
     'returned_count', "reason_source_code = 'stated' and date_basis_code = 'event'"),
    ('expectation_gap', ('rpt_expectation_gaps', 'cohort_month_date'),
     'expectation_gap_returned_count', 'delivered_count', 'true'),
    ('keep_rate', episodes, 'kept_count', 'delivered_count', 'true'),
    ('keep_rate_episodes', episodes, 'fully_kept_episode_count', 'episode_count', 'true'),
    ('keep_rate_orders', ('rpt_kept_orders', 'cohort_month_date'), 'fully_kept_order_count',
     'order_count', 'true'),
    ('retained_revenue_durable', episodes, 'developed_retained_durable_amount',
     'developed_delivered_net_amount', 'true'),
    ('retained_revenue_gross', exchanges, 'retained_gross_amount', 'resolved_net_amount', 'true'),
    ('exchange_rate', exchanges, 'exchanged_line_count', 'resolved_line_count', 'true'),
    ('offer_coverage', exchanges, 'offered_eligible_count', 'eligible_count', 'true'),
    ('offer_acceptance', exchanges, 'accepted_count', 'offered_count', 'true'),
    ('exchange_fill_rate', exchanges, 'fillable_request_count', 'stocked_request_count', 'true'),
    ('resolved_within_24h', ('rpt_resolution_days', 'calendar_date'),
     'resolved_in_time_line_count', 'arrived_line_count - young_open_line_count', 'true'),
    ('recovery_rate', ('rpt_return_recoveries', 'received_date'), 'recovered_amount',
     'original_net_amount', 'true'),
    ('cost_per_return', ('rpt_return_costs', 'cohort_month_date'), 'return_cost_amount',
     'returned_line_count', 'true'),
    ('contribution_after_returns', ('rpt_contribution', 'cohort_month_date'),
     'contribution_amount', '0', 'true'),
    ('contribution_after_advertising', ('rpt_ad_costs', 'month_start_date'),
     'contribution_after_ads_amount', '0', 'true'),
    ('policy_automation', decisions, 'system_line_count',
     'request_line_count - unattributed_line_count', 'true'),
    ('policy_exceptions', decisions, 'overridden_line_count',
     'request_line_count - unjudged_line_count', 'true'),
    ('web_completion', ('rpt_request_days', 'event_date'), 'web_completed_line_count',
     'request_line_count + unrequested_line_count', 'true'),
    ('address_defect_rate', checks, 'defect_order_count', 'checked_order_count', 'true'),
    ('address_auto_resolved', checks, 'closed_without_staff_order_count', 'defect_order_count',
     'true'),
    ('address_manual_touch', checks, 'manual_order_count', 'order_count - skipped_order_count',
     'true'),
    ('address_check_miss', checks, 'missed_order_count',
     'passed_order_count - unknown_cause_order_count', 'true'),
    ('inventory_turnover', turnover, 'annualised_sold_cost_amount', 'average_stock_amount',
     'true'),
    ('inventory_turnover_without_returns', turnover, 'annualised_sold_cost_amount',
     'average_unreturned_stock_amount', 'true'),
] -%}
with

targets as (
    select
        metric_name,
        owner_name,
        period_text,
        target_value,
        period_text like '____-__' and substring(period_text, 6, 2) between '01' and '12'
            as is_month
    from {{ ref('stg_shop__targets') }}
),

shop as (
    select substring(cast(as_of_date as string), 1, 7) as current_month_text
    from {{ ref('int_settings_pivoted_to_shops') }}
),

cash_months as (
    select
        substring(cast(calendar_date as string), 1, 7) as month_text,
        sum(refund_amount) as refund_amount
    from {{ ref('rpt_refund_days') }}
    where is_outside_cash and calendar_date is not null
    group by substring(cast(calendar_date as string), 1, 7)
),

covered as (
    select min(month_text) as first_month_text
    from cash_months
),

-- A sum over rows of which one is not known is not known.
parts as (
    {% for name, mart, top, bottom, rows in parts -%}
        select
            '{{ name }}' as metric_name,
            substring(cast({{ mart[1] }} as string), 1, 7) as month_text,
            case when count(*) = count({{ top }}) then sum({{ top }}) end as numerator,
            case when count(*) = count({{ bottom }}) then sum({{ bottom }}) end as denominator
        from {{ ref(mart[0]) }}
        where {{ mart[1] }} is not null and {{ rows }}
        group by substring(cast({{ mart[1] }} as string), 1, 7)
        {%- if not loop.last %}

            union all

        {% endif %}
    {%- endfor %}
),

part_months as (
    select
        metric_name,
        month_text,
        case when count(*) = count(numerator) then cast(sum(numerator) as double) end as numerator,
        case when count(*) = count(denominator) then cast(sum(denominator) as double) end
            as denominator
    from parts
    group by metric_name, month_text
),

by_month as (
    {% for name in parts | map(attribute=0) | unique -%}
        select '{{ name }}' as metric_name

        union all

    {% endfor -%}
    select metric_name
    from {{ ref('rpt_metrics') }}
    where
        metric_name in (
            'refund_cash_out', 'outstanding_refunds', 'refund_liability', 'return_asset'
        )
),

metrics as (
    select
        metric_name,
        required_entities_text
    from {{ ref('rpt_metrics') }}
),

-- The file, or its column, without which nothing of a metric is measurable.
missing as (
    select
        metrics.metric_name,
        entities.entity_name as missing_name
    from metrics
    inner join {{ ref('int_rows_counted_to_entities') }} as entities
        on
            ';' || metrics.required_entities_text || ';' like '%;' || entities.entity_name || ';%'
            and entities.row_count = 0

    union all

    select
        metric_name,
        missing_name
    from {{ ref('rpt_metric_gaps') }}
    where part_code = 'whole'
),

lacks as (
    select
        metric_name,
        min(missing_name) as missing_name
    from missing
    group by metric_name
),

-- As-of days are month ends, and the run's own day in its month.
outstanding_months as (
    select
        substring(cast(as_of_date as string), 1, 7) as month_text,
        sum(outstanding_amount) as outstanding_amount
    from {{ ref('rpt_outstanding_refunds') }}
    group by substring(cast(as_of_date as string), 1, 7)
),

-- A month in which any part is not measurable has no liability.
liability_months as (
    select
        substring(cast(as_of_date as string), 1, 7) as month_text,
        case
            when count(*) = count(refund_liability_amount) then sum(refund_liability_amount)
        end as refund_liability_amount,
        case when count(*) = count(return_asset_amount) then sum(return_asset_amount) end
            as return_asset_amount
    from {{ ref('rpt_refund_liability') }}
    group by substring(cast(as_of_date as string), 1, 7)
),

measured as (
    select
        part_months.metric_name,
        part_months.month_text,
        case
            when lacks.metric_name is null
                then
                    case
                        when part_months.metric_name like 'contribution_after_%'
                            then part_months.numerator
                        else part_months.numerator / nullif(part_months.denominator, 0)
                    end
        end as measured_value
    from part_months
    left join lacks on part_months.metric_name = lacks.metric_name

    union all

    select
        'outstanding_refunds' as metric_name,
        month_text,
        cast(outstanding_amount as double) as measured_value
    from outstanding_months

    union all

    select
        'refund_liability' as metric_name,
        month_text,
        cast(refund_liability_amount as double) as measured_value
    from liability_months

    union all

    select
        'return_asset' as metric_name,
        month_text,
        cast(return_asset_amount as double) as measured_value
    from liability_months
),

-- A month without a payout is nothing paid only between the first payout and the as-of day.
joined as (
    select
        targets.metric_name,
        targets.owner_name,
        targets.period_text,
        targets.target_value,
        targets.is_month,
        metrics.metric_name is not null as is_in_catalogue,
        by_month.metric_name is not null as has_months,
        case
            when
                targets.metric_name = 'refund_cash_out'
                and targets.is_month
                and targets.period_text between
                covered.first_month_text and shop.current_month_text
                then cast(coalesce(cash_months.refund_amount, 0) as double)
            when targets.period_text <= shop.current_month_text then measured.measured_value
        end as measured_value,
        lacks.missing_name,
        targets.period_text > shop.current_month_text as is_to_come,
        targets.period_text = shop.current_month_text as is_current_month
    from targets
    cross join shop
    cross join covered
    left join metrics on targets.metric_name = metrics.metric_name
    left join by_month on targets.metric_name = by_month.metric_name
    left join lacks on targets.metric_name = lacks.metric_name
    left join cash_months on targets.period_text = cash_months.month_text
    left join measured
        on
            targets.metric_name = measured.metric_name
            and targets.period_text = measured.month_text
),

final as (
    select
        metric_name,
        owner_name,
        period_text,
        case
            when measured_value is not null then 'measured'
            when not is_in_catalogue then 'unknown_metric'
            when not has_months then 'not_by_month'
            when not is_month then 'not_a_month'
            when is_to_come then 'to_come'
            when missing_name is not null then 'not_measurable'
            else 'nothing_known'
        end as measure_state_code,
        case
            when
                measured_value is null
                and has_months
                and is_month
                and not is_to_come
                then missing_name
        end as missing_name,
        target_value,
        measured_value,
        is_current_month
    from joined
    order by metric_name, period_text
)

select * from final
