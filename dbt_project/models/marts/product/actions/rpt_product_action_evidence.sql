with

actions as (
    select
        action_id,
        style_id,
        category_name,
        effective_date,
        known_date <= as_of_date as is_due
    from {{ ref('int_product_actions_dated_to_styles') }}
    where obstacle_code is null
),

cohorts as (
    select
        style_id,
        category_name,
        delivered_count,
        delivered_net_amount,
        returned_count,
        developed_millionths,
        cohort_date
    from {{ ref('int_order_lines_grouped_to_action_days') }}
),

categories as (
    select
        category_name,
        count(distinct style_id) < 40 as is_small
    from cohorts
    group by category_name
),

-- Actions of one day and category look at the same weeks, and at other categories only where
-- their own holds few styles.
windows as (
    select distinct
        actions.category_name as window_name,
        actions.effective_date,
        categories.is_small
    from actions
    inner join categories on actions.category_name = categories.category_name
),

seen as (
    select
        windows.window_name,
        windows.effective_date,
        cohorts.*
    from cohorts
    inner join windows
        on
            cohorts.category_name = windows.window_name
            and cohorts.cohort_date >= {{ add_days('windows.effective_date', -238) }}
            and cohorts.cohort_date < {{ add_days('windows.effective_date', 56) }}

    union all

    select
        windows.window_name,
        windows.effective_date,
        cohorts.*
    from cohorts
    inner join windows
        on
            cohorts.category_name <> windows.window_name
            and cohorts.cohort_date >= {{ add_days('windows.effective_date', -238) }}
            and cohorts.cohort_date < {{ add_days('windows.effective_date', 56) }}
    where windows.is_small
),

cohort_days as (
    select
        *,
        {{ days_between('effective_date', 'cohort_date') }} as day_number
    from seen
),

-- Half a year as one, then single weeks from the day of the action on, backward and forward.
weeks as (
    select
        effective_date,
        window_name,
        style_id,
        case when day_number >= -56 then {{ divide_down('day_number', '7') }} end as week_number,
        sum(delivered_count) as delivered_count,
        sum(returned_count) as returned_count,
        sum(developed_millionths) as developed_millionths
    from cohort_days
    group by
        effective_date,
        window_name,
        style_id,
        case when day_number >= -56 then {{ divide_down('day_number', '7') }} end
),

styles as (
    select
        effective_date,
        window_name,
        min(category_name) as category_name,
        style_id,
        sum(delivered_net_amount) as delivered_net_amount,
        sum(delivered_count) as delivered_count,
        sum(case when day_number >= -56 then delivered_count else 0 end) as before_count
    from cohort_days
    where day_number < 0
    group by effective_date, window_name, style_id
),

acted as (
    select
        actions.action_id,
        actions.style_id,
        actions.category_name,
        actions.effective_date,
        actions.is_due,
        styles.delivered_net_amount,
        styles.delivered_count
    from actions
    inner join styles
        on
            actions.style_id = styles.style_id
            and actions.category_name = styles.window_name
            and actions.effective_date = styles.effective_date
),

-- Styles on which nothing was done while the action is watched: at two thirds to one and a half
-- times its price, else of its category, else any.
candidates as (
    select
        acted.action_id,
        acted.category_name as window_name,
        styles.style_id,
        acted.effective_date,
        acted.is_due,
        styles.before_count,
        case
            when styles.category_name <> acted.category_name then 3
            when
                3 * styles.delivered_net_amount * acted.delivered_count
                >= 2 * acted.delivered_net_amount * styles.delivered_count
                and 2 * styles.delivered_net_amount * acted.delivered_count
                <= 3 * acted.delivered_net_amount * styles.delivered_count
                then 1
            else 2
        end as distance_number
    from acted
    inner join styles
        on
            acted.category_name = styles.window_name
            and acted.effective_date = styles.effective_date
            and acted.style_id <> styles.style_id
    left join actions as own
        on
            styles.style_id = own.style_id
            and own.effective_date >= {{ add_days('acted.effective_date', -56) }}
            and own.effective_date < {{ add_days('acted.effective_date', 56) }}
    where own.action_id is null and styles.before_count > 0
),

-- As near as twelve styles allow that are sold enough to be held against.
reaches as (
    select
        action_id,
        case
            when sum(case when distance_number = 1 and before_count >= 10 then 1 else 0 end) >= 12
                then 1
            when sum(case when distance_number <= 2 and before_count >= 10 then 1 else 0 end) >= 12
                then 2
            else 3
        end as reach_number
    from candidates
    group by action_id
),

ranked as (
    select
        candidates.*,
        reaches.reach_number,
        row_number() over (
            partition by candidates.action_id
            order by candidates.before_count desc, candidates.style_id asc
        ) as sales_rank
    from candidates
    inner join reaches
        on
            candidates.action_id = reaches.action_id
            and candidates.distance_number <= reaches.reach_number
),

watched as (
    select
        acted.action_id,
        acted.category_name as window_name,
        acted.style_id,
        acted.effective_date,
        coalesce(reaches.reach_number, 3) as reach_number,
        true as is_acted,
        acted.is_due
    from acted
    left join reaches on acted.action_id = reaches.action_id

    union all

    select
        action_id,
        window_name,
        style_id,
        effective_date,
        reach_number,
        false as is_acted,
        is_due
    from ranked
    where sales_rank <= 200
),

final as (
    select
        watched.action_id,
        watched.style_id,
        case watched.reach_number when 1 then 'price' when 2 then 'category' else 'shop' end
            as control_basis_code,
        cast(weeks.week_number as bigint) as week_number,
        cast(weeks.delivered_count as bigint) as delivered_count,
        cast(weeks.returned_count as bigint) as returned_count,
        {{ from_millionths('weeks.developed_millionths') }} as developed_exposure,
        watched.is_acted,
        watched.is_due
    from watched
    inner join weeks
        on
            watched.style_id = weeks.style_id
            and watched.window_name = weeks.window_name
            and watched.effective_date = weeks.effective_date
    order by
        watched.action_id asc,
        watched.is_acted desc,
        watched.style_id asc,
        weeks.week_number asc nulls first
)

select * from final
