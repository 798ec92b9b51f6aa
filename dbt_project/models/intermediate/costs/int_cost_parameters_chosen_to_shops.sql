with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

defaults as (
    select
        cost_parameters.parameter_name,
        cost_parameters.unit_name,
        cost_parameters.confidence_code,
        cost_parameters.source_text,
        cost_parameters.parameter_value,
        row_number() over (
            partition by cost_parameters.parameter_name
            order by cost_parameters.valid_from_date desc
        ) as version_number,
        cost_parameters.valid_from_date
    from {{ ref('cost_parameters') }} as cost_parameters
    cross join shop
    where coalesce(cost_parameters.valid_from_date <= shop.as_of_date, true)
),

own as (
    select
        setting_name,
        cast(setting_text as double) as parameter_value
    from {{ ref('stg_kaeru__settings') }}
    where substr(setting_name, 1, 5) = 'cost_'
),

-- What the shop says itself wins over the default.
final as (
    select
        defaults.parameter_name,
        defaults.unit_name,
        case
            when own.parameter_value is not null then 'shop'
            when defaults.parameter_value is not null then 'default'
            else 'none'
        end as source_code,
        case when own.parameter_value is not null then 'told' else defaults.confidence_code end
            as confidence_code,
        case when own.parameter_value is null then defaults.source_text end as source_text,
        coalesce(own.parameter_value, defaults.parameter_value) as parameter_value,
        case when own.parameter_value is null then defaults.valid_from_date end as valid_from_date
    from defaults
    left join own on 'cost_' || defaults.parameter_name = own.setting_name
    where defaults.version_number = 1
)

select * from final
