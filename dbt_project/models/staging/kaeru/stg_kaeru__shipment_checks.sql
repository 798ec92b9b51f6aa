with

source as (
    select
        shipment_id,
        lane,
        codes,
        data_month,
        rules_version,
        confidence,
        is_postal_changed,
        is_prefecture_changed,
        is_city_changed,
        is_town_changed
    from {{ source('landing', 'shipment_checks') }}
),

renamed as (
    select
        shipment_id,
        lane as lane_code,
        codes as codes_text,
        data_month as data_month_text,
        rules_version,
        confidence as confidence_probability,
        is_postal_changed,
        is_prefecture_changed,
        is_city_changed,
        is_town_changed
    from source
)

select * from renamed
