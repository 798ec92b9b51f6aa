with

shop as (
    select
        time_zone_name,
        as_of_date,
        known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

contacts as (
    select
        coalesce(contacts.topic_code, 'unknown') as topic_code,
        contacts.minutes_spent,
        {{ to_week_start(to_shop_date('contacts.contacted_at', 'shop.time_zone_name')) }}
            as week_start_date
    from {{ ref('stg_shop__contacts') }} as contacts
    cross join shop
    where contacts.contacted_at < shop.known_before_at
),

topics as (
    select distinct topic_code
    from contacts
),

first_weeks as (
    select min(week_start_date) as first_week_date
    from contacts
),

ordered as (
    select {{ to_week_start('ordered_date') }} as week_start_date
    from {{ ref('int_orders_narrowed_to_sales') }}
    where ordered_date is not null
),

orders as (
    select
        week_start_date,
        count(*) as order_count
    from ordered
    group by week_start_date
),

-- From the first contact on a week without a contact on a topic is a week with none.
weeks as (
    select week_start_date
    from contacts

    union distinct

    select orders.week_start_date
    from orders
    inner join first_weeks on orders.week_start_date >= first_weeks.first_week_date
),

counted as (
    select
        topic_code,
        week_start_date,
        count(*) as contact_count,
        count(minutes_spent) as timed_contact_count,
        sum({{ to_millionths('minutes_spent') }}) as minutes_millionths
    from contacts
    group by topic_code, week_start_date
),

final as (
    select
        topics.topic_code,
        coalesce(counted.contact_count, 0) as contact_count,
        coalesce(counted.timed_contact_count, 0) as timed_contact_count,
        coalesce(counted.minutes_millionths, 0) / 1000000.0 as minutes_spent,
        coalesce(orders.order_count, 0) as order_count,
        weeks.week_start_date
    from weeks
    cross join topics
    left join counted
        on
            weeks.week_start_date = counted.week_start_date
            and topics.topic_code = counted.topic_code
    left join orders on weeks.week_start_date = orders.week_start_date
    order by weeks.week_start_date, topics.topic_code
)

select * from final
