with

as_of_days as (
    select as_of_date
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

policies as (
    select policy_changed_date
    from {{ ref('int_policies_dated_to_shops') }}
),

style_days as (
    select
        style_days.style_id,
        style_days.category_name,
        style_days.channel_name,
        style_days.delivered_net_amount,
        coalesce(style_days.delivered_date >= policies.policy_changed_date, false)
            as is_after_policy_change,
        style_days.delivered_date
    from {{ ref('int_order_lines_grouped_to_style_days') }} as style_days
    cross join policies
),

style_months as (
    select
        style_id,
        category_name,
        channel_name,
        is_after_policy_change,
        sum(delivered_net_amount) as delivered_net_amount,
        cast(date_trunc('month', delivered_date) as date) as month_start_date
    from style_days
    group by
        style_id,
        category_name,
        channel_name,
        is_after_policy_change,
        cast(date_trunc('month', delivered_date) as date)
),

rates as (
    select
        as_of_date,
        category_name,
        channel_name,
        is_after_policy_change,
        age_days,
        net_millionths + later_net_millionths as from_age_millionths,
        later_net_millionths,
        -- Cohorts of this day have this age.
        {{ add_days('as_of_date', '-age_days') }} as cohort_date
    from {{ ref('int_cohorts_estimated_to_announcement_rates') }}
),

style_years as (
    select
        as_of_days.as_of_date,
        style_months.style_id,
        style_months.category_name,
        style_months.channel_name,
        style_months.is_after_policy_change,
        sum(style_months.delivered_net_amount) as delivered_net_amount
    from style_months
    inner join as_of_days
        on
            style_months.month_start_date <= as_of_days.as_of_date
            and style_months.month_start_date >= {{ add_days('as_of_days.as_of_date', -365) }}
    group by
        as_of_days.as_of_date,
        style_months.style_id,
        style_months.category_name,
        style_months.channel_name,
        style_months.is_after_policy_change
),

-- What the rates of the category expect of a style: of the months of a year in the end, less what
-- is to come. As-of days are month ends, but the last, up to which all is known.
in_the_end as (
    select
        style_years.as_of_date,
        style_years.style_id,
        sum(style_years.delivered_net_amount * rates.from_age_millionths) as net_millionths
    from style_years
    inner join rates
        on
            style_years.as_of_date = rates.as_of_date
            and style_years.category_name = rates.category_name
            and style_years.channel_name = rates.channel_name
            and style_years.is_after_policy_change = rates.is_after_policy_change
            and rates.age_days = 0
    group by style_years.as_of_date, style_years.style_id
),

to_come as (
    select
        rates.as_of_date,
        style_days.style_id,
        style_days.category_name,
        style_days.channel_name,
        sum(style_days.delivered_net_amount * rates.later_net_millionths) as net_millionths
    from style_days
    inner join rates
        on
            style_days.category_name = rates.category_name
            and style_days.channel_name = rates.channel_name
            and style_days.is_after_policy_change = rates.is_after_policy_change
            and style_days.delivered_date = rates.cohort_date
    where rates.later_net_millionths > 0
    group by
        rates.as_of_date, style_days.style_id, style_days.category_name, style_days.channel_name
),

to_come_of_styles as (
    select
        as_of_date,
        style_id,
        sum(net_millionths) as net_millionths
    from to_come
    group by as_of_date, style_id
),

announced as (
    select
        as_of_days.as_of_date,
        announced.style_id,
        count(*) as return_line_count,
        sum(announced.announced_net_amount) as announced_net_amount
    from {{ ref('int_return_lines_announced_to_cohorts') }} as announced
    inner join as_of_days
        on
            announced.announced_date <= as_of_days.as_of_date
            and cast(date_trunc('month', announced.cohort_date) as date)
            >= {{ add_days('as_of_days.as_of_date', -365) }}
    group by as_of_days.as_of_date, announced.style_id
),

-- Ten returns of a usual value weigh as much as what a style shows itself.
shops as (
    select
        as_of_date,
        10.0 * sum(announced_net_amount) / sum(return_line_count) as borrowed_net
    from announced
    group by as_of_date
),

styles as (
    select
        in_the_end.as_of_date,
        in_the_end.style_id,
        {{ to_millionths(
            '(coalesce(announced.announced_net_amount, 0) + shops.borrowed_net)'
            ' / (greatest(in_the_end.net_millionths'
            ' - coalesce(to_come_of_styles.net_millionths, 0), 0) / 1000000.0'
            ' + shops.borrowed_net)'
        ) }} as index_millionths
    from in_the_end
    inner join shops on in_the_end.as_of_date = shops.as_of_date
    left join to_come_of_styles
        on
            in_the_end.as_of_date = to_come_of_styles.as_of_date
            and in_the_end.style_id = to_come_of_styles.style_id
    left join announced
        on
            in_the_end.as_of_date = announced.as_of_date
            and in_the_end.style_id = announced.style_id
    where shops.borrowed_net > 0
),

final as (
    select
        to_come.as_of_date,
        to_come.category_name,
        to_come.channel_name,
        cast(
            round(
                sum(to_come.net_millionths * styles.index_millionths)
                / nullif(sum(to_come.net_millionths), 0)
            ) as bigint
        ) as mix_millionths
    from to_come
    inner join styles
        on to_come.as_of_date = styles.as_of_date and to_come.style_id = styles.style_id
    group by to_come.as_of_date, to_come.category_name, to_come.channel_name
    having sum(to_come.net_millionths) > 0
)

select * from final
