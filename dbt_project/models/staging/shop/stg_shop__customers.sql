with

source as (
    {{ newest_rows(
        source('landing', 'customers'),
        keys=['customer_id'],
        payload=['first_order_at', 'height_band', 'age_band', 'usual_size', 'consent_flag']
    ) }}
),

renamed as (
    select
        customer_id,
        height_band as height_band_name,
        age_band as age_band_name,
        usual_size as usual_size_label,
        source_system,
        kept_place,
        other_place,
        cast(consent_flag as boolean) as has_consent,
        cast(nullif(first_order_at, 'unknown') as timestamp) as first_order_at
    from source
)

select * from renamed
