with

checks as (
    select
        order_id,
        is_checked,
        has_defect,
        is_closed,
        is_passed,
        is_missed,
        is_cause_unknown,
        is_skipped,
        has_unknown_status,
        is_manual,
        has_unknown_method
    from {{ ref('int_address_checks_grouped_to_orders') }}
),

sales as (
    select
        order_id,
        channel_name,
        ordered_date
    from {{ ref('int_orders_narrowed_to_sales') }}
),

first_days as (
    select min(sales.ordered_date) as first_date
    from sales
    inner join checks on sales.order_id = checks.order_id
),

-- From the first order with a check on, an order without one was not checked.
joined as (
    select
        sales.channel_name,
        sales.ordered_date,
        coalesce(checks.is_skipped, false) as is_skipped,
        coalesce(checks.is_checked, false) as is_checked,
        coalesce(checks.has_defect, false) as has_defect,
        coalesce(checks.is_closed, false) as is_closed,
        coalesce(checks.is_manual, false) as is_manual,
        coalesce(checks.has_unknown_method, false) as has_unknown_method,
        coalesce(checks.is_passed, false) as is_passed,
        coalesce(checks.is_missed, false) as is_missed,
        coalesce(checks.is_cause_unknown, false) as is_cause_unknown,
        coalesce(checks.has_unknown_status, false) as has_unknown_status
    from sales
    cross join first_days
    left join checks on sales.order_id = checks.order_id
    where checks.order_id is not null or sales.ordered_date >= first_days.first_date
),

final as (
    select
        channel_name,
        count(*) as order_count,
        count(case when is_skipped then 1 end) as skipped_order_count,
        count(case when is_checked then 1 end) as checked_order_count,
        count(case when has_defect then 1 end) as defect_order_count,
        count(case when is_closed and not is_manual and not has_unknown_method then 1 end)
            as closed_without_staff_order_count,
        count(case when has_defect and not is_closed then 1 end) as open_order_count,
        count(case when is_manual then 1 end) as manual_order_count,
        count(case when has_unknown_method and not is_manual then 1 end)
            as unknown_method_order_count,
        count(case when is_passed then 1 end) as passed_order_count,
        count(case when is_missed then 1 end) as missed_order_count,
        count(case when is_cause_unknown then 1 end) as unknown_cause_order_count,
        count(case when has_unknown_status then 1 end) as unknown_status_order_count,
        ordered_date
    from joined
    group by channel_name, ordered_date
    order by ordered_date nulls last, channel_name
)

select * from final
