with

source as (
    {{ newest_rows(
        source('landing', 'contacts'),
        keys=['contact_id'],
        payload=['order_id', 'contacted_at', 'channel', 'topic', 'minutes_spent']
    ) }}
),

renamed as (
    select
        contact_id,
        order_id,
        channel as channel_name,
        topic as topic_code,
        source_system,
        cast(minutes_spent as double) as minutes_spent,
        kept_place,
        other_place,
        cast(nullif(contacted_at, 'unknown') as timestamp) as contacted_at
    from source
)

select * from renamed
