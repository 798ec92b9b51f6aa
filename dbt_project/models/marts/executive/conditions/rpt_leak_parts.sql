with

months as (
    select
        month_count,
        is_whole,
        first_date,
        last_date
    from {{ ref('int_orders_narrowed_to_whole_months') }}
),

counted as (
    {% for relation in [
        'int_addresses_leaked_to_parts',
        'int_contacts_leaked_to_parts',
        'int_requests_leaked_to_parts',
        'int_refunds_leaked_to_parts',
        'int_return_receipts_leaked_to_parts'
    ] -%}
        select
            part_code,
            missing_name,
            case_count,
            recorded_quantity
        from {{ ref(relation) }}
        {%- if not loop.last %}

            union all

        {% endif %}
    {%- endfor %}
),

factors as (
    select
        part_parameters.part_code,
        part_parameters.role_code,
        chosen.parameter_name,
        chosen.parameter_value / part_parameters.divisor_count as factor,
        row_number() over (
            partition by part_parameters.part_code, part_parameters.role_code
            order by chosen.parameter_name
        ) as factor_number
    from {{ ref('leak_part_parameters') }} as part_parameters
    inner join {{ ref('int_cost_parameters_chosen_to_shops') }} as chosen
        on part_parameters.parameter_name = chosen.parameter_name
),

-- At most two costs are multiplied with each other.
rates as (
    select
        part_code,
        max(case when role_code = 'rate' then factor end) as rate,
        count(case when role_code = 'rate' then 1 end) as rate_factor_count,
        max(case when role_code = 'each' and factor_number = 1 then factor end)
        * case
            when count(case when role_code = 'each' then 1 end) > 1
                then max(case when role_code = 'each' and factor_number = 2 then factor end)
            else 1
        end as each_value,
        count(case when role_code = 'each' then 1 end) as each_factor_count,
        min(case when factor is null then 'costs.' || parameter_name end) as asked_name
    from factors
    group by part_code
),

-- A cost that nobody told is only missed where something would be multiplied by it.
priced as (
    select
        parts.part_code,
        parts.hole_code,
        parts.condition_number,
        parts.part_number,
        parts.recorded_unit_code,
        counted.case_count,
        counted.recorded_quantity,
        coalesce(
            counted.missing_name,
            case
                when
                    rates.each_factor_count > 0
                    and rates.each_value is null
                    and counted.case_count > 0
                    then rates.asked_name
                when rates.rate_factor_count > 0 and rates.rate is null then rates.asked_name
            end
        ) as missing_name,
        case when coalesce(rates.rate_factor_count, 0) > 0 then rates.rate else 1 end
        * (counted.recorded_quantity + counted.case_count * coalesce(rates.each_value, 0)) as leaked
    from {{ ref('leak_parts') }} as parts
    inner join counted on parts.part_code = counted.part_code
    left join rates on parts.part_code = rates.part_code
),

final as (
    select
        priced.part_code,
        priced.hole_code,
        priced.missing_name,
        priced.recorded_unit_code,
        priced.condition_number,
        priced.part_number,
        priced.case_count,
        priced.recorded_quantity,
        -- To thousandths first: a half stays a half, whatever the order of the factors.
        case
            when priced.missing_name is null
                then cast(round(round(priced.leaked / months.month_count, 3)) as bigint)
        end as month_amount,
        cast(months.month_count as bigint) as month_count,
        months.is_whole as is_whole_months,
        months.first_date,
        months.last_date
    from priced
    cross join months
    order by priced.part_number
)

select * from final
