with

shop as (
    select
        time_zone_name,
        known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

months as (
    select
        first_date,
        last_date
    from {{ ref('int_orders_narrowed_to_whole_months') }}
),

parts as (
    select
        part_code,
        replace(part_code, '_contacts', '') as topic_code
    from {{ ref('leak_parts') }}
    where part_code in ('address_contacts', 'return_contacts', 'refund_contacts')
),

contacts as (
    select
        contacts.topic_code,
        contacts.minutes_spent,
        {{ to_shop_date('contacts.contacted_at', 'shop.time_zone_name') }} as contacted_date
    from {{ ref('stg_shop__contacts') }} as contacts
    cross join shop
    where contacts.contacted_at < shop.known_before_at
),

landed as (
    select count(*) > 0 as has_contacts
    from contacts
),

counted as (
    select
        contacts.topic_code,
        count(case when contacts.minutes_spent is null then 1 end) as case_count,
        sum(coalesce({{ to_millionths('contacts.minutes_spent') }}, 0)) as recorded_millionths
    from contacts
    cross join months
    where contacts.contacted_date between months.first_date and months.last_date
    group by contacts.topic_code
),

final as (
    select
        parts.part_code,
        case when not landed.has_contacts then 'contacts' end as missing_name,
        coalesce(counted.case_count, 0) as case_count,
        {{ from_millionths('coalesce(counted.recorded_millionths, 0)') }} as recorded_quantity
    from parts
    cross join landed
    left join counted on parts.topic_code = counted.topic_code
)

select * from final
