with

source as (
    {{ newest_rows(
        source('landing', 'targets'),
        keys=['metric', 'period'],
        payload=['value', 'owner']
    ) }}
),

renamed as (
    select
        metric as metric_name,
        owner as owner_name,
        period as period_text,
        source_system,
        cast(value as double) as target_value,
        kept_place,
        other_place
    from source
)

select * from renamed
