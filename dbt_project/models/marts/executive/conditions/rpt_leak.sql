with

parameters as (
    select
        part_code,
        parameter_name,
        role_code,
        divisor_count
    from {{ ref('leak_part_parameters') }}
),

chosen as (
    select *
    from {{ ref('int_cost_parameters_chosen_to_shops') }}
),

parts as (
    select
        part_code,
        hole_code,
        part_number
    from {{ ref('leak_parts') }}
),

final as (
    select
        parts.hole_code,
        parts.part_code,
        parameters.parameter_name,
        chosen.unit_name,
        parameters.role_code,
        chosen.source_code,
        chosen.confidence_code,
        chosen.source_text,
        parts.part_number,
        parameters.divisor_count,
        chosen.parameter_value,
        chosen.valid_from_date
    from parameters
    inner join chosen on parameters.parameter_name = chosen.parameter_name
    inner join parts on parameters.part_code = parts.part_code
    order by parts.part_number, parameters.role_code, parameters.parameter_name
)

select * from final
