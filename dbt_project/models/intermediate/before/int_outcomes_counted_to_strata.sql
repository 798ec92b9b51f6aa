{#- Of each kind: its outcomes, what says that it is recorded, and from which week on it is. -#}
{%- set outcomes = [
    ('notice', 'delivery_enquiry', 'parcels', '1', '1000000',
     'case when parcels.is_asked_about then 1000000 else 0 end', 'contacts'),
    ('notice', 'redelivery', 'parcels', '1', '1000000',
     'case when parcels.is_redelivered then 1000000 else 0 end', 'delivery_events'),
    ('notice', 'bring_back', 'parcels', '1', '1000000',
     'case when parcels.is_brought_back then 1000000 else 0 end', 'delivery_events'),
    ('advice', 'size_return', 'lines', 'lines.delivered_count', 'lines.developed_millionths',
     'lines.size_millionths', 'advice'),
    ('advice', 'size_enquiry', 'lines', 'lines.delivered_count', 'lines.delivered_count * 1000000',
     'case when lines.is_asked_about then lines.delivered_count * 1000000 else 0 end', 'contacts'),
] -%}
with

shop as (
    select
        time_zone_name,
        known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

parcels as (
    select *
    from {{ ref('int_shipments_judged_to_notices') }}
),

lines as (
    select *
    from {{ ref('int_order_lines_judged_to_advice') }}
),

-- Before the first notice, advice, contact or event a shop did not write them down.
begun as (
    select
        'notice' as source_code,
        min(week_start_date) as begun_date
    from parcels
    where group_code = 'sent'

    union all

    select
        'advice' as source_code,
        min(week_start_date) as begun_date
    from lines
    where group_code <> 'none'

    union all

    select
        'contacts' as source_code,
        {{ to_week_start(to_shop_date('min(contacts.contacted_at)', 'min(shop.time_zone_name)')) }}
            as begun_date
    from {{ ref('stg_shop__contacts') }} as contacts
    cross join shop
    where contacts.contacted_at < shop.known_before_at

    union all

    select
        'delivery_events' as source_code,
        {{ to_week_start(to_shop_date('min(events.event_at)', 'min(shop.time_zone_name)')) }}
            as begun_date
    from {{ ref('stg_shop__delivery_events') }} as events
    cross join shop
    where events.event_at < shop.known_before_at
),

units as (
    {% for kind, outcome, relation, unit, exposure, happened, recorded in outcomes -%}
        select
            '{{ kind }}' as kind_code,
            {{ relation }}.group_code,
            '{{ outcome }}' as outcome_code,
            {{ relation }}.category_name,
            {{ relation }}.channel_name,
            {{ unit }} as unit_count,
            {{ exposure }} as exposure_millionths,
            {{ happened }} as outcome_millionths,
            {{ relation }}.week_start_date
        from {{ relation }}
        inner join begun as kind_begun on kind_begun.source_code = '{{ kind }}'
        inner join begun as outcome_begun on outcome_begun.source_code = '{{ recorded }}'
        where
            {{ relation }}.week_start_date >= kind_begun.begun_date
            and {{ relation }}.week_start_date >= outcome_begun.begun_date
        {%- if not loop.last %}

            union all

        {% endif %}
    {%- endfor %}
),

final as (
    select
        kind_code,
        group_code,
        outcome_code,
        category_name,
        channel_name,
        cast(sum(unit_count) as bigint) as unit_count,
        cast(sum(exposure_millionths) as bigint) as exposure_millionths,
        cast(sum(outcome_millionths) as bigint) as outcome_millionths,
        week_start_date
    from units
    group by kind_code, group_code, outcome_code, category_name, channel_name, week_start_date
)

select * from final
