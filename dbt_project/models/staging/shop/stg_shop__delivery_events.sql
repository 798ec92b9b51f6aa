with

source as (
    {{ newest_rows(
        source('landing', 'delivery_events'),
        keys=['shipment_id', 'event_at', 'event_type'],
        payload=['cause', 'cost']
    ) }}
),

renamed as (
    select
        shipment_id,
        event_type as event_type_code,
        cause as cause_code,
        source_system,
        cast(cost as bigint) as cost_amount,
        kept_place,
        other_place,
        coalesce(event_at = 'unknown', false) as is_event_day_unknown,
        cast(nullif(event_at, 'unknown') as timestamp) as event_at
    from source
)

select * from renamed
