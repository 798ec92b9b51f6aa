with

source as (
    {{ newest_rows(
        source('landing', 'ad_costs'),
        keys=['date', 'campaign_code'],
        payload=['amount']
    ) }}
),

renamed as (
    select
        campaign_code,
        source_system,
        cast(amount as bigint) as cost_amount,
        kept_place,
        other_place,
        cast(date as date) as cost_date
    from source
)

select * from renamed
